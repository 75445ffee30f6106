package login

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/sallyport-auth/sallyport/internal/account"
	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/mfa"
	"github.com/sallyport-auth/sallyport/internal/password"
	"github.com/sallyport-auth/sallyport/internal/ratelimit"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/telemetry"
)

// ErrSecondFactor is returned for a password where the account has a second
// factor: that is to be proved.
var ErrSecondFactor = fault.New(fault.Forbidden, "second_factor_required")

const flowReauthenticate = "reauthenticate"

// Reauthentication is the input of a reauthentication: the password, or an
// answer of a second factor.
type Reauthentication struct {
	UserID, SessionID string
	Password          string
	Method, Code      string // see package mfa; if Password is empty
	Ceremony          string // of a passkey, in the place of a code
	Credential        json.RawMessage
	CookieHash        string // session.NewCookie's, where a browser asks on our own pages
	Origin            audit.Origin
}

// Reauthenticate makes the authentication of a session recent, and gives tokens
// of the same session that say so. See [session.Sessions.Reauthenticate].
//
// Wrong passwords count against the session alone, and wrong codes against the
// sessions of the user, so that guesses at the sign-in cannot block a
// reauthentication of the owner.
//
// Errors: invalid_credentials, invalid_code, invalid_passkey, invalid_ceremony,
// second_factor_required, invalid_token, rate_limited, too_many_attempts, busy,
// token_refused, unavailable.
func (l *Logins) Reauthenticate(ctx context.Context, r Reauthentication) (tokens session.Tokens, err error) {
	ctx, span := telemetry.Start(ctx, "login.reauthenticate")
	defer func() { span.End(err) }()
	readAt := l.opts.Clock.Now() // before any row, as in WithPassword
	u, err := l.opts.Accounts.Profile(ctx, r.UserID)
	if err != nil {
		return session.Tokens{}, err
	}
	var view store.SessionView
	var approval *session.Approval
	renew := func(ctx context.Context, tx *store.Tx, amr []string) (err error) {
		view, err = l.opts.Sessions.Reauthenticate(ctx, tx, session.Reauthentication{
			UserID: u.ID, SessionID: r.SessionID, AMR: amr, CookieHash: r.CookieHash, Origin: r.Origin, ReadAt: readAt, Approval: approval,
		})
		return err
	}
	err = l.opts.Sessions.Approved(ctx, func(ctx context.Context, a *session.Approval) error {
		approval = a
		return l.prove(ctx, r, u, renew)
	})
	if errors.Is(err, session.ErrEnded) {
		return session.Tokens{}, account.ErrSignedOut
	}
	if err != nil {
		return session.Tokens{}, err
	}
	return l.opts.Sessions.Issue(view.Session, view.User, approval, readAt)
}

// prove verifies what was answered, and renews the session in its transaction.
func (l *Logins) prove(
	ctx context.Context, r Reauthentication, u store.User, renew func(context.Context, *store.Tx, []string) error,
) error {
	switch {
	case r.Password == "":
		return l.opts.Factors.Try(ctx, mfa.Attempt{
			User: u, SessionID: r.SessionID, Flow: flowReauthenticate, Origin: r.Origin, Answer: mfa.Answer{
				Method: r.Method, Code: r.Code, Ceremony: r.Ceremony, Credential: r.Credential, For: r.SessionID,
			},
		}, renew)
	case len(l.opts.Factors.Methods(u)) > 0:
		return ErrSecondFactor
	}
	return l.proveAgain(ctx, r, u, renew)
}

// proveAgain counts and verifies the password of a signed-in user. If it was
// changed since it was read, so was the epoch, and renew refuses.
func (l *Logins) proveAgain(
	ctx context.Context, r Reauthentication, u store.User, renew func(context.Context, *store.Tx, []string) error,
) error {
	budget := ratelimit.SessionBudget(r.SessionID)
	if err := l.opts.Guesses.Take(ctx, u.EmailCanonical, budget); err != nil {
		return err
	}
	giveBack := func(err error) error { return errors.Join(err, l.opts.Guesses.GiveBack(ctx, u.EmailCanonical, budget)) }
	stored, err := l.opts.Store.Direct().Credentials.ByKind(ctx, u.ID, store.KindPassword)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return giveBack(fmt.Errorf("read password: %w", err))
	}
	password.KnownDevice(ctx) // whoever asks is signed in
	result, err := l.opts.Hasher.Verify(ctx, stored.Secret, r.Password)
	if err != nil {
		return giveBack(err)
	}
	err = l.opts.Store.Tx(ctx, func(ctx context.Context, tx *store.Tx) error {
		if !result.Match {
			return l.opts.Trail.Record(ctx, tx, audit.Event{
				Kind: audit.KindReauthenticated, Outcome: audit.Failure, Reason: audit.ReasonWrongPassword,
				UserID: u.ID, SessionID: r.SessionID, Email: u.Email, Origin: r.Origin,
			})
		}
		if err := renew(ctx, tx, []string{session.AMRPassword}); err != nil {
			return err
		}
		return l.opts.Guesses.Clear(ctx, tx, u.EmailCanonical, budget)
	})
	switch {
	case err != nil && result.Match: // trouble after a right one is no guess
		return giveBack(fmt.Errorf("reauthenticate: %w", err))
	case err != nil:
		return fmt.Errorf("reauthenticate: %w", err)
	case !result.Match:
		return account.ErrWrongPassword
	}
	return nil
}
