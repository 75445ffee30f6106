package store

import (
	"context"
	"time"
)

// EmailChange is a change of address: from what to what, with the tokens that
// confirm it and undo it, which are rows of one_time_tokens. ExpiresAt is when
// neither of them can work any more.
type EmailChange struct {
	ID             string
	UserID         string
	OldEmail       string
	OldCanonical   string
	OldVerifiedAt  time.Time
	NewEmail       string
	NewCanonical   string
	ConfirmTokenID string
	UndoTokenID    string // empty until it is confirmed, and if it cannot be undone
	CreatedAt      time.Time
	ExpiresAt      time.Time
	ConfirmedAt    time.Time
	UndoneAt       time.Time
}

// Address is what the address of a user becomes, if the user's epoch and
// address are still what the caller read.
type Address struct {
	UserID     string
	Epoch      int64
	From       string // canonical
	Email      string
	Canonical  string
	VerifiedAt time.Time
	ClaimedAt  time.Time
	Now        time.Time
}

// EmailChanges is the port to changes of address.
type EmailChanges interface {
	Insert(ctx context.Context, c EmailChange) error
	// ByToken gives the change of a user that a token confirms or undoes.
	ByToken(ctx context.Context, userID, tokenID string) (EmailChange, error)
	// List gives a page of a user's changes, in the order of identifiers.
	List(ctx context.Context, userID string, page Page) ([]EmailChange, error)
	// Apply changes a user's address, or returns ErrTaken if it is another's.
	Apply(ctx context.Context, a Address) (bool, error)
	// Confirm records that a change took effect, in a transaction that has applied
	// it, and gives when: at now, or just after the user's latest change, so that
	// changes come in their order whatever clocks say. It gives the zero time if the
	// change has taken effect before.
	Confirm(ctx context.Context, c EmailChange, undoTokenID string, now, expires time.Time) (time.Time, error)
	// Undo records that a change which took effect was undone, if it was not. It
	// consumes every token, expired or not, that would undo a change of the user
	// which took effect later: such a token is made when its change took effect.
	Undo(ctx context.Context, c EmailChange, now time.Time) (bool, error)
	// Renew puts a token in the place of one that is not to be used any more.
	Renew(ctx context.Context, id, before, after string, expires time.Time) (bool, error)
	// Purge deletes changes that expired before the given time, at most limit.
	Purge(ctx context.Context, before time.Time, limit int) (int, error)
}

// Deletion is a user who is to be erased at EraseAt. Once StartedAt is set, erasing
// has begun, for the last time at StartedAt, and there is no way back.
type Deletion struct {
	UserID      string
	RequestedAt time.Time
	EraseAt     time.Time
	StartedAt   time.Time
}

// Deletions is the port to them.
type Deletions interface {
	// Insert adds d, or returns ErrTaken.
	Insert(ctx context.Context, d Deletion) error
	ByUser(ctx context.Context, userID string) (Deletion, error)
	// Due lists users who are to be erased by now, at most limit. Left out are
	// those who were kept or disabled meanwhile, and those whose erasure began, or
	// was taken up, since stale.
	Due(ctx context.Context, now, stale time.Time, limit int) ([]string, error)
	// Cancel forgets a deletion whose erasure has not begun.
	Cancel(ctx context.Context, userID string) (bool, error)
	// Start marks the erasure of a user who is due as begun at now: if it was not,
	// or was before stale by somebody who did not come to an end. The user is
	// pending deletion, or half erased.
	Start(ctx context.Context, userID string, now, stale time.Time) (bool, error)
	// PutOff moves every deletion that is due before then, and whose erasure has
	// not begun, and says how many.
	PutOff(ctx context.Context, then time.Time) (int, error)
	// Finish forgets a deletion whose erasure had begun.
	Finish(ctx context.Context, userID string) (bool, error)
}

// PersonalPart names the personal part of an audit event, and the address in it.
type PersonalPart struct {
	EventID string
	Email   string
}

// FactorsGone counts what [Erasures.FactorsSince] removed.
type FactorsGone struct {
	Passkeys       int
	CodeGenerators int // enrolments as well
	RecoveryCodes  int
	Identities     int
}

// Removals is the port of those who take from users what they can sign in with.
type Removals interface {
	// FactorsSince removes the second factors, passkeys and linked sign-ins that a
	// user gained since a time. Recovery codes do not outlive the last factor.
	FactorsSince(ctx context.Context, userID string, since time.Time) (FactorsGone, error)
	// Password removes a user's password.
	Password(ctx context.Context, userID string) (bool, error)
	// SignInLinks removes what was mailed to a user to sign in with.
	SignInLinks(ctx context.Context, userID string) (int, error)
}

// Erasures is the port of those who erase users.
type Erasures interface {
	// Sessions deletes sessions of a user and their cookies, at most limit. Fewer
	// than that means that there were no more.
	Sessions(ctx context.Context, userID string, limit int) (int, error)
	// User erases a user who is pending deletion and whose erasure has begun: the
	// row is kept, blank and with the status erased, and everything that refers to
	// it is deleted, but for the deletion and the trail. It reports false, having
	// done nothing, if that is not so.
	User(ctx context.Context, userID string, now time.Time) (bool, error)
	// Signups deletes what was ever pending for an address, and gives how it was
	// spelled there.
	Signups(ctx context.Context, canonical string) (spelled []string, err error)
	// AuditParts lists the personal parts of a user's audit events in the order of
	// their events, after the one named, at most limit.
	AuditParts(ctx context.Context, userID, after string, limit int) ([]PersonalPart, error)
	// Unowned lists the events that name no user and have the address in their
	// personal part, at most limit.
	Unowned(ctx context.Context, email string, limit int) ([]string, error)
	// DropAuditParts deletes the personal parts of events.
	DropAuditParts(ctx context.Context, eventIDs []string) (int, error)
}

// Identity is how somebody is known to another provider.
type Identity struct {
	ID        string
	UserID    string
	Provider  string
	Subject   string
	CreatedAt time.Time
}

// RecoveryCode is a recovery code as its owner may see it: when it was made and
// used.
type RecoveryCode struct {
	CreatedAt time.Time
	UsedAt    time.Time
}

// Holdings is the port of those who show users what is kept about them. Each
// list is in the order of identifiers, but for recovery codes, and for sessions,
// of which there may be very many: those are in the order of [Session.Cursor].
type Holdings interface {
	Credentials(ctx context.Context, userID string) ([]Credential, error)
	Identities(ctx context.Context, userID string) ([]Identity, error)
	RecoveryCodes(ctx context.Context, userID string) ([]RecoveryCode, error)
	Sessions(ctx context.Context, userID string, page Page) ([]Session, error)
	Tokens(ctx context.Context, userID string, page Page) ([]OneTimeToken, error)
	LoginSteps(ctx context.Context, userID string, page Page) ([]LoginStep, error)
	SignInLinks(ctx context.Context, userID string, page Page) ([]MagicLink, error)
}
