package sqlstore

import (
	"context"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/store/column"
	"github.com/sallyport-auth/sallyport/internal/store/seam"
)

var (
	idempotencyInsert = q(`
		INSERT INTO idempotency_keys (realm_id, key_hash, body_hash, holder, session_id, answer_sealed, misses, started_at, expires_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`)
	idempotencyByHash = q(`
		SELECT key_hash, body_hash, holder, session_id, answer_sealed, misses, started_at, expires_at
		FROM idempotency_keys WHERE realm_id = ? AND key_hash = ?`)
	idempotencyTakeOver = q(`
		UPDATE idempotency_keys SET holder = ?, started_at = ?
		WHERE realm_id = ? AND key_hash = ? AND holder = ? AND session_id = '' AND answer_sealed = ''`)
	idempotencyOpened = q(`
		UPDATE idempotency_keys SET session_id = ?
		WHERE realm_id = ? AND key_hash = ? AND holder = ? AND session_id = '' AND answer_sealed = ''`)
	idempotencyAnswer = q(`
		UPDATE idempotency_keys SET answer_sealed = ? WHERE realm_id = ? AND key_hash = ? AND holder = ?`)
	idempotencyRelease = q(`
		UPDATE idempotency_keys SET started_at = NULL WHERE realm_id = ? AND key_hash = ? AND holder = ?`)
	idempotencyMiss = q(`
		UPDATE idempotency_keys SET misses = misses + 1
		WHERE realm_id = ? AND key_hash = ? AND body_hash <> ? AND expires_at > ?`)
	idempotencyDrop = q(`
		DELETE FROM idempotency_keys WHERE realm_id = ? AND key_hash = ? AND holder = ? AND (session_id = '' OR expires_at <= ?)`)
	idempotencyExpired = q(`
		SELECT key_hash FROM idempotency_keys WHERE realm_id = ? AND expires_at < ? ORDER BY expires_at LIMIT ?`)
	idempotencyPurge = q(`
		DELETE FROM idempotency_keys WHERE realm_id = ? AND key_hash IN {many} AND +expires_at < ?`)

	undeliveredInsert = q(`
		INSERT INTO undelivered_sessions (realm_id, session_id, device_hash, created_at) VALUES (?, ?, ?, ?)`)
	undeliveredDelete = q(`DELETE FROM undelivered_sessions WHERE realm_id = ? AND session_id = ?`)
	undeliveredOf     = q(`
		SELECT session_id FROM undelivered_sessions
		WHERE realm_id = ? AND device_hash = ? AND created_at < ? ORDER BY created_at, session_id LIMIT ?`)
	undeliveredOld = q(`
		SELECT session_id FROM undelivered_sessions WHERE realm_id = ? AND created_at < ? ORDER BY created_at LIMIT ?`)
	undeliveredPurge = q(`
		DELETE FROM undelivered_sessions WHERE realm_id = ? AND session_id IN {many} AND +created_at < ?`)
)

// idempotencyKeys implements store.IdempotencyKeys, undeliveredSessions
// store.UndeliveredSessions.
type (
	idempotencyKeys     struct{ *port }
	undeliveredSessions struct{ *port }
)

// Insert adds a request.
func (p idempotencyKeys) Insert(ctx context.Context, k store.IdempotencyKey) error {
	return p.add(ctx, idempotencyInsert, p.realm, k.KeyHash, k.BodyHash, k.Holder, k.SessionID, k.AnswerSealed, k.Misses,
		column.Micros(k.StartedAt), column.Micros(k.ExpiresAt))
}

// ByHash reads a request.
func (p idempotencyKeys) ByHash(ctx context.Context, keyHash string) (store.IdempotencyKey, error) {
	return seam.Get(ctx, p, func(row seam.Row, k *store.IdempotencyKey) error {
		return row.Scan(&k.KeyHash, &k.BodyHash, &k.Holder, &k.SessionID, &k.AnswerSealed, &k.Misses, column.At(&k.StartedAt), column.At(&k.ExpiresAt))
	}, idempotencyByHash, p.realm, keyHash)
}

// TakeOver changes the holder by compare-and-set.
func (p idempotencyKeys) TakeOver(ctx context.Context, keyHash, from, to string, now time.Time) (bool, error) {
	return p.change(ctx, idempotencyTakeOver, to, column.Micros(now), p.realm, keyHash, from)
}

// Opened notes a session by compare-and-set.
func (p idempotencyKeys) Opened(ctx context.Context, keyHash, holder, sessionID string) (bool, error) {
	return p.change(ctx, idempotencyOpened, sessionID, p.realm, keyHash, holder)
}

// Answer keeps an answer.
func (p idempotencyKeys) Answer(ctx context.Context, keyHash, holder, sealed string) (bool, error) {
	return p.change(ctx, idempotencyAnswer, sealed, p.realm, keyHash, holder)
}

// Release clears when the holder began.
func (p idempotencyKeys) Release(ctx context.Context, keyHash, holder string) error {
	_, err := p.Exec(ctx, idempotencyRelease, p.realm, keyHash, holder)
	return err
}

// Miss counts, and compares by the same statement.
func (p idempotencyKeys) Miss(ctx context.Context, keyHash, bodyHash string, now time.Time) (bool, error) {
	return p.change(ctx, idempotencyMiss, p.realm, keyHash, bodyHash, column.Micros(now))
}

// Drop deletes a request that came to no session, or has expired.
func (p idempotencyKeys) Drop(ctx context.Context, keyHash, holder string, now time.Time) error {
	_, err := p.Exec(ctx, idempotencyDrop, p.realm, keyHash, holder, column.Micros(now))
	return err
}

// Purge deletes requests that expired before the given time.
func (p idempotencyKeys) Purge(ctx context.Context, before time.Time, limit int) (int, error) {
	return p.purge(ctx, idempotencyExpired, idempotencyPurge, before, limit)
}

// Insert adds a session that nobody was told of.
func (p undeliveredSessions) Insert(ctx context.Context, u store.UndeliveredSession) error {
	return p.add(ctx, undeliveredInsert, p.realm, u.SessionID, u.DeviceHash, column.Micros(u.CreatedAt))
}

// Delivered deletes the row of a session.
func (p undeliveredSessions) Delivered(ctx context.Context, sessionID string) (bool, error) {
	return p.change(ctx, undeliveredDelete, p.realm, sessionID)
}

// Of lists by device.
func (p undeliveredSessions) Of(ctx context.Context, deviceHash string, before time.Time, limit int) ([]string, error) {
	return seam.List(ctx, p, seam.Value[string], undeliveredOf, p.realm, deviceHash, column.Micros(before), limit)
}

// Purge deletes rows of before the given time.
func (p undeliveredSessions) Purge(ctx context.Context, before time.Time, limit int) (int, error) {
	return p.purge(ctx, undeliveredOld, undeliveredPurge, before, limit)
}
