package store

import (
	"context"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store/sqlrun"
)

// BrowserSession is the cookie of a session that was opened on the hosted
// pages: the hash of its value, and the session that it stands for. There is at
// most one per session. It holds nothing of its own to revoke or to expire; it
// works as long as its session does.
type BrowserSession struct {
	SessionID  string
	CookieHash string
	CreatedAt  time.Time
}

var (
	browserInsert = q(`
		INSERT INTO browser_sessions (realm_id, session_id, cookie_hash, created_at) VALUES (?, ?, ?, ?)`)
	browserRenew   = q(`UPDATE browser_sessions SET cookie_hash = ? WHERE realm_id = ? AND session_id = ?`)
	browserSession = q(`SELECT session_id FROM browser_sessions WHERE realm_id = ? AND cookie_hash = ?`)
	browserPurge   = q(`
		DELETE FROM browser_sessions WHERE realm_id = ? AND session_id IN {many}`)
)

// BrowserSessions are the cookies of sessions.
type BrowserSessions struct{ *bound }

// Insert adds b, or returns ErrTaken if its session has a cookie or its
// hash a session.
func (t BrowserSessions) Insert(ctx context.Context, b BrowserSession) error {
	return t.add(ctx, browserInsert, t.realm, b.SessionID, b.CookieHash, micros(b.CreatedAt))
}

// Renew gives the session another cookie in the place of the one it has,
// if it has one.
func (t BrowserSessions) Renew(ctx context.Context, sessionID, cookieHash string) (bool, error) {
	return t.change(ctx, browserRenew, cookieHash, t.realm, sessionID)
}

// SessionID gives the session of a cookie, whether or not it stands. Which
// one it is never changes.
func (t BrowserSessions) SessionID(ctx context.Context, cookieHash string) (string, error) {
	return sqlrun.Get(ctx, t.run, sqlrun.Value[string], browserSession, t.realm, cookieHash)
}
