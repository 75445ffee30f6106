package mfa

import (
	"context"
	"errors"
	"fmt"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// ConfirmTOTP makes the code generator that was begun a factor, by a code of it,
// and gives the recovery codes, which nobody sees again. If it is the first
// second factor, every other session ends. The owner is told by mail. Of any
// number of concurrent calls exactly one succeeds.
//
// Errors: invalid_code, too_many_attempts, totp_not_begun, invalid_token.
func (f *Factors) ConfirmTOTP(ctx context.Context, h session.Asker, code string) ([]string, error) {
	u, err := f.opts.Accounts.Profile(ctx, h.UserID)
	if err != nil {
		return nil, err
	}
	if _, err := f.begun(ctx, f.opts.Store.Direct(), u.ID); err != nil {
		return nil, err
	}
	var codes []string
	verify := func(ctx context.Context, tx *store.Tx) (Verdict, []string, error) {
		if err := f.opts.Sessions.Hold(ctx, tx, h); err != nil {
			return unknown, nil, err
		}
		row, err := f.begun(ctx, tx, u.ID)
		if err != nil {
			return unknown, nil, err
		}
		key, err := f.open(ctx, row)
		if err != nil {
			return unknown, nil, ErrNotEnrolling // another enrolment mends it
		}
		step, v, err := match(key, code, f.opts.Clock.Now(), row.LastStep)
		if err != nil || v != Right {
			return v, nil, err
		}
		confirmed, err := tx.TOTPs.Confirm(ctx, u.ID, row.ID, step, f.now())
		if err == nil && !confirmed {
			err = ErrNotEnrolling
		}
		return Right, nil, err
	}
	attempt := Attempt{User: u, SessionID: h.SessionID, Flow: "totp_confirm", Answer: Answer{Method: MethodTOTP}, Origin: h.Origin}
	err = f.try(ctx, attempt, ErrWrongCode, verify, func(ctx context.Context, tx *store.Tx, _ []string) (err error) {
		if codes, err = MakeCodes(ctx, tx, u.ID, f.now()); err != nil {
			return err
		}
		details := map[string]any{"recovery_codes": len(codes)}
		if err := f.done(ctx, tx, audit.KindTOTPAdded, h, details); err != nil {
			return err
		}
		if err := f.opts.Accounts.OfferClaim(ctx, tx, u, h.Origin); err != nil {
			return err
		}
		return Added(ctx, tx, f.opts.Sessions, f.opts.Postman, h, mail.Letter{Kind: mail.TOTPAdded, Data: mail.Circumstances(h.Origin, f.opts.Clock.Now())})
	})
	if err != nil {
		return nil, fmt.Errorf("confirm authenticator app: %w", err)
	}
	return codes, nil
}

// begun reads an enrolment that can be confirmed.
func (f *Factors) begun(ctx context.Context, tx *store.Tx, userID string) (store.TOTP, error) {
	row, err := tx.TOTPs.ByUser(ctx, userID)
	switch {
	case errors.Is(err, store.ErrNotFound):
		return row, ErrNotEnrolling
	case err != nil:
		return row, fmt.Errorf("read enrolment: %w", err)
	case row.Confirmed():
		return row, ErrEnrolled
	case !row.ExpiresAt.After(f.opts.Clock.Now()):
		return row, ErrNotEnrolling
	}
	return row, nil
}
