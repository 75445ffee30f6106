package httpapi

import (
	"encoding/json"
	"net/http"

	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/telemetry"
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

// getLive is true while anybody can answer at all.
func (*server) getLive(w http.ResponseWriter, _ *http.Request) {
	writeJSON(w, http.StatusOK, typeJSON, liveBody{Status: "alive"})
}

// getReady answers whether requests should come here, and why not.
func (s *server) getReady(w http.ResponseWriter, r *http.Request) {
	states, red := s.health.Look(r.Context())
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
