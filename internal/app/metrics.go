package app

import (
	"context"
	"slices"
	"sync"
	"time"

	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/hook"
	"github.com/sallyport-auth/sallyport/internal/httpapi/metrics"
	"github.com/sallyport-auth/sallyport/internal/jobs"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/telemetry"
)

// buildMetrics builds what /metrics tells: the job queue and Redis, which
// every process shares, and what is told besides.
func (a *App) buildMetrics(more ...metrics.Gauge) (*metrics.Metrics, error) {
	return metrics.New(metrics.Options{
		Version: a.version, Tally: a.tally, Helps: counterHelps(), Log: a.log,
		Gauges: slices.Concat(a.jobGauges(), a.links.gauges(), more),
	})
}

// counterHelps says what the rooms count, by their names for it.
func counterHelps() map[string]string {
	return map[string]string{
		"job_attempt": "Attempts at jobs by this process: done, obsolete (no longer wanted), retried, dead (given up), " +
			"lost (another worker had taken over).",
		"refresh":   "Refresh tokens presented, by what became of them.",
		"refusals":  "Requests refused, by error code.",
		"panics":    "Handlers that panicked.",
		"log_lines": "Lines of this process's own log that were lost: dropped (nobody read the log in time), failed (could not be written).",
		"second_factor": "Answers of second factors, by what they came to: right, wrong, spent (used before), refused (too many wrong ones), " +
			"failed.",
		telemetry.Unreadable: "Stored secrets that could not be read or opened when they were needed, by what they are: password, totp, " +
			"signing_key. sallyport doctor names the users.",
		"breach_lookup": "New passwords looked up in SALLYPORT_PASSWORD_BREACH_FILE and at SALLYPORT_PASSWORD_BREACH_RANGE_URL, by what came of it: " +
			"clean, found, failed.",
		hook.BeforeSignUp: "Sign-ups about which a web hook was asked, by what it said: allowed, refused, failed (no answer that counts).",
		hook.BeforeToken:  "Sign-ins and refreshes about which a web hook was asked, by what it said, as with sign-ups.",
		"otlp_logs": "Log records for the collector, by what became of them: exported, dropped (queue full or stopped), " +
			"failed (out of reach for too long), refused.",
		"otlp_spans": "Spans for the collector, by what became of them, as with log records.",
	}
}

func (a *App) revocationGauge() metrics.Gauge {
	return metrics.Gauge{
		Name: "sallyport_revocation_number", Help: "Number of the last revocation that this instance applied.",
		Read: func(context.Context) (float64, error) {
			return float64(a.revocations.Applied().Number), nil
		},
	}
}

func (a *App) sealingGauge() metrics.Gauge {
	return metrics.Gauge{
		Name: "sallyport_audit_log_sealing",
		Help: "1 while the audit log is sealed. 0 if it does not match a signed head or tree, or if sealing has failed for a minute; see sallyport audit verify and the log.",
		Read: func(context.Context) (float64, error) {
			sealing := 1.0
			if a.sealer.Trouble() != nil {
				sealing = 0
			}
			return sealing, nil
		},
	}
}

// otherKinds is the label of the kinds that this version does not know, so that
// the number of time series stays bounded.
const otherKinds = "other"

// jobGauges tell about the queue, by kind and state, and about this process's
// workers. All of them come from one look.
func (a *App) jobGauges() []metrics.Gauge {
	look := &jobLook{clock: a.clock, stats: a.pool.Stats}
	known := a.pool.Kinds()
	var gauges []metrics.Gauge
	add := func(name, help string, pick func(jobs.Stats) float64, labels ...metrics.Label) {
		gauges = append(gauges, metrics.Gauge{Name: name, Help: help, Labels: labels, Read: func(ctx context.Context) (float64, error) {
			stats, err := look.read(ctx)
			return pick(stats), err
		}})
	}
	for _, kind := range append(slices.Clone(known), otherKinds) {
		of := func(s jobs.Stats) store.JobCounts { return countsOf(s.Queue, known, kind) }
		label := metrics.Label{Name: "kind", Value: kind}
		for _, state := range []struct {
			name string
			pick func(store.JobCounts) int64
		}{
			{"ready", func(c store.JobCounts) int64 { return c.Ready }},
			{"running", func(c store.JobCounts) int64 { return c.Running }},
			{"dead", func(c store.JobCounts) int64 { return c.Dead }},
		} {
			add("sallyport_jobs", "Jobs in the queue: ready (they wait), running (leased to a worker), dead (given up, kept for you).",
				func(s jobs.Stats) float64 { return float64(state.pick(of(s))) }, label, metrics.Label{Name: "state", Value: state.name})
		}
		add("sallyport_jobs_oldest_due_seconds", "How long the oldest job that could be worked now has waited.",
			func(s jobs.Stats) float64 { return of(s).OldestDue.Seconds() }, label)
	}
	add("sallyport_job_workers", "Jobs that this process works at a time.", func(jobs.Stats) float64 { return float64(a.cfg.Workers) })
	add("sallyport_job_workers_busy", "Jobs that this process works now.", func(s jobs.Stats) float64 { return float64(s.Busy) })
	return gauges
}

// countsOf gives the counts of a kind, or the sum of those that are not known.
func countsOf(queue store.JobStats, known []string, kind string) (sum store.JobCounts) {
	for _, k := range queue.Kinds {
		if k.Kind == kind || kind == otherKinds && !slices.Contains(known, k.Kind) {
			sum.Ready += k.Ready
			sum.Running += k.Running
			sum.Dead += k.Dead
			sum.OldestDue = max(sum.OldestDue, k.OldestDue)
		}
	}
	return sum
}

const (
	// lookedFor is how long a look at the queue counts: for all gauges of one
	// scrape, and so that nobody can load the database by asking for metrics.
	lookedFor = time.Second
	// lookWithin bounds a look, so that the other metrics are told whatever
	// hangs.
	lookWithin = time.Second
)

// jobLook looks at the queue once for all who ask at about the same time.
type jobLook struct {
	clock clock.Clock
	stats func(ctx context.Context) (jobs.Stats, error)

	mu   sync.Mutex // one looks, the others wait for what it saw
	at   time.Time
	seen jobs.Stats
	err  error
}

func (l *jobLook) read(ctx context.Context) (jobs.Stats, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.clock.Now()
	if !l.at.IsZero() && now.Sub(l.at) < lookedFor && !now.Before(l.at) {
		return l.seen, l.err
	}
	// A caller who leaves must not spoil the look for others.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), lookWithin)
	defer cancel()
	l.seen, l.err = l.stats(ctx)
	l.at = l.clock.Now()
	return l.seen, l.err
}
