package login

import (
	"context"
	"errors"
	"fmt"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/magiclink"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/telemetry"
)

// ErrWrongMailedCode is magiclink.ErrWrongCode, for those who know this room
// alone.
var ErrWrongMailedCode = magiclink.ErrWrongCode

// MagicLinkRequest is the input of a request to sign in by mail.
type MagicLinkRequest = magiclink.Request

// MagicLinkAsked is the answer to such a request.
type MagicLinkAsked = magiclink.Asked

// MagicLink is the input of a sign-in by mail: the token of the link, or the
// code and the request token that goes with it. DeviceName counts with a link: a
// code is for the device that asked.
type MagicLink struct {
	Token              string
	RequestToken, Code string
	DeviceName         string
	// KnownDevice is the browser's known-device cookie, or empty.
	KnownDevice string
	Audience    string // as in Password
	CookieHash  string // session.NewCookie's, where a browser signs in on our own pages
	Origin      audit.Origin
}

// AskMagicLink mails a link, a code or both, if the address has an account that
// gets one.
//
// Errors: magic_link_off, invalid_input.
func (l *Logins) AskMagicLink(ctx context.Context, r MagicLinkRequest) (MagicLinkAsked, error) {
	if field := deviceName(r.DeviceName); field != nil {
		return MagicLinkAsked{}, fault.ErrInvalidInput.WithFields(*field)
	}
	return l.opts.Links.Ask(ctx, r)
}

// LookAtMagicLink reports whether a link would work right now, and for which
// address. It changes nothing.
//
// Errors: magic_link_off.
func (l *Logins) LookAtMagicLink(ctx context.Context, token string) (usable bool, address string, err error) {
	return l.opts.Links.Look(ctx, token)
}

// WithMagicLink signs in with a mailed link or code and opens a session, or gives
// the step that [Logins.WithSecondFactor] finishes. Of any number of calls with
// one mail, by its link or its code, exactly one signs in.
//
// Errors: magic_link_off, invalid_token, invalid_code, too_many_attempts,
// account_disabled, account_pending_deletion, invalid_input, unknown_audience,
// token_refused.
func (l *Logins) WithMagicLink(ctx context.Context, m MagicLink) (in SignedIn, err error) {
	ctx, span := telemetry.Start(ctx, "login.with_magic_link")
	defer func() { span.End(err) }()
	if field := deviceName(m.DeviceName); field != nil {
		return SignedIn{}, fault.ErrInvalidInput.WithFields(*field)
	}
	if err := l.opts.Sessions.KnowsAudience(m.Audience); err != nil {
		return SignedIn{}, err
	}
	readAt := l.opts.Clock.Now() // before any row, as in WithPassword
	proof, err := l.opts.Links.Verify(ctx, magiclink.Answer{
		Token: m.Token, RequestToken: m.RequestToken, Code: m.Code, Origin: m.Origin,
	})
	if err != nil {
		return SignedIn{}, err
	}
	var done mailed
	n := session.NewSession{
		AMR: []string{session.AMRMail}, DeviceName: m.DeviceName, Audience: m.Audience, Origin: m.Origin, ReadAt: readAt, CookieHash: m.CookieHash,
	}
	err = l.opts.Sessions.Approved(ctx, func(ctx context.Context, a *session.Approval) error {
		n.Approval = a
		return l.opts.Store.Tx(ctx, func(ctx context.Context, tx *store.Tx) (err error) {
			done, err = l.spendMagicLink(ctx, tx, m, proof, n)
			return err
		})
	})
	if err != nil {
		return SignedIn{}, errors.Join(fmt.Errorf("sign in by mail: %w", err), l.opts.Links.GiveBack(ctx, proof))
	}
	if done.verdict != nil {
		if err := l.opts.Links.GiveBack(ctx, proof); err != nil {
			return SignedIn{}, err
		}
		return SignedIn{}, done.verdict
	}
	if done.step != nil {
		return SignedIn{Step: done.step}, nil
	}
	return l.answer(ctx, done.session, done.device, done.user, n.Approval, readAt)
}

// mailed is the outcome of a mailed link or code: a refusal, a second step, or a
// session.
type mailed struct {
	verdict *fault.Error
	step    *Step
	session store.Session
	user    store.User
	device  string // that is known, or empty
}

// spendMagicLink consumes a right link or code, and signs in or asks for the
// second step.
func (l *Logins) spendMagicLink(
	ctx context.Context, tx *store.Tx, m MagicLink, proof magiclink.Proof, n session.NewSession,
) (done mailed, err error) {
	u, spent, err := l.opts.Links.Spend(ctx, tx, proof)
	if err != nil {
		return mailed{}, err
	}
	if !spent {
		return mailed{verdict: magiclink.ErrInvalidToken}, nil // what Spend recorded stays
	}
	if u.Status == store.UserActive {
		// Additions by strangers to an unclaimed account do not count.
		if u, err = l.opts.Accounts.CleanStart(ctx, tx, u, m.Origin); err != nil {
			return mailed{}, err
		}
	}
	done.user, n.User = u, u
	if n.DeviceName == "" {
		n.DeviceName = proof.DeviceName()
	}
	done.device = l.opts.Devices.Recognise(m.KnownDevice, u.ID, u.Epoch)
	n.KnownDevice, n.Device = done.device != "", done.device
	if done.verdict = l.standing(u); done.verdict == nil || l.untold(done.verdict, u) {
		if methods := l.opts.Factors.Methods(u); len(methods) > 0 {
			asked, err := l.ask(ctx, tx, n, methods)
			done.step, done.verdict = &asked, nil
			return done, err
		}
		var opened bool
		if done.session, opened, err = l.opts.Sessions.Open(ctx, tx, n); err != nil || opened {
			return done, err
		}
		done.verdict = magiclink.ErrInvalidToken // the user has changed this moment
	}
	if done.verdict, err = l.offer(ctx, tx, u, done.verdict); err != nil {
		return done, err
	}
	return done, l.opts.Trail.Record(ctx, tx, audit.Event{
		Kind: audit.KindLoginFailed, Outcome: audit.Failure, Reason: done.verdict.Code,
		UserID: u.ID, Email: u.Email, Origin: m.Origin,
	})
}
