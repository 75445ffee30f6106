package admin

import (
	"context"
	"fmt"
	"time"

	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/stats"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// What may need an operator's attention, in the order in which it is told.
const (
	NoOwner      = "no_owner"       // nobody owns the server
	LogStopped   = "log_stopped"    // events are not sealed: the log does not match a signed head, or sealing fails
	LogBehind    = "log_behind"     // events wait for their seal
	Replays      = "replays"        // a refresh token was played back, within a day
	Guesses      = "guesses"        // far more failed sign-ins than usual, within the hour
	FeedStale    = "feed_stale"     // this instance does not know what was revoked of late
	MailFailing  = "mail_failing"   // mails wait that have failed before
	MailDead     = "mail_dead"      // mails were given up
	HooksFailing = "hooks_failing"  // endpoints do not take what they are sent
	HooksOff     = "hooks_disabled" // endpoints are switched off
	JobsDead     = "jobs_dead"      // other jobs were given up
	JobsLate     = "jobs_late"      // jobs are due and nobody does them
)

const (
	// Bound is as far as anything is counted for an operator's attention.
	Bound = 1000

	lateAfter   = 5 * time.Minute
	behindAfter = time.Minute
	fewGuesses  = 100 // failed sign-ins in an hour that are no storm
	storm       = 5   // times as many as usual are
	kindMail    = "mail"
	kindHook    = "hook"
)

// Concern is something that needs attention, and how much of it there is; 0 if that
// is not counted. Of what is more than [Bound], Bound is told.
type Concern struct {
	What   string
	Number int64
}

// OverviewOptions is what an overview needs.
type OverviewOptions struct {
	Store   *store.Store
	Clock   clock.Clock
	Numbers stats.Ledger
	// Fresh tells whether this instance knows what was revoked, Sealing why the audit log
	// is not sealed. Either may be nil.
	Fresh   func() bool
	Sealing func() error
}

// Overview is what an operator sees first. It reads few rows by an index, however much
// there is, and never the audit log.
type Overview struct{ opts OverviewOptions }

// NewOverview returns an overview.
func NewOverview(o OverviewOptions) *Overview { return &Overview{opts: o} }

// Seen is what an operator sees at one look.
type Seen struct {
	Concerns []Concern
	// How many users there are, how many are signed in and in how many sessions; 0 if
	// nobody has counted for two days.
	Users, SignedIn, Sessions int64
	Buckets                   []stats.Bucket // the oldest first
}

// Look gives what needs attention, and the numbers of a span.
func (o *Overview) Look(ctx context.Context, span stats.Span) (Seen, error) {
	hours, err := o.opts.Numbers.Read(ctx, stats.Hour)
	if err != nil {
		return Seen{}, err
	}
	seen := Seen{Buckets: hours}
	for _, h := range hours {
		if h.Users > 0 {
			seen.Users, seen.SignedIn, seen.Sessions = h.Users, h.SignedIn, h.Sessions
		}
	}
	if span != stats.Hour {
		if seen.Buckets, err = o.opts.Numbers.Read(ctx, span); err != nil {
			return Seen{}, err
		}
	}
	seen.Concerns, err = o.concerns(ctx, hours)
	return seen, err
}

func (o *Overview) concerns(ctx context.Context, hours []stats.Bucket) (all []Concern, err error) {
	tell := func(what string, is bool, number int64) {
		if is {
			all = append(all, Concern{what, min(number, Bound)})
		}
	}
	direct := o.opts.Store.Direct()
	owners, err := direct.Facts.Number(ctx, store.FactOwners)
	if err != nil {
		return nil, fmt.Errorf("count owners: %w", err)
	}
	tell(NoOwner, owners < 1, 0)
	waits, err := direct.AuditUnsealed.Peek(ctx, "", 1)
	if err != nil {
		return nil, fmt.Errorf("look for events without a seal: %w", err)
	}
	stopped := o.opts.Sealing != nil && o.opts.Sealing() != nil
	tell(LogStopped, stopped, 0)
	tell(LogBehind, !stopped && len(waits) > 0 && waits[0] < id.FirstAt(o.opts.Clock.Now().Add(-behindAfter)), 0)
	replays, guesses := suspicions(hours)
	tell(Replays, replays > 0, replays)
	tell(Guesses, guesses > 0, guesses)
	tell(FeedStale, o.opts.Fresh != nil && !o.opts.Fresh(), 0)
	if err := o.work(ctx, tell); err != nil {
		return nil, err
	}
	return all, nil
}

// work looks at jobs and web hooks.
func (o *Overview) work(ctx context.Context, tell func(string, bool, int64)) error {
	direct := o.opts.Store.Direct()
	dead, err := direct.Jobs.DeadKinds(ctx, Bound)
	if err != nil {
		return fmt.Errorf("count dead jobs: %w", err)
	}
	mails, others := int64(0), int64(0)
	for _, k := range dead {
		if k.Kind == kindMail {
			mails = k.Dead
		} else {
			others += k.Dead
		}
	}
	mail, err := direct.Jobs.Waiting(ctx, kindMail, Bound)
	if err != nil {
		return fmt.Errorf("look at mails that wait: %w", err)
	}
	hook, err := direct.Jobs.Waiting(ctx, kindHook, Bound)
	if err != nil {
		return fmt.Errorf("look at web hooks that wait: %w", err)
	}
	endpoints, err := direct.Hooks.List(ctx)
	if err != nil {
		return fmt.Errorf("list endpoints of web hooks: %w", err)
	}
	failing, off := int64(0), int64(0)
	for _, e := range endpoints {
		switch {
		case !e.DisabledAt.IsZero():
			off++
		case !e.FailingSince.IsZero():
			failing++
		}
	}
	tell(MailFailing, mail.Failed > 0, mail.Failed)
	tell(MailDead, mails > 0, mails)
	tell(HooksFailing, failing > 0, failing)
	tell(HooksOff, off > 0, off)
	tell(JobsDead, others > 0, others)
	tell(JobsLate, max(mail.Late, hook.Late) > lateAfter, 0)
	return nil
}

// suspicions gives the replays of the last day, and how many sign-ins failed in this
// hour or the one before if that is a storm: many, and many times what the hours before
// had.
func suspicions(hours []stats.Bucket) (replays, guesses int64) {
	last := len(hours) - 2
	usual := int64(0)
	for n, h := range hours {
		if n >= len(hours)-24 {
			replays += h.Replays
		}
		if n < last {
			usual += h.Failures
		} else {
			guesses = max(guesses, h.Failures)
		}
	}
	if guesses < fewGuesses || guesses < storm*usual/int64(last) {
		guesses = 0
	}
	return replays, guesses
}
