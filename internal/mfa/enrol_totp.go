package mfa

import (
	"context"
	"errors"
	"fmt"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// errRaced is why an enrolment begins again: another call was faster.
var errRaced = errors.New("another enrolment was faster")

// EnrolTOTP begins to enrol a code generator, in the place of one that was begun
// before, and gives what the generator needs to know, which is shown once: the
// secret in base32, the same as an otpauth URI, and that as a QR code in SVG. It
// is no factor until [Factors.ConfirmTOTP].
//
// Errors: totp_enrolled, invalid_token.
func (f *Factors) EnrolTOTP(ctx context.Context, h session.Asker) (key, uri, svg string, err error) {
	var u store.User
	var raw []byte
	err = store.Again(ctx, errRaced, func(ctx context.Context) (err error) {
		if u, err = f.opts.Accounts.Profile(ctx, h.UserID); err != nil {
			return err
		}
		if u.TOTP {
			return ErrEnrolled
		}
		raw = secret.Bytes(secretBytes)
		row := store.TOTP{UserID: u.ID, ID: id.Random(), CreatedAt: f.now(), ExpiresAt: f.now().Add(enrolFor)}
		row.SecretSealed = f.opts.Keyring.Seal(sealPurpose, place(row.ID), raw)
		return f.opts.Store.Tx(ctx, func(ctx context.Context, tx *store.Tx) error {
			if err := f.opts.Sessions.Hold(ctx, tx, h); err != nil {
				return err
			}
			begun, err := tx.TOTPs.Begin(ctx, row)
			if err != nil {
				return err
			}
			if !begun {
				return errRaced
			}
			return f.done(ctx, tx, audit.KindTOTPBegun, h, nil)
		})
	})
	if err != nil {
		return "", "", "", fmt.Errorf("enrol authenticator app: %w", err)
	}
	key = encoding.EncodeToString(raw)
	uri = f.uri(u, key)
	svg, err = Drawing(uri)
	return key, uri, svg, err
}
