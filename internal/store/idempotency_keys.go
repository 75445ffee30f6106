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
type IdempotencyKeys struct{ *bound }

// Insert adds a request, or returns ErrTaken.
func (t IdempotencyKeys) Insert(ctx context.Context, k IdempotencyKey) error {
	return t.add(ctx, idempotencyInsert, t.realm, k.KeyHash, k.BodyHash, k.Holder, k.SessionID, k.AnswerSealed, k.Misses,
		micros(k.StartedAt), micros(k.ExpiresAt))
}

// ByHash reads one, or returns ErrNotFound.
func (t IdempotencyKeys) ByHash(ctx context.Context, keyHash string) (IdempotencyKey, error) {
	return sqlrun.Get(ctx, t.run, func(row sqlrun.Row, k *IdempotencyKey) error {
		return row.Scan(&k.KeyHash, &k.BodyHash, &k.Holder, &k.SessionID, &k.AnswerSealed, &k.Misses, timeInto(&k.StartedAt), timeInto(&k.ExpiresAt))
	}, idempotencyByHash, t.realm, keyHash)
}

// TakeOver gives a request that has come to nothing yet from one holder to
// another. Of any number of calls with one holder exactly one succeeds, and
// none once there is a session or an answer.
func (t IdempotencyKeys) TakeOver(ctx context.Context, keyHash, from, to string, now time.Time) (bool, error) {
	return t.change(ctx, idempotencyTakeOver, to, micros(now), t.realm, keyHash, from)
}

// Opened notes the session that a request opened, if the holder still has it
// and it has come to nothing before.
func (t IdempotencyKeys) Opened(ctx context.Context, keyHash, holder, sessionID string) (bool, error) {
	return t.change(ctx, idempotencyOpened, sessionID, t.realm, keyHash, holder)
}

// Answer keeps what the client was answered, if the holder still has it.
func (t IdempotencyKeys) Answer(ctx context.Context, keyHash, holder, sealed string) (bool, error) {
	return t.change(ctx, idempotencyAnswer, sealed, t.realm, keyHash, holder)
}

// Release lets another holder take over at once.
func (t IdempotencyKeys) Release(ctx context.Context, keyHash, holder string) error {
	_, err := t.run.Exec(ctx, idempotencyRelease, t.realm, keyHash, holder)
	return err
}

// Miss counts a request with another body, and reports whether it is one: the
// key is known, has not expired at now, and came with another body first.
func (t IdempotencyKeys) Miss(ctx context.Context, keyHash, bodyHash string, now time.Time) (bool, error) {
	return t.change(ctx, idempotencyMiss, t.realm, keyHash, bodyHash, micros(now))
}

// Drop forgets a request if the holder still has it; with a session only if
// it has expired.
func (t IdempotencyKeys) Drop(ctx context.Context, keyHash, holder string, now time.Time) error {
	_, err := t.run.Exec(ctx, idempotencyDrop, t.realm, keyHash, holder, micros(now))
	return err
}

// Purge forgets requests that expired before the given time, at most limit.
func (t IdempotencyKeys) Purge(ctx context.Context, before time.Time, limit int) (int, error) {
	return t.purge(ctx, idempotencyExpired, idempotencyPurge, before, limit)
}
