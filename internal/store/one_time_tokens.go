package store

import (
	"context"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store/sqlrun"
)

// Purpose says what a one-time token is for.
type Purpose string

// The purposes.
const (
	PurposeVerifyEmail   Purpose = "verify_email"
	PurposeResetPassword Purpose = "reset_password"
	PurposeDisown        Purpose = "disown" // "this was not me", of one session
	PurposeConfirmEmail  Purpose = "confirm_email"
	PurposeUndoEmail     Purpose = "undo_email"
	PurposeRestore       Purpose = "restore" // of a user pending deletion; given to who signs in, never mailed
)

// OneTimeToken is a token that was mailed. Only its hash is kept. UserEpoch is
// the user's epoch when it was made. SessionID is the session that the token is
// about, or empty. ProofHash, IP and UserAgent are those of the sign-up whose
// address the token verifies, or empty.
type OneTimeToken struct {
	ID           string
	Purpose      Purpose
	UserID       string
	SessionID    string
	TokenHash    string
	UserEpoch    int64
	ProofHash    string
	IP           string
	UserAgent    string
	CreatedAt    time.Time
	ExpiresAt    time.Time
	ConsumedAt   time.Time
	SupersededAt time.Time
}

// Columns with COALESCE are NULL in rows that an older program wrote.
const oneTimeColumns = `id, purpose, user_id, token_hash, user_epoch, created_at, expires_at, consumed_at, superseded_at,
	COALESCE(session_id, ''), COALESCE(proof_hash, ''), COALESCE(ip, ''), COALESCE(user_agent, '')`

var (
	tokenInsert = q(`
		INSERT INTO one_time_tokens (realm_id, id, purpose, user_id, token_hash, user_epoch,
			created_at, expires_at, consumed_at, superseded_at, session_id, proof_hash, ip, user_agent)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
	tokenByID   = q(`SELECT ` + oneTimeColumns + ` FROM one_time_tokens WHERE realm_id = ? AND id = ?`)
	tokenByHash = q(`
		SELECT ` + oneTimeColumns + ` FROM one_time_tokens
		WHERE realm_id = ? AND token_hash = ? AND purpose = ?`)
	tokenNewest = q(`
		SELECT ` + oneTimeColumns + ` FROM one_time_tokens
		WHERE realm_id = ? AND user_id = ? AND purpose = ? ORDER BY created_at DESC, COALESCE(id, '') DESC LIMIT 1`)
	tokenNewestOfSignUp = q(`
		SELECT ` + oneTimeColumns + ` FROM one_time_tokens
		WHERE realm_id = ? AND user_id = ? AND purpose = ? AND COALESCE(proof_hash, '') <> ''
		ORDER BY created_at DESC, COALESCE(id, '') DESC LIMIT 1`)
	tokenStands = q(`
		SELECT COUNT(*) FROM one_time_tokens
		WHERE realm_id = ? AND user_id = ? AND purpose = ?
			AND consumed_at IS NULL AND superseded_at IS NULL AND +expires_at > ?`)
	tokenConsume = q(`
		UPDATE one_time_tokens SET consumed_at = ?
		WHERE realm_id = ? AND id = ? AND consumed_at IS NULL AND superseded_at IS NULL AND expires_at > ?`)
	tokenConsumeAll = q(`
		UPDATE one_time_tokens SET consumed_at = ?
		WHERE realm_id = ? AND user_id = ? AND purpose = ?
			AND consumed_at IS NULL AND superseded_at IS NULL`)
	tokenSupersede = q(`
		UPDATE one_time_tokens SET superseded_at = ?
		WHERE realm_id = ? AND id = ? AND consumed_at IS NULL AND superseded_at IS NULL`)
	tokenSupersedeAll = q(`
		UPDATE one_time_tokens SET superseded_at = ?
		WHERE realm_id = ? AND user_id = ? AND purpose = ?
			AND consumed_at IS NULL AND superseded_at IS NULL`)
	tokenExpired = q(`
		SELECT id FROM one_time_tokens WHERE realm_id = ? AND expires_at < ? ORDER BY expires_at LIMIT ?`)
	tokenPurge = q(`
		DELETE FROM one_time_tokens WHERE realm_id = ? AND id IN {many} AND +expires_at < ?`)
	tokenList = q(`
		SELECT ` + oneTimeColumns + ` FROM one_time_tokens WHERE realm_id = ? AND user_id = ? AND COALESCE(id, '') > ? ORDER BY COALESCE(id, '') LIMIT ?`)
	restoreConsumeTokens = q(`
		UPDATE one_time_tokens SET consumed_at = ?
		WHERE realm_id = ? AND consumed_at IS NULL AND superseded_at IS NULL`)
)

// OneTimeTokens are the rows of one_time_tokens.
type OneTimeTokens struct{ *bound }

func scanToken(row sqlrun.Row, t *OneTimeToken) error {
	return row.Scan(&t.ID, &t.Purpose, &t.UserID, &t.TokenHash, &t.UserEpoch,
		timeInto(&t.CreatedAt), timeInto(&t.ExpiresAt), timeInto(&t.ConsumedAt), timeInto(&t.SupersededAt), &t.SessionID,
		&t.ProofHash, &t.IP, &t.UserAgent)
}

// Insert adds a token.
func (t OneTimeTokens) Insert(ctx context.Context, o OneTimeToken) error {
	return t.add(ctx, tokenInsert, t.realm, o.ID, string(o.Purpose), o.UserID, o.TokenHash, o.UserEpoch,
		micros(o.CreatedAt), micros(o.ExpiresAt), micros(o.ConsumedAt), micros(o.SupersededAt), o.SessionID,
		o.ProofHash, o.IP, o.UserAgent)
}

// ByID reads a token, usable or not.
func (t OneTimeTokens) ByID(ctx context.Context, id string) (OneTimeToken, error) {
	return sqlrun.Get(ctx, t.run, scanToken, tokenByID, t.realm, id)
}

// ByHash reads the token of a hash if it has the purpose.
func (t OneTimeTokens) ByHash(ctx context.Context, purpose Purpose, hash string) (OneTimeToken, error) {
	return sqlrun.Get(ctx, t.run, scanToken, tokenByHash, t.realm, hash, string(purpose))
}

// Newest gives a user's newest token of a purpose, usable or not.
func (t OneTimeTokens) Newest(ctx context.Context, userID string, purpose Purpose) (OneTimeToken, error) {
	return sqlrun.Get(ctx, t.run, scanToken, tokenNewest, t.realm, userID, string(purpose))
}

// NewestOfSignUp gives the newest that knows who signed up: that has a proof.
func (t OneTimeTokens) NewestOfSignUp(ctx context.Context, userID string, purpose Purpose) (OneTimeToken, error) {
	return sqlrun.Get(ctx, t.run, scanToken, tokenNewestOfSignUp, t.realm, userID, string(purpose))
}

// Stands reports whether a user has a token of a purpose that can be used.
func (t OneTimeTokens) Stands(ctx context.Context, userID string, purpose Purpose, now time.Time) (bool, error) {
	n, err := sqlrun.Get(ctx, t.run, sqlrun.Value[int64], tokenStands, t.realm, userID, string(purpose), micros(now))
	return n > 0, err
}

// Consume marks a token that is not consumed, superseded or expired.
func (t OneTimeTokens) Consume(ctx context.Context, id string, now time.Time) (bool, error) {
	return t.change(ctx, tokenConsume, micros(now), t.realm, id, micros(now))
}

// ConsumeAll consumes every token of a user and purpose that is neither
// consumed nor superseded, expired or not: what is over is not renewed.
func (t OneTimeTokens) ConsumeAll(ctx context.Context, userID string, purpose Purpose, now time.Time) (int, error) {
	return t.run.Exec(ctx, tokenConsumeAll, micros(now), t.realm, userID, string(purpose))
}

// Supersede marks a token that is neither consumed nor superseded, expired
// or not.
func (t OneTimeTokens) Supersede(ctx context.Context, id string, now time.Time) (bool, error) {
	return t.change(ctx, tokenSupersede, micros(now), t.realm, id)
}

// SupersedeAll marks every token of a user and purpose that is neither
// consumed nor superseded, expired or not.
func (t OneTimeTokens) SupersedeAll(ctx context.Context, userID string, purpose Purpose, now time.Time) (int, error) {
	return t.run.Exec(ctx, tokenSupersedeAll, micros(now), t.realm, userID, string(purpose))
}

// Purge deletes tokens that expired before the given time, at most limit.
func (t OneTimeTokens) Purge(ctx context.Context, before time.Time, limit int) (int, error) {
	return t.purge(ctx, tokenExpired, tokenPurge, before, limit)
}

// List gives a page of a user's tokens, usable or not, in the order of identifiers.
func (t OneTimeTokens) List(ctx context.Context, userID string, page Page) ([]OneTimeToken, error) {
	return sqlrun.List(ctx, t.run, scanToken, tokenList, t.realm, userID, page.After, page.Limit)
}

// ConsumeEvery consumes every one-time token that is neither consumed nor
// superseded.
func (t OneTimeTokens) ConsumeEvery(ctx context.Context, now time.Time) (int, error) {
	return t.run.Exec(ctx, restoreConsumeTokens, micros(now), t.realm)
}
