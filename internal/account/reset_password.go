package account

import (
	"context"
	"fmt"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/link"
	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// Resettable reports whether a reset token would work right now, and the address
// of the account whose password it resets. It changes nothing.
func (a *Accounts) Resettable(ctx context.Context, token string) (usable bool, address string, err error) {
	return a.usableBy(ctx, store.PurposeResetPassword, token)
}

// ResetPassword sets a new password with a token from the mail. It ends every
// session of the user, consumes every outstanding reset token, verifies the
// address, claims the account, and tells the user; it signs nobody in. Factors of
// a claimed account stay; an unclaimed one starts afresh. A password that is refused
// as weak does not spend the token.
//
// Errors: invalid_token, weak_password, busy.
func (a *Accounts) ResetPassword(ctx context.Context, token, newPassword string, origin audit.Origin) error {
	s := link.Spending{Purpose: store.PurposeResetPassword, Token: token, Origin: origin}
	u, err := a.holderOfReset(ctx, s)
	if err != nil {
		return err
	}
	if err := a.opts.Hasher.Acceptable(ctx, newPassword, u.Email, u.Name); err != nil {
		return err
	}
	encoded, err := a.opts.Hasher.Hash(ctx, newPassword)
	if err != nil {
		return err
	}
	refused, err := a.Spend(ctx, s, func(ctx context.Context, tx *store.Tx, t store.OneTimeToken) (string, error) {
		return a.resetPassword(ctx, tx, t.UserID, encoded, origin)
	})
	if err != nil {
		return fmt.Errorf("reset password: %w", err)
	}
	if refused != "" {
		return ErrInvalidToken
	}
	return nil
}

// holderOfReset looks a reset token up before any costly work. A refusal is
// recorded.
func (a *Accounts) holderOfReset(ctx context.Context, s link.Spending) (u store.User, err error) {
	if !link.WellFormed(s.Purpose, s.Token) {
		return u, ErrInvalidToken
	}
	t, refused, err := a.opts.Links.Look(ctx, a.opts.Store.Direct(), s.Purpose, s.Token)
	if err != nil {
		return u, fmt.Errorf("look at reset token: %w", err)
	}
	if refused != "" {
		err := a.opts.Store.Tx(ctx, func(ctx context.Context, tx *store.Tx) error { return a.opts.Links.Refuse(ctx, tx, s, t, refused) })
		if err != nil {
			return u, fmt.Errorf("record refused reset: %w", err)
		}
		return u, ErrInvalidToken
	}
	if u, err = a.opts.Store.Direct().Users.ByID(ctx, t.UserID); err != nil {
		return u, fmt.Errorf("read user of reset token: %w", err)
	}
	return u, nil
}

// resetPassword does what a reset token is for, or says why not.
func (a *Accounts) resetPassword(ctx context.Context, tx *store.Tx, userID, encoded string, origin audit.Origin) (refused string, err error) {
	u, err := tx.Users.ByID(ctx, userID)
	if err != nil {
		return "", err
	}
	if !MayReset(u) {
		return audit.ReasonNotActive, nil
	}
	return "", a.SetByMail(ctx, tx, u, encoded, origin)
}

// RequestReset mails a reset link, if the address has an account that can use
// one. The caller learns nothing.
//
// Errors: invalid_input.
func (a *Accounts) RequestReset(ctx context.Context, address string, origin audit.Origin) error {
	return a.RequestMail(ctx, address, audit.KindResetRequested, mail.ResetPassword, origin, a.askReset)
}

// askReset writes what a request for a new password asks for. Over the limit of
// mails there is a link all the same, if none that was mailed works; what else
// there is to do is done for nobody.
func (a *Accounts) askReset(ctx context.Context, tx *store.Tx, r MailRequest) (l mail.Letter, err error) {
	u := r.User()
	stands, err := tx.Tokens.Stands(ctx, u.ID, store.PurposeResetPassword, a.opts.Clock.Now())
	if err != nil {
		return l, err
	}
	able := r.Owner != nil && MayReset(u)
	send := able && r.Allowed
	if !r.Allowed {
		if send, err = a.opts.Postman.AllowOnly(ctx, tx, mail.ResetPassword, r.Address, able && !stands); err != nil {
			return l, err
		}
	}
	if !send {
		return mail.Letter{Kind: mail.Blank, To: r.Address}, a.WriteNothing(ctx, tx)
	}
	token, t, err := a.opts.Links.Mint(ctx, tx, store.PurposeResetPassword, u, "")
	l = mail.Letter{Kind: mail.ResetPassword, To: u.Email, Name: u.Name, Data: a.Told(r.Origin, clock.Stored(a.opts.Clock))}
	return l.With(token, t), err
}
