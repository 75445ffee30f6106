package sqlstore

import (
	"context"
	"database/sql"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/store/column"
	"github.com/sallyport-auth/sallyport/internal/store/seam"
)

var (
	credentialInsert = q(`
		INSERT INTO credentials (realm_id, id, user_id, kind, secret, created_at, updated_at)
		VALUES (?, ?, ?, ?, ?, ?, ?)`)
	credentialByKind = q(`
		SELECT id, user_id, kind, secret, created_at, updated_at
		FROM credentials WHERE realm_id = ? AND user_id = ? AND kind = ?`)
	credentialList = q(`
		SELECT id, user_id, kind, secret, created_at, updated_at
		FROM credentials WHERE realm_id = ? AND kind = ? AND user_id > ? ORDER BY user_id LIMIT ?`)
	credentialSignIn = q(`
		SELECT ` + userColumns + `, credentials.secret
		FROM users LEFT JOIN credentials ON credentials.realm_id = users.realm_id
			AND credentials.user_id = users.id AND credentials.kind = 'password'
		WHERE users.realm_id = ? AND users.email_canonical = ?`)
	credentialReplace = q(`
		UPDATE credentials SET secret = ?, updated_at = ?
		WHERE realm_id = ? AND user_id = ? AND kind = ? AND secret = ?`)
)

// credentials implements store.Credentials.
type credentials struct{ *port }

func scanCredential(row seam.Row, c *store.Credential) error {
	return row.Scan(&c.ID, &c.UserID, &c.Kind, &c.Secret, column.At(&c.CreatedAt), column.At(&c.UpdatedAt))
}

// Insert adds c, or returns store.ErrTaken.
func (p credentials) Insert(ctx context.Context, c store.Credential) error {
	return p.add(ctx, credentialInsert, p.realm, c.ID, c.UserID, c.Kind, c.Secret, column.Micros(c.CreatedAt), column.Micros(c.UpdatedAt))
}

// ByKind reads a user's credential of a kind.
func (p credentials) ByKind(ctx context.Context, userID, kind string) (store.Credential, error) {
	return seam.Get(ctx, p, scanCredential, credentialByKind, p.realm, userID, kind)
}

// List lists credentials of a kind.
func (p credentials) List(ctx context.Context, kind string, page store.Page) ([]store.Credential, error) {
	return seam.List(ctx, p, scanCredential, credentialList, p.realm, kind, page.After, page.Limit)
}

// SignIn reads a user and the password's hash as they stand together.
func (p credentials) SignIn(ctx context.Context, canonical string) (store.SignIn, error) {
	return seam.Get(ctx, p, func(row seam.Row, s *store.SignIn) error {
		var secret sql.NullString
		if err := row.Scan(append(userFields(&s.User), &secret)...); err != nil {
			return err
		}
		s.Secret = secret.String
		return nil
	}, credentialSignIn, p.realm, canonical)
}

// Replace changes the secret if it is still the old one.
func (p credentials) Replace(ctx context.Context, userID, kind, old, secret string, now time.Time) (bool, error) {
	return p.change(ctx, credentialReplace, secret, column.Micros(now), p.realm, userID, kind, old)
}
