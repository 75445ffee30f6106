package jobs

import (
	"context"
	"fmt"
	"time"

	"github.com/sallyport-auth/sallyport/internal/stats"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// Maintain erases the secrets of jobs that have expired, which kills those that
// still wait, and deletes what was done long ago. It works in bounded batches
// and leaves the rest to the next call. Running it twice, or on several
// instances, is harmless.
func (p *Pool) Maintain(ctx context.Context) error {
	now, err := p.opts.Store.Now(ctx)
	if err != nil {
		return fmt.Errorf("read time: %w", err)
	}
	queue := p.opts.Store.Direct().Jobs
	if err := p.endExpired(ctx); err != nil {
		return fmt.Errorf("end expired jobs: %w", err)
	}
	if err := store.InBatches(ctx, p.opts.Clock.Now(), queue.EraseExpired); err != nil {
		return fmt.Errorf("erase secrets of expired jobs: %w", err)
	}
	if err := store.InBatches(ctx, now.Add(-p.opts.KeepDone), queue.Purge); err != nil {
		return fmt.Errorf("purge done jobs: %w", err)
	}
	return nil
}

// endExpired ends jobs that waited until they expired, and counts them: those of kinds
// that are counted. The others die when their secrets are erased.
func (p *Pool) endExpired(ctx context.Context) error {
	for kind, ends := range p.opts.Counted {
		err := store.InBatches(ctx, p.opts.Clock.Now(), func(ctx context.Context, before time.Time, limit int) (n int, err error) {
			err = p.opts.Store.Tx(ctx, func(ctx context.Context, tx *store.Tx) error {
				if n, err = tx.Jobs.KillExpired(ctx, kind, before, limit); err != nil {
					return err
				}
				return stats.Ended(ctx, tx, ends.Dead, n, p.opts.Clock.Now())
			})
			return n, err
		})
		if err != nil {
			return err
		}
	}
	return nil
}
