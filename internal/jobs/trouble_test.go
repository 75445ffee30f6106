package jobs_test

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/jobs"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// shaky is a store whose job port fails when it is told to.
type shaky struct {
	store.Store

	due, claims, settles atomic.Int64 // how many calls fail from now on
	asked                atomic.Int64 // calls of Due
}

var errShaky = errors.New("the database is away")

func (s *shaky) Direct() *store.Tx {
	tx := *s.Store.Direct()
	tx.Jobs = shakyJobs{tx.Jobs, s}
	return &tx
}

type shakyJobs struct {
	store.Jobs

	shaky *shaky
}

func (j shakyJobs) Due(ctx context.Context, kinds []string, limit int) ([]string, error) {
	j.shaky.asked.Add(1)
	if j.shaky.due.Add(-1) >= 0 {
		return nil, errShaky
	}
	return j.Jobs.Due(ctx, kinds, limit)
}

func (j shakyJobs) Claim(ctx context.Context, c store.JobClaim) (store.Job, bool, error) {
	if j.shaky.claims.Add(-1) >= 0 {
		return store.Job{}, false, errShaky
	}
	return j.Jobs.Claim(ctx, c)
}

func (j shakyJobs) Settle(ctx context.Context, o store.JobOutcome) (bool, error) {
	if j.shaky.settles.Add(-1) >= 0 {
		return false, errShaky
	}
	return j.Jobs.Settle(ctx, o)
}

func TestADatabaseThatIsAwayIsWaitedFor(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	s := &shaky{Store: h.store}
	s.due.Store(1)
	o := h.options()
	o.Store = s
	jobID := h.enqueue(t, jobs.NewJob{})
	began := time.Now()
	run(t, o, func(context.Context, jobs.Work) error { return nil })
	h.reaches(t, jobID, store.JobDone)
	// The pool asks every few milliseconds, but not of a database that failed.
	if pause := time.Since(began); pause < 700*time.Millisecond {
		t.Errorf("asked again after %s", pause)
	}
}

func TestAnOutcomeIsRecordedAtLast(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	s := &shaky{Store: h.store}
	s.claims.Store(1)
	s.settles.Store(3)
	o := h.options()
	o.Store, o.Lease, o.Workers = s, 4*time.Second, 1
	jobID := h.enqueue(t, jobs.NewJob{})
	var ran atomic.Int64
	run(t, o, func(context.Context, jobs.Work) error { ran.Add(1); return nil })
	h.reaches(t, jobID, store.JobDone)
	if n := ran.Load(); n != 1 {
		t.Errorf("ran %d times although the lease held", n)
	}
}

// deaf is a handout that is broken.
type deaf struct{ asked atomic.Int64 }

func (*deaf) Announce(context.Context, []string) error { return errShaky }

func (d *deaf) Next(context.Context) (string, error) {
	d.asked.Add(1)
	return "", errShaky
}

func TestABrokenHandoutCostsOnlySpeed(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	d := &deaf{}
	o := h.options()
	o.Handout = d
	p, _ := run(t, o, func(context.Context, jobs.Work) error { return nil })
	jobID := h.enqueue(t, jobs.NewJob{})
	p.Committed(t.Context(), store.Effects{JobIDs: []string{jobID}})
	h.reaches(t, jobID, store.JobDone)
	if n := d.asked.Load(); n > 2 {
		t.Errorf("the broken handout was asked %d times", n)
	}
}

func TestMoreThanABatchIsWorkedOffAtOnce(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	var last string
	for range 150 {
		last = h.enqueue(t, jobs.NewJob{})
	}
	o := h.options()
	o.Poll = time.Second
	var ran atomic.Int64
	run(t, o, func(context.Context, jobs.Work) error { ran.Add(1); return nil })
	h.reaches(t, last, store.JobDone)
	eventually(t, "all have run", func() bool { return ran.Load() >= 150 })
}
