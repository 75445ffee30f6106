package store

import (
	"context"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store/sqlrun"
)

// ClientSecret is a secret of a client, by its hash.
type ClientSecret struct {
	ClientID   string
	ID         string
	SecretHash string
	Hint       string // its last characters, to be told from others
	CreatedAt  time.Time
	ExpiresAt  time.Time // zero if it does not
	LastUsedAt time.Time
}

var clientSecretTable = Table{
	Name: "client_secrets", Key: 3, Restored: "kept: a secret that was replaced since the backup counts again",
	Erased: "kept: programs, not people",
	Columns: []Column{
		realm,
		{"client_id", Internal, ""},
		{"id", Internal, ""},
		{"secret_hash", Secret, ""},
		{"hint", Internal, ""},
		{"created_at", Internal, ""},
		{"expires_at", Internal, ""},
		{"last_used_at", Internal, ""},
	},
}

var (
	clientSecretInsert = q(`INSERT INTO client_secrets {row client_secrets}`)
	clientSecretList   = q(`
		SELECT {columns client_secrets} FROM client_secrets WHERE realm_id = ? AND client_id = ? ORDER BY created_at, id`)
	clientSecretExpire = q(`
		UPDATE client_secrets SET expires_at = ?
		WHERE realm_id = ? AND client_id = ? AND id = ? AND (expires_at IS NULL OR expires_at > ?)`)
	clientSecretUsed = q(`
		UPDATE client_secrets SET last_used_at = ?
		WHERE realm_id = ? AND client_id = ? AND id = ? AND (last_used_at IS NULL OR last_used_at < ?)`)
	clientSecretPurge  = q(`DELETE FROM client_secrets WHERE realm_id = ? AND client_id = ? AND expires_at <= ?`)
	clientSecretDelete = q(`DELETE FROM client_secrets WHERE realm_id = ? AND client_id = ?`)
)

// ClientSecrets are the rows of client_secrets.
type ClientSecrets struct{ *bound }

func scanClientSecret(row sqlrun.Row, s *ClientSecret) error {
	return row.Scan(&s.ClientID, &s.ID, &s.SecretHash, &s.Hint, timeInto(&s.CreatedAt), timeInto(&s.ExpiresAt), timeInto(&s.LastUsedAt))
}

// Insert adds a secret of a client, which must be there.
func (t ClientSecrets) Insert(ctx context.Context, s ClientSecret) error {
	return t.add(ctx, clientSecretInsert, t.realm, s.ClientID, s.ID, s.SecretHash, s.Hint,
		micros(s.CreatedAt), micros(s.ExpiresAt), micros(s.LastUsedAt))
}

// List gives the secrets of a client that are kept, expired or not, oldest first.
func (t ClientSecrets) List(ctx context.Context, clientID string) ([]ClientSecret, error) {
	return sqlrun.List(ctx, t.run, scanClientSecret, clientSecretList, t.realm, clientID)
}

// IDs gives the ids of the secrets of a client that are kept, oldest first.
func (t ClientSecrets) IDs(ctx context.Context, clientID string) ([]string, error) {
	list, err := t.List(ctx, clientID)
	ids := make([]string, len(list))
	for n, s := range list {
		ids[n] = s.ID
	}
	return ids, err
}

// Expire lets a secret expire at a time, unless it does so earlier.
func (t ClientSecrets) Expire(ctx context.Context, clientID, id string, at time.Time) (bool, error) {
	return t.change(ctx, clientSecretExpire, micros(at), t.realm, clientID, id, micros(at))
}

// Used records a use, unless one since the given time is recorded.
func (t ClientSecrets) Used(ctx context.Context, clientID, id string, at, since time.Time) (bool, error) {
	return t.change(ctx, clientSecretUsed, micros(at), t.realm, clientID, id, micros(since))
}

// Purge deletes the secrets of a client that have expired at a time.
func (t ClientSecrets) Purge(ctx context.Context, clientID string, at time.Time) (int, error) {
	return t.run.Exec(ctx, clientSecretPurge, t.realm, clientID, micros(at))
}

// Delete removes every secret of a client.
func (t ClientSecrets) Delete(ctx context.Context, clientID string) (int, error) {
	return t.run.Exec(ctx, clientSecretDelete, t.realm, clientID)
}
