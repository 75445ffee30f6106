package sqlstore

import (
	"context"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/store/column"
	"github.com/sallyport-auth/sallyport/internal/store/seam"
)

var (
	signingKeyInsert = q(`
		INSERT INTO signing_keys (realm_id, id, algorithm, public_jwk, private_sealed, created_at, active_at, expires_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?)`)
	signingKeyList = q(`
		SELECT id, algorithm, public_jwk, private_sealed, created_at, active_at, expires_at
		FROM signing_keys WHERE realm_id = ? ORDER BY active_at, id`)
	signingKeyRetire = q(`
		UPDATE signing_keys SET expires_at = ? WHERE realm_id = ? AND id = ? AND expires_at IS NULL`)
	signingKeyReseal = q(`
		UPDATE signing_keys SET private_sealed = ? WHERE realm_id = ? AND id = ? AND private_sealed = ?`)
	signingKeyPurge = q(`DELETE FROM signing_keys WHERE realm_id = ? AND expires_at < ?`)

	secretKeyInsert = q(`INSERT INTO secret_keys (realm_id, id, check_value, created_at) VALUES (?, ?, ?, ?)`)
	secretKeyList   = q(`
		SELECT id, check_value, created_at FROM secret_keys WHERE realm_id = ? ORDER BY created_at, id`)
)

// signingKeys implements store.SigningKeys.
type signingKeys struct{ *port }

func scanSigningKey(row seam.Row, k *store.SigningKey) error {
	return row.Scan(&k.ID, &k.Algorithm, &k.PublicJWK, &k.PrivateSealed, column.At(&k.CreatedAt), column.At(&k.ActiveAt), column.At(&k.ExpiresAt))
}

// Insert adds k, or returns store.ErrTaken.
func (p signingKeys) Insert(ctx context.Context, k store.SigningKey) error {
	return p.add(ctx, signingKeyInsert, p.realm, k.ID, k.Algorithm, k.PublicJWK, k.PrivateSealed,
		column.Micros(k.CreatedAt), column.Micros(k.ActiveAt), column.Micros(k.ExpiresAt))
}

// List gives every key, oldest ActiveAt first.
func (p signingKeys) List(ctx context.Context) ([]store.SigningKey, error) {
	return seam.List(ctx, p, scanSigningKey, signingKeyList, p.realm)
}

// Retire sets the expiry of a key that has none.
func (p signingKeys) Retire(ctx context.Context, id string, expiresAt time.Time) (bool, error) {
	return p.change(ctx, signingKeyRetire, column.Micros(expiresAt), p.realm, id)
}

// Reseal replaces the sealed private key if it is still the old one.
func (p signingKeys) Reseal(ctx context.Context, id, old, sealed string) (bool, error) {
	return p.change(ctx, signingKeyReseal, sealed, p.realm, id, old)
}

// Purge deletes keys that expired before the given time.
func (p signingKeys) Purge(ctx context.Context, before time.Time) (int, error) {
	return p.Exec(ctx, signingKeyPurge, p.realm, column.Micros(before))
}

// secretKeys implements store.SecretKeys.
type secretKeys struct{ *port }

// Insert adds a check value, or returns store.ErrTaken.
func (p secretKeys) Insert(ctx context.Context, k store.SecretKey) error {
	return p.add(ctx, secretKeyInsert, p.realm, k.ID, k.CheckValue, column.Micros(k.CreatedAt))
}

// List gives every check value, oldest first.
func (p secretKeys) List(ctx context.Context) ([]store.SecretKey, error) {
	return seam.List(ctx, p, func(row seam.Row, k *store.SecretKey) error {
		return row.Scan(&k.ID, &k.CheckValue, column.At(&k.CreatedAt))
	}, secretKeyList, p.realm)
}
