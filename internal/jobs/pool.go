package jobs

import (
	"context"
	"errors"
	"log/slog"
	"maps"
	"math/rand/v2"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/cluster"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/telemetry"
)

// The defaults of a pool, and what bounds the rest.
const (
	DefaultWorkers   = 4
	DefaultLease     = 120 * time.Second
	DefaultPoll      = 4 * time.Second // at most 5 s with jitter
	DefaultStopGrace = 20 * time.Second
	DefaultKeepDone  = 24 * time.Hour

	longestMargin = 5 * time.Second
	announceLimit = 100 * time.Millisecond
	databaseLimit = 5 * time.Second
	dueBatch      = 64
	// A full batch means that more is due. The pause keeps a pool whose claims
	// are all lost to others from asking without end.
	fullBatchPause = 20 * time.Millisecond
)

// Work is a claimed job. Secret is opened; Job no longer holds it. Last says
// that a failure of this attempt will be final.
type Work struct {
	Job    store.Job
	Secret []byte
	Last   bool
}

// Handler does the work of one kind. Its context ends before the lease does. An
// error means that the job is to be tried again, unless it wraps [ErrGiveUp] or
// [ErrObsolete]; a panic counts as an error.
type Handler func(ctx context.Context, w Work) error

// Options is what a Pool needs. Store, Keyring, Handout, Clock and Log must be
// set; a zero elsewhere means the default, and a nil Tally counts nothing.
type Options struct {
	Store   *store.Store
	Keyring *secret.Keyring
	Handout cluster.Handout
	Clock   clock.Clock
	Log     *slog.Logger
	Tally   *telemetry.Tally
	Tracer  telemetry.Tracer // nil traces nothing

	// Counted are the kinds whose ends are counted by the hour.
	Counted map[string]Ends

	Workers   int           // jobs at a time
	Lease     time.Duration // longer than any handler's own time-outs
	Poll      time.Duration // pause of the net that catches what was not announced
	StopGrace time.Duration // how long running jobs may go on after the stop
	KeepDone  time.Duration // how long done jobs stay
	// Backoff is the pause after the given failed attempt; nil for the
	// package's own.
	Backoff func(attempt int) time.Duration
}

// Ends are the series in which ends of jobs are counted: those that were done, and
// those that died. A job that was no longer wanted is in neither.
type Ends struct{ Done, Dead string }

// Pool claims and works. It is safe for concurrent use once [Pool.Run] has
// started.
type Pool struct {
	opts Options

	handlers map[string]Handler
	kinds    []string
	scrub    scrubber
	busy     atomic.Int64
}

// New returns a pool without handlers.
func New(o Options) *Pool {
	o.Workers = orDefault(o.Workers, DefaultWorkers)
	o.Lease = orDefault(o.Lease, DefaultLease)
	o.Poll = orDefault(o.Poll, DefaultPoll)
	o.StopGrace = orDefault(o.StopGrace, DefaultStopGrace)
	o.KeepDone = orDefault(o.KeepDone, DefaultKeepDone)
	if o.Backoff == nil {
		o.Backoff = retryAfter
	}
	return &Pool{opts: o, handlers: map[string]Handler{}, scrub: newScrubber()}
}

func orDefault[T comparable](v, byDefault T) T {
	var zero T
	if v == zero {
		return byDefault
	}
	return v
}

// Handle gives the handler of a kind. Call it before [Pool.Run].
func (p *Pool) Handle(kind string, fn func(ctx context.Context, w Work) error) {
	p.handlers[kind] = fn
	p.kinds = slices.Sorted(maps.Keys(p.handlers))
}

// Kinds lists the kinds that have a handler, in order.
func (p *Pool) Kinds() []string { return slices.Clone(p.kinds) }

// Committed announces the jobs of its kinds that a transaction made due. It is
// meant for store.Store.AfterCommit. A failure delays the jobs by one poll at most,
// so it is logged and forgotten.
func (p *Pool) Committed(ctx context.Context, effects store.Effects) {
	var ids []string
	for _, j := range effects.Jobs {
		if slices.Contains(p.kinds, j.Kind) {
			ids = append(ids, j.ID)
		}
	}
	if len(ids) == 0 {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), announceLimit)
	defer cancel()
	if err := p.opts.Handout.Announce(ctx, ids); err != nil {
		p.opts.Log.WarnContext(ctx, "jobs not announced", slog.Any("error", err))
	}
}

// Run works until ctx is done. Then it claims nothing more, lets running jobs
// go on for StopGrace, cancels what still runs and gives those jobs back as
// ready, with the attempt counted. All its goroutines have ended when it
// returns. The error is always nil: trouble is logged and outlived.
func (p *Pool) Run(ctx context.Context) error {
	if len(p.kinds) == 0 {
		<-ctx.Done()
		return nil
	}
	// hard ends StopGrace after ctx: what runs until then is cut off.
	hard, cut := context.WithCancel(context.WithoutCancel(ctx))
	defer cut()
	graceOver := make(chan struct{})
	stop := context.AfterFunc(ctx, func() {
		defer close(graceOver)
		if clock.Sleep(hard, p.opts.StopGrace) {
			cut()
		}
	})

	ids := make(chan string)
	var seekers, workers sync.WaitGroup
	seekers.Go(func() { p.listen(ctx, ids) })
	seekers.Go(func() { p.poll(ctx, ids) })
	for range p.opts.Workers {
		workers.Go(func() {
			for id := range ids {
				if ctx.Err() == nil { // else the id came just as the stop did
					p.work(hard, id)
				}
			}
		})
	}
	seekers.Wait()
	close(ids)
	workers.Wait()
	cut()
	if !stop() {
		<-graceOver
	}
	return nil
}

// listen passes on what the hand-out says. While all workers are busy it holds
// one id and hears nothing more; what it misses, the poll or another instance
// catches.
func (p *Pool) listen(ctx context.Context, ids chan<- string) {
	t := trouble{first: time.Second, limit: 30 * time.Second}
	for ctx.Err() == nil {
		id, err := p.opts.Handout.Next(ctx)
		if err != nil {
			if ctx.Err() != nil {
				return
			}
			p.opts.Log.WarnContext(ctx, "job hand-out does not answer", slog.Any("error", err))
			clock.Sleep(ctx, t.again())
			continue
		}
		t.over()
		if !offer(ctx, ids, id) {
			return
		}
	}
}

// poll is the net: it asks for due jobs, at once after a start.
func (p *Pool) poll(ctx context.Context, ids chan<- string) {
	t := trouble{first: time.Second, limit: 30 * time.Second}
	for {
		due, err := p.due(ctx)
		pause := jitter(p.opts.Poll)
		switch {
		case ctx.Err() != nil:
			return
		case err != nil:
			p.opts.Log.ErrorContext(ctx, "due jobs not read", slog.Any("error", err))
			pause = t.again()
		default:
			t.over()
			if len(due) == dueBatch {
				pause = fullBatchPause
			}
		}
		for _, id := range due {
			if !offer(ctx, ids, id) {
				return
			}
		}
		if !clock.Sleep(ctx, pause) {
			return
		}
	}
}

// due lists the jobs that can be claimed, in a random order of this pool, so
// that several pools do not all reach for the same job.
func (p *Pool) due(ctx context.Context) ([]string, error) {
	ctx, cancel := context.WithTimeout(ctx, databaseLimit)
	defer cancel()
	due, err := p.opts.Store.Direct().Jobs.Due(ctx, p.kinds, dueBatch)
	rand.Shuffle(len(due), func(i, j int) { due[i], due[j] = due[j], due[i] }) //nolint:gosec // spreads load, guards nothing
	return due, err
}

func offer(ctx context.Context, ids chan<- string, id string) bool {
	if ctx.Err() != nil {
		return false
	}
	select {
	case ids <- id:
		return true
	case <-ctx.Done():
		return false
	}
}

// errPanicked stands for a handler that panicked.
var errPanicked = errors.New("handler panicked")
