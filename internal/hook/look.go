package hook

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"

	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/jobs"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// KindTest is the kind of the message that [Hooks.Test] sends.
const KindTest = "hook.test"

// retryPage is how many dead deliveries are read at once.
const retryPage = 500

// Shown is an endpoint with what has not arrived there.
type Shown struct {
	store.HookEndpoint
	store.HookCounts
}

// List gives every endpoint, oldest first.
func (h *Hooks) List(ctx context.Context) ([]Shown, error) {
	var list []Shown
	err := h.opts.Store.View(ctx, func(ctx context.Context, tx *store.Tx) error {
		list = nil
		all, err := tx.Hooks.List(ctx)
		for n := 0; n < len(all) && err == nil; n++ {
			s := Shown{HookEndpoint: all[n]}
			s.HookCounts, err = tx.Deliveries.Count(ctx, s.ID)
			list = append(list, s)
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list hooks: %w", err)
	}
	return list, nil
}

// Test sends a message of the kind [KindTest] now and says what the endpoint
// answered. Nothing is stored, and an endpoint that is off is asked as well.
//
// Errors: hook_not_found.
func (h *Hooks) Test(ctx context.Context, endpointID string) (Answer, error) {
	to, keys, err := h.open(ctx, endpointID)
	if err != nil {
		return Answer{}, err
	}
	text, err := json.Marshal(body{Type: KindTest, Timestamp: h.now()})
	if err != nil {
		return Answer{}, fmt.Errorf("encode message: %w", err)
	}
	ctx, cancel := context.WithTimeout(ctx, SendWithin)
	defer cancel()
	answer, err := h.opts.Sender.Send(ctx, to.URL, signed(keys, id.Ordered(), h.opts.Clock.Now(), text), AnswerBytes)
	if err == nil {
		err = refused(answer.Status)
	}
	return answer, err
}

// Retry runs every dead delivery of an endpoint again, by the desk of jobs, and says
// how many.
//
// Errors: hook_not_found, hook_disabled.
func (h *Hooks) Retry(ctx context.Context, endpointID string, runAgain func(ctx context.Context, jobID string) error) (int, error) {
	direct := h.opts.Store.Direct()
	e, err := direct.Hooks.ByID(ctx, endpointID)
	switch {
	case errors.Is(err, store.ErrNotFound):
		return 0, ErrUnknown
	case err != nil:
		return 0, fmt.Errorf("read hook: %w", err)
	case !e.DisabledAt.IsZero():
		return 0, ErrDisabled
	}
	done := 0
	for page := (store.Page{Limit: retryPage}); ; {
		dead, err := direct.Deliveries.Dead(ctx, endpointID, page)
		if err != nil {
			return done, fmt.Errorf("list dead deliveries: %w", err)
		}
		for _, jobID := range dead {
			switch err := runAgain(ctx, jobID); {
			case err == nil:
				done++
			case errors.Is(err, jobs.ErrNotDead), errors.Is(err, jobs.ErrNoJob), errors.Is(err, jobs.ErrObsolete):
			default:
				return done, err
			}
		}
		if len(dead) < page.Limit {
			return done, nil
		}
		page.After = dead[len(dead)-1]
	}
}

// Keeper gives what the desk of jobs needs to know about deliveries.
func (h *Hooks) Keeper() (kind string, k jobs.Keeper) {
	return jobKind, jobs.Keeper{Tell: tell, Renew: h.renew}
}

func tell(payload string) []jobs.Fact {
	d, err := read(payload)
	if err != nil {
		return nil
	}
	facts := []jobs.Fact{{Name: "hook", Value: d.EndpointID}, {Name: "event", Value: d.Body.Type}, {Name: "webhook-id", Value: d.EventID}}
	if d.UserID != "" {
		facts = append(facts, jobs.Fact{Name: "user", Value: d.UserID})
	}
	if d.Number > 0 {
		facts = append(facts, jobs.Fact{Name: "number", Value: strconv.FormatInt(d.Number, 10)})
	}
	return facts
}

// renew gives a dead delivery its tries back, as it was.
func (h *Hooks) renew(ctx context.Context, tx *store.Tx, dead store.Job) (jobs.NewJob, error) {
	d, err := read(dead.Payload)
	if err != nil {
		return jobs.NewJob{}, err
	}
	e, err := tx.Hooks.ByID(ctx, d.EndpointID)
	switch {
	case errors.Is(err, store.ErrNotFound):
		return jobs.NewJob{}, jobs.Obsolete(errGone.Error())
	case err != nil:
		return jobs.NewJob{}, fmt.Errorf("read hook: %w", err)
	case !e.DisabledAt.IsZero():
		return jobs.NewJob{}, fmt.Errorf("%w: %w", errDisabled, jobs.ErrGiveUp)
	}
	return jobs.NewJob{Payload: d}, nil
}
