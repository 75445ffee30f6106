// Package recovery owns the replacement of a password: by a mailed link, by a
// signed-in owner, and after a sign-in by a stranger.
//
// Every new password ends all sessions of the user by raising the user's epoch,
// consumes every outstanding reset token and mails the user, in one transaction.
// A reset does not sign in. It proves access to the mailbox, so it verifies the
// address as well.
//
// # A sign-in that was not its owner's
//
// The mail about a new device (package session) has a link that disowns the
// sign-in. Using it ends that one session and mails a reset link, in one
// transaction. The token is bound to the session: it does not matter who is
// signed in where it is used.
//
// # What strangers learn
//
// Nothing. The answer to a reset request is the same, after the same work,
// whether or not the address has an account. Only the audit trail tells
// consumed, superseded, expired and unknown tokens apart.
//
// This package signs in only a user who changed their own password.
package recovery

import (
	"github.com/sallyport-auth/sallyport/internal/account"
	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/link"
	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/password"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// Options is what a Passwords needs. Every field must be set.
type Options struct {
	Store    *store.Store
	Accounts *account.Accounts
	Hasher   *password.Hasher
	Sessions *session.Sessions
	Links    *link.Links
	Postman  *mail.Postman
	Trail    *audit.Trail
	Clock    clock.Clock
}

// Passwords is the room. It is safe for concurrent use.
type Passwords struct {
	opts Options
}

// New returns a room that works on the given store.
func New(o Options) *Passwords { return &Passwords{opts: o} }
