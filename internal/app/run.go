package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/sallyport-auth/sallyport/internal/middleware"
)

// Run serves until ctx is done, and then stops gracefully. It calls ready with
// the address once requests are answered.
func (a *App) Run(ctx context.Context, ready func(address string)) error {
	var listen net.ListenConfig
	public, err := listen.Listen(ctx, "tcp", a.cfg.Listen)
	if err != nil {
		return fmt.Errorf("listen on %s: %w; set SALLYPORT_LISTEN to another address", a.cfg.Listen, err)
	}
	ops, err := listen.Listen(ctx, "tcp", a.cfg.OpsListen)
	if err != nil {
		return errors.Join(
			fmt.Errorf("listen on %s: %w; set SALLYPORT_OPS_LISTEN to another address", a.cfg.OpsListen, err), public.Close())
	}

	// The work behind outlives the listeners: it stops once requests are done.
	work, workCtx := newGroup(context.WithoutCancel(ctx), a.log)
	defer work.wait()
	defer work.cancel(nil)
	work.run(workCtx, "revocation list", a.revocations.Run)
	work.run(workCtx, "jobs", a.pool.Run)
	work.run(workCtx, "periodic work", a.maintain)

	servers := []*http.Server{
		middleware.NewServer(middleware.CloseWhile(a.stopping.Load, a.public), a.log), middleware.NewServer(a.ops, a.log),
	}
	front, frontCtx := newGroup(workCtx, a.log)
	for n, l := range []net.Listener{public, ops} {
		front.run(frontCtx, "server on "+l.Addr().String(), func(context.Context) error {
			if err := servers[n].Serve(l); !errors.Is(err, http.ErrServerClosed) {
				return err
			}
			return nil
		})
	}
	a.log.InfoContext(ctx, "ready", slog.String("listen", public.Addr().String()), slog.String("ops_listen", ops.Addr().String()))
	ready(public.Addr().String())

	select {
	case <-ctx.Done():
	case <-frontCtx.Done():
	}
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

// drain turns readiness off, goes on answering while load balancers notice,
// with every answer asking for its connection to be closed, and then closes the
// servers when the requests they accepted are answered.
func (a *App) drain(ctx context.Context, servers []*http.Server) {
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
		if err := s.Shutdown(ctx); err != nil {
			a.log.WarnContext(ctx, "requests were cut off", slog.Any("error", err))
			_ = s.Close()
		}
	}
}
