package store

import (
	"context"
	"database/sql"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store/sqlrun"
)

// KindPassword is the kind of a password.
const KindPassword = "password"

// Credential is something a user proves to know or have. For a password, Secret
// is the PHC string.
type Credential struct {
	ID        string
	UserID    string
	Kind      string
	Secret    string
	CreatedAt time.Time
	UpdatedAt time.Time
}

// SignIn is what login reads in one go: the user and the password's hash as
// they stand together. Secret is empty if the user has no password.
type SignIn struct {
	User   User
	Secret string
}

const credentialColumns = `id, user_id, kind, secret, created_at, updated_at` //nolint:gosec // names of columns

var (
	credentialInsert = q(`
		INSERT INTO credentials (realm_id, id, user_id, kind, secret, created_at, updated_at)
		VALUES (?, ?, ?, ?, ?, ?, ?)`)
	credentialByKind = q(`
		SELECT ` + credentialColumns + ` FROM credentials WHERE realm_id = ? AND user_id = ? AND kind = ?`)
	credentialList = q(`
		SELECT ` + credentialColumns + ` FROM credentials WHERE realm_id = ? AND kind = ? AND user_id > ? ORDER BY user_id LIMIT ?`)
	credentialSignIn = q(`
		SELECT ` + userColumns + `, credentials.secret
		FROM users LEFT JOIN credentials ON credentials.realm_id = users.realm_id
			AND credentials.user_id = users.id AND credentials.kind = 'password'
		WHERE users.realm_id = ? AND users.email_canonical = ?`)
	credentialReplace = q(`
		UPDATE credentials SET secret = ?, updated_at = ?
		WHERE realm_id = ? AND user_id = ? AND kind = ? AND secret = ?`)
	credentialDropPassword = q(`DELETE FROM credentials WHERE realm_id = ? AND user_id = ? AND kind = 'password'`)
	credentialOfUser       = q(`
		SELECT ` + credentialColumns + ` FROM credentials WHERE realm_id = ? AND user_id = ? ORDER BY created_at, kind`)
)

// Credentials are the rows of credentials. There is at most one per user and
// kind.
type Credentials struct{ *bound }

func scanCredential(row sqlrun.Row, c *Credential) error {
	return row.Scan(&c.ID, &c.UserID, &c.Kind, &c.Secret, timeInto(&c.CreatedAt), timeInto(&c.UpdatedAt))
}

// Insert adds c, or returns ErrTaken.
func (t Credentials) Insert(ctx context.Context, c Credential) error {
	return t.add(ctx, credentialInsert, t.realm, c.ID, c.UserID, c.Kind, c.Secret, micros(c.CreatedAt), micros(c.UpdatedAt))
}

// ByKind reads a user's credential of a kind.
func (t Credentials) ByKind(ctx context.Context, userID, kind string) (Credential, error) {
	return sqlrun.Get(ctx, t.run, scanCredential, credentialByKind, t.realm, userID, kind)
}

// List lists credentials of a kind in the order of their users, after the
// one named.
func (t Credentials) List(ctx context.Context, kind string, page Page) ([]Credential, error) {
	return sqlrun.List(ctx, t.run, scanCredential, credentialList, t.realm, kind, page.After, page.Limit)
}

// SignIn reads a user by canonical address and the password's hash in one
// statement, or returns ErrNotFound.
func (t Credentials) SignIn(ctx context.Context, canonical string) (SignIn, error) {
	return sqlrun.Get(ctx, t.run, func(row sqlrun.Row, s *SignIn) error {
		var secret sql.NullString
		if err := row.Scan(append(userFields(&s.User), &secret)...); err != nil {
			return err
		}
		s.Secret = secret.String
		return nil
	}, credentialSignIn, t.realm, canonical)
}

// Replace changes the secret if it is still the old one.
func (t Credentials) Replace(ctx context.Context, userID, kind, old, secret string, now time.Time) (bool, error) {
	return t.change(ctx, credentialReplace, secret, micros(now), t.realm, userID, kind, old)
}

// DropPassword removes a user's password.
func (t Credentials) DropPassword(ctx context.Context, userID string) (bool, error) {
	return t.change(ctx, credentialDropPassword, t.realm, userID)
}

// OfUser gives the credentials of a user, oldest first.
func (t Credentials) OfUser(ctx context.Context, userID string) ([]Credential, error) {
	return sqlrun.List(ctx, t.run, scanCredential, credentialOfUser, t.realm, userID)
}
