package sqlstore

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/store/column"
	"github.com/sallyport-auth/sallyport/internal/store/seam"
)

const jobColumns = `id, kind, payload, secret_sealed, state, attempts, max_attempts, fence,
	run_at, expires_at, lease_expires_at, last_error, created_at, updated_at`

// kindsAtOnce is how many kinds one look for due jobs names; statements have a
// fixed number of parameters.
const kindsAtOnce = 8

var (
	jobInsert = q(`
		INSERT INTO jobs (realm_id, id, kind, payload, secret_sealed, state, attempts, max_attempts, fence,
			run_at, expires_at, lease_expires_at, last_error, created_at, updated_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
	jobDueReady = q(`
		SELECT id, run_at FROM jobs
		WHERE realm_id = ? AND state = 'ready' AND kind IN (?, ?, ?, ?, ?, ?, ?, ?) AND run_at <= ?
		ORDER BY run_at, id LIMIT ?`)
	jobDueLost = q(`
		SELECT id, lease_expires_at FROM jobs
		WHERE realm_id = ? AND state = 'running' AND kind IN (?, ?, ?, ?, ?, ?, ?, ?) AND lease_expires_at <= ?
		ORDER BY lease_expires_at, id LIMIT ?`)
	jobPeek  = q(`SELECT {now}, ` + jobColumns + ` FROM jobs WHERE realm_id = ? AND id = ?`)
	jobClaim = q(`
		UPDATE jobs SET state = 'running', fence = fence + 1, attempts = attempts + 1,
			lease_expires_at = ?, updated_at = ?
		WHERE realm_id = ? AND id = ? AND fence = ? AND state = ?`)
	jobSettle = q(`
		UPDATE jobs SET state = ?, lease_expires_at = NULL, last_error = ?, updated_at = ?,
			secret_sealed = CASE WHEN ? = 1 THEN '' ELSE secret_sealed END
		WHERE realm_id = ? AND id = ? AND fence = ? AND state = 'running'`)
	jobRetry = q(`
		UPDATE jobs SET state = 'ready', run_at = ?, lease_expires_at = NULL, last_error = ?, updated_at = ?,
			secret_sealed = CASE WHEN ? = 1 THEN '' ELSE secret_sealed END
		WHERE realm_id = ? AND id = ? AND fence = ? AND state = 'running'`)
)

// jobs implements store.Jobs.
type jobs struct{ *port }

func jobFields(j *store.Job) []any {
	return []any{
		&j.ID, &j.Kind, &j.Payload, &j.SecretSealed, &j.State, &j.Attempts, &j.MaxAttempts, &j.Fence,
		column.At(&j.RunAt), column.At(&j.ExpiresAt), column.At(&j.LeaseExpiresAt), &j.LastError, column.At(&j.CreatedAt), column.At(&j.UpdatedAt),
	}
}

func scanJob(row seam.Row, j *store.Job) error { return row.Scan(jobFields(j)...) }

// Insert adds a job. Times that are zero are now, and so is an empty state
// ready.
func (p jobs) Insert(ctx context.Context, j store.Job) error {
	if p.effects == nil {
		return fmt.Errorf("insert a job: %w", errNotDirect)
	}
	if j.RunAt.IsZero() || j.CreatedAt.IsZero() || j.UpdatedAt.IsZero() {
		now, err := p.now(ctx)
		if err != nil {
			return err
		}
		for _, t := range []*time.Time{&j.RunAt, &j.CreatedAt, &j.UpdatedAt} {
			if t.IsZero() {
				*t = now
			}
		}
	}
	if err := p.add(ctx, jobInsert, p.realm, j.ID, j.Kind, j.Payload, j.SecretSealed,
		string(cmp.Or(j.State, store.JobReady)), j.Attempts, j.MaxAttempts, j.Fence,
		column.Micros(j.RunAt), column.Micros(j.ExpiresAt), column.Micros(j.LeaseExpiresAt), j.LastError,
		column.Micros(j.CreatedAt), column.Micros(j.UpdatedAt)); err != nil {
		return err
	}
	p.effects.jobIDs = append(p.effects.jobIDs, j.ID)
	return nil
}

// dueJob is a job that can be claimed, and since when.
type dueJob struct {
	id    string
	since time.Time
}

// Due lists what can be claimed, longest due first.
func (p jobs) Due(ctx context.Context, kinds []string, limit int) ([]string, error) {
	now, err := p.now(ctx)
	if err != nil {
		return nil, err
	}
	var found []dueJob
	for some := range slices.Chunk(kinds, kindsAtOnce) {
		args := []any{p.realm}
		for i := range kindsAtOnce {
			args = append(args, some[min(i, len(some)-1)]) // filled up with the last
		}
		args = append(args, column.Micros(now), limit)
		for _, q := range []*seam.Statement{jobDueReady, jobDueLost} {
			due, err := seam.List(ctx, p, func(row seam.Row, d *dueJob) error { return row.Scan(&d.id, column.At(&d.since)) }, q, args...)
			if err != nil {
				return nil, err
			}
			found = append(found, due...)
		}
	}
	slices.SortStableFunc(found, func(a, b dueJob) int {
		return cmp.Or(a.since.Compare(b.since), cmp.Compare(a.id, b.id))
	})
	var ids []string
	for _, d := range found[:min(limit, len(found))] {
		ids = append(ids, d.id)
	}
	return ids, nil
}

// peeked is a job as it stands, and when it was read.
type peeked struct {
	now time.Time
	job store.Job
}

func scanPeeked(row seam.Row, v *peeked) error {
	return row.Scan(append([]any{column.At(&v.now)}, jobFields(&v.job)...)...)
}

// Claim leases a job to this caller alone. It looks first, because the fence
// that it saw is what makes the compare-and-set exact: nobody else can hold the
// number that this call gives.
func (p jobs) Claim(ctx context.Context, c store.JobClaim) (store.Job, bool, error) {
	seen, err := seam.Get(ctx, p, scanPeeked, jobPeek, p.realm, c.ID)
	if err != nil {
		return store.Job{}, false, unlessGone(err)
	}
	j, now := seen.job, p.told(seen.now)
	free := j.State == store.JobReady && !j.RunAt.After(now) ||
		j.State == store.JobRunning && !j.LeaseExpiresAt.After(now)
	if !free || !slices.Contains(c.Kinds, j.Kind) {
		return store.Job{}, false, nil
	}
	lease := time.UnixMicro(now.Add(c.Lease).UnixMicro()).UTC()
	won, err := p.change(ctx, jobClaim, column.Micros(lease), column.Micros(now), p.realm, j.ID, j.Fence, string(j.State))
	if err != nil || !won {
		return store.Job{}, false, err
	}
	j.State, j.LeaseExpiresAt, j.UpdatedAt = store.JobRunning, lease, now
	j.Fence++
	j.Attempts++
	return j, true, nil
}

// Settle records an outcome if the claim still holds.
func (p jobs) Settle(ctx context.Context, o store.JobOutcome) (bool, error) {
	now, err := p.now(ctx)
	if err != nil {
		return false, err
	}
	erase := column.Bit(o.EraseSecret)
	if o.State == store.JobReady {
		return p.change(ctx, jobRetry, column.Micros(now.Add(o.RunAfter)), o.LastError, column.Micros(now), erase,
			p.realm, o.ID, o.Fence)
	}
	return p.change(ctx, jobSettle, string(o.State), o.LastError, column.Micros(now), erase, p.realm, o.ID, o.Fence)
}
