package audit

import (
	"context"
	"fmt"
	"time"

	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/store"
)

const (
	purgeBatch   = 500
	purgeBatches = 20
)

// Retention drops what is older than the operator wants to keep. It is safe for
// concurrent use.
type Retention struct {
	Store store.Store
	Clock clock.Clock
	// Events is how long an event is kept, Personal how long its personal part
	// is; 0 keeps them for ever.
	Events, Personal time.Duration
}

// Maintain drops personal parts and events, the oldest first, in bounded batches;
// the rest is left to the next call. Running it on every instance at once is
// harmless.
func (r Retention) Maintain(ctx context.Context) error {
	trail := r.Store.Direct().Audit
	if err := r.drop(ctx, r.Personal, trail.PurgePersonal); err != nil {
		return fmt.Errorf("purge personal parts of audit events: %w", err)
	}
	if err := r.drop(ctx, r.Events, trail.Purge); err != nil {
		return fmt.Errorf("purge audit events: %w", err)
	}
	return nil
}

func (r Retention) drop(ctx context.Context, keep time.Duration, purge func(context.Context, time.Time, int) (int, error)) error {
	if keep == 0 {
		return nil
	}
	before := r.Clock.Now().Add(-keep)
	for range purgeBatches {
		n, err := purge(ctx, before, purgeBatch)
		if err != nil || n < purgeBatch {
			return err
		}
	}
	return nil
}
