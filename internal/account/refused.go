package account

import (
	"context"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/ratelimit"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// Refused is how many tries to sign in to an account were refused in the last day,
// counted from the first of them: passwords that were wrong, and codes or passkeys of
// a second step.
type Refused struct{ Passwords, Codes int }

// Refused tells somebody who is signed in how often others, or they, were not let in.
func (a *Accounts) Refused(ctx context.Context, u store.User) (n Refused, err error) {
	if n.Passwords, err = a.refusals.Of(ctx, ratelimit.WrongPassword, u.EmailCanonical); err != nil {
		return Refused{}, err
	}
	n.Codes, err = a.refusals.Of(ctx, ratelimit.WrongCode, u.EmailCanonical)
	return n, err
}

// Refuse counts a sign-in that was refused, in the transaction that records it, and
// tells the owner by mail of the fifth code and the tenth password in a day, once.
// For an address that has no account, or never confirmed it, it does the same work: a
// letter to nobody is written instead.
func (a *Accounts) Refuse(
	ctx context.Context, tx *store.Tx, what ratelimit.Refusal, u store.User, canonicalEmail string, origin audit.Origin,
) error {
	tell, err := a.refusals.Count(ctx, tx, what, canonicalEmail)
	if err != nil || !tell {
		return err
	}
	kind := mail.PasswordsRefused
	if what == ratelimit.WrongCode {
		kind = mail.CodesRefused
	}
	l := mail.Letter{Kind: kind, To: u.Email, Name: u.Name, UserID: u.ID, Data: a.Told(origin, a.opts.Clock.Now()), Notice: true}
	if u.EmailVerifiedAt.IsZero() || u.Status == store.UserDisabled {
		l = mail.Letter{Kind: mail.Blank, Notice: true}
	}
	return a.opts.Postman.Enqueue(ctx, tx, l)
}
