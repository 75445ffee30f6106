package store

import (
	"context"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store/sqlrun"
)

// SecretKey is the check value of one secret key.
type SecretKey struct {
	ID         string
	CheckValue string
	CreatedAt  time.Time
}

var (
	secretKeyInsert = q(`INSERT INTO secret_keys (realm_id, id, check_value, created_at) VALUES (?, ?, ?, ?)`)
	secretKeyList   = q(`
		SELECT id, check_value, created_at FROM secret_keys WHERE realm_id = ? ORDER BY created_at, id`)
)

// SecretKeys are the check values of secret keys.
type SecretKeys struct{ *bound }

// Insert adds a check value, or returns ErrTaken.
func (t SecretKeys) Insert(ctx context.Context, k SecretKey) error {
	return t.add(ctx, secretKeyInsert, t.realm, k.ID, k.CheckValue, micros(k.CreatedAt))
}

// List gives every check value, oldest first.
func (t SecretKeys) List(ctx context.Context) ([]SecretKey, error) {
	return sqlrun.List(ctx, t.run, func(row sqlrun.Row, k *SecretKey) error {
		return row.Scan(&k.ID, &k.CheckValue, timeInto(&k.CreatedAt))
	}, secretKeyList, t.realm)
}
