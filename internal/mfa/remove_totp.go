package mfa

import (
	"context"
	"fmt"
	"time"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// RemoveTOTP removes the code generator, and the recovery codes if no passkey is
// left that they stand in for, ends every session of its owner, opens a new one for the caller, and tells the
// owner by mail.
//
// Errors: no_second_factor, invalid_token.
func (f *Factors) RemoveTOTP(ctx context.Context, h session.Asker) (session.Tokens, error) {
	var tokens session.Tokens
	err := store.Again(ctx, session.ErrEpochMoved, func(ctx context.Context) error {
		return f.opts.Sessions.Approved(ctx, func(ctx context.Context, a *session.Approval) (err error) {
			tokens, err = f.removeTOTP(ctx, h, a)
			return err
		})
	})
	return tokens, err
}

func (f *Factors) removeTOTP(ctx context.Context, h session.Asker, a *session.Approval) (session.Tokens, error) {
	readAt := f.opts.Clock.Now()
	var opened store.Session
	var u store.User
	err := f.opts.Store.Tx(ctx, func(ctx context.Context, tx *store.Tx) (err error) {
		if err := f.opts.Sessions.Hold(ctx, tx, h); err != nil {
			return err
		}
		removed, err := tx.TOTPs.Delete(ctx, h.UserID)
		if err != nil {
			return err
		}
		if !removed {
			return ErrNoFactor
		}
		if u, err = tx.Users.ByID(ctx, h.UserID); err != nil { // after that, or a passkey may come unseen
			return err
		}
		if u.Passkeys == 0 {
			if _, err := tx.Recovery.Drop(ctx, u.ID); err != nil {
				return err
			}
		}
		if err := f.done(ctx, tx, audit.KindTOTPRemoved, h, nil); err != nil {
			return err
		}
		if err := f.opts.Postman.Notify(ctx, tx, u, totpRemoved(u, h.Origin, readAt)); err != nil {
			return err
		}
		opened, u, err = f.opts.Sessions.Replace(ctx, tx, session.Replacement{
			Asker: h, User: u, Reason: store.ReasonFactorRemoved, ReadAt: readAt, Approval: a,
		})
		return err
	})
	if err != nil {
		return session.Tokens{}, fmt.Errorf("remove authenticator app: %w", err)
	}
	return f.opts.Sessions.Issue(opened, u, a, readAt)
}

// totpRemoved is the letter to its owner. u is who they are without it.
func totpRemoved(u store.User, o audit.Origin, at time.Time) mail.Letter {
	l := mail.Letter{Kind: mail.TOTPRemoved, Data: mail.Circumstances(o, at)}
	if u.Passkeys > 0 {
		l.Data[mail.DataPasskeys] = "left"
	}
	return l
}
