package store

import (
	"context"
	"time"
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

// IdempotencyKeys is the port to requests that may be sent again.
type IdempotencyKeys interface {
	// Insert adds a request, or returns ErrTaken.
	Insert(ctx context.Context, k IdempotencyKey) error
	// ByHash reads one, or returns ErrNotFound.
	ByHash(ctx context.Context, keyHash string) (IdempotencyKey, error)
	// TakeOver gives a request that has come to nothing yet from one holder to
	// another. Of any number of calls with one holder exactly one succeeds, and
	// none once there is a session or an answer.
	TakeOver(ctx context.Context, keyHash, from, to string, now time.Time) (bool, error)
	// Opened notes the session that a request opened, if the holder still has it
	// and it has come to nothing before.
	Opened(ctx context.Context, keyHash, holder, sessionID string) (bool, error)
	// Answer keeps what the client was answered, if the holder still has it.
	Answer(ctx context.Context, keyHash, holder, sealed string) (bool, error)
	// Release lets another holder take over at once.
	Release(ctx context.Context, keyHash, holder string) error
	// Miss counts a request with another body, and reports whether it is one: the
	// key is known, has not expired at now, and came with another body first.
	Miss(ctx context.Context, keyHash, bodyHash string, now time.Time) (bool, error)
	// Drop forgets a request if the holder still has it; with a session only if
	// it has expired.
	Drop(ctx context.Context, keyHash, holder string, now time.Time) error
	// Purge forgets requests that expired before the given time, at most limit.
	Purge(ctx context.Context, before time.Time, limit int) (int, error)
}

// UndeliveredSession is a session whose tokens nobody was told yet, on a device
// that the server knows.
type UndeliveredSession struct {
	SessionID  string
	DeviceHash string
	CreatedAt  time.Time
}

// UndeliveredSessions is the port to sessions that nobody was told of.
type UndeliveredSessions interface {
	Insert(ctx context.Context, u UndeliveredSession) error
	// Delivered forgets that a session is undelivered, and reports whether it was.
	Delivered(ctx context.Context, sessionID string) (bool, error)
	// Of names the undelivered sessions of a device that were opened before the
	// given time, the oldest first, at most limit.
	Of(ctx context.Context, deviceHash string, before time.Time, limit int) ([]string, error)
	// Purge forgets those of before the given time, at most limit.
	Purge(ctx context.Context, before time.Time, limit int) (int, error)
}
