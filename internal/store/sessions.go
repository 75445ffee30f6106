package store

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/store/sqlrun"
)

// NoParent is the parent generation of a session that was never refreshed.
const NoParent int64 = -1

// Why a session ended.
const (
	ReasonLogout          = "logout"
	ReasonLogoutAll       = "logout_everywhere"
	ReasonReplay          = "replay"
	ReasonPasswordChanged = "password_changed"
	ReasonPasswordReset   = "password_reset"
	ReasonReplaced        = "replaced" // by the session that change-password opened
	ReasonEnded           = "ended"    // by its owner, from another device
	ReasonDisowned        = "disowned" // by its owner, from the mail about a new device
	ReasonDisabled        = "disabled"
	ReasonFactorAdded     = "factor_added" // its user's first second factor, which it had not proved
	ReasonFactorRemoved   = "factor_removed"
	ReasonUndelivered     = "undelivered"         // nobody was told its tokens: the answer to the sign-in was lost
	ReasonTooMany         = "too_many"            // the one used longest ago, where a user had as many as there may be
	ReasonRestored        = "restored"            // the database came back from a backup
	ReasonDeletion        = "account_deletion"    // its user asked to be deleted
	ReasonEmailUndone     = "email_change_undone" // by whoever reads the mailbox of before
)

// Why a session ended that nobody ended: this follows from the row and the user,
// and is never stored.
const (
	ReasonExpired        = "expired"         // its absolute limit
	ReasonIdle           = "idle"            // not used for too long
	ReasonAccountChanged = "account_changed" // everything the user had ended otherwise
)

// RefreshState is the part of a session that refreshing moves: the state
// machine of package session.
type RefreshState struct {
	Generation      int64     // number of the newest refresh token
	Nonce           string    // 16 random bytes in base64url, redrawn with Generation
	Parent          int64     // generation that began the present sibling group, or NoParent
	ParentRotatedAt time.Time // when Parent was first spent
	RotatedAt       time.Time // when the newest was made, by the database's clock
	NewestUsed      bool      // whether the newest was ever presented
}

// Session is one sign-in on one device.
type Session struct {
	ID     string
	UserID string
	RefreshState
	UserEpoch       int64 // the user's, as read together with what opened the session
	ClientID        string
	Audience        string
	Scope           string
	Kind            string
	AMR             []string
	ACR             string
	AuthTime        time.Time
	ConfirmationJKT string
	ExpiresAt       time.Time
	IdleExpiresAt   time.Time
	RevokedAt       time.Time
	RevokedReason   string
	UserAgent       string
	Address         string
	DeviceName      string
	CreatedAt       time.Time
	LastSeenAt      time.Time
}

// Cursor is where a list of sessions in the order of their creation goes on after
// this one.
func (s *Session) Cursor() string { return fmt.Sprintf("%d %s", s.CreatedAt.UnixMicro(), s.ID) }

// SeenCursor is where [Devices.Live] goes on after this one.
func (s *Session) SeenCursor() string { return fmt.Sprintf("%d %s", s.LastSeenAt.UnixMicro(), s.ID) }

// EndedCursor is where [Devices.Ended] goes on after this one.
func (s *Session) EndedCursor() string {
	at := s.RevokedAt
	if at.IsZero() {
		at = s.IdleExpiresAt
	}
	return fmt.Sprintf("%d %s", at.UnixMicro(), s.ID)
}

// ErrCursor is returned for a cursor that no list gave.
var ErrCursor = errors.New("not a cursor of this list")

// SessionView is what a refresh reads at once: the session, its user, and the
// database's time.
type SessionView struct {
	Session Session
	User    User
	Now     time.Time
}

// Advance is one step of the state machine: from what the caller read to what
// it wants, with the things that move along.
type Advance struct {
	SessionID     string
	From, To      RefreshState
	Now           time.Time // the database's time that was read with From
	IdleExpiresAt time.Time
	UserAgent     string
	Address       string
}

// Reauthentication is what a session has proved by now.
type Reauthentication struct {
	SessionID string
	AMR       []string
	ACR       string
	AuthTime  time.Time
	Now       time.Time
}

// MaxRevoked is at how many sessions of a user RevokeAll looks.
const MaxRevoked = 1000

// Agent is what a session says it is, and what a device is known by.
type Agent struct {
	UserAgent     string
	RevokedReason string
	UserEpoch     int64
}

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
	sessionEraseSome = q(`
		SELECT id FROM sessions WHERE realm_id = ? AND user_id = ? LIMIT ?`)
	sessionErase = q(`
		DELETE FROM sessions WHERE realm_id = ? AND id IN {many}`)
	sessionList = q(`
		SELECT ` + sessionColumns + ` FROM sessions
		WHERE realm_id = ? AND user_id = ? AND created_at >= ? AND (created_at > ? OR id > ?)
		ORDER BY created_at, id LIMIT ?`)
	restoreEndSessions = q(`
		UPDATE sessions SET revoked_at = ?, revoked_reason = ? WHERE realm_id = ? AND revoked_at IS NULL`)
)

// Sessions are the rows of sessions.
type Sessions struct{ *bound }

// Devices are the rows of sessions as their user sees them.
type Devices struct{ *bound }

// sessionFields are where the columns of sessionColumns go.
func sessionFields(s *Session) []any {
	return []any{
		&s.ID, &s.UserID, &s.Generation, &s.Nonce, &s.Parent,
		timeInto(&s.ParentRotatedAt), timeInto(&s.RotatedAt), boolInto(&s.NewestUsed), &s.UserEpoch,
		&s.ClientID, &s.Audience, &s.Scope, &s.Kind, wordsInto(&s.AMR), &s.ACR,
		timeInto(&s.AuthTime), &s.ConfirmationJKT, timeInto(&s.ExpiresAt), timeInto(&s.IdleExpiresAt),
		timeInto(&s.RevokedAt), &s.RevokedReason, &s.UserAgent, &s.Address, &s.DeviceName,
		timeInto(&s.CreatedAt), timeInto(&s.LastSeenAt),
	}
}

func scanSession(row sqlrun.Row, s *Session) error { return row.Scan(sessionFields(s)...) }

// Insert adds a session.
func (t Sessions) Insert(ctx context.Context, s Session) error {
	amr, err := joined(s.AMR)
	if err != nil {
		return err
	}
	return t.add(ctx, sessionInsert, t.realm, s.ID, s.UserID, s.Generation, s.Nonce, s.Parent,
		micros(s.ParentRotatedAt), micros(s.RotatedAt), bit(s.NewestUsed), s.UserEpoch,
		s.ClientID, s.Audience, s.Scope, s.Kind, amr, s.ACR,
		micros(s.AuthTime), s.ConfirmationJKT, micros(s.ExpiresAt), micros(s.IdleExpiresAt),
		micros(s.RevokedAt), s.RevokedReason, s.UserAgent, s.Address, s.DeviceName,
		micros(s.CreatedAt), micros(s.LastSeenAt))
}

// View reads a session and its user together, with the database's time.
func (t Sessions) View(ctx context.Context, id string) (SessionView, error) {
	return sqlrun.Get(ctx, t.run, func(row sqlrun.Row, v *SessionView) error {
		dest := append([]any{timeInto(&v.Now)}, sessionFields(&v.Session)...)
		if err := row.Scan(append(dest, userFields(&v.User)...)...); err != nil {
			return err
		}
		v.Now = t.told(v.Now)
		return nil
	}, sessionView, t.realm, id)
}

// Advance moves the refresh state by one UPDATE that compares generation,
// nonce, rotated_at and newest_used with From, and demands that the session
// is not revoked, expired or idle at Now, that the user is active, and that
// the user's epoch is the session's.
func (t Sessions) Advance(ctx context.Context, a Advance) (bool, error) {
	from, to := a.From, a.To
	return t.change(ctx, sessionAdvance, to.Generation, to.Nonce, to.Parent, micros(to.ParentRotatedAt), micros(to.RotatedAt),
		bit(to.NewestUsed), micros(a.IdleExpiresAt), a.UserAgent, a.Address, micros(a.Now),
		t.realm, a.SessionID,
		from.Generation, from.Nonce, micros(from.RotatedAt), bit(from.NewestUsed),
		micros(a.Now), micros(a.Now))
}

// Reauthenticate records that the user of a session proved anew who they
// are, under the conditions of Advance. It leaves the refresh state alone.
func (t Sessions) Reauthenticate(ctx context.Context, r Reauthentication) (bool, error) {
	amr, err := joined(r.AMR)
	if err != nil {
		return false, err
	}
	return t.change(ctx, sessionReauthenticate, amr, r.ACR, micros(r.AuthTime),
		t.realm, r.SessionID, micros(r.Now), micros(r.Now))
}

// Hold reports whether a session of a user stands, under the conditions of
// Advance, and keeps it standing until the transaction ends: what ends it comes
// before or after.
func (t Sessions) Hold(ctx context.Context, userID, id string, now time.Time) (bool, error) {
	return t.alone(ctx, userID, sessionHold, t.realm, id, userID, micros(now), micros(now))
}

// Revoke ends a session that has not ended.
func (t Sessions) Revoke(ctx context.Context, id, reason string, now time.Time) (bool, error) {
	return t.change(ctx, sessionRevoke, micros(now), reason, t.realm, id)
}

// RevokeMany ends those of several sessions that have not ended, and says how
// many.
func (t Sessions) RevokeMany(ctx context.Context, ids []string, reason string, now time.Time) (int, error) {
	return sqlrun.Many(ctx, t.run, sessionRevokeMany, []any{micros(now), reason, t.realm}, ids)
}

// RevokeAll ends the sessions of a user but the one named, if any, and says
// how many. It looks at the newest MaxRevoked, living or ended, so that no user
// has more than can be ended in one statement; the epoch ends the others, and
// those say no reason of their own.
func (t Sessions) RevokeAll(ctx context.Context, userID, except, reason string, now time.Time) (n int, err error) {
	err = t.run.Together(ctx, func(ctx context.Context, run sqlrun.Runner) error {
		oldest, err := sqlrun.Get(ctx, run, sqlrun.Value[int64], sessionNth, t.realm, userID, MaxRevoked-1)
		if err != nil && !errors.Is(err, ErrNotFound) {
			return err
		}
		n, err = run.Exec(ctx, sessionRevokeAll, micros(now), reason, t.realm, userID, oldest, except)
		return err
	})
	return n, err
}

// Live lists a user's sessions that have not ended, those used last first.
// Sessions of a user who is not active have ended. A page goes on after
// [Session.SeenCursor].
func (t Devices) Live(ctx context.Context, userID string, now time.Time, page Page) ([]Session, error) {
	at, id, err := past(page)
	if err != nil {
		return nil, err
	}
	return sqlrun.List(ctx, t.run, scanSession, sessionLive, t.realm, userID, micros(now), micros(now), at, at, id, page.Limit)
}

// Others names a user's sessions that have not ended, but the one named except
// and the spare ones that were used last, at most limit.
func (t Devices) Others(ctx context.Context, userID, except string, spare int, now time.Time, limit int) ([]string, error) {
	return sqlrun.List(ctx, t.run, sqlrun.Value[string], sessionOthers,
		t.realm, userID, except, micros(now), micros(now), limit, spare)
}

// Ended lists a user's sessions that were revoked, expired or idle since the
// given time, those that ended last first. One that was not revoked ended at
// its IdleExpiresAt, which is never after ExpiresAt. A page goes on after
// [Session.EndedCursor].
func (t Devices) Ended(ctx context.Context, userID string, since, now time.Time, page Page) ([]Session, error) {
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
func (t Devices) Agents(ctx context.Context, userID, except string, limit int) ([]Agent, error) {
	return sqlrun.List(ctx, t.run, func(row sqlrun.Row, a *Agent) error {
		return row.Scan(&a.UserAgent, &a.RevokedReason, &a.UserEpoch)
	}, sessionAgents, t.realm, userID, except, limit)
}

// Purge deletes sessions that ended or expired before the given time, at
// most limit.
func (t Sessions) Purge(ctx context.Context, before time.Time, limit int) (int, error) {
	deleted, err := t.purgeEnded(ctx, sessionExpired, sessionPurgeExpired, before, limit)
	if err != nil || deleted >= limit {
		return deleted, err
	}
	ended, err := t.purgeEnded(ctx, sessionEnded, sessionPurgeEnded, before, limit-deleted)
	if deleted += ended; err != nil || deleted >= limit {
		return deleted, err
	}
	idle, err := t.sweep(ctx, before, limit-deleted)
	if err != nil {
		return deleted, err
	}
	swept, err := t.dropSessions(ctx, sessionPurgeIdle, idle, before)
	return deleted + swept, err
}

// stretch is how many rows one sweep looks at.
const stretch = 2000

// sweep lists idle sessions in the stretch that follows a random place, and
// goes on at the start of the table when it meets the end. An index would find
// them all, but idle_expires_at moves with each refresh, and keeping that index
// made the UPDATE a quarter slower.
func (t Sessions) sweep(ctx context.Context, before time.Time, limit int) ([]string, error) {
	type row struct {
		id   string
		idle time.Time
	}
	var idle []string
	left := stretch
	for _, from := range []string{id.Random(), ""} {
		rows, err := sqlrun.List(ctx, t.run, func(r sqlrun.Row, v *row) error { return r.Scan(&v.id, timeInto(&v.idle)) },
			sessionSweep, t.realm, from, left)
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

// atOnce is how many sessions one statement of an erasure lists.
const atOnce = 500

// Erase deletes sessions of a user and their cookies, at most limit. Fewer
// than that means that there were no more.
func (t Sessions) Erase(ctx context.Context, userID string, limit int) (n int, err error) {
	err = t.run.Together(ctx, func(ctx context.Context, run sqlrun.Runner) (err error) {
		n, err = t.erase(ctx, run, userID, limit)
		return err
	})
	return n, err
}

// erase counts what was there, so that nobody stops because a purge was faster
// with some.
func (t Sessions) erase(ctx context.Context, run sqlrun.Runner, userID string, limit int) (int, error) {
	ids, err := sqlrun.List(ctx, run, sqlrun.Value[string], sessionEraseSome, t.realm, userID, limit)
	if err != nil {
		return 0, err
	}
	if _, err := sqlrun.Many(ctx, run, browserPurge, []any{t.realm}, ids); err != nil {
		return 0, err
	}
	_, err = sqlrun.Many(ctx, run, sessionErase, []any{t.realm}, ids)
	return len(ids), err
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

// RevokeEvery ends every session that has not ended. It leaves no entry in
// the revocation list.
func (t Sessions) RevokeEvery(ctx context.Context, reason string, now time.Time) (int, error) {
	return t.run.Exec(ctx, restoreEndSessions, micros(now), reason, t.realm)
}
