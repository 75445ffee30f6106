package jobs

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"runtime/debug"
	"time"

	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/stats"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/telemetry"
)

// tallyName is the name under which attempts are counted.
const tallyName = "job_attempt"

// margin is how long before the end of its lease a handler is cancelled, so
// that the outcome can still be recorded.
func (p *Pool) margin() time.Duration { return min(longestMargin, p.opts.Lease/4) }

// work claims one job and sees it through. hard ends when a stop has waited
// long enough; until then a job that was begun goes on.
func (p *Pool) work(hard context.Context, id string) {
	// The timers start before the claim. So they end before the lease does,
	// however long the claim takes.
	leased, endLease := context.WithTimeout(context.WithoutCancel(hard), p.opts.Lease)
	defer endLease()
	running, cancel := context.WithTimeout(hard, p.opts.Lease-p.margin())
	defer cancel()

	job, ok := p.claim(leased, id)
	if !ok {
		return
	}
	p.busy.Add(1)
	defer p.busy.Add(-1)

	running, span := telemetry.Begin(running, p.opts.Tracer, telemetry.Root{Name: "job " + job.Kind, Work: telemetry.Job})
	span.Set(slog.String("job_id", job.ID))
	span.Set(slog.Int("attempt", job.Attempts))
	err := p.attempt(running, job)
	span.End(err)
	if err != nil && hard.Err() != nil && errors.Is(err, context.Canceled) {
		err = fmt.Errorf("cut off by a stop: %w", err)
	}
	p.settle(leased, hard, job, p.outcome(leased, hard, job, err))
}

// claim leases the job. A claim whose answer is lost is left alone: its lease
// runs out.
func (p *Pool) claim(leased context.Context, id string) (store.Job, bool) {
	ctx, cancel := context.WithTimeout(leased, min(databaseLimit, p.margin()))
	defer cancel()
	job, ok, err := p.opts.Store.Direct().Jobs.Claim(ctx, store.JobClaim{ID: id, Kinds: p.kinds, Lease: p.opts.Lease})
	if err != nil {
		p.opts.Log.ErrorContext(leased, "job not claimed", slog.String("job_id", id), slog.Any("error", err))
		// A worker that fails must not be the first one back for the next id.
		clock.Sleep(leased, jitter(p.margin()/10))
		return job, false
	}
	return job, ok
}

// attempt runs the handler, unless the job came to its end without one.
func (p *Pool) attempt(ctx context.Context, job store.Job) error {
	if job.Attempts > job.MaxAttempts {
		return fmt.Errorf("the last attempt never reported back: %w", ErrGiveUp)
	}
	// The clock by which it was given an end, and not the database's.
	if !job.ExpiresAt.IsZero() && p.opts.Clock.Now().After(job.ExpiresAt) {
		return fmt.Errorf("expired before it could be done: %w", ErrGiveUp)
	}
	plain, err := open(p.opts.Keyring, job)
	if err != nil {
		return fmt.Errorf("open secret: %w", err)
	}
	err = p.handle(ctx, Work{Job: withoutSecret(job), Secret: plain, Last: job.Attempts == job.MaxAttempts})
	if err != nil {
		// Scrubbed here, where the secret is known; only the class survives.
		err = scrubbed{text: p.scrub.clean(err.Error(), plain), class: err}
	}
	return err
}

func withoutSecret(job store.Job) store.Job {
	job.SecretSealed = ""
	return job
}

// scrubbed is an error whose text is safe to store and log, and that still
// compares like the one it stands for.
type scrubbed struct {
	text  string
	class error
}

func (s scrubbed) Error() string        { return s.text }
func (s scrubbed) Is(target error) bool { return errors.Is(s.class, target) }

// As finds what a handler says of when to try again, and nothing else.
func (s scrubbed) As(target any) bool {
	later, ok := target.(*LaterError)
	return ok && errors.As(s.class, later)
}

// handle calls the handler and turns a panic into an error. The value of a
// panic may hold anything, so only the runtime's own are shown.
func (p *Pool) handle(ctx context.Context, w Work) (err error) {
	defer func() {
		v := recover()
		if v == nil {
			return
		}
		err = fmt.Errorf("%w: %T", errPanicked, v)
		if r, ok := v.(runtime.Error); ok {
			err = fmt.Errorf("%w: %s", errPanicked, r.Error())
		}
		p.opts.Log.ErrorContext(ctx, "job handler panicked", slog.String("job_id", w.Job.ID),
			slog.String("job_kind", w.Job.Kind), slog.String("stack", string(debug.Stack())))
	}()
	return p.handlers[w.Job.Kind](ctx, w)
}

// outcome decides the outcome of an attempt, and logs it.
func (p *Pool) outcome(ctx, hard context.Context, job store.Job, err error) store.JobOutcome {
	o := store.JobOutcome{ID: job.ID, Fence: job.Fence, State: store.JobDone, EraseSecret: true}
	attrs := []slog.Attr{
		slog.String("job_id", job.ID), slog.String("job_kind", job.Kind), slog.Int("attempt", job.Attempts),
	}
	if err != nil {
		o.LastError = p.scrub.clean(err.Error(), nil)
		attrs = append(attrs, slog.String("error", o.LastError))
	}
	later, timed := errors.AsType[LaterError](err)
	switch {
	case err == nil:
		p.opts.Tally.Add(tallyName, "done")
		p.opts.Log.LogAttrs(ctx, slog.LevelDebug, "job done", attrs...)
	case errors.Is(err, ErrObsolete):
		p.opts.Tally.Add(tallyName, "obsolete")
		p.opts.Log.LogAttrs(ctx, slog.LevelInfo, "job no longer wanted", attrs...)
	case timed && later.Uncounted:
		o.State, o.RunAfter, o.LastError, o.Uncounted, o.EraseSecret = store.JobReady, later.In, job.LastError, true, false
		p.opts.Tally.Add(tallyName, "postponed")
		p.opts.Log.LogAttrs(ctx, slog.LevelDebug, "job postponed", append(attrs, slog.Duration("again_after", o.RunAfter))...)
	case errors.Is(err, ErrGiveUp) || job.Attempts >= job.MaxAttempts:
		o.State = store.JobDead
		p.opts.Tally.Add(tallyName, "dead")
		p.opts.Log.LogAttrs(ctx, slog.LevelError, "job is dead", attrs...)
	default:
		o.State, o.EraseSecret = store.JobReady, false
		if hard.Err() == nil {
			o.RunAfter = p.opts.Backoff(job.Attempts)
			if timed {
				o.RunAfter = later.In
			}
		}
		p.opts.Tally.Add(tallyName, "retried")
		attrs = append(attrs, slog.Duration("again_after", o.RunAfter))
		p.opts.Log.LogAttrs(ctx, slog.LevelWarn, "job failed", attrs...)
	}
	return o
}

// settle records the outcome. It insists while the lease lasts, because an
// outcome that is not recorded means that the work is done twice; after a stop
// it tries twice. A handler that outlived its lease gets one try: unless another
// worker has claimed the job since, the outcome still counts.
func (p *Pool) settle(leased, hard context.Context, job store.Job, o store.JobOutcome) {
	t := trouble{first: p.margin() / 20, limit: 2 * time.Second}
	for tries := 1; ; tries++ {
		held, err := p.settleOnce(leased, job.Kind, o)
		if err == nil {
			if !held {
				p.opts.Tally.Add(tallyName, "lost")
				p.opts.Log.WarnContext(leased, "job lease was lost before its outcome was recorded",
					slog.String("job_id", job.ID), slog.String("job_kind", job.Kind))
			}
			return
		}
		p.opts.Log.ErrorContext(leased, "job outcome not recorded", slog.String("job_id", job.ID), slog.Any("error", err))
		if (hard.Err() != nil && tries > 1) || !clock.Sleep(leased, t.again()) {
			return
		}
	}
}

func (p *Pool) settleOnce(leased context.Context, kind string, o store.JobOutcome) (held bool, err error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(leased), databaseLimit)
	defer cancel()
	series := ""
	switch ends := p.opts.Counted[kind]; {
	case o.State == store.JobDead:
		series = ends.Dead
	case o.State == store.JobDone && o.LastError == "":
		series = ends.Done
	}
	if series == "" {
		return p.opts.Store.Direct().Jobs.Settle(ctx, o)
	}
	err = p.opts.Store.Tx(ctx, func(ctx context.Context, tx *store.Tx) error {
		if held, err = tx.Jobs.Settle(ctx, o); err != nil || !held {
			return err
		}
		return stats.Ended(ctx, tx, series, 1, p.opts.Clock.Now())
	})
	return held, err
}
