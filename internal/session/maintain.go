package session

import (
	"context"
	"fmt"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store"
)

const (
	// keepEnded is how long a session that has ended stays, so that support can
	// see it. It must outlast every access token: a session that is gone counts
	// as ended.
	keepEnded = 30 * 24 * time.Hour
	// purgeBatch is how many undelivered sessions a run deletes at most.
	purgeBatch = 500
)

// Maintain deletes sessions that ended or expired long ago. Running it on every
// instance at once is harmless.
func (s *Sessions) Maintain(ctx context.Context) error {
	before := s.clock.Now().Add(-s.retention)
	if _, err := s.store.Direct().Undelivered.Purge(ctx, s.clock.Now().Add(-s.ttl), purgeBatch); err != nil {
		return fmt.Errorf("purge undelivered sessions: %w", err)
	}
	if err := store.InBatches(ctx, before, s.store.Direct().Sessions.Purge); err != nil {
		return fmt.Errorf("purge sessions: %w", err)
	}
	return nil
}
