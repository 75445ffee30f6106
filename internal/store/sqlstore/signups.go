package sqlstore

import (
	"context"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/store/column"
	"github.com/sallyport-auth/sallyport/internal/store/seam"
)

const signupColumns = `id, email, email_canonical, password_hash, name, token_hash,
	created_at, expires_at, consumed_at, superseded_at`

var (
	signupInsert = q(`
		INSERT INTO pending_signups (realm_id, id, email, email_canonical, password_hash, name, token_hash,
			created_at, expires_at, consumed_at, superseded_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
	signupByID        = q(`SELECT ` + signupColumns + ` FROM pending_signups WHERE realm_id = ? AND id = ?`)
	signupByTokenHash = q(`SELECT ` + signupColumns + ` FROM pending_signups WHERE realm_id = ? AND token_hash = ?`)
	signupStanding    = q(`
		SELECT ` + signupColumns + ` FROM pending_signups
		WHERE realm_id = ? AND email_canonical = ? AND superseded_at IS NULL AND +expires_at > ?
		ORDER BY created_at DESC, id DESC LIMIT ?`)
	signupConsume = q(`
		UPDATE pending_signups SET consumed_at = ?
		WHERE realm_id = ? AND id = ? AND consumed_at IS NULL AND superseded_at IS NULL AND expires_at > ?`)
	signupSupersede = q(`
		UPDATE pending_signups SET superseded_at = ?
		WHERE realm_id = ? AND id = ? AND consumed_at IS NULL AND superseded_at IS NULL`)
	signupSupersedeAll = q(`
		UPDATE pending_signups SET superseded_at = ?
		WHERE realm_id = ? AND email_canonical = ? AND superseded_at IS NULL AND +expires_at > ?`)
	signupExpired = q(`
		SELECT id FROM pending_signups WHERE realm_id = ? AND expires_at < ? ORDER BY expires_at LIMIT ?`)
	signupPurge = q(`
		DELETE FROM pending_signups WHERE realm_id = ? AND id IN {many} AND +expires_at < ?`)
)

// signups implements store.PendingSignups.
type signups struct{ *port }

func scanSignup(row seam.Row, s *store.PendingSignup) error {
	return row.Scan(&s.ID, &s.Email, &s.EmailCanonical, &s.PasswordHash, &s.Name, &s.TokenHash,
		column.At(&s.CreatedAt), column.At(&s.ExpiresAt), column.At(&s.ConsumedAt), column.At(&s.SupersededAt))
}

// Insert adds a row.
func (p signups) Insert(ctx context.Context, s store.PendingSignup) error {
	return p.add(ctx, signupInsert, p.realm, s.ID, s.Email, s.EmailCanonical, s.PasswordHash, s.Name, s.TokenHash,
		column.Micros(s.CreatedAt), column.Micros(s.ExpiresAt), column.Micros(s.ConsumedAt), column.Micros(s.SupersededAt))
}

// ByID reads a row, live or not.
func (p signups) ByID(ctx context.Context, id string) (store.PendingSignup, error) {
	return seam.Get(ctx, p, scanSignup, signupByID, p.realm, id)
}

// ByTokenHash reads the row of a token, live or not.
func (p signups) ByTokenHash(ctx context.Context, hash string) (store.PendingSignup, error) {
	return seam.Get(ctx, p, scanSignup, signupByTokenHash, p.realm, hash)
}

// Standing lists the standing rows of an address, newest first.
func (p signups) Standing(ctx context.Context, canonical string, now time.Time, limit int) ([]store.PendingSignup, error) {
	return seam.List(ctx, p, scanSignup, signupStanding, p.realm, canonical, column.Micros(now), limit)
}

// Consume marks a standing row as consumed, if it was not.
func (p signups) Consume(ctx context.Context, id string, now time.Time) (bool, error) {
	return p.change(ctx, signupConsume, column.Micros(now), p.realm, id, column.Micros(now))
}

// Supersede marks a row that nobody has used or replaced.
func (p signups) Supersede(ctx context.Context, id string, now time.Time) (bool, error) {
	return p.change(ctx, signupSupersede, column.Micros(now), p.realm, id)
}

// SupersedeAll marks every standing row of an address.
func (p signups) SupersedeAll(ctx context.Context, canonical string, now time.Time) (int, error) {
	return p.Exec(ctx, signupSupersedeAll, column.Micros(now), p.realm, canonical, column.Micros(now))
}

// Purge deletes rows that expired before the given time.
func (p signups) Purge(ctx context.Context, before time.Time, limit int) (int, error) {
	return p.purge(ctx, signupExpired, signupPurge, before, limit)
}
