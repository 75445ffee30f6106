package cookies

import (
	"testing"

	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/store/storetest/expect"
)

func devicesLastFirst(t *testing.T, st store.Store) {
	d, ctx := st.Direct(), t.Context()
	u := someUser(t, st, "ada")
	var all []store.Session
	for i, end := range []func(*store.Session){
		func(s *store.Session) { s.RevokedAt, s.RevokedReason = expect.Moment(8), store.ReasonEnded },
		func(s *store.Session) { s.IdleExpiresAt = expect.Moment(7) },
		func(s *store.Session) { s.IdleExpiresAt, s.RevokedAt = expect.Moment(1), expect.Moment(5) },
		func(s *store.Session) { s.RevokedAt = expect.Moment(3) },
		func(s *store.Session) { s.ExpiresAt, s.IdleExpiresAt = expect.Moment(9), expect.Moment(9) },
		func(s *store.Session) { s.UserEpoch-- },
		func(*store.Session) {}, func(*store.Session) {}, func(*store.Session) {},
	} {
		s := newSession(u)
		s.CreatedAt, s.LastSeenAt = expect.Moment(i), expect.Moment(-i)
		end(&s)
		expect.Check(t, d.Sessions.Insert(ctx, s))
		all = append(all, s)
	}
	someSession(t, st, someUser(t, st, "bob"))
	expect.Reads(t, "live", all[6:])(d.Devices.Live(ctx, u.ID, expect.Moment(9), 10))
	expect.Reads(t, "two of them", all[6:8])(d.Devices.Live(ctx, u.ID, expect.Moment(9), 2))
	expect.Reads(t, "ended", all[:3])(d.Devices.Ended(ctx, u.ID, expect.Moment(5), expect.Moment(8), 10))
	expect.Reads(t, "one of them", all[1:2])(d.Devices.Ended(ctx, u.ID, expect.Moment(5), expect.Moment(7), 1))
}

func devicesAgentsNewestFirst(t *testing.T, st store.Store) {
	d, ctx := st.Direct(), t.Context()
	u := someUser(t, st, "ada")
	var want []store.Agent
	var own store.Session
	for i, reason := range []string{store.ReasonDisowned, "", store.ReasonLogout, ""} {
		own = newSession(u)
		own.UserAgent, own.UserEpoch, own.CreatedAt, own.RevokedReason = "agent "+reason, int64(i), expect.Moment(i), reason
		expect.Check(t, d.Sessions.Insert(ctx, own))
		want = append([]store.Agent{{UserAgent: own.UserAgent, RevokedReason: reason, UserEpoch: int64(i)}}, want...)
	}
	someSession(t, st, someUser(t, st, "bob"))
	expect.Reads(t, "the others", want[1:])(d.Devices.Agents(ctx, u.ID, own.ID, 9))
	expect.Reads(t, "the newest", want[:2])(d.Devices.Agents(ctx, u.ID, "", 2))
}
