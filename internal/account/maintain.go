package account

import (
	"context"
	"fmt"
	"time"
)

const (
	// keepSpent is how long expired tokens stay, so that the audit trail can
	// still say why a late click was refused.
	keepSpent = 7 * 24 * time.Hour
	// keepCounters is how long counters stay that count no more: long enough for
	// instances whose clocks differ.
	keepCounters = time.Hour
	purgeBatch   = 500
)

// Maintain deletes sign-ups and one-time tokens that expired long enough ago, and
// counters whose time is over, in batches. Running it twice, or on several instances at once, is harmless.
func (a *Accounts) Maintain(ctx context.Context) error {
	now := a.Clock.Now()
	ports := a.Store.Direct()
	for _, old := range []struct {
		purge func(context.Context, time.Time, int) (int, error)
		keep  time.Duration
	}{
		{ports.Signups.Purge, keepSpent}, {ports.Changes.Purge, keepSpent}, {ports.Tokens.Purge, keepSpent}, {ports.Attempts.Purge, keepCounters},
	} {
		for {
			n, err := old.purge(ctx, now.Add(-old.keep), purgeBatch)
			if err != nil {
				return fmt.Errorf("purge spent tokens: %w", err)
			}
			if n < purgeBatch {
				break
			}
		}
	}
	return nil
}
