package sqlstore

import (
	"context"
	"errors"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/store/column"
	"github.com/sallyport-auth/sallyport/internal/store/seam"
)

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

	recoveryDrop   = q(`DELETE FROM recovery_codes WHERE realm_id = ? AND user_id = ?`)
	recoveryOthers = q(`DELETE FROM recovery_codes WHERE realm_id = ? AND user_id = ? AND code_hash <> ?`)
	recoveryInsert = q(`
		INSERT INTO recovery_codes (realm_id, user_id, code_hash, created_at, used_at)
		SELECT realm_id, id, ?, ?, NULL FROM users
		WHERE realm_id = ? AND id = ? AND (
			EXISTS (SELECT 1 FROM passkeys WHERE passkeys.realm_id = users.realm_id AND passkeys.user_id = users.id)
			OR EXISTS (SELECT 1 FROM totp WHERE totp.realm_id = users.realm_id AND totp.user_id = users.id AND totp.confirmed_at IS NOT NULL))`)
	recoveryKnown = q(`SELECT COUNT(*) FROM recovery_codes WHERE realm_id = ? AND user_id = ? AND code_hash = ?`)
	recoverySpend = q(`
		UPDATE recovery_codes SET used_at = ?
		WHERE realm_id = ? AND user_id = ? AND code_hash = ? AND used_at IS NULL`)
)

// totps implements store.TOTPs.
type totps struct{ *port }

func scanTOTP(row seam.Row, t *store.TOTP) error {
	return row.Scan(&t.UserID, &t.ID, &t.SecretSealed, &t.LastStep, column.At(&t.CreatedAt), column.At(&t.ConfirmedAt), column.At(&t.ExpiresAt))
}

// Begin puts an enrolment in its place.
func (p totps) Begin(ctx context.Context, t store.TOTP) (bool, error) {
	replaced, err := p.change(ctx, totpReplace, t.ID, t.SecretSealed, t.LastStep, column.Micros(t.CreatedAt), column.Micros(t.ExpiresAt),
		p.realm, t.UserID)
	if err != nil || replaced {
		return replaced, err
	}
	err = p.add(ctx, totpInsert, p.realm, t.UserID, t.ID, t.SecretSealed, t.LastStep,
		column.Micros(t.CreatedAt), column.Micros(t.ConfirmedAt), column.Micros(t.ExpiresAt))
	if errors.Is(err, store.ErrTaken) {
		return false, nil
	}
	return err == nil, err
}

// ByUser reads a user's code generator, confirmed or not.
func (p totps) ByUser(ctx context.Context, userID string) (store.TOTP, error) {
	return seam.Get(ctx, p, scanTOTP, totpByUser, p.realm, userID)
}

// Confirm makes an enrolment a factor.
func (p totps) Confirm(ctx context.Context, userID, id string, step int64, now time.Time) (bool, error) {
	return p.alone(ctx, userID, totpConfirm, column.Micros(now), step, p.realm, userID, id, column.Micros(now))
}

// Spend marks a step as used, and with it those before.
func (p totps) Spend(ctx context.Context, userID, id string, step int64) (bool, error) {
	return p.change(ctx, totpSpend, step, p.realm, userID, id, step)
}

// Delete removes a factor.
func (p totps) Delete(ctx context.Context, userID string) (bool, error) {
	return p.alone(ctx, userID, totpDelete, p.realm, userID)
}

// Sealed lists secrets in the order of their users.
func (p totps) Sealed(ctx context.Context, page store.Page) ([]store.TOTP, error) {
	return seam.List(ctx, p, scanTOTP, totpSealed, p.realm, page.After, page.Limit)
}

// Reseal changes how a secret is sealed.
func (p totps) Reseal(ctx context.Context, userID, id, before, after string) (bool, error) {
	return p.change(ctx, totpReseal, after, p.realm, userID, id, before)
}

// Purge deletes enrolments that expired before the given time.
func (p totps) Purge(ctx context.Context, before time.Time, limit int) (int, error) {
	return p.purge(ctx, totpExpired, totpPurge, before, limit)
}

// recoveryCodes implements store.RecoveryCodes.
type recoveryCodes struct{ *port }

// Replace puts a set in the place of what there was.
func (p recoveryCodes) Replace(ctx context.Context, userID string, hashes []string, now time.Time) (may bool, err error) {
	err = p.oneByOne(ctx, userID, func(ctx context.Context, p *port) error {
		for n, hash := range hashes {
			added, err := p.change(ctx, recoveryInsert, hash, column.Micros(now), p.realm, userID)
			if may = added; err != nil || !may {
				return err
			}
			if n > 0 {
				continue
			}
			if _, err := p.Exec(ctx, recoveryOthers, p.realm, userID, hash); err != nil {
				return err
			}
		}
		return nil
	})
	return may && err == nil, err
}

// Drop deletes the codes of a user.
func (p recoveryCodes) Drop(ctx context.Context, userID string) (int, error) {
	return p.Exec(ctx, recoveryDrop, p.realm, userID)
}

// Known reports whether a user has the code.
func (p recoveryCodes) Known(ctx context.Context, userID, hash string) (bool, error) {
	n, err := seam.Get(ctx, p, seam.Value[int64], recoveryKnown, p.realm, userID, hash)
	return n > 0, err
}

// Spend marks a code that was not used.
func (p recoveryCodes) Spend(ctx context.Context, userID, hash string, now time.Time) (bool, error) {
	return p.change(ctx, recoverySpend, column.Micros(now), p.realm, userID, hash)
}
