package jobs_test

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/jobs"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/waittest"
)

// shaky is what stands before a database that fails when it is told to.
type shaky struct {
	due, claims, settles atomic.Int64 // how many statements fail from now on
	asked                atomic.Int64 // for jobs that are due
}

var errShaky = errors.New("the database is away")

func (s *shaky) around(_ context.Context, statement string, _ []any, do func() error) error {
	var left *atomic.Int64
	switch {
	case strings.HasPrefix(statement, "SELECT id, run_at FROM jobs"):
		s.asked.Add(1)
		left = &s.due
	case strings.HasPrefix(statement, "UPDATE jobs SET state = 'running'"):
		left = &s.claims
	case strings.HasPrefix(statement, "UPDATE jobs SET state = ?, lease_expires_at = NULL"):
		left = &s.settles
	default:
		return do()
	}
	if left.Add(-1) >= 0 {
		return errShaky
	}
	return do()
}

func TestADatabaseThatIsAwayIsWaitedFor(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	s := &shaky{}
	s.due.Store(1)
	o := h.options()
	o.Store = h.store.Around(s.around)
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
	s := &shaky{}
	s.claims.Store(1)
	s.settles.Store(3)
	o := h.options()
	o.Store, o.Lease, o.Workers = h.store.Around(s.around), 4*time.Second, 1
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
	p.Committed(t.Context(), store.Effects{Jobs: []store.DueJob{{ID: jobID, Kind: kind}}})
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
	waittest.Until(t, "all have run", func() bool { return ran.Load() >= 150 })
}
