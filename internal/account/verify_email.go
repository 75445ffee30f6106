package account

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/telemetry"
)

// Verifiable reports whether a verification token would work right now, and which
// address it verifies. It changes nothing, so a link scanner may ask as often as
// it likes.
func (a *Accounts) Verifiable(ctx context.Context, token string) (usable bool, address string, err error) {
	if !secret.WellFormed(token, PrefixVerifyEmail) {
		return false, "", nil
	}
	now, hash := a.Clock.Now(), secret.Hash(token)
	p, err := a.Store.Direct().Signups.ByTokenHash(ctx, hash)
	if errors.Is(err, store.ErrNotFound) {
		return a.usableBy(ctx, store.PurposeVerifyEmail, hash)
	}
	if err != nil {
		return false, "", fmt.Errorf("look at verification token: %w", err)
	}
	if standing(now, p.ExpiresAt, p.ConsumedAt, p.SupersededAt) != "" {
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

// usable gives the one-time token with this hash, and reports whether it would
// work.
func (a *Accounts) usable(ctx context.Context, purpose store.Purpose, hash string) (t store.OneTimeToken, ok bool, err error) {
	t, err = a.Store.Direct().Tokens.ByHash(ctx, purpose, hash)
	if errors.Is(err, store.ErrNotFound) {
		return t, false, nil
	}
	if err != nil {
		return t, false, fmt.Errorf("look at one-time token: %w", err)
	}
	return t, standing(a.Clock.Now(), t.ExpiresAt, t.ConsumedAt, t.SupersededAt) == "", nil
}

// usableBy reports whether a one-time token would work, and the address of its
// user.
func (a *Accounts) usableBy(ctx context.Context, purpose store.Purpose, hash string) (ok bool, address string, err error) {
	t, ok, err := a.usable(ctx, purpose, hash)
	if err != nil || !ok {
		return false, "", err
	}
	u, err := a.Store.Direct().Users.ByID(ctx, t.UserID)
	if err != nil {
		return false, "", fmt.Errorf("read user of one-time token: %w", err)
	}
	return true, u.Email, nil
}

// standing names the state of a one-time token that cannot be used, or nothing.
func standing(now, expires, consumed, superseded time.Time) string {
	switch {
	case !consumed.IsZero():
		return audit.ReasonConsumed
	case !superseded.IsZero():
		return audit.ReasonSuperseded
	case !now.Before(expires):
		return audit.ReasonExpired
	default:
		return ""
	}
}

// VerifyEmail consumes a verification token and returns the user. For a pending
// sign-up it makes the account, with the password of the very sign-up that the
// token was mailed for. Of any number of concurrent calls exactly one succeeds.
//
// Errors: invalid_token.
func (a *Accounts) VerifyEmail(ctx context.Context, token string, origin audit.Origin) (u store.User, err error) {
	ctx, span := telemetry.Start(ctx, "account.verify_email")
	defer func() { span.End(err) }()
	if !secret.WellFormed(token, PrefixVerifyEmail) {
		return store.User{}, ErrInvalidToken
	}
	var refused string
	err = a.Store.Tx(ctx, func(ctx context.Context, tx store.Tx) (err error) {
		u, refused, err = a.verifyEmail(ctx, tx, secret.Hash(token), origin)
		if err != nil || refused == "" {
			return err
		}
		// The refusal is an outcome: its audit event must be committed.
		return a.record(ctx, tx, audit.Event{
			Kind: audit.KindEmailVerified, Outcome: audit.Failure, Reason: refused, UserID: u.ID, Origin: origin,
		})
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

// verifyEmail says in refused why the token cannot be used.
func (a *Accounts) verifyEmail(
	ctx context.Context, tx store.Tx, hash string, origin audit.Origin,
) (u store.User, refused string, err error) {
	p, err := tx.Signups.ByTokenHash(ctx, hash)
	if errors.Is(err, store.ErrNotFound) {
		return a.verifyExisting(ctx, tx, hash, origin)
	}
	if err != nil {
		return u, "", err
	}
	now := a.Clock.Now()
	if refused = standing(now, p.ExpiresAt, p.ConsumedAt, p.SupersededAt); refused != "" {
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

// verifyExisting consumes a token that was mailed to the user of an account
// whose address is not verified.
func (a *Accounts) verifyExisting(
	ctx context.Context, tx store.Tx, hash string, origin audit.Origin,
) (u store.User, refused string, err error) {
	t, refused, err := a.consume(ctx, tx, store.PurposeVerifyEmail, hash)
	if err != nil || refused != "" {
		return store.User{ID: t.UserID}, refused, err
	}
	now := a.Clock.Now()
	if _, err := tx.Users.MarkVerified(ctx, t.UserID, now); err != nil {
		return u, "", err
	}
	u, err = tx.Users.ByID(ctx, t.UserID)
	if err != nil {
		return u, "", err
	}
	return u, "", a.record(ctx, tx, verified(u, origin))
}

// consume spends a one-time token, or says in refused why it cannot be spent.
func (a *Accounts) consume(
	ctx context.Context, tx store.Tx, purpose store.Purpose, hash string,
) (t store.OneTimeToken, refused string, err error) {
	t, err = tx.Tokens.ByHash(ctx, purpose, hash)
	if errors.Is(err, store.ErrNotFound) {
		return t, audit.ReasonUnknown, nil
	}
	if err != nil {
		return t, "", err
	}
	now := a.Clock.Now()
	if refused = standing(now, t.ExpiresAt, t.ConsumedAt, t.SupersededAt); refused != "" {
		return t, refused, nil
	}
	consumed, err := tx.Tokens.Consume(ctx, t.ID, now)
	if err == nil && !consumed {
		refused = audit.ReasonConsumed
	}
	return t, refused, err
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
	prefix, ttl := PrefixVerifyEmail, a.VerifyEmailTTL
	if purpose == store.PurposeResetPassword {
		prefix, ttl = PrefixResetPassword, a.ResetPasswordTTL
	}
	token, hash := secret.NewToken(prefix)
	now := a.Clock.Now()
	t := store.OneTimeToken{
		ID: id.Ordered(), Purpose: purpose, UserID: u.ID, TokenHash: hash, UserEpoch: u.Epoch,
		CreatedAt: now, ExpiresAt: now.Add(ttl),
	}
	return mail.Letter{
		Kind: kind, To: u.Email, Name: u.Name,
		Token: token, TokenID: t.ID, TokenTable: mail.TokenOneTime, ExpiresAt: t.ExpiresAt,
	}, tx.Tokens.Insert(ctx, t)
}
