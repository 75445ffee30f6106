package storetest

import (
	"errors"
	"slices"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/store"
)

func sessionListPromises() map[string]promise {
	return map[string]promise{
		"Devices/LastFirst":         devicesLastFirst,
		"Devices/PagesMeet":         devicesPagesMeet,
		"Devices/Others":            devicesOthers,
		"Devices/AgentsNewestFirst": devicesAgentsNewestFirst,
	}
}

func devicesLastFirst(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	u := someUser(t, st, "ada")
	var all []store.Session
	for i, end := range []func(*store.Session){
		func(s *store.Session) { s.RevokedAt, s.RevokedReason = moment(8), store.ReasonEnded },
		func(s *store.Session) { s.IdleExpiresAt = moment(7) },
		func(s *store.Session) { s.IdleExpiresAt, s.RevokedAt = moment(1), moment(5) },
		func(s *store.Session) { s.RevokedAt = moment(3) },
		func(s *store.Session) { s.ExpiresAt, s.IdleExpiresAt = moment(9), moment(9) },
		func(s *store.Session) { s.UserEpoch-- },
		func(*store.Session) {}, func(*store.Session) {}, func(*store.Session) {},
	} {
		s := newSession(u)
		s.CreatedAt, s.LastSeenAt = moment(i), moment(-i)
		end(&s)
		check(t, d.Sessions.Insert(ctx, s))
		all = append(all, s)
	}
	someSession(t, st, someUser(t, st, "bob"))
	reads(t, "live", all[6:])(d.Sessions.Live(ctx, u.ID, moment(9), store.Page{Limit: 10}))
	reads(t, "two of them", all[6:8])(d.Sessions.Live(ctx, u.ID, moment(9), store.Page{Limit: 2}))
	reads(t, "the others", all[8:])(d.Sessions.Live(ctx, u.ID, moment(9), store.Page{Limit: 2, After: all[7].SeenCursor()}))
	reads(t, "ended", all[:3])(d.Sessions.Ended(ctx, u.ID, moment(5), moment(8), store.Page{Limit: 10}))
	reads(t, "one of them", all[1:2])(d.Sessions.Ended(ctx, u.ID, moment(5), moment(7), store.Page{Limit: 1}))
	for n := range all[:2] { // revoked, and idle
		rest := store.Page{Limit: 9, After: all[n].EndedCursor()}
		reads(t, "those that ended before", all[n+1:3])(d.Sessions.Ended(ctx, u.ID, moment(5), moment(8), rest))
	}
	for _, after := range []string{"nonsense", "12", "x y"} {
		if _, err := d.Sessions.Live(ctx, u.ID, moment(9), store.Page{Limit: 1, After: after}); !errors.Is(err, store.ErrCursor) {
			t.Errorf("after %q: %v, want ErrCursor", after, err)
		}
	}
}

// Sessions that were used at the same time have an order too: no page leaves one
// out or says it twice.
func devicesPagesMeet(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	u := someUser(t, st, "ada")
	want := map[string]bool{}
	for range 7 {
		s := newSession(u)
		check(t, d.Sessions.Insert(ctx, s))
		want[s.ID] = true
	}
	for page := (store.Page{Limit: 2}); ; {
		list, err := d.Sessions.Live(ctx, u.ID, moment(1), page)
		check(t, err)
		if len(list) == 0 {
			break
		}
		for n := range list {
			if !want[list[n].ID] {
				t.Errorf("%s is listed twice", list[n].ID)
			}
			delete(want, list[n].ID)
		}
		page.After = list[len(list)-1].SeenCursor()
	}
	if len(want) != 0 {
		t.Errorf("%d are on no page", len(want))
	}
}

func devicesOthers(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	u := someUser(t, st, "ada")
	var ids []string // those that live, used last first
	for i := range 6 {
		s := newSession(u)
		s.LastSeenAt = moment(-i)
		switch i {
		case 4:
			s.IdleExpiresAt = moment(1)
		case 5:
			s.RevokedAt, s.RevokedReason = moment(1), store.ReasonLogout
		default:
			ids = append(ids, s.ID)
		}
		check(t, d.Sessions.Insert(ctx, s))
	}
	bobs := someSession(t, st, someUser(t, st, "bob"))
	now := moment(2)
	reads(t, "all but one", append(slices.Clone(ids[:2]), ids[3]))(d.Sessions.Others(ctx, u.ID, ids[2], 0, now, 9))
	reads(t, "without the two used last", ids[2:])(d.Sessions.Others(ctx, u.ID, "", 2, now, 9))
	reads(t, "the one named is not spared besides", ids[3:])(d.Sessions.Others(ctx, u.ID, ids[0], 2, now, 9))
	reads(t, "at most", ids[1:2])(d.Sessions.Others(ctx, u.ID, "", 1, now, 1))
	reads[[]string](t, "none left", nil)(d.Sessions.Others(ctx, u.ID, "", 4, now, 9))

	reads(t, "revoked", 2)(d.Sessions.RevokeMany(ctx, ids[:2], store.ReasonTooMany, now))
	reads(t, "revoked of those and one more", 1)(d.Sessions.RevokeMany(ctx, ids[:3], store.ReasonEnded, now))
	reads(t, "revoked of none", 0)(d.Sessions.RevokeMany(ctx, nil, store.ReasonEnded, now))
	for n, want := range []string{store.ReasonTooMany, store.ReasonTooMany, store.ReasonEnded, ""} {
		if v, err := d.Sessions.View(ctx, ids[n]); err != nil || v.Session.RevokedReason != want {
			t.Errorf("session %d: %q (%v), want %q", n, v.Session.RevokedReason, err, want)
		}
	}
	if v, err := d.Sessions.View(ctx, bobs.ID); err != nil || !v.Session.RevokedAt.IsZero() {
		t.Errorf("somebody else's session: %v, %v", v.Session.RevokedAt, err)
	}
}

func devicesAgentsNewestFirst(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	u := someUser(t, st, "ada")
	var want []store.Agent
	var own store.Session
	for i, reason := range []string{store.ReasonDisowned, "", store.ReasonLogout, ""} {
		own = newSession(u)
		own.UserAgent, own.UserEpoch, own.CreatedAt, own.RevokedReason = "agent "+reason, int64(i), moment(i), reason
		check(t, d.Sessions.Insert(ctx, own))
		want = append([]store.Agent{{UserAgent: own.UserAgent, RevokedReason: reason, UserEpoch: int64(i)}}, want...)
	}
	someSession(t, st, someUser(t, st, "bob"))
	reads(t, "the others", want[1:])(d.Sessions.Agents(ctx, u.ID, own.ID, 9))
	reads(t, "the newest", want[:2])(d.Sessions.Agents(ctx, u.ID, "", 2))
}
