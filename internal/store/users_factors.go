package store

import (
	"context"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store/sqlrun"
)

// FactorsGone counts what [Users.RemoveFactors] removed.
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
	// userLock changes nothing. It holds the user's row until the transaction ends.
	userLock = q(`UPDATE users SET epoch = epoch WHERE realm_id = ? AND id = ?`)
	// userRaiseVersion follows a change of what is counted with a user.
	userRaiseVersion = q(`UPDATE users SET version = COALESCE(version, 0) + 1 WHERE realm_id = ? AND id = ?`)
)

// RemoveFactors removes the second factors, passkeys and linked sign-ins that a
// user gained since a time. Recovery codes do not outlive the last factor.
func (t Users) RemoveFactors(ctx context.Context, userID string, since time.Time) (gone FactorsGone, err error) {
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
		if gone.RecoveryCodes += more; err != nil || gone == (FactorsGone{}) {
			return err
		}
		_, err = run.Exec(ctx, userRaiseVersion, t.realm, userID)
		return err
	})
	return gone, err
}

// oneByOne runs what depends on which factors a user has, or changes them, after
// all others that do have ended. fn reads what they left, by statements that
// write: a read of the transaction's own may show what was before.
func (t *bound) oneByOne(ctx context.Context, userID string, fn func(context.Context, *bound) error) error {
	return t.run.Together(ctx, func(ctx context.Context, run sqlrun.Runner) error {
		if _, err := run.Exec(ctx, userLock, t.realm, userID); err != nil {
			return err
		}
		within := *t
		within.run = run
		return fn(ctx, &within)
	})
}

// Lock holds the user's row until the transaction ends, and changes nothing. Whatever
// takes rows of a user, such as their sessions, takes that one first.
func (t Users) Lock(ctx context.Context, id string) error {
	_, err := t.run.Exec(ctx, userLock, t.realm, id)
	return err
}

// alone is change for one statement of that kind.
func (t *bound) alone(ctx context.Context, userID string, q *sqlrun.Statement, args ...any) (changed bool, err error) {
	err = t.oneByOne(ctx, userID, func(ctx context.Context, t *bound) (err error) {
		changed, err = t.change(ctx, q, args...)
		return err
	})
	return changed && err == nil, err
}

// alter is alone for what is counted with a user, whose version it raises.
func (t *bound) alter(ctx context.Context, userID string, q *sqlrun.Statement, args ...any) (changed bool, err error) {
	err = t.oneByOne(ctx, userID, func(ctx context.Context, t *bound) (err error) {
		if changed, err = t.change(ctx, q, args...); err != nil || !changed {
			return err
		}
		_, err = t.change(ctx, userRaiseVersion, t.realm, userID)
		return err
	})
	return changed && err == nil, err
}
