package hook

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/url"
	"sync"
	"time"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/jobs"
	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// tries is how often a message is sent before it is dead.
const tries = 10

// pauses are those after each failed attempt but the last: about three days in all.
// They are those of Standard Webhooks, "Deliverability and reliability", but that the
// last is shorter.
func pauses() [tries - 1]time.Duration {
	return [tries - 1]time.Duration{
		5 * time.Second, 5 * time.Minute, 30 * time.Minute, 2 * time.Hour, 5 * time.Hour,
		10 * time.Hour, 14 * time.Hour, 20 * time.Hour, 21 * time.Hour,
	}
}

// soon is about how long a delivery waits for a place, or for its turn, before it
// looks again.
const soon = 2 * time.Second

var (
	errTurn     = errors.New("another event of the user comes first")
	errPlace    = errors.New("the endpoint is busy")
	errDisabled = errors.New("the endpoint is switched off")
	errGone     = errors.New("the endpoint was removed")
	errNoKey    = errors.New("the endpoint has no key")
)

// busy counts the attempts that are under way, by place: an endpoint, or a question to
// one.
type busy struct {
	most int // for each place

	mu sync.Mutex
	at map[string]int
}

// take begins an attempt, unless the place has all that it may have.
func (b *busy) take(place string) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.at[place] >= b.most {
		return false
	}
	b.at[place]++
	return true
}

func (b *busy) give(place string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.at[place]--; b.at[place] == 0 {
		delete(b.at, place)
	}
}

// Handler gives what the pool needs to deliver.
func (h *Hooks) Handler() (kind string, fn func(ctx context.Context, w jobs.Work) error) {
	return jobKind, h.deliver
}

// deliver does one delivery. It may be done twice: webhook-id is the same.
func (h *Hooks) deliver(ctx context.Context, w jobs.Work) error {
	d, err := read(w.Job.Payload)
	if err != nil {
		return err
	}
	to, keys, err := h.open(ctx, d.EndpointID)
	switch {
	case errors.Is(err, ErrUnknown):
		return errors.Join(jobs.Obsolete(errGone.Error()), h.forget(ctx, d.row(w.Job.ID)))
	case err != nil:
		return err
	case !to.DisabledAt.IsZero():
		return fmt.Errorf("%w: %w", errDisabled, jobs.ErrGiveUp)
	}
	if err := h.turn(ctx, d.row(w.Job.ID)); err != nil {
		return err
	}
	if !h.busy.take(to.ID) {
		return jobs.LaterError{Err: errPlace, In: spread(soon), Uncounted: true}
	}
	defer h.busy.give(to.ID)
	text, err := json.Marshal(d.Body)
	if err != nil {
		return fmt.Errorf("encode message: %w", err)
	}
	limited, cancel := context.WithTimeout(ctx, SendWithin)
	defer cancel()
	answer, err := h.opts.Sender.Send(limited, to.URL, signed(keys, d.EventID, h.opts.Clock.Now(), text), AnswerBytes)
	if ctx.Err() != nil {
		return fmt.Errorf("send message: %w", ctx.Err()) // a stop, which is nobody's failure
	}
	if err == nil {
		err = refused(answer.Status)
	}
	if err != nil {
		return h.failed(ctx, w, to, answer, err)
	}
	h.opts.Log.InfoContext(ctx, "hook delivered", slog.String("job_id", w.Job.ID), slog.String("hook_id", to.ID), slog.String("hook_host", host(to.URL)),
		slog.String("event_kind", d.Body.Type), slog.Int("attempt", w.Job.Attempts))
	return h.arrived(ctx, to, d.row(w.Job.ID))
}

func read(text string) (delivery, error) {
	var d delivery
	if err := json.Unmarshal([]byte(text), &d); err != nil {
		return d, fmt.Errorf("read delivery: %w: %w", jobs.ErrGiveUp, err)
	}
	return d, nil
}

// refused is the error of an answer that does not take the message.
func refused(status int) error {
	if status >= statusOK && status < statusMultipleChoices {
		return nil
	}
	return fmt.Errorf("the endpoint answers %d", status)
}

// turn says whether a delivery must wait for one before it.
func (h *Hooks) turn(ctx context.Context, d store.HookDelivery) error {
	if d.EventNumber == 0 {
		return nil
	}
	before, err := h.opts.Store.Direct().Deliveries.Before(ctx, d)
	switch {
	case errors.Is(err, store.ErrNotFound):
		return nil
	case err != nil:
		return fmt.Errorf("look for a delivery before: %w", err)
	}
	// It is woken when the one before arrives; this is for the one that dies.
	return jobs.LaterError{Err: errTurn, In: spread(max(before.After, 0) + soon), Uncounted: true}
}

// arrived forgets a delivery, lets the next one of its user come, and notes that the
// endpoint is well.
func (h *Hooks) arrived(ctx context.Context, to store.HookEndpoint, d store.HookDelivery) error {
	return h.opts.Store.Tx(ctx, func(ctx context.Context, tx *store.Tx) error {
		if _, err := tx.Deliveries.Delete(ctx, d); err != nil {
			return fmt.Errorf("forget delivery: %w", err)
		}
		if !to.FailingSince.IsZero() {
			if _, err := tx.Hooks.Well(ctx, to.ID); err != nil {
				return fmt.Errorf("note that the endpoint is well: %w", err)
			}
		}
		if d.EventNumber == 0 {
			return nil
		}
		next, err := tx.Deliveries.Next(ctx, d)
		if errors.Is(err, store.ErrNotFound) {
			return nil
		}
		if err == nil {
			_, err = tx.Jobs.Wake(ctx, next.JobID, jobKind)
		}
		return err
	})
}

func (h *Hooks) forget(ctx context.Context, d store.HookDelivery) error {
	if _, err := h.opts.Store.Direct().Deliveries.Delete(ctx, d); err != nil {
		return fmt.Errorf("forget delivery: %w", err)
	}
	return nil
}

// failed notes a failure, and switches an endpoint off that has had its time.
func (h *Hooks) failed(ctx context.Context, w jobs.Work, to store.HookEndpoint, answer Answer, why error) error {
	now := h.now()
	switch off, err := h.note(ctx, to.ID, now, answer.Status == statusGone); {
	case err != nil:
		return errors.Join(why, err)
	case off:
		h.opts.Log.ErrorContext(ctx, "hook switched off", slog.String("hook_id", to.ID), slog.String("hook_host", host(to.URL)))
		return fmt.Errorf("%w: %w", why, jobs.ErrGiveUp)
	}
	list := pauses()
	return jobs.LaterError{Err: why, In: jitter(list[min(max(w.Job.Attempts, 1), len(list))-1])}
}

// note records a failure. It reports true if the endpoint is off because of it: who
// switches it off mails its owner, in the same transaction.
func (h *Hooks) note(ctx context.Context, endpointID string, now time.Time, gone bool) (off bool, err error) {
	err = h.opts.Store.Tx(ctx, func(ctx context.Context, tx *store.Tx) error {
		off = false
		if _, err := tx.Hooks.Failing(ctx, endpointID, now); err != nil {
			return err
		}
		e, err := tx.Hooks.ByID(ctx, endpointID)
		if err != nil || !gone && now.Sub(e.FailingSince) < offAfter {
			return unlessGone(err)
		}
		if off, err = tx.Hooks.Disable(ctx, endpointID, now); err != nil || !off {
			return err
		}
		off = true
		told := event(audit.KindHookDisabled, endpointID)
		told.Reason = reasonFailing
		if err := h.opts.Trail.Record(ctx, tx, told); err != nil || e.OwnerEmail == "" {
			return err
		}
		return h.opts.Postman.Enqueue(ctx, tx, mail.Letter{Kind: mail.HookDisabled, To: e.OwnerEmail, Notice: true, Data: map[string]string{
			mail.DataHook: e.ID, mail.DataHost: host(e.URL), mail.DataSince: mail.Moment(e.FailingSince),
		}})
	})
	if err != nil {
		return false, fmt.Errorf("note that the endpoint fails: %w", err)
	}
	return off, nil
}

// reasonFailing is why an endpoint was switched off by the server.
const reasonFailing = "failing"

// What an answer says by its status (RFC 9110 §15).
const (
	statusOK              = 200
	statusMultipleChoices = 300
	statusGone            = 410
)

func unlessGone(err error) error {
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	return err
}

// host is what the log and mails say of a URL, whose path may be a secret.
func host(text string) string {
	u, err := url.Parse(text)
	if err != nil {
		return ""
	}
	return u.Host
}

// spread is d or up to twice as long, so that those who wait do not come together.
func spread(d time.Duration) time.Duration { return d + rand.N(d) } //nolint:gosec // spreads load, guards nothing

// jitter is d or up to a twentieth more, never less: the pauses add up to the time
// after which an endpoint is switched off.
func jitter(d time.Duration) time.Duration { return d + rand.N(d/20) } //nolint:gosec // spreads load, guards nothing
