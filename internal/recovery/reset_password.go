package recovery

import (
	"context"
	"fmt"

	"github.com/sallyport-auth/sallyport/internal/account"
	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/link"
	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// Resettable reports whether a reset token would work right now, and the address
// of the account whose password it resets. It changes nothing.
func (p *Passwords) Resettable(ctx context.Context, token string) (usable bool, address string, err error) {
	t, usable, err := p.opts.Accounts.Usable(ctx, store.PurposeResetPassword, token)
	if err != nil || !usable {
		return false, "", err
	}
	u, err := p.opts.Store.Direct().Users.ByID(ctx, t.UserID)
	if err != nil {
		return false, "", fmt.Errorf("read user of one-time token: %w", err)
	}
	return true, u.Email, nil
}

// ResetPassword sets a new password with a token from the mail. It ends every
// session of the user, consumes every outstanding reset token, verifies the
// address, claims the account, and tells the user; it signs nobody in. Factors of
// a claimed account stay; an unclaimed one starts afresh. A password that is refused
// as weak does not spend the token.
//
// Errors: invalid_token, weak_password, busy.
func (p *Passwords) ResetPassword(ctx context.Context, token, newPassword string, origin audit.Origin) error {
	s := link.Spending{Purpose: store.PurposeResetPassword, Token: token, Origin: origin}
	u, err := p.holderOfReset(ctx, s)
	if err != nil {
		return err
	}
	if err := p.opts.Hasher.Acceptable(ctx, newPassword, u.Email, u.Name); err != nil {
		return err
	}
	encoded, err := p.opts.Hasher.Hash(ctx, newPassword)
	if err != nil {
		return err
	}
	refused, err := p.opts.Accounts.Spend(ctx, s, func(ctx context.Context, tx *store.Tx, t store.OneTimeToken) (string, error) {
		return p.resetPassword(ctx, tx, t.UserID, encoded, origin)
	})
	if err != nil {
		return fmt.Errorf("reset password: %w", err)
	}
	if refused != "" {
		return account.ErrInvalidToken
	}
	return nil
}

// holderOfReset looks a reset token up before any costly work. A refusal is
// recorded.
func (p *Passwords) holderOfReset(ctx context.Context, s link.Spending) (u store.User, err error) {
	if !link.WellFormed(s.Purpose, s.Token) {
		return u, account.ErrInvalidToken
	}
	t, refused, err := p.opts.Links.Look(ctx, p.opts.Store.Direct(), s.Purpose, s.Token)
	if err != nil {
		return u, fmt.Errorf("look at reset token: %w", err)
	}
	if refused != "" {
		return u, p.opts.Accounts.RefuseLink(ctx, s, t, refused)
	}
	if u, err = p.opts.Store.Direct().Users.ByID(ctx, t.UserID); err != nil {
		return u, fmt.Errorf("read user of reset token: %w", err)
	}
	return u, nil
}

// resetPassword carries out a reset token, or returns the reason for which it
// does not count.
func (p *Passwords) resetPassword(ctx context.Context, tx *store.Tx, userID, encoded string, origin audit.Origin) (refused string, err error) {
	u, err := tx.Users.ByID(ctx, userID)
	if err != nil {
		return "", err
	}
	if !account.MayReset(u) {
		return audit.ReasonNotActive, nil
	}
	return "", p.opts.Accounts.SetByMail(ctx, tx, u, encoded, origin)
}

// RequestReset mails a reset link, if the address has an account that can use
// one. The caller learns nothing. Links before it go on working: a stranger who
// asks must not spoil the link that the owner just asked for.
//
// Errors: invalid_input.
func (p *Passwords) RequestReset(ctx context.Context, address string, origin audit.Origin) error {
	return p.opts.Accounts.RequestMail(ctx, address, audit.KindResetRequested, mail.ResetPassword, origin, p.askReset)
}

// askReset writes the mail of a reset request. Over the limit of mails there is
// a link all the same, if none that was mailed works; what else there is to do
// is done for nobody.
func (p *Passwords) askReset(ctx context.Context, tx *store.Tx, r account.MailRequest) (l mail.Letter, err error) {
	u := r.User()
	stands, err := tx.Tokens.Stands(ctx, u.ID, store.PurposeResetPassword, p.opts.Clock.Now())
	if err != nil {
		return l, err
	}
	able := r.Owner != nil && account.MayReset(u)
	send := able && r.Allowed
	if !r.Allowed {
		if send, err = p.opts.Postman.AllowOnly(ctx, tx, mail.ResetPassword, r.Address, able && !stands); err != nil {
			return l, err
		}
	}
	if !send {
		return mail.Letter{Kind: mail.Blank, To: r.Address}, p.opts.Accounts.WriteNothing(ctx, tx)
	}
	token, t, err := p.opts.Links.Mint(ctx, tx, store.PurposeResetPassword, u, "")
	l = mail.Letter{Kind: mail.ResetPassword, To: u.Email, Name: u.Name, Data: p.opts.Accounts.Told(r.Origin, clock.Stored(p.opts.Clock))}
	return l.With(token, t), err
}
