package jobs

import (
	"context"
	"fmt"

	"github.com/sallyport-auth/sallyport/internal/store"
)

// Maintain erases the secrets of jobs that have expired, which kills those that
// still wait, and deletes what was done long ago. It works in bounded batches
// and leaves the rest to the next call. Running it twice, or on several
// instances, is harmless.
func (p *Pool) Maintain(ctx context.Context) error {
	now, err := p.Store.Now(ctx)
	if err != nil {
		return fmt.Errorf("read time: %w", err)
	}
	queue := p.Store.Direct().Jobs
	if err := store.InBatches(ctx, p.Clock.Now(), queue.EraseExpired); err != nil {
		return fmt.Errorf("erase secrets of expired jobs: %w", err)
	}
	if err := store.InBatches(ctx, now.Add(-p.KeepDone), queue.Purge); err != nil {
		return fmt.Errorf("purge done jobs: %w", err)
	}
	return nil
}
