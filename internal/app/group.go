package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
)

// group runs the goroutines of the process. Each is started here and waited for
// here; the first that fails stops the others.
type group struct {
	wg     sync.WaitGroup
	cancel context.CancelCauseFunc
	log    *slog.Logger
}

func newGroup(ctx context.Context, log *slog.Logger) (*group, context.Context) {
	ctx, cancel := context.WithCancelCause(ctx)
	return &group{cancel: cancel, log: log}, ctx
}

// run starts fn. Returning nil, or because ctx is done, is its normal end.
func (g *group) run(ctx context.Context, name string, fn func(ctx context.Context) error) {
	g.wg.Go(func() {
		defer func() {
			if p := recover(); p != nil {
				g.log.ErrorContext(ctx, "background work panicked", slog.String("work", name),
					slog.Any("panic", p), slog.String("stack", string(debug.Stack())))
				g.cancel(fmt.Errorf("%s: panic: %v", name, p))
			}
		}()
		if err := fn(ctx); err != nil && !errors.Is(err, context.Canceled) {
			g.cancel(fmt.Errorf("%s: %w", name, err))
		}
	})
}

// wait waits for all of them.
func (g *group) wait() { g.wg.Wait() }
