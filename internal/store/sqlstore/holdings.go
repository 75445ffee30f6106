package sqlstore

import (
	"context"
	"fmt"

	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/store/column"
	"github.com/sallyport-auth/sallyport/internal/store/seam"
)

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

// holdings implements store.Holdings.
type holdings struct{ *port }

// Credentials reads what a user proves to know.
func (p holdings) Credentials(ctx context.Context, userID string) ([]store.Credential, error) {
	return seam.List(ctx, p, scanCredential, heldCredentials, p.realm, userID)
}

// Identities reads how a user is known elsewhere.
func (p holdings) Identities(ctx context.Context, userID string) ([]store.Identity, error) {
	return seam.List(ctx, p, func(row seam.Row, i *store.Identity) error {
		return row.Scan(&i.ID, &i.UserID, &i.Provider, &i.Subject, column.At(&i.CreatedAt))
	}, heldIdentities, p.realm, userID)
}

// RecoveryCodes reads when a user's codes were made and used.
func (p holdings) RecoveryCodes(ctx context.Context, userID string) ([]store.RecoveryCode, error) {
	return seam.List(ctx, p, func(row seam.Row, c *store.RecoveryCode) error {
		return row.Scan(column.At(&c.CreatedAt), column.At(&c.UsedAt))
	}, heldCodes, p.realm, userID)
}

// Sessions reads a page of a user's sessions, whatever became of them.
func (p holdings) Sessions(ctx context.Context, userID string, page store.Page) ([]store.Session, error) {
	var created int64
	var id string
	if page.After != "" {
		if _, err := fmt.Sscanf(page.After, "%d %s", &created, &id); err != nil {
			return nil, fmt.Errorf("cursor of sessions: %w", err)
		}
	}
	return seam.List(ctx, p, scanSession, heldSessions, p.realm, userID, created, created, id, page.Limit)
}

// Tokens reads a page of a user's one-time tokens.
func (p holdings) Tokens(ctx context.Context, userID string, page store.Page) ([]store.OneTimeToken, error) {
	return seam.List(ctx, p, scanToken, heldTokens, p.realm, userID, page.After, page.Limit)
}

// LoginSteps reads a page of the sign-ins of a user that wait for a second
// factor.
func (p holdings) LoginSteps(ctx context.Context, userID string, page store.Page) ([]store.LoginStep, error) {
	return seam.List(ctx, p, scanStep, heldSteps, p.realm, userID, page.After, page.Limit)
}

// SignInLinks reads a page of what was mailed to a user to sign in with.
func (p holdings) SignInLinks(ctx context.Context, userID string, page store.Page) ([]store.MagicLink, error) {
	return seam.List(ctx, p, scanMagicLink, heldLinks, p.realm, userID, page.After, page.Limit)
}
