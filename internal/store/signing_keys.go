package store

import (
	"context"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store/sqlrun"
)

// SigningKey is a key pair, or for HS256 a shared key, that signs access
// tokens. It signs from ActiveAt until a newer one does, and is published until
// ExpiresAt.
type SigningKey struct {
	ID            string // kid: the RFC 7638 thumbprint
	Algorithm     string
	PublicJWK     string // empty for HS256
	PrivateSealed string
	CreatedAt     time.Time
	ActiveAt      time.Time
	ExpiresAt     time.Time // zero while it may still sign
}

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
	signingKeyPurge        = q(`DELETE FROM signing_keys WHERE realm_id = ? AND expires_at < ?`)
	restoreDropSigningKeys = q(`DELETE FROM signing_keys WHERE realm_id = ?`)
)

// SigningKeys are the rows of signing_keys.
type SigningKeys struct{ *bound }

func scanSigningKey(row sqlrun.Row, k *SigningKey) error {
	return row.Scan(&k.ID, &k.Algorithm, &k.PublicJWK, &k.PrivateSealed, timeInto(&k.CreatedAt), timeInto(&k.ActiveAt), timeInto(&k.ExpiresAt))
}

// Insert adds k, or returns ErrTaken.
func (t SigningKeys) Insert(ctx context.Context, k SigningKey) error {
	return t.add(ctx, signingKeyInsert, t.realm, k.ID, k.Algorithm, k.PublicJWK, k.PrivateSealed,
		micros(k.CreatedAt), micros(k.ActiveAt), micros(k.ExpiresAt))
}

// List gives every key that has not been purged, oldest ActiveAt first.
func (t SigningKeys) List(ctx context.Context) ([]SigningKey, error) {
	return sqlrun.List(ctx, t.run, scanSigningKey, signingKeyList, t.realm)
}

// Retire sets the expiry of a key that has none.
func (t SigningKeys) Retire(ctx context.Context, id string, expiresAt time.Time) (bool, error) {
	return t.change(ctx, signingKeyRetire, micros(expiresAt), t.realm, id)
}

// Reseal replaces the sealed private key if it is still the old one.
func (t SigningKeys) Reseal(ctx context.Context, id, old, sealed string) (bool, error) {
	return t.change(ctx, signingKeyReseal, sealed, t.realm, id, old)
}

// Purge deletes keys that expired before the given time.
func (t SigningKeys) Purge(ctx context.Context, before time.Time) (int, error) {
	return t.run.Exec(ctx, signingKeyPurge, t.realm, micros(before))
}

// DeleteEvery deletes every signing key: no token that was signed before
// verifies any more.
func (t SigningKeys) DeleteEvery(ctx context.Context) (int, error) {
	return t.run.Exec(ctx, restoreDropSigningKeys, t.realm)
}
