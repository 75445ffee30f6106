// Package deletion owns how an account ends: asked for, waited out, or kept after
// all.
//
//	active ──(delete)──► pending deletion ──(DELETION_COOLING)──► erased
//	   ▲                        │
//	   └──(restore)─────────────┘
//
// Asking ends every session and lets nobody in. Signing in meanwhile restores
// nothing; it gives a token that does, to whoever proves every factor that the
// account asks for. Of a deletion and a restoration that meet exactly one wins, and
// nothing is kept once erasure has begun.
//
// Against a thief who is signed in: asking takes the password, or what the session
// proved a short while ago. Package emailchange cancels a deletion when the reader
// of the old mailbox puts its address back.
//
// This package never erases; package personal does, and looks for those whose time
// has come.
package deletion

import (
	"log/slog"
	"time"

	"github.com/sallyport-auth/sallyport/internal/account"
	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/link"
	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/personal"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// Options is what a Deletions needs. Every field must be set, but for Records and
// Log where accounts are not erased at once.
type Options struct {
	Store    *store.Store
	Accounts *account.Accounts
	Sessions *session.Sessions
	Links    *link.Links
	Postman  *mail.Postman
	Records  *personal.Records
	Trail    *audit.Trail
	Clock    clock.Clock
	Log      *slog.Logger

	Cooling time.Duration // 0 to erase at once
}

// Deletions is the room. It is safe for concurrent use.
type Deletions struct {
	opts Options
}

// New returns a room that works on the given store.
func New(o Options) *Deletions { return &Deletions{opts: o} }
