package sqlstore

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/store/column"
	"github.com/sallyport-auth/sallyport/internal/store/seam"
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

// attempts implements store.Attempts.
type attempts struct{ *port }

type counter struct {
	tries int
	ends  time.Time
}

func scanCounter(row seam.Row, c *counter) error { return row.Scan(&c.tries, column.At(&c.ends)) }

// errTakeLost is returned by a round of Take that lost to other calls, which
// created, renewed or cleared the counter between two statements of this one.
var errTakeLost = errors.New("count an attempt: too many at once")

// Take counts one try and reports whether it was within limit. It counts first
// and looks afterwards, so that a crowd that only counts never loses a round.
func (p attempts) Take(
	ctx context.Context, kind, subject string, limit int, window time.Duration, now time.Time,
) (taken bool, ends time.Time, err error) {
	err = store.Again(ctx, errTakeLost, func(ctx context.Context) (err error) {
		taken, ends, err = p.take(ctx, kind, subject, limit, now, now.Add(window))
		return err
	})
	if errors.Is(err, errTakeLost) {
		err = fmt.Errorf("%w: %w", store.ErrUnavailable, err)
	}
	return taken, ends, err
}

func (p attempts) take(ctx context.Context, kind, subject string, limit int, now, end time.Time) (bool, time.Time, error) {
	ends := time.UnixMicro(end.UnixMicro()).UTC() // as it is stored
	counted, err := p.change(ctx, attemptAdd, p.realm, kind, subject, column.Micros(now), limit)
	if err != nil {
		return false, time.Time{}, err
	}
	c, err := seam.Get(ctx, p, scanCounter, attemptRead, p.realm, kind, subject)
	switch none := errors.Is(err, store.ErrNotFound); {
	case counted && none: // and cleared since
		return true, ends, nil
	case none && limit < 1:
		return false, ends, nil
	case none:
		err = p.add(ctx, attemptInsert, p.realm, kind, subject, 1, column.Micros(ends))
		if err == nil {
			return true, ends, nil
		}
		if errors.Is(err, store.ErrTaken) {
			err = p.Raced(err) // somebody was faster
		}
	case err != nil:
	case counted:
		return true, c.ends, nil
	case !c.ends.After(now) && limit > 0:
		var renewed bool
		if renewed, err = p.change(ctx, attemptRenew, 1, column.Micros(ends), p.realm, kind, subject, column.Micros(c.ends)); renewed {
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

// Begin opens a window without a try in it, unless one is running.
func (p attempts) Begin(ctx context.Context, kind, subject string, window time.Duration, now time.Time) (bool, error) {
	ends := column.Micros(now.Add(window))
	c, err := seam.Get(ctx, p, scanCounter, attemptRead, p.realm, kind, subject)
	switch {
	case errors.Is(err, store.ErrNotFound):
		err = p.add(ctx, attemptInsert, p.realm, kind, subject, 0, ends)
		if errors.Is(err, store.ErrTaken) {
			return false, p.Raced(err) // somebody was faster
		}
		return err == nil, err
	case err != nil || c.ends.After(now):
		return false, err
	}
	return p.change(ctx, attemptRenew, 0, ends, p.realm, kind, subject, column.Micros(c.ends))
}

// Tries gives the number of tries in the present window.
func (p attempts) Tries(ctx context.Context, kind, subject string, now time.Time) (int, error) {
	c, err := seam.Get(ctx, p, scanCounter, attemptRead, p.realm, kind, subject)
	if errors.Is(err, store.ErrNotFound) || err == nil && !c.ends.After(now) {
		return 0, nil
	}
	return c.tries, err
}

// Extend lets the window of a counter at its limit end later.
func (p attempts) Extend(ctx context.Context, kind, subject string, limit int, ends time.Time) error {
	_, err := p.Exec(ctx, attemptExtend, column.Micros(ends), p.realm, kind, subject, limit, column.Micros(ends))
	return err
}

// GiveBack takes one try back in the present window.
func (p attempts) GiveBack(ctx context.Context, kind, subject string, now time.Time) error {
	_, err := p.Exec(ctx, attemptGiveBack, p.realm, kind, subject, column.Micros(now))
	return err
}

// Clear forgets the tries.
func (p attempts) Clear(ctx context.Context, kind, subject string) error {
	_, err := p.Exec(ctx, attemptClear, p.realm, kind, subject)
	return err
}

// Purge deletes counters whose window ended before the given time. The key has
// two columns beside the realm, so the batch is read first.
func (p attempts) Purge(ctx context.Context, before time.Time, limit int) (int, error) {
	deleted := 0
	err := p.Together(ctx, func(ctx context.Context, run seam.Runner) error {
		deleted = 0
		keys, err := seam.List(ctx, run, func(row seam.Row, key *[2]string) error {
			return row.Scan(&key[0], &key[1])
		}, attemptExpired, p.realm, column.Micros(before), limit)
		for i := 0; i < len(keys) && err == nil; i++ {
			var n int
			n, err = run.Exec(ctx, attemptPurge, p.realm, keys[i][0], keys[i][1], column.Micros(before))
			deleted += n
		}
		return err
	})
	return deleted, err
}
