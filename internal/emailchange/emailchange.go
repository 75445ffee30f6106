// Package emailchange owns how an account gets another address, and its old one
// back.
//
// A change of address takes effect when the new address is confirmed, by a session
// or the password of the account that asked, if nobody has it by then and the
// user's epoch is still that of the request. The answer to a request does not tell
// whether the new address has an account.
//
//	asked for ──(link to the new address)──► changed ──(link to the old one)──► undone
//	    │                                       │
//	    └─(VERIFY_EMAIL_TTL, another request,   └─(7 days)──► final
//	       a new epoch)──► void
//
// An address is a way to get a new password, so links that went to the old one
// die with it; sessions were opened by their user, and stay. Whoever undoes a
// change says that somebody else got in: sessions, the password, and what was
// added in the seven days before the request or since end, and so do the links
// that would undo later changes. Those of earlier changes go on.
// docs/decisions/0017 has the reasons.
//
// This package never tells whether an address has an account, and sends an address
// that nobody confirmed no link but the one that confirms it.
package emailchange

import (
	"context"
	"fmt"
	"time"

	"github.com/sallyport-auth/sallyport/internal/account"
	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/link"
	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// undoFor is how long the old address can undo a change of address, and how far
// before the request for it what was added to sign in with is distrusted.
const undoFor = 7 * 24 * time.Hour

// Options is what a Changes needs. Every field must be set.
type Options struct {
	Store    *store.Store
	Accounts *account.Accounts
	Sessions *session.Sessions
	Links    *link.Links
	Postman  *mail.Postman
	Trail    *audit.Trail
	Clock    clock.Clock
}

// Changes is the room. It is safe for concurrent use.
type Changes struct {
	opts Options
}

// New returns a room that works on the given store.
func New(o Options) *Changes { return &Changes{opts: o} }

// Maintain deletes changes that ended long enough ago, in bounded batches; the rest
// is left to the next call. Running it twice, or on several instances at once, is
// harmless.
func (e *Changes) Maintain(ctx context.Context) error {
	err := store.InBatches(ctx, e.opts.Clock.Now().Add(-link.KeepSpent), e.opts.Store.Direct().Changes.Purge)
	if err != nil {
		return fmt.Errorf("purge changes of address: %w", err)
	}
	return nil
}
