package jobs

import (
	"math/rand/v2"
	"time"
)

const (
	firstRetry = 5 * time.Second
	lastRetry  = 3 * time.Hour
)

// retryAfter is the pause after the given attempt, the first being 1.
func retryAfter(attempt int) time.Duration {
	pause := lastRetry
	// 5 s << 11 is the last one below the limit, and far from overflow.
	if n := max(attempt-1, 0); n <= 11 {
		pause = min(firstRetry<<n, lastRetry)
	}
	return jitter(pause)
}

// jitter spreads d by a fifth either way, so that what failed together does not
// come back together.
func jitter(d time.Duration) time.Duration {
	return time.Duration(float64(d) * (0.8 + 0.4*rand.Float64())) //nolint:gosec // spreads load, guards nothing
}

// trouble is the pause between attempts at something that keeps failing: it
// doubles from a first value to a limit and starts anew after a success.
type trouble struct {
	first, limit, next time.Duration
}

func (t *trouble) again() time.Duration {
	if t.next == 0 {
		t.next = t.first
	}
	pause := t.next
	t.next = min(2*t.next, t.limit)
	return jitter(pause)
}

func (t *trouble) over() { t.next = 0 }
