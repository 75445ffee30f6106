package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store/sqlrun"
)

// JobState is where a job stands.
type JobState string

// The states of a job.
const (
	JobReady   JobState = "ready"   // due at RunAt
	JobRunning JobState = "running" // leased until LeaseExpiresAt
	JobDone    JobState = "done"
	JobDead    JobState = "dead" // tried for the last time; kept for operators
)

// Job is work to do after the transaction that inserted it. Payload is JSON;
// SecretSealed holds what must not be at rest in clear and is erased when the
// job is done or dead.
type Job struct {
	ID             string
	Kind           string
	Payload        string
	SecretSealed   string
	State          JobState
	Attempts       int
	MaxAttempts    int
	Fence          int64
	RunAt          time.Time
	ExpiresAt      time.Time // no use after this; zero for never
	LeaseExpiresAt time.Time
	LastError      string
	CreatedAt      time.Time
	UpdatedAt      time.Time
}

// JobClaim asks for a lease on one job.
type JobClaim struct {
	ID    string
	Kinds []string // the kinds that this program knows
	Lease time.Duration
}

// JobOutcome settles a claimed job. It counts only while ID, Fence and the
// running state are still what the worker claimed.
type JobOutcome struct {
	ID          string
	Fence       int64
	State       JobState // JobDone, JobDead, or JobReady to try again
	RunAfter    time.Duration
	LastError   string
	EraseSecret bool
	// Uncounted gives the attempt back: nothing was tried.
	Uncounted bool
}

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
		UPDATE jobs SET state = 'ready', run_at = ?, attempts = attempts - ?, lease_expires_at = NULL, last_error = ?, updated_at = ?,
			secret_sealed = CASE WHEN ? = 1 THEN '' ELSE secret_sealed END
		WHERE realm_id = ? AND id = ? AND fence = ? AND state = 'running'`)
	jobWake = q(`UPDATE jobs SET run_at = ? WHERE realm_id = ? AND id = ? AND state = 'ready' AND run_at > ?`)
)

// Jobs are the rows of jobs. All their times are by the database's clock. What
// operators see and do of them is in jobs_desk.go.
type Jobs struct{ *bound }

func jobFields(j *Job) []any {
	return []any{
		&j.ID, &j.Kind, &j.Payload, &j.SecretSealed, &j.State, &j.Attempts, &j.MaxAttempts, &j.Fence,
		timeInto(&j.RunAt), timeInto(&j.ExpiresAt), timeInto(&j.LeaseExpiresAt), &j.LastError, timeInto(&j.CreatedAt), timeInto(&j.UpdatedAt),
	}
}

func scanJob(row sqlrun.Row, j *Job) error { return row.Scan(jobFields(j)...) }

// Insert adds a job in the caller's transaction, due at once if RunAt is
// zero.
func (t Jobs) Insert(ctx context.Context, j Job) error {
	if t.effects == nil {
		return fmt.Errorf("insert a job: %w", errNotDirect)
	}
	if j.RunAt.IsZero() || j.CreatedAt.IsZero() || j.UpdatedAt.IsZero() {
		now, err := t.now(ctx)
		if err != nil {
			return err
		}
		for _, at := range []*time.Time{&j.RunAt, &j.CreatedAt, &j.UpdatedAt} {
			if at.IsZero() {
				*at = now
			}
		}
	}
	if err := t.add(ctx, jobInsert, t.realm, j.ID, j.Kind, j.Payload, j.SecretSealed,
		string(cmp.Or(j.State, JobReady)), j.Attempts, j.MaxAttempts, j.Fence,
		micros(j.RunAt), micros(j.ExpiresAt), micros(j.LeaseExpiresAt), j.LastError,
		micros(j.CreatedAt), micros(j.UpdatedAt)); err != nil {
		return err
	}
	t.effects.due(j.ID, j.Kind)
	return nil
}

// Wake makes a job that waits for its time due at once, and reports whether this
// call did. Whoever hears of committed transactions hears of it.
func (t Jobs) Wake(ctx context.Context, id, kind string) (bool, error) {
	if t.effects == nil {
		return false, fmt.Errorf("wake a job: %w", errNotDirect)
	}
	now, err := t.now(ctx)
	if err != nil {
		return false, err
	}
	woken, err := t.change(ctx, jobWake, micros(now), t.realm, id, micros(now))
	if woken {
		t.effects.due(id, kind)
	}
	return woken, err
}

// dueJob is a job that can be claimed, and since when.
type dueJob struct {
	id    string
	since time.Time
}

// Due lists ids of jobs of the given kinds that can be claimed, oldest
// first, at most limit.
func (t Jobs) Due(ctx context.Context, kinds []string, limit int) ([]string, error) {
	now, err := t.now(ctx)
	if err != nil {
		return nil, err
	}
	var found []dueJob
	for some := range slices.Chunk(kinds, kindsAtOnce) {
		args := []any{t.realm}
		for i := range kindsAtOnce {
			args = append(args, some[min(i, len(some)-1)]) // filled up with the last
		}
		args = append(args, micros(now), limit)
		for _, q := range []*sqlrun.Statement{jobDueReady, jobDueLost} {
			due, err := sqlrun.List(ctx, t.run, func(row sqlrun.Row, d *dueJob) error { return row.Scan(&d.id, timeInto(&d.since)) }, q, args...)
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
	job Job
}

func scanPeeked(row sqlrun.Row, v *peeked) error {
	return row.Scan(append([]any{timeInto(&v.now)}, jobFields(&v.job)...)...)
}

// Claim leases a job that is ready and due, or whose lease has expired, to
// this caller alone: its fence and its attempts rise by one.
func (t Jobs) Claim(ctx context.Context, c JobClaim) (Job, bool, error) {
	seen, err := sqlrun.Get(ctx, t.run, scanPeeked, jobPeek, t.realm, c.ID)
	if err != nil {
		return Job{}, false, unlessGone(err)
	}
	j, now := seen.job, t.told(seen.now)
	free := j.State == JobReady && !j.RunAt.After(now) ||
		j.State == JobRunning && !j.LeaseExpiresAt.After(now)
	if !free || !slices.Contains(c.Kinds, j.Kind) {
		return Job{}, false, nil
	}
	lease := time.UnixMicro(now.Add(c.Lease).UnixMicro()).UTC()
	won, err := t.change(ctx, jobClaim, micros(lease), micros(now), t.realm, j.ID, j.Fence, string(j.State))
	if err != nil || !won {
		return Job{}, false, err
	}
	j.State, j.LeaseExpiresAt, j.UpdatedAt = JobRunning, lease, now
	j.Fence++
	j.Attempts++
	return j, true, nil
}

// Settle records an outcome and reports whether the claim still held.
func (t Jobs) Settle(ctx context.Context, o JobOutcome) (bool, error) {
	now, err := t.now(ctx)
	if err != nil {
		return false, err
	}
	erase := bit(o.EraseSecret)
	if o.State == JobReady {
		return t.change(ctx, jobRetry, micros(now.Add(o.RunAfter)), bit(o.Uncounted), o.LastError, micros(now), erase,
			t.realm, o.ID, o.Fence)
	}
	return t.change(ctx, jobSettle, string(o.State), o.LastError, micros(now), erase, t.realm, o.ID, o.Fence)
}
