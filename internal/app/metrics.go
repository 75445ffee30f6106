package app

import (
	"context"
	"slices"

	"github.com/sallyport-auth/sallyport/internal/httpapi"
	"github.com/sallyport-auth/sallyport/internal/jobs"
)

// buildMetrics builds what /metrics tells: the job queue and Redis, which
// every process shares, and what is told besides.
func (a *App) buildMetrics(more ...httpapi.Gauge) (*httpapi.Metrics, error) {
	return httpapi.NewMetrics(httpapi.MetricsOptions{Tally: a.tally, Gauges: slices.Concat(a.jobGauges(), a.links.gauges(), more), Log: a.log})
}

func (a *App) revocationGauge() httpapi.Gauge {
	return httpapi.Gauge{
		Name: "sallyport_revocation_number", Help: "Number of the last revocation that this instance applied.",
		Read: func(context.Context) (float64, error) {
			_, n := a.revocations.Applied()
			return float64(n), nil
		},
	}
}

func (a *App) jobGauges() []httpapi.Gauge {
	job := func(name, help string, pick func(jobs.Stats) float64) httpapi.Gauge {
		return httpapi.Gauge{Name: "sallyport_jobs_" + name, Help: help, Read: func(ctx context.Context) (float64, error) {
			stats, err := a.pool.Stats(ctx)
			return pick(stats), err
		}}
	}
	return []httpapi.Gauge{
		job("ready", "Jobs that wait.", func(s jobs.Stats) float64 { return float64(s.Queue.Ready) }),
		job("running", "Jobs that are leased.", func(s jobs.Stats) float64 { return float64(s.Queue.Running) }),
		job("dead", "Jobs that were given up.", func(s jobs.Stats) float64 { return float64(s.Queue.Dead) }),
		job("oldest_due_seconds", "How long the oldest due job has waited.", func(s jobs.Stats) float64 { return s.Queue.OldestDue.Seconds() }),
	}
}
