package httpapi

import (
	"log/slog"
	"net/http"

	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/httpapi/frame"
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
		frame:   frame.New(frame.Options{Log: o.Log, Tally: o.Tally}, frame.Contract{}), health: telemetry.NewHealth(o.Checks, o.Clock, o.Log),
	}
	s.frame.Handle("GET /livez", http.HandlerFunc(s.getLive))
	s.frame.Handle("GET /readyz", http.HandlerFunc(s.getReady))
	s.frame.Handle("GET /metrics", o.Metrics)
	return s.gates(nil, s.frame)
}
