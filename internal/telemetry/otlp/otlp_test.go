package otlp_test

import (
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/telemetry"
	"github.com/sallyport-auth/sallyport/internal/telemetry/otlp"
	"github.com/sallyport-auth/sallyport/internal/telemetry/otlp/otlptest"
)

const hidden = "c2VjcmV0LXZhbHVl-hunter2"

func TestLinesArriveAsTheyStandInTheLocalLog(t *testing.T) {
	t.Parallel()
	c := otlptest.Start(t)
	w := start(t, otlp.Options{Endpoint: c.URL + "/", Headers: map[string]string{"X-Key": "k"}})
	ctx := telemetry.WithRequestID(t.Context(), "01J")
	w.log.With(slog.String("room", "session")).WarnContext(ctx, "seen spr_"+hidden,
		slog.String("password", hidden), slog.Any("error", fmt.Errorf("parse: %w", errors.New("spw_"+hidden))),
		slog.Int("tries", 3), slog.Duration("took", time.Second), slog.Group("client", slog.String("cookie", hidden), slog.String("kind", "browser")),
		slog.Any("thing", struct{ T string }{"spr_" + hidden}))
	w.log.DebugContext(t.Context(), "not of a request")
	w.stop()
	logs := c.Logs()
	if len(logs) != 2 {
		t.Fatalf("%d lines arrived", len(logs))
	}
	want := map[string]string{
		"room": "session", "password": telemetry.Redacted, "error": "parse: " + telemetry.Redacted, "tries": "3", "took": "1000000000",
		"thing": "{T:" + telemetry.Redacted + "}", "request_id": "01J",
	}
	group := logs[0].Attrs["client"]
	delete(logs[0].Attrs, "client")
	if diff := cmp.Diff(want, logs[0].Attrs); diff != "" {
		t.Error(diff)
	}
	if !strings.Contains(group, "browser") || !strings.Contains(group, telemetry.Redacted) {
		t.Errorf("group %s", group)
	}
	if logs[0].Body != "seen "+telemetry.Redacted || logs[0].Severity != "WARN" || logs[1].Severity != "DEBUG" || logs[1].TraceID != "" {
		t.Errorf("lines %+v", logs)
	}
	about := logs[0].Resource
	if about["service.name"] != "sallyport" || about["service.version"] != "1.2.3" || len(about["service.instance.id"]) != 36 {
		t.Errorf("resource %v", about)
	}
	if strings.Contains(c.Text(), hidden) {
		t.Errorf("a secret was shipped: %s", c.Text())
	}
	if h := c.Headers()[0]; h.Get("X-Key") != "k" || h.Get("User-Agent") != "sallyport/1.2.3" || c.Gzipped() != len(c.Headers()) {
		t.Errorf("headers %v", h)
	}
	if got := w.count("otlp_logs", "exported"); got != 2 {
		t.Errorf("%d records are counted as exported", got)
	}
	if w.Tracer() != nil {
		t.Error("traces although none are wanted")
	}
}

func TestSpansOfATraceBelongTogether(t *testing.T) {
	t.Parallel()
	c := otlptest.Start(t)
	w := start(t, otlp.Options{Endpoint: c.URL, Traces: 1})
	ctx, root := telemetry.Begin(t.Context(), w.Tracer(), telemetry.Root{Name: "POST"})
	inner, room := telemetry.Start(ctx, "session.refresh")
	room.Set(slog.String("token", hidden))
	_, query := telemetry.Start(inner, "sql.query")
	query.Set(slog.String("statement", "SELECT 1 WHERE id = ?"))
	w.log.InfoContext(inner, "within")
	query.End(store.ErrNotFound)
	room.End(fault.ErrUnavailable.WithCause(errors.New("spr_" + hidden)))
	root.Rename("POST /auth/refresh")
	root.Set(slog.Int("status", 503))
	root.Set(slog.String("route", "POST /auth/refresh"))
	root.End(nil)
	w.stop()

	spans := map[string]otlptest.Span{}
	for _, s := range c.Spans() {
		spans[s.Name] = s
	}
	r, m, q := spans["POST /auth/refresh"], spans["session.refresh"], spans["sql.query"]
	if len(spans) != 3 || m.Parent != r.SpanID || q.Parent != m.SpanID || r.TraceID != q.TraceID || r.TraceID != m.TraceID {
		t.Fatalf("spans %+v", spans)
	}
	for _, s := range []struct {
		span   otlptest.Span
		failed bool
		attrs  map[string]string
	}{
		{r, true, map[string]string{"http.response.status_code": "503", "http.route": "POST /auth/refresh"}},
		{m, true, map[string]string{"token": telemetry.Redacted, "error.type": "unavailable"}},
		{q, false, map[string]string{"db.query.text": "SELECT 1 WHERE id = ?", "error.type": "not_found"}},
	} {
		if diff := cmp.Diff(s.attrs, s.span.Attrs); diff != "" || s.span.Failed != s.failed {
			t.Errorf("%s, failed %v: %s", s.span.Name, s.span.Failed, diff)
		}
	}
	logs := c.Logs()
	if len(logs) != 1 || logs[0].TraceID != r.TraceID || logs[0].SpanID != m.SpanID {
		t.Errorf("line %+v of span %+v", logs, m)
	}
	if !strings.Contains(w.local.String(), `"trace_id":"`+r.TraceID+`","span_id":"`+m.SpanID+`"`) {
		t.Errorf("the local log does not name the span: %s", w.local.String())
	}
	if strings.Contains(c.Text(), hidden) {
		t.Errorf("a secret was shipped: %s", c.Text())
	}
}

// TestWhoDecidesWhatIsTraced has a ratio at which nothing is traced by chance.
func TestWhoDecidesWhatIsTraced(t *testing.T) {
	t.Parallel()
	const traceID = "4bf92f3577b34da6a3ce929d0e0e4736"
	c := otlptest.Start(t)
	w := start(t, otlp.Options{Endpoint: c.URL, Traces: 1e-12})
	for _, test := range []struct {
		name, parent string
		traced       bool
	}{
		{"nobody asks", "", false},
		{"the caller samples", "00-" + traceID + "-00f067aa0ba902b7-01", true},
		{"the caller does not", "00-" + traceID + "-00f067aa0ba902b7-00", false},
		{"what the caller says is no trace context", "00-" + traceID + "-01", false},
	} {
		ctx, span := telemetry.Begin(t.Context(), w.Tracer(), telemetry.Root{Name: test.name, Parent: test.parent, State: "vendor=1"})
		if span.Traced() != test.traced {
			t.Errorf("%s: traced %v", test.name, span.Traced())
		}
		if !test.traced {
			if inner, child := telemetry.Start(ctx, "inner"); inner != ctx || child.Traced() {
				t.Errorf("%s: work within is traced", test.name)
			}
			continue
		}
		if got, _ := span.IDs(); got != traceID {
			t.Errorf("%s: trace %s", test.name, got)
		}
		span.End(nil)
	}
	w.stop()
	if got := len(c.Spans()); got != 1 {
		t.Errorf("%d spans arrived", got)
	}
}

func TestTheRatioIsKept(t *testing.T) {
	t.Parallel()
	c := otlptest.Start(t)
	w := start(t, otlp.Options{Endpoint: c.URL, Traces: 0.25})
	traced := 0
	for range 4000 {
		_, span := telemetry.Begin(t.Context(), w.Tracer(), telemetry.Root{Name: "n"})
		if span.Traced() {
			traced++
		}
	}
	if traced < 800 || traced > 1200 { // seven standard deviations
		t.Errorf("%d of 4000 are traced at a quarter", traced)
	}
}

// TestTheEnvironmentOfOpenTelemetryIsNotRead sets everything that would send
// records elsewhere, or others with them.
func TestTheEnvironmentOfOpenTelemetryIsNotRead(t *testing.T) {
	c, elsewhere := otlptest.Start(t), otlptest.Start(t)
	for name, value := range map[string]string{
		"OTEL_EXPORTER_OTLP_ENDPOINT": elsewhere.URL, "OTEL_EXPORTER_OTLP_LOGS_ENDPOINT": elsewhere.URL + "/v1/logs",
		"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": elsewhere.URL + "/v1/traces", "OTEL_EXPORTER_OTLP_HEADERS": "X-From=environment",
		"OTEL_EXPORTER_OTLP_PROTOCOL": "http/json", "OTEL_EXPORTER_OTLP_COMPRESSION": "none", "OTEL_EXPORTER_OTLP_TIMEOUT": "1",
		"OTEL_EXPORTER_OTLP_CERTIFICATE": "/nowhere.pem", "OTEL_TRACES_SAMPLER": "always_off", "OTEL_SERVICE_NAME": "another",
		"OTEL_RESOURCE_ATTRIBUTES":             "service.name=another,k8s.pod.name=auth-0",
		"OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT":      "0",
		"OTEL_LOGRECORD_ATTRIBUTE_COUNT_LIMIT": "0", "HTTP_PROXY": elsewhere.URL, "http_proxy": elsewhere.URL,
	} {
		t.Setenv(name, value)
	}
	w := start(t, otlp.Options{Endpoint: c.URL, Traces: 1})
	w.log.InfoContext(t.Context(), "here", slog.Int("n", 1))
	_, span := telemetry.Begin(t.Context(), w.Tracer(), telemetry.Root{Name: "n"})
	span.Set(slog.Int("n", 1))
	span.End(nil)
	w.stop()
	logs, spans := c.Logs(), c.Spans()
	if len(elsewhere.Headers()) != 0 || len(logs) != 1 || len(spans) != 1 || c.Gzipped() != len(c.Headers()) {
		t.Fatalf("%d requests went elsewhere; %v, %v", len(elsewhere.Headers()), logs, spans)
	}
	if logs[0].Attrs["n"] != "1" || spans[0].Attrs["n"] != "1" {
		t.Errorf("%+v, %+v", logs[0], spans[0])
	}
	for _, about := range []map[string]string{logs[0].Resource, spans[0].Resource} {
		if about["service.name"] != "sallyport" || about["k8s.pod.name"] != "auth-0" {
			t.Errorf("resource %v", about)
		}
	}
	for _, h := range c.Headers() {
		if h.Get("X-From") != "" {
			t.Error("headers were taken from the environment")
		}
	}
}
