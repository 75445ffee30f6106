package otlp

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"sync/atomic"
	"time"

	"github.com/sallyport-auth/sallyport/internal/clock"
)

// The outcomes that records are counted under.
const (
	exported = "exported"
	dropped  = "dropped"
	failed   = "failed"
	refused  = "refused"
)

// queue holds what is to be shipped and ships it.
type queue[T any] struct {
	limits

	name   string // logs or spans
	export func(ctx context.Context, batch []T) error
	o      Options

	in      chan T
	closed  atomic.Bool
	overrun atomic.Uint64 // dropped and not told of yet

	// Of the goroutine of run alone:
	troubled bool // an episode of trouble was told and is not over
	toldAt   time.Time
	lost     uint64 // in this episode
}

func newQueue[T any](name string, o Options, export func(context.Context, []T) error) *queue[T] {
	q := &queue[T]{limits: o.limits, name: name, export: export, o: o}
	if q.queued == 0 {
		q.limits = defaultLimits()
	}
	q.in = make(chan T, q.queued)
	for _, outcome := range []string{exported, dropped, failed, refused} {
		q.count(outcome, 0)
	}
	return q
}

func (q *queue[T]) count(outcome string, n int) {
	q.o.Tally.AddN("otlp_"+q.name, outcome, uint64(n)) //nolint:gosec // not negative
}

// add queues one, or drops it. It never waits.
func (q *queue[T]) add(item T) {
	if !q.closed.Load() {
		select {
		case q.in <- item:
			return
		default:
		}
	}
	q.overrun.Add(1)
	q.count(dropped, 1)
}

// run ships until ctx is done, and then what is left within the time for that.
func (q *queue[T]) run(ctx context.Context) {
	// hard ends what still runs when the time to flush is over.
	hard, cut := context.WithCancel(context.WithoutCancel(ctx))
	defer cut()
	stop := context.AfterFunc(ctx, func() {
		timer := time.NewTimer(q.flush)
		defer timer.Stop()
		select {
		case <-timer.C:
			cut()
		case <-hard.Done():
		}
	})
	defer stop()
	for {
		batch, open := q.gather(ctx)
		if len(batch) > 0 {
			q.deliver(ctx, hard, batch)
		}
		if !open {
			break
		}
	}
	q.closed.Store(true)
	q.rest(ctx, hard)
}

// gather waits for a batch: until it is full, or some time after its first. It
// reports false once ctx is done.
func (q *queue[T]) gather(ctx context.Context) ([]T, bool) {
	var batch []T
	select {
	case <-ctx.Done():
		return nil, false
	case item := <-q.in:
		batch = append(batch, item)
	}
	timer := time.NewTimer(q.every)
	defer timer.Stop()
	for len(batch) < q.batch {
		select {
		case item := <-q.in:
			batch = append(batch, item)
		case <-timer.C:
			return batch, true
		case <-ctx.Done():
			return batch, false
		}
	}
	return batch, true
}

// rest ships what waits when the process stops. What was put in while the queue
// was being closed is in it as well.
func (q *queue[T]) rest(ctx, hard context.Context) {
	for {
		batch := q.waiting()
		if len(batch) == 0 {
			break
		}
		q.deliver(ctx, hard, batch)
	}
	if q.lost += q.overrun.Swap(0); q.lost > 0 {
		q.o.Local.WarnContext(hard, "telemetry was lost", slog.String("what", q.name), slog.Uint64("lost", q.lost))
	}
}

// waiting takes a batch of what is there.
func (q *queue[T]) waiting() []T {
	var batch []T
	for len(batch) < q.batch {
		select {
		case item := <-q.in:
			batch = append(batch, item)
		default:
			return batch
		}
	}
	return batch
}

// deliver sees one batch through. After the stop it gets one attempt.
func (q *queue[T]) deliver(ctx, hard context.Context, batch []T) {
	began := q.o.Clock.Now()
	for pause := q.firstPause; ; pause = min(2*pause, q.giveUp/4) {
		if hard.Err() != nil {
			q.lose(hard, dropped, len(batch), answer{err: errStopped})
			return
		}
		a := attempt(hard, func(ctx context.Context) error { return q.export(ctx, batch) })
		switch {
		case a.taken():
			no := min(int(min(a.rejected, uint64(len(batch)))), len(batch)) //nolint:gosec // bounded by the batch
			q.count(exported, len(batch)-no)
			if no > 0 {
				q.lose(hard, refused, no, a)
			} else {
				q.tell(hard, a)
			}
			return
		case !a.again():
			q.lose(hard, refused, len(batch), a)
			return
		case ctx.Err() != nil:
			q.lose(hard, dropped, len(batch), a)
			return
		}
		q.tell(hard, a)
		if q.o.Clock.Now().Sub(began) >= q.giveUp {
			q.lose(hard, failed, len(batch), a)
			return
		}
		clock.Sleep(ctx, max(a.retryAfter, pause/2+rand.N(pause))) //nolint:gosec // jitter
	}
}

var errStopped = errors.New("the process stopped first")

// lose counts n records that nobody will get.
func (q *queue[T]) lose(ctx context.Context, outcome string, n int, a answer) {
	q.count(outcome, n)
	q.lost += uint64(n) //nolint:gosec // not negative
	q.tell(ctx, a)
}

// tell says in the local log that trouble began, or that it is over: one line
// each, at most one pair a minute.
func (q *queue[T]) tell(ctx context.Context, a answer) {
	overrun := q.overrun.Swap(0)
	q.lost += overrun
	now := q.o.Clock.Now()
	fine := a.taken() && a.rejected == 0 && overrun == 0
	switch {
	case !fine && !q.troubled:
		q.troubled, q.toldAt = true, now
		reason := "the queue was full"
		if !a.taken() {
			reason = a.reason()
		} else if a.rejected > 0 {
			reason = "the collector refused a part"
		}
		q.o.Local.WarnContext(ctx, "telemetry is not shipped", slog.String("what", q.name),
			slog.String("endpoint", q.o.Endpoint), slog.String("reason", reason), slog.Uint64("lost", q.lost))
	case fine && q.troubled && now.Sub(q.toldAt) >= q.silentAfterTold:
		q.o.Local.InfoContext(ctx, "telemetry is shipped again", slog.String("what", q.name), slog.Uint64("lost", q.lost))
		q.troubled, q.lost = false, 0
	}
}

// probe sends what waits, once, and says what is wrong.
func (q *queue[T]) probe(ctx context.Context) error {
	batch := q.waiting()
	if len(batch) == 0 {
		return nil
	}
	a := attempt(ctx, func(ctx context.Context) error { return q.export(ctx, batch) })
	switch {
	case !a.taken():
		return fmt.Errorf("%s: %s", q.name, a.reason())
	case a.rejected > 0:
		return fmt.Errorf("%s: the collector refused them", q.name)
	}
	return nil
}
