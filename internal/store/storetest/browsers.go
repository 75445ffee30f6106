package storetest

import (
	"context"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/store/storetest/expect"
)

func browserPromises() map[string]promise {
	return map[string]promise{
		"Browsers/CookieLeadsToItsSession": browsersLeadToSession,
		"Browsers/CookieHasOneSession":     browsersHaveOneSession,
		"Browsers/SeenOnce":                browsersSeenOnce,
		"Browsers/SeenNeedsALiveSession":   browsersSeenNeedsALiveSession,
		"Browsers/PurgedWithTheirSession":  browsersPurgedWithTheirSession,
	}
}

// cookied is a session in the store that has a cookie.
func cookied(t *testing.T, st store.Store, u store.User, hash string) store.Session {
	t.Helper()
	s := someSession(t, st, u)
	expect.Check(t, st.Direct().Browsers.Insert(t.Context(), store.BrowserSession{SessionID: s.ID, CookieHash: hash, CreatedAt: expect.Moment(0)}))
	return s
}

func browsersLeadToSession(t *testing.T, st store.Store) {
	u := someUser(t, st, "ada")
	s := cookied(t, st, u, "Hash-1")
	cookied(t, st, u, "hash-1") // another one: hashes keep their case
	v, err := st.Direct().Browsers.View(t.Context(), "Hash-1")
	expect.Check(t, err)
	if v.Now.IsZero() {
		t.Error("the database's time is missing")
	}
	v.Now = expect.Moment(0)
	expect.Same(t, "view", v, store.SessionView{Session: s, User: u, Now: expect.Moment(0)})
	for _, none := range []string{"HASH-1", "hash-1 ", "", s.ID} {
		expect.Misses[store.SessionView](t, none)(st.Direct().Browsers.View(t.Context(), none))
	}
}

func browsersHaveOneSession(t *testing.T, st store.Store) {
	u := someUser(t, st, "ada")
	s := cookied(t, st, u, "hash-1")
	other := someSession(t, st, u)
	d, ctx := st.Direct().Browsers, t.Context()
	expect.Refuses(t, "a hash again", d.Insert(ctx, store.BrowserSession{SessionID: other.ID, CookieHash: "hash-1", CreatedAt: expect.Moment(0)}))
	expect.Refuses(t, "a second cookie", d.Insert(ctx, store.BrowserSession{SessionID: s.ID, CookieHash: "hash-2", CreatedAt: expect.Moment(0)}))
	if err := d.Insert(ctx, store.BrowserSession{SessionID: "none", CookieHash: "hash-3", CreatedAt: expect.Moment(0)}); err == nil {
		t.Error("a cookie of no session is taken")
	}
}

func seen(s store.Session, now time.Time) store.Seen {
	return store.Seen{
		SessionID: s.ID, Last: s.LastSeenAt, Now: now, IdleExpiresAt: expect.Moment(60), UserAgent: "newer", Address: "192.0.2.7",
	}
}

func browsersSeenOnce(t *testing.T, st store.Store) {
	s := cookied(t, st, someUser(t, st, "ada"), "hash-1")
	expect.OneWins(t, st, "seen", func(ctx context.Context, tx store.Tx) (bool, error) {
		return tx.Browsers.Seen(ctx, seen(s, expect.Moment(2)))
	})
	s.LastSeenAt, s.IdleExpiresAt, s.UserAgent, s.Address = expect.Moment(2), expect.Moment(60), "newer", "192.0.2.7"
	expect.Same(t, "session", view(t, st, s.ID).Session, s)
}

func browsersSeenNeedsALiveSession(t *testing.T, st store.Store) {
	u := someUser(t, st, "ada")
	d, ctx := st.Direct(), t.Context()
	revoked := cookied(t, st, u, "hash-1")
	expect.Changes(t, "revoke", true)(d.Sessions.Revoke(ctx, revoked.ID, store.ReasonLogout, expect.Moment(1)))
	idle := cookied(t, st, u, "hash-2") // idle at 50, expired at 100
	for name, test := range map[string]struct {
		session store.Session
		now     time.Time
		want    bool
	}{
		"revoked": {revoked, expect.Moment(2), false},
		"idle":    {idle, expect.Moment(50), false},
		"live":    {idle, expect.Moment(49), true},
	} {
		expect.Changes(t, name, test.want)(d.Browsers.Seen(ctx, seen(test.session, test.now)))
	}
}

func browsersPurgedWithTheirSession(t *testing.T, st store.Store) {
	u := someUser(t, st, "ada")
	d, ctx := st.Direct(), t.Context()
	cookied(t, st, u, "idle")
	ended := cookied(t, st, u, "ended")
	expect.Changes(t, "revoke", true)(d.Sessions.Revoke(ctx, ended.ID, store.ReasonLogout, expect.Moment(1)))
	late := newSession(u)
	late.IdleExpiresAt, late.ExpiresAt = expect.Moment(500), expect.Moment(500)
	expect.Check(t, d.Sessions.Insert(ctx, late))
	expect.Check(t, d.Browsers.Insert(ctx, store.BrowserSession{SessionID: late.ID, CookieHash: "live", CreatedAt: expect.Moment(0)}))
	n, err := d.Sessions.Purge(ctx, expect.Moment(60), 10)
	if n != 2 || err != nil {
		t.Errorf("purged %d (%v), want 2", n, err)
	}
	for _, gone := range []string{"idle", "ended"} {
		expect.Misses[store.SessionView](t, gone)(d.Browsers.View(ctx, gone))
	}
	if _, err := d.Browsers.View(ctx, "live"); err != nil {
		t.Errorf("a cookie of a live session is gone: %v", err)
	}
}
