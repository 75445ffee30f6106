// Package recovery owns how a password is replaced: by a mailed link, by its owner
// who is signed in, and after a sign-in that was somebody else's.
//
// A new password, however it came, ends every session of the user by raising
// the user's epoch, consumes every outstanding reset token and is told to the
// user by mail, all in one transaction. A reset signs nobody in. It proves that
// its holder reads the mailbox, so it verifies the address as well.
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
// Nothing. Asking for a reset answers the same, after the same work, whether or not
// the address has an account. What was consumed, superseded, expired or unknown is
// told apart in the audit trail alone.
//
// This package never signs anybody in but whoever changed their own password.
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
