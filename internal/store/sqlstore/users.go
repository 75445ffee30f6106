package sqlstore

import (
	"context"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/store/column"
	"github.com/sallyport-auth/sallyport/internal/store/seam"
)

const userColumns = `{columns users},
	(SELECT COUNT(*) FROM passkeys WHERE passkeys.realm_id = users.realm_id AND passkeys.user_id = users.id),
	(SELECT COUNT(*) FROM totp WHERE totp.realm_id = users.realm_id AND totp.user_id = users.id AND totp.confirmed_at IS NOT NULL),
	(SELECT COUNT(*) FROM recovery_codes
		WHERE recovery_codes.realm_id = users.realm_id AND recovery_codes.user_id = users.id AND recovery_codes.used_at IS NULL)`

var (
	userInsert  = q(`INSERT INTO users {row users}`)
	userByID    = q(`SELECT ` + userColumns + ` FROM users WHERE realm_id = ? AND id = ?`)
	userByEmail = q(`SELECT ` + userColumns + ` FROM users WHERE realm_id = ? AND email_canonical = ?`)

	userSetProfile = q(`
		UPDATE users SET name = COALESCE(?, name), language = COALESCE(?, language), metadata = COALESCE(?, metadata), updated_at = ?
		WHERE realm_id = ? AND id = ? AND status = 'active'`)
	userMarkVerified = q(`
		UPDATE users SET email_verified_at = ?, updated_at = ?
		WHERE realm_id = ? AND id = ? AND email_verified_at IS NULL`)
	userClaim = q(`
		UPDATE users SET claimed_at = ?, updated_at = ?
		WHERE realm_id = ? AND id = ? AND claimed_at IS NULL`)
	userSignIn = q(`
		UPDATE users SET last_login_at = ?
		WHERE realm_id = ? AND id = ? AND epoch = ? AND status = 'active'`)
	userRaiseEpoch = q(`
		UPDATE users SET epoch = epoch + 1, updated_at = ?
		WHERE realm_id = ? AND id = ? AND epoch = ?`)
	userSetStatus = q(`
		UPDATE users SET status = ?, updated_at = ?
		WHERE realm_id = ? AND id = ? AND status = ?`)
)

// mailboxHold changes nothing. COALESCE keeps the address from being looked up:
// the user's own row is wanted.
var mailboxHold = q(`
	UPDATE users SET epoch = epoch
	WHERE realm_id = ? AND id = ? AND epoch = ? AND COALESCE(email_canonical, '') = ?`)

// users implements store.Users, mailboxes store.Mailboxes.
type (
	users     struct{ *port }
	mailboxes struct{ *port }
)

// userFields are where the columns of userColumns go.
func userFields(u *store.User) []any {
	return append(column.Into(u.Fields()), &u.Passkeys, column.Truth(&u.TOTP), &u.RecoveryCodes)
}

func scanUser(row seam.Row, u *store.User) error { return row.Scan(userFields(u)...) }

// Insert adds u, or returns store.ErrTaken.
func (p users) Insert(ctx context.Context, u store.User) error {
	values, err := column.Values(u.Fields())
	if err != nil {
		return err
	}
	return p.add(ctx, userInsert, append([]any{p.realm}, values...)...)
}

// ByID reads a user.
func (p users) ByID(ctx context.Context, id string) (store.User, error) {
	return seam.Get(ctx, p, scanUser, userByID, p.realm, id)
}

// ByEmail reads the user of a canonical address.
func (p users) ByEmail(ctx context.Context, canonical string) (store.User, error) {
	return seam.Get(ctx, p, scanUser, userByEmail, p.realm, canonical)
}

// SetProfile changes what is not nil of an active user.
func (p users) SetProfile(ctx context.Context, id string, c store.Profile, now time.Time) (bool, error) {
	return p.change(ctx, userSetProfile, c.Name, c.Language, c.Metadata, column.Micros(now), p.realm, id)
}

// MarkVerified records the first verification of the address.
func (p users) MarkVerified(ctx context.Context, id string, now time.Time) (bool, error) {
	return p.change(ctx, userMarkVerified, column.Micros(now), column.Micros(now), p.realm, id)
}

// Claim records the first claim of the account.
func (p users) Claim(ctx context.Context, id string, now time.Time) (bool, error) {
	return p.change(ctx, userClaim, column.Micros(now), column.Micros(now), p.realm, id)
}

// SignIn records a sign-in if the user is active and at the given epoch. It
// leaves updated_at alone, which belongs to the profile.
func (p users) SignIn(ctx context.Context, id string, epoch int64, now time.Time) (bool, error) {
	return p.change(ctx, userSignIn, column.Micros(now), p.realm, id, epoch)
}

// RaiseEpoch adds one to the epoch if it is still from.
func (p users) RaiseEpoch(ctx context.Context, id string, from int64, now time.Time) (bool, error) {
	return p.change(ctx, userRaiseEpoch, column.Micros(now), p.realm, id, from)
}

// Hold holds a user's row if the epoch and the address are the given ones.
func (p mailboxes) Hold(ctx context.Context, userID string, epoch int64, canonical string) (bool, error) {
	return p.change(ctx, mailboxHold, p.realm, userID, epoch, canonical)
}

// SetStatus moves a user from one status to another.
func (p users) SetStatus(ctx context.Context, id string, from, to store.UserStatus, now time.Time) (bool, error) {
	return p.change(ctx, userSetStatus, string(to), column.Micros(now), p.realm, id, string(from))
}
