package sqlstore

import (
	"context"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/store/column"
	"github.com/sallyport-auth/sallyport/internal/store/seam"
)

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

// browserSessions implements store.BrowserSessions.
type browserSessions struct{ *port }

// Insert adds the cookie of a session.
func (p browserSessions) Insert(ctx context.Context, b store.BrowserSession) error {
	return p.add(ctx, browserInsert, p.realm, b.SessionID, b.CookieHash, column.Micros(b.CreatedAt))
}

// Renew changes the value that leads to a session.
func (p browserSessions) Renew(ctx context.Context, sessionID, cookieHash string) (bool, error) {
	return p.change(ctx, browserRenew, cookieHash, p.realm, sessionID)
}

// SessionID reads which session a cookie stands for.
func (p browserSessions) SessionID(ctx context.Context, cookieHash string) (string, error) {
	return seam.Get(ctx, p, seam.Value[string], browserSession, p.realm, cookieHash)
}

// Seen moves last_seen_at and what goes with it by compare-and-set.
func (p browserSessions) Seen(ctx context.Context, s store.Seen) (bool, error) {
	return p.change(ctx, browserSeen, column.Micros(s.Now), column.Micros(s.IdleExpiresAt), s.UserAgent, s.Address,
		p.realm, s.SessionID, column.Micros(s.Last), column.Micros(s.Now), column.Micros(s.Now))
}

// purgeEnded deletes by drop the sessions that find lists, and their cookies
// before them. A session that has ended does not begin again, so that no cookie
// is taken from one that stands.
func (p sessions) purgeEnded(ctx context.Context, find, drop *seam.Statement, before time.Time, limit int) (int, error) {
	ids, err := seam.List(ctx, p, seam.Value[string], find, p.realm, column.Micros(before), limit)
	if err != nil {
		return 0, err
	}
	return p.dropSessions(ctx, drop, ids, before)
}

func (p sessions) dropSessions(ctx context.Context, drop *seam.Statement, ids []string, before time.Time) (int, error) {
	if _, err := seam.Many(ctx, p, browserPurge, []any{p.realm}, ids); err != nil {
		return 0, err
	}
	return seam.Many(ctx, p, drop, []any{p.realm}, ids, column.Micros(before))
}
