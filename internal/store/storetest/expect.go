package storetest

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sallyport-auth/sallyport/internal/store"
)

// racers is how many callers want what only one may have.
const racers = 32

// moment is an instant with microseconds, after start in hours.
func moment(hours int) time.Time {
	return time.Date(2031, time.May, 17, 10, 20, 30, 123456000, time.UTC).Add(time.Duration(hours) * time.Hour)
}

// check ends the test on an error.
func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// same compares whole records.
func same(t *testing.T, what string, got, want any) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s: -want +got\n%s", what, diff)
	}
}

// reads expects a record and no error.
func reads[T any](t *testing.T, what string, want T) func(T, error) {
	t.Helper()
	return func(got T, err error) {
		t.Helper()
		if err != nil {
			t.Errorf("%s: %v", what, err)
			return
		}
		same(t, what, got, want)
	}
}

// changes expects what a compare-and-set reports.
func changes(t *testing.T, what string, want bool) func(bool, error) {
	t.Helper()
	return func(got bool, err error) {
		t.Helper()
		if got != want || err != nil {
			t.Errorf("%s: changed %v (%v), want %v", what, got, err, want)
		}
	}
}

// misses expects store.ErrNotFound.
func misses[T any](t *testing.T, what string) func(T, error) {
	t.Helper()
	return func(got T, err error) {
		t.Helper()
		if !errors.Is(err, store.ErrNotFound) {
			t.Errorf("%s: got %v (%v), want store.ErrNotFound", what, got, err)
		}
	}
}

// refuses expects store.ErrTaken.
func refuses(t *testing.T, what string, err error) {
	t.Helper()
	if !errors.Is(err, store.ErrTaken) {
		t.Errorf("%s: got %v, want store.ErrTaken", what, err)
	}
}

// oneWins lets racers call take at once and expects exactly one to be told that
// it changed the row.
func oneWins(t *testing.T, st *store.Store, what string, take func(ctx context.Context, tx *store.Tx) (bool, error)) {
	t.Helper()
	wins := race(t, st, func(ctx context.Context, tx *store.Tx, _ int) (int, error) {
		won, err := take(ctx, tx)
		if won {
			return 1, err
		}
		return 0, err
	})
	if wins != 1 {
		t.Errorf("%s: %d of %d callers won, want 1", what, wins, racers)
	}
}

// race lets racers call take at once, every other in a transaction, and adds up
// what they report. A unique key that refuses is no failure here.
func race(t *testing.T, st *store.Store, take func(ctx context.Context, tx *store.Tx, i int) (int, error)) int {
	t.Helper()
	var sum atomic.Int64
	each(t, racers, func(i int) error {
		var n int
		var err error
		if i%2 == 0 {
			n, err = take(t.Context(), st.Direct(), i)
		} else {
			err = st.Tx(t.Context(), func(ctx context.Context, tx *store.Tx) error {
				var err error
				n, err = take(ctx, tx, i)
				return err
			})
		}
		if errors.Is(err, store.ErrTaken) {
			n, err = 0, nil
		}
		sum.Add(int64(n))
		return err
	})
	return int(sum.Load())
}

// each runs fn n times at once and reports every error.
func each(t *testing.T, n int, fn func(i int) error) {
	t.Helper()
	var ready, done sync.WaitGroup
	ready.Add(n)
	for i := range n {
		done.Go(func() {
			ready.Done()
			ready.Wait()
			if err := fn(i); err != nil {
				t.Errorf("call %d: %v", i, err)
			}
		})
	}
	done.Wait()
}

// purges expects that five old rows are deleted at most three at a time.
func purges(t *testing.T, purge func(ctx context.Context, limit int) (int, error)) {
	t.Helper()
	for _, want := range []int{3, 2, 0} {
		if got, err := purge(t.Context(), 3); got != want || err != nil {
			t.Errorf("purge at most 3: deleted %d (%v), want %d", got, err, want)
		}
	}
}
