package store

import (
	"context"
	"time"
)

const (
	batch   = 500
	batches = 20
)

// InBatches runs step, which works through what is older than a time, oldest
// first, until it finds less than it may take at once. No transaction is long, and
// a call is bounded: the rest is left to the next one.
func InBatches(
	ctx context.Context, before time.Time, step func(ctx context.Context, before time.Time, limit int) (int, error),
) error {
	for range batches {
		n, err := step(ctx, before, batch)
		if err != nil || n < batch {
			return err
		}
	}
	return nil
}
