package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store"
)

var (
	jobByID = q(`SELECT ` + jobColumns + ` FROM jobs WHERE realm_id = ? AND id = ?`)
	jobList = q(`
		SELECT ` + jobColumns + ` FROM jobs
		WHERE realm_id = ? AND state = ? AND id < ? ORDER BY id DESC LIMIT ?`)
	jobStats = q(`
		SELECT {now},
			(SELECT COUNT(*) FROM jobs WHERE realm_id = ? AND state = 'ready'),
			(SELECT COUNT(*) FROM jobs WHERE realm_id = ? AND state = 'running'),
			(SELECT COUNT(*) FROM jobs WHERE realm_id = ? AND state = 'dead'),
			(SELECT MIN(run_at) FROM jobs WHERE realm_id = ? AND state = 'ready'),
			(SELECT MIN(lease_expires_at) FROM jobs WHERE realm_id = ? AND state = 'running')`)

	// MySQL sets columns from left to right, so the state comes last.
	jobEraseExpired = q(`
		UPDATE jobs SET secret_sealed = '', updated_at = ?,
			last_error = CASE WHEN state = 'ready' THEN 'expired' ELSE last_error END,
			state = CASE WHEN state = 'ready' THEN 'dead' ELSE state END
		WHERE realm_id = ? AND id IN (SELECT id FROM (
			SELECT id FROM jobs
			WHERE realm_id = ? AND expires_at < ? AND (state = 'ready' OR secret_sealed <> '')
			ORDER BY expires_at LIMIT ?) AS batch)`)
	jobReseal = q(`
		UPDATE jobs SET secret_sealed = ? WHERE realm_id = ? AND id = ? AND secret_sealed = ?`)
	jobPurge = q(`
		DELETE FROM jobs WHERE realm_id = ? AND id IN (SELECT id FROM (
			SELECT id FROM jobs WHERE realm_id = ? AND state = 'done' AND updated_at < ?
			ORDER BY updated_at LIMIT ?) AS batch)`)
)

// jobLedger implements store.JobLedger.
type jobLedger struct{ *port }

// unlessGone turns store.ErrNotFound into nil.
func unlessGone(err error) error {
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	return err
}

// ByID reads a job.
func (p jobLedger) ByID(ctx context.Context, id string) (store.Job, error) {
	return get(ctx, p, scanJob, jobByID, p.realm, id)
}

// List gives jobs in a state, newest first.
func (p jobLedger) List(ctx context.Context, state store.JobState, page store.Page) ([]store.Job, error) {
	return list(ctx, p, scanJob, jobList, p.realm, string(state), cursor(page.After), page.Limit)
}

// Stats counts, and tells how long the oldest due job has waited.
func (p jobLedger) Stats(ctx context.Context) (store.JobStats, error) {
	return get(ctx, p, func(row scanner, s *store.JobStats) error {
		var now time.Time
		var ready, lost sql.NullInt64
		if err := row.Scan(at(&now), &s.Ready, &s.Running, &s.Dead, &ready, &lost); err != nil {
			return err
		}
		now = p.told(now)
		for _, due := range []sql.NullInt64{ready, lost} {
			if due.Valid {
				s.OldestDue = max(s.OldestDue, now.Sub(time.UnixMicro(due.Int64)))
			}
		}
		return nil
	}, jobStats, p.realm, p.realm, p.realm, p.realm, p.realm)
}

// EraseExpired erases the secrets of jobs that expired before the given time
// and makes those that still wait dead.
func (p jobLedger) EraseExpired(ctx context.Context, before time.Time, limit int) (int, error) {
	now, err := p.now(ctx)
	if err != nil {
		return 0, err
	}
	return p.exec(ctx, jobEraseExpired, micros(now), p.realm, p.realm, micros(before), limit)
}

// Reseal replaces a secret that is still the old one.
func (p jobLedger) Reseal(ctx context.Context, id, old, sealed string) (bool, error) {
	return p.change(ctx, jobReseal, sealed, p.realm, id, old)
}

// Purge deletes jobs done before the given time.
func (p jobLedger) Purge(ctx context.Context, before time.Time, limit int) (int, error) {
	return p.exec(ctx, jobPurge, p.realm, p.realm, micros(before), limit)
}
