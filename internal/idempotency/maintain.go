package idempotency

import (
	"context"
	"fmt"
)

const (
	purgeBatch   = 500
	purgeBatches = 20
)

// Maintain forgets keys that have expired. Running it on every instance at once
// is harmless.
func (k *Keys) Maintain(ctx context.Context) error {
	now := k.clock.Now()
	for range purgeBatches {
		n, err := k.store.Direct().Idempotency.Purge(ctx, now, purgeBatch)
		if err != nil {
			return fmt.Errorf("purge idempotency keys: %w", err)
		}
		if n < purgeBatch {
			return nil
		}
	}
	return nil
}
