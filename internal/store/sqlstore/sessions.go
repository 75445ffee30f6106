package sqlstore

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/store/column"
	"github.com/sallyport-auth/sallyport/internal/store/seam"
)

const sessionColumns = `sessions.id, sessions.user_id, sessions.generation, sessions.nonce, sessions.parent,
	sessions.parent_rotated_at, sessions.rotated_at, sessions.newest_used, sessions.user_epoch,
	sessions.client_id, sessions.audience, sessions.scope, sessions.kind, sessions.amr, sessions.acr,
	sessions.auth_time, sessions.cnf_jkt, sessions.expires_at, sessions.idle_expires_at,
	sessions.revoked_at, sessions.revoked_reason, sessions.user_agent, sessions.ip, sessions.device_name,
	sessions.created_at, sessions.last_seen_at`

var (
	sessionInsert = q(`
		INSERT INTO sessions (realm_id, id, user_id, generation, nonce, parent,
			parent_rotated_at, rotated_at, newest_used, user_epoch,
			client_id, audience, scope, kind, amr, acr,
			auth_time, cnf_jkt, expires_at, idle_expires_at,
			revoked_at, revoked_reason, user_agent, ip, device_name,
			created_at, last_seen_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
	sessionView = q(`
		SELECT {now}, ` + sessionColumns + `, ` + userColumns + `
		FROM sessions JOIN users ON users.realm_id = sessions.realm_id AND users.id = sessions.user_id
		WHERE sessions.realm_id = ? AND sessions.id = ?`)

	// The one write of a refresh. A stale epoch or a user who is not active
	// makes it match nothing, in the same instant.
	sessionAdvance = q(`
		UPDATE sessions SET generation = ?, nonce = ?, parent = ?, parent_rotated_at = ?, rotated_at = ?,
			newest_used = ?, idle_expires_at = ?, user_agent = ?, ip = ?, last_seen_at = ?
		WHERE realm_id = ? AND id = ?
			AND generation = ? AND nonce = ? AND rotated_at = ? AND newest_used = ?
			AND revoked_at IS NULL AND expires_at > ? AND idle_expires_at > ?
			AND EXISTS (SELECT 1 FROM users
				WHERE users.realm_id = sessions.realm_id AND users.id = sessions.user_id
					AND users.status = 'active' AND users.epoch = sessions.user_epoch)`)
	sessionReauthenticate = q(`
		UPDATE sessions SET amr = ?, acr = ?, auth_time = ?
		WHERE realm_id = ? AND id = ? AND revoked_at IS NULL AND expires_at > ? AND idle_expires_at > ?
			AND EXISTS (SELECT 1 FROM users
				WHERE users.realm_id = sessions.realm_id AND users.id = sessions.user_id
					AND users.status = 'active' AND users.epoch = sessions.user_epoch)`)
	sessionHold = q(`
		UPDATE sessions SET user_epoch = user_epoch
		WHERE realm_id = ? AND id = ? AND user_id = ? AND revoked_at IS NULL AND expires_at > ? AND idle_expires_at > ?
			AND EXISTS (SELECT 1 FROM users
				WHERE users.realm_id = sessions.realm_id AND users.id = sessions.user_id
					AND users.status = 'active' AND users.epoch = sessions.user_epoch)`)
	sessionRevoke = q(`
		UPDATE sessions SET revoked_at = ?, revoked_reason = ?
		WHERE realm_id = ? AND id = ? AND revoked_at IS NULL`)
	sessionRevokeMany = q(`
		UPDATE sessions SET revoked_at = ?, revoked_reason = ?
		WHERE realm_id = ? AND id IN {many} AND +revoked_at IS NULL`)
	sessionRevokeAll = q(`
		UPDATE sessions SET revoked_at = ?, revoked_reason = ?
		WHERE realm_id = ? AND user_id = ? AND created_at >= ? AND id <> ? AND +revoked_at IS NULL`)
	sessionNth = q(`
		SELECT created_at FROM sessions WHERE realm_id = ? AND user_id = ? ORDER BY created_at DESC LIMIT 1 OFFSET ?`)
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
	sessionExpired = q(`
		SELECT id FROM sessions WHERE realm_id = ? AND expires_at < ? ORDER BY expires_at LIMIT ?`)
	sessionPurgeExpired = q(`
		DELETE FROM sessions WHERE realm_id = ? AND id IN {many} AND +expires_at < ?`)
	sessionEnded = q(`
		SELECT id FROM sessions WHERE realm_id = ? AND revoked_at < ? ORDER BY revoked_at LIMIT ?`)
	sessionPurgeEnded = q(`
		DELETE FROM sessions WHERE realm_id = ? AND id IN {many} AND +revoked_at < ?`)
	sessionSweep = q(`
		SELECT id, idle_expires_at FROM sessions WHERE realm_id = ? AND id > ? ORDER BY id LIMIT ?`)
	sessionPurgeIdle = q(`
		DELETE FROM sessions WHERE realm_id = ? AND id IN {many} AND idle_expires_at < ?`)
)

// sessions implements store.Sessions, devices store.Devices.
type (
	sessions struct{ *port }
	devices  struct{ *port }
)

// sessionFields are where the columns of sessionColumns go.
func sessionFields(s *store.Session) []any {
	return []any{
		&s.ID, &s.UserID, &s.Generation, &s.Nonce, &s.Parent,
		column.At(&s.ParentRotatedAt), column.At(&s.RotatedAt), column.Truth(&s.NewestUsed), &s.UserEpoch,
		&s.ClientID, &s.Audience, &s.Scope, &s.Kind, column.Words(&s.AMR), &s.ACR,
		column.At(&s.AuthTime), &s.ConfirmationJKT, column.At(&s.ExpiresAt), column.At(&s.IdleExpiresAt),
		column.At(&s.RevokedAt), &s.RevokedReason, &s.UserAgent, &s.Address, &s.DeviceName,
		column.At(&s.CreatedAt), column.At(&s.LastSeenAt),
	}
}

func scanSession(row seam.Row, s *store.Session) error { return row.Scan(sessionFields(s)...) }

// Insert adds a session.
func (p sessions) Insert(ctx context.Context, s store.Session) error {
	amr, err := column.Joined(s.AMR)
	if err != nil {
		return err
	}
	return p.add(ctx, sessionInsert, p.realm, s.ID, s.UserID, s.Generation, s.Nonce, s.Parent,
		column.Micros(s.ParentRotatedAt), column.Micros(s.RotatedAt), column.Bit(s.NewestUsed), s.UserEpoch,
		s.ClientID, s.Audience, s.Scope, s.Kind, amr, s.ACR,
		column.Micros(s.AuthTime), s.ConfirmationJKT, column.Micros(s.ExpiresAt), column.Micros(s.IdleExpiresAt),
		column.Micros(s.RevokedAt), s.RevokedReason, s.UserAgent, s.Address, s.DeviceName,
		column.Micros(s.CreatedAt), column.Micros(s.LastSeenAt))
}

// View reads a session, its user and the database's time in one statement.
func (p sessions) View(ctx context.Context, id string) (store.SessionView, error) {
	return seam.Get(ctx, p, func(row seam.Row, v *store.SessionView) error {
		dest := append([]any{column.At(&v.Now)}, sessionFields(&v.Session)...)
		if err := row.Scan(append(dest, userFields(&v.User)...)...); err != nil {
			return err
		}
		v.Now = p.told(v.Now)
		return nil
	}, sessionView, p.realm, id)
}

// Advance moves the refresh state by one compare-and-set.
func (p sessions) Advance(ctx context.Context, a store.Advance) (bool, error) {
	from, to := a.From, a.To
	return p.change(ctx, sessionAdvance, to.Generation, to.Nonce, to.Parent, column.Micros(to.ParentRotatedAt), column.Micros(to.RotatedAt),
		column.Bit(to.NewestUsed), column.Micros(a.IdleExpiresAt), a.UserAgent, a.Address, column.Micros(a.Now),
		p.realm, a.SessionID,
		from.Generation, from.Nonce, column.Micros(from.RotatedAt), column.Bit(from.NewestUsed),
		column.Micros(a.Now), column.Micros(a.Now))
}

// Reauthenticate changes what a living session has proved.
func (p sessions) Reauthenticate(ctx context.Context, r store.Reauthentication) (bool, error) {
	amr, err := column.Joined(r.AMR)
	if err != nil {
		return false, err
	}
	return p.change(ctx, sessionReauthenticate, amr, r.ACR, column.Micros(r.AuthTime),
		p.realm, r.SessionID, column.Micros(r.Now), column.Micros(r.Now))
}

// Hold writes nothing new. It takes the user's row first, as whatever ends all
// sessions of a user does.
func (p sessions) Hold(ctx context.Context, userID, id string, now time.Time) (bool, error) {
	return p.alone(ctx, userID, sessionHold, p.realm, id, userID, column.Micros(now), column.Micros(now))
}

// Revoke ends a session that was not revoked. One that has expired can still be
// revoked, because its last access token may outlive it.
func (p sessions) Revoke(ctx context.Context, id, reason string, now time.Time) (bool, error) {
	return p.change(ctx, sessionRevoke, column.Micros(now), reason, p.realm, id)
}

// RevokeMany names the sessions sixteen at a time.
func (p sessions) RevokeMany(ctx context.Context, ids []string, reason string, now time.Time) (int, error) {
	return seam.Many(ctx, p, sessionRevokeMany, []any{column.Micros(now), reason, p.realm}, ids)
}

// RevokeAll ends a user's newest sessions but one.
func (p sessions) RevokeAll(ctx context.Context, userID, except, reason string, now time.Time) (n int, err error) {
	err = p.Together(ctx, func(ctx context.Context, run seam.Runner) error {
		oldest, err := seam.Get(ctx, run, seam.Value[int64], sessionNth, p.realm, userID, store.MaxRevoked-1)
		if err != nil && !errors.Is(err, store.ErrNotFound) {
			return err
		}
		n, err = run.Exec(ctx, sessionRevokeAll, column.Micros(now), reason, p.realm, userID, oldest, except)
		return err
	})
	return n, err
}

// Live lists a user's sessions; one of an epoch that is over has ended.
func (p devices) Live(ctx context.Context, userID string, now time.Time, page store.Page) ([]store.Session, error) {
	at, id, err := past(page)
	if err != nil {
		return nil, err
	}
	return seam.List(ctx, p, scanSession, sessionLive, p.realm, userID, column.Micros(now), column.Micros(now), at, at, id, page.Limit)
}

// Others names a user's sessions but one and some.
func (p devices) Others(ctx context.Context, userID, except string, spare int, now time.Time, limit int) ([]string, error) {
	return seam.List(ctx, p, seam.Value[string], sessionOthers,
		p.realm, userID, except, column.Micros(now), column.Micros(now), limit, spare)
}

// Ended lists a user's sessions that have ended.
func (p devices) Ended(ctx context.Context, userID string, since, now time.Time, page store.Page) ([]store.Session, error) {
	at, id, err := past(page)
	if err != nil {
		return nil, err
	}
	return seam.List(ctx, p, scanSession, sessionOver, p.realm, userID, column.Micros(since), column.Micros(now), at, at, id, page.Limit)
}

// past reads the cursor of a list by time, the latest first. That of the first
// page is after every time.
func past(page store.Page) (micros int64, id string, err error) {
	if page.After == "" {
		return math.MaxInt64, beyond, nil
	}
	if n, err := fmt.Sscanf(page.After, "%d %s", &micros, &id); err != nil || n != 2 {
		return 0, "", fmt.Errorf("%w: %w", store.ErrCursor, err)
	}
	return micros, id, nil
}

// Agents lists what the other sessions of a user say they are.
func (p devices) Agents(ctx context.Context, userID, except string, limit int) ([]store.Agent, error) {
	return seam.List(ctx, p, func(row seam.Row, a *store.Agent) error {
		return row.Scan(&a.UserAgent, &a.RevokedReason, &a.UserEpoch)
	}, sessionAgents, p.realm, userID, except, limit)
}

// Purge deletes sessions that ended or expired before the given time. Of the
// idle ones it finds those in one stretch of the table; see sweep.
func (p sessions) Purge(ctx context.Context, before time.Time, limit int) (int, error) {
	deleted, err := p.purgeEnded(ctx, sessionExpired, sessionPurgeExpired, before, limit)
	if err != nil || deleted >= limit {
		return deleted, err
	}
	ended, err := p.purgeEnded(ctx, sessionEnded, sessionPurgeEnded, before, limit-deleted)
	if deleted += ended; err != nil || deleted >= limit {
		return deleted, err
	}
	idle, err := p.sweep(ctx, before, limit-deleted)
	if err != nil {
		return deleted, err
	}
	swept, err := p.dropSessions(ctx, sessionPurgeIdle, idle, before)
	return deleted + swept, err
}

// stretch is how many rows one sweep looks at.
const stretch = 2000

// sweep lists idle sessions in the stretch that follows a random place, and
// goes on at the start of the table when it meets the end. An index would find
// them all, but idle_expires_at moves with each refresh, and keeping that index
// made the UPDATE a quarter slower.
func (p sessions) sweep(ctx context.Context, before time.Time, limit int) ([]string, error) {
	type row struct {
		id   string
		idle time.Time
	}
	var idle []string
	left := stretch
	for _, from := range []string{id.Random(), ""} {
		rows, err := seam.List(ctx, p, func(r seam.Row, v *row) error { return r.Scan(&v.id, column.At(&v.idle)) },
			sessionSweep, p.realm, from, left)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			if r.idle.Before(before) && len(idle) < limit && !slices.Contains(idle, r.id) {
				idle = append(idle, r.id)
			}
		}
		if left -= len(rows); left == 0 {
			break
		}
	}
	return idle, nil
}
