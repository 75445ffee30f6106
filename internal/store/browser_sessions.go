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

// Seen is what a visit moves of a session.
type Seen struct {
	SessionID     string
	Last          time.Time // last_seen_at as it was read
	Now           time.Time
	IdleExpiresAt time.Time
	UserAgent     string
	Address       string
}

var (
	browserInsert = q(`
		INSERT INTO browser_sessions (realm_id, session_id, cookie_hash, created_at) VALUES (?, ?, ?, ?)`)
	browserRenew   = q(`UPDATE browser_sessions SET cookie_hash = ? WHERE realm_id = ? AND session_id = ?`)
	browserSession = q(`SELECT session_id FROM browser_sessions WHERE realm_id = ? AND cookie_hash = ?`)
	browserSeen    = q(`
		UPDATE sessions SET last_seen_at = ?, idle_expires_at = ?, user_agent = ?, ip = ?
		WHERE realm_id = ? AND id = ? AND last_seen_at = ?
			AND revoked_at IS NULL AND expires_at > ? AND idle_expires_at > ?`)
	browserPurge = q(`
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

// Seen records a visit, if nobody has since Last and the session is not
// revoked, expired or idle at Now.
func (t BrowserSessions) Seen(ctx context.Context, s Seen) (bool, error) {
	return t.change(ctx, browserSeen, micros(s.Now), micros(s.IdleExpiresAt), s.UserAgent, s.Address,
		t.realm, s.SessionID, micros(s.Last), micros(s.Now), micros(s.Now))
}

// purgeEnded deletes by drop the sessions that find lists, and their cookies
// before them. A session that has ended does not begin again, so that no cookie
// is taken from one that stands.
func (t Sessions) purgeEnded(ctx context.Context, find, drop *sqlrun.Statement, before time.Time, limit int) (int, error) {
	ids, err := sqlrun.List(ctx, t.run, sqlrun.Value[string], find, t.realm, micros(before), limit)
	if err != nil {
		return 0, err
	}
	return t.dropSessions(ctx, drop, ids, before)
}

func (t Sessions) dropSessions(ctx context.Context, drop *sqlrun.Statement, ids []string, before time.Time) (int, error) {
	if _, err := sqlrun.Many(ctx, t.run, browserPurge, []any{t.realm}, ids); err != nil {
		return 0, err
	}
	return sqlrun.Many(ctx, t.run, drop, []any{t.realm}, ids, micros(before))
}
