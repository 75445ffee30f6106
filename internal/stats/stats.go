// Package stats owns the numbers that operators look at: how often people signed in,
// failed to and why, signed up, had a stolen token played back, were refused, were sent
// mail. They stand in a table by hour, so that a page that shows them reads some
// hundred rows and never the audit log.
//
// # Where they come from
//
// What is in the audit log is counted from its leaves ([Ledger.Maintain]). A leaf is
// given to an event after its commit, in an order without gaps, so one number says how
// far the counting is: an event that commits late gets a later leaf and is not missed,
// which an order of ids or times would not give. That number moves by a compare-and-set
// in the transaction that adds to the hours. Of instances that count at once one does,
// and a process that is killed anywhere loses and doubles nothing. What was there
// before this package is counted from the first leaf on, a thousand at a time. An event
// that is sealed late is counted in the hour in which it happened.
//
// The end of a mail is no event: it is counted in the transaction that records it
// ([Ended]).
//
// # How many there are
//
// How many users there are, how many of them are signed in and in how many sessions is
// nothing that happens: a session that is idle for too long ends by itself. Every
// quarter of an hour one instance reads users and sessions by the key, a thousand users
// at a time, and puts the numbers into the hour.
//
// # What they are worth
//
// They follow by a minute, or by as long as the audit log is not sealed. Days and weeks
// are sums of hours, in UTC; of numbers of users and sessions they are the highest.
// Hours are kept for [Kept]. No number is of one person.
package stats

import (
	"context"
	"fmt"
	"time"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// The series. They are stored, so they never change their meaning.
const (
	SignIns    = "sign_in"
	SignUps    = "sign_up"        // accounts that came to be
	Failures   = "sign_in_failed" // by reason
	Replays    = "replay"
	Refusals   = "refused" // anything else, by reason
	MailSent   = "mail_sent"
	MailFailed = "mail_failed" // given up
	Users      = "users"
	SignedIn   = "users_signed_in"
	Sessions   = "sessions"
)

const (
	// Kept is how long hours are kept: for as many weeks as are shown, and one.
	Kept = 14 * week

	week         = 7 * 24 * time.Hour
	piece        = 1000             // leaves of one transaction
	pieces       = 200              // of one call
	measureEvery = 15 * time.Minute // users and sessions
	censusPage   = 1000             // users
)

// Ledger keeps the numbers. It is safe for concurrent use, by many instances.
type Ledger struct {
	Store *store.Store
	Clock clock.Clock
}

func hourOf(at time.Time) int64 { return at.Unix() / int64(time.Hour/time.Second) }

// Maintain counts what was sealed since the last call, measures and drops what is old,
// in bounded pieces; the rest is left to the next call. Running it on every instance at
// once is harmless.
func (l Ledger) Maintain(ctx context.Context) error {
	for range pieces {
		more, err := l.count(ctx)
		if err != nil {
			return fmt.Errorf("count events: %w", err)
		}
		if !more {
			break
		}
	}
	if err := l.measure(ctx); err != nil {
		return fmt.Errorf("count users and sessions: %w", err)
	}
	err := store.InBatches(ctx, l.Clock.Now().Add(-Kept), func(ctx context.Context, before time.Time, limit int) (int, error) {
		return l.Store.Direct().Stats.Purge(ctx, hourOf(before), limit)
	})
	if err != nil {
		return fmt.Errorf("purge hours: %w", err)
	}
	return nil
}

// count counts a piece, and says whether there may be more. It says no if another
// instance was faster, which goes on.
func (l Ledger) count(ctx context.Context) (more bool, err error) {
	direct := l.Store.Direct()
	counted, err := direct.Facts.Number(ctx, store.FactStatsCounted)
	if err != nil {
		return false, err
	}
	trees, err := direct.AuditTrees.List(ctx)
	if err != nil {
		return false, err
	}
	from := counted
	for _, tree := range trees {
		if from >= tree.Size {
			from -= tree.Size
			continue
		}
		events, err := direct.AuditLeaves.Told(ctx, tree.ID, from, piece)
		if err != nil || len(events) == 0 {
			return false, err
		}
		return l.add(ctx, counted, counted+int64(len(events)), l.tally(events))
	}
	return false, nil
}

// tally counts events by hour. Those of hours that are not kept, and those that are
// gone, count nothing.
func (l Ledger) tally(events []store.AuditEvent) map[store.HourCount]int64 {
	oldest := l.Clock.Now().Add(-Kept)
	counts := map[store.HourCount]int64{}
	for _, e := range events {
		series, n := seriesOf(e)
		if series == "" || e.CreatedAt.Before(oldest) {
			continue
		}
		in := store.HourCount{Hour: hourOf(e.CreatedAt), Series: series}
		if series == Failures || series == Refusals {
			in.Reason = e.Reason[:min(len(e.Reason), 64)]
		}
		counts[in] += int64(n)
	}
	return counts
}

// add adds counts to the hours, unless another instance has.
func (l Ledger) add(ctx context.Context, from, to int64, counts map[store.HourCount]int64) (mine bool, err error) {
	err = l.Store.Tx(ctx, func(ctx context.Context, tx *store.Tx) error {
		if mine, err = tx.Facts.Move(ctx, store.FactStatsCounted, from, to); err != nil || !mine {
			return err
		}
		for c, n := range counts {
			c.Number = n
			if err := tx.Stats.Add(ctx, c); err != nil {
				return err
			}
		}
		return nil
	})
	return mine, err
}

// seriesOf says in which series an event counts, and how often; in none if that is
// empty.
func seriesOf(e store.AuditEvent) (series string, n int) {
	kind, more := audit.Repeats(e)
	n = 1
	if kind != e.Kind {
		n = more
	}
	failed := e.Outcome == audit.Failure
	switch kind {
	case audit.KindSessionReplayed:
		return Replays, n
	case audit.KindSessionOpened:
		if !failed {
			return SignIns, n
		}
	case audit.KindUserCreated:
		if !failed {
			return SignUps, n
		}
	case audit.KindLoginFailed, audit.KindCodeRefused, audit.KindPasskeyRefused, audit.KindMagicLinkUsed:
		if failed {
			return Failures, n
		}
	case audit.KindJobRunAgain, audit.KindHookDisabled:
		return "", 0 // nobody was refused
	}
	if failed {
		return Refusals, n
	}
	return "", 0
}

// measure counts users and sessions, if nobody has for a while. One who dies over it is
// followed by another when it is due again.
func (l Ledger) measure(ctx context.Context) error {
	facts, now := l.Store.Direct().Facts, l.Clock.Now()
	last, err := facts.Number(ctx, store.FactStatsMeasured)
	if since := now.Unix() - last; err != nil || since >= 0 && since < int64(measureEvery/time.Second) {
		return err
	}
	if mine, err := facts.Move(ctx, store.FactStatsMeasured, last, now.Unix()); err != nil || !mine {
		return err
	}
	all, err := l.census(ctx, now)
	if err != nil {
		return err
	}
	return l.Store.Tx(ctx, func(ctx context.Context, tx *store.Tx) error {
		for _, c := range []store.HourCount{
			{Series: Users, Number: all.Users}, {Series: SignedIn, Number: all.SignedIn}, {Series: Sessions, Number: all.Sessions},
		} {
			c.Hour = hourOf(now)
			if err := tx.Stats.Set(ctx, c); err != nil {
				return err
			}
		}
		return nil
	})
}

func (l Ledger) census(ctx context.Context, now time.Time) (all store.Census, err error) {
	for after := ""; ; {
		c, last, err := l.Store.Direct().Users.Census(ctx, after, censusPage, now)
		if err != nil {
			return all, err
		}
		all.Users, all.SignedIn, all.Sessions = all.Users+c.Users, all.SignedIn+c.SignedIn, all.Sessions+c.Sessions
		if last == "" {
			return all, nil
		}
		after = last
	}
}

// Ended counts n ends of something that is no event, in the transaction that records
// them.
func Ended(ctx context.Context, tx *store.Tx, series string, n int, at time.Time) error {
	if n == 0 {
		return nil
	}
	return tx.Stats.Add(ctx, store.HourCount{Hour: hourOf(at), Series: series, Number: int64(n)})
}
