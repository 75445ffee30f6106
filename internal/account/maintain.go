package account

import (
	"context"
	"fmt"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store"
)

const (
	// keepSpent is how long expired tokens stay, so that the audit trail can
	// still say why a late click was refused.
	keepSpent = 7 * 24 * time.Hour
	// keepCounters is how long counters stay that count no more: long enough for
	// instances whose clocks differ.
	keepCounters = time.Hour
)

// Maintain deletes sign-ups and one-time tokens that expired long enough ago, and
// counters whose time is over, in bounded batches; the rest is left to the next
// call. Running it twice, or on several instances at once, is harmless.
func (a *Accounts) Maintain(ctx context.Context) error {
	now := a.opts.Clock.Now()
	ports := a.opts.Store.Direct()
	for _, old := range []struct {
		what  string
		purge func(context.Context, time.Time, int) (int, error)
		keep  time.Duration
	}{
		{"sign-ups", ports.Signups.Purge, keepSpent},
		{"changes of address", ports.Changes.Purge, keepSpent},
		{"one-time tokens", ports.Tokens.Purge, keepSpent},
		{"counters", ports.Attempts.Purge, keepCounters},
	} {
		if err := store.InBatches(ctx, now.Add(-old.keep), old.purge); err != nil {
			return fmt.Errorf("purge %s: %w", old.what, err)
		}
	}
	return nil
}
