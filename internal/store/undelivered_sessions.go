package store

import (
	"context"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store/sqlrun"
)

// UndeliveredSession is a session whose tokens nobody was told yet, on a device
// that the server knows.
type UndeliveredSession struct {
	SessionID  string
	DeviceHash string
	CreatedAt  time.Time
}

var (
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

// UndeliveredSessions are the rows of undelivered_sessions.
type UndeliveredSessions struct{ *bound }

// Insert adds a session that nobody was told of.
func (t UndeliveredSessions) Insert(ctx context.Context, u UndeliveredSession) error {
	return t.add(ctx, undeliveredInsert, t.realm, u.SessionID, u.DeviceHash, micros(u.CreatedAt))
}

// Delivered forgets that a session is undelivered, and reports whether it was.
func (t UndeliveredSessions) Delivered(ctx context.Context, sessionID string) (bool, error) {
	return t.change(ctx, undeliveredDelete, t.realm, sessionID)
}

// Of names the undelivered sessions of a device that were opened before the
// given time, the oldest first, at most limit.
func (t UndeliveredSessions) Of(ctx context.Context, deviceHash string, before time.Time, limit int) ([]string, error) {
	return sqlrun.List(ctx, t.run, sqlrun.Value[string], undeliveredOf, t.realm, deviceHash, micros(before), limit)
}

// Purge forgets those of before the given time, at most limit.
func (t UndeliveredSessions) Purge(ctx context.Context, before time.Time, limit int) (int, error) {
	return t.purge(ctx, undeliveredOld, undeliveredPurge, before, limit)
}
