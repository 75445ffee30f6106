package store

import (
	"context"
	"errors"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store/sqlrun"
)

// TOTP is a code generator of a user (RFC 6238), of which there is at most one.
// It counts as a factor once ConfirmedAt is set; until then it is an enrolment,
// which ends at ExpiresAt.
type TOTP struct {
	UserID       string
	ID           string // another for each enrolment
	SecretSealed string
	LastStep     int64 // newest time step whose code was used
	CreatedAt    time.Time
	ConfirmedAt  time.Time
	ExpiresAt    time.Time // zero once it is confirmed
}

// Confirmed reports whether it counts as a factor.
func (t TOTP) Confirmed() bool { return !t.ConfirmedAt.IsZero() }

const totpColumns = `user_id, id, secret_sealed, last_step, created_at, confirmed_at, expires_at`

var (
	totpInsert = q(`
		INSERT INTO totp (realm_id, user_id, id, secret_sealed, last_step, created_at, confirmed_at, expires_at, codes_made_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL)`)
	totpReplace = q(`
		UPDATE totp SET id = ?, secret_sealed = ?, last_step = ?, created_at = ?, expires_at = ?
		WHERE realm_id = ? AND user_id = ? AND confirmed_at IS NULL`)
	totpByUser  = q(`SELECT ` + totpColumns + ` FROM totp WHERE realm_id = ? AND user_id = ?`)
	totpConfirm = q(`
		UPDATE totp SET confirmed_at = ?, last_step = ?, expires_at = NULL
		WHERE realm_id = ? AND user_id = ? AND id = ? AND confirmed_at IS NULL AND +expires_at > ?`)
	totpSpend = q(`
		UPDATE totp SET last_step = ?
		WHERE realm_id = ? AND user_id = ? AND id = ? AND confirmed_at IS NOT NULL AND last_step < ?`)
	totpDelete  = q(`DELETE FROM totp WHERE realm_id = ? AND user_id = ? AND confirmed_at IS NOT NULL`)
	totpSealed  = q(`SELECT ` + totpColumns + ` FROM totp WHERE realm_id = ? AND user_id > ? ORDER BY user_id LIMIT ?`)
	totpReseal  = q(`UPDATE totp SET secret_sealed = ? WHERE realm_id = ? AND user_id = ? AND id = ? AND secret_sealed = ?`)
	totpExpired = q(`SELECT user_id FROM totp WHERE realm_id = ? AND expires_at < ? ORDER BY expires_at LIMIT ?`)
	totpPurge   = q(`DELETE FROM totp WHERE realm_id = ? AND user_id IN {many} AND +expires_at < ?`)
)

// TOTPs are the rows of totp.
type TOTPs struct{ *bound }

func scanTOTP(row sqlrun.Row, t *TOTP) error {
	return row.Scan(&t.UserID, &t.ID, &t.SecretSealed, &t.LastStep, timeInto(&t.CreatedAt), timeInto(&t.ConfirmedAt), timeInto(&t.ExpiresAt))
}

// Begin puts an enrolment in the place of one that was not confirmed, or
// where there is none. It reports false if one was confirmed, or if another
// call was faster; the transaction is to be undone then.
func (t TOTPs) Begin(ctx context.Context, e TOTP) (bool, error) {
	replaced, err := t.change(ctx, totpReplace, e.ID, e.SecretSealed, e.LastStep, micros(e.CreatedAt), micros(e.ExpiresAt),
		t.realm, e.UserID)
	if err != nil || replaced {
		return replaced, err
	}
	err = t.add(ctx, totpInsert, t.realm, e.UserID, e.ID, e.SecretSealed, e.LastStep,
		micros(e.CreatedAt), micros(e.ConfirmedAt), micros(e.ExpiresAt))
	if errors.Is(err, ErrTaken) {
		return false, nil
	}
	return err == nil, err
}

// Insert adds the confirmed code generator of a user who was just imported.
func (t TOTPs) Insert(ctx context.Context, e TOTP) error {
	return t.add(ctx, totpInsert, t.realm, e.UserID, e.ID, e.SecretSealed, e.LastStep,
		micros(e.CreatedAt), micros(e.ConfirmedAt), micros(e.ExpiresAt))
}

// ByUser reads a user's code generator, confirmed or not.
func (t TOTPs) ByUser(ctx context.Context, userID string) (TOTP, error) {
	return sqlrun.Get(ctx, t.run, scanTOTP, totpByUser, t.realm, userID)
}

// Confirm makes the enrolment named a factor, and its step used, unless it
// was confirmed, replaced or has expired.
func (t TOTPs) Confirm(ctx context.Context, userID, id string, step int64, now time.Time) (bool, error) {
	return t.alter(ctx, userID, totpConfirm, micros(now), step, t.realm, userID, id, micros(now))
}

// Spend marks a step of a factor as used, if no step as new as that was.
func (t TOTPs) Spend(ctx context.Context, userID, id string, step int64) (bool, error) {
	return t.change(ctx, totpSpend, step, t.realm, userID, id, step)
}

// Delete removes a factor. An enrolment is left alone.
func (t TOTPs) Delete(ctx context.Context, userID string) (bool, error) {
	return t.alter(ctx, userID, totpDelete, t.realm, userID)
}

// Sealed lists secrets in the order of their users, after the one named.
func (t TOTPs) Sealed(ctx context.Context, page Page) ([]TOTP, error) {
	return sqlrun.List(ctx, t.run, scanTOTP, totpSealed, t.realm, page.After, page.Limit)
}

// Reseal changes how a secret is sealed, if it still is as before.
func (t TOTPs) Reseal(ctx context.Context, userID, id, before, after string) (bool, error) {
	return t.change(ctx, totpReseal, after, t.realm, userID, id, before)
}

// Purge deletes enrolments that expired before the given time, at most
// limit.
func (t TOTPs) Purge(ctx context.Context, before time.Time, limit int) (int, error) {
	return t.purge(ctx, totpExpired, totpPurge, before, limit)
}
