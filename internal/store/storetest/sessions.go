package storetest

import (
	"context"
	"slices"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/store"
)

func sessionPromises() map[string]promise {
	return map[string]promise{
		"Sessions/ViewReadsAll":        sessionsViewReadsAll,
		"Sessions/RevokedOnce":         sessionsRevokedOnce,
		"Sessions/RevokeAllButOne":     sessionsRevokeAllButOne,
		"Sessions/LiveNewestFirst":     sessionsLiveNewestFirst,
		"Sessions/PurgeIsBounded":      sessionsPurge,
		"Sessions/PurgeFindsEveryEnd":  sessionsPurgeFindsEveryEnd,
		"Sessions/ExpiredCanBeRevoked": sessionsExpiredCanBeRevoked,
		"Sessions/IdentifierHasOneRow": sessionsIdentifierHasOneRow,
	}
}

// view reads a session without the time.
func view(t *testing.T, st store.Store, id string) store.SessionView {
	t.Helper()
	v, err := st.Direct().Sessions.View(t.Context(), id)
	check(t, err)
	v.Now = moment(0)
	return v
}

func sessionsViewReadsAll(t *testing.T, st store.Store) {
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

func sessionsIdentifierHasOneRow(t *testing.T, st store.Store) {
	s := someSession(t, st, someUser(t, st, "ada"))
	refuses(t, "the same identifier", st.Direct().Sessions.Insert(t.Context(), s))
}

func sessionsRevokedOnce(t *testing.T, st store.Store) {
	s := someSession(t, st, someUser(t, st, "ada"))
	oneWins(t, st, "revoke", func(ctx context.Context, tx store.Tx) (bool, error) {
		return tx.Sessions.Revoke(ctx, s.ID, store.ReasonLogout, moment(1))
	})
	changes(t, "for another reason", false)(st.Direct().Sessions.Revoke(t.Context(), s.ID, store.ReasonReplay, moment(2)))
	s.RevokedAt, s.RevokedReason = moment(1), store.ReasonLogout
	same(t, "session", view(t, st, s.ID).Session, s)
	changes(t, "unknown", false)(st.Direct().Sessions.Revoke(t.Context(), "none", store.ReasonLogout, moment(1)))
}

// The last access token of a session may outlive it.
func sessionsExpiredCanBeRevoked(t *testing.T, st store.Store) {
	s := someSession(t, st, someUser(t, st, "ada"))
	changes(t, "revoke", true)(st.Direct().Sessions.Revoke(t.Context(), s.ID, store.ReasonLogout, s.ExpiresAt.Add(1e9)))
}

func sessionsRevokeAllButOne(t *testing.T, st store.Store) {
	u, other := someUser(t, st, "ada"), someUser(t, st, "bob")
	var mine []store.Session
	for range 3 {
		mine = append(mine, someSession(t, st, u))
	}
	theirs := someSession(t, st, other)
	sum := race(t, st, func(ctx context.Context, tx store.Tx, _ int) (int, error) {
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

func sessionsLiveNewestFirst(t *testing.T, st store.Store) {
	d, ctx := st.Direct(), t.Context()
	u := someUser(t, st, "ada")
	var live []store.Session
	for i := range 3 {
		s := newSession(u)
		s.CreatedAt = moment(i)
		check(t, d.Sessions.Insert(ctx, s))
		live = append(live, s)
	}
	for _, end := range []func(*store.Session){
		func(s *store.Session) { s.RevokedAt, s.RevokedReason = moment(1), store.ReasonEnded },
		func(s *store.Session) { s.ExpiresAt = moment(9) },
		func(s *store.Session) { s.IdleExpiresAt = moment(9) },
		func(s *store.Session) { s.UserEpoch-- },
	} {
		s := newSession(u)
		end(&s)
		check(t, d.Sessions.Insert(ctx, s))
	}
	someSession(t, st, someUser(t, st, "bob"))
	slices.Reverse(live)
	reads(t, "live", live)(d.Sessions.Live(ctx, u.ID, moment(9), 10))
	reads(t, "two of them", live[:2])(d.Sessions.Live(ctx, u.ID, moment(9), 2))
}

func sessionsPurge(t *testing.T, st store.Store) {
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

func sessionsPurgeFindsEveryEnd(t *testing.T, st store.Store) {
	u := someUser(t, st, "ada")
	for _, end := range []func(*store.Session){
		func(s *store.Session) { s.ExpiresAt = moment(1) },
		func(s *store.Session) { s.IdleExpiresAt = moment(1) },
		func(s *store.Session) { s.RevokedAt = moment(1) },
		func(s *store.Session) { s.ExpiresAt, s.IdleExpiresAt, s.RevokedAt = moment(1), moment(1), moment(1) },
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
