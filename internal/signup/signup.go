// Package signup owns how accounts come to be: sign-up, its verification, another
// link that is asked for, and users whom an operator makes.
//
// # A sign-up is pending until a link is used together with its password
//
// Signing up writes one pending row with the password's hash and mails a link
// to the address, also when the address has an account already; then the mail
// says so and holds no link. A link proves that somebody reads the mailbox, and
// nothing else: it never makes a password, a factor or a session of somebody else
// count. So the password comes along. It says which sign-up of the address is
// meant, whichever link is used; whoever does not know it brings a new one.
//
//	sign-up ──► pending ──(a link, and its password)──► account, verified and claimed
//	               │
//	               ├─(eight newer passwords)───► its link takes a new password alone
//	               └─(VERIFY_EMAIL_TTL)────────► expired
//
// A proof stands in for the password: what whoever signed up was given, which
// serves the links of that sign-up alone. The link by itself does for its own
// sign-up while no other, from another network or browser, stands. Another link
// that is asked for is one more row, and changes no sign-up.
//
// An address has the newest eight passwords, one of each network first. Wrong ones
// on the page of a link are counted per address, apart from sign-ins.
//
// # What strangers learn
//
// Nothing. Sign-up, resend and reset answer the same whether or not the address
// has an account, and do the same work: one hash, the same statements, one job
// (a blank one where there is nobody to write to). Nor do pending sign-ups tell:
// somebody who planted one can log in with its password and see whether it
// still stands. So what strangers typed is moved by sign-ups and time alone, and
// never by an account that is there or comes to be; only an operator who runs a
// dead mail again moves it as well. What was consumed, superseded, expired or
// unknown is told apart in the audit trail alone.
//
// What an account is that nobody claimed, package account says.
package signup

import (
	"context"
	"fmt"
	"time"

	"github.com/sallyport-auth/sallyport/internal/account"
	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/link"
	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/password"
	"github.com/sallyport-auth/sallyport/internal/ratelimit"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// ErrSignUpClosed is returned while sign-up is by invitation or closed.
var ErrSignUpClosed = fault.New(fault.Forbidden, "sign_up_closed")

// Options is what a SignUps needs. Every field must be set, but for Places.
type Options struct {
	Store    *store.Store
	Accounts *account.Accounts
	Hasher   *password.Hasher
	Guesses  *ratelimit.Guesses
	Links    *link.Links
	Postman  *mail.Postman
	Places   session.Placer // may be nil
	Trail    *audit.Trail
	Clock    clock.Clock

	Open                 bool
	RequireVerifiedEmail bool
	VerifyEmailTTL       time.Duration // of Links as well
}

// SignUps is the room. It is safe for concurrent use.
type SignUps struct {
	opts        Options
	linkGuesses *ratelimit.LinkGuesses
}

// New returns a room that works on the given store.
func New(o Options) *SignUps { return &SignUps{opts: o, linkGuesses: o.Guesses.OnLinks()} }

// Maintain deletes sign-ups that expired long enough ago, in bounded batches; the
// rest is left to the next call. Running it twice, or on several instances at once,
// is harmless.
func (up *SignUps) Maintain(ctx context.Context) error {
	err := store.InBatches(ctx, up.opts.Clock.Now().Add(-link.KeepSpent), up.opts.Store.Direct().Signups.Purge)
	if err != nil {
		return fmt.Errorf("purge sign-ups: %w", err)
	}
	return nil
}
