package login

import (
	"context"
	"errors"
	"fmt"

	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/signup"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// Verification is the input to confirm an address and sign in: that of package
// signup, and the device.
type Verification struct {
	signup.Verification

	// SignIn signs in also where no password came along.
	SignIn      bool
	DeviceName  string
	Audience    string // as in Password
	KnownDevice string // the device's known-device token, or empty
	CookieHash  string // session.NewCookie's, where a browser signs in on our own pages
}

// Verified is the user, and their session or what is still asked for; SignedIn is
// nil where the link alone was used, or the user may not sign in.
type Verified struct {
	User     store.User
	SignedIn *SignedIn
}

// admits reports whether a user may sign in.
func (l *Logins) admits(u store.User) bool { return l.standing(u) == nil }

// VerifyEmail spends a verification link and, where a password came along, opens a
// session in the same transaction, or asks for the second factor of an account that
// keeps one. See [signup.SignUps.VerifyEmail].
//
// Errors: those of signup.VerifyEmail, invalid_input, unknown_audience.
func (l *Logins) VerifyEmail(ctx context.Context, v Verification) (done Verified, err error) {
	if field := deviceName(v.DeviceName); field != nil {
		return Verified{}, fault.ErrInvalidInput.WithFields(*field)
	}
	if err := l.opts.Sessions.KnowsAudience(v.Audience); err != nil {
		return Verified{}, err
	}
	amr := session.AMRMail
	if v.Password != "" {
		amr = session.AMRPassword
	}
	o := l.opening(session.NewSession{AMR: []string{amr}, DeviceName: v.DeviceName, Audience: v.Audience, Origin: v.Origin, CookieHash: v.CookieHash}, v.KnownDevice)
	if v.SignIn || v.Password != "" || v.NewPassword != "" {
		v.Then = o.open
	}
	done.User, err = l.opts.SignUps.VerifyEmail(ctx, v.Verification)
	if err == nil {
		done.SignedIn, err = o.finish(ctx, done.User)
	}
	return done, err
}

// opening is a sign-in that is to happen in the transaction of what proved a mailbox.
type opening struct {
	logins *Logins
	wanted session.NewSession
	device string // the device's known-device token, or empty

	opened store.Session
	in     *SignedIn
	later  *session.NewSession // is opened when the transaction is over
}

// opening begins one. Call it before any row is read, as in WithPassword.
func (l *Logins) opening(wanted session.NewSession, device string) *opening {
	wanted.ReadAt = l.opts.Clock.Now()
	return &opening{logins: l, wanted: wanted, device: device}
}

// open opens a session of the user, or asks for the second factor of an account that
// keeps one.
func (o *opening) open(ctx context.Context, tx *store.Tx, u store.User) error {
	l, n := o.logins, o.wanted
	o.in, o.later = nil, nil
	if !l.admits(u) {
		return nil
	}
	n.User, n.KnownDevice = u, l.opts.Devices.Recognise(o.device, u.ID, u.Epoch) != ""
	if methods := l.opts.Factors.Methods(u); len(methods) > 0 {
		step, err := l.ask(ctx, tx, n, methods)
		o.in = &SignedIn{Step: &step}
		return err
	}
	if l.opts.Sessions.Asks() {
		o.later = &n
		return nil
	}
	opened, ok, err := l.opts.Sessions.Open(ctx, tx, n)
	if err == nil && ok {
		o.opened, o.in = opened, &SignedIn{}
	}
	return err
}

// finish gives the tokens of what was opened; nil if nothing was.
func (o *opening) finish(ctx context.Context, u store.User) (*SignedIn, error) {
	switch {
	case o.later != nil:
		return o.logins.openVerified(ctx, *o.later)
	case o.in == nil || o.in.Step != nil:
		return o.in, nil
	}
	var err error
	o.in.Tokens, err = o.logins.opts.Sessions.Issue(o.opened, u, nil, o.wanted.ReadAt)
	return o.in, err
}

// openVerified signs in who has just confirmed an address, where the operator's
// program is asked about it: that needs the account to be there. What it refuses, or
// cannot answer, leaves a user who is confirmed and not signed in, and who can sign in
// with the password; that asks again, and says why.
func (l *Logins) openVerified(ctx context.Context, n session.NewSession) (in *SignedIn, err error) {
	var sess store.Session
	var opened bool
	err = l.opts.Sessions.Approved(ctx, func(ctx context.Context, a *session.Approval) error {
		n.Approval = a
		return l.opts.Store.Tx(ctx, func(ctx context.Context, tx *store.Tx) (err error) {
			sess, opened, err = l.opts.Sessions.Open(ctx, tx, n)
			return err
		})
	})
	switch {
	case errors.Is(err, session.ErrTokenRefused), errors.Is(err, fault.ErrUnavailable), err == nil && !opened:
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf("sign in after a confirmation: %w", err)
	}
	in = &SignedIn{}
	in.Tokens, err = l.opts.Sessions.Issue(sess, n.User, n.Approval, n.ReadAt)
	return in, err
}
