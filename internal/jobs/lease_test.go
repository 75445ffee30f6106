package jobs_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/jobs"
	"github.com/sallyport-auth/sallyport/internal/store"
)

func TestAPausedWorkerCannotSettle(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	jobID := h.enqueue(t, jobs.NewJob{})
	paused, woken := make(chan struct{}), make(chan struct{})
	first := h.options()
	first.Workers = 1
	_, stopFirst := run(t, first, func(context.Context, jobs.Work) error {
		close(paused)
		<-woken // deaf to its context, as a stopped process is
		return jobs.ErrGiveUp
	})
	<-paused
	h.clock.Advance(jobs.DefaultLease + time.Second)

	o := h.options()
	o.Store = h.open(t)
	fences := make(chan int64, 1)
	run(t, o, func(_ context.Context, w jobs.Work) error { fences <- w.Job.Fence; return nil })
	h.reaches(t, jobID, store.JobDone)
	close(woken)
	stopFirst()
	if j := h.job(t, jobID); j.State != store.JobDone || j.Fence != <-fences || j.Attempts != 2 {
		t.Errorf("the paused worker had its say: %+v", j)
	}
	if n := h.counted("lost"); n != 1 {
		t.Errorf("lost outcomes: got %d, want 1", n)
	}
}

func TestAHandlerEndsBeforeItsLease(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	o := h.options()
	o.Lease = 400 * time.Millisecond
	jobID := h.enqueue(t, jobs.NewJob{MaxAttempts: 1})
	var left time.Duration
	run(t, o, func(ctx context.Context, w jobs.Work) error {
		<-ctx.Done()
		left = w.Job.LeaseExpiresAt.Sub(h.clock.Now())
		return ctx.Err()
	})
	// Dead and not lost: the outcome was recorded while the lease held.
	h.reaches(t, jobID, store.JobDead)
	if left < 0 || left > o.Lease/2 {
		t.Errorf("cancelled with %s of the lease left", left)
	}
	if n := h.counted("lost"); n != 0 {
		t.Errorf("%d outcomes lost", n)
	}
}

func TestAStopLetsRunningJobsFinish(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	jobID := h.enqueue(t, jobs.NewJob{})
	begun, finish := make(chan struct{}), make(chan struct{})
	p := jobs.New(h.options())
	p.Handle(kind, func(ctx context.Context, _ jobs.Work) error {
		close(begun)
		<-finish
		return ctx.Err()
	})
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- p.Run(ctx) }()
	<-begun
	cancel()
	close(finish)
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if j := h.job(t, jobID); j.State != store.JobDone {
		t.Errorf("a job that was running is %+v", j)
	}
}

func TestAStopCutsOffWhatDoesNotFinish(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	jobID := h.enqueue(t, jobs.NewJob{MaxAttempts: 5, Secret: []byte("x")})
	o := h.options()
	o.StopGrace = 200 * time.Millisecond
	o.Backoff = func(int) time.Duration { return time.Hour }
	begun := make(chan struct{})
	_, stop := run(t, o, func(ctx context.Context, _ jobs.Work) error {
		close(begun)
		<-ctx.Done()
		return fmt.Errorf("send: %w", ctx.Err())
	})
	<-begun
	stop()
	j := h.job(t, jobID)
	if j.State != store.JobReady || j.Attempts != 1 || j.SecretSealed == "" || j.RunAt.After(h.clock.Now()) {
		t.Errorf("the lease was not given back: %+v", j)
	}
	again := make(chan int, 1)
	run(t, h.options(), func(_ context.Context, w jobs.Work) error { again <- w.Job.Attempts; return nil })
	if n := <-again; n != 2 {
		t.Errorf("attempt %d after the stop, want 2", n)
	}
}

// TestNoTwoPoolsHoldOneFence has two processes' worth of pools on one file
// fight over jobs whose handlers fail, hang past their lease and panic.
func TestNoTwoPoolsHoldOneFence(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	const count = 60
	ids := make([]string, count)
	for n := range ids {
		ids[n] = h.enqueue(t, jobs.NewJob{MaxAttempts: 1000})
	}
	type claim struct {
		id    string
		fence int64
	}
	var mu sync.Mutex
	held := map[claim]int{}
	var turn atomic.Int64
	handler := func(_ context.Context, w jobs.Work) error {
		mu.Lock()
		held[claim{w.Job.ID, w.Job.Fence}]++
		mu.Unlock()
		switch turn.Add(1) % 7 {
		case 0:
			h.clock.Advance(2 * time.Minute) // every lease that is held runs out
			return nil
		case 1:
			return errors.New("451 later")
		case 2:
			panic("oops")
		default:
			return nil
		}
	}
	for range 2 {
		o := h.options()
		o.Store, o.Workers = h.open(t), 4
		run(t, o, handler)
	}
	for _, jobID := range ids {
		h.reaches(t, jobID, store.JobDone)
	}
	mu.Lock()
	defer mu.Unlock()
	for c, n := range held {
		if n != 1 {
			t.Errorf("fence %d of job %s was held %d times", c.fence, c.id, n)
		}
	}
}
