package store

import (
	"context"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store/sqlrun"
)

// RecoveryCode is a recovery code as its owner may see it: when it was made and
// used.
type RecoveryCode struct {
	CreatedAt time.Time
	UsedAt    time.Time
}

var (
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
	recoveryList = q(`
		SELECT created_at, used_at FROM recovery_codes WHERE realm_id = ? AND user_id = ? ORDER BY created_at, code_hash`)
)

// RecoveryCodes are the rows of recovery_codes. Only their hashes are kept, the
// used ones too, until a new set takes the place of all.
type RecoveryCodes struct{ *bound }

// Replace deletes the codes of a user who has a second factor, a confirmed
// code generator or a passkey, and adds others, of which there must be one at
// least. It reports false, having done nothing, to anybody else.
func (t RecoveryCodes) Replace(ctx context.Context, userID string, hashes []string, now time.Time) (may bool, err error) {
	err = t.oneByOne(ctx, userID, func(ctx context.Context, t *bound) error {
		for n, hash := range hashes {
			added, err := t.change(ctx, recoveryInsert, hash, micros(now), t.realm, userID)
			if may = added; err != nil || !may {
				return err
			}
			if n > 0 {
				continue
			}
			if _, err := t.run.Exec(ctx, recoveryOthers, t.realm, userID, hash); err != nil {
				return err
			}
		}
		_, err := t.change(ctx, userRaiseVersion, t.realm, userID)
		return err
	})
	return may && err == nil, err
}

// Drop deletes the codes of a user.
func (t RecoveryCodes) Drop(ctx context.Context, userID string) (int, error) {
	return t.run.Exec(ctx, recoveryDrop, t.realm, userID)
}

// Known reports whether a user has the code, used or not.
func (t RecoveryCodes) Known(ctx context.Context, userID, hash string) (bool, error) {
	n, err := sqlrun.Get(ctx, t.run, sqlrun.Value[int64], recoveryKnown, t.realm, userID, hash)
	return n > 0, err
}

// Spend marks a code that was not used.
func (t RecoveryCodes) Spend(ctx context.Context, userID, hash string, now time.Time) (bool, error) {
	return t.change(ctx, recoverySpend, micros(now), t.realm, userID, hash)
}

// List tells of each code of a user when it was made and used.
func (t RecoveryCodes) List(ctx context.Context, userID string) ([]RecoveryCode, error) {
	return sqlrun.List(ctx, t.run, func(row sqlrun.Row, c *RecoveryCode) error {
		return row.Scan(timeInto(&c.CreatedAt), timeInto(&c.UsedAt))
	}, recoveryList, t.realm, userID)
}
