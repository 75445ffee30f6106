package account

import (
	"context"
	"fmt"
	"time"

	"github.com/sallyport-auth/sallyport/internal/link"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// keepCounters is how long counters stay that count no more: long enough for
// instances whose clocks differ.
const keepCounters = time.Hour

// Maintain deletes one-time tokens that expired long enough ago, and
// counters whose time is over, in bounded batches; the rest is left to the next
// call. Running it twice, or on several instances at once, is harmless.
func (a *Accounts) Maintain(ctx context.Context) error {
	now := a.opts.Clock.Now()
	direct := a.opts.Store.Direct()
	for _, old := range []struct {
		what  string
		purge func(context.Context, time.Time, int) (int, error)
		keep  time.Duration
	}{
		{"one-time tokens", direct.Tokens.Purge, link.KeepSpent},
		{"counters", direct.Attempts.Purge, keepCounters},
	} {
		if err := store.InBatches(ctx, now.Add(-old.keep), old.purge); err != nil {
			return fmt.Errorf("purge %s: %w", old.what, err)
		}
	}
	return nil
}
