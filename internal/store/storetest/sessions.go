package storetest

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store"
)

func sessionPromises() map[string]promise {
	return map[string]promise{
		"Sessions/ViewReadsAll":        sessionsViewReadsAll,
		"Sessions/Reauthenticated":     sessionsReauthenticated,
		"Sessions/Administered":        sessionsAdministered,
		"Sessions/Held":                sessionsHeld,
		"Sessions/HeldOrEnded":         sessionsHeldOrEnded,
		"Sessions/RevokedOnce":         sessionsRevokedOnce,
		"Sessions/RevokeAllButOne":     sessionsRevokeAllButOne,
		"Sessions/RevokeAllIsBounded":  sessionsRevokeAllIsBounded,
		"Sessions/PurgeIsBounded":      sessionsPurge,
		"Sessions/PurgeFindsEveryEnd":  sessionsPurgeFindsEveryEnd,
		"Sessions/ExpiredCanBeRevoked": sessionsExpiredCanBeRevoked,
		"Sessions/IdentifierHasOneRow": sessionsIdentifierHasOneRow,
	}
}

// view reads a session without the time.
func view(t *testing.T, st *store.Store, id string) store.SessionView {
	t.Helper()
	v, err := st.Direct().Sessions.View(t.Context(), id)
	check(t, err)
	v.Now = moment(0)
	return v
}

func sessionsViewReadsAll(t *testing.T, st *store.Store) {
	u := newUser("ada")
	u.Roles, u.LastLoginAt, u.EmailVerifiedAt = []string{"admin"}, moment(3), moment(4)
	check(t, st.Direct().Users.Insert(t.Context(), u))
	full := newSession(u)
	full.Generation, full.Parent, full.ParentRotatedAt, full.RotatedAt, full.NewestUsed = 5, 3, moment(5), moment(6), true
	full.RevokedAt, full.RevokedReason, full.UserEpoch = moment(7), store.ReasonReplay, 9
	bare := store.Session{
		ID: "bare", UserID: u.ID, RefreshState: store.RefreshState{Parent: store.NoParent, RotatedAt: moment(0)},
		ExpiresAt: moment(1), IdleExpiresAt: moment(1), CreatedAt: moment(0),
	}
	for _, s := range []store.Session{full, bare} {
		check(t, st.Direct().Sessions.Insert(t.Context(), s))
		same(t, "view", view(t, st, s.ID), store.SessionView{Session: s, User: u, Now: moment(0)})
	}
	misses[store.SessionView](t, "unknown")(st.Direct().Sessions.View(t.Context(), "none"))
}

// sessionsAdministered: the moment moves forwards alone, and not once the session has
// ended.
func sessionsAdministered(t *testing.T, st *store.Store) {
	s := someSession(t, st, someUser(t, st, "ada"))
	sessions := st.Direct().Sessions
	step := func(what string, at int, moved bool, want int) {
		t.Helper()
		got, err := sessions.Administered(t.Context(), s.ID, moment(at))
		check(t, err)
		same(t, what, got, moved)
		same(t, what, view(t, st, s.ID).Session.AdministeredAt, moment(want))
	}
	step("later", 5, true, 5)
	step("earlier", 4, false, 5)
	step("the same", 5, false, 5)
	_, err := sessions.Revoke(t.Context(), s.ID, store.ReasonLogout, moment(6))
	check(t, err)
	step("of one that has ended", 7, false, 5)
	bare := newSession(someUser(t, st, "bob"))
	bare.AdministeredAt = time.Time{}
	check(t, sessions.Insert(t.Context(), bare))
	s = bare
	step("the first", 1, true, 1)
}

func sessionsIdentifierHasOneRow(t *testing.T, st *store.Store) {
	s := someSession(t, st, someUser(t, st, "ada"))
	refuses(t, "the same identifier", st.Direct().Sessions.Insert(t.Context(), s))
}

func sessionsRevokedOnce(t *testing.T, st *store.Store) {
	s := someSession(t, st, someUser(t, st, "ada"))
	oneWins(t, st, "revoke", func(ctx context.Context, tx *store.Tx) (bool, error) {
		return tx.Sessions.Revoke(ctx, s.ID, store.ReasonLogout, moment(1))
	})
	changes(t, "for another reason", false)(st.Direct().Sessions.Revoke(t.Context(), s.ID, store.ReasonReplay, moment(2)))
	s.RevokedAt, s.RevokedReason = moment(1), store.ReasonLogout
	same(t, "session", view(t, st, s.ID).Session, s)
	changes(t, "unknown", false)(st.Direct().Sessions.Revoke(t.Context(), "none", store.ReasonLogout, moment(1)))
}

// The last access token of a session may outlive it.
func sessionsExpiredCanBeRevoked(t *testing.T, st *store.Store) {
	s := someSession(t, st, someUser(t, st, "ada"))
	changes(t, "revoke", true)(st.Direct().Sessions.Revoke(t.Context(), s.ID, store.ReasonLogout, s.ExpiresAt.Add(1e9)))
}

func sessionsRevokeAllButOne(t *testing.T, st *store.Store) {
	u, other := someUser(t, st, "ada"), someUser(t, st, "bob")
	var mine []store.Session
	for range 3 {
		mine = append(mine, someSession(t, st, u))
	}
	theirs := someSession(t, st, other)
	sum := race(t, st, func(ctx context.Context, tx *store.Tx, _ int) (int, error) {
		return tx.Sessions.RevokeAll(ctx, u.ID, mine[0].ID, store.ReasonPasswordChanged, moment(1))
	})
	same(t, "revoked in all", sum, 2)
	for _, s := range []*store.Session{&mine[1], &mine[2]} {
		s.RevokedAt, s.RevokedReason = moment(1), store.ReasonPasswordChanged
	}
	for _, s := range append(mine, theirs) {
		same(t, "session", view(t, st, s.ID).Session, s)
	}
	reads(t, "without exception", 1)(st.Direct().Sessions.RevokeAll(t.Context(), u.ID, "", store.ReasonLogoutAll, moment(2)))
}

// A user has as many sessions as they like. Those beyond MaxRevoked have the epoch
// against them.
func sessionsRevokeAllIsBounded(t *testing.T, st *store.Store) {
	u := someUser(t, st, "ada")
	s := someSession(t, st, u)
	check(t, st.Tx(t.Context(), func(ctx context.Context, tx *store.Tx) error {
		for n := range store.MaxRevoked + 1 {
			s := s
			if s.ID, s.CreatedAt = numbered("s", n), s.CreatedAt.Add(time.Duration(n)*time.Second); n == store.MaxRevoked/2 {
				s.RevokedAt, s.RevokedReason = moment(1), store.ReasonLogout
			}
			if err := tx.Sessions.Insert(ctx, s); err != nil {
				return err
			}
		}
		return nil
	}))
	reads(t, "revoked", store.MaxRevoked-1)(st.Direct().Sessions.RevokeAll(t.Context(), u.ID, "", store.ReasonLogoutAll, moment(2)))
	for id, reason := range map[string]string{
		s.ID: "", numbered("s", 0): "", numbered("s", 1): store.ReasonLogoutAll,
		numbered("s", store.MaxRevoked/2): store.ReasonLogout, numbered("s", store.MaxRevoked): store.ReasonLogoutAll,
	} {
		same(t, "why "+id+" ended", view(t, st, id).Session.RevokedReason, reason)
	}
}

func sessionsPurge(t *testing.T, st *store.Store) {
	u := someUser(t, st, "ada")
	for range 5 {
		s := newSession(u)
		s.ExpiresAt = moment(1)
		check(t, st.Direct().Sessions.Insert(t.Context(), s))
	}
	kept := someSession(t, st, u)
	purges(t, func(ctx context.Context, limit int) (int, error) {
		return st.Direct().Sessions.Purge(ctx, moment(2), limit)
	})
	same(t, "kept", view(t, st, kept.ID).Session, kept)
}

func sessionsPurgeFindsEveryEnd(t *testing.T, st *store.Store) {
	u := someUser(t, st, "ada")
	for _, end := range []func(*store.Session){
		func(s *store.Session) { s.ExpiresAt = moment(1) },
		func(s *store.Session) { s.IdleExpiresAt = moment(1) },
		func(s *store.Session) { s.RevokedAt = moment(1) },
		func(s *store.Session) {
			s.ExpiresAt, s.IdleExpiresAt, s.RevokedAt = moment(1), moment(1), moment(1)
		},
	} {
		s := newSession(u)
		end(&s)
		check(t, st.Direct().Sessions.Insert(t.Context(), s))
	}
	kept := newSession(u)
	kept.ExpiresAt, kept.IdleExpiresAt, kept.RevokedAt = moment(2), moment(2), moment(2)
	check(t, st.Direct().Sessions.Insert(t.Context(), kept))
	reads(t, "purged", 4)(st.Direct().Sessions.Purge(t.Context(), moment(2), 9))
	same(t, "kept", view(t, st, kept.ID).Session, kept)
}

func sessionsReauthenticated(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	u := someUser(t, st, "ada")
	s := someSession(t, st, u)
	r := store.Reauthentication{
		SessionID: s.ID, AMR: []string{"pwd", "otp", "mfa"}, ACR: "aal3", AuthTime: moment(7), Now: moment(7),
	}
	changes(t, "proved anew", true)(d.Sessions.Reauthenticate(ctx, r))
	s.AMR, s.ACR, s.AuthTime = r.AMR, r.ACR, r.AuthTime
	got, err := d.Sessions.View(ctx, s.ID)
	check(t, err)
	same(t, "session", got.Session, s)
	for what, change := range map[string]func(*store.Reauthentication){
		"an unknown session": func(r *store.Reauthentication) { r.SessionID = id.Random() },
		"an idle one":        func(r *store.Reauthentication) { r.Now = s.IdleExpiresAt },
		"an expired one":     func(r *store.Reauthentication) { r.Now = s.ExpiresAt },
	} {
		changed := r
		change(&changed)
		changes(t, what, false)(d.Sessions.Reauthenticate(ctx, changed))
	}
	changes(t, "another epoch", true)(d.Users.RaiseEpoch(ctx, u.ID, u.Epoch, moment(8)))
	changes(t, "one of an epoch that is over", false)(d.Sessions.Reauthenticate(ctx, r))
	other := someSession(t, st, someUser(t, st, "bob"))
	changes(t, "revoked", true)(d.Sessions.Revoke(ctx, other.ID, store.ReasonLogout, moment(8)))
	r.SessionID = other.ID
	changes(t, "a revoked one", false)(d.Sessions.Reauthenticate(ctx, r))
}

func sessionsHeld(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	u := someUser(t, st, "ada")
	s := someSession(t, st, u)
	now := moment(7)
	changes(t, "a living one", true)(d.Sessions.Hold(ctx, u.ID, s.ID, now))
	same(t, "session", view(t, st, s.ID), store.SessionView{Session: s, User: u, Now: moment(0)})
	changes(t, "an unknown session", false)(d.Sessions.Hold(ctx, u.ID, id.Random(), now))
	changes(t, "one of somebody else", false)(d.Sessions.Hold(ctx, someUser(t, st, "eve").ID, s.ID, now))
	changes(t, "an idle one", false)(d.Sessions.Hold(ctx, u.ID, s.ID, s.IdleExpiresAt))
	changes(t, "an expired one", false)(d.Sessions.Hold(ctx, u.ID, s.ID, s.ExpiresAt))
	changes(t, "another epoch", true)(d.Users.RaiseEpoch(ctx, u.ID, u.Epoch, moment(8)))
	changes(t, "one of an epoch that is over", false)(d.Sessions.Hold(ctx, u.ID, s.ID, now))
	bob := someUser(t, st, "bob")
	other := someSession(t, st, bob)
	changes(t, "revoked", true)(d.Sessions.Revoke(ctx, other.ID, store.ReasonLogout, moment(8)))
	changes(t, "a revoked one", false)(d.Sessions.Hold(ctx, bob.ID, other.ID, now))
	carol := someUser(t, st, "carol")
	theirs := someSession(t, st, carol)
	changes(t, "disabled", true)(d.Users.SetStatus(ctx, carol.ID, store.UserActive, store.UserDisabled, moment(8)))
	changes(t, "one of a disabled user", false)(d.Sessions.Hold(ctx, carol.ID, theirs.ID, now))
}

// What a session that is held adds is there before everything ends, or it is not
// held: of both orders there is no third.
func sessionsHeldOrEnded(t *testing.T, st *store.Store) {
	u := someUser(t, st, "ada")
	s := someSession(t, st, u)
	var added atomic.Int64
	seen := -1
	end := func(ctx context.Context, tx *store.Tx) error {
		raised, err := tx.Users.RaiseEpoch(ctx, u.ID, u.Epoch, moment(1))
		if err != nil || !raised {
			return errors.Join(err, errors.New("the epoch is another"))
		}
		if _, err := tx.Sessions.RevokeAll(ctx, u.ID, "", store.ReasonLogoutAll, moment(1)); err != nil {
			return err
		}
		list, err := tx.Passkeys.List(ctx, u.ID, racers)
		seen = len(list)
		return err
	}
	each(t, racers, func(i int) error {
		if i == racers/2 {
			return st.Tx(t.Context(), end)
		}
		held := false
		err := st.Tx(t.Context(), func(ctx context.Context, tx *store.Tx) (err error) {
			if held, err = tx.Sessions.Hold(ctx, u.ID, s.ID, moment(1)); err != nil || !held {
				return err
			}
			name := id.Random()
			_, err = tx.Passkeys.Insert(ctx, store.Passkey{
				ID: name, UserID: u.ID, CredentialID: name, CredentialHash: name, PublicKey: "k", Name: "-", CreatedAt: moment(1),
			}, racers)
			return err
		})
		if held && err == nil {
			added.Add(1)
		}
		return err
	})
	if n := int(added.Load()); n != seen {
		t.Errorf("%d were added, and whoever ended everything saw %d", n, seen)
	}
}

// newSession is a session of u that is not in the store yet.
func newSession(u store.User) store.Session {
	return store.Session{
		ID: id.Random(), UserID: u.ID,
		RefreshState: store.RefreshState{Nonce: secret.Encode(secret.Bytes(16)), Parent: store.NoParent, RotatedAt: moment(0)},
		UserEpoch:    u.Epoch, ClientID: "sallyport", Audience: "https://auth.example.com", Scope: "openid", Kind: "user",
		AMR: []string{"pwd", "otp"}, ACR: "aal2", AuthTime: moment(0), ConfirmationJKT: "jkt",
		ExpiresAt: moment(100), IdleExpiresAt: moment(50), UserAgent: "agent", Address: "2001:db8::1", DeviceName: "phone",
		CreatedAt: moment(0), LastSeenAt: moment(1), AdministeredAt: moment(2),
	}
}

// someSession is a session in the store.
func someSession(t *testing.T, st *store.Store, u store.User) store.Session {
	t.Helper()
	s := newSession(u)
	check(t, st.Direct().Sessions.Insert(t.Context(), s))
	return s
}
