package sqlstore

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/store/column"
	"github.com/sallyport-auth/sallyport/internal/store/seam"
)

var (
	jobByID = q(`SELECT ` + jobColumns + ` FROM jobs WHERE realm_id = ? AND id = ?`)
	jobList = q(`
		SELECT ` + jobColumns + ` FROM jobs
		WHERE realm_id = ? AND state = ? AND id < ? ORDER BY id DESC LIMIT ?`)
	// Two halves, so that what may be long is counted in jobs_due_idx alone.
	jobStats = q(`
		SELECT {now}, kind, state, COUNT(*), MIN(run_at) FROM jobs
		WHERE realm_id = ? AND state IN ('dead', 'ready') GROUP BY kind, state
		UNION ALL
		SELECT {now}, kind, state, COUNT(*), MIN(lease_expires_at) FROM jobs
		WHERE realm_id = ? AND state = 'running' GROUP BY kind, state`)
	jobRevive = q(`
		UPDATE jobs SET state = ?, payload = ?, secret_sealed = ?, attempts = ?, fence = fence + 1,
			run_at = ?, expires_at = ?, last_error = ?, updated_at = ?
		WHERE realm_id = ? AND id = ? AND fence = ? AND state = 'dead'`)

	jobExpired = q(`
		SELECT id FROM jobs
		WHERE realm_id = ? AND expires_at < ? AND (state = 'ready' OR secret_sealed <> '')
		ORDER BY expires_at LIMIT ?`)
	// MySQL sets columns from left to right, so the state comes last.
	jobEraseExpired = q(`
		UPDATE jobs SET secret_sealed = '', updated_at = ?,
			last_error = CASE WHEN state = 'ready' THEN 'expired' ELSE last_error END,
			state = CASE WHEN state = 'ready' THEN 'dead' ELSE state END
		WHERE realm_id = ? AND id IN {many} AND +expires_at < ? AND (state = 'ready' OR secret_sealed <> '')`)
	jobReseal = q(`
		UPDATE jobs SET secret_sealed = ? WHERE realm_id = ? AND id = ? AND secret_sealed = ?`)
	jobOld = q(`
		SELECT id FROM jobs WHERE realm_id = ? AND state = 'done' AND updated_at < ? ORDER BY updated_at LIMIT ?`)
	jobDrop  = q(`DELETE FROM jobs WHERE realm_id = ? AND id IN {many}`)
	jobPurge = q(`
		DELETE FROM jobs WHERE realm_id = ? AND id IN {many} AND state = 'done' AND +updated_at < ?`)
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
	return seam.Get(ctx, p, scanJob, jobByID, p.realm, id)
}

// List gives jobs in a state, newest first.
func (p jobLedger) List(ctx context.Context, state store.JobState, page store.Page) ([]store.Job, error) {
	return seam.List(ctx, p, scanJob, jobList, p.realm, string(state), cursor(page.After), page.Limit)
}

// counted is how many jobs of a kind are in a state, and since when the oldest
// is due.
type counted struct {
	now, due time.Time
	kind     string
	state    store.JobState
	n        int64
}

func scanCounted(row seam.Row, c *counted) error {
	return row.Scan(column.At(&c.now), &c.kind, &c.state, &c.n, column.At(&c.due))
}

// Stats counts, and tells how long the oldest due job has waited.
func (p jobLedger) Stats(ctx context.Context) (store.JobStats, error) {
	rows, err := seam.List(ctx, p, scanCounted, jobStats, p.realm, p.realm)
	if err != nil {
		return store.JobStats{}, err
	}
	slices.SortFunc(rows, func(a, b counted) int { return cmp.Compare(a.kind, b.kind) })
	var all store.JobStats
	for _, c := range rows {
		if last := len(all.Kinds) - 1; last < 0 || all.Kinds[last].Kind != c.kind {
			all.Kinds = append(all.Kinds, store.KindStats{Kind: c.kind})
		}
		one := &all.Kinds[len(all.Kinds)-1]
		for _, sum := range []*store.JobCounts{&all.JobCounts, &one.JobCounts} {
			count(sum, c, p.told(c.now))
		}
	}
	return all, nil
}

func count(sum *store.JobCounts, c counted, now time.Time) {
	switch c.state {
	case store.JobReady:
		sum.Ready += c.n
	case store.JobRunning:
		sum.Running += c.n
	case store.JobDead:
		sum.Dead += c.n
		return
	case store.JobDone:
		return
	}
	sum.OldestDue = max(sum.OldestDue, now.Sub(c.due))
}

// Revive settles a dead job anew.
func (p jobLedger) Revive(ctx context.Context, r store.JobRevival) (bool, error) {
	now, err := p.now(ctx)
	if err != nil {
		return false, err
	}
	revived, err := p.change(ctx, jobRevive, string(r.State), r.Payload, r.SecretSealed, r.Attempts, column.Micros(now),
		column.Micros(r.ExpiresAt), r.LastError, column.Micros(now), p.realm, r.ID, r.Fence)
	if revived && r.State == store.JobReady && p.effects != nil {
		p.effects.jobIDs = append(p.effects.jobIDs, r.ID)
	}
	return revived, err
}

// EraseExpired erases the secrets of jobs that expired before the given time
// and makes those that still wait dead.
func (p jobLedger) EraseExpired(ctx context.Context, before time.Time, limit int) (int, error) {
	now, err := p.now(ctx)
	if err != nil {
		return 0, err
	}
	ids, err := seam.List(ctx, p, seam.Value[string], jobExpired, p.realm, column.Micros(before), limit)
	if err != nil {
		return 0, err
	}
	return seam.Many(ctx, p, jobEraseExpired, []any{column.Micros(now), p.realm}, ids, column.Micros(before))
}

// Reseal replaces a secret that is still the old one.
func (p jobLedger) Reseal(ctx context.Context, id, old, sealed string) (bool, error) {
	return p.change(ctx, jobReseal, sealed, p.realm, id, old)
}

// Purge deletes jobs done before the given time.
func (p jobLedger) Purge(ctx context.Context, before time.Time, limit int) (int, error) {
	return p.purge(ctx, jobOld, jobPurge, before, limit)
}

// Drop deletes jobs.
func (p jobLedger) Drop(ctx context.Context, ids []string) (int, error) {
	return seam.Many(ctx, p, jobDrop, []any{p.realm}, ids)
}
