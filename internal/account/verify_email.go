package account

import (
	"context"
	"errors"
	"fmt"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/link"
	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/telemetry"
)

// Verifiable reports whether a verification token would work right now, and which
// address it verifies. It changes nothing, so a link scanner may ask as often as
// it likes.
func (a *Accounts) Verifiable(ctx context.Context, token string) (usable bool, address string, err error) {
	if !link.WellFormed(store.PurposeVerifyEmail, token) {
		return false, "", nil
	}
	p, err := a.Store.Direct().Signups.ByTokenHash(ctx, secret.Hash(token))
	if errors.Is(err, store.ErrNotFound) {
		return a.usableBy(ctx, store.PurposeVerifyEmail, token)
	}
	if err != nil {
		return false, "", fmt.Errorf("look at verification token: %w", err)
	}
	if link.State(a.Clock.Now(), p.ExpiresAt, p.ConsumedAt, p.SupersededAt) != "" {
		return false, "", nil
	}
	u, err := optional(a.Store.Direct().Users.ByEmail(ctx, p.EmailCanonical))
	switch {
	case err != nil:
		return false, "", fmt.Errorf("look at owner of pending address: %w", err)
	case u != nil:
		return false, "", nil
	}
	return true, p.Email, nil
}

// usableBy reports whether a one-time token would work, and the address of its
// user.
func (a *Accounts) usableBy(ctx context.Context, purpose store.Purpose, token string) (ok bool, address string, err error) {
	t, ok, err := a.usable(ctx, purpose, token)
	if err != nil || !ok {
		return false, "", err
	}
	u, err := a.Store.Direct().Users.ByID(ctx, t.UserID)
	if err != nil {
		return false, "", fmt.Errorf("read user of one-time token: %w", err)
	}
	return true, u.Email, nil
}

// VerifyEmail consumes a verification token and returns the user. For a pending
// sign-up it makes the account, with the password of the very sign-up that the
// token was mailed for. Of any number of concurrent calls exactly one succeeds.
//
// Errors: invalid_token.
func (a *Accounts) VerifyEmail(ctx context.Context, token string, origin audit.Origin) (u store.User, err error) {
	ctx, span := telemetry.Start(ctx, "account.verify_email")
	defer func() { span.End(err) }()
	if !link.WellFormed(store.PurposeVerifyEmail, token) {
		return store.User{}, ErrInvalidToken
	}
	s := link.Spending{Purpose: store.PurposeVerifyEmail, Token: token, Origin: origin}
	var refused string
	err = a.Store.Tx(ctx, func(ctx context.Context, tx store.Tx) (err error) {
		p, err := tx.Signups.ByTokenHash(ctx, secret.Hash(token))
		if errors.Is(err, store.ErrNotFound) {
			refused, err = a.links.Spend(ctx, tx, s, func(ctx context.Context, tx store.Tx, t store.OneTimeToken) (string, error) {
				u, err = a.verifyExisting(ctx, tx, t.UserID, origin)
				return "", err
			})
			return err
		}
		if err != nil {
			return err
		}
		u, refused, err = a.verifyPending(ctx, tx, p, origin)
		if err != nil || refused == "" {
			return err
		}
		return a.links.Refuse(ctx, tx, s, store.OneTimeToken{UserID: u.ID}, refused)
	})
	if errors.Is(err, store.ErrTaken) {
		// Another link of the same address won this very moment.
		return store.User{}, ErrInvalidToken
	}
	if err != nil {
		return store.User{}, fmt.Errorf("verify e-mail address: %w", err)
	}
	if refused != "" {
		return store.User{}, ErrInvalidToken
	}
	return u, nil
}

// verifyPending makes the account of a sign-up, or says in refused why its link
// cannot be used.
func (a *Accounts) verifyPending(
	ctx context.Context, tx store.Tx, p store.PendingSignup, origin audit.Origin,
) (u store.User, refused string, err error) {
	now := a.Clock.Now()
	if refused = link.State(now, p.ExpiresAt, p.ConsumedAt, p.SupersededAt); refused != "" {
		return u, refused, nil
	}
	consumed, err := tx.Signups.Consume(ctx, p.ID, now)
	if err != nil {
		return u, "", err
	}
	if !consumed {
		return u, audit.ReasonConsumed, nil
	}
	if u, err = tx.Users.ByEmail(ctx, p.EmailCanonical); err == nil {
		return u, "account_exists", nil
	} else if !errors.Is(err, store.ErrNotFound) {
		return u, "", err
	}
	u, err = a.fromPending(ctx, tx, p, origin)
	return u, "", err
}

// fromPending makes the account of a pending sign-up. The other sign-ups of the
// address stay as they are, because whoever planted one would see it go: a link
// of theirs is refused while the address has an account.
func (a *Accounts) fromPending(
	ctx context.Context, tx store.Tx, p store.PendingSignup, origin audit.Origin,
) (store.User, error) {
	u := a.newUser(newcomer{email: p.Email, canonical: p.EmailCanonical, name: p.Name}, nil)
	u.EmailVerifiedAt = u.CreatedAt
	if err := a.insertUser(ctx, tx, u, p.PasswordHash, origin); err != nil {
		return u, err
	}
	if p.PasswordHash == "" {
		if err := a.mailReset(ctx, tx, u, mail.SetPassword); err != nil {
			return u, err
		}
	}
	return u, a.record(ctx, tx, verified(u, origin))
}

func verified(u store.User, origin audit.Origin) audit.Event {
	return audit.Event{
		Kind: audit.KindEmailVerified, Outcome: audit.Success, ActorID: u.ID, UserID: u.ID, Email: u.Email, Origin: origin,
	}
}

// verifyExisting verifies the address of an account that was made without.
func (a *Accounts) verifyExisting(ctx context.Context, tx store.Tx, userID string, origin audit.Origin) (u store.User, err error) {
	if _, err := tx.Users.MarkVerified(ctx, userID, a.Clock.Now()); err != nil {
		return u, err
	}
	if u, err = tx.Users.ByID(ctx, userID); err != nil {
		return u, err
	}
	return u, a.record(ctx, tx, verified(u, origin))
}

// mailVerification mints a verification token for an existing account and
// supersedes the ones before it.
func (a *Accounts) mailVerification(ctx context.Context, tx store.Tx, u store.User) error {
	now := a.Clock.Now()
	if _, err := tx.Tokens.SupersedeAll(ctx, u.ID, store.PurposeVerifyEmail, now); err != nil {
		return err
	}
	return a.mailToken(ctx, tx, u, mail.VerifyEmail, store.PurposeVerifyEmail)
}

// mailReset mints a reset token. Those before it go on working: a stranger who
// asks for a reset must not spoil the link that the owner just asked for.
func (a *Accounts) mailReset(ctx context.Context, tx store.Tx, u store.User, kind mail.Kind) error {
	return a.mailToken(ctx, tx, u, kind, store.PurposeResetPassword)
}

func (a *Accounts) mailToken(ctx context.Context, tx store.Tx, u store.User, kind mail.Kind, purpose store.Purpose) error {
	l, err := a.mintToken(ctx, tx, u, kind, purpose)
	if err != nil {
		return err
	}
	return a.Postman.Enqueue(ctx, tx, l)
}

// mintToken stores a new token and gives the letter that brings it.
func (a *Accounts) mintToken(
	ctx context.Context, tx store.Tx, u store.User, kind mail.Kind, purpose store.Purpose,
) (mail.Letter, error) {
	token, t, err := a.links.Mint(ctx, tx, purpose, u, "")
	return mail.Letter{Kind: kind, To: u.Email, Name: u.Name}.With(token, t), err
}
