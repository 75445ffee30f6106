package account

import (
	"context"
	"errors"
	"fmt"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/password"
	"github.com/sallyport-auth/sallyport/internal/ratelimit"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// ChangePassword is what somebody who is signed in gives to change their
// password.
type ChangePassword struct {
	session.Asker

	Current, New string
}

// ChangePassword sets a new password, ends every session of the user, and opens
// a new one for the caller. The session that asked answers session_replaced for
// the length of the refresh grace, so that a second tab reads its store again
// instead of signing out. Wrong current passwords count as guesses, against the
// session alone.
//
// Errors: invalid_credentials, weak_password, invalid_token, rate_limited, busy.
func (a *Accounts) ChangePassword(ctx context.Context, c ChangePassword) (session.Tokens, error) {
	u, err := a.Profile(ctx, c.UserID)
	if err != nil {
		return session.Tokens{}, err
	}
	budget := ratelimit.SessionBudget(c.SessionID)
	current, err := a.proveCurrent(ctx, u, c.Current, budget, audit.Event{
		Kind: audit.KindPasswordChanged, ActorID: u.ID, UserID: u.ID, SessionID: c.SessionID, Origin: c.Origin,
	})
	if err != nil {
		return session.Tokens{}, err
	}
	if err := a.Hasher.Acceptable(ctx, c.New, u.Email, u.Name); err != nil {
		return session.Tokens{}, err
	}
	encoded, err := a.Hasher.Hash(ctx, c.New)
	if err != nil {
		return session.Tokens{}, err
	}
	var tokens session.Tokens
	err = a.retry(ctx, func(ctx context.Context) (err error) {
		tokens, err = a.changePassword(ctx, c, budget, current, encoded)
		return err
	})
	return tokens, err
}

// proveCurrent counts a guess, verifies the current password and returns its
// stored hash. A wrong one is recorded as the failure of what it was given for.
func (a *Accounts) proveCurrent(ctx context.Context, u store.User, plain, budget string, purpose audit.Event) (string, error) {
	if err := a.Guesses.Take(ctx, u.EmailCanonical, budget); err != nil {
		return "", err
	}
	stored, err := a.Store.Direct().Credentials.ByKind(ctx, u.ID, store.KindPassword)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return "", fmt.Errorf("read password: %w", err)
	}
	password.KnownDevice(ctx) // whoever asks is signed in
	result, err := a.Hasher.Verify(ctx, stored.Secret, plain)
	if err != nil {
		return "", errors.Join(err, a.Guesses.GiveBack(ctx, u.EmailCanonical, budget))
	}
	if result.Match {
		return stored.Secret, a.Guesses.GiveBack(ctx, u.EmailCanonical, budget)
	}
	err = a.Store.Tx(ctx, func(ctx context.Context, tx *store.Tx) error {
		purpose.Outcome, purpose.Reason = audit.Failure, audit.ReasonWrongPassword
		return a.record(ctx, tx, purpose)
	})
	if err != nil {
		return "", fmt.Errorf("record wrong password: %w", err)
	}
	return "", ErrWrongPassword
}

func (a *Accounts) changePassword(
	ctx context.Context, c ChangePassword, budget, current, encoded string,
) (session.Tokens, error) {
	readAt := a.Clock.Now()
	var u store.User
	var opened store.Session
	err := a.Store.Tx(ctx, func(ctx context.Context, tx *store.Tx) (err error) {
		if err := a.Sessions.Hold(ctx, tx, c.Asker); err != nil {
			return err
		}
		if u, err = tx.Users.ByID(ctx, c.UserID); err != nil {
			return err
		}
		replaced, err := tx.Credentials.Replace(ctx, u.ID, store.KindPassword, current, encoded, a.Clock.Now())
		if err != nil {
			return err
		}
		if !replaced { // another change came first
			return ErrWrongPassword
		}
		if err := a.passwordIsNew(ctx, tx, u, budget, audit.KindPasswordChanged, c.Origin, nil); err != nil {
			return err
		}
		opened, u, err = a.Sessions.Replace(ctx, tx, session.Replacement{
			Asker: c.Asker, User: u, Reason: store.ReasonPasswordChanged, AMR: []string{session.AMRPassword}, ReadAt: readAt,
		})
		return err
	})
	if err != nil {
		return session.Tokens{}, fmt.Errorf("change password: %w", err)
	}
	return a.Sessions.Issue(opened, u, readAt)
}
