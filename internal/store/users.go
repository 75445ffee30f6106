package store

import (
	"context"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store/sqlrun"
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
	Zoneinfo        string   // the user's time zone, a name of the IANA database (OpenID Connect Core §5.1); empty if none was given
	Metadata        string   // JSON object, opaque here
	AppMetadata     string   // JSON object of the operators, from which claims are made; empty for none
	Roles           []string // sorted
	Status          UserStatus
	Epoch           int64
	EventNumber     int64 // of the newest event that was told in order
	Version         int64 // rises with every change that an operator can see; signing in is none
	LastLoginAt     time.Time
	CreatedAt       time.Time
	UpdatedAt       time.Time
	Passkeys        int64  // how many there are; read only
	TOTP            bool   // whether a code generator is confirmed; read only
	RecoveryCodes   int64  // how many were not used; read only
	ExternalID      string // what the system that the user was imported from called them; read only
}

// UserTable is the table of users.
func UserTable() Table { return userTable }

// userTable has a column for each field of [User.Fields], at the same place.
var userTable = Table{
	Name: "users", Key: 2, Restored: "every epoch rises",
	Erased: "blanked",
	Stays:  []string{"realm_id", "id", "status", "epoch", "created_at", "updated_at", "event_number", "version"},
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
		{"zoneinfo", Personal, "user.zoneinfo"},
		{"event_number", Linked, inner},
		{"version", Linked, inner},
		{"app_metadata", Personal, "user.app_metadata"},
	},
}

// Fields are where the columns of the table go, in their order, but for the realm.
// A text that is NULL, because an older program wrote the row, reads as empty, and a
// number as 0. There is room for what is read along with a user.
func (u *User) Fields() []any {
	return append(make([]any, 0, 24),
		&u.ID, &u.Email, &u.EmailCanonical, &u.EmailVerifiedAt, &u.Name, &u.Metadata, &u.Roles, &u.Status, &u.Epoch,
		&u.LastLoginAt, &u.CreatedAt, &u.UpdatedAt, &u.ClaimedAt, &u.Language, &u.Zoneinfo, &u.EventNumber,
		&u.Version,
		&u.AppMetadata,
	)
}

// Profile is the part of a user that they may change themselves; a nil stays as it is.
type Profile struct {
	Name, Language, Zoneinfo, Metadata *string
}

// EmailUpdate is what the address of a user becomes, if the user's epoch and
// address are still what the caller read.
type EmailUpdate struct {
	UserID     string
	Epoch      int64
	From       string // canonical
	Email      string
	Canonical  string
	VerifiedAt time.Time
	ClaimedAt  time.Time
	Now        time.Time
}

const userColumns = `{columns users},
	(SELECT MIN(external_ids.external_id) FROM external_ids WHERE external_ids.realm_id = users.realm_id AND external_ids.user_id = users.id),
	(SELECT COUNT(*) FROM passkeys WHERE passkeys.realm_id = users.realm_id AND passkeys.user_id = users.id),
	(SELECT COUNT(*) FROM totp WHERE totp.realm_id = users.realm_id AND totp.user_id = users.id AND totp.confirmed_at IS NOT NULL),
	(SELECT COUNT(*) FROM recovery_codes
		WHERE recovery_codes.realm_id = users.realm_id AND recovery_codes.user_id = users.id AND recovery_codes.used_at IS NULL)`

var (
	userInsert  = q(`INSERT INTO users {row users}`)
	userByID    = q(`SELECT ` + userColumns + ` FROM users WHERE realm_id = ? AND id = ?`)
	userByEmail = q(`SELECT ` + userColumns + ` FROM users WHERE realm_id = ? AND email_canonical = ?`)

	userList = q(`SELECT ` + userColumns + ` FROM users WHERE realm_id = ? AND id > ? ORDER BY id LIMIT ?`)

	userSetProfile = q(`
		UPDATE users SET name = COALESCE(?, name), language = COALESCE(?, language), zoneinfo = COALESCE(?, zoneinfo),
			metadata = COALESCE(?, metadata), updated_at = ?, version = COALESCE(version, 0) + 1
		WHERE realm_id = ? AND id = ? AND status = 'active'`)
	userMarkVerified = q(`
		UPDATE users SET email_verified_at = ?, updated_at = ?, version = COALESCE(version, 0) + 1
		WHERE realm_id = ? AND id = ? AND email_verified_at IS NULL`)
	userClaim = q(`
		UPDATE users SET claimed_at = ?, updated_at = ?, version = COALESCE(version, 0) + 1
		WHERE realm_id = ? AND id = ? AND claimed_at IS NULL`)
	userSignIn = q(`
		UPDATE users SET last_login_at = ?
		WHERE realm_id = ? AND id = ? AND epoch = ? AND status = 'active'`)
	userRaiseEpoch = q(`
		UPDATE users SET epoch = epoch + 1, updated_at = ?
		WHERE realm_id = ? AND id = ? AND epoch = ?`)
	userRaiseEventNumber = q(`UPDATE users SET event_number = COALESCE(event_number, 0) + 1 WHERE realm_id = ? AND id = ?`)
	userEventNumber      = q(`SELECT event_number FROM users WHERE realm_id = ? AND id = ?`)
	userSetStatus        = q(`
		UPDATE users SET status = ?, updated_at = ?, version = COALESCE(version, 0) + 1
		WHERE realm_id = ? AND id = ? AND status = ?`)
	userSetAppMetadata = q(`UPDATE users SET app_metadata = ?, updated_at = ?, version = COALESCE(version, 0) + 1 WHERE realm_id = ? AND id = ?`)
	userSetRoles       = q(`UPDATE users SET roles = ?, updated_at = ?, version = COALESCE(version, 0) + 1 WHERE realm_id = ? AND id = ?`)
	userChangeEmail    = q(`
		UPDATE users SET email = ?, email_canonical = ?, email_verified_at = ?, claimed_at = ?, updated_at = ?, version = COALESCE(version, 0) + 1
		WHERE realm_id = ? AND id = ? AND epoch = ? AND COALESCE(email_canonical, '') = ?`)
	// userHold changes nothing. COALESCE keeps the address from being looked up: the
	// user's own row is wanted.
	userHold = q(`
		UPDATE users SET epoch = epoch
		WHERE realm_id = ? AND id = ? AND epoch = ? AND COALESCE(email_canonical, '') = ?`)

	restoreRaiseEpochs = q(`
		UPDATE users SET epoch = CASE WHEN epoch < ? THEN ? ELSE epoch + ? END WHERE realm_id = ?`)
)

// Users are the rows of users.
type Users struct{ *bound }

// userFields are where the columns of userColumns go.
func userFields(u *User) []any {
	return append(scanners(append(u.Fields(), &u.ExternalID)), &u.Passkeys, boolInto(&u.TOTP), &u.RecoveryCodes)
}

func scanUser(row sqlrun.Row, u *User) error { return row.Scan(userFields(u)...) }

// Insert adds u, or returns ErrTaken if its canonical address has a user.
func (t Users) Insert(ctx context.Context, u User) error {
	values, err := stored(u.Fields())
	if err != nil {
		return err
	}
	return t.add(ctx, userInsert, append([]any{t.realm}, values...)...)
}

// ByID reads a user.
func (t Users) ByID(ctx context.Context, id string) (User, error) {
	return sqlrun.Get(ctx, t.run, scanUser, userByID, t.realm, id)
}

// ByEmail reads the user of a canonical address.
func (t Users) ByEmail(ctx context.Context, canonical string) (User, error) {
	return sqlrun.Get(ctx, t.run, scanUser, userByEmail, t.realm, canonical)
}

// List gives a page of users by id, erased ones among them; the cursor is the id.
func (t Users) List(ctx context.Context, page Page) ([]User, error) {
	return sqlrun.List(ctx, t.run, scanUser, userList, t.realm, page.After, page.Limit)
}

// SetProfile changes the profile of an active user.
func (t Users) SetProfile(ctx context.Context, id string, c Profile, now time.Time) (bool, error) {
	return t.change(ctx, userSetProfile, c.Name, c.Language, c.Zoneinfo, c.Metadata, micros(now), t.realm, id)
}

// MarkVerified records the first verification of the address.
func (t Users) MarkVerified(ctx context.Context, id string, now time.Time) (bool, error) {
	return t.change(ctx, userMarkVerified, micros(now), micros(now), t.realm, id)
}

// Claim records that a proof of the mailbox came together with the password, if
// it did not before.
func (t Users) Claim(ctx context.Context, id string, now time.Time) (bool, error) {
	return t.change(ctx, userClaim, micros(now), micros(now), t.realm, id)
}

// SignIn records a sign-in of a user who is active and whose epoch is still
// the given one. No session is opened unless it reports true.
func (t Users) SignIn(ctx context.Context, id string, epoch int64, now time.Time) (bool, error) {
	return t.change(ctx, userSignIn, micros(now), t.realm, id, epoch)
}

// RaiseEpoch adds one to the epoch if it is still from.
func (t Users) RaiseEpoch(ctx context.Context, id string, from int64, now time.Time) (bool, error) {
	return t.change(ctx, userRaiseEpoch, micros(now), t.realm, id, from)
}

// Hold reports whether a user still has the epoch and the canonical address
// given, whatever their status. If so, both stay until the transaction ends: what
// changes them waits, and finds what the transaction has written.
func (t Users) Hold(ctx context.Context, userID string, epoch int64, canonical string) (bool, error) {
	return t.change(ctx, userHold, t.realm, userID, epoch, canonical)
}

// ChangeEmail changes a user's address, or returns ErrTaken if it is another's.
func (t Users) ChangeEmail(ctx context.Context, a EmailUpdate) (bool, error) {
	return t.change(ctx, userChangeEmail, a.Email, a.Canonical, micros(a.VerifiedAt), micros(a.ClaimedAt), micros(a.Now),
		t.realm, a.UserID, a.Epoch, a.From)
}

// RaiseEpochs sets every user's epoch to the given one, and adds step to those
// that are as high already. It says how many users there are. A database that was
// restored needs it, before anybody is served.
func (t Users) RaiseEpochs(ctx context.Context, to, step int64) (int, error) {
	return t.run.Exec(ctx, restoreRaiseEpochs, to, to, step, t.realm)
}

// SetStatus moves a user from one status to another.
func (t Users) SetStatus(ctx context.Context, id string, from, to UserStatus, now time.Time) (bool, error) {
	return t.change(ctx, userSetStatus, string(to), micros(now), t.realm, id, string(from))
}

// SetRoles gives a user roles in the place of those they had.
func (t Users) SetRoles(ctx context.Context, id string, roles []string, now time.Time) (bool, error) {
	value, err := sorted(roles)
	if err != nil {
		return false, err
	}
	return t.change(ctx, userSetRoles, value, micros(now), t.realm, id)
}

// SetAppMetadata gives a user a JSON object in the place of the one they had.
func (t Users) SetAppMetadata(ctx context.Context, id, object string, now time.Time) (bool, error) {
	return t.change(ctx, userSetAppMetadata, object, micros(now), t.realm, id)
}

// RaiseEventNumber gives the next event of a user its number, and holds the user's row
// until the transaction ends: numbers are committed in their order. It is 0 if there
// is no such user.
func (t Users) RaiseEventNumber(ctx context.Context, id string) (number int64, err error) {
	raised, err := t.change(ctx, userRaiseEventNumber, t.realm, id)
	if err != nil || !raised {
		return 0, err
	}
	return sqlrun.Get(ctx, t.run, sqlrun.Value[int64], userEventNumber, t.realm, id)
}
