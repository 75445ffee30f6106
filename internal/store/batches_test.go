package store_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store"
)

func TestInBatches(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken")
	for _, test := range []struct {
		name    string
		old     int // rows
		added   int // with each call
		failsAt int
		calls   int
		left    int
		want    error
	}{
		{name: "nothing is old", calls: 1},
		{name: "less than a batch", old: 499, calls: 1},
		{name: "a batch is perhaps not all", old: 500, calls: 2},
		{name: "several batches", old: 1700, calls: 4},
		{name: "more than one call works through", old: 12_000, calls: 20, left: 2000},
		{name: "as fast as it is added, it ends", old: 500, added: 500, calls: 20, left: 500},
		{name: "an error ends it", old: 1700, failsAt: 2, calls: 2, left: 1200, want: broken},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			before := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
			calls, left := 0, test.old
			err := store.InBatches(t.Context(), before, func(_ context.Context, at time.Time, limit int) (int, error) {
				if calls++; calls == test.failsAt {
					return 0, broken
				}
				if calls > 1000 || !at.Equal(before) {
					t.Fatalf("call %d with %v", calls, at)
				}
				n := min(limit, left)
				left += test.added - n
				return n, nil
			})
			if !errors.Is(err, test.want) || calls != test.calls || left != test.left {
				t.Errorf("%d calls, %d left, %v; want %d, %d, %v", calls, left, err, test.calls, test.left, test.want)
			}
		})
	}
}
