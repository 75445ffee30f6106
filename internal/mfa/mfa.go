// Package mfa owns second factors: code generators (TOTP, RFC 6238), the
// recovery codes that stand in for them, and how an answer to either is
// verified, spent and counted.
//
// # States of a code generator
//
//	none ──(enrol)──► begun ──(a code of it)──► a factor ──(remove)──► none
//	                   │  ▲
//	                   └──┘ enrolling again takes its place; after an hour it is gone
//
// What is begun is no factor: nobody is asked for its codes. There is one per
// account. Confirming it makes ten recovery codes, which are shown once, in the
// place of those that there may be.
//
// # A code works once
//
// Codes are RFC 6238's with SHA-1, six digits and 30 seconds, because that is
// what the apps that people have understand. One step of drift is allowed each
// way (RFC 6238 §5.2). The newest step that was used is kept and rises by
// compare-and-set, so that a code, and every older one, is refused for ever, and
// of any number of concurrent calls with one code exactly one succeeds. The code
// that confirmed an enrolment is used as well.
//
// A recovery code (800-63B §3.1.2, "look-up secrets") has 120 random bits, so its
// SHA-256 is kept and no slow hash is needed. It is marked when it is used, and
// its owner is told by mail. A new set takes the place of the whole old one.
//
// # Guesses
//
// [Factors.Try] is the only way to have an answer verified. It counts first, in
// one counter per account for every factor and every way to sign in, and in another
// for all its sessions (package ratelimit).
// A right answer that another call has spent, or whose action failed, is no
// guess and is given back; one that worked sets the counter to zero. When an
// account has had its wrong codes, no sign-in takes a code of it for a whole
// window, but on a device that signed in with one before; passwords are counted apart and go on.
//
// # More factors
//
// A [Factor] is a method with a name that says whether a user has it, and that
// verifies an answer and spends what makes it work once, in the transaction of
// what it allows. Options.More takes others beside the two that this package
// knows; package passkey has one.
//
// Recovery codes stand in for all of them. Whoever adds the first factor of an
// account makes them ([MakeCodes]); with the last factor they go.
//
// # Threats
//
// A stolen database: secrets are sealed with the secret key, bound to their row.
// A secret that does not open, because its key is gone or its row was damaged: no
// code of it counts, as if it were wrong, and the operator is told; recovery codes
// go on.
// A code that was watched while it was typed: it is spent. A stolen session:
// enrolling, removing and new recovery codes need recent authentication, with
// the second factor if there is one, and are told by mail. Whoever was signed in
// without a second factor when the first was added: every session but the one
// that added it ends. Whoever was signed in with a factor that is removed: that raises the user's epoch, so every other
// session ends. A reset of the password by mail: it leaves factors alone, so the
// mailbox does not stand in for them.
//
// This package opens no session and knows no password; package login does.
package mfa

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/sallyport-auth/sallyport/internal/account"
	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/ratelimit"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/telemetry"
)

var (
	// ErrWrongCode is returned for every answer that does not count: wrong, used
	// before, or of a factor that the account does not have.
	ErrWrongCode = ratelimit.ErrWrongCode.WithWords("invalid_code.totp")
	// ErrWrongRecoveryCode is ErrWrongCode, to programs and to errors.Is, for an
	// answer that was to be a recovery code. It has no next one to wait for.
	ErrWrongRecoveryCode = ratelimit.ErrWrongCode.WithWords("invalid_code.recovery")
	// ErrEnrolled is returned to whoever enrols a second code generator.
	ErrEnrolled = fault.New(fault.Conflict, "totp_enrolled")
	// ErrNotEnrolling is returned for a confirmation of nothing: there is no
	// enrolment, it has expired, or another took its place.
	ErrNotEnrolling = fault.New(fault.Conflict, "totp_not_begun")
	// ErrNoFactor is returned where a second factor is needed and there is none.
	ErrNoFactor = fault.New(fault.Conflict, "no_second_factor")
)

const (
	// enrolFor is how long an enrolment may take.
	enrolFor = time.Hour
	// answers is the counter of what answers came to.
	answers = "second_factor"
)

// Options is what Factors needs. Every field must be set, but for Log, Tally
// and More.
type Options struct {
	Store    *store.Store
	Keyring  *secret.Keyring
	Codes    *ratelimit.Codes
	Accounts *account.Accounts
	Sessions *session.Sessions
	Postman  *mail.Postman
	Trail    *audit.Trail
	Clock    clock.Clock
	Log      *slog.Logger
	Tally    *telemetry.Tally

	Issuer string   // what a code generator shows beside the account
	More   []Factor // beside code generators and recovery codes
}

// Factors is the room. It is safe for concurrent use.
type Factors struct {
	opts Options

	known []Factor
}

// New returns a room that works on the given store.
func New(o Options) *Factors {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	f := &Factors{opts: o}
	f.known = append([]Factor{generator{f}}, append(o.More, recovery{f})...)
	return f
}

// now is the time in the precision that is stored.
func (f *Factors) now() time.Time { return f.opts.Clock.Now().UTC().Truncate(time.Microsecond) }

// done records a change by its owner.
func (f *Factors) done(ctx context.Context, tx *store.Tx, kind string, h session.Asker, details map[string]any) error {
	return f.opts.Trail.Record(ctx, tx, audit.Event{
		Kind: kind, Outcome: audit.Success, ActorID: h.UserID, UserID: h.UserID, SessionID: h.SessionID, Origin: h.Origin, Details: details,
	})
}

// Maintain forgets enrolments that nobody confirmed and sign-ins that nobody
// finished, in bounded batches. Running it twice, or on several instances at once,
// is harmless.
func (f *Factors) Maintain(ctx context.Context) error {
	direct, before := f.opts.Store.Direct(), f.opts.Clock.Now().Add(-enrolFor)
	if err := store.InBatches(ctx, before, direct.TOTPs.Purge); err != nil {
		return fmt.Errorf("purge enrolments: %w", err)
	}
	if err := store.InBatches(ctx, before, direct.LoginSteps.Purge); err != nil {
		return fmt.Errorf("purge sign-ins: %w", err)
	}
	return nil
}
