package login

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/mfa"
	"github.com/sallyport-auth/sallyport/internal/passkey"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/telemetry"
	"github.com/sallyport-auth/sallyport/internal/token"
)

// ErrStepEnded is returned for an mfa_token that was never made, was used, has
// expired, or whose user has changed since the first factor was proved.
var ErrStepEnded = token.ErrInvalidToken.WithWords("invalid_token.step")

// ErrWrongCode and ErrWrongRecoveryCode are those of package mfa, for those who
// know this room alone.
var (
	ErrWrongCode         = mfa.ErrWrongCode
	ErrWrongRecoveryCode = mfa.ErrWrongRecoveryCode
)

// ErrWrongPasskey is passkey.ErrRefused, for the same.
var ErrWrongPasskey = passkey.ErrRefused

// MethodPasskey is mfa.MethodPasskey, for the same.
const MethodPasskey = mfa.MethodPasskey

const (
	// prefixStep starts an mfa_token.
	prefixStep = "spm_"
	// stepFor is how long the second factor may take.
	stepFor = 5 * time.Minute
	// flowLogin is the name of this flow in the audit trail.
	flowLogin = "login"
)

// Step is a sign-in that asks for a second factor.
type Step struct {
	Token     string
	Methods   []string
	ExpiresIn time.Duration
}

// ask begins the second step in the transaction that the first factor allowed.
// No session is opened, and the user's row does not change. The step stores all
// that the second factor needs: the user, the first factor, and the epoch with
// which it was read. So steps cannot be skipped or mixed.
func (l *Logins) ask(
	ctx context.Context, tx *store.Tx, n session.NewSession, methods []string,
) (Step, error) {
	token, hash := secret.NewToken(prefixStep)
	now := l.opts.Clock.Now().UTC().Truncate(time.Microsecond)
	if err := tx.LoginSteps.Insert(ctx, store.LoginStep{
		TokenHash: hash, UserID: n.User.ID, UserEpoch: n.User.Epoch, AMR: n.AMR, DeviceName: n.DeviceName, Audience: n.Audience,
		CreatedAt: now, ExpiresAt: now.Add(stepFor),
	}); err != nil {
		return Step{}, fmt.Errorf("keep step of login: %w", err)
	}
	err := l.opts.Trail.Record(ctx, tx, audit.Event{
		Kind: audit.KindSecondFactorAsked, Outcome: audit.Success, UserID: n.User.ID, Email: n.User.Email, Origin: n.Origin,
		Details: map[string]any{"amr": n.AMR},
	})
	return Step{Token: token, Methods: methods, ExpiresIn: stepFor}, err
}

// SecondFactor is the input that finishes a sign-in.
type SecondFactor struct {
	Token        string // of the first step
	Method, Code string // see package mfa
	Ceremony     string // of a passkey, in the place of a code
	Credential   json.RawMessage
	Audience     string // the first step's, if that named one; else as in Password
	KnownDevice  string // the cookie as it came
	CookieHash   string // session.NewCookie's, where a browser signs in on our own pages
	Origin       audit.Origin
}

// WithSecondFactor finishes a sign-in and opens its session. The mfa_token is
// checked first. An answer is counted before it is verified; a wrong one leaves
// the mfa_token as it is. The answer, the mfa_token and the session are one
// transaction, with the compare-and-set on the epoch with which the first factor
// was read: of any number of calls with one mfa_token, or with one code, exactly
// one signs in.
//
// Of an account that is pending deletion no session is opened; the caller learns
// that now, and gets a token that keeps it.
//
// Errors: invalid_token, invalid_code, invalid_passkey, invalid_ceremony,
// too_many_attempts, account_pending_deletion, unknown_audience, token_refused.
func (l *Logins) WithSecondFactor(ctx context.Context, s SecondFactor) (in SignedIn, err error) {
	ctx, span := telemetry.Start(ctx, "login.with_second_factor")
	defer func() { span.End(err) }()
	readAt := l.opts.Clock.Now() // before any row, as in WithPassword
	step, u, err := l.step(ctx, s)
	if err != nil {
		return SignedIn{}, err
	}
	audience := cmp.Or(step.Audience, s.Audience)
	if err = l.opts.Sessions.KnowsAudience(audience); err != nil {
		return SignedIn{}, err
	}
	if s.Audience != "" && s.Audience != audience {
		return SignedIn{}, session.ErrUnknownAudience
	}
	device := l.opts.Devices.Recognise(s.KnownDevice, u.ID, step.UserEpoch)
	var sess store.Session
	var verdict *fault.Error
	counted := l.opts.Devices.WithFactor(s.KnownDevice, u.ID, step.UserEpoch)
	attempt := mfa.Attempt{User: u, Flow: flowLogin, Device: counted, Origin: s.Origin, Answer: mfa.Answer{
		Method: s.Method, Code: s.Code, Ceremony: s.Ceremony, Credential: s.Credential, For: step.TokenHash,
	}}
	var approval *session.Approval
	open := func(ctx context.Context, tx *store.Tx, amr []string) error {
		consumed, err := tx.LoginSteps.Consume(ctx, step.TokenHash, l.opts.Clock.Now())
		if err != nil {
			return err
		}
		if !consumed {
			return ErrStepEnded
		}
		if u, err = tx.Users.ByID(ctx, u.ID); err != nil { // what is left of recovery codes
			return err
		}
		owner := u
		owner.Epoch = step.UserEpoch
		if verdict = nil; u.Status == store.UserPendingDeletion {
			if verdict, err = l.offer(ctx, tx, owner, ErrPendingDeletion); err != nil {
				return err
			}
			return l.opts.Trail.Record(ctx, tx, audit.Event{
				Kind: audit.KindLoginFailed, Outcome: audit.Failure, Reason: verdict.Code, UserID: u.ID, Email: u.Email, Origin: s.Origin,
			})
		}
		var opened bool
		sess, opened, err = l.opts.Sessions.Open(ctx, tx, session.NewSession{
			User: owner, AMR: session.Proved(step.AMR, amr...), DeviceName: step.DeviceName, Audience: audience, Origin: s.Origin, ReadAt: readAt,
			KnownDevice: device != "", Device: device, CookieHash: s.CookieHash, Approval: approval,
		})
		if err == nil && !opened {
			return ErrStepEnded
		}
		return err
	}
	err = l.opts.Sessions.Approved(ctx, func(ctx context.Context, a *session.Approval) error {
		approval = a
		return l.opts.Factors.Try(ctx, attempt, open)
	})
	if err != nil {
		return SignedIn{}, err
	}
	if verdict != nil {
		return SignedIn{}, verdict
	}
	return l.answer(ctx, sess, device, u, approval, readAt)
}

// step reads the step that the first factor left. A token that is known and does
// not count is recorded, as often as [ratelimit.Codes.Noted] lets it.
func (l *Logins) step(ctx context.Context, s SecondFactor) (store.LoginStep, store.User, error) {
	if !secret.WellFormed(s.Token, prefixStep) {
		return store.LoginStep{}, store.User{}, ErrStepEnded
	}
	step, err := l.opts.Store.Direct().LoginSteps.ByHash(ctx, secret.Hash(s.Token))
	if errors.Is(err, store.ErrNotFound) {
		return store.LoginStep{}, store.User{}, ErrStepEnded
	}
	if err != nil {
		return store.LoginStep{}, store.User{}, fmt.Errorf("read step of login: %w", err)
	}
	u, err := l.opts.Store.Direct().Users.ByID(ctx, step.UserID)
	if err != nil {
		return store.LoginStep{}, store.User{}, fmt.Errorf("read user of login: %w", err)
	}
	reason := ""
	switch {
	case !step.ConsumedAt.IsZero():
		reason = audit.ReasonConsumed
	case !step.ExpiresAt.After(l.opts.Clock.Now()):
		reason = audit.ReasonExpired
	case u.Epoch != step.UserEpoch:
		reason = audit.ReasonSuperseded
	case u.Status != store.UserActive && u.Status != store.UserPendingDeletion:
		reason = audit.ReasonNotActive
	default:
		return step, u, nil
	}
	err = l.opts.Store.Tx(ctx, func(ctx context.Context, tx *store.Tx) error {
		if noted, err := l.opts.Codes.Noted(ctx, tx, u.ID); err != nil || !noted {
			return err
		}
		return l.opts.Trail.Record(ctx, tx, audit.Event{
			Kind: audit.KindLoginFailed, Outcome: audit.Failure, Reason: reason, UserID: u.ID, Email: u.Email, Origin: s.Origin,
		})
	})
	if err != nil {
		return store.LoginStep{}, store.User{}, fmt.Errorf("record refused login: %w", err)
	}
	return store.LoginStep{}, store.User{}, ErrStepEnded
}
