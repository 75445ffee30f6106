package app

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/jobs"
	"github.com/sallyport-auth/sallyport/internal/store"
)

func TestTheQueueIsLookedAtOnceForAllGauges(t *testing.T) {
	t.Parallel()
	clk := clock.NewFake()
	var looks atomic.Int64
	gone := errors.New("the database is gone")
	var err error
	l := &jobLook{clock: clk, stats: func(ctx context.Context) (jobs.Stats, error) {
		if ctx.Err() != nil {
			t.Error("a caller who left spoils the look")
		}
		if _, ok := ctx.Deadline(); !ok {
			t.Error("a look may take for ever")
		}
		return jobs.Stats{Busy: looks.Add(1)}, err
	}}
	left, leave := context.WithCancel(t.Context())
	leave()
	for round := range int64(3) {
		var readers sync.WaitGroup
		for range 20 {
			readers.Go(func() {
				if s, err := l.read(left); s.Busy != round+1 || err != nil {
					t.Errorf("round %d: %+v, %v", round, s, err)
				}
			})
		}
		readers.Wait()
		clk.Advance(lookedFor)
	}
	// A failure is not asked for again at once either: each would take a second.
	err = gone
	for range 5 {
		if _, got := l.read(t.Context()); !errors.Is(got, gone) {
			t.Errorf("error %v", got)
		}
	}
	if n := looks.Load(); n != 4 {
		t.Errorf("%d looks, want 4", n)
	}
}

func TestKindsThatNobodyKnowsAreOne(t *testing.T) {
	t.Parallel()
	counts := func(n int64, due time.Duration) store.JobCounts {
		return store.JobCounts{Ready: n, Running: 10 * n, Dead: 100 * n, OldestDue: due}
	}
	queue := store.JobStats{Kinds: []store.KindStats{
		{Kind: "hook", JobCounts: counts(1, time.Minute)},
		{Kind: "mail", JobCounts: counts(2, time.Hour)},
		{Kind: "other", JobCounts: counts(3, time.Second)},
	}}
	for kind, want := range map[string]store.JobCounts{
		"mail": counts(2, time.Hour), otherKinds: counts(4, time.Minute), "idle": {},
	} {
		if diff := cmp.Diff(want, countsOf(queue, []string{"mail", "idle"}, kind)); diff != "" {
			t.Errorf("%s: -want +got\n%s", kind, diff)
		}
	}
}
