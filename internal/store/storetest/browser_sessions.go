package storetest

import (
	"context"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/store"
)

func browserPromises() map[string]promise {
	return map[string]promise{
		"Browsers/CookieLeadsToItsSession": browsersLeadToSession,
		"Browsers/CookieHasOneSession":     browsersHaveOneSession,
		"Browsers/RenewedCookieReplaces":   browsersRenewed,
		"Browsers/SeenOnce":                browsersSeenOnce,
		"Browsers/SeenNeedsALiveSession":   browsersSeenNeedsALiveSession,
		"Browsers/PurgedWithTheirSession":  browsersPurgedWithTheirSession,
	}
}

// cookied is a session in the store that has a cookie.
func cookied(t *testing.T, st *store.Store, u store.User, hash string) store.Session {
	t.Helper()
	s := someSession(t, st, u)
	check(t, st.Direct().Browsers.Insert(t.Context(), store.BrowserSession{SessionID: s.ID, CookieHash: hash, CreatedAt: moment(0)}))
	return s
}

func browsersLeadToSession(t *testing.T, st *store.Store) {
	u := someUser(t, st, "ada")
	s, other := cookied(t, st, u, "Hash-1"), cookied(t, st, u, "hash-1") // hashes keep their case
	d := st.Direct().Browsers
	reads(t, "one", s.ID)(d.SessionID(t.Context(), "Hash-1"))
	reads(t, "the other", other.ID)(d.SessionID(t.Context(), "hash-1"))
	for _, none := range []string{"HASH-1", "hash-1 ", "", s.ID} {
		misses[string](t, none)(d.SessionID(t.Context(), none))
	}
}

func browsersHaveOneSession(t *testing.T, st *store.Store) {
	u := someUser(t, st, "ada")
	s := cookied(t, st, u, "hash-1")
	other := someSession(t, st, u)
	d, ctx := st.Direct().Browsers, t.Context()
	refuses(t, "a hash again", d.Insert(ctx, store.BrowserSession{SessionID: other.ID, CookieHash: "hash-1", CreatedAt: moment(0)}))
	refuses(t, "a second cookie", d.Insert(ctx, store.BrowserSession{SessionID: s.ID, CookieHash: "hash-2", CreatedAt: moment(0)}))
	if err := d.Insert(ctx, store.BrowserSession{SessionID: "none", CookieHash: "hash-3", CreatedAt: moment(0)}); err == nil {
		t.Error("a cookie of no session is taken")
	}
}

func browsersRenewed(t *testing.T, st *store.Store) {
	u := someUser(t, st, "ada")
	s, bare := cookied(t, st, u, "hash-1"), someSession(t, st, u)
	d, ctx := st.Direct().Browsers, t.Context()
	changes(t, "renew", true)(d.Renew(ctx, s.ID, "hash-2"))
	misses[string](t, "the old one")(d.SessionID(ctx, "hash-1"))
	reads(t, "the new one", s.ID)(d.SessionID(ctx, "hash-2"))
	changes(t, "a session without a cookie", false)(d.Renew(ctx, bare.ID, "hash-3"))
	misses[string](t, "what was given to none")(d.SessionID(ctx, "hash-3"))
}

func seen(s store.Session, now time.Time) store.Seen {
	return store.Seen{
		SessionID: s.ID, Last: s.LastSeenAt, Now: now, IdleExpiresAt: moment(60), UserAgent: "newer", Address: "192.0.2.7",
	}
}

func browsersSeenOnce(t *testing.T, st *store.Store) {
	s := cookied(t, st, someUser(t, st, "ada"), "hash-1")
	oneWins(t, st, "seen", func(ctx context.Context, tx *store.Tx) (bool, error) {
		return tx.Sessions.Seen(ctx, seen(s, moment(2)))
	})
	s.LastSeenAt, s.IdleExpiresAt, s.UserAgent, s.Address = moment(2), moment(60), "newer", "192.0.2.7"
	v, err := st.Direct().Sessions.View(t.Context(), s.ID)
	check(t, err)
	same(t, "session", v.Session, s)
}

func browsersSeenNeedsALiveSession(t *testing.T, st *store.Store) {
	u := someUser(t, st, "ada")
	d, ctx := st.Direct(), t.Context()
	revoked := cookied(t, st, u, "hash-1")
	changes(t, "revoke", true)(d.Sessions.Revoke(ctx, revoked.ID, store.ReasonLogout, moment(1)))
	idle := cookied(t, st, u, "hash-2") // idle at 50, expired at 100
	for name, test := range map[string]struct {
		session store.Session
		now     time.Time
		want    bool
	}{
		"revoked": {revoked, moment(2), false},
		"idle":    {idle, moment(50), false},
		"live":    {idle, moment(49), true},
	} {
		changes(t, name, test.want)(d.Sessions.Seen(ctx, seen(test.session, test.now)))
	}
}

func browsersPurgedWithTheirSession(t *testing.T, st *store.Store) {
	u := someUser(t, st, "ada")
	d, ctx := st.Direct(), t.Context()
	cookied(t, st, u, "idle")
	ended := cookied(t, st, u, "ended")
	changes(t, "revoke", true)(d.Sessions.Revoke(ctx, ended.ID, store.ReasonLogout, moment(1)))
	late := ended
	late.ID, late.IdleExpiresAt, late.ExpiresAt = id.Random(), moment(500), moment(500)
	check(t, d.Sessions.Insert(ctx, late))
	check(t, d.Browsers.Insert(ctx, store.BrowserSession{SessionID: late.ID, CookieHash: "live", CreatedAt: moment(0)}))
	n, err := d.Sessions.Purge(ctx, moment(60), 10)
	if n != 2 || err != nil {
		t.Errorf("purged %d (%v), want 2", n, err)
	}
	for _, gone := range []string{"idle", "ended"} {
		misses[string](t, gone)(d.Browsers.SessionID(ctx, gone))
	}
	if _, err := d.Browsers.SessionID(ctx, "live"); err != nil {
		t.Errorf("a cookie of a live session is gone: %v", err)
	}
}
