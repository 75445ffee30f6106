package ratelimit

import (
	"context"
	"fmt"
	"time"

	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// counter counts tries of one kind in the store, under hashes keyed by mac. It is
// safe for concurrent use.
type counter struct {
	kind  string
	store *store.Store
	mac   *secret.MAC
	clock clock.Clock
}

// as gives the counter of another kind, in the same store.
func (c counter) as(kind string) counter {
	c.kind = kind
	return c
}

// take counts one try, before anything is verified. Over the limit it says how long
// to wait, a second at least.
func (c counter) take(ctx context.Context, whose string, limit int, window time.Duration, now time.Time) (wait time.Duration, err error) {
	ok, retryAt, err := c.store.Direct().Attempts.Take(ctx, c.kind, c.subject(whose), limit, window, now)
	if err != nil {
		return 0, fmt.Errorf("count a try (%s): %w", c.kind, err)
	}
	if ok {
		return 0, nil
	}
	return max(retryAt.Sub(now), time.Second), nil
}

// tries gives how many the present window has.
func (c counter) tries(ctx context.Context, tx *store.Tx, whose string, now time.Time) (int, error) {
	n, err := tx.Attempts.Tries(ctx, c.kind, c.subject(whose), now)
	if err != nil {
		return 0, fmt.Errorf("read tries (%s): %w", c.kind, err)
	}
	return n, nil
}

// GiveBack takes a try back that turned out to be no guess. That the caller's time
// has run out is the most common reason, so it does not stop this.
func (c counter) GiveBack(ctx context.Context, whose string) error {
	err := c.store.Direct().Attempts.GiveBack(context.WithoutCancel(ctx), c.kind, c.subject(whose), c.clock.Now())
	if err != nil {
		return fmt.Errorf("give a try back (%s): %w", c.kind, err)
	}
	return nil
}

// Clear forgets the tries, in the transaction that a right answer allowed.
func (c counter) Clear(ctx context.Context, tx *store.Tx, whose string) error {
	return tx.Attempts.Clear(ctx, c.kind, c.subject(whose))
}

// subject is the name of whose tries are counted.
func (c counter) subject(whose string) string {
	return secret.Encode(c.mac.Sum([]byte(store.DefaultRealm + "\x00" + c.kind + "\x00" + whose)))
}
