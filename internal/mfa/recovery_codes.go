package mfa

import (
	"context"
	"encoding/base32"
	"fmt"
	"strings"
	"time"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/store"
)

const (
	// codesInSet is how many recovery codes somebody gets.
	codesInSet = 10
	// codeBytes makes a code of 120 bits: 800-63B §3.1.2.2 wants 112 where no
	// slow hash is used.
	codeBytes = 15
	groupSize = 4
)

// readable is Crockford's base 32: no letter that is taken for a digit.
var readable = base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").WithPadding(base32.NoPadding)

// newCode is a recovery code in groups.
func newCode() string {
	text := readable.EncodeToString(secret.Bytes(codeBytes))
	var groups []string
	for ; text != ""; text = text[groupSize:] {
		groups = append(groups, text[:groupSize])
	}
	return strings.Join(groups, "-")
}

// hashOf is what is kept of a code. However it is typed, with capitals, without
// hyphens, with the letters that look like digits, it is the same code.
func hashOf(userID, code string) string {
	plain := strings.NewReplacer("o", "0", "i", "1", "l", "1").Replace(strings.ToLower(secret.TypedCode(code)))
	return secret.Hash(userID + "\x00" + plain)
}

// MakeCodes makes recovery codes in the caller's transaction, in the place of
// the old ones, for a user who has a second factor. Whoever adds the first calls
// it, and shows the codes.
//
// Errors: no_second_factor, which undoes the transaction.
func MakeCodes(ctx context.Context, tx *store.Tx, userID string, now time.Time) ([]string, error) {
	codes, hashes := make([]string, codesInSet), make([]string, codesInSet)
	for n := range codes {
		codes[n] = newCode()
		hashes[n] = hashOf(userID, codes[n])
	}
	made, err := tx.Recovery.Replace(ctx, userID, hashes, now)
	if err != nil {
		return nil, fmt.Errorf("keep recovery codes: %w", err)
	}
	if !made {
		return nil, ErrNoFactor
	}
	return codes, nil
}

// NewRecoveryCodes gives ten new codes, which nobody sees again. Those of before,
// used or not, work no more. The owner is told by mail.
//
// Errors: no_second_factor, invalid_token.
func (f *Factors) NewRecoveryCodes(ctx context.Context, h session.Asker) ([]string, error) {
	u, err := f.opts.Accounts.Profile(ctx, h.UserID)
	if err != nil {
		return nil, err
	}
	var codes []string
	err = f.opts.Store.Tx(ctx, func(ctx context.Context, tx *store.Tx) (err error) {
		if err := f.opts.Sessions.Hold(ctx, tx, h); err != nil {
			return err
		}
		if codes, err = MakeCodes(ctx, tx, u.ID, f.now()); err != nil {
			return err
		}
		if err := f.done(ctx, tx, audit.KindRecoveryCodesMade, h, map[string]any{"recovery_codes": len(codes)}); err != nil {
			return err
		}
		return f.opts.Postman.Tell(ctx, tx, mail.RecoveryCodesMade, u, h.Origin)
	})
	if err != nil {
		return nil, fmt.Errorf("make recovery codes: %w", err)
	}
	return codes, nil
}

// recovery is the factor of recovery codes.
type recovery struct{ *Factors }

// Method is MethodRecoveryCode.
func (recovery) Method() string { return MethodRecoveryCode }

// Has reports whether there are codes left. Alone they are no second factor.
func (recovery) Has(u store.User) bool { return (u.TOTP || u.Passkeys > 0) && u.RecoveryCodes > 0 }

// Refusal is ErrWrongRecoveryCode.
func (recovery) Refusal() error { return ErrWrongRecoveryCode }

// Verify marks the code as used and tells its owner.
func (r recovery) Verify(ctx context.Context, tx *store.Tx, u store.User, a Answer, o audit.Origin) (Verdict, []string, error) {
	hash := hashOf(u.ID, a.Code)
	spent, err := tx.Recovery.Spend(ctx, u.ID, hash, r.now())
	if err != nil {
		return unknown, nil, err
	}
	if !spent {
		known, err := tx.Recovery.Known(ctx, u.ID, hash)
		if err != nil {
			return unknown, nil, err
		}
		if known {
			return Spent, nil, nil
		}
		return Wrong, nil, nil
	}
	if err := r.opts.Trail.Record(ctx, tx, audit.Event{
		Kind: audit.KindRecoveryCodeUsed, Outcome: audit.Success, ActorID: u.ID, UserID: u.ID, Email: u.Email, Origin: o,
	}); err != nil {
		return unknown, nil, err
	}
	return Right, []string{session.AMRCode}, r.opts.Postman.Tell(ctx, tx, mail.RecoveryCodeUsed, u, o)
}
