package account

import (
	"context"
	"fmt"
	"time"
)

const (
	// keepSpent is how long expired tokens stay, so that the audit trail can
	// still say why a late click was refused.
	keepSpent  = 7 * 24 * time.Hour
	purgeBatch = 500
)

// Maintain deletes sign-ups and one-time tokens that expired long enough ago,
// in batches. Running it twice, or on several instances at once, is harmless.
func (a *Accounts) Maintain(ctx context.Context) error {
	before := a.Clock.Now().Add(-keepSpent)
	ports := a.Store.Direct()
	for _, purge := range []func(context.Context, time.Time, int) (int, error){
		ports.Signups.Purge, ports.Changes.Purge, ports.Tokens.Purge, ports.Attempts.Purge,
	} {
		for {
			n, err := purge(ctx, before, purgeBatch)
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
