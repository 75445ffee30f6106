package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"time"

	"github.com/sallyport-auth/sallyport/internal/middleware"
)

const (
	// stopWithin bounds a graceful stop; what still runs then is cut off.
	stopWithin = 25 * time.Second
	// drainFor is how long the listener stays open once /readyz turns red, so
	// that a load balancer notices first: two seconds, and the quarter of one for
	// which an answer of /readyz is given again. In front of a developer there is
	// none.
	drainFor = 2250 * time.Millisecond
)

// Run opens the listeners, runs the tasks until ctx is done, and then stops
// gracefully. It calls ready with the address of the first listener once
// requests are answered.
func (a *App) Run(ctx context.Context, ready func(address string)) error {
	open, err := a.listen(ctx)
	if err != nil {
		return err
	}
	// The work behind outlives the listeners: it stops once requests are done.
	// Jobs can wait for another process, so they end while requests are drained:
	// one after the other would take too long.
	work, workCtx := newGroup(context.WithoutCancel(ctx), a.log)
	defer work.wait()
	defer work.cancel(nil)
	untilStop, stop := context.WithCancel(workCtx)
	defer stop()
	for _, t := range a.tasks {
		if t.canWait {
			work.run(untilStop, t.name, t.run)
		} else {
			work.run(workCtx, t.name, t.run)
		}
	}

	servers := make([]*middleware.Server, len(open))
	addresses := make([]any, len(open))
	front, frontCtx := newGroup(workCtx, a.log)
	for n, l := range open {
		servers[n] = middleware.NewServer(l, a.listeners[n].handler, a.log)
		addresses[n] = slog.String(a.listeners[n].name, l.Addr().String())
		front.run(frontCtx, "server on "+l.Addr().String(), func(context.Context) error { return servers[n].Serve() })
	}
	a.log.InfoContext(ctx, "ready", addresses...)
	ready(open[0].Addr().String())
	trim()

	select {
	case <-ctx.Done():
	case <-frontCtx.Done():
	}
	stop()
	a.drain(frontCtx, servers)
	front.wait()
	work.cancel(nil)
	work.wait()
	if err := context.Cause(frontCtx); err != nil && !errors.Is(err, context.Canceled) {
		return err
	}
	a.log.InfoContext(frontCtx, "stopped")
	return nil
}

// listen opens every listener, or none.
func (a *App) listen(ctx context.Context) ([]*net.TCPListener, error) {
	var open []*net.TCPListener
	for _, l := range a.listeners {
		opened, err := middleware.Listen(ctx, l.address)
		if err != nil {
			err = fmt.Errorf("listen on %s: %w; set %s to another address", l.address, err, a.cfg.Named(l.setting))
			for _, o := range open {
				err = errors.Join(err, o.Close())
			}
			return nil, err
		}
		open = append(open, opened)
	}
	return open, nil
}

// drain turns readiness off, goes on answering while load balancers notice,
// with every answer asking for its connection to be closed, and then stops the
// servers. The operator's is the last of them.
func (a *App) drain(ctx context.Context, servers []*middleware.Server) {
	a.stopping.Store(true)
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopWithin)
	defer cancel()
	if !a.cfg.IsLocal() || !a.cfg.Embedded() {
		select {
		case <-ctx.Done():
		case <-time.After(drainFor):
		}
	}
	for _, s := range servers {
		if err := s.Stop(ctx); err != nil {
			a.log.WarnContext(ctx, "requests were cut off", slog.Any("error", err))
		}
	}
}
