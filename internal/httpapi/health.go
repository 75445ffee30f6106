package httpapi

import (
	"net/http"

	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/httpapi/frame"
)

// readyBody is what /readyz answers when all is well; a 503 is a problem with
// the same member checks.
type readyBody struct {
	Status string            `json:"status" enum:"ready" doc:"Always ready; otherwise the answer is a problem."`
	Checks map[string]string `json:"checks" doc:"The result of each check: ok, warning, failing, or read_only for a database that takes no writes."`
}

// unreadyProblem is a problem that says which checks failed.
type unreadyProblem struct {
	frame.Problem

	Checks map[string]string `json:"checks" doc:"The result of each check: ok, warning, failing, or read_only for a database that takes no writes."`
}

// liveBody is what /livez answers as long as the process does.
type liveBody struct {
	Status string `json:"status" enum:"alive" doc:"Always alive."`
}

// getLive is true while anybody can answer at all.
func (*server) getLive(w http.ResponseWriter, _ *http.Request) {
	frame.WriteJSON(w, http.StatusOK, frame.TypeJSON, liveBody{Status: "alive"})
}

// getReady answers whether requests should come here, and why not.
func (s *server) getReady(w http.ResponseWriter, r *http.Request) {
	states, red := s.health.Look(r.Context())
	if !red {
		frame.WriteJSON(w, http.StatusOK, frame.TypeJSON, readyBody{Status: "ready", Checks: states})
		return
	}
	frame.RetryAfter(w.Header(), fault.ErrUnavailable)
	frame.WriteJSON(w, http.StatusServiceUnavailable, frame.TypeProblem, unreadyProblem{
		Problem: frame.ProblemOf(r.Context(), fault.ErrUnavailable), Checks: states,
	})
}
