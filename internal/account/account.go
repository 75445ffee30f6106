// Package account owns the profile of a user, and what every room about accounts
// does: replace a password, prove a present one, spend and renew mailed links, answer
// mail that strangers ask for, and claim. The rooms are signup, recovery, emailchange
// and deletion; none knows another.
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
// This package never sends mail itself, never reads requests, and never tells a
// caller why a token was refused.
package account

import (
	"time"

	"github.com/sallyport-auth/sallyport/internal/address"
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
	maxZoneinfo      = 64
)

// Options is what an Accounts needs. Every field must be set, but for Places.
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
	Domains  *address.Domains // of addresses that people may bring; nil means all
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
