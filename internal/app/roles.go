package app

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"time"

	"github.com/sallyport-auth/sallyport/internal/httpapi"
	"github.com/sallyport-auth/sallyport/internal/httpapi/metrics"
	"github.com/sallyport-auth/sallyport/internal/middleware"
	"github.com/sallyport-auth/sallyport/internal/password"
	"github.com/sallyport-auth/sallyport/internal/telemetry"
)

// listener is an address of the process and who answers there.
type listener struct {
	name    string // of the log's attribute
	setting string
	address string
	handler http.Handler
}

// task is work that goes on as long as the process does.
type task struct {
	name string
	run  func(ctx context.Context) error
	// canWait is true of work that need not go on while requests are drained.
	canWait bool
}

// chore is periodic work. Every process may do it, and doing it twice is
// harmless.
type chore struct {
	name string
	do   func(ctx context.Context) error
}

// becomeServer gives the process what serve runs. It may answer only when it
// knows its signing keys, what was revoked, and whom to ask.
func (a *App) becomeServer(ctx context.Context) error {
	if err := a.ring.Start(ctx); err != nil {
		return fmt.Errorf("load signing keys: %w", err)
	}
	if err := a.revocations.Start(ctx); err != nil {
		return fmt.Errorf("load revocation list: %w", err)
	}
	if err := a.gate.Load(ctx); err != nil {
		return err
	}
	checks := append(a.checks(), a.servingChecks()...)
	observed, err := a.buildMetrics(a.revocationGauge(), a.sealingGauge())
	if err != nil {
		return err
	}
	public, err := a.buildPublic(observed, checks) //nolint:contextcheck // handlers take the context of their request
	if err != nil {
		return err
	}
	a.listeners = []listener{
		{"listen", "SALLYPORT_LISTEN", a.cfg.Listen, middleware.CloseWhile(a.stopping.Load, public)}, a.opsListener(observed, checks),
	}
	a.tasks = []task{
		{name: "revocation list", run: a.revocations.Run},
		{name: "web hooks that are asked", run: a.gate.Run, canWait: true},
		{name: "pages of the revocation feed", run: a.feed.Run, canWait: true},
		a.sealing(),
		a.maintenance(chore{"signing keys", a.ring.Maintain}, chore{"forms of passwords", a.readForms}),
	}
	if a.cfg.Embedded() {
		a.tasks = append(a.tasks, a.watchFiles())
	}
	if a.cfg.Workers > 0 {
		a.tasks = append(a.tasks, a.jobs(), a.deliveries())
	}
	return nil
}

// becomeWorker gives the process what worker runs. It signs nothing and lets
// nobody in, so it needs neither signing keys nor the revocation list.
func (a *App) becomeWorker(context.Context) error {
	observed, err := a.buildMetrics(a.sealingGauge())
	if err != nil {
		return err
	}
	a.listeners = []listener{a.opsListener(observed, a.checks())}
	a.tasks = []task{a.jobs(), a.deliveries(), a.sealing(), a.maintenance()}
	if a.cfg.Embedded() {
		a.tasks = append(a.tasks, a.watchFiles())
	}
	return nil
}

func (a *App) jobs() task { return task{name: "jobs", run: a.pool.Run, canWait: true} }

// sealing goes on until the last request has recorded its events.
func (a *App) sealing() task { return task{name: "audit log", run: a.sealer.Run} }

func (a *App) opsListener(observed *metrics.Metrics, checks []telemetry.Check) listener {
	handler := httpapi.NewOps(httpapi.OpsOptions{Metrics: observed, Checks: checks, Clock: a.clock, Log: a.log, Tally: a.tally})
	return listener{"ops_listen", "SALLYPORT_OPS_LISTEN", a.cfg.OpsListen, handler}
}

// readForms tells the hasher which forms stored passwords have.
func (a *App) readForms(ctx context.Context) error {
	forms, err := a.store.Direct().Forms.List(ctx)
	if err != nil {
		return fmt.Errorf("read the forms of passwords: %w", err)
	}
	counts := make([]password.FormCount, len(forms))
	for n, f := range forms {
		counts[n] = password.FormCount{Form: f.Form, Number: f.Number}
	}
	key := a.keyring.MAC("decoys")
	a.hasher.Decoys(func(address string) []byte { return key.Sum([]byte(address)) }, counts)
	return nil
}

const maintainEvery = time.Minute

// maintenance is the periodic work of every process, and more.
func (a *App) maintenance(more ...chore) task {
	chores := append([]chore{
		{"database", a.store.Check},
		{"revocations", a.revocations.Maintain},
		{"sessions", a.sessions.Maintain},
		{"idempotency keys", a.idempotency.Maintain},
		{"jobs", a.pool.Maintain},
		{"accounts", a.accounts.Maintain},
		{"sign-ups", a.signUps.Maintain},
		{"changes of address", a.changes.Maintain},
		{"erasure", a.records.Maintain},
		{"second factors", a.factors.Maintain},
		{"passkeys", a.passkeys.Maintain},
		{"sign-ins by mail", a.magicLinks.Maintain},
		{"audit events", a.trail.Maintain},
		{"numbers by hour", a.numbers.Maintain},
	}, more...)
	return task{name: "periodic work", run: func(ctx context.Context) error {
		tick := time.NewTicker(maintainEvery)
		defer tick.Stop()
		for {
			for _, c := range chores {
				if err := c.do(ctx); err != nil && ctx.Err() == nil {
					a.log.ErrorContext(ctx, "periodic work failed", slog.String("work", c.name), slog.Any("error", err))
				}
			}
			select {
			case <-ctx.Done():
				return nil
			case <-tick.C:
			}
		}
	}}
}
