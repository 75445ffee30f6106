package idempotency

import (
	"context"
	"fmt"

	"github.com/sallyport-auth/sallyport/internal/store"
)

// Maintain forgets keys that have expired. Running it on every instance at once
// is harmless.
func (k *Keys) Maintain(ctx context.Context) error {
	if err := store.InBatches(ctx, k.clock.Now(), k.store.Direct().Idempotency.Purge); err != nil {
		return fmt.Errorf("purge idempotency keys: %w", err)
	}
	return nil
}
