package redis

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"sync"
	"time"

	"github.com/sallyport-auth/sallyport/internal/clock"
)

const (
	probeFirst = 20 * time.Millisecond
	probeMost  = 500 * time.Millisecond
)

// breaker spares callers a server that does not answer. It is closed until a
// call fails; then it is open, and one goroutine probes until the server is well.
type breaker struct {
	probe func(ctx context.Context) error
	log   *slog.Logger
	life  context.Context //nolint:containedctx // ends the goroutine
	end   context.CancelFunc
	work  sync.WaitGroup

	mu     sync.Mutex // guards what follows
	turn   uint64     // rises whenever it opens or closes
	opens  uint64
	why    error         // why it is open; nil while it is closed
	closed chan struct{} // closed while the breaker is
	ended  bool
}

func newBreaker(ctx context.Context, log *slog.Logger, probe func(context.Context) error) *breaker {
	b := &breaker{probe: probe, log: log, closed: make(chan struct{})}
	b.life, b.end = context.WithCancel(context.WithoutCancel(ctx))
	close(b.closed)
	return b
}

// allow lets a call begin, or says at once why not. The turn goes to failed.
func (b *breaker) allow() (turn uint64, err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.why != nil {
		return 0, fmt.Errorf("%w: %w", errAway, b.why)
	}
	return b.turn, nil
}

// failed opens the breaker. A call that began before it last closed says
// nothing about now.
func (b *breaker) failed(turn uint64, why error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.ended || b.why != nil || turn != b.turn {
		return
	}
	b.why, b.closed = why, make(chan struct{})
	b.turn++
	b.opens++
	b.work.Go(b.mend)
}

// mend probes until the server is well. The log hears of outages, not of
// hiccups that the first probe ends.
func (b *breaker) mend() {
	said := false
	for pause := probeFirst; ; pause = min(2*pause, probeMost) {
		err := b.probe(b.life)
		if err == nil {
			break
		}
		if !said && b.life.Err() == nil {
			b.log.WarnContext(b.life, "redis does not answer: instances learn of each other through the database",
				slog.Any("error", err))
			said = true
		}
		if !clock.Sleep(b.life, pause/2+rand.N(pause)) { //nolint:gosec // spreads load, guards nothing
			return
		}
	}
	if said {
		b.log.InfoContext(b.life, "redis answers again")
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.why = nil
	b.turn++
	close(b.closed)
}

// wait returns nil once the breaker is closed.
func (b *breaker) wait(ctx context.Context) error {
	b.mu.Lock()
	closed := b.closed
	b.mu.Unlock()
	select {
	case <-closed:
		return ctx.Err()
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (b *breaker) isOpen() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.why != nil
}

// state gives the turn, which is another whenever the server may be.
func (b *breaker) state() uint64 {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.turn
}

func (b *breaker) openings() uint64 {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.opens
}

// stop ends the goroutine and waits for it.
func (b *breaker) stop() {
	b.mu.Lock()
	b.ended = true
	b.mu.Unlock()
	b.end()
	b.work.Wait()
}
