package storetest

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/store"
)

func jobPromises() map[string]promise {
	return map[string]promise{
		"Jobs/DueAtOnce":            jobsDueAtOnce,
		"Jobs/DueOldestFirst":       jobsDueOldestFirst,
		"Jobs/ClaimedOnce":          jobsClaimedOnce,
		"Jobs/ClaimNeedsDueAndKind": jobsClaimNeeds,
		"Jobs/LostLeaseIsFenced":    jobsLostLease,
		"Jobs/SettledOnce":          jobsSettledOnce,
		"Jobs/TriedAgain":           jobsTriedAgain,
		"Jobs/EachDoneOnce":         jobsEachDoneOnce,
		"Jobs/ManyKindsAtOnce":      jobsManyKinds,
		"Jobs/IdentifierHasOneRow":  jobsIdentifierHasOneRow,
	}
}

var mailOnly = []string{"mail"}

// somejob is a job in the store, as it was stored.
func someJob(t *testing.T, st *store.Store, change func(*store.Job)) store.Job {
	t.Helper()
	j := store.Job{
		ID: id.Ordered(), Kind: "mail", Payload: `{"to":"ada"}`, SecretSealed: "sealed", State: store.JobReady,
		MaxAttempts: 5, RunAt: moment(-100000), ExpiresAt: moment(24), CreatedAt: moment(-100000), UpdatedAt: moment(-100000),
	}
	change(&j)
	write(t, st, func(ctx context.Context, tx *store.Tx) error { return tx.Jobs.Insert(ctx, j) })
	return j
}

func plainJob(*store.Job) {}

func claim(j store.Job, lease time.Duration) store.JobClaim {
	return store.JobClaim{ID: j.ID, Kinds: mailOnly, Lease: lease}
}

func jobsDueAtOnce(t *testing.T, st *store.Store) {
	before, err := st.Now(t.Context())
	check(t, err)
	write(t, st, func(ctx context.Context, tx *store.Tx) error {
		return tx.Jobs.Insert(ctx, store.Job{ID: "job", Kind: "mail", Payload: "{}"})
	})
	after, err := st.Now(t.Context())
	check(t, err)
	got, err := st.Direct().Jobs.ByID(t.Context(), "job")
	check(t, err)
	if got.RunAt.Before(before) || got.RunAt.After(after) || !got.CreatedAt.Equal(got.RunAt) || !got.UpdatedAt.Equal(got.RunAt) {
		t.Errorf("inserted between %v and %v: %+v", before, after, got)
	}
	same(t, "job", got, store.Job{
		ID: "job", Kind: "mail", Payload: "{}", State: store.JobReady, RunAt: got.RunAt, CreatedAt: got.RunAt, UpdatedAt: got.RunAt,
	})
	reads(t, "due", []string{"job"})(st.Direct().Jobs.Due(t.Context(), mailOnly, 9))
}

func jobsIdentifierHasOneRow(t *testing.T, st *store.Store) {
	j := someJob(t, st, plainJob)
	refuses(t, "the same identifier", st.Tx(t.Context(), func(ctx context.Context, tx *store.Tx) error {
		return tx.Jobs.Insert(ctx, j)
	}))
}

func jobsDueOldestFirst(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	second := someJob(t, st, func(j *store.Job) { j.RunAt = moment(-100002) })
	first := someJob(t, st, func(j *store.Job) { j.RunAt = moment(-100003) })
	fourth := someJob(t, st, func(j *store.Job) { j.RunAt = moment(-100000) })
	third := someJob(t, st, func(j *store.Job) {
		j.State, j.LeaseExpiresAt, j.RunAt, j.Fence = store.JobRunning, moment(-100001), moment(-200000), 4
	})
	for _, change := range []func(*store.Job){
		func(j *store.Job) { j.Kind = "hook" },
		func(j *store.Job) { j.RunAt = moment(100000) },
		func(j *store.Job) { j.State = store.JobDone },
		func(j *store.Job) { j.State = store.JobDead },
		func(j *store.Job) { j.State, j.LeaseExpiresAt = store.JobRunning, moment(100000) },
	} {
		someJob(t, st, change)
	}
	want := []string{first.ID, second.ID, third.ID, fourth.ID}
	reads(t, "due", want)(d.Jobs.Due(ctx, mailOnly, 9))
	reads(t, "three of them", want[:3])(d.Jobs.Due(ctx, mailOnly, 3))
	reads[[]string](t, "of no kind", nil)(d.Jobs.Due(ctx, nil, 9))
	check(t, st.View(ctx, func(ctx context.Context, tx *store.Tx) error {
		reads(t, "in a view", want)(tx.Jobs.Due(ctx, mailOnly, 9))
		return nil
	}))
}

func jobsManyKinds(t *testing.T, st *store.Store) {
	var kinds, want []string
	for i := range 20 {
		j := someJob(t, st, func(j *store.Job) { j.Kind, j.RunAt = numbered("kind", i), moment(-100000-i) })
		kinds, want = append(kinds, j.Kind), append([]string{j.ID}, want...)
	}
	reads(t, "due", want)(st.Direct().Jobs.Due(t.Context(), kinds, 99))
}

func jobsClaimedOnce(t *testing.T, st *store.Store) {
	j := someJob(t, st, plainJob)
	var mu sync.Mutex
	var got store.Job
	oneWins(t, st, "claim", func(ctx context.Context, tx *store.Tx) (bool, error) {
		claimed, won, err := tx.Jobs.Claim(ctx, claim(j, time.Minute))
		if won {
			mu.Lock()
			defer mu.Unlock()
			got = claimed
		}
		return won, err
	})
	reads(t, "the job as claimed", got)(st.Direct().Jobs.ByID(t.Context(), j.ID))
	if lease := got.LeaseExpiresAt.Sub(got.UpdatedAt); lease != time.Minute {
		t.Errorf("leased for %v, want a minute", lease)
	}
	j.State, j.Attempts, j.Fence, j.LeaseExpiresAt, j.UpdatedAt = store.JobRunning, 1, 1, got.LeaseExpiresAt, got.UpdatedAt
	same(t, "the job", got, j)
}

func jobsClaimNeeds(t *testing.T, st *store.Store) {
	for what, change := range map[string]func(*store.Job){
		"another kind": func(j *store.Job) { j.Kind = "hook" },
		"not due":      func(j *store.Job) { j.RunAt = moment(100000) },
		"leased":       func(j *store.Job) { j.State, j.LeaseExpiresAt = store.JobRunning, moment(100000) },
		"done":         func(j *store.Job) { j.State = store.JobDone },
		"dead":         func(j *store.Job) { j.State = store.JobDead },
		"not in store": func(*store.Job) {},
	} {
		j := someJob(t, st, change)
		c := claim(j, time.Minute)
		if what == "not in store" {
			c.ID = "none"
		}
		_, won, err := st.Direct().Jobs.Claim(t.Context(), c)
		changes(t, what, false)(won, err)
		reads(t, what, j)(st.Direct().Jobs.ByID(t.Context(), j.ID))
	}
}

// jobsLostLease lets a worker come too late.
func jobsLostLease(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	j := someJob(t, st, plainJob)
	late, won, err := d.Jobs.Claim(ctx, claim(j, -time.Second)) // a lease that is over
	changes(t, "first claim", true)(won, err)
	reads(t, "due again", []string{j.ID})(d.Jobs.Due(ctx, mailOnly, 9))
	now, won, err := d.Jobs.Claim(ctx, claim(j, time.Minute))
	changes(t, "second claim", true)(won, err)
	same(t, "fence and attempts", [2]int64{now.Fence, int64(now.Attempts)}, [2]int64{late.Fence + 1, 2})
	changes(t, "the late outcome", false)(d.Jobs.Settle(ctx, store.JobOutcome{ID: j.ID, Fence: late.Fence, State: store.JobDead}))
	changes(t, "the outcome", true)(d.Jobs.Settle(ctx, store.JobOutcome{ID: j.ID, Fence: now.Fence, State: store.JobDone}))
	got, err := d.Jobs.ByID(ctx, j.ID)
	check(t, err)
	same(t, "state", got.State, store.JobDone)
}

func jobsSettledOnce(t *testing.T, st *store.Store) {
	for _, o := range []store.JobOutcome{
		{State: store.JobDone, EraseSecret: true},
		{State: store.JobDone},
		{State: store.JobDead, LastError: "550 no such user", EraseSecret: true},
		{State: store.JobReady, LastError: "451 try later", RunAfter: time.Hour},
	} {
		j := someJob(t, st, plainJob)
		j, won, err := st.Direct().Jobs.Claim(t.Context(), claim(j, time.Minute))
		changes(t, "claim", true)(won, err)
		o.ID, o.Fence = j.ID, j.Fence
		oneWins(t, st, "settle", func(ctx context.Context, tx *store.Tx) (bool, error) {
			return tx.Jobs.Settle(ctx, o)
		})
		got, err := st.Direct().Jobs.ByID(t.Context(), j.ID)
		check(t, err)
		j.State, j.LastError, j.LeaseExpiresAt, j.UpdatedAt = o.State, o.LastError, time.Time{}, got.UpdatedAt
		if o.EraseSecret {
			j.SecretSealed = ""
		}
		if o.State == store.JobReady {
			j.RunAt = got.UpdatedAt.Add(o.RunAfter)
		}
		same(t, string(o.State), got, j)
	}
}

func jobsTriedAgain(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	j := someJob(t, st, plainJob)
	for i := range 3 {
		got, won, err := d.Jobs.Claim(ctx, claim(j, time.Minute))
		changes(t, "claim", true)(won, err)
		same(t, "fence and attempts", [2]int64{got.Fence, int64(got.Attempts)}, [2]int64{int64(i + 1), int64(i + 1)})
		changes(t, "retry", true)(d.Jobs.Settle(ctx, store.JobOutcome{ID: j.ID, Fence: got.Fence, State: store.JobReady}))
	}
	got, won, err := d.Jobs.Claim(ctx, claim(j, time.Minute))
	changes(t, "claim", true)(won, err)
	changes(t, "retry later", true)(d.Jobs.Settle(ctx, store.JobOutcome{ID: j.ID, Fence: got.Fence, State: store.JobReady, RunAfter: time.Hour}))
	_, won, err = d.Jobs.Claim(ctx, claim(j, time.Minute))
	changes(t, "before it is due", false)(won, err)
	reads[[]string](t, "due", nil)(d.Jobs.Due(ctx, mailOnly, 9))
}

// jobsEachDoneOnce works off a list with many workers.
func jobsEachDoneOnce(t *testing.T, st *store.Store) {
	const workers, total = 8, 60
	for range total {
		someJob(t, st, plainJob)
	}
	var mu sync.Mutex
	var done []string
	each(t, workers, func(int) error {
		for {
			ids, err := st.Direct().Jobs.Due(t.Context(), mailOnly, 5)
			if err != nil || len(ids) == 0 {
				return err
			}
			for _, id := range ids {
				j, won, err := st.Direct().Jobs.Claim(t.Context(), store.JobClaim{ID: id, Kinds: mailOnly, Lease: time.Minute})
				if err != nil || !won {
					continue
				}
				mu.Lock()
				done = append(done, id)
				mu.Unlock()
				held, err := st.Direct().Jobs.Settle(t.Context(), store.JobOutcome{ID: id, Fence: j.Fence, State: store.JobDone})
				if err != nil || !held {
					return errors.Join(err, errors.New("lost a lease that was not over"))
				}
			}
		}
	})
	slices.Sort(done)
	if len(done) != total || len(slices.Compact(done)) != total {
		t.Errorf("%d jobs were done %d times", total, len(done))
	}
}
