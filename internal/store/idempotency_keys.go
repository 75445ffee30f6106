package store

import (
	"context"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store/sqlrun"
)

// IdempotencyKey is a request that a client may send again (see package
// idempotency). What it was and what it came to stand as keyed hashes and sealed.
type IdempotencyKey struct {
	KeyHash  string // of the client's key, and of what it was sent to
	BodyHash string
	// Holder is whoever works on the request: what they write counts only while
	// they hold it.
	Holder       string
	SessionID    string // that was opened, or empty
	AnswerSealed string // empty until there is one
	Misses       int    // how often the key came with another body
	StartedAt    time.Time
	ExpiresAt    time.Time
}

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
)

// IdempotencyKeys are the rows of idempotency_keys.
type IdempotencyKeys struct{ *port }

// Insert adds a request, or returns ErrTaken.
func (p IdempotencyKeys) Insert(ctx context.Context, k IdempotencyKey) error {
	return p.add(ctx, idempotencyInsert, p.realm, k.KeyHash, k.BodyHash, k.Holder, k.SessionID, k.AnswerSealed, k.Misses,
		micros(k.StartedAt), micros(k.ExpiresAt))
}

// ByHash reads one, or returns ErrNotFound.
func (p IdempotencyKeys) ByHash(ctx context.Context, keyHash string) (IdempotencyKey, error) {
	return sqlrun.Get(ctx, p.run, func(row sqlrun.Row, k *IdempotencyKey) error {
		return row.Scan(&k.KeyHash, &k.BodyHash, &k.Holder, &k.SessionID, &k.AnswerSealed, &k.Misses, timeInto(&k.StartedAt), timeInto(&k.ExpiresAt))
	}, idempotencyByHash, p.realm, keyHash)
}

// TakeOver gives a request that has come to nothing yet from one holder to
// another. Of any number of calls with one holder exactly one succeeds, and
// none once there is a session or an answer.
func (p IdempotencyKeys) TakeOver(ctx context.Context, keyHash, from, to string, now time.Time) (bool, error) {
	return p.change(ctx, idempotencyTakeOver, to, micros(now), p.realm, keyHash, from)
}

// Opened notes the session that a request opened, if the holder still has it
// and it has come to nothing before.
func (p IdempotencyKeys) Opened(ctx context.Context, keyHash, holder, sessionID string) (bool, error) {
	return p.change(ctx, idempotencyOpened, sessionID, p.realm, keyHash, holder)
}

// Answer keeps what the client was answered, if the holder still has it.
func (p IdempotencyKeys) Answer(ctx context.Context, keyHash, holder, sealed string) (bool, error) {
	return p.change(ctx, idempotencyAnswer, sealed, p.realm, keyHash, holder)
}

// Release lets another holder take over at once.
func (p IdempotencyKeys) Release(ctx context.Context, keyHash, holder string) error {
	_, err := p.run.Exec(ctx, idempotencyRelease, p.realm, keyHash, holder)
	return err
}

// Miss counts a request with another body, and reports whether it is one: the
// key is known, has not expired at now, and came with another body first.
func (p IdempotencyKeys) Miss(ctx context.Context, keyHash, bodyHash string, now time.Time) (bool, error) {
	return p.change(ctx, idempotencyMiss, p.realm, keyHash, bodyHash, micros(now))
}

// Drop forgets a request if the holder still has it; with a session only if
// it has expired.
func (p IdempotencyKeys) Drop(ctx context.Context, keyHash, holder string, now time.Time) error {
	_, err := p.run.Exec(ctx, idempotencyDrop, p.realm, keyHash, holder, micros(now))
	return err
}

// Purge forgets requests that expired before the given time, at most limit.
func (p IdempotencyKeys) Purge(ctx context.Context, before time.Time, limit int) (int, error) {
	return p.purge(ctx, idempotencyExpired, idempotencyPurge, before, limit)
}
