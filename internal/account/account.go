// Package account owns what becomes of an account: sign-up, verification of
// the address, the profile, and what every room about accounts has in common.
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
// # Claimed
//
// An account is claimed once a proof of its mailbox came together with its
// password. Of one that is not, nobody knows whose it is: it goes on, but when its
// password is replaced or dropped by a mailed link, every session ends and
// whatever else was added to sign in with goes. A claimed account keeps its
// factors, so that whoever reads a mailbox takes none away. docs/decisions/0021
// has the reasons.
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
// This package never sends mail itself, never reads requests, and never tells a
// caller why a token was refused.
package account

import (
	"time"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/link"
	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/password"
	"github.com/sallyport-auth/sallyport/internal/ratelimit"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/token"
)

var (
	// ErrInvalidToken is that of package link, for those who know this room alone.
	ErrInvalidToken = link.ErrInvalidToken
	// ErrEmailTaken is returned only where verification is not required, a
	// setting that gives up the secrecy of accounts.
	ErrEmailTaken = fault.New(fault.Conflict, "email_taken")
	// ErrSignUpClosed is returned while sign-up is by invitation or closed.
	ErrSignUpClosed = fault.New(fault.Forbidden, "sign_up_closed")
	// ErrWrongPassword is the one answer to every wrong guess, at login and
	// wherever the current password is asked for.
	ErrWrongPassword = fault.New(fault.Unauthenticated, "invalid_credentials")
	// ErrPasswordRequired is returned for a link that does not say by itself whose
	// password, or whose account, its reader means. It is not spent.
	ErrPasswordRequired = fault.New(fault.Malformed, "password_required")
	// ErrSignedOut is returned to the holder of a live token whose account has
	// gone or been disabled in the meantime.
	ErrSignedOut = token.ErrInvalidToken
)

const (
	maxNameRunes     = 100
	maxMetadataBytes = 4096
)

// Options is what an Accounts needs. Every field must be set.
type Options struct {
	Store    *store.Store
	Hasher   *password.Hasher
	Guesses  *ratelimit.Guesses
	Codes    *ratelimit.Codes // of second factors
	Postman  *mail.Postman
	Sessions *session.Sessions
	Places   session.Placer // may be nil
	Links    *link.Links
	Trail    *audit.Trail
	Clock    clock.Clock

	SignUpOpen           bool
	RequireVerifiedEmail bool
	VerifyEmailTTL       time.Duration
}

// Accounts is the room. It is safe for concurrent use.
type Accounts struct {
	opts        Options
	linkGuesses *ratelimit.LinkGuesses
	refusals    *ratelimit.Refusals
}

// New returns a room that works on the given store.
func New(o Options) *Accounts {
	return &Accounts{opts: o, linkGuesses: o.Guesses.OnLinks(), refusals: o.Guesses.Refusals()}
}

// Told is what a mail says of who asked for it.
func (a *Accounts) Told(o audit.Origin, at time.Time) map[string]string {
	data := mail.Circumstances(o, at)
	if a.opts.Places != nil {
		data[mail.DataPlace] = a.opts.Places.Of(o.Address)
	}
	return data
}
