package session

import (
	"context"
	"fmt"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store"
)

// keepEnded is how long a session that has ended stays, so that support can see
// it. It must outlast every access token: a session that is gone counts as ended.
const keepEnded = 30 * 24 * time.Hour

// Maintain deletes sessions that ended or expired long ago, in bounded batches.
// Running it on every instance at once is harmless.
func (s *Sessions) Maintain(ctx context.Context) error {
	now, direct := s.clock.Now(), s.store.Direct()
	if err := store.InBatches(ctx, now.Add(-s.ttl), direct.Undelivered.Purge); err != nil {
		return fmt.Errorf("purge undelivered sessions: %w", err)
	}
	if err := store.InBatches(ctx, now.Add(-s.retention), direct.Sessions.Purge); err != nil {
		return fmt.Errorf("purge sessions: %w", err)
	}
	return nil
}
