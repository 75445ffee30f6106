package store

import (
	"context"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store/sqlrun"
)

// HookSecret is a key by which messages to an endpoint are signed.
type HookSecret struct {
	EndpointID   string
	ID           string
	SecretSealed string
	CreatedAt    time.Time
	ExpiresAt    time.Time // zero if it does not
}

var hookSecretTable = Table{
	Name: "hook_secrets", Key: 3, Restored: "kept: a secret that was replaced since the backup counts again",
	Erased: "kept: the operator's",
	Columns: []Column{
		realm,
		{"endpoint_id", Internal, ""},
		{"id", Internal, ""},
		{"secret_sealed", Secret, ""},
		{"created_at", Internal, ""},
		{"expires_at", Internal, ""},
	},
}

var (
	hookSecretInsert = q(`INSERT INTO hook_secrets {row hook_secrets}`)
	hookSecretList   = q(`
		SELECT {columns hook_secrets} FROM hook_secrets WHERE realm_id = ? AND endpoint_id = ? ORDER BY created_at, id`)
	hookSecretExpire = q(`
		UPDATE hook_secrets SET expires_at = ?
		WHERE realm_id = ? AND endpoint_id = ? AND id = ? AND (expires_at IS NULL OR expires_at > ?)`)
	hookSecretReseal = q(`
		UPDATE hook_secrets SET secret_sealed = ? WHERE realm_id = ? AND endpoint_id = ? AND id = ? AND secret_sealed = ?`)
	hookSecretPurge  = q(`DELETE FROM hook_secrets WHERE realm_id = ? AND endpoint_id = ? AND expires_at <= ?`)
	hookSecretDelete = q(`DELETE FROM hook_secrets WHERE realm_id = ? AND endpoint_id = ?`)
)

// HookSecrets are the rows of hook_secrets.
type HookSecrets struct{ *bound }

func scanHookSecret(row sqlrun.Row, s *HookSecret) error {
	return row.Scan(&s.EndpointID, &s.ID, &s.SecretSealed, timeInto(&s.CreatedAt), timeInto(&s.ExpiresAt))
}

// Insert adds a key of an endpoint, which must be there.
func (t HookSecrets) Insert(ctx context.Context, s HookSecret) error {
	return t.add(ctx, hookSecretInsert, t.realm, s.EndpointID, s.ID, s.SecretSealed, micros(s.CreatedAt), micros(s.ExpiresAt))
}

// List gives the keys of an endpoint that are kept, expired or not, oldest first.
func (t HookSecrets) List(ctx context.Context, endpointID string) ([]HookSecret, error) {
	return sqlrun.List(ctx, t.run, scanHookSecret, hookSecretList, t.realm, endpointID)
}

// IDs gives the ids of the keys of an endpoint that are kept, oldest first.
func (t HookSecrets) IDs(ctx context.Context, endpointID string) ([]string, error) {
	list, err := t.List(ctx, endpointID)
	ids := make([]string, len(list))
	for n, s := range list {
		ids[n] = s.ID
	}
	return ids, err
}

// Expire lets a key expire at a time, unless it does so earlier.
func (t HookSecrets) Expire(ctx context.Context, endpointID, id string, at time.Time) (bool, error) {
	return t.change(ctx, hookSecretExpire, micros(at), t.realm, endpointID, id, micros(at))
}

// Reseal replaces a sealed key that is still the old one.
func (t HookSecrets) Reseal(ctx context.Context, s HookSecret, sealed string) (bool, error) {
	return t.change(ctx, hookSecretReseal, sealed, t.realm, s.EndpointID, s.ID, s.SecretSealed)
}

// Purge deletes the keys of an endpoint that have expired at a time.
func (t HookSecrets) Purge(ctx context.Context, endpointID string, at time.Time) (int, error) {
	return t.run.Exec(ctx, hookSecretPurge, t.realm, endpointID, micros(at))
}

// Delete removes every key of an endpoint.
func (t HookSecrets) Delete(ctx context.Context, endpointID string) (int, error) {
	return t.run.Exec(ctx, hookSecretDelete, t.realm, endpointID)
}
