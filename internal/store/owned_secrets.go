package store

import (
	"context"
	"fmt"
	"time"
)

// OwnedSecrets are secrets of which each owner has a few: those of clients, and the
// keys of endpoints.
type OwnedSecrets interface {
	IDs(ctx context.Context, ownerID string) ([]string, error) // oldest first
	Expire(ctx context.Context, ownerID, id string, at time.Time) (bool, error)
	Purge(ctx context.Context, ownerID string, at time.Time) (int, error)
}

// Retire makes room for another secret of an owner, in the transaction that adds it
// and holds the owner's row. The newest of those that count lives on for as long as
// keep says, if it does not expire earlier; any other ends now, and what has expired
// is deleted.
func Retire(ctx context.Context, secrets OwnedSecrets, ownerID string, now time.Time, keep time.Duration) error {
	if _, err := secrets.Purge(ctx, ownerID, now); err != nil {
		return fmt.Errorf("delete expired secrets: %w", err)
	}
	ids, err := secrets.IDs(ctx, ownerID)
	if err != nil {
		return fmt.Errorf("list secrets: %w", err)
	}
	for n, id := range ids {
		until := now
		if n == len(ids)-1 {
			until = now.Add(max(keep, 0))
		}
		if _, err := secrets.Expire(ctx, ownerID, id, until); err != nil {
			return fmt.Errorf("let a secret expire: %w", err)
		}
	}
	return nil
}
