package account

import (
	"context"
	"errors"
	"fmt"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/password"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// Resettable reports whether a reset token would work right now, and the address
// of the account whose password it resets. It changes nothing.
func (a *Accounts) Resettable(ctx context.Context, token string) (usable bool, address string, err error) {
	if !secret.WellFormed(token, PrefixResetPassword) {
		return false, "", nil
	}
	return a.usableBy(ctx, store.PurposeResetPassword, secret.Hash(token))
}

// ResetPassword sets a new password with a token from the mail. It ends every
// session of the user, consumes every outstanding reset token, verifies the
// address, and tells the user; it signs nobody in. A password that is refused
// as weak does not spend the token.
//
// Errors: invalid_token, weak_password, busy.
func (a *Accounts) ResetPassword(ctx context.Context, token, newPassword string, origin audit.Origin) error {
	if !secret.WellFormed(token, PrefixResetPassword) {
		return ErrInvalidToken
	}
	hash := secret.Hash(token)
	u, err := a.holderOfReset(ctx, hash, origin)
	if err != nil {
		return err
	}
	if err := a.Hasher.Acceptable(newPassword, u.Email, u.Name); err != nil {
		return err
	}
	encoded, err := a.Hasher.Hash(ctx, newPassword)
	if err != nil {
		return err
	}
	return a.retry(ctx, func(ctx context.Context) error { return a.resetPassword(ctx, hash, encoded, origin) })
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
func (a *Accounts) holderOfReset(ctx context.Context, hash string, origin audit.Origin) (store.User, error) {
	t, err := a.Store.Direct().Tokens.ByHash(ctx, store.PurposeResetPassword, hash)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return store.User{}, fmt.Errorf("look at reset token: %w", err)
	}
	refused := audit.ReasonUnknown
	if err == nil {
		refused = standing(a.Clock.Now(), t.ExpiresAt, t.ConsumedAt, t.SupersededAt)
	}
	if refused != "" {
		return store.User{}, a.refuseReset(ctx, refused, t.UserID, origin)
	}
	u, err := a.Store.Direct().Users.ByID(ctx, t.UserID)
	if err != nil {
		return u, fmt.Errorf("read user of reset token: %w", err)
	}
	return u, nil
}

func (a *Accounts) refuseReset(ctx context.Context, reason, userID string, origin audit.Origin) error {
	err := a.Store.Tx(ctx, func(ctx context.Context, tx store.Tx) error {
		return a.record(ctx, tx, audit.Event{
			Kind: audit.KindPasswordReset, Outcome: audit.Failure, Reason: reason, UserID: userID, Origin: origin,
		})
	})
	if err != nil {
		return fmt.Errorf("record refused reset: %w", err)
	}
	return ErrInvalidToken
}

func (a *Accounts) resetPassword(ctx context.Context, hash, encoded string, origin audit.Origin) error {
	var refused, userID string
	err := a.Store.Tx(ctx, func(ctx context.Context, tx store.Tx) error {
		refused = ""
		t, why, err := a.consume(ctx, tx, store.PurposeResetPassword, hash)
		if err != nil || why != "" {
			refused, userID = why, t.UserID
			return err
		}
		u, err := tx.Users.ByID(ctx, t.UserID)
		if err != nil {
			return err
		}
		if !resettable(u) {
			refused, userID = audit.ReasonNotActive, u.ID
			return nil
		}
		if err := a.replacePassword(ctx, tx, u, encoded); err != nil {
			return err
		}
		if err := a.passwordIsNew(ctx, tx, u, "", audit.KindPasswordReset, origin); err != nil {
			return err
		}
		if err := a.Sessions.EndAll(ctx, tx, u, "", store.ReasonPasswordReset, origin); err != nil {
			return err
		}
		if !u.EmailVerifiedAt.IsZero() {
			return nil
		}
		_, err = tx.Users.MarkVerified(ctx, u.ID, a.Clock.Now())
		return err
	})
	if err != nil {
		return fmt.Errorf("reset password: %w", err)
	}
	if refused != "" {
		return a.refuseReset(ctx, refused, userID, origin)
	}
	return nil
}

// replacePassword stores a new hash in place of whatever there was.
func (a *Accounts) replacePassword(ctx context.Context, tx store.Tx, u store.User, encoded string) error {
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
// sessions, which is the caller's: reset tokens are consumed, guesses are
// forgotten, the user is told.
func (a *Accounts) passwordIsNew(
	ctx context.Context, tx store.Tx, u store.User, device, kind string, origin audit.Origin,
) error {
	if _, err := tx.Tokens.ConsumeAll(ctx, u.ID, store.PurposeResetPassword, a.Clock.Now()); err != nil {
		return err
	}
	if err := a.Guesses.Clear(ctx, tx, u.EmailCanonical, device); err != nil {
		return err
	}
	event := audit.Event{
		Kind: kind, Outcome: audit.Success, ActorID: u.ID, UserID: u.ID, Email: u.Email, Origin: origin,
	}
	if err := a.record(ctx, tx, event); err != nil {
		return err
	}
	return a.Postman.Tell(ctx, tx, mail.PasswordChanged, u, origin)
}
