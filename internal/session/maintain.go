package session

import (
	"context"
	"fmt"
	"time"
)

const (
	// keepEnded is how long a session that has ended stays, so that support can
	// see it. It must outlast every access token: a session that is gone counts
	// as ended.
	keepEnded = 30 * 24 * time.Hour
	// Purging goes in batches, so that no transaction is long, and a run is
	// bounded; the next run goes on.
	purgeBatch   = 500
	purgeBatches = 20
)

// Maintain deletes sessions that ended or expired long ago. Running it on every
// instance at once is harmless.
func (s *Sessions) Maintain(ctx context.Context) error {
	before := s.clock.Now().Add(-s.retention)
	if _, err := s.store.Direct().Undelivered.Purge(ctx, s.clock.Now().Add(-s.ttl), purgeBatch); err != nil {
		return fmt.Errorf("purge undelivered sessions: %w", err)
	}
	for range purgeBatches {
		n, err := s.store.Direct().Sessions.Purge(ctx, before, purgeBatch)
		if err != nil {
			return fmt.Errorf("purge sessions: %w", err)
		}
		if n < purgeBatch {
			return nil
		}
	}
	return nil
}
