package middleware_test

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/middleware"
	"github.com/sallyport-auth/sallyport/internal/telemetry"
)

// tracer keeps what it was asked, and the attributes of the spans it began.
type tracer struct {
	roots []telemetry.Root
	name  string
	attrs map[string]string
	ended int
}

func (t *tracer) Begin(ctx context.Context, root telemetry.Root) (context.Context, telemetry.Recorder) {
	t.roots, t.attrs = append(t.roots, root), map[string]string{}
	return ctx, t
}

func (t *tracer) Child(ctx context.Context, _ string) (context.Context, telemetry.Recorder) {
	return ctx, t
}

func (t *tracer) Rename(name string) { t.name = name }

func (t *tracer) Set(attr slog.Attr) { t.attrs[attr.Key] = attr.Value.String() }

func (t *tracer) End(error) { t.ended++ }

func (*tracer) IDs() (trace, span string) { return "t", "s" }

const traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"

func TestOnlyTrustedCallersDecideWhatIsTraced(t *testing.T) {
	t.Parallel()
	callers, err := middleware.ParseProxies([]string{"10.0.0.0/8"})
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name    string
		peer    string
		callers *middleware.Proxies
		header  http.Header
		want    telemetry.Root
	}{
		{"a trusted caller", "10.1.2.3:9", callers, http.Header{"Traceparent": {traceparent}, "Tracestate": {"a=b"}}, telemetry.Root{Parent: traceparent, State: "a=b"}},
		{"a trusted caller without state", "10.1.2.3:9", callers, http.Header{"Traceparent": {traceparent}}, telemetry.Root{Parent: traceparent}},
		{"a trusted caller with too much state", "10.1.2.3:9", callers, http.Header{"Traceparent": {traceparent}, "Tracestate": {strings.Repeat("a", 600)}}, telemetry.Root{Parent: traceparent}},
		{"a stranger", "192.0.2.1:9", callers, http.Header{"Traceparent": {traceparent}, "Tracestate": {"a=b"}}, telemetry.Root{}},
		{"a stranger behind a name", "192.0.2.1:9", callers, http.Header{"Traceparent": {traceparent}, "X-Forwarded-For": {"10.1.2.3"}}, telemetry.Root{}},
		{"nobody is trusted", "10.1.2.3:9", nil, http.Header{"Traceparent": {traceparent}}, telemetry.Root{}},
		{"two of them", "10.1.2.3:9", callers, http.Header{"Traceparent": {traceparent, traceparent}}, telemetry.Root{}},
		{"state alone", "10.1.2.3:9", callers, http.Header{"Tracestate": {"a=b"}}, telemetry.Root{}},
	} {
		var seen tracer
		handler := middleware.Trace(middleware.Tracing{Tracer: &seen, Callers: test.callers}, http.NotFoundHandler())
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/auth/me", nil)
		r.RemoteAddr, r.Header = test.peer, test.header
		handler.ServeHTTP(httptest.NewRecorder(), r)
		test.want.Name = http.MethodGet
		if len(seen.roots) != 1 || seen.ended != 1 {
			t.Fatalf("%s: %d traces, %d ended", test.name, len(seen.roots), seen.ended)
		}
		if diff := cmp.Diff(test.want, seen.roots[0]); diff != "" {
			t.Errorf("%s: %s", test.name, diff)
		}
	}
}

func TestTheSpanOfARequestIsNamedByItsRoute(t *testing.T) {
	t.Parallel()
	var seen tracer
	mux := http.NewServeMux()
	var inside string
	mux.HandleFunc("GET /users/{id}", func(_ http.ResponseWriter, r *http.Request) {
		inside = telemetry.RequestID(r.Context())
		if !telemetry.SpanOf(r.Context()).Traced() {
			t.Error("the handler's work is not traced")
		}
	})
	quiet := slog.New(slog.DiscardHandler)
	handler := middleware.Log(middleware.Logger{Log: quiet, Clock: clock.System{}}, mux)
	handler = middleware.Trace(middleware.Tracing{Tracer: &seen}, middleware.Identify(nil, handler))
	handler.ServeHTTP(httptest.NewRecorder(), httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/users/7?token=spr_secret", nil))
	want := map[string]string{"method": "GET", "route": "GET /users/{id}", "status": "200", "bytes": "0", "request_id": inside}
	if diff := cmp.Diff(want, seen.attrs); diff != "" || seen.name != "GET /users/{id}" || seen.ended != 1 {
		t.Errorf("span %q, ended %d times: %s", seen.name, seen.ended, diff)
	}
	for _, probe := range []string{"/livez", "/readyz"} {
		handler.ServeHTTP(httptest.NewRecorder(), httptest.NewRequestWithContext(t.Context(), http.MethodGet, probe, nil))
	}
	if len(seen.roots) != 1 {
		t.Error("probes of health are traced")
	}
}
