package app

import (
	"context"
	"net/http"

	"github.com/sallyport-auth/sallyport/internal/httpapi"
	"github.com/sallyport-auth/sallyport/internal/jobs"
	"github.com/sallyport-auth/sallyport/internal/middleware"
	"github.com/sallyport-auth/sallyport/internal/ratelimit"
	"github.com/sallyport-auth/sallyport/internal/webui"
)

// buildEdges builds what the two listeners serve.
func (a *App) buildEdges() error {
	metrics, err := httpapi.NewMetrics(httpapi.MetricsOptions{Tally: a.tally, Gauges: a.gauges(), Log: a.log})
	if err != nil {
		return err
	}
	pages, err := a.buildPages()
	if err != nil {
		return err
	}
	a.public, err = httpapi.New(httpapi.Options{
		Accounts: a.accounts, Logins: a.logins, Sessions: a.sessions, Verifier: a.verifier, Keys: a.ring, Limits: a.limits,
		Clock: a.clock, Log: a.log, Tally: a.tally,
		Pages: pages, Checks: a.checks(), Metrics: metrics,
		PublicURL: a.cfg.PublicURL, VerifyEmailOnGet: a.cfg.VerifyEmailOnGet,
		TrustedProxies: a.cfg.TrustedProxies, CORSOrigins: a.cfg.CORSOrigins,
	})
	if err != nil {
		return err
	}
	a.ops = httpapi.NewOps(httpapi.OpsOptions{Metrics: metrics, Checks: a.checks(), Clock: a.clock, Log: a.log, Tally: a.tally})
	return nil
}

func (a *App) buildPages() (http.Handler, error) {
	o := webui.Options{
		Accounts: a.accounts, Limits: a.limits, Clock: a.clock, Log: a.log, Product: product,
		PublicURL: a.cfg.PublicURL, AppURL: a.cfg.AppURL, VerifyEmailOnGet: a.cfg.VerifyEmailOnGet,
		PasswordMinLength: a.cfg.PasswordMinLength,
		ClientAddress:     func(r *http.Request) string { return ratelimit.Client(middleware.ClientAddress(r.Context())) },
	}
	if a.mailbox != nil {
		o.Box = a.mailbox
	}
	return webui.New(o)
}

// gauges are the figures that are read when somebody asks for metrics.
func (a *App) gauges() []httpapi.Gauge {
	job := func(name, help string, pick func(jobs.Stats) float64) httpapi.Gauge {
		return httpapi.Gauge{Name: "sallyport_jobs_" + name, Help: help, Read: func(ctx context.Context) (float64, error) {
			stats, err := a.pool.Stats(ctx)
			return pick(stats), err
		}}
	}
	return []httpapi.Gauge{
		{
			Name: "sallyport_revocation_number", Help: "Number of the last revocation that this instance applied.",
			Read: func(context.Context) (float64, error) {
				_, n := a.revocations.Applied()
				return float64(n), nil
			},
		},
		job("ready", "Jobs that wait.", func(s jobs.Stats) float64 { return float64(s.Queue.Ready) }),
		job("running", "Jobs that are leased.", func(s jobs.Stats) float64 { return float64(s.Queue.Running) }),
		job("dead", "Jobs that were given up.", func(s jobs.Stats) float64 { return float64(s.Queue.Dead) }),
		job("oldest_due_seconds", "How long the oldest due job has waited.", func(s jobs.Stats) float64 { return s.Queue.OldestDue.Seconds() }),
	}
}
