package store

import (
	"context"
	"errors"
	"time"

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
	ReasonOperator        = "operator"            // an operator signed the user out
	ReasonRolesChanged    = "roles_changed"       // by an operator
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
	AdministeredAt  time.Time // when its user was last let in to administer this server, to the minute
}

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

// Seen is what a visit moves of a session.
type Seen struct {
	SessionID     string
	Last          time.Time // last_seen_at as it was read
	Now           time.Time
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

const sessionColumns = `sessions.id, sessions.user_id, sessions.generation, sessions.nonce, sessions.parent,
	sessions.parent_rotated_at, sessions.rotated_at, sessions.newest_used, sessions.user_epoch,
	sessions.client_id, sessions.audience, sessions.scope, sessions.kind, sessions.amr, sessions.acr,
	sessions.auth_time, sessions.cnf_jkt, sessions.expires_at, sessions.idle_expires_at,
	sessions.revoked_at, sessions.revoked_reason, sessions.user_agent, sessions.ip, sessions.device_name,
	sessions.created_at, sessions.last_seen_at, sessions.administered_at`

var (
	sessionInsert = q(`
		INSERT INTO sessions (realm_id, id, user_id, generation, nonce, parent,
			parent_rotated_at, rotated_at, newest_used, user_epoch,
			client_id, audience, scope, kind, amr, acr,
			auth_time, cnf_jkt, expires_at, idle_expires_at,
			revoked_at, revoked_reason, user_agent, ip, device_name,
			created_at, last_seen_at, administered_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
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
	restoreEndSessions = q(`
		UPDATE sessions SET revoked_at = ?, revoked_reason = ? WHERE realm_id = ? AND revoked_at IS NULL`)
	sessionSeen = q(`
		UPDATE sessions SET last_seen_at = ?, idle_expires_at = ?, user_agent = ?, ip = ?
		WHERE realm_id = ? AND id = ? AND last_seen_at = ?
			AND revoked_at IS NULL AND expires_at > ? AND idle_expires_at > ?`)
	sessionAdministered = q(`
		UPDATE sessions SET administered_at = ?
		WHERE realm_id = ? AND id = ? AND revoked_at IS NULL AND (administered_at IS NULL OR administered_at < ?)`)
)

// Sessions are the rows of sessions.
type Sessions struct{ *bound }

// sessionFields are where the columns of sessionColumns go.
func sessionFields(s *Session) []any {
	return []any{
		&s.ID, &s.UserID, &s.Generation, &s.Nonce, &s.Parent,
		timeInto(&s.ParentRotatedAt), timeInto(&s.RotatedAt), boolInto(&s.NewestUsed), &s.UserEpoch,
		&s.ClientID, &s.Audience, &s.Scope, &s.Kind, wordsInto(&s.AMR), &s.ACR,
		timeInto(&s.AuthTime), &s.ConfirmationJKT, timeInto(&s.ExpiresAt), timeInto(&s.IdleExpiresAt),
		timeInto(&s.RevokedAt), &s.RevokedReason, &s.UserAgent, &s.Address, &s.DeviceName,
		timeInto(&s.CreatedAt), timeInto(&s.LastSeenAt), timeInto(&s.AdministeredAt),
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
		micros(s.CreatedAt), micros(s.LastSeenAt), micros(s.AdministeredAt))
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

// Administered notes that the user of a session that has not ended was let in to
// administer this server. It never moves back.
func (t Sessions) Administered(ctx context.Context, id string, now time.Time) (bool, error) {
	return t.change(ctx, sessionAdministered, micros(now), t.realm, id, micros(now))
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

// RevokeEvery ends every session that has not ended. It leaves no entry in
// the revocation list.
func (t Sessions) RevokeEvery(ctx context.Context, reason string, now time.Time) (int, error) {
	return t.run.Exec(ctx, restoreEndSessions, micros(now), reason, t.realm)
}

// Seen records a visit, if nobody has since Last and the session is not
// revoked, expired or idle at Now.
func (t Sessions) Seen(ctx context.Context, s Seen) (bool, error) {
	return t.change(ctx, sessionSeen, micros(s.Now), micros(s.IdleExpiresAt), s.UserAgent, s.Address,
		t.realm, s.SessionID, micros(s.Last), micros(s.Now), micros(s.Now))
}
