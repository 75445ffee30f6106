package store

import (
	"context"
	"fmt"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store/sqlrun"
)

// Identity is how somebody is known to another provider.
type Identity struct {
	ID        string
	UserID    string
	Provider  string
	Subject   string
	CreatedAt time.Time
}

var (
	heldCredentials = q(`
		SELECT id, user_id, kind, secret, created_at, updated_at
		FROM credentials WHERE realm_id = ? AND user_id = ? ORDER BY created_at, kind`)
	heldIdentities = q(`
		SELECT id, user_id, provider, subject, created_at FROM identities WHERE realm_id = ? AND user_id = ? ORDER BY created_at, provider`)
	heldCodes = q(`
		SELECT created_at, used_at FROM recovery_codes WHERE realm_id = ? AND user_id = ? ORDER BY created_at, code_hash`)
	heldSessions = q(`
		SELECT ` + sessionColumns + ` FROM sessions
		WHERE realm_id = ? AND user_id = ? AND created_at >= ? AND (created_at > ? OR id > ?)
		ORDER BY created_at, id LIMIT ?`)
	heldTokens = q(`
		SELECT ` + oneTimeColumns + ` FROM one_time_tokens WHERE realm_id = ? AND user_id = ? AND COALESCE(id, '') > ? ORDER BY COALESCE(id, '') LIMIT ?`)
	heldLinks = q(`
		SELECT ` + magicLinkColumns + ` FROM magic_links WHERE realm_id = ? AND user_id = ? AND COALESCE(id, '') > ? ORDER BY COALESCE(id, '') LIMIT ?`)
	heldSteps = q(`
		SELECT token_hash, user_id, user_epoch, amr, device_name, created_at, expires_at, consumed_at
		FROM login_steps WHERE realm_id = ? AND user_id = ? AND COALESCE(token_hash, '') > ? ORDER BY COALESCE(token_hash, '') LIMIT ?`)
)

// Holdings lists what is kept about a user, for the export. Each
// list is in the order of identifiers, but for recovery codes, and for sessions,
// of which there may be very many: those are in the order of [Session.Cursor].
type Holdings struct{ *bound }

// Credentials reads what a user proves to know.
func (t Holdings) Credentials(ctx context.Context, userID string) ([]Credential, error) {
	return sqlrun.List(ctx, t.run, scanCredential, heldCredentials, t.realm, userID)
}

// Identities reads how a user is known elsewhere.
func (t Holdings) Identities(ctx context.Context, userID string) ([]Identity, error) {
	return sqlrun.List(ctx, t.run, func(row sqlrun.Row, i *Identity) error {
		return row.Scan(&i.ID, &i.UserID, &i.Provider, &i.Subject, timeInto(&i.CreatedAt))
	}, heldIdentities, t.realm, userID)
}

// RecoveryCodes reads when a user's codes were made and used.
func (t Holdings) RecoveryCodes(ctx context.Context, userID string) ([]RecoveryCode, error) {
	return sqlrun.List(ctx, t.run, func(row sqlrun.Row, c *RecoveryCode) error {
		return row.Scan(timeInto(&c.CreatedAt), timeInto(&c.UsedAt))
	}, heldCodes, t.realm, userID)
}

// Sessions reads a page of a user's sessions, whatever became of them.
func (t Holdings) Sessions(ctx context.Context, userID string, page Page) ([]Session, error) {
	var created int64
	var id string
	if page.After != "" {
		if _, err := fmt.Sscanf(page.After, "%d %s", &created, &id); err != nil {
			return nil, fmt.Errorf("cursor of sessions: %w", err)
		}
	}
	return sqlrun.List(ctx, t.run, scanSession, heldSessions, t.realm, userID, created, created, id, page.Limit)
}

// Tokens reads a page of a user's one-time tokens.
func (t Holdings) Tokens(ctx context.Context, userID string, page Page) ([]OneTimeToken, error) {
	return sqlrun.List(ctx, t.run, scanToken, heldTokens, t.realm, userID, page.After, page.Limit)
}

// LoginSteps reads a page of the sign-ins of a user that wait for a second
// factor.
func (t Holdings) LoginSteps(ctx context.Context, userID string, page Page) ([]LoginStep, error) {
	return sqlrun.List(ctx, t.run, scanStep, heldSteps, t.realm, userID, page.After, page.Limit)
}

// SignInLinks reads a page of what was mailed to a user to sign in with.
func (t Holdings) SignInLinks(ctx context.Context, userID string, page Page) ([]MagicLink, error) {
	return sqlrun.List(ctx, t.run, scanMagicLink, heldLinks, t.realm, userID, page.After, page.Limit)
}
