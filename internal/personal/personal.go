// Package personal owns the record of a person as a whole: it lists, exports and
// erases it.
//
// # Export
//
// [Records.Export] writes one JSON document with everything that is held about a
// user: the profile, the changes of address, sessions, passkeys and second
// factors by name and date, and the user's own events with their personal part.
// It reads in pages, so that no history is too long. What would let its reader
// in stays out: hashes, secrets, keys. A test walks the schema: each table that
// names a user is exported, or is listed with the reason why not.
//
// # Erasure
//
// A user who asked to be deleted (package account) is pending deletion until a
// day that is written down. From then on:
//
//	pending ──(Start)──► begun ──► letters, personal parts of events ──► blank row ──► finished
//	   │
//	   └──(cancelled)──► active
//
// Start and cancelling compete for one row, and exactly one wins. After that
// there is no way back, and each step may be done again, by this process or
// another, without harm: a process that is killed half-way leaves a deletion
// that is begun, and a round of a quarter of an hour later goes on with it. Until
// then the others leave it alone: each erasure reads the whole queue of letters.
//
// The trail stays whole: events keep their user's id, and lose what identifies a
// person. The user's row stays as well, blank, so that the id is never another's.
// The address is free from then on.
//
// What holds no user's id is found by the addresses that were the user's:
// sign-ups that wait, events of the time before the account, letters. An address
// that is another account's by now is left alone.
//
// # What is not erased
//
// Counters of guesses and of mail are kept under keyed hashes of addresses, until
// an hour after they end: a quarter of an hour after the first for guesses, an
// hour for mail, a day for codes that were mailed. Backups are the operator's: restoring one from before brings
// the user back (docs/accounts.md).
//
// This package never decides that somebody is to be erased, and it never shows
// one user to another.
package personal

import (
	"log/slog"
	"time"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// Options is what a Records needs. Every field must be set, but for Sessions
// where nobody exports.
type Options struct {
	Store    *store.Store
	Sessions *session.Sessions
	Postman  *mail.Postman
	Trail    *audit.Trail
	Clock    clock.Clock
	Log      *slog.Logger
}

// Records is the room. It is safe for concurrent use.
type Records struct {
	opts Options
}

// New returns a room that works on the given store.
func New(o Options) *Records { return &Records{opts: o} }

func (r *Records) now() time.Time { return r.opts.Clock.Now().UTC().Truncate(time.Microsecond) }
