package store

import (
	"context"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store/sqlrun"
)

// FactorsGone counts what [Erasures.FactorsSince] removed.
type FactorsGone struct {
	Passkeys       int
	CodeGenerators int // enrolments as well
	RecoveryCodes  int
	Identities     int
}

var (
	sinceIdentities = q(`DELETE FROM identities WHERE realm_id = ? AND user_id = ? AND created_at >= ?`)
	sincePasskeys   = q(`DELETE FROM passkeys WHERE realm_id = ? AND user_id = ? AND created_at >= ?`)
	sinceTOTP       = q(`
		DELETE FROM totp WHERE realm_id = ? AND user_id = ? AND COALESCE(confirmed_at, created_at) >= ?`)
	sinceCodes  = q(`DELETE FROM recovery_codes WHERE realm_id = ? AND user_id = ? AND created_at >= ?`)
	orphanCodes = q(`
		DELETE FROM recovery_codes WHERE realm_id = ? AND user_id = ?
			AND NOT EXISTS (SELECT 1 FROM totp
				WHERE totp.realm_id = recovery_codes.realm_id AND totp.user_id = recovery_codes.user_id AND totp.confirmed_at IS NOT NULL)
			AND NOT EXISTS (SELECT 1 FROM passkeys
				WHERE passkeys.realm_id = recovery_codes.realm_id AND passkeys.user_id = recovery_codes.user_id)`)
	dropPassword = q(`DELETE FROM credentials WHERE realm_id = ? AND user_id = ? AND kind = 'password'`)
	eraseLinks   = q(`DELETE FROM magic_links WHERE realm_id = ? AND user_id = ?`)
)

// Removals takes from users what they can sign in with.
type Removals struct{ *bound }

// FactorsSince removes the second factors, passkeys and linked sign-ins that a
// user gained since a time. Recovery codes do not outlive the last factor.
func (t Removals) FactorsSince(ctx context.Context, userID string, since time.Time) (gone FactorsGone, err error) {
	err = t.run.Together(ctx, func(ctx context.Context, run sqlrun.Runner) (err error) {
		from := micros(since)
		if gone.Passkeys, err = run.Exec(ctx, sincePasskeys, t.realm, userID, from); err != nil {
			return err
		}
		if gone.CodeGenerators, err = run.Exec(ctx, sinceTOTP, t.realm, userID, from); err != nil {
			return err
		}
		if gone.RecoveryCodes, err = run.Exec(ctx, sinceCodes, t.realm, userID, from); err != nil {
			return err
		}
		if gone.Identities, err = run.Exec(ctx, sinceIdentities, t.realm, userID, from); err != nil {
			return err
		}
		more, err := run.Exec(ctx, orphanCodes, t.realm, userID)
		gone.RecoveryCodes += more
		return err
	})
	return gone, err
}

// Password removes a user's password.
func (t Removals) Password(ctx context.Context, userID string) (bool, error) {
	return t.change(ctx, dropPassword, t.realm, userID)
}

// SignInLinks removes what was mailed to a user to sign in with.
func (t Removals) SignInLinks(ctx context.Context, userID string) (int, error) {
	return t.run.Exec(ctx, eraseLinks, t.realm, userID)
}
