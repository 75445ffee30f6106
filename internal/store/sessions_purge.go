package store

import (
	"context"
	"slices"
	"time"

	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/store/sqlrun"
)

// atOnce is how many sessions one statement of an erasure lists.
const atOnce = 500

// stretch is how many rows one sweep looks at.
const stretch = 2000

var (
	sessionExpired = q(`
		SELECT id FROM sessions WHERE realm_id = ? AND expires_at < ? ORDER BY expires_at LIMIT ?`)
	sessionPurgeExpired = q(`
		DELETE FROM sessions WHERE realm_id = ? AND id IN {many} AND +expires_at < ?`)
	sessionEnded = q(`
		SELECT id FROM sessions WHERE realm_id = ? AND revoked_at < ? ORDER BY revoked_at LIMIT ?`)
	sessionPurgeEnded = q(`
		DELETE FROM sessions WHERE realm_id = ? AND id IN {many} AND +revoked_at < ?`)
	sessionSweep = q(`
		SELECT id, idle_expires_at FROM sessions WHERE realm_id = ? AND id > ? ORDER BY id LIMIT ?`)
	sessionPurgeIdle = q(`
		DELETE FROM sessions WHERE realm_id = ? AND id IN {many} AND idle_expires_at < ?`)
	sessionEraseSome = q(`
		SELECT id FROM sessions WHERE realm_id = ? AND user_id = ? LIMIT ?`)
	sessionErase = q(`
		DELETE FROM sessions WHERE realm_id = ? AND id IN {many}`)
)

// Purge deletes sessions that ended or expired before the given time, at
// most limit.
func (t Sessions) Purge(ctx context.Context, before time.Time, limit int) (int, error) {
	deleted, err := t.purgeEnded(ctx, sessionExpired, sessionPurgeExpired, before, limit)
	if err != nil || deleted >= limit {
		return deleted, err
	}
	ended, err := t.purgeEnded(ctx, sessionEnded, sessionPurgeEnded, before, limit-deleted)
	if deleted += ended; err != nil || deleted >= limit {
		return deleted, err
	}
	idle, err := t.sweep(ctx, before, limit-deleted)
	if err != nil {
		return deleted, err
	}
	swept, err := t.dropSessions(ctx, sessionPurgeIdle, idle, before)
	return deleted + swept, err
}

// sweep lists idle sessions in the stretch that follows a random place, and
// goes on at the start of the table when it meets the end. An index would find
// them all, but idle_expires_at moves with each refresh, and keeping that index
// made the UPDATE a quarter slower.
func (t Sessions) sweep(ctx context.Context, before time.Time, limit int) ([]string, error) {
	type row struct {
		id   string
		idle time.Time
	}
	var idle []string
	left := stretch
	for _, from := range []string{id.Random(), ""} {
		rows, err := sqlrun.List(ctx, t.run, func(r sqlrun.Row, v *row) error { return r.Scan(&v.id, timeInto(&v.idle)) },
			sessionSweep, t.realm, from, left)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			if r.idle.Before(before) && len(idle) < limit && !slices.Contains(idle, r.id) {
				idle = append(idle, r.id)
			}
		}
		if left -= len(rows); left == 0 {
			break
		}
	}
	return idle, nil
}

// purgeEnded deletes by drop the sessions that find lists, and their cookies
// before them. A session that has ended does not begin again, so that no cookie
// is taken from one that stands.
func (t Sessions) purgeEnded(ctx context.Context, find, drop *sqlrun.Statement, before time.Time, limit int) (int, error) {
	ids, err := sqlrun.List(ctx, t.run, sqlrun.Value[string], find, t.realm, micros(before), limit)
	if err != nil {
		return 0, err
	}
	return t.dropSessions(ctx, drop, ids, before)
}

func (t Sessions) dropSessions(ctx context.Context, drop *sqlrun.Statement, ids []string, before time.Time) (int, error) {
	if _, err := sqlrun.Many(ctx, t.run, browserPurge, []any{t.realm}, ids); err != nil {
		return 0, err
	}
	return sqlrun.Many(ctx, t.run, drop, []any{t.realm}, ids, micros(before))
}

// Erase deletes sessions of a user and their cookies, at most limit. Fewer
// than that means that there were no more.
func (t Sessions) Erase(ctx context.Context, userID string, limit int) (n int, err error) {
	err = t.run.Together(ctx, func(ctx context.Context, run sqlrun.Runner) (err error) {
		n, err = t.erase(ctx, run, userID, limit)
		return err
	})
	return n, err
}

// erase counts what was there, so that nobody stops because a purge was faster
// with some.
func (t Sessions) erase(ctx context.Context, run sqlrun.Runner, userID string, limit int) (int, error) {
	ids, err := sqlrun.List(ctx, run, sqlrun.Value[string], sessionEraseSome, t.realm, userID, limit)
	if err != nil {
		return 0, err
	}
	if _, err := sqlrun.Many(ctx, run, browserPurge, []any{t.realm}, ids); err != nil {
		return 0, err
	}
	_, err = sqlrun.Many(ctx, run, sessionErase, []any{t.realm}, ids)
	return len(ids), err
}
