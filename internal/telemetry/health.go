package telemetry

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"
)

// Check tells whether something that this server needs is there. What it
// returns is logged, not shown, but for the word that an error with a method
// State gives in place of "failing". A check that only warns does not turn
// readiness red.
type Check struct {
	Name     string // lower_snake_case, a key of the answer
	OnlyWarn bool
	Do       func(ctx context.Context) error
}

// The states of a check.
const (
	stateOK      = "ok"
	stateWarning = "warning"
	stateFailing = "failing"
)

const (
	// checkFor bounds all checks together: an answer comes within two seconds
	// whatever hangs.
	checkFor = 1800 * time.Millisecond
	// checkedFor is how long an answer is given again, so that nobody can load
	// the database by asking for health.
	checkedFor = 250 * time.Millisecond
)

// Clock tells the time; clock.Clock does.
type Clock interface{ Now() time.Time }

// Health runs checks for whoever asks whether the process is ready. It is safe
// for concurrent use.
type Health struct {
	checks []Check
	clock  Clock
	log    *slog.Logger

	mu     sync.Mutex // one caller checks, the others wait for its findings
	at     time.Time
	states map[string]string
	red    bool
}

// NewHealth returns the health that checks find.
func NewHealth(checks []Check, clock Clock, log *slog.Logger) *Health {
	return &Health{checks: checks, clock: clock, log: log}
}

// Look runs the checks, unless somebody just did. States are ok, warning,
// failing or a word that says why, by what is checked.
func (h *Health) Look(ctx context.Context) (states map[string]string, red bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	now := h.clock.Now()
	if h.states != nil && now.Sub(h.at) < checkedFor && !now.Before(h.at) {
		return h.states, h.red
	}
	// A caller who leaves must not turn the findings of others red.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), checkFor)
	defer cancel()
	found := make(chan finding, len(h.checks))
	for _, c := range h.checks {
		go func() { found <- finding{c, c.Do(ctx)} }()
	}
	before := h.states
	h.states, h.red = map[string]string{}, false
	for _, c := range h.checks {
		h.states[c.Name] = stateFailing // until it answers
	}
	for range h.checks {
		select {
		case f := <-found:
			h.note(ctx, f, before)
		case <-ctx.Done():
			h.log.WarnContext(ctx, "health checks did not answer in time")
			h.red = true
		}
	}
	h.at = h.clock.Now()
	return h.states, h.red
}

// finding is what one check found.
type finding struct {
	check Check
	err   error
}

// note keeps a finding, and tells the log once when a check begins to fail and
// once when it is well again.
func (h *Health) note(ctx context.Context, f finding, before map[string]string) {
	name, state := f.check.Name, stateOK
	switch {
	case f.err == nil:
	case f.check.OnlyWarn:
		state = stateWarning
	default:
		state, h.red = stateFailing, true
		if says, ok := errors.AsType[interface {
			error
			State() string
		}](f.err); ok {
			state = says.State()
		}
	}
	h.states[name] = state
	switch {
	case before[name] == state, state == stateOK && before == nil:
	case state == stateOK:
		h.log.InfoContext(ctx, "health check is well again", slog.String("check", name))
	default:
		h.log.WarnContext(ctx, "health check failed", slog.String("check", name), slog.Any("error", f.err))
	}
}
