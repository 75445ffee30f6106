package store

import (
	"context"
	"errors"
	"fmt"
	"math"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store/sqlrun"
)

var (
	sessionLive = q(`
		SELECT ` + sessionColumns + `
		FROM sessions JOIN users ON users.realm_id = sessions.realm_id AND users.id = sessions.user_id
		WHERE sessions.realm_id = ? AND sessions.user_id = ? AND +sessions.revoked_at IS NULL
			AND +sessions.expires_at > ? AND sessions.idle_expires_at > ? AND sessions.user_epoch = users.epoch
			AND users.status = 'active'
			AND (sessions.last_seen_at < ? OR sessions.last_seen_at = ? AND sessions.id < ?)
		ORDER BY sessions.last_seen_at DESC, sessions.id DESC LIMIT ?`)
	sessionOthers = q(`
		SELECT sessions.id
		FROM sessions JOIN users ON users.realm_id = sessions.realm_id AND users.id = sessions.user_id
		WHERE sessions.realm_id = ? AND sessions.user_id = ? AND sessions.id <> ? AND +sessions.revoked_at IS NULL
			AND +sessions.expires_at > ? AND sessions.idle_expires_at > ? AND sessions.user_epoch = users.epoch
			AND users.status = 'active'
		ORDER BY sessions.last_seen_at DESC, sessions.id DESC LIMIT ? OFFSET ?`)
	// The idle limit is never after the absolute one.
	sessionOver = q(`
		SELECT ` + sessionColumns + ` FROM sessions WHERE realm_id = ? AND user_id = ?
			AND COALESCE(revoked_at, idle_expires_at) >= ? AND COALESCE(revoked_at, idle_expires_at) <= ?
			AND (COALESCE(revoked_at, idle_expires_at) < ? OR COALESCE(revoked_at, idle_expires_at) = ? AND id < ?)
		ORDER BY COALESCE(revoked_at, idle_expires_at) DESC, id DESC LIMIT ?`)
	sessionAgents = q(`
		SELECT user_agent, revoked_reason, user_epoch
		FROM sessions WHERE realm_id = ? AND user_id = ? AND id <> ?
		ORDER BY created_at DESC, id DESC LIMIT ?`)
	sessionList = q(`
		SELECT ` + sessionColumns + ` FROM sessions
		WHERE realm_id = ? AND user_id = ? AND created_at >= ? AND (created_at > ? OR id > ?)
		ORDER BY created_at, id LIMIT ?`)
)

// Cursor is where a list of sessions in the order of their creation goes on after
// this one.
func (s *Session) Cursor() string { return fmt.Sprintf("%d %s", s.CreatedAt.UnixMicro(), s.ID) }

// SeenCursor is where [Sessions.Live] goes on after this one.
func (s *Session) SeenCursor() string { return fmt.Sprintf("%d %s", s.LastSeenAt.UnixMicro(), s.ID) }

// EndedCursor is where [Sessions.Ended] goes on after this one.
func (s *Session) EndedCursor() string {
	at := s.RevokedAt
	if at.IsZero() {
		at = s.IdleExpiresAt
	}
	return fmt.Sprintf("%d %s", at.UnixMicro(), s.ID)
}

// ErrCursor is returned for a cursor that no list gave.
var ErrCursor = errors.New("not a cursor of this list")

// Agent is what a session says it is, and what a device is known by.
type Agent struct {
	UserAgent     string
	RevokedReason string
	UserEpoch     int64
}

// Live lists a user's sessions that have not ended, those used last first.
// Sessions of a user who is not active have ended. A page goes on after
// [Session.SeenCursor].
func (t Sessions) Live(ctx context.Context, userID string, now time.Time, page Page) ([]Session, error) {
	at, id, err := past(page)
	if err != nil {
		return nil, err
	}
	return sqlrun.List(ctx, t.run, scanSession, sessionLive, t.realm, userID, micros(now), micros(now), at, at, id, page.Limit)
}

// Others names a user's sessions that have not ended, but the one named except
// and the spare ones that were used last, at most limit.
func (t Sessions) Others(ctx context.Context, userID, except string, spare int, now time.Time, limit int) ([]string, error) {
	return sqlrun.List(ctx, t.run, sqlrun.Value[string], sessionOthers,
		t.realm, userID, except, micros(now), micros(now), limit, spare)
}

// Ended lists a user's sessions that were revoked, expired or idle since the
// given time, those that ended last first. One that was not revoked ended at
// its IdleExpiresAt, which is never after ExpiresAt. A page goes on after
// [Session.EndedCursor].
func (t Sessions) Ended(ctx context.Context, userID string, since, now time.Time, page Page) ([]Session, error) {
	at, id, err := past(page)
	if err != nil {
		return nil, err
	}
	return sqlrun.List(ctx, t.run, scanSession, sessionOver, t.realm, userID, micros(since), micros(now), at, at, id, page.Limit)
}

// past reads the cursor of a list by time, the latest first. That of the first
// page is after every time.
func past(page Page) (micros int64, id string, err error) {
	if page.After == "" {
		return math.MaxInt64, beyond, nil
	}
	if n, err := fmt.Sscanf(page.After, "%d %s", &micros, &id); err != nil || n != 2 {
		return 0, "", fmt.Errorf("%w: %w", ErrCursor, err)
	}
	return micros, id, nil
}

// Agents lists what a user's sessions but the one named, living or ended,
// say they are, the newest first, at most limit.
func (t Sessions) Agents(ctx context.Context, userID, except string, limit int) ([]Agent, error) {
	return sqlrun.List(ctx, t.run, func(row sqlrun.Row, a *Agent) error {
		return row.Scan(&a.UserAgent, &a.RevokedReason, &a.UserEpoch)
	}, sessionAgents, t.realm, userID, except, limit)
}

// List gives a page of a user's sessions, living or ended, in the order of their
// creation: there may be very many. A page goes on after [Session.Cursor].
func (t Sessions) List(ctx context.Context, userID string, page Page) ([]Session, error) {
	var created int64
	var id string
	if page.After != "" {
		if _, err := fmt.Sscanf(page.After, "%d %s", &created, &id); err != nil {
			return nil, fmt.Errorf("cursor of sessions: %w", err)
		}
	}
	return sqlrun.List(ctx, t.run, scanSession, sessionList, t.realm, userID, created, created, id, page.Limit)
}
