package login

import (
	"context"

	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/signup"
)

// Acceptance is the input to accept an invitation and sign in: that of package signup,
// and the device.
type Acceptance struct {
	signup.Acceptance

	DeviceName  string
	Audience    string // as in Password
	KnownDevice string // the device's known-device token, or empty
	CookieHash  string // session.NewCookie's, where a browser signs in on our own pages
}

// AcceptInvitation makes the account of an invitation and opens a session in the same
// transaction. See [signup.SignUps.Accept].
//
// Errors: those of signup.Accept, invalid_input, unknown_audience.
func (l *Logins) AcceptInvitation(ctx context.Context, a Acceptance) (done Verified, err error) {
	if field := deviceName(a.DeviceName); field != nil {
		return Verified{}, fault.ErrInvalidInput.WithFields(*field)
	}
	if err := l.opts.Sessions.KnowsAudience(a.Audience); err != nil {
		return Verified{}, err
	}
	o := l.opening(session.NewSession{
		AMR: []string{session.AMRMail}, DeviceName: a.DeviceName, Audience: a.Audience, Origin: a.Origin, CookieHash: a.CookieHash,
	}, a.KnownDevice)
	a.Then = o.open
	done.User, err = l.opts.SignUps.Accept(ctx, a.Acceptance)
	if err == nil {
		done.SignedIn, err = o.finish(ctx, done.User)
	}
	return done, err
}
