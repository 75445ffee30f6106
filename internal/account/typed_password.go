package account

import (
	"context"
	"errors"
	"fmt"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/password"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// ProveCurrent counts a guess, verifies the current password and returns its
// stored hash. A wrong one is recorded as the failure of what it was given for.
func (a *Accounts) ProveCurrent(ctx context.Context, u store.User, plain, budget string, purpose audit.Event) (string, error) {
	if err := a.opts.Guesses.Take(ctx, u.EmailCanonical, budget); err != nil {
		return "", err
	}
	stored, err := a.opts.Store.Direct().Credentials.ByKind(ctx, u.ID, store.KindPassword)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return "", fmt.Errorf("read password: %w", err)
	}
	password.KnownDevice(ctx) // whoever asks is signed in
	result, err := a.opts.Hasher.Verify(ctx, stored.Secret, plain)
	if err != nil {
		return "", errors.Join(err, a.opts.Guesses.GiveBack(ctx, u.EmailCanonical, budget))
	}
	if result.Match {
		return stored.Secret, a.opts.Guesses.GiveBack(ctx, u.EmailCanonical, budget)
	}
	err = a.opts.Store.Tx(ctx, func(ctx context.Context, tx *store.Tx) error {
		purpose.Outcome, purpose.Reason = audit.Failure, audit.ReasonWrongPassword
		return a.opts.Trail.Record(ctx, tx, purpose)
	})
	if err != nil {
		return "", fmt.Errorf("record wrong password: %w", err)
	}
	return "", ErrWrongPassword
}

// PresentPassword counts and verifies the password of an account on the page of a
// link, and gives its stored hash.
func (a *Accounts) PresentPassword(ctx context.Context, u store.User, plain string, o audit.Origin) (string, error) {
	if err := a.linkGuesses.Take(ctx, u.EmailCanonical); err != nil {
		return "", err
	}
	stored, err := a.opts.Store.Direct().Credentials.ByKind(ctx, u.ID, store.KindPassword)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return "", errors.Join(err, a.linkGuesses.GiveBack(ctx, u.EmailCanonical))
	}
	n, err := a.opts.Hasher.VerifyAny(ctx, []string{stored.Secret}, plain)
	if err != nil {
		return "", errors.Join(err, a.linkGuesses.GiveBack(ctx, u.EmailCanonical))
	}
	if n < 0 {
		return "", a.WrongOnLink(ctx, u.ID, u.Email, o)
	}
	return stored.Secret, a.linkGuesses.GiveBack(ctx, u.EmailCanonical)
}

// WrongOnLink records a wrong password on the page of a link.
func (a *Accounts) WrongOnLink(ctx context.Context, userID, address string, o audit.Origin) error {
	err := a.opts.Store.Tx(ctx, func(ctx context.Context, tx *store.Tx) error {
		return a.opts.Trail.Record(ctx, tx, audit.Event{
			Kind: audit.KindEmailVerified, Outcome: audit.Failure, Reason: audit.ReasonWrongPassword, UserID: userID, Email: address, Origin: o,
		})
	})
	if err != nil {
		return fmt.Errorf("record wrong password: %w", err)
	}
	return ErrWrongPassword
}

// StillPresent makes sure that a password which was verified is the account's.
func StillPresent(ctx context.Context, tx *store.Tx, userID, hash string) error {
	c, err := tx.Credentials.ByKind(ctx, userID, store.KindPassword)
	if err == nil && c.Secret != hash || errors.Is(err, store.ErrNotFound) {
		return ErrWrongPassword // it was changed since; the link is not spent
	}
	return err
}
