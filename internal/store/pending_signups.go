package store

import (
	"context"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store/sqlrun"
)

// PendingSignup is a sign-up, or a link that was resent for one; SignupID names
// the sign-up then. There is one per sign-up, also when the address has a user
// already. PasswordHash is empty once there were too many, or the password became
// an account's; a resent link has none.
type PendingSignup struct {
	ID             string
	SignupID       string
	Email          string
	EmailCanonical string
	PasswordHash   string
	Name           string
	TokenHash      string
	ProofHash      string // of what whoever signed up was given
	Source         string // names the network and the browser of whoever signed up
	IP             string // of whoever signed up
	UserAgent      string
	Language       string // that whoever signed up asked for; empty if they did not
	CreatedAt      time.Time
	ExpiresAt      time.Time
	MailedAt       time.Time // zero if nobody got the link
	ConsumedAt     time.Time // of the link; the password stands on
	SupersededAt   time.Time
}

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
	signupSpelled           = q(`SELECT email FROM pending_signups WHERE realm_id = ? AND email_canonical = ? ORDER BY created_at, id`)
	signupErase             = q(`DELETE FROM pending_signups WHERE realm_id = ? AND email_canonical = ?`)
	restoreSupersedeSignups = q(`
		UPDATE pending_signups SET superseded_at = ?
		WHERE realm_id = ? AND consumed_at IS NULL AND superseded_at IS NULL`)
)

// PendingSignups are the rows of pending_signups. A row stands until it is
// superseded or expires; while it stands its link can be consumed once. Consuming
// it leaves the row standing, so that what stands does not tell whether the
// address has an account by now.
type PendingSignups struct{ *bound }

func scanSignup(row sqlrun.Row, s *PendingSignup) error {
	return row.Scan(&s.ID, &s.SignupID, &s.Email, &s.EmailCanonical, &s.PasswordHash, &s.Name, &s.TokenHash,
		&s.ProofHash, &s.Source, &s.IP, &s.UserAgent, &s.Language,
		timeInto(&s.CreatedAt), timeInto(&s.ExpiresAt), timeInto(&s.MailedAt), timeInto(&s.ConsumedAt), timeInto(&s.SupersededAt))
}

// Insert adds a row.
func (t PendingSignups) Insert(ctx context.Context, s PendingSignup) error {
	return t.add(ctx, signupInsert, t.realm, s.ID, s.SignupID, s.Email, s.EmailCanonical, s.PasswordHash, s.Name, s.TokenHash,
		s.ProofHash, s.Source, s.IP, s.UserAgent, s.Language,
		micros(s.CreatedAt), micros(s.ExpiresAt), micros(s.MailedAt), micros(s.ConsumedAt), micros(s.SupersededAt))
}

// ByID reads a row, live or not.
func (t PendingSignups) ByID(ctx context.Context, id string) (PendingSignup, error) {
	return sqlrun.Get(ctx, t.run, scanSignup, signupByID, t.realm, id)
}

// ByTokenHash reads the row of a token, live or not.
func (t PendingSignups) ByTokenHash(ctx context.Context, hash string) (PendingSignup, error) {
	return sqlrun.Get(ctx, t.run, scanSignup, signupByTokenHash, t.realm, hash)
}

// Standing lists the standing sign-ups of an address, newest first, at most
// limit.
func (t PendingSignups) Standing(ctx context.Context, canonical string, now time.Time, limit int) ([]PendingSignup, error) {
	return sqlrun.List(ctx, t.run, scanSignup, signupStanding, t.realm, canonical, micros(now), limit)
}

// WithPassword is Standing of those that have a password.
func (t PendingSignups) WithPassword(ctx context.Context, canonical string, now time.Time, limit int) ([]PendingSignup, error) {
	return sqlrun.List(ctx, t.run, scanSignup, signupWithPassword, t.realm, canonical, micros(now), limit)
}

// ByProof gives the standing sign-up of an address with this proof.
func (t PendingSignups) ByProof(ctx context.Context, canonical, proofHash string, now time.Time) (PendingSignup, error) {
	return sqlrun.Get(ctx, t.run, scanSignup, signupByProof, t.realm, canonical, micros(now), proofHash)
}

// Competes reports whether a sign-up of an address stands that is from another
// source.
func (t PendingSignups) Competes(ctx context.Context, canonical, source string, now time.Time) (bool, error) {
	n, err := sqlrun.Get(ctx, t.run, sqlrun.Value[int64], signupCompetes, t.realm, canonical, micros(now), source)
	return n > 0, err
}

// Mailed reports whether a link was mailed to an address that can be used.
func (t PendingSignups) Mailed(ctx context.Context, canonical string, now time.Time) (bool, error) {
	n, err := sqlrun.Get(ctx, t.run, sqlrun.Value[int64], signupMailed, t.realm, canonical, micros(now))
	return n > 0, err
}

// DropPassword forgets the password of a sign-up, if it has one.
func (t PendingSignups) DropPassword(ctx context.Context, id string) (bool, error) {
	return t.change(ctx, signupDropPassword, t.realm, id)
}

// Consume marks a standing row as consumed, if it was not.
func (t PendingSignups) Consume(ctx context.Context, id string, now time.Time) (bool, error) {
	return t.change(ctx, signupConsume, micros(now), t.realm, id, micros(now))
}

// Supersede marks a row that is neither consumed nor superseded, expired or
// not.
func (t PendingSignups) Supersede(ctx context.Context, id string, now time.Time) (bool, error) {
	return t.change(ctx, signupSupersede, micros(now), t.realm, id)
}

// Purge deletes rows that expired before the given time, at most limit.
func (t PendingSignups) Purge(ctx context.Context, before time.Time, limit int) (int, error) {
	return t.purge(ctx, signupExpired, signupPurge, before, limit)
}

// Erase deletes every row of an address, and gives how the address was spelled
// there.
func (t PendingSignups) Erase(ctx context.Context, canonical string) (spelled []string, err error) {
	err = t.run.Together(ctx, func(ctx context.Context, run sqlrun.Runner) (err error) {
		if spelled, err = sqlrun.List(ctx, run, sqlrun.Value[string], signupSpelled, t.realm, canonical); err != nil {
			return err
		}
		_, err = run.Exec(ctx, signupErase, t.realm, canonical)
		return err
	})
	return spelled, err
}

// SupersedeEvery supersedes every pending sign-up that is neither consumed
// nor superseded.
func (t PendingSignups) SupersedeEvery(ctx context.Context, now time.Time) (int, error) {
	return t.run.Exec(ctx, restoreSupersedeSignups, micros(now), t.realm)
}
