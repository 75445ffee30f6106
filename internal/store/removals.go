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
type Removals struct{ *port }

// FactorsSince removes the second factors, passkeys and linked sign-ins that a
// user gained since a time. Recovery codes do not outlive the last factor.
func (p Removals) FactorsSince(ctx context.Context, userID string, since time.Time) (gone FactorsGone, err error) {
	err = p.run.Together(ctx, func(ctx context.Context, run sqlrun.Runner) (err error) {
		from := micros(since)
		if gone.Passkeys, err = run.Exec(ctx, sincePasskeys, p.realm, userID, from); err != nil {
			return err
		}
		if gone.CodeGenerators, err = run.Exec(ctx, sinceTOTP, p.realm, userID, from); err != nil {
			return err
		}
		if gone.RecoveryCodes, err = run.Exec(ctx, sinceCodes, p.realm, userID, from); err != nil {
			return err
		}
		if gone.Identities, err = run.Exec(ctx, sinceIdentities, p.realm, userID, from); err != nil {
			return err
		}
		more, err := run.Exec(ctx, orphanCodes, p.realm, userID)
		gone.RecoveryCodes += more
		return err
	})
	return gone, err
}

// Password removes a user's password.
func (p Removals) Password(ctx context.Context, userID string) (bool, error) {
	return p.change(ctx, dropPassword, p.realm, userID)
}

// SignInLinks removes what was mailed to a user to sign in with.
func (p Removals) SignInLinks(ctx context.Context, userID string) (int, error) {
	return p.run.Exec(ctx, eraseLinks, p.realm, userID)
}
