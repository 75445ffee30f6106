package store

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store/sqlrun"
)

// JobRevival is what an operator decided about a dead job: that it is to run
// again (JobReady), with what it then needs, or that it is no longer wanted
// (JobDone). It counts only while the job is dead and Fence is what was seen.
type JobRevival struct {
	ID           string
	Fence        int64
	Kind         string // for those who hear that it is due
	State        JobState
	Payload      string
	SecretSealed string
	Attempts     int
	ExpiresAt    time.Time
	LastError    string
}

// JobStats is what operators watch: the queue as a whole, and by kind.
type JobStats struct {
	JobCounts

	Kinds []KindStats // those that have jobs which are not done, in order
}

// KindStats is what operators watch of one kind.
type KindStats struct {
	JobCounts

	Kind string
}

// JobCounts counts jobs that are not done.
type JobCounts struct {
	Ready     int64
	Running   int64
	Dead      int64
	OldestDue time.Duration // how long the oldest due job has waited
}

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
	// What is counted in these two is bounded, whatever waits.
	jobDeadKinds = q(`
		SELECT kind, COUNT(*) FROM (SELECT kind FROM jobs WHERE realm_id = ? AND state = 'dead' LIMIT ?) dead
		GROUP BY kind ORDER BY kind`)
	jobWaiting = q(`
		SELECT {now}, COUNT(CASE WHEN attempts > 0 THEN 1 END), MIN(run_at)
		FROM (SELECT attempts, run_at FROM jobs WHERE realm_id = ? AND state = 'ready' AND kind = ? ORDER BY run_at LIMIT ?) waiting`)
	jobRevive = q(`
		UPDATE jobs SET state = ?, payload = ?, secret_sealed = ?, attempts = ?, fence = fence + 1,
			run_at = ?, expires_at = ?, last_error = ?, updated_at = ?
		WHERE realm_id = ? AND id = ? AND fence = ? AND state = 'dead'`)

	jobExpired = q(`
		SELECT id FROM jobs
		WHERE realm_id = ? AND expires_at < ? AND (state = 'ready' OR secret_sealed <> '')
		ORDER BY expires_at LIMIT ?`)
	jobExpiredOf = q(`
		SELECT id FROM jobs WHERE realm_id = ? AND expires_at < ? AND COALESCE(state, '') = 'ready' AND COALESCE(kind, '') = ?
		ORDER BY expires_at LIMIT ?`)
	jobKillExpired = q(`
		UPDATE jobs SET updated_at = ?, last_error = 'expired', state = 'dead'
		WHERE realm_id = ? AND id IN {many} AND +expires_at < ? AND COALESCE(state, '') = 'ready'`)
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
	restoreEraseSecrets = q(`
		UPDATE jobs SET state = 'done', fence = fence + 1, lease_expires_at = NULL, secret_sealed = '',
			last_error = ?, updated_at = ?
		WHERE realm_id = ? AND secret_sealed <> ''`)
	restoreReleaseRunning = q(`
		UPDATE jobs SET state = 'ready', fence = fence + 1, run_at = ?, lease_expires_at = NULL, updated_at = ?
		WHERE realm_id = ? AND state = 'running'`)
)

// ByID reads a job.
func (t Jobs) ByID(ctx context.Context, id string) (Job, error) {
	return sqlrun.Get(ctx, t.run, scanJob, jobByID, t.realm, id)
}

// List gives jobs in a state, newest first.
func (t Jobs) List(ctx context.Context, state JobState, page Page) ([]Job, error) {
	return sqlrun.List(ctx, t.run, scanJob, jobList, t.realm, string(state), cursor(page.After), page.Limit)
}

// counted is how many jobs of a kind are in a state, and since when the oldest
// is due.
type counted struct {
	now, due time.Time
	kind     string
	state    JobState
	n        int64
}

func scanCounted(row sqlrun.Row, c *counted) error {
	return row.Scan(timeInto(&c.now), &c.kind, &c.state, &c.n, timeInto(&c.due))
}

// Stats counts, and tells how long the oldest due job has waited.
func (t Jobs) Stats(ctx context.Context) (JobStats, error) {
	rows, err := sqlrun.List(ctx, t.run, scanCounted, jobStats, t.realm, t.realm)
	if err != nil {
		return JobStats{}, err
	}
	slices.SortFunc(rows, func(a, b counted) int { return cmp.Compare(a.kind, b.kind) })
	var all JobStats
	for _, c := range rows {
		if last := len(all.Kinds) - 1; last < 0 || all.Kinds[last].Kind != c.kind {
			all.Kinds = append(all.Kinds, KindStats{Kind: c.kind})
		}
		one := &all.Kinds[len(all.Kinds)-1]
		for _, sum := range []*JobCounts{&all.JobCounts, &one.JobCounts} {
			count(sum, c, t.told(c.now))
		}
	}
	return all, nil
}

func count(sum *JobCounts, c counted, now time.Time) {
	switch c.state {
	case JobReady:
		sum.Ready += c.n
	case JobRunning:
		sum.Running += c.n
	case JobDead:
		sum.Dead += c.n
		return
	case JobDone:
		return
	}
	sum.OldestDue = max(sum.OldestDue, now.Sub(c.due))
}

// DeadKinds counts dead jobs by kind, at most limit in all.
func (t Jobs) DeadKinds(ctx context.Context, limit int) ([]KindStats, error) {
	return sqlrun.List(ctx, t.run, func(row sqlrun.Row, k *KindStats) error { return row.Scan(&k.Kind, &k.Dead) }, jobDeadKinds, t.realm, limit)
}

// JobWait is what is known of the jobs of a kind that wait.
type JobWait struct {
	Failed int64         // how many have failed before
	Late   time.Duration // how long the first has been due
}

// Waiting looks at the jobs of a kind that are due first, at most limit.
func (t Jobs) Waiting(ctx context.Context, kind string, limit int) (JobWait, error) {
	return sqlrun.Get(ctx, t.run, func(row sqlrun.Row, w *JobWait) error {
		var now, due time.Time
		err := row.Scan(timeInto(&now), &w.Failed, timeInto(&due))
		if !due.IsZero() {
			w.Late = max(0, t.told(now).Sub(due))
		}
		return err
	}, jobWaiting, t.realm, kind, limit)
}

// Revive settles a dead job anew and reports whether this call did. Its
// fence rises; one that is ready is due at once, and heard of by AfterCommit
// if this is in a transaction.
func (t Jobs) Revive(ctx context.Context, r JobRevival) (bool, error) {
	now, err := t.now(ctx)
	if err != nil {
		return false, err
	}
	revived, err := t.change(ctx, jobRevive, string(r.State), r.Payload, r.SecretSealed, r.Attempts, micros(now),
		micros(r.ExpiresAt), r.LastError, micros(now), t.realm, r.ID, r.Fence)
	if revived && r.State == JobReady && t.effects != nil {
		t.effects.due(r.ID, r.Kind)
	}
	return revived, err
}

// KillExpired makes jobs of a kind dead that waited until they expired before the given
// time, at most limit, and says how many: of concurrent calls each counts its own.
func (t Jobs) KillExpired(ctx context.Context, kind string, before time.Time, limit int) (int, error) {
	now, err := t.now(ctx)
	if err != nil {
		return 0, err
	}
	ids, err := sqlrun.List(ctx, t.run, sqlrun.Value[string], jobExpiredOf, t.realm, micros(before), kind, limit)
	if err != nil {
		return 0, err
	}
	return sqlrun.Many(ctx, t.run, jobKillExpired, []any{micros(now), t.realm}, ids, micros(before))
}

// EraseExpired erases the secrets of jobs that expired before the given
// time and makes those that still wait dead, at most limit.
func (t Jobs) EraseExpired(ctx context.Context, before time.Time, limit int) (int, error) {
	now, err := t.now(ctx)
	if err != nil {
		return 0, err
	}
	ids, err := sqlrun.List(ctx, t.run, sqlrun.Value[string], jobExpired, t.realm, micros(before), limit)
	if err != nil {
		return 0, err
	}
	return sqlrun.Many(ctx, t.run, jobEraseExpired, []any{micros(now), t.realm}, ids, micros(before))
}

// Reseal replaces a job's secret that is still the old one.
func (t Jobs) Reseal(ctx context.Context, id, old, sealed string) (bool, error) {
	return t.change(ctx, jobReseal, sealed, t.realm, id, old)
}

// Purge deletes jobs done before the given time, at most limit.
func (t Jobs) Purge(ctx context.Context, before time.Time, limit int) (int, error) {
	return t.purge(ctx, jobOld, jobPurge, before, limit)
}

// Drop deletes jobs, whatever their state. Whoever runs one records no
// outcome.
func (t Jobs) Drop(ctx context.Context, ids []string) (int, error) {
	return sqlrun.Many(ctx, t.run, jobDrop, []any{t.realm}, ids)
}

// EraseSecrets erases the secret of every job that has one, and makes it done. A
// worker that runs one cannot settle it any more.
func (t Jobs) EraseSecrets(ctx context.Context, lastError string, now time.Time) (int, error) {
	return t.run.Exec(ctx, restoreEraseSecrets, lastError, micros(now), t.realm)
}

// ReleaseRunning makes every running job ready. A worker that runs one cannot settle
// it any more.
func (t Jobs) ReleaseRunning(ctx context.Context, now time.Time) (int, error) {
	return t.run.Exec(ctx, restoreReleaseRunning, micros(now), micros(now), t.realm)
}
