package login

import (
	"context"

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
// Errors: those of signup.VerifyEmail, invalid_input.
func (l *Logins) VerifyEmail(ctx context.Context, v Verification) (done Verified, err error) {
	if field := deviceName(v.DeviceName); field != nil {
		return Verified{}, fault.ErrInvalidInput.WithFields(*field)
	}
	readAt := l.Clock.Now() // before any row, as in WithPassword
	amr := session.AMRMail
	if v.Password != "" {
		amr = session.AMRPassword
	}
	var sess store.Session
	var in *SignedIn
	v.Then = func(ctx context.Context, tx *store.Tx, u store.User) error {
		in = nil
		if wanted := v.SignIn || v.Password != "" || v.NewPassword != ""; !wanted || !l.admits(u) {
			return nil
		}
		n := session.NewSession{
			User: u, AMR: []string{amr}, DeviceName: v.DeviceName, Origin: v.Origin, ReadAt: readAt,
			KnownDevice: l.Devices.Recognise(v.KnownDevice, u.ID, u.Epoch) != "", CookieHash: v.CookieHash,
		}
		if methods := l.Factors.Methods(u); len(methods) > 0 {
			step, err := l.ask(ctx, tx, n, methods)
			in = &SignedIn{Step: &step}
			return err
		}
		opened, ok, err := l.Sessions.Open(ctx, tx, n)
		if err == nil && ok {
			sess, in = opened, &SignedIn{}
		}
		return err
	}
	if done.User, err = l.SignUps.VerifyEmail(ctx, v.Verification); err != nil || in == nil {
		return done, err
	}
	if done.SignedIn = in; in.Step == nil {
		in.Tokens, err = l.Sessions.Issue(sess, done.User, readAt)
	}
	return done, err
}
