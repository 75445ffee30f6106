package sqlrun

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/store/engine"
)

// patience is how long a call waits in all unless [Options] say otherwise: for
// its turn, and between tries after a conflict. Together with busyMillis of
// package engine, which the last try may take on SQLite, it keeps the promise
// that a database that cannot be reached is reported within two seconds. On
// SQLite work that is under way is not cut short; a server, which may not answer
// for ever, has a limit for the whole call, see [engine.Timing].
const patience = 1500 * time.Millisecond

// budget is the patience of one call. It runs from the first wait.
type budget struct {
	patience time.Duration
	ctx      context.Context
	cancel   context.CancelFunc
}

// spend gives a context that is done when the budget is.
func (b *budget) spend(ctx context.Context) context.Context {
	if b.ctx == nil {
		b.ctx, b.cancel = context.WithTimeout(ctx, b.patience)
	}
	return b.ctx
}

func (b *budget) end() {
	if b.cancel != nil {
		b.cancel()
	}
}

// again runs attempt until it meets no conflict, for as long as ctx and the
// budget last.
func again(ctx context.Context, patience time.Duration, attempt func(context.Context, *budget) error) error {
	b := budget{patience: patience}
	defer b.end()
	for pause := 4 * time.Millisecond; ; pause = min(2*pause, 128*time.Millisecond) {
		err := attempt(ctx, &b)
		if !errors.Is(err, engine.ErrBusy) {
			return err
		}
		if !clock.Sleep(b.spend(ctx), pause/2+rand.N(pause)) { //nolint:gosec // jitter
			if ctx.Err() != nil {
				return fmt.Errorf("%w: %w", err, ctx.Err())
			}
			return err
		}
	}
}
