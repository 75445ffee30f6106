package store

import (
	"context"
	"time"
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

// BrowserSessions is the port to the cookies of sessions.
type BrowserSessions interface {
	// Insert adds b, or returns ErrTaken if its session has a cookie or its
	// hash a session.
	Insert(ctx context.Context, b BrowserSession) error
	// Renew gives the session another cookie in the place of the one it has,
	// if it has one.
	Renew(ctx context.Context, sessionID, cookieHash string) (bool, error)
	// SessionID gives the session of a cookie, whether or not it stands. Which
	// one it is never changes.
	SessionID(ctx context.Context, cookieHash string) (string, error)
	// Seen records a visit, if nobody has since Last and the session is not
	// revoked, expired or idle at Now.
	Seen(ctx context.Context, s Seen) (bool, error)
}
