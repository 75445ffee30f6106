package account

import (
	"context"
	"errors"
	"fmt"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/link"
	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/password"
	"github.com/sallyport-auth/sallyport/internal/session"
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
	if err := a.Hasher.Acceptable(ctx, newPassword, u.Email, u.Name); err != nil {
		return err
	}
	encoded, err := a.Hasher.Hash(ctx, newPassword)
	if err != nil {
		return err
	}
	refused, err := a.spend(ctx, s, func(ctx context.Context, tx *store.Tx, t store.OneTimeToken) (string, error) {
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

// retry runs change again while it loses against another change of the user.
func (a *Accounts) retry(ctx context.Context, change func(ctx context.Context) error) error {
	err := store.Again(ctx, session.ErrEpochMoved, change)
	if errors.Is(err, session.ErrEpochMoved) {
		return password.ErrBusy.WithCause(err)
	}
	return err
}

// holderOfReset looks a reset token up before any costly work. A refusal is
// recorded.
func (a *Accounts) holderOfReset(ctx context.Context, s link.Spending) (u store.User, err error) {
	if !link.WellFormed(s.Purpose, s.Token) {
		return u, ErrInvalidToken
	}
	t, refused, err := a.links.Look(ctx, a.Store.Direct(), s.Purpose, s.Token)
	if err != nil {
		return u, fmt.Errorf("look at reset token: %w", err)
	}
	if refused != "" {
		err := a.Store.Tx(ctx, func(ctx context.Context, tx *store.Tx) error { return a.links.Refuse(ctx, tx, s, t, refused) })
		if err != nil {
			return u, fmt.Errorf("record refused reset: %w", err)
		}
		return u, ErrInvalidToken
	}
	if u, err = a.Store.Direct().Users.ByID(ctx, t.UserID); err != nil {
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
	if !resettable(u) {
		return audit.ReasonNotActive, nil
	}
	return "", a.setByMail(ctx, tx, u, encoded, origin)
}

// replacePassword stores a new hash in place of whatever there was.
func (a *Accounts) replacePassword(ctx context.Context, tx *store.Tx, u store.User, encoded string) error {
	old, err := tx.Credentials.ByKind(ctx, u.ID, store.KindPassword)
	if errors.Is(err, store.ErrNotFound) {
		c := passwordCredential(u, encoded)
		c.CreatedAt = a.Clock.Now()
		c.UpdatedAt = c.CreatedAt
		return tx.Credentials.Insert(ctx, c)
	}
	if err != nil {
		return err
	}
	replaced, err := tx.Credentials.Replace(ctx, u.ID, store.KindPassword, old.Secret, encoded, a.Clock.Now())
	if err == nil && !replaced {
		return session.ErrEpochMoved
	}
	return err
}

// passwordIsNew does what every new password brings, but for the end of
// sessions, which is the caller's: reset tokens are consumed, guesses and codes
// are forgotten, the user is told, also of what went with the old one.
func (a *Accounts) passwordIsNew(
	ctx context.Context, tx *store.Tx, u store.User, budget, kind string, origin audit.Origin, gone *store.FactorsGone,
) error {
	if _, err := tx.Tokens.ConsumeAll(ctx, u.ID, store.PurposeResetPassword, a.Clock.Now()); err != nil {
		return err
	}
	if err := a.Guesses.Clear(ctx, tx, u.EmailCanonical, budget); err != nil {
		return err
	}
	if err := a.Codes.Forgive(ctx, tx, u.ID); err != nil {
		return err
	}
	event := audit.Event{
		Kind: kind, Outcome: audit.Success, ActorID: u.ID, UserID: u.ID, Email: u.Email, Origin: origin, Details: details(gone),
	}
	if err := a.record(ctx, tx, event); err != nil {
		return err
	}
	data := mail.Circumstances(origin, a.Clock.Now())
	if gone != nil && *gone != (store.FactorsGone{}) {
		data[mail.DataCleared] = "yes"
	}
	return a.Postman.Notify(ctx, tx, u, mail.Letter{Kind: mail.PasswordChanged, Data: data})
}
