package store

import (
	"context"
	"time"
)

// UserStatus says whether a user may sign in.
type UserStatus string

// The states of a user.
const (
	UserActive          UserStatus = "active"
	UserDisabled        UserStatus = "disabled"
	UserPendingDeletion UserStatus = "pending_deletion"
	UserErased          UserStatus = "erased" // what is left of a deleted user: a blank row, so that the trail has a name
)

// User is the human account. Email is as the owner spells it, EmailCanonical is
// what is compared. Epoch rises whenever everything the user had must die:
// password change or reset, disabling, deletion, role change, removal of a
// factor, "log out everywhere".
type User struct {
	ID              string
	Email           string
	EmailCanonical  string
	EmailVerifiedAt time.Time
	ClaimedAt       time.Time // when a proof of the mailbox came together with the password
	Name            string
	Language        string   // of the user's mails, as a tag (RFC 5646); empty if none was chosen
	Metadata        string   // JSON object, opaque here
	Roles           []string // sorted
	Status          UserStatus
	Epoch           int64
	LastLoginAt     time.Time
	CreatedAt       time.Time
	UpdatedAt       time.Time
	Passkeys        int64 // how many there are; read only
	TOTP            bool  // whether a code generator is confirmed; read only
	RecoveryCodes   int64 // how many were not used; read only
}

// UserTable is the table of users. A column that is added here has its field in
// [User.Fields], at the same place.
func UserTable() Table {
	return Table{
		Name: "users", Key: 2, Restored: "every epoch rises",
		Erased: "blanked",
		Stays:  []string{"realm_id", "id", "status", "epoch", "created_at", "updated_at"},
		Columns: []Column{
			realm,
			{"id", Linked, "user.id"},
			{"email", Personal, "user.email"},
			{"email_canonical", Personal, compared},
			{"email_verified_at", Linked, "user.email_verified_at"},
			{"name", Personal, "user.name"},
			{"metadata", Personal, "user.metadata"},
			{"roles", Linked, "user.roles"},
			{"status", Linked, "user.status"},
			{"epoch", Linked, inner},
			{"last_login_at", Linked, "user.last_login_at"},
			{"created_at", Linked, "user.created_at"},
			{"updated_at", Linked, "user.updated_at"},
			{"claimed_at", Linked, "user.claimed_at"},
			{"language", Personal, "user.language"},
		},
	}
}

// Fields are where the columns of the table go, in their order, but for the realm.
// A text that is NULL, because an older program wrote the row, reads as empty. There
// is room for what is read along with a user.
func (u *User) Fields() []any {
	return append(make([]any, 0, 16),
		&u.ID, &u.Email, &u.EmailCanonical, &u.EmailVerifiedAt, &u.Name, &u.Metadata, &u.Roles, &u.Status, &u.Epoch,
		&u.LastLoginAt, &u.CreatedAt, &u.UpdatedAt, &u.ClaimedAt, &u.Language,
	)
}

// Profile is what a user may change of themselves; what is nil stays.
type Profile struct {
	Name, Language, Metadata *string
}

// Users is the port to users.
type Users interface {
	// Insert adds u, or returns ErrTaken if its canonical address has a user.
	Insert(ctx context.Context, u User) error
	ByID(ctx context.Context, id string) (User, error)
	ByEmail(ctx context.Context, canonical string) (User, error)
	// SetProfile changes the profile of an active user.
	SetProfile(ctx context.Context, id string, change Profile, now time.Time) (bool, error)
	// MarkVerified records the first verification of the address.
	MarkVerified(ctx context.Context, id string, now time.Time) (bool, error)
	// Claim records that a proof of the mailbox came together with the password, if
	// it did not before.
	Claim(ctx context.Context, id string, now time.Time) (bool, error)
	// SignIn records a sign-in of a user who is active and whose epoch is still
	// the given one. No session is opened unless it reports true.
	SignIn(ctx context.Context, id string, epoch int64, now time.Time) (bool, error)
	// RaiseEpoch adds one to the epoch if it is still from.
	RaiseEpoch(ctx context.Context, id string, from int64, now time.Time) (bool, error)
	// SetStatus moves a user from one status to another.
	SetStatus(ctx context.Context, id string, from, to UserStatus, now time.Time) (bool, error)
}

// Mailboxes is the port of those who mail to users what lets in whoever reads it.
type Mailboxes interface {
	// Hold reports whether a user still has the epoch and the canonical address
	// given, whatever their status. If so, both stay until the transaction ends: what
	// changes them waits, and finds what the transaction has written.
	Hold(ctx context.Context, userID string, epoch int64, canonical string) (bool, error)
}

// KindPassword is the kind of a password.
const KindPassword = "password"

// Credential is something a user proves to know or have. For a password, Secret
// is the PHC string.
type Credential struct {
	ID        string
	UserID    string
	Kind      string
	Secret    string
	CreatedAt time.Time
	UpdatedAt time.Time
}

// Credentials is the port to credentials. There is at most one per user and
// kind.
type Credentials interface {
	// Insert adds c, or returns ErrTaken.
	Insert(ctx context.Context, c Credential) error
	ByKind(ctx context.Context, userID, kind string) (Credential, error)
	// List lists credentials of a kind in the order of their users, after the
	// one named.
	List(ctx context.Context, kind string, p Page) ([]Credential, error)
	// SignIn reads a user by canonical address and the password's hash in one
	// statement, or returns ErrNotFound.
	SignIn(ctx context.Context, canonical string) (SignIn, error)
	// Replace changes the secret if it is still the old one.
	Replace(ctx context.Context, userID, kind, old, secret string, now time.Time) (bool, error)
}

// SignIn is what login reads in one go: the user and the password's hash as
// they stand together. Secret is empty if the user has no password.
type SignIn struct {
	User   User
	Secret string
}

// PendingSignup is a sign-up, or a link that was resent for one; SignupID names
// the sign-up then. There is one per sign-up, also when the address has a user
// already. PasswordHash is empty once there were too many, or the password became
// an account's; a resent link has none.
type PendingSignup struct {
	ID             string
	SignupID       string
	Email          string
	EmailCanonical string
	PasswordHash   string
	Name           string
	TokenHash      string
	ProofHash      string // of what whoever signed up was given
	Source         string // names the network and the browser of whoever signed up
	IP             string // of whoever signed up
	UserAgent      string
	Language       string // that whoever signed up asked for; empty if they did not
	CreatedAt      time.Time
	ExpiresAt      time.Time
	MailedAt       time.Time // zero if nobody got the link
	ConsumedAt     time.Time // of the link; the password stands on
	SupersededAt   time.Time
}

// PendingSignups is the port to pending sign-ups. A row stands until it is
// superseded or expires; while it stands its link can be consumed once. Consuming
// it leaves the row standing, so that what stands does not tell whether the
// address has an account by now.
type PendingSignups interface {
	Insert(ctx context.Context, p PendingSignup) error
	ByID(ctx context.Context, id string) (PendingSignup, error)
	ByTokenHash(ctx context.Context, hash string) (PendingSignup, error)
	// Standing lists the standing sign-ups of an address, newest first, at most
	// limit.
	Standing(ctx context.Context, canonical string, now time.Time, limit int) ([]PendingSignup, error)
	// WithPassword is Standing of those that have a password.
	WithPassword(ctx context.Context, canonical string, now time.Time, limit int) ([]PendingSignup, error)
	// ByProof gives the standing sign-up of an address with this proof.
	ByProof(ctx context.Context, canonical, proofHash string, now time.Time) (PendingSignup, error)
	// Competes reports whether a sign-up of an address stands that is from another
	// source.
	Competes(ctx context.Context, canonical, source string, now time.Time) (bool, error)
	// Mailed reports whether a link was mailed to an address that can be used.
	Mailed(ctx context.Context, canonical string, now time.Time) (bool, error)
	// DropPassword forgets the password of a sign-up, if it has one.
	DropPassword(ctx context.Context, id string) (bool, error)
	// Consume marks a standing row as consumed, if it was not.
	Consume(ctx context.Context, id string, now time.Time) (bool, error)
	// Supersede marks a row that is neither consumed nor superseded, expired or
	// not.
	Supersede(ctx context.Context, id string, now time.Time) (bool, error)
	// Purge deletes rows that expired before the given time, at most limit.
	Purge(ctx context.Context, before time.Time, limit int) (int, error)
}

// Purpose says what a one-time token is for.
type Purpose string

// The purposes.
const (
	PurposeVerifyEmail   Purpose = "verify_email"
	PurposeResetPassword Purpose = "reset_password"
	PurposeDisown        Purpose = "disown" // "this was not me", of one session
	PurposeConfirmEmail  Purpose = "confirm_email"
	PurposeUndoEmail     Purpose = "undo_email"
	PurposeRestore       Purpose = "restore" // of a user pending deletion; given to who signs in, never mailed
)

// OneTimeToken is a token that was mailed. Only its hash is kept. UserEpoch is
// the user's epoch when it was made. SessionID is the session that the token is
// about, or empty. ProofHash, IP and UserAgent are those of the sign-up whose
// address the token verifies, or empty.
type OneTimeToken struct {
	ID           string
	Purpose      Purpose
	UserID       string
	SessionID    string
	TokenHash    string
	UserEpoch    int64
	ProofHash    string
	IP           string
	UserAgent    string
	CreatedAt    time.Time
	ExpiresAt    time.Time
	ConsumedAt   time.Time
	SupersededAt time.Time
}

// OneTimeTokens is the port to one-time tokens.
type OneTimeTokens interface {
	Insert(ctx context.Context, t OneTimeToken) error
	ByID(ctx context.Context, id string) (OneTimeToken, error)
	ByHash(ctx context.Context, purpose Purpose, hash string) (OneTimeToken, error)
	// Newest gives a user's newest token of a purpose, usable or not.
	Newest(ctx context.Context, userID string, purpose Purpose) (OneTimeToken, error)
	// NewestOfSignUp gives the newest that knows who signed up: that has a proof.
	NewestOfSignUp(ctx context.Context, userID string, purpose Purpose) (OneTimeToken, error)
	// Stands reports whether a user has a token of a purpose that can be used.
	Stands(ctx context.Context, userID string, purpose Purpose, now time.Time) (bool, error)
	// Consume marks a token that is not consumed, superseded or expired.
	Consume(ctx context.Context, id string, now time.Time) (bool, error)
	// ConsumeAll consumes every token of a user and purpose that is neither
	// consumed nor superseded, expired or not: what is over is not renewed.
	ConsumeAll(ctx context.Context, userID string, purpose Purpose, now time.Time) (int, error)
	// Supersede marks a token that is neither consumed nor superseded, expired
	// or not.
	Supersede(ctx context.Context, id string, now time.Time) (bool, error)
	// SupersedeAll marks every token of a user and purpose that is neither
	// consumed nor superseded, expired or not.
	SupersedeAll(ctx context.Context, userID string, purpose Purpose, now time.Time) (int, error)
	// Purge deletes tokens that expired before the given time, at most limit.
	Purge(ctx context.Context, before time.Time, limit int) (int, error)
}
