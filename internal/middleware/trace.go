package middleware

import (
	"net/http"

	"github.com/sallyport-auth/sallyport/internal/telemetry"
)

// Tracing says who traces requests. Only the direct callers in Callers decide,
// by their traceparent header (W3C Trace Context), whether a request is traced
// and as a part of what; everybody else's is not looked at, because a stranger
// could have every request traced, or write into the traces of others. Baggage
// is read from nobody.
type Tracing struct {
	Tracer  telemetry.Tracer // nil traces nothing
	Callers *Proxies
}

// maxTraceState is what a tracestate may have (W3C Trace Context §3.3.1.5); a
// longer one is left out.
const maxTraceState = 512

// Trace begins the trace of a request, which [Log] names. Probes of health are
// not traced.
func Trace(t Tracing, next http.Handler) http.Handler {
	if t.Tracer == nil {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/livez" || r.URL.Path == "/readyz" {
			next.ServeHTTP(w, r)
			return
		}
		ctx, span := telemetry.Begin(r.Context(), t.Tracer, t.root(r))
		if !span.Traced() {
			next.ServeHTTP(w, r)
			return
		}
		defer span.End(nil)
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

func (t Tracing) root(r *http.Request) telemetry.Root {
	root := telemetry.Root{Name: method(r.Method), Work: telemetry.Request}
	parent := r.Header["Traceparent"]
	if len(parent) != 1 || t.Callers == nil || !t.Callers.trusts(readAddress(r.RemoteAddr)) {
		return root
	}
	root.Parent = parent[0]
	if state := r.Header["Tracestate"]; len(state) == 1 && len(state[0]) <= maxTraceState {
		root.State = state[0]
	}
	return root
}
