// Package jobs does work after a transaction that asked for it: it is the
// outbox.
//
// It owns the life of a job. [Enqueue] writes a row in the caller's transaction,
// so the job is there exactly if the change is. A [Pool] claims rows, runs the
// handler of their kind and records what became of it:
//
//	           ┌──────────────(failed, tries left: back-off)─────────────┐
//	           ▼                                                         │
//	ready ──(claim: fence+1, attempts+1, lease)──► running ──(ok, obsolete)──► done
//	           ▲                                      │
//	           ├────────(lease ran out)───────────────┤
//	           │                                      └─(last try, given up, expired)─► dead
//	           │                                                                         │
//	           └──(run again: fence+1, attempts 0, renewed)──────────────────────────────┴─(no longer wanted)─► done
//
// # Promises
//
// Delivery is at least once: a worker that dies between doing the work and
// recording it leaves a lease that runs out, and the job runs again. Handlers
// are therefore idempotent; for mail this means a stable Message-ID.
//
// Claiming and settling are compare-and-sets. Every claim raises the fence, and
// an outcome counts only with the fence it was claimed with, so of any number of
// workers, also on other machines, at most one can record an outcome for one
// claim. A worker that was paused past its lease records nothing.
//
// The lease is timed by the database's clock. The worker starts its own timer
// before it claims and cancels the handler 5 s before the lease can end
// (a quarter of leases shorter than 20 s).
//
// The attempt is counted by the claim, so a job that kills its process still
// dies: a job found with its tries used up is dead without running again. An
// attempt that a graceful stop cuts short stays counted, for the same reason.
//
// A job of a kind that no handler was given for is left alone: during a rolling
// upgrade another instance knows it.
//
// # Lifetimes
//
// A failed attempt is repeated after 5 s, then twice as long each time up to
// 3 h, all with jitter: 14 tries last about 9 hours. A handler may say when instead,
// and that nothing was tried yet, which counts as no attempt ([LaterError]). Done jobs are kept for a
// day, dead ones until an operator decides. ExpiresAt ends the use of a job
// earlier: it is dead from then on. That is a time by the clock of processes, as
// the end of the link in a mail is; when a job is due and how long it is leased
// goes by the database's clock alone. A database whose clock is wrong kills no
// mail.
//
// An operator decides about a dead job ([Desk]). Running it again gives it all
// its tries and a new secret: the room that owns its kind renews it ([Keeper]),
// or says that the work is no longer wanted, which makes the job done.
//
// # Secrets
//
// Secrets of a job are sealed, bound to its row, and erased when the job is
// done, dead or expired. The stored text of an error is short and scrubbed of
// the secret, of anything that looks like a token and of addresses.
//
// This package never talks to the network, never waits inside a transaction,
// and never trusts the hand-out: an announced id that is lost, doubled or wrong
// costs a look-up. The row is the job.
package jobs

import (
	"errors"
	"time"
)

var (
	// ErrGiveUp is wrapped by the error of a handler if no retry can help: the
	// job is dead at once.
	ErrGiveUp = errors.New("no retry can mend this")
	// ErrObsolete is what a handler's error wraps when the work is no longer
	// wanted: the job is done without having been done.
	ErrObsolete = errors.New("no longer wanted")
)

// LaterError is what a handler's error wraps to say when to try again, in place of the
// pool's own pauses.
type LaterError struct {
	Err error
	In  time.Duration
	// Uncounted says that nothing was tried, because it is not this job's turn: the
	// attempt is given back.
	Uncounted bool
}

func (l LaterError) Error() string { return l.Err.Error() }

// Unwrap gives the reason.
func (l LaterError) Unwrap() error { return l.Err }
