package middleware

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"time"

	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/telemetry"
)

// Observation is what is known of a request once it was answered. Route is the
// mux's pattern, or "unmatched": never a path, because paths come from
// strangers and queries of mailed links hold tokens.
type Observation struct {
	Method, Route string
	Status        int
	Bytes         int64
	Took          time.Duration
}

// StatusLeft is the status of a request whose caller hung up while it waited for
// what it then could not have. Nobody sees it but the log and metrics: nginx has
// made it known.
const StatusLeft = 499

// Logger says what Log writes to.
type Logger struct {
	Log     *slog.Logger
	Clock   clock.Clock
	Observe func(Observation) // may be nil
}

// Log writes one line for each request: information, a warning if the answer is
// 5xx, debug if nobody was left to hear that something is unavailable
// ([StatusLeft]), and debug for probes of health, which come every second. A route that is
// asked all day long (one with a clean answer to GET) is debug as well unless
// it was slow: what it does is counted, not told. A wait that was asked for is not
// slow ([Waited]).
func Log(l Logger, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := l.Clock.Now()
		answer := &answer{ResponseWriter: w}
		defer func() {
			o := Observation{
				Method: method(r.Method), Route: r.Pattern, Status: answer.code(), Bytes: answer.bytes,
				Took: l.Clock.Now().Sub(start),
			}
			if o.Status == http.StatusServiceUnavailable && errors.Is(r.Context().Err(), context.Canceled) {
				o.Status = StatusLeft
			}
			if o.Route == "" {
				o.Route = "unmatched"
			}
			if l.Observe != nil {
				l.Observe(o)
			}
			l.write(r, o, o.Took-answer.waited)
			l.name(r, o)
		}()
		next.ServeHTTP(answer, r)
	})
}

// slow is when a request deserves a line whatever it asked for.
const slow = time.Second

func (l Logger) write(r *http.Request, o Observation, busy time.Duration) {
	level := slog.LevelInfo
	switch {
	case o.Status >= http.StatusInternalServerError:
		level = slog.LevelWarn
	case o.Status == StatusLeft:
		level = slog.LevelDebug
	case o.Status < http.StatusBadRequest && busy < slow && (o.Method == http.MethodGet || o.Method == http.MethodHead):
		level = slog.LevelDebug
	}
	ctx := r.Context()
	if !l.Log.Enabled(ctx, level) {
		return
	}
	l.Log.LogAttrs(ctx, level, "request",
		slog.String("method", o.Method), slog.String("route", o.Route), slog.Int("status", o.Status),
		slog.Int64("bytes", o.Bytes), slog.Duration("took", o.Took),
		slog.String("client_network", Network(ClientAddress(ctx))))
}

// name gives the span of the request the name and the attributes that are known
// once it was answered.
func (Logger) name(r *http.Request, o Observation) {
	span := telemetry.SpanOf(r.Context())
	if !span.Traced() {
		return
	}
	if r.Pattern != "" {
		span.Rename(r.Pattern)
	}
	span.Set(slog.String("method", o.Method))
	span.Set(slog.String("route", o.Route))
	span.Set(slog.Int("status", o.Status))
	span.Set(slog.Int64("bytes", o.Bytes))
	span.Set(slog.String("request_id", telemetry.RequestID(r.Context())))
}

// method bounds what a stranger can write into the log and into metrics.
func method(m string) string {
	switch m {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions:
		return m
	}
	return "other"
}

// answer remembers what was answered.
type answer struct {
	http.ResponseWriter
	status int
	bytes  int64
	waited time.Duration
}

// Waited tells Log how long an answer was held back because its caller wants that.
// It does nothing with a writer that is not Log's.
func Waited(w http.ResponseWriter, d time.Duration) {
	if a, ok := w.(*answer); ok {
		a.waited = d
	}
}

// WriteHeader remembers the first final status.
func (a *answer) WriteHeader(status int) {
	if a.status == 0 && status >= http.StatusOK {
		a.status = status
	}
	a.ResponseWriter.WriteHeader(status)
}

// Write counts.
func (a *answer) Write(p []byte) (int, error) {
	if a.status == 0 {
		a.status = http.StatusOK
	}
	n, err := a.ResponseWriter.Write(p)
	a.bytes += int64(n)
	return n, err
}

// Unwrap is for http.ResponseController.
func (a *answer) Unwrap() http.ResponseWriter { return a.ResponseWriter }

func (a *answer) code() int {
	if a.status == 0 {
		return http.StatusOK
	}
	return a.status
}
