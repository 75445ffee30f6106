package store

import (
	"context"
	"slices"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store/sqlrun"
)

var (
	userErase = q(`
		UPDATE users SET {blank users}, status = 'erased', epoch = epoch + 1, updated_at = ?, version = COALESCE(version, 0) + 1
		WHERE realm_id = ? AND id = ? AND status = 'pending_deletion'
			AND EXISTS (SELECT 1 FROM deletions
				WHERE deletions.realm_id = users.realm_id AND deletions.user_id = users.id AND deletions.started_at IS NOT NULL)`)
	eraseCredentials = q(`DELETE FROM credentials WHERE realm_id = ? AND user_id = ?`)
	eraseIdentities  = q(`DELETE FROM identities WHERE realm_id = ? AND user_id = ?`)
	blankExternalIDs = q(`UPDATE external_ids SET external_id = '' WHERE realm_id = ? AND user_id = ?`)
	erasePasskeys    = q(`DELETE FROM passkeys WHERE realm_id = ? AND user_id = ?`)
	eraseTOTP        = q(`DELETE FROM totp WHERE realm_id = ? AND user_id = ?`)
	eraseSteps       = q(`DELETE FROM login_steps WHERE realm_id = ? AND user_id = ?`)
	eraseTokens      = q(`DELETE FROM one_time_tokens WHERE realm_id = ? AND user_id = ?`)
	eraseChanges     = q(`DELETE FROM email_changes WHERE realm_id = ? AND user_id = ?`)
)

// erased is the address of a user who is no more. No address has its form.
const erased = "erased:"

// ErasedAddress is what stands in the place of the canonical address of an erased user.
func ErasedAddress(userID string) string { return erased + userID }

// erasedValues are what the columns of an erased user hold that do not stay. The
// address is unique, so that a blank row keeps one that nobody can have.
func erasedValues(userID string) (blank []any, err error) {
	u := User{EmailCanonical: ErasedAddress(userID), Metadata: "{}"}
	values, err := stored(u.Fields())
	if err != nil {
		return nil, err
	}
	blanked := userTable.Blanked()
	for n, c := range userTable.Columns[1:] {
		if slices.Contains(blanked, c.Name) {
			blank = append(blank, values[n])
		}
	}
	return blank, nil
}

// Erase erases a user who is pending deletion and whose erasure has begun: the
// row is kept, blank and with the status erased, and everything that refers to
// it is deleted, but for the deletion and the trail. It reports false, having
// done nothing, if that is not so.
func (t Users) Erase(ctx context.Context, userID string, now time.Time) (done bool, err error) {
	blank, err := erasedValues(userID)
	if err != nil {
		return false, err
	}
	err = t.run.Together(ctx, func(ctx context.Context, run sqlrun.Runner) error {
		n, err := run.Exec(ctx, userErase, append(slices.Clone(blank), micros(now), t.realm, userID)...)
		if done = n > 0; err != nil || !done {
			return err
		}
		for {
			n, err := Sessions(t).erase(ctx, run, userID, atOnce)
			if err != nil {
				return err
			}
			if n < atOnce {
				break
			}
		}
		for _, q := range []*sqlrun.Statement{
			eraseCredentials, eraseIdentities, blankExternalIDs, erasePasskeys, eraseTOTP, recoveryDrop, eraseSteps, eraseTokens, magicLinkDrop, eraseChanges,
		} {
			if _, err := run.Exec(ctx, q, t.realm, userID); err != nil {
				return err
			}
		}
		return nil
	})
	return done && err == nil, err
}
