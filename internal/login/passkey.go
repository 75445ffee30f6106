package login

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/passkey"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/telemetry"
)

// Passkey is the input of a sign-in with a passkey: the token of a ceremony and
// what the authenticator signed.
type Passkey struct {
	Ceremony   string
	Credential json.RawMessage
	DeviceName string
	// KnownDevice is the browser's known-device cookie, or empty.
	KnownDevice string
	Audience    string // as in Password
	CookieHash  string // session.NewCookie's, where a browser signs in on our own pages
	Origin      audit.Origin
}

// WithPasskey signs in with a passkey and opens a session. It is two factors in
// one, so none is asked for afterwards.
//
// Errors: invalid_ceremony, invalid_passkey, email_not_verified,
// account_disabled, account_pending_deletion, invalid_input, unknown_audience,
// token_refused.
func (l *Logins) WithPasskey(ctx context.Context, p Passkey) (in SignedIn, err error) {
	ctx, span := telemetry.Start(ctx, "login.with_passkey")
	defer func() { span.End(err) }()
	if field := deviceName(p.DeviceName); field != nil {
		return SignedIn{}, fault.ErrInvalidInput.WithFields(*field)
	}
	if err := l.opts.Sessions.KnowsAudience(p.Audience); err != nil {
		return SignedIn{}, err
	}
	err = store.Again(ctx, errUserMoved, func(ctx context.Context) (err error) {
		in, err = l.withPasskey(ctx, p)
		return err
	})
	if errors.Is(err, errUserMoved) {
		return SignedIn{}, fault.ErrUnavailable.WithCause(err).WithRetryAfter(time.Second)
	}
	return in, err
}

// withPasskey is undone with errUserMoved if the user changes meanwhile. The
// passkey is verified anew then: it may be gone.
func (l *Logins) withPasskey(ctx context.Context, p Passkey) (SignedIn, error) {
	readAt := l.opts.Clock.Now() // before any row, as in WithPassword
	proof, err := l.opts.Passkeys.Verify(ctx, p.Ceremony, p.Credential)
	if err != nil {
		return SignedIn{}, err
	}
	device := l.opts.Devices.Recognise(p.KnownDevice, proof.User.ID, proof.User.Epoch)
	var sess store.Session
	var verdict *fault.Error
	var approval *session.Approval
	spend := func(ctx context.Context, tx *store.Tx) error {
		verdict = nil
		good, err := l.opts.Passkeys.Spend(ctx, tx, proof, p.Origin)
		if err != nil {
			return err
		}
		if !good {
			verdict = passkey.ErrRefused
			return nil // what Spend recorded stays
		}
		if verdict = l.standing(proof.User); verdict == nil {
			var opened bool
			sess, opened, err = l.opts.Sessions.Open(ctx, tx, session.NewSession{
				User: proof.User, AMR: proof.AMR(), DeviceName: p.DeviceName, Audience: p.Audience, Origin: p.Origin, ReadAt: readAt,
				KnownDevice: device != "", Device: device, CookieHash: p.CookieHash, Approval: approval,
			})
			if err == nil && !opened {
				err = errUserMoved
			}
			return err
		}
		if verdict, err = l.offer(ctx, tx, proof.User, verdict); err != nil {
			return err
		}
		return l.opts.Trail.Record(ctx, tx, audit.Event{
			Kind: audit.KindLoginFailed, Outcome: audit.Failure, Reason: verdict.Code,
			UserID: proof.User.ID, Email: proof.User.Email, Origin: p.Origin,
		})
	}
	err = l.opts.Sessions.Approved(ctx, func(ctx context.Context, a *session.Approval) error {
		approval = a
		return l.opts.Store.Tx(ctx, spend)
	})
	if err != nil {
		return SignedIn{}, fmt.Errorf("sign in with a passkey: %w", err)
	}
	if verdict != nil {
		return SignedIn{}, verdict
	}
	return l.answer(ctx, sess, device, proof.User, approval, readAt)
}
