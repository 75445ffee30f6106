package sqlstore

import (
	"context"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/store/column"
	"github.com/sallyport-auth/sallyport/internal/store/seam"
)

// Columns with COALESCE are NULL in rows that an older program wrote.
const signupColumns = `id, COALESCE(signup_id, ''), email, email_canonical, password_hash, name, token_hash,
	COALESCE(proof_hash, ''), COALESCE(source, ''), COALESCE(ip, ''), COALESCE(user_agent, ''), COALESCE(language, ''),
	created_at, expires_at, mailed_at, consumed_at, superseded_at`

var (
	signupInsert = q(`
		INSERT INTO pending_signups (realm_id, id, signup_id, email, email_canonical, password_hash, name, token_hash,
			proof_hash, source, ip, user_agent, language, created_at, expires_at, mailed_at, consumed_at, superseded_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
	signupByID        = q(`SELECT ` + signupColumns + ` FROM pending_signups WHERE realm_id = ? AND id = ?`)
	signupByTokenHash = q(`SELECT ` + signupColumns + ` FROM pending_signups WHERE realm_id = ? AND token_hash = ?`)
	signupStanding    = q(`
		SELECT ` + signupColumns + ` FROM pending_signups
		WHERE realm_id = ? AND email_canonical = ? AND superseded_at IS NULL AND +expires_at > ? AND COALESCE(signup_id, '') = ''
		ORDER BY created_at DESC, id DESC LIMIT ?`)
	signupWithPassword = q(`
		SELECT ` + signupColumns + ` FROM pending_signups
		WHERE realm_id = ? AND email_canonical = ? AND superseded_at IS NULL AND +expires_at > ? AND password_hash <> ''
		ORDER BY created_at DESC, id DESC LIMIT ?`)
	signupByProof = q(`
		SELECT ` + signupColumns + ` FROM pending_signups
		WHERE realm_id = ? AND email_canonical = ? AND superseded_at IS NULL AND +expires_at > ? AND COALESCE(signup_id, '') = ''
			AND proof_hash = ?
		LIMIT 1`)
	signupCompetes = q(`
		SELECT COUNT(*) FROM pending_signups
		WHERE realm_id = ? AND email_canonical = ? AND superseded_at IS NULL AND +expires_at > ? AND COALESCE(signup_id, '') = ''
			AND COALESCE(source, '') <> ?`)
	signupMailed = q(`
		SELECT COUNT(*) FROM pending_signups
		WHERE realm_id = ? AND email_canonical = ? AND superseded_at IS NULL AND +expires_at > ?
			AND mailed_at IS NOT NULL AND consumed_at IS NULL`)
	signupDropPassword = q(`
		UPDATE pending_signups SET password_hash = '' WHERE realm_id = ? AND id = ? AND password_hash <> ''`)
	signupConsume = q(`
		UPDATE pending_signups SET consumed_at = ?
		WHERE realm_id = ? AND id = ? AND consumed_at IS NULL AND superseded_at IS NULL AND expires_at > ?`)
	signupSupersede = q(`
		UPDATE pending_signups SET superseded_at = ?
		WHERE realm_id = ? AND id = ? AND consumed_at IS NULL AND superseded_at IS NULL`)
	signupExpired = q(`
		SELECT id FROM pending_signups WHERE realm_id = ? AND expires_at < ? ORDER BY expires_at LIMIT ?`)
	signupPurge = q(`
		DELETE FROM pending_signups WHERE realm_id = ? AND id IN {many} AND +expires_at < ?`)
)

// signups implements store.PendingSignups.
type signups struct{ *port }

func scanSignup(row seam.Row, s *store.PendingSignup) error {
	return row.Scan(&s.ID, &s.SignupID, &s.Email, &s.EmailCanonical, &s.PasswordHash, &s.Name, &s.TokenHash,
		&s.ProofHash, &s.Source, &s.IP, &s.UserAgent, &s.Language,
		column.At(&s.CreatedAt), column.At(&s.ExpiresAt), column.At(&s.MailedAt), column.At(&s.ConsumedAt), column.At(&s.SupersededAt))
}

// Insert adds a row.
func (p signups) Insert(ctx context.Context, s store.PendingSignup) error {
	return p.add(ctx, signupInsert, p.realm, s.ID, s.SignupID, s.Email, s.EmailCanonical, s.PasswordHash, s.Name, s.TokenHash,
		s.ProofHash, s.Source, s.IP, s.UserAgent, s.Language,
		column.Micros(s.CreatedAt), column.Micros(s.ExpiresAt), column.Micros(s.MailedAt), column.Micros(s.ConsumedAt), column.Micros(s.SupersededAt))
}

// ByID reads a row, live or not.
func (p signups) ByID(ctx context.Context, id string) (store.PendingSignup, error) {
	return seam.Get(ctx, p, scanSignup, signupByID, p.realm, id)
}

// ByTokenHash reads the row of a token, live or not.
func (p signups) ByTokenHash(ctx context.Context, hash string) (store.PendingSignup, error) {
	return seam.Get(ctx, p, scanSignup, signupByTokenHash, p.realm, hash)
}

// Standing lists the standing sign-ups of an address, newest first.
func (p signups) Standing(ctx context.Context, canonical string, now time.Time, limit int) ([]store.PendingSignup, error) {
	return seam.List(ctx, p, scanSignup, signupStanding, p.realm, canonical, column.Micros(now), limit)
}

// WithPassword lists those that have a password.
func (p signups) WithPassword(ctx context.Context, canonical string, now time.Time, limit int) ([]store.PendingSignup, error) {
	return seam.List(ctx, p, scanSignup, signupWithPassword, p.realm, canonical, column.Micros(now), limit)
}

// ByProof reads the standing sign-up with this proof.
func (p signups) ByProof(ctx context.Context, canonical, proofHash string, now time.Time) (store.PendingSignup, error) {
	return seam.Get(ctx, p, scanSignup, signupByProof, p.realm, canonical, column.Micros(now), proofHash)
}

// Competes reports whether a sign-up of another source stands.
func (p signups) Competes(ctx context.Context, canonical, source string, now time.Time) (bool, error) {
	n, err := seam.Get(ctx, p, seam.Value[int64], signupCompetes, p.realm, canonical, column.Micros(now), source)
	return n > 0, err
}

// Mailed reports whether a mailed link can be used.
func (p signups) Mailed(ctx context.Context, canonical string, now time.Time) (bool, error) {
	n, err := seam.Get(ctx, p, seam.Value[int64], signupMailed, p.realm, canonical, column.Micros(now))
	return n > 0, err
}

// DropPassword forgets the password of a sign-up.
func (p signups) DropPassword(ctx context.Context, id string) (bool, error) {
	return p.change(ctx, signupDropPassword, p.realm, id)
}

// Consume marks a standing row as consumed, if it was not.
func (p signups) Consume(ctx context.Context, id string, now time.Time) (bool, error) {
	return p.change(ctx, signupConsume, column.Micros(now), p.realm, id, column.Micros(now))
}

// Supersede marks a row that nobody has used or replaced.
func (p signups) Supersede(ctx context.Context, id string, now time.Time) (bool, error) {
	return p.change(ctx, signupSupersede, column.Micros(now), p.realm, id)
}

// Purge deletes rows that expired before the given time.
func (p signups) Purge(ctx context.Context, before time.Time, limit int) (int, error) {
	return p.purge(ctx, signupExpired, signupPurge, before, limit)
}
