// Package signup owns the creation of accounts: sign-up, its verification,
// further verification links, and users created by an operator.
//
// # A sign-up is pending until a link is used together with its password
//
// Signing up writes one pending row with the password's hash and mails a link to
// the address. If the address already has an account, the mail says so and has
// no link. A link proves access to the mailbox, and nothing else: it never
// validates a password, a factor or a session of another person. So the password
// comes with it. The password selects the sign-up of the address, with any of
// its links. A user who does not know it sends a new one.
//
//	sign-up ──► pending ──(a link, and its password)──► account, verified and claimed
//	               │
//	               ├─(eight newer passwords)───► its link takes a new password alone
//	               └─(VERIFY_EMAIL_TTL)────────► expired
//
// A proof can replace the password: the answer to the sign-up contains it, and
// it works only with the links of that sign-up. The link alone is enough for its
// own sign-up as long as there is no other from another network or browser. A
// further requested link is one more row, and changes no sign-up.
//
// Of each address, the newest eight passwords are kept, one of each network
// first. Wrong passwords on the page of a link are counted per address, apart
// from sign-ins.
//
// # What strangers learn
//
// Nothing. Sign-up, resend and reset answer the same whether or not the address
// has an account, and do the same work: one question to the operator's program, if
// there is one (package hook), one hash, the same statements, one job
// (a blank one where there is nobody to write to). Pending sign-ups tell nothing
// either. A stranger who planted one can log in with its password and see
// whether it is still pending. So a stranger's sign-up changes only by other
// sign-ups and by time, never because an account exists or is created. The one
// exception is an operator who runs a dead mail again. Only the audit trail
// tells consumed, superseded, expired and unknown links apart.
//
// # Invitations
//
// An operator invites an address: a row with the hash of a token, and a mail with its
// link. Of an address one invitation stands at most. Who reads the mailbox opens the
// link, chooses name and password, and has an account that is verified and claimed.
//
//	invite ──► stands ──(the link, and a password)──► accepted
//	             ├─(a newer one of the address)─────► superseded
//	             ├─(an operator)────────────────────► withdrawn
//	             └─(7 days)─────────────────────────► expired
//
// Nobody gives by an invitation what they may not give: rank and permissions are asked
// when it is made, and again, behind the row of the operator, when it is accepted. One
// who was disabled or lowered since gives nothing. Who reads a link is told one thing
// for whatever is wrong with it. Sign-up by strangers knows nothing of invitations, and
// answers as if there were none.
//
// Package account defines an unclaimed account.
package signup

import (
	"context"
	"fmt"
	"time"

	"github.com/sallyport-auth/sallyport/internal/account"
	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/hook"
	"github.com/sallyport-auth/sallyport/internal/link"
	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/password"
	"github.com/sallyport-auth/sallyport/internal/ratelimit"
	"github.com/sallyport-auth/sallyport/internal/rbac"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// ErrSignUpClosed is returned to everybody while sign-up is by invitation or closed,
// before anything is looked up.
var ErrSignUpClosed = fault.New(fault.Forbidden, "sign_up_closed")

// Options is what a SignUps needs. Every field must be set, but for Places and Gate.
type Options struct {
	Store    *store.Store
	Accounts *account.Accounts
	Hasher   *password.Hasher
	Guesses  *ratelimit.Guesses
	Links    *link.Links
	Postman  *mail.Postman
	Places   session.Placer // may be nil
	Gate     *hook.Gate     // nil asks nobody before a sign-up
	Roles    *rbac.Roles    // of invitations; without them nobody is invited
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

// Maintain deletes sign-ups and invitations that expired long enough ago, in bounded batches; the
// rest is left to the next call. Running it twice, or on several instances at once,
// is harmless.
func (up *SignUps) Maintain(ctx context.Context) error {
	before := up.opts.Clock.Now().Add(-link.KeepSpent)
	if err := store.InBatches(ctx, before, up.opts.Store.Direct().Signups.Purge); err != nil {
		return fmt.Errorf("purge sign-ups: %w", err)
	}
	return up.maintainInvitations(ctx, before)
}
