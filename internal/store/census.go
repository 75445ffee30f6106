package store

import (
	"context"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store/sqlrun"
)

// Census is how many users there are of those it was asked about, and how many of
// their sessions live.
type Census struct {
	Users    int64 // who are not erased
	Active   int64 // of these, who can sign in
	SignedIn int64 // who have a session that lives
	Sessions int64 // that live
}

var (
	censusEnd   = q(`SELECT id FROM users WHERE realm_id = ? AND id > ? ORDER BY id LIMIT 1 OFFSET ?`)
	censusUsers = q(`
		SELECT COUNT(CASE WHEN status <> 'erased' THEN 1 END), COUNT(CASE WHEN status = 'active' THEN 1 END)
		FROM users WHERE realm_id = ? AND id > ? AND id <= ?`)
	censusSessions = q(`
		SELECT COUNT(DISTINCT sessions.user_id), COUNT(*)
		FROM users JOIN sessions ON sessions.realm_id = users.realm_id AND sessions.user_id = users.id
		WHERE users.realm_id = ? AND users.id > ? AND users.id <= ? AND users.status = 'active'
			AND sessions.user_epoch = users.epoch AND +sessions.revoked_at IS NULL
			AND +sessions.expires_at > ? AND sessions.idle_expires_at > ?`)
)

// Census counts users after the one named, at most limit, and their sessions that live
// at a time. It gives the last of them, or nothing behind the last user.
func (t Users) Census(ctx context.Context, after string, limit int, now time.Time) (c Census, last string, err error) {
	last, err = sqlrun.Get(ctx, t.run, sqlrun.Value[string], censusEnd, t.realm, after, limit-1)
	if unlessGone(err) != nil {
		return c, "", err
	}
	until := last
	if err != nil {
		until = beyond
	}
	if c, err = sqlrun.Get(ctx, t.run, func(row sqlrun.Row, c *Census) error {
		return row.Scan(&c.Users, &c.Active)
	}, censusUsers, t.realm, after, until); err != nil {
		return c, "", err
	}
	alive, err := sqlrun.Get(ctx, t.run, func(row sqlrun.Row, c *Census) error {
		return row.Scan(&c.SignedIn, &c.Sessions)
	}, censusSessions, t.realm, after, until, micros(now), micros(now))
	c.SignedIn, c.Sessions = alive.SignedIn, alive.Sessions
	return c, last, err
}
