package store

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"time"

	"github.com/sallyport-auth/sallyport/internal/secret"
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

// Sessions is the port to sessions.
type Sessions interface {
	Insert(ctx context.Context, s Session) error
	// View reads a session and its user together, with the database's time.
	View(ctx context.Context, id string) (SessionView, error)
	// Advance moves the refresh state by one UPDATE that compares generation,
	// nonce, rotated_at and newest_used with From, and demands that the session
	// is not revoked, expired or idle at Now, that the user is active, and that
	// the user's epoch is the session's.
	Advance(ctx context.Context, a Advance) (bool, error)
	// Reauthenticate records that the user of a session proved anew who they
	// are, under the conditions of Advance. It leaves the refresh state alone.
	Reauthenticate(ctx context.Context, r Reauthentication) (bool, error)
	// Hold reports whether a session of a user stands, under the conditions of
	// Advance, and keeps it standing until the transaction ends: what ends it comes
	// before or after.
	Hold(ctx context.Context, userID, id string, now time.Time) (bool, error)
	// Revoke ends a session that has not ended.
	Revoke(ctx context.Context, id, reason string, now time.Time) (bool, error)
	// RevokeMany ends those of several sessions that have not ended, and says how
	// many.
	RevokeMany(ctx context.Context, ids []string, reason string, now time.Time) (int, error)
	// RevokeAll ends the sessions of a user but the one named, if any, and says
	// how many. It looks at the newest MaxRevoked, living or ended, so that no user
	// has more than can be ended in one statement; the epoch ends the others, and
	// those say no reason of their own.
	RevokeAll(ctx context.Context, userID, except, reason string, now time.Time) (int, error)
	// Purge deletes sessions that ended or expired before the given time, at
	// most limit.
	Purge(ctx context.Context, before time.Time, limit int) (int, error)
}

// Agent is what a session says it is, and what a device is known by.
type Agent struct {
	UserAgent     string
	RevokedReason string
	UserEpoch     int64
}

// Devices is the port to sessions as their users see them.
type Devices interface {
	// Live lists a user's sessions that have not ended, those used last first.
	// Sessions of a user who is not active have ended. A page goes on after
	// [Session.SeenCursor].
	Live(ctx context.Context, userID string, now time.Time, page Page) ([]Session, error)
	// Others names a user's sessions that have not ended, but the one named except
	// and the spare ones that were used last, at most limit.
	Others(ctx context.Context, userID, except string, spare int, now time.Time, limit int) ([]string, error)
	// Ended lists a user's sessions that were revoked, expired or idle since the
	// given time, those that ended last first. One that was not revoked ended at
	// its IdleExpiresAt, which is never after ExpiresAt. A page goes on after
	// [Session.EndedCursor].
	Ended(ctx context.Context, userID string, since, now time.Time, page Page) ([]Session, error)
	// Agents lists what a user's sessions but the one named, living or ended,
	// say they are, the newest first, at most limit.
	Agents(ctx context.Context, userID, except string, limit int) ([]Agent, error)
}

// RevocationKind says what a revocation names.
type RevocationKind string

// What can be revoked.
const (
	RevokedToken   RevocationKind = "jti" // one access token
	RevokedSession RevocationKind = "sid" // a session
	RevokedUser    RevocationKind = "sub" // all tokens of a user whose uep is below Epoch
)

// Mark is 64 random bits, drawn with a number of the feed; 0 is none.
type Mark int64

// String gives the eight bytes in base64url, or nothing if there is no mark.
func (m Mark) String() string {
	if m == 0 {
		return ""
	}
	return secret.Encode(binary.BigEndian.AppendUint64(nil, uint64(m))) //nolint:gosec // bits, not an amount
}

// Position is a place in the feed: a number, and the mark that was drawn with
// it. A database that lost its last commits in a fail-over, or was restored from
// a backup, gives numbers out a second time, but never with the same marks: two
// equal positions of a history have the same entries before them. A position
// without a mark, which instances of earlier versions write, says no more than
// its number.
type Position struct {
	Number int64
	Mark   Mark
}

// Revocation is one entry of the revocation list. Number and Mark are its
// position in the feed: commit order is number order.
type Revocation struct {
	Number    int64
	Mark      Mark
	Kind      RevocationKind
	Subject   string // jti, session id or user id
	Epoch     int64  // for RevokedUser
	RevokedAt time.Time
	ExpiresAt time.Time // when every token it could refuse has expired
}

// Position gives the entry's place in the feed.
func (r Revocation) Position() Position { return Position{Number: r.Number, Mark: r.Mark} }

// FeedHead is the one row of the feed: the position of the newest entry. Another
// HistoryID means that the database was restored or moved.
type FeedHead struct {
	HistoryID string
	Position
}

// FeedPage is a part of the revocation list, and the feed's row at the moment
// at which it was read.
type FeedPage struct {
	Head        FeedHead
	Revocations []Revocation
}

// AccessState is what SQL says of an access token's subjects.
type AccessState struct {
	TokenRevoked bool  // jti is in the list
	SessionEnded bool  // the session is gone or revoked
	UserActive   bool  // the user is there and active
	UserEpoch    int64 // the user's epoch
}

// Revocations is the port to the revocation list.
type Revocations interface {
	// Append adds r. The feed's counter is raised, and r.Number and r.Mark are
	// set, by the last statements before COMMIT, so that the lock on the counter
	// makes commit order equal number order and no locks are taken after it.
	Append(ctx context.Context, r *Revocation) error
	Head(ctx context.Context) (FeedHead, error)
	// From lists the entry with number n, expired or not, and those above it that
	// have not expired at now, in order, at most limit. They and the feed's row
	// are read at one moment: the mark of n tells whether the rest follows it, and
	// fewer than limit are all up to the feed's row.
	From(ctx context.Context, n int64, now time.Time, limit int) (FeedPage, error)
	// Access answers for one token by primary key.
	Access(ctx context.Context, jti, sessionID, userID string) (AccessState, error)
	// Purge deletes entries that expired before the given time, at most limit.
	Purge(ctx context.Context, before time.Time, limit int) (int, error)
}

// Attempts counts guesses, so that no more than a limit are made in a window.
type Attempts interface {
	// Take counts one try of kind against subject (a keyed hash) and reports
	// whether it was within limit. The window starts with the first try; when
	// it is over, counting starts anew. retryAt is when the present window ends.
	Take(ctx context.Context, kind, subject string, limit int, window time.Duration, now time.Time) (ok bool, retryAt time.Time, err error)
	// Begin opens a window without a try in it, unless one is running, and
	// reports whether this call did. Of any number of concurrent calls exactly
	// one does.
	Begin(ctx context.Context, kind, subject string, window time.Duration, now time.Time) (began bool, err error)
	// Tries gives the number of tries in the present window, 0 if there is none.
	Tries(ctx context.Context, kind, subject string, now time.Time) (int, error)
	// Extend lets the window of a counter that has reached limit end at ends, if
	// it would end before.
	Extend(ctx context.Context, kind, subject string, limit int, ends time.Time) error
	// GiveBack takes one try back.
	GiveBack(ctx context.Context, kind, subject string, now time.Time) error
	// Clear forgets the tries.
	Clear(ctx context.Context, kind, subject string) error
	// Purge deletes counters whose window ended before the given time.
	Purge(ctx context.Context, before time.Time, limit int) (int, error)
}
