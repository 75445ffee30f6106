package engine

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"
)

// Budget is the patience of one call: how long it waits in all, for its turn and
// between tries. It runs from the first wait.
type Budget struct {
	Patience time.Duration
	ctx      context.Context
	cancel   context.CancelFunc
}

// Spend gives a context that is done when the budget is.
func (b *Budget) Spend(ctx context.Context) context.Context {
	if b.ctx == nil {
		b.ctx, b.cancel = context.WithTimeout(ctx, b.Patience)
	}
	return b.ctx
}

// End gives back what the budget holds.
func (b *Budget) End() {
	if b.cancel != nil {
		b.cancel()
	}
}

// Again runs attempt until it meets no conflict, for as long as ctx and the
// patience last, with pauses that grow and differ from caller to caller.
func Again(ctx context.Context, patience time.Duration, attempt func(context.Context, *Budget) error) error {
	b := Budget{Patience: patience}
	defer b.End()
	for pause := 4 * time.Millisecond; ; pause = min(2*pause, 128*time.Millisecond) {
		err := attempt(ctx, &b)
		if !errors.Is(err, ErrBusy) {
			return err
		}
		timer := time.NewTimer(pause/2 + rand.N(pause)) //nolint:gosec // jitter
		select {
		case <-timer.C:
		case <-b.Spend(ctx).Done():
			timer.Stop()
			if ctx.Err() != nil {
				return fmt.Errorf("%w: %w", err, ctx.Err())
			}
			return err
		}
	}
}
