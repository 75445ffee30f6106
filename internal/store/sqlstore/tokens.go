package sqlstore

import (
	"context"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/store/column"
	"github.com/sallyport-auth/sallyport/internal/store/seam"
)

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
)

// tokens implements store.OneTimeTokens.
type tokens struct{ *port }

func scanToken(row seam.Row, t *store.OneTimeToken) error {
	return row.Scan(&t.ID, &t.Purpose, &t.UserID, &t.TokenHash, &t.UserEpoch,
		column.At(&t.CreatedAt), column.At(&t.ExpiresAt), column.At(&t.ConsumedAt), column.At(&t.SupersededAt), &t.SessionID,
		&t.ProofHash, &t.IP, &t.UserAgent)
}

// Insert adds a token.
func (p tokens) Insert(ctx context.Context, t store.OneTimeToken) error {
	return p.add(ctx, tokenInsert, p.realm, t.ID, string(t.Purpose), t.UserID, t.TokenHash, t.UserEpoch,
		column.Micros(t.CreatedAt), column.Micros(t.ExpiresAt), column.Micros(t.ConsumedAt), column.Micros(t.SupersededAt), t.SessionID,
		t.ProofHash, t.IP, t.UserAgent)
}

// ByID reads a token, usable or not.
func (p tokens) ByID(ctx context.Context, id string) (store.OneTimeToken, error) {
	return seam.Get(ctx, p, scanToken, tokenByID, p.realm, id)
}

// ByHash reads the token of a hash if it has the purpose.
func (p tokens) ByHash(ctx context.Context, purpose store.Purpose, hash string) (store.OneTimeToken, error) {
	return seam.Get(ctx, p, scanToken, tokenByHash, p.realm, hash, string(purpose))
}

// Newest reads a user's newest token of a purpose.
func (p tokens) Newest(ctx context.Context, userID string, purpose store.Purpose) (store.OneTimeToken, error) {
	return seam.Get(ctx, p, scanToken, tokenNewest, p.realm, userID, string(purpose))
}

// NewestOfSignUp reads the newest that has a proof.
func (p tokens) NewestOfSignUp(ctx context.Context, userID string, purpose store.Purpose) (store.OneTimeToken, error) {
	return seam.Get(ctx, p, scanToken, tokenNewestOfSignUp, p.realm, userID, string(purpose))
}

// Stands reports whether a user has a usable token of a purpose.
func (p tokens) Stands(ctx context.Context, userID string, purpose store.Purpose, now time.Time) (bool, error) {
	n, err := seam.Get(ctx, p, seam.Value[int64], tokenStands, p.realm, userID, string(purpose), column.Micros(now))
	return n > 0, err
}

// Consume marks a usable token.
func (p tokens) Consume(ctx context.Context, id string, now time.Time) (bool, error) {
	return p.change(ctx, tokenConsume, column.Micros(now), p.realm, id, column.Micros(now))
}

// ConsumeAll consumes every token of a user and purpose that is left.
func (p tokens) ConsumeAll(ctx context.Context, userID string, purpose store.Purpose, now time.Time) (int, error) {
	return p.Exec(ctx, tokenConsumeAll, column.Micros(now), p.realm, userID, string(purpose))
}

// Supersede marks a token that nobody has used or replaced.
func (p tokens) Supersede(ctx context.Context, id string, now time.Time) (bool, error) {
	return p.change(ctx, tokenSupersede, column.Micros(now), p.realm, id)
}

// SupersedeAll marks every token of a user and purpose that is left.
func (p tokens) SupersedeAll(ctx context.Context, userID string, purpose store.Purpose, now time.Time) (int, error) {
	return p.Exec(ctx, tokenSupersedeAll, column.Micros(now), p.realm, userID, string(purpose))
}

// Purge deletes tokens that expired before the given time.
func (p tokens) Purge(ctx context.Context, before time.Time, limit int) (int, error) {
	return p.purge(ctx, tokenExpired, tokenPurge, before, limit)
}
