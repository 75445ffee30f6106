package storetest

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store"
)

func statsPromises() map[string]promise {
	return map[string]promise{
		"Stats/NothingIsLostAtOnce":       statsAddAtOnce,
		"Stats/BucketsAreSumsOfHours":     statsSums,
		"Stats/PurgesTheOldest":           statsPurges,
		"Facts/MovedOnce":                 factsMovedOnce,
		"AuditLeaves/TellOfNobody":        auditLeavesTell,
		"Users/CensusCountsWhoIsSignedIn": usersCensus,
		"JobLedger/ExpiredOfAKindDie":     ledgerKillsExpired,
		"JobLedger/WhatIsWrongIsBounded":  ledgerTrouble,
	}
}

// statsAddAtOnce has callers count the same hour, which nobody has counted before.
func statsAddAtOnce(t *testing.T, st *store.Store) {
	each(t, racers, func(i int) error {
		add := func(ctx context.Context, tx *store.Tx) error {
			return tx.Stats.Add(ctx, store.HourCount{Hour: 500000, Series: "sign_in", Number: int64(1 + i%2)})
		}
		if i%4 == 0 {
			return add(t.Context(), st.Direct())
		}
		return st.Tx(t.Context(), add)
	})
	d, ctx := st.Direct(), t.Context()
	const want = racers / 2 * 3
	reads(t, "the hour", []store.BucketCount{{Bucket: 500000, Series: "sign_in", Sum: want, Most: want}})(
		d.Stats.Sums(ctx, store.Buckets{From: 500000, Until: 500001, Span: 1}))
	check(t, d.Stats.Set(ctx, store.HourCount{Hour: 500000, Series: "sign_in", Number: 7}))
	check(t, d.Stats.Set(ctx, store.HourCount{Hour: 500000, Series: "users", Number: 1 << 40}))
	check(t, d.Stats.Set(ctx, store.HourCount{Hour: 500000, Series: "users", Number: 1 << 40})) // changes nothing
	reads(t, "the hour, set", []store.BucketCount{bucket(500000, "sign_in", "", 7, 7), bucket(500000, "users", "", 1<<40, 1<<40)})(
		d.Stats.Sums(ctx, store.Buckets{From: 500000, Until: 500001, Span: 1}))
}

func bucket(first int64, series, reason string, sum, most int64) store.BucketCount {
	return store.BucketCount{Bucket: first, Series: series, Reason: reason, Sum: sum, Most: most}
}

func statsSums(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	const monday = 500000 - (500000+72)%168 // 1970 began on a Thursday
	for hour := int64(monday - 1); hour < monday+170; hour++ {
		check(t, d.Stats.Add(ctx, store.HourCount{Hour: hour, Series: "a", Reason: fmt.Sprint("r", hour%2), Number: 1}))
	}
	reads(t, "weeks", []store.BucketCount{
		bucket(monday-168, "a", "r1", 1, 1), bucket(monday, "a", "r0", 84, 1), bucket(monday, "a", "r1", 84, 1),
		bucket(monday+168, "a", "r0", 1, 1), bucket(monday+168, "a", "r1", 1, 1),
	})(d.Stats.Sums(ctx, store.Buckets{From: monday - 168, Until: monday + 336, Span: 168, Before: 72}))
	check(t, d.Stats.Add(ctx, store.HourCount{Hour: monday + 25, Series: "a", Reason: "r1", Number: 9}))
	reads(t, "a day", []store.BucketCount{bucket(monday+24, "a", "r0", 12, 1), bucket(monday+24, "a", "r1", 21, 10)})(
		d.Stats.Sums(ctx, store.Buckets{From: monday + 24, Until: monday + 48, Span: 24}))
	reads(t, "hours", []store.BucketCount{bucket(monday+25, "a", "r1", 10, 10)})(
		d.Stats.Sums(ctx, store.Buckets{From: monday + 25, Until: monday + 26, Span: 1}))
	reads[[]store.BucketCount](t, "an hour without any", nil)(d.Stats.Sums(ctx, store.Buckets{From: monday + 400, Until: monday + 500, Span: 24}))
}

func statsPurges(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	for hour := range int64(6) {
		check(t, d.Stats.Add(ctx, store.HourCount{Hour: 100 + hour, Series: "a", Number: hour}))
	}
	purges(t, func(ctx context.Context, limit int) (int, error) { return d.Stats.Purge(ctx, 105, limit) })
	reads(t, "what is left", []store.BucketCount{bucket(105, "a", "", 5, 5)})(d.Stats.Sums(ctx, store.Buckets{From: 0, Until: 1000, Span: 1}))
}

func factsMovedOnce(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	oneWins(t, st, "move from nothing", func(ctx context.Context, tx *store.Tx) (bool, error) {
		return tx.Facts.Move(ctx, "at", 0, 7)
	})
	oneWins(t, st, "move on", func(ctx context.Context, tx *store.Tx) (bool, error) { return tx.Facts.Move(ctx, "at", 7, 9) })
	changes(t, "from where it was", false)(d.Facts.Move(ctx, "at", 7, 8))
	changes(t, "another that is not there", false)(d.Facts.Move(ctx, "other", 7, 8))
	reads(t, "the fact", int64(9))(d.Facts.Number(ctx, "at"))
}

func auditLeavesTell(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	e := someEvent(t, st, 1, func(e *store.AuditEvent) { e.Reason, e.Details = "why", `{"a":1}` })
	check(t, d.AuditLeaves.Insert(ctx, []store.AuditLeaf{
		{TreeID: "tree", Leaf: 0, EventID: "gone"}, {TreeID: "tree", Leaf: 1, EventID: e.ID}, {TreeID: "other", Leaf: 2, EventID: "x"},
	}))
	told := store.AuditEvent{Kind: e.Kind, Outcome: e.Outcome, Reason: "why", Details: e.Details, CreatedAt: e.CreatedAt}
	reads(t, "all", []store.AuditEvent{{}, told})(d.AuditLeaves.Told(ctx, "tree", 0, 9))
	reads(t, "a page", []store.AuditEvent{{}})(d.AuditLeaves.Told(ctx, "tree", 0, 1))
	reads[[]store.AuditEvent](t, "behind the last", nil)(d.AuditLeaves.Told(ctx, "tree", 2, 9))
}

func usersCensus(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	now := moment(0)
	reads[store.Census](t, "nobody", store.Census{})(census(ctx, st, "", 3, now))
	for n := range 7 {
		u := newUser(numbered("user", n))
		u.ID = numbered("user", n)
		switch n {
		case 1:
			u.Status = store.UserErased
		case 2:
			u.Status = store.UserDisabled
		}
		check(t, d.Users.Insert(ctx, u))
		for i := range 4 {
			s := newSession(u)
			s.ID = fmt.Sprintf("%s-%d", u.ID, i)
			s.ExpiresAt, s.IdleExpiresAt, s.UserEpoch = now.Add(time.Hour), now.Add(time.Hour), u.Epoch
			switch {
			case i == 1:
				s.ExpiresAt = now
			case i == 2:
				s.IdleExpiresAt = now
			case n == 3:
				s.RevokedAt = now
			case n == 4:
				s.UserEpoch = u.Epoch + 1
			}
			check(t, d.Sessions.Insert(ctx, s))
		}
	}
	for _, limit := range []int{1, 3, 7, 50} {
		reads(t, fmt.Sprintf("%d at once", limit), store.Census{Users: 6, Active: 5, SignedIn: 3, Sessions: 6})(census(ctx, st, "", limit, now))
	}
	reads(t, "those after one", store.Census{Users: 2, Active: 2, SignedIn: 2, Sessions: 4})(census(ctx, st, numbered("user", 4), 50, now))
}

// census adds pages up.
func census(ctx context.Context, st *store.Store, after string, limit int, now time.Time) (all store.Census, err error) {
	for {
		c, last, err := st.Direct().Users.Census(ctx, after, limit, now)
		all.Users, all.Active, all.SignedIn, all.Sessions = all.Users+c.Users, all.Active+c.Active, all.SignedIn+c.SignedIn, all.Sessions+c.Sessions
		if last == "" || err != nil {
			return all, err
		}
		after = last
	}
}

func ledgerKillsExpired(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	for n := range 5 {
		someJob(t, st, func(j *store.Job) { j.ID, j.Kind, j.ExpiresAt = numbered("job", n), "mail", moment(n) })
	}
	hook := someJob(t, st, func(j *store.Job) { j.Kind, j.ExpiresAt = "hook", moment(0) })
	runs := someJob(t, st, func(j *store.Job) {
		j.Kind, j.State, j.ExpiresAt, j.LeaseExpiresAt = "mail", store.JobRunning, moment(0), moment(9)
	})
	dead := 0
	for range 3 {
		n, err := d.Jobs.KillExpired(ctx, "mail", moment(4), 3)
		check(t, err)
		dead += n
	}
	reads(t, "what died", dead)(4, nil)
	j, err := d.Jobs.ByID(ctx, numbered("job", 0))
	check(t, err)
	if j.State != store.JobDead || j.LastError != "expired" {
		t.Errorf("a mail that waited for too long is %s: %s", j.State, j.LastError)
	}
	for _, alive := range []string{numbered("job", 4), hook.ID, runs.ID} {
		if j, err := d.Jobs.ByID(ctx, alive); err != nil || j.State == store.JobDead {
			t.Errorf("%s is %s (%v)", alive, j.State, err)
		}
	}
}

func ledgerTrouble(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	now, err := st.Now(ctx)
	check(t, err)
	reads[[]store.KindStats](t, "nothing dead", nil)(d.Jobs.DeadKinds(ctx, 9))
	reads(t, "nothing waits", store.JobWait{})(d.Jobs.Waiting(ctx, "mail", 9))
	for n := range 6 {
		someJob(t, st, func(j *store.Job) { j.Kind, j.State = []string{"mail", "hook"}[n%2], store.JobDead })
		someJob(t, st, func(j *store.Job) { j.Kind, j.Attempts, j.RunAt = "mail", n%3, now.Add(time.Hour) })
	}
	dead := func(kind string, n int64) store.KindStats {
		return store.KindStats{Kind: kind, JobCounts: store.JobCounts{Dead: n}}
	}
	reads(t, "dead", []store.KindStats{dead("hook", 3), dead("mail", 3)})(d.Jobs.DeadKinds(ctx, 9))
	some, err := d.Jobs.DeadKinds(ctx, 4)
	check(t, err)
	all := int64(0)
	for _, k := range some {
		all += k.Dead
	}
	reads(t, "some of the dead", int64(4))(all, nil)
	reads(t, "waiting", store.JobWait{Failed: 4})(d.Jobs.Waiting(ctx, "mail", 9))
	someJob(t, st, func(j *store.Job) { j.Kind, j.Attempts, j.RunAt = "mail", 0, now.Add(-time.Hour) })
	w, err := d.Jobs.Waiting(ctx, "mail", 1)
	check(t, err)
	if w.Failed != 0 || w.Late < time.Hour || w.Late > 2*time.Hour {
		t.Errorf("the first that is due: %+v", w)
	}
}
