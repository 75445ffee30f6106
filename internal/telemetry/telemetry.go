// Package telemetry is the vocabulary of the log, of counters and of traces: a
// logger that cannot give a secret away, request identifiers, a [Tally], and a
// [Span].
//
// It knows log/slog and nothing else. Exporters are wired above it: what is
// counted here reaches Prometheus through package httpapi, what is logged and
// traced reaches a collector through package telemetry/otlp.
//
// # What never reaches the log
//
// The logger blanks every attribute whose key names a secret (password, token,
// cookie, session_id, ...) and every part of a text that looks like one of our
// tokens, a bearer credential or a URL's password, also inside errors. Rooms do
// not log secrets in the first place; this is the net below them. A hash of a
// session identifier may be logged, the identifier may not (RFC 9700 §4.14.2
// makes a session worth stealing).
//
// # Request identifiers
//
// One identifier per request, made by the edge, travels in the context and
// stands in every line that is logged with that context, in the audit trail and
// in the answer. What the client sends as X-Request-ID is not used: it would
// let strangers write into the log and forge a trail.
//
// # Traces
//
// An edge begins a trace ([Begin]) if it was given a [Tracer] and that wants
// this one; rooms and the store add spans to whatever trace the context belongs
// to ([Start]). Without one, which is the default, that is a look into the
// context. Lines that are logged within a trace carry its identifiers.
package telemetry

import "context"

type requestIDKey struct{}

// WithRequestID returns a context that carries the identifier of the request.
func WithRequestID(ctx context.Context, id string) context.Context {
	return context.WithValue(ctx, requestIDKey{}, id)
}

// RequestID gives the identifier of the request that ctx belongs to, or nothing.
func RequestID(ctx context.Context) string {
	id, _ := ctx.Value(requestIDKey{}).(string)
	return id
}
