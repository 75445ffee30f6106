package store

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"

	"github.com/sallyport-auth/sallyport/internal/clock"
)

const (
	againTries = 24
	againPause = 2 * time.Millisecond  // the first, about
	againMost  = 64 * time.Millisecond // the longest
)

// Again runs change, a compare-and-set that reads anew each time, until it no
// longer returns lost: somebody else was faster. In every round of a crowd one
// wins, and pauses that grow by chance let the others follow. It gives up after
// about a second, or when ctx is done, and returns lost.
func Again(ctx context.Context, lost error, change func(ctx context.Context) error) error {
	pause := againPause
	for range againTries - 1 {
		err := change(ctx)
		if !errors.Is(err, lost) {
			return err
		}
		if !clock.Sleep(ctx, rand.N(pause)) { //nolint:gosec // jitter
			return err
		}
		pause = min(2*pause, againMost)
	}
	return change(ctx)
}
