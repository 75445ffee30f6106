package storetest

import (
	"context"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store"
)

func restorePromises() map[string]promise {
	return map[string]promise{
		"History/Renewed":                historyRenewed,
		"History/EveryEpochRises":        historyEveryEpochRises,
		"History/EverySessionEnds":       historyEverySessionEnds,
		"History/EveryTokenIsConsumed":   historyEveryTokenIsConsumed,
		"History/EverySignUpSuperseded":  historyEverySignUpSuperseded,
		"History/SecretJobsAreDropped":   historySecretJobsAreDropped,
		"History/RunningJobsAreReleased": historyRunningJobsAreReleased,
		"History/NoSigningKeyIsLeft":     historyNoSigningKeyIsLeft,
		"History/EpochsOfClientsRise":    historyEpochsOfClientsRise,
	}
}

// counts expects how many rows a call changed, the first time and the second.
func counts(t *testing.T, what string, first, second int, do func(ctx context.Context) (int, error)) {
	t.Helper()
	for n, want := range []int{first, second} {
		if got, err := do(t.Context()); got != want || err != nil {
			t.Errorf("%s, call %d: changed %d (%v), want %d", what, n+1, got, err, want)
		}
	}
}

func historyRenewed(t *testing.T, st *store.Store) {
	before, err := st.Direct().Feed.Head(t.Context())
	check(t, err)
	check(t, st.Direct().Feed.Renew(t.Context(), "another"))
	reads(t, "feed", store.FeedHead{HistoryID: "another", Position: before.Position})(st.Direct().Feed.Head(t.Context()))
}

func historyEveryEpochRises(t *testing.T, st *store.Store) {
	low, high := newUser("ada"), newUser("bob")
	low.Epoch, high.Epoch = 4, 5000
	for _, u := range []store.User{low, high} {
		check(t, st.Direct().Users.Insert(t.Context(), u))
	}
	counts(t, "raise", 2, 2, func(ctx context.Context) (int, error) { return st.Direct().Users.RaiseEpochs(ctx, 1000, 64) })
	low.Epoch, high.Epoch = 1064, 5128
	for _, u := range []store.User{low, high} {
		reads(t, "user", u)(st.Direct().Users.ByID(t.Context(), u.ID))
	}
}

func historyEverySessionEnds(t *testing.T, st *store.Store) {
	ada, bob := someUser(t, st, "ada"), someUser(t, st, "bob")
	live, other, over := someSession(t, st, ada), someSession(t, st, bob), someSession(t, st, bob)
	changes(t, "revoke", true)(st.Direct().Sessions.Revoke(t.Context(), over.ID, store.ReasonLogout, moment(1)))
	counts(t, "end", 2, 0, func(ctx context.Context) (int, error) {
		return st.Direct().Sessions.RevokeEvery(ctx, store.ReasonRestored, moment(2))
	})
	for _, s := range []struct {
		session store.Session
		reason  string
		at      time.Time
	}{{live, store.ReasonRestored, moment(2)}, {other, store.ReasonRestored, moment(2)}, {over, store.ReasonLogout, moment(1)}} {
		got := view(t, st, s.session.ID).Session
		if got.RevokedReason != s.reason || !got.RevokedAt.Equal(s.at) {
			t.Errorf("ended %v because of %q, want %v because of %q", got.RevokedAt, got.RevokedReason, s.at, s.reason)
		}
	}
}

func historyEveryTokenIsConsumed(t *testing.T, st *store.Store) {
	u := someUser(t, st, "ada")
	live := someToken(t, st, u, func(*store.OneTimeToken) {})
	expired := someToken(t, st, u, func(o *store.OneTimeToken) { o.ExpiresAt = moment(-5) })
	superseded := someToken(t, st, u, func(o *store.OneTimeToken) { o.SupersededAt = moment(1) })
	counts(t, "consume", 2, 0, func(ctx context.Context) (int, error) {
		return st.Direct().Tokens.ConsumeEvery(ctx, moment(2))
	})
	live.ConsumedAt, expired.ConsumedAt = moment(2), moment(2)
	for _, o := range []store.OneTimeToken{live, expired, superseded} {
		reads(t, "token", o)(st.Direct().Tokens.ByID(t.Context(), o.ID))
	}
}

func historyEverySignUpSuperseded(t *testing.T, st *store.Store) {
	live := someSignup(t, st, func(*store.PendingSignup) {})
	expired := someSignup(t, st, func(p *store.PendingSignup) { p.ExpiresAt = moment(-5) })
	consumed := someSignup(t, st, func(p *store.PendingSignup) { p.ConsumedAt = moment(1) })
	counts(t, "supersede", 2, 0, func(ctx context.Context) (int, error) {
		return st.Direct().Signups.SupersedeEvery(ctx, moment(2))
	})
	live.SupersededAt, expired.SupersededAt = moment(2), moment(2)
	for _, p := range []store.PendingSignup{live, expired, consumed} {
		reads(t, "sign-up", p)(st.Direct().Signups.ByID(t.Context(), p.ID))
	}
}

func historySecretJobsAreDropped(t *testing.T, st *store.Store) {
	secret, running := someJob(t, st, plainJob), someJob(t, st, plainJob)
	plain := someJob(t, st, func(j *store.Job) { j.SecretSealed = "" })
	claimed, won, err := st.Direct().Jobs.Claim(t.Context(), claim(running, time.Hour))
	if err != nil || !won {
		t.Fatal("not claimed", err)
	}
	counts(t, "drop", 2, 0, func(ctx context.Context) (int, error) {
		return st.Direct().Jobs.EraseSecrets(ctx, "unwanted", moment(2))
	})
	changes(t, "settle", false)(st.Direct().Jobs.Settle(t.Context(),
		store.JobOutcome{ID: claimed.ID, Fence: claimed.Fence, State: store.JobReady}))
	for _, j := range []*store.Job{&secret, &claimed} {
		j.State, j.SecretSealed, j.LastError, j.UpdatedAt, j.LeaseExpiresAt = store.JobDone, "", "unwanted", moment(2), time.Time{}
		j.Fence++
		reads(t, "job", *j)(st.Direct().Jobs.ByID(t.Context(), j.ID))
	}
	reads(t, "job without a secret", plain)(st.Direct().Jobs.ByID(t.Context(), plain.ID))
}

func historyRunningJobsAreReleased(t *testing.T, st *store.Store) {
	ready, running := someJob(t, st, plainJob), someJob(t, st, plainJob)
	claimed, won, err := st.Direct().Jobs.Claim(t.Context(), claim(running, time.Hour))
	if err != nil || !won {
		t.Fatal("not claimed", err)
	}
	counts(t, "release", 1, 0, func(ctx context.Context) (int, error) { return st.Direct().Jobs.ReleaseRunning(ctx, moment(2)) })
	changes(t, "settle", false)(st.Direct().Jobs.Settle(t.Context(),
		store.JobOutcome{ID: claimed.ID, Fence: claimed.Fence, State: store.JobDone}))
	claimed.State, claimed.RunAt, claimed.UpdatedAt, claimed.LeaseExpiresAt = store.JobReady, moment(2), moment(2), time.Time{}
	claimed.Fence++
	for _, j := range []store.Job{ready, claimed} {
		reads(t, "job", j)(st.Direct().Jobs.ByID(t.Context(), j.ID))
	}
}

func historyNoSigningKeyIsLeft(t *testing.T, st *store.Store) {
	someKey(t, st, "a", 0)
	someKey(t, st, "b", 1)
	counts(t, "delete", 2, 0, func(ctx context.Context) (int, error) { return st.Direct().SigningKeys.DeleteEvery(ctx) })
	reads[[]store.SigningKey](t, "keys", nil)(st.Direct().SigningKeys.List(t.Context()))
}

func historyEpochsOfClientsRise(t *testing.T, st *store.Store) {
	low, high := someClient(t, st, "low"), someClient(t, st, "high")
	changes(t, "disable", true)(st.Direct().Clients.Disable(t.Context(), "high", moment(1)))
	counts(t, "raise", 2, 2, func(ctx context.Context) (int, error) { return st.Direct().Clients.RaiseEpochs(ctx, high.Epoch+1, 64) })
	for clientID, want := range map[string]int64{"low": low.Epoch + 1 + 64, "high": high.Epoch + 1 + 64 + 64} {
		c, err := st.Direct().Clients.ByClientID(t.Context(), clientID)
		if err != nil || c.Epoch != want {
			t.Errorf("%s: epoch %d, want %d (%v)", clientID, c.Epoch, want, err)
		}
	}
}
