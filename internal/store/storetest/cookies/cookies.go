// Package cookies is what every engine must promise about the cookies of sessions,
// and about sessions as their users see them; package storetest asks for it.
package cookies

import (
	"context"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/store/storetest/expect"
)

// Promises lists what every engine must keep, by name.
func Promises() map[string]func(*testing.T, *store.Store) {
	return map[string]func(*testing.T, *store.Store){
		"Browsers/CookieLeadsToItsSession": browsersLeadToSession,
		"Browsers/CookieHasOneSession":     browsersHaveOneSession,
		"Browsers/RenewedCookieReplaces":   browsersRenewed,
		"Browsers/SeenOnce":                browsersSeenOnce,
		"Browsers/SeenNeedsALiveSession":   browsersSeenNeedsALiveSession,
		"Browsers/PurgedWithTheirSession":  browsersPurgedWithTheirSession,
		"Devices/LastFirst":                devicesLastFirst,
		"Devices/PagesMeet":                devicesPagesMeet,
		"Devices/Others":                   devicesOthers,
		"Devices/AgentsNewestFirst":        devicesAgentsNewestFirst,
	}
}

func someUser(t *testing.T, st *store.Store, name string) store.User {
	t.Helper()
	address := name + "@example.com"
	u := store.User{
		ID: id.Random(), Email: address, EmailCanonical: address, Metadata: "{}",
		Status: store.UserActive, Epoch: 1, CreatedAt: expect.Moment(0), UpdatedAt: expect.Moment(0),
	}
	expect.Check(t, st.Direct().Users.Insert(t.Context(), u))
	return u
}

// newSession is a session that is not in the store yet, idle at 50 hours and over at
// a hundred.
func newSession(u store.User) store.Session {
	return store.Session{
		ID: id.Random(), UserID: u.ID, RefreshState: store.RefreshState{Parent: store.NoParent, RotatedAt: expect.Moment(0)},
		UserEpoch: u.Epoch, Kind: "user", UserAgent: "agent", ExpiresAt: expect.Moment(100), IdleExpiresAt: expect.Moment(50),
		CreatedAt: expect.Moment(0), LastSeenAt: expect.Moment(1),
	}
}

// someSession is a session in the store.
func someSession(t *testing.T, st *store.Store, u store.User) store.Session {
	t.Helper()
	s := newSession(u)
	expect.Check(t, st.Direct().Sessions.Insert(t.Context(), s))
	return s
}

// cookied is a session in the store that has a cookie.
func cookied(t *testing.T, st *store.Store, u store.User, hash string) store.Session {
	t.Helper()
	s := someSession(t, st, u)
	expect.Check(t, st.Direct().Browsers.Insert(t.Context(), store.BrowserSession{SessionID: s.ID, CookieHash: hash, CreatedAt: expect.Moment(0)}))
	return s
}

func browsersLeadToSession(t *testing.T, st *store.Store) {
	u := someUser(t, st, "ada")
	s, other := cookied(t, st, u, "Hash-1"), cookied(t, st, u, "hash-1") // hashes keep their case
	d := st.Direct().Browsers
	expect.Reads(t, "one", s.ID)(d.SessionID(t.Context(), "Hash-1"))
	expect.Reads(t, "the other", other.ID)(d.SessionID(t.Context(), "hash-1"))
	for _, none := range []string{"HASH-1", "hash-1 ", "", s.ID} {
		expect.Misses[string](t, none)(d.SessionID(t.Context(), none))
	}
}

func browsersHaveOneSession(t *testing.T, st *store.Store) {
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

func browsersRenewed(t *testing.T, st *store.Store) {
	u := someUser(t, st, "ada")
	s, bare := cookied(t, st, u, "hash-1"), someSession(t, st, u)
	d, ctx := st.Direct().Browsers, t.Context()
	expect.Changes(t, "renew", true)(d.Renew(ctx, s.ID, "hash-2"))
	expect.Misses[string](t, "the old one")(d.SessionID(ctx, "hash-1"))
	expect.Reads(t, "the new one", s.ID)(d.SessionID(ctx, "hash-2"))
	expect.Changes(t, "a session without a cookie", false)(d.Renew(ctx, bare.ID, "hash-3"))
	expect.Misses[string](t, "what was given to none")(d.SessionID(ctx, "hash-3"))
}

func seen(s store.Session, now time.Time) store.Seen {
	return store.Seen{
		SessionID: s.ID, Last: s.LastSeenAt, Now: now, IdleExpiresAt: expect.Moment(60), UserAgent: "newer", Address: "192.0.2.7",
	}
}

func browsersSeenOnce(t *testing.T, st *store.Store) {
	s := cookied(t, st, someUser(t, st, "ada"), "hash-1")
	expect.OneWins(t, st, "seen", func(ctx context.Context, tx *store.Tx) (bool, error) {
		return tx.Sessions.Seen(ctx, seen(s, expect.Moment(2)))
	})
	s.LastSeenAt, s.IdleExpiresAt, s.UserAgent, s.Address = expect.Moment(2), expect.Moment(60), "newer", "192.0.2.7"
	v, err := st.Direct().Sessions.View(t.Context(), s.ID)
	expect.Check(t, err)
	expect.Same(t, "session", v.Session, s)
}

func browsersSeenNeedsALiveSession(t *testing.T, st *store.Store) {
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
		expect.Changes(t, name, test.want)(d.Sessions.Seen(ctx, seen(test.session, test.now)))
	}
}

func browsersPurgedWithTheirSession(t *testing.T, st *store.Store) {
	u := someUser(t, st, "ada")
	d, ctx := st.Direct(), t.Context()
	cookied(t, st, u, "idle")
	ended := cookied(t, st, u, "ended")
	expect.Changes(t, "revoke", true)(d.Sessions.Revoke(ctx, ended.ID, store.ReasonLogout, expect.Moment(1)))
	late := ended
	late.ID, late.IdleExpiresAt, late.ExpiresAt = id.Random(), expect.Moment(500), expect.Moment(500)
	expect.Check(t, d.Sessions.Insert(ctx, late))
	expect.Check(t, d.Browsers.Insert(ctx, store.BrowserSession{SessionID: late.ID, CookieHash: "live", CreatedAt: expect.Moment(0)}))
	n, err := d.Sessions.Purge(ctx, expect.Moment(60), 10)
	if n != 2 || err != nil {
		t.Errorf("purged %d (%v), want 2", n, err)
	}
	for _, gone := range []string{"idle", "ended"} {
		expect.Misses[string](t, gone)(d.Browsers.SessionID(ctx, gone))
	}
	if _, err := d.Browsers.SessionID(ctx, "live"); err != nil {
		t.Errorf("a cookie of a live session is gone: %v", err)
	}
}
