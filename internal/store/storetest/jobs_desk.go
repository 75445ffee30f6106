package storetest

import (
	"context"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store"
)

func jobDeskPromises() map[string]promise {
	return map[string]promise{
		"JobLedger/ComesBackWhole": ledgerComesBackWhole,
		"JobLedger/ListsByPage":    ledgerListsByPage,
		"JobLedger/Counts":         ledgerCounts,
		"JobLedger/ErasesExpired":  ledgerErasesExpired,
		"JobLedger/EraseIsBounded": ledgerEraseIsBounded,
		"JobLedger/PurgeIsBounded": ledgerPurge,
		"JobLedger/ResealedOnce":   ledgerResealedOnce,
		"JobLedger/RevivedOnce":    ledgerRevivedOnce,
		"JobLedger/OnlyTheDead":    ledgerOnlyTheDead,
		"JobLedger/RevivalIsHeard": ledgerRevivalIsHeard,
	}
}

func ledgerComesBackWhole(t *testing.T, st *store.Store) {
	j := someJob(t, st, func(j *store.Job) {
		j.State, j.Attempts, j.MaxAttempts, j.Fence = store.JobRunning, 3, 7, 1<<40
		j.RunAt, j.LeaseExpiresAt, j.LastError, j.CreatedAt, j.UpdatedAt = moment(1), moment(2), "450\nlater", moment(3), moment(4)
	})
	reads(t, "job", j)(st.Direct().Jobs.ByID(t.Context(), j.ID))
	j = someJob(t, st, func(j *store.Job) { j.Payload, j.SecretSealed, j.ExpiresAt = "", "", time.Time{} })
	reads(t, "job with little in it", j)(st.Direct().Jobs.ByID(t.Context(), j.ID))
	misses[store.Job](t, "unknown")(st.Direct().Jobs.ByID(t.Context(), "none"))
}

func ledgerListsByPage(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	var dead []store.Job // newest first
	for i := range 5 {
		j := someJob(t, st, func(j *store.Job) { j.ID, j.State = numbered("job", i), store.JobDead })
		dead = append([]store.Job{j}, dead...)
	}
	someJob(t, st, plainJob)
	reads(t, "first page", dead[:2])(d.Jobs.List(ctx, store.JobDead, store.Page{Limit: 2}))
	reads(t, "second page", dead[2:4])(d.Jobs.List(ctx, store.JobDead, store.Page{After: dead[1].ID, Limit: 2}))
	reads(t, "last page", dead[4:])(d.Jobs.List(ctx, store.JobDead, store.Page{After: dead[3].ID, Limit: 2}))
	reads[[]store.Job](t, "beyond", nil)(d.Jobs.List(ctx, store.JobDead, store.Page{After: dead[4].ID, Limit: 2}))
	reads[[]store.Job](t, "another state", nil)(d.Jobs.List(ctx, store.JobDone, store.Page{Limit: 2}))
}

func ledgerResealedOnce(t *testing.T, st *store.Store) {
	ledger, ctx := st.Direct().Jobs, t.Context()
	j := someJob(t, st, func(j *store.Job) { j.SecretSealed = "old" })
	other := someJob(t, st, func(j *store.Job) { j.SecretSealed = "old" })
	oneWins(t, st, "reseal", func(ctx context.Context, tx *store.Tx) (bool, error) {
		return tx.Jobs.Reseal(ctx, j.ID, "old", "new")
	})
	changes(t, "erased meanwhile", false)(ledger.Reseal(ctx, j.ID, "", "newer"))
	changes(t, "unknown", false)(ledger.Reseal(ctx, "none", "old", "new"))
	j.SecretSealed = "new"
	reads(t, "job", j)(ledger.ByID(ctx, j.ID))
	reads(t, "another job", other)(ledger.ByID(ctx, other.ID))
}

func ledgerCounts(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	reads(t, "nothing", store.JobStats{})(d.Jobs.Stats(ctx))
	now, err := st.Now(ctx)
	check(t, err)
	someJob(t, st, func(j *store.Job) { j.RunAt = now.Add(time.Hour) })
	someJob(t, st, func(j *store.Job) { j.State = store.JobDone })
	for range 2 {
		someJob(t, st, func(j *store.Job) { j.State = store.JobDead })
	}
	for range 3 {
		someJob(t, st, func(j *store.Job) { j.State, j.LeaseExpiresAt = store.JobRunning, now.Add(time.Hour) })
	}
	someJob(t, st, func(j *store.Job) { j.Kind, j.State = "hook", store.JobDead })
	someJob(t, st, func(j *store.Job) { j.Kind, j.State = "only done", store.JobDone })
	reads(t, "nothing due", store.JobStats{JobCounts: store.JobCounts{Ready: 1, Running: 3, Dead: 3}, Kinds: []store.KindStats{
		{Kind: "hook", JobCounts: store.JobCounts{Dead: 1}},
		{Kind: "mail", JobCounts: store.JobCounts{Ready: 1, Running: 3, Dead: 2}},
	}})(d.Jobs.Stats(ctx))
	for _, due := range []func(*store.Job){
		func(j *store.Job) { j.RunAt = now.Add(-time.Hour) },
		func(j *store.Job) { j.State, j.LeaseExpiresAt = store.JobRunning, now.Add(-2*time.Hour) },
	} {
		j := someJob(t, st, due)
		want := now.Sub(j.RunAt)
		if j.State == store.JobRunning {
			want = now.Sub(j.LeaseExpiresAt)
		}
		got, err := d.Jobs.Stats(ctx)
		check(t, err)
		for of, waited := range map[string]time.Duration{"all": got.OldestDue, "mail": got.Kinds[1].OldestDue} {
			if over := waited - want; over < 0 || over > time.Minute {
				t.Errorf("the oldest due job of %s has waited %v, want %v", of, waited, want)
			}
		}
		same(t, "the oldest due job of another kind", got.Kinds[0].OldestDue, time.Duration(0))
	}
}

func ledgerErasesExpired(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	expired := func(state store.JobState) store.Job {
		return someJob(t, st, func(j *store.Job) { j.State, j.ExpiresAt, j.LastError = state, moment(1), "before" })
	}
	want := map[string]store.Job{}
	for _, state := range []store.JobState{store.JobReady, store.JobRunning, store.JobDone, store.JobDead} {
		j := expired(state)
		j.SecretSealed = ""
		if state == store.JobReady {
			j.State, j.LastError = store.JobDead, "expired"
		}
		want["expired "+string(state)] = j
	}
	want["not yet"] = someJob(t, st, func(j *store.Job) { j.ExpiresAt = moment(2) })
	want["never"] = someJob(t, st, func(j *store.Job) { j.ExpiresAt = time.Time{} })
	bare := someJob(t, st, func(j *store.Job) { j.ExpiresAt, j.SecretSealed = moment(1), "" })
	bare.State, bare.LastError = store.JobDead, "expired"
	want["expired without a secret"] = bare

	reads(t, "erased", 5)(d.Jobs.EraseExpired(ctx, moment(2), 9))
	reads(t, "erased again", 0)(d.Jobs.EraseExpired(ctx, moment(2), 9))
	for what, j := range want {
		got, err := d.Jobs.ByID(ctx, j.ID)
		check(t, err)
		j.UpdatedAt = got.UpdatedAt
		same(t, what, got, j)
	}
}

func ledgerEraseIsBounded(t *testing.T, st *store.Store) {
	for range 5 {
		someJob(t, st, func(j *store.Job) { j.ExpiresAt = moment(1) })
	}
	purges(t, func(ctx context.Context, limit int) (int, error) {
		return st.Direct().Jobs.EraseExpired(ctx, moment(2), limit)
	})
}

func ledgerPurge(t *testing.T, st *store.Store) {
	var kept []store.Job
	for _, state := range []store.JobState{store.JobReady, store.JobRunning, store.JobDead} {
		kept = append(kept, someJob(t, st, func(j *store.Job) { j.State = state }))
	}
	kept = append(kept, someJob(t, st, func(j *store.Job) { j.State, j.UpdatedAt = store.JobDone, moment(2) }))
	for range 5 {
		someJob(t, st, func(j *store.Job) { j.State, j.UpdatedAt = store.JobDone, moment(1) })
	}
	purges(t, func(ctx context.Context, limit int) (int, error) {
		return st.Direct().Jobs.Purge(ctx, moment(2), limit)
	})
	for _, j := range kept {
		reads(t, "kept", j)(st.Direct().Jobs.ByID(t.Context(), j.ID))
	}
}

func ledgerRevivedOnce(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	for what, r := range map[string]store.JobRevival{
		"to run again":     {State: store.JobReady, Payload: `{"to":"bob"}`, SecretSealed: "anew", ExpiresAt: moment(48), LastError: "before"},
		"without an end":   {State: store.JobReady, Payload: "{}"},
		"no longer wanted": {State: store.JobDone, Payload: "{}", Attempts: 5, LastError: "nobody wants it"},
	} {
		j := someJob(t, st, func(j *store.Job) { j.State, j.Attempts, j.Fence, j.LastError = store.JobDead, 5, 6, "before" })
		r.ID, r.Fence = j.ID, j.Fence
		oneWins(t, st, what, func(ctx context.Context, tx *store.Tx) (bool, error) { return tx.Jobs.Revive(ctx, r) })
		got, err := d.Jobs.ByID(ctx, j.ID)
		check(t, err)
		j.State, j.Payload, j.SecretSealed, j.Attempts, j.Fence = r.State, r.Payload, r.SecretSealed, r.Attempts, 7
		j.ExpiresAt, j.LastError, j.RunAt, j.UpdatedAt = r.ExpiresAt, r.LastError, got.UpdatedAt, got.UpdatedAt
		same(t, what, got, j)
		_, won, err := d.Jobs.Claim(ctx, claim(j, time.Minute))
		changes(t, what+": claimed", r.State == store.JobReady)(won, err)
	}
}

func ledgerOnlyTheDead(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	revival := func(j store.Job) store.JobRevival {
		return store.JobRevival{ID: j.ID, Fence: j.Fence, State: store.JobReady, Payload: "{}"}
	}
	for _, state := range []store.JobState{store.JobReady, store.JobRunning, store.JobDone} {
		j := someJob(t, st, func(j *store.Job) { j.State = state })
		changes(t, string(state), false)(d.Jobs.Revive(ctx, revival(j)))
		reads(t, string(state), j)(d.Jobs.ByID(ctx, j.ID))
	}
	j := someJob(t, st, func(j *store.Job) { j.State, j.Fence = store.JobDead, 3 })
	old := j
	old.Fence = 2
	changes(t, "an older fence", false)(d.Jobs.Revive(ctx, revival(old)))
	changes(t, "unknown", false)(d.Jobs.Revive(ctx, store.JobRevival{ID: "none", State: store.JobReady}))
	reads(t, "dead", j)(d.Jobs.ByID(ctx, j.ID))
}

func ledgerRevivalIsHeard(t *testing.T, st *store.Store) {
	var heard []store.DueJob
	st.AfterCommit(func(_ context.Context, e store.Effects) { heard = append(heard, e.Jobs...) })
	dead := func(j *store.Job) { j.State = store.JobDead }
	again, closed := someJob(t, st, dead), someJob(t, st, dead)
	heard = nil
	write(t, st, func(ctx context.Context, tx *store.Tx) error {
		won, err := tx.Jobs.Revive(ctx, store.JobRevival{ID: again.ID, Kind: again.Kind, State: store.JobReady, Payload: "{}"})
		changes(t, "revived", true)(won, err)
		won, err = tx.Jobs.Revive(ctx, store.JobRevival{ID: closed.ID, State: store.JobDone, Payload: "{}"})
		changes(t, "closed", true)(won, err)
		return nil
	})
	same(t, "heard of", heard, []store.DueJob{{ID: again.ID, Kind: again.Kind}})
}
