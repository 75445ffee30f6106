package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store/sqlrun"
)

var (
	attemptRead = q(`
		SELECT tries, window_ends_at FROM attempts WHERE realm_id = ? AND kind = ? AND subject = ?`)
	attemptInsert = q(`
		INSERT INTO attempts (realm_id, kind, subject, tries, window_ends_at) VALUES (?, ?, ?, ?, ?)`)
	attemptAdd = q(`
		UPDATE attempts SET tries = tries + 1
		WHERE realm_id = ? AND kind = ? AND subject = ? AND +window_ends_at > ? AND tries < ?`)
	attemptRenew = q(`
		UPDATE attempts SET tries = ?, window_ends_at = ?
		WHERE realm_id = ? AND kind = ? AND subject = ? AND window_ends_at = ?`)
	attemptExtend = q(`
		UPDATE attempts SET window_ends_at = ?
		WHERE realm_id = ? AND kind = ? AND subject = ? AND tries >= ? AND +window_ends_at < ?`)
	attemptGiveBack = q(`
		UPDATE attempts SET tries = tries - 1
		WHERE realm_id = ? AND kind = ? AND subject = ? AND tries > 0 AND window_ends_at > ?`)
	attemptClear   = q(`DELETE FROM attempts WHERE realm_id = ? AND kind = ? AND subject = ?`)
	attemptExpired = q(`
		SELECT kind, subject FROM attempts
		WHERE realm_id = ? AND window_ends_at < ? ORDER BY window_ends_at LIMIT ?`)
	attemptPurge = q(`
		DELETE FROM attempts WHERE realm_id = ? AND kind = ? AND subject = ? AND window_ends_at < ?`)
)

// Attempts counts guesses, so that no more than a limit are made in a window.
type Attempts struct{ *bound }

type counter struct {
	tries int
	ends  time.Time
}

func scanCounter(row sqlrun.Row, c *counter) error { return row.Scan(&c.tries, timeInto(&c.ends)) }

// errTakeLost is returned by a round of Take that lost to other calls, which
// created, renewed or cleared the counter between two statements of this one.
var errTakeLost = errors.New("count an attempt: too many at once")

// Take counts one try of kind against subject (a keyed hash) and reports
// whether it was within limit. The window starts with the first try; when
// it is over, counting starts anew. retryAt is when the present window ends.
func (t Attempts) Take(
	ctx context.Context, kind, subject string, limit int, window time.Duration, now time.Time,
) (taken bool, ends time.Time, err error) {
	err = Again(ctx, errTakeLost, func(ctx context.Context) (err error) {
		taken, ends, err = t.take(ctx, kind, subject, limit, now, now.Add(window))
		return err
	})
	if errors.Is(err, errTakeLost) {
		err = fmt.Errorf("%w: %w", ErrUnavailable, err)
	}
	return taken, ends, err
}

func (t Attempts) take(ctx context.Context, kind, subject string, limit int, now, end time.Time) (bool, time.Time, error) {
	ends := time.UnixMicro(end.UnixMicro()).UTC() // as it is stored
	counted, err := t.change(ctx, attemptAdd, t.realm, kind, subject, micros(now), limit)
	if err != nil {
		return false, time.Time{}, err
	}
	c, err := sqlrun.Get(ctx, t.run, scanCounter, attemptRead, t.realm, kind, subject)
	switch none := errors.Is(err, ErrNotFound); {
	case counted && none: // and cleared since
		return true, ends, nil
	case none && limit < 1:
		return false, ends, nil
	case none:
		err = t.add(ctx, attemptInsert, t.realm, kind, subject, 1, micros(ends))
		if err == nil {
			return true, ends, nil
		}
		if errors.Is(err, ErrTaken) {
			err = t.run.Raced(err) // somebody was faster
		}
	case err != nil:
	case counted:
		return true, c.ends, nil
	case !c.ends.After(now) && limit > 0:
		var renewed bool
		if renewed, err = t.change(ctx, attemptRenew, 1, micros(ends), t.realm, kind, subject, micros(c.ends)); renewed {
			return true, ends, err
		}
	case c.tries >= limit:
		return false, c.ends, nil
	}
	if err == nil {
		err = errTakeLost
	}
	return false, time.Time{}, err
}

// Begin opens a window without a try in it, unless one is running, and
// reports whether this call did. Of any number of concurrent calls exactly
// one does.
func (t Attempts) Begin(ctx context.Context, kind, subject string, window time.Duration, now time.Time) (bool, error) {
	ends := micros(now.Add(window))
	c, err := sqlrun.Get(ctx, t.run, scanCounter, attemptRead, t.realm, kind, subject)
	switch {
	case errors.Is(err, ErrNotFound):
		err = t.add(ctx, attemptInsert, t.realm, kind, subject, 0, ends)
		if errors.Is(err, ErrTaken) {
			return false, t.run.Raced(err) // somebody was faster
		}
		return err == nil, err
	case err != nil || c.ends.After(now):
		return false, err
	}
	return t.change(ctx, attemptRenew, 0, ends, t.realm, kind, subject, micros(c.ends))
}

// Tries gives the number of tries in the present window, 0 if there is none.
func (t Attempts) Tries(ctx context.Context, kind, subject string, now time.Time) (int, error) {
	c, err := sqlrun.Get(ctx, t.run, scanCounter, attemptRead, t.realm, kind, subject)
	if errors.Is(err, ErrNotFound) || err == nil && !c.ends.After(now) {
		return 0, nil
	}
	return c.tries, err
}

// Extend lets the window of a counter that has reached limit end at ends, if
// it would end before.
func (t Attempts) Extend(ctx context.Context, kind, subject string, limit int, ends time.Time) error {
	_, err := t.run.Exec(ctx, attemptExtend, micros(ends), t.realm, kind, subject, limit, micros(ends))
	return err
}

// GiveBack takes one try back.
func (t Attempts) GiveBack(ctx context.Context, kind, subject string, now time.Time) error {
	_, err := t.run.Exec(ctx, attemptGiveBack, t.realm, kind, subject, micros(now))
	return err
}

// Clear forgets the tries.
func (t Attempts) Clear(ctx context.Context, kind, subject string) error {
	_, err := t.run.Exec(ctx, attemptClear, t.realm, kind, subject)
	return err
}

// Purge deletes counters whose window ended before the given time.
func (t Attempts) Purge(ctx context.Context, before time.Time, limit int) (int, error) {
	deleted := 0
	err := t.run.Together(ctx, func(ctx context.Context, run sqlrun.Runner) error {
		deleted = 0
		keys, err := sqlrun.List(ctx, run, func(row sqlrun.Row, key *[2]string) error {
			return row.Scan(&key[0], &key[1])
		}, attemptExpired, t.realm, micros(before), limit)
		for i := 0; i < len(keys) && err == nil; i++ {
			var n int
			n, err = run.Exec(ctx, attemptPurge, t.realm, keys[i][0], keys[i][1], micros(before))
			deleted += n
		}
		return err
	})
	return deleted, err
}
