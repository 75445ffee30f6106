package httpapi

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/telemetry"
)

// Check tells whether something that this server needs is there. What it
// returns is logged, not shown. A check that only warns does not turn readiness
// red.
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

// readyBody is what /readyz answers when all is well; a 503 is a problem with
// the same member checks.
type readyBody struct {
	Status string            `json:"status" enum:"ready"`
	Checks map[string]string `json:"checks" doc:"ok, warning or failing, by what is checked"`
}

// unreadyProblem is a problem that says which checks failed.
type unreadyProblem struct {
	Problem

	Checks map[string]string `json:"checks" doc:"ok, warning or failing, by what is checked"`
}

// liveBody is what /livez answers as long as the process does.
type liveBody struct {
	Status string `json:"status" enum:"alive"`
}

// health answers whether the process lives and whether it is ready.
type health struct {
	checks []Check
	clock  clock.Clock
	log    *slog.Logger

	mu     sync.Mutex // one caller checks, the others wait for its findings
	at     time.Time
	states map[string]string
	red    bool
}

func newHealth(checks []Check, clk clock.Clock, log *slog.Logger) *health {
	return &health{checks: checks, clock: clk, log: log}
}

// live is true while anybody can answer at all.
func (*health) live(w http.ResponseWriter, _ *http.Request) {
	writeJSON(w, http.StatusOK, typeJSON, liveBody{Status: "alive"})
}

// look runs the checks, unless somebody just did.
func (h *health) look(ctx context.Context) (states map[string]string, red bool) {
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
func (h *health) note(ctx context.Context, f finding, before map[string]string) {
	name, state := f.check.Name, stateOK
	switch {
	case f.err == nil:
	case f.check.OnlyWarn:
		state = stateWarning
	default:
		state, h.red = stateFailing, true
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

// ready answers whether requests should come here, and why not.
func (h *health) ready(w http.ResponseWriter, r *http.Request) {
	states, red := h.look(r.Context())
	if !red {
		writeJSON(w, http.StatusOK, typeJSON, readyBody{Status: "ready", Checks: states})
		return
	}
	f := fault.ErrUnavailable
	w.Header().Set("Retry-After", seconds(f.RetryAfter))
	writeJSON(w, http.StatusServiceUnavailable, typeProblem, unreadyProblem{
		Problem: Problem{
			Type: problemTypes + f.Code, Title: http.StatusText(http.StatusServiceUnavailable),
			Status: http.StatusServiceUnavailable, Code: f.Code, Detail: f.Detail, RequestID: telemetry.RequestID(r.Context()),
		},
		Checks: states,
	})
}

func writeJSON(w http.ResponseWriter, status int, kind string, v any) {
	w.Header().Set("Content-Type", kind)
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v)
}

func (s *server) getReady(w http.ResponseWriter, r *http.Request) { s.health.ready(w, r) }
