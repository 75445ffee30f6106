package httpapi

import (
	"log/slog"
	"net/http"

	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/telemetry"
)

// OpsOptions is what the operations listener needs. Every field must be set,
// but for Tally and Checks.
type OpsOptions struct {
	Metrics http.Handler
	Checks  []telemetry.Check
	Clock   clock.Clock
	Log     *slog.Logger
	Tally   *telemetry.Tally
}

// NewOps returns the handler of the operations listener: /livez, /readyz and
// /metrics. It is for the operator's own network: metrics tell strangers how
// many people sign in.
func NewOps(o OpsOptions) http.Handler {
	s := &server{
		Options: Options{Clock: o.Clock, Log: o.Log, Tally: o.Tally},
		mux:     http.NewServeMux(), health: telemetry.NewHealth(o.Checks, o.Clock, o.Log),
	}
	s.mux.HandleFunc("GET /livez", s.getLive)
	s.mux.HandleFunc("GET /readyz", s.getReady)
	s.mux.Handle("GET /metrics", o.Metrics)
	return s.gates(nil, http.HandlerFunc(s.serveAPI))
}
