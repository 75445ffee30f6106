package e2e_test

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/apptest"
	"github.com/sallyport-auth/sallyport/internal/telemetry/otlp/otlptest"
	"github.com/sallyport-auth/sallyport/internal/waittest"
)

// collectorToken is a header's secret that no log may show.
const collectorToken = "src-7fQ2v1xkT0aWmZ"

// shipping is the environment of a server that ships everything to c.
func shipping(c *otlptest.Collector) []string {
	return []string{
		"SALLYPORT_OTLP_ENDPOINT=" + c.URL, "SALLYPORT_OTLP_HEADERS=X-Source=" + collectorToken, "SALLYPORT_OTLP_TRACES=1",
		"SALLYPORT_LOG_LEVEL=debug",
	}
}

func TestTheLogAndTracesAreShipped(t *testing.T) {
	t.Parallel()
	c := otlptest.Start(t)
	w := newWorld(t, shipping(c)...)
	w.remember(collectorToken)
	email := address(t, 1)
	tokens := w.join(t, email)
	renewed := w.refreshed(t, tokens.RefreshToken)
	refused := w.Post(t, "/auth/login", credentials{email, "a wrong password 9"}).Want(t, http.StatusUnauthorized, "invalid_credentials")
	w.remember("a wrong password 9")
	w.Do(t, apptest.Request{Method: http.MethodPost, Path: "/auth/logout", Bearer: renewed.AccessToken}).Want(t, http.StatusOK, "")
	id := refused.Header.Get("X-Request-ID")
	waittest.Until(t, "the trace and the line of the last request arrive", func() bool {
		return slices.ContainsFunc(c.Spans(), func(s otlptest.Span) bool { return s.Name == "POST /auth/logout" }) &&
			slices.ContainsFunc(c.Logs(), func(l otlptest.Log) bool { return l.Attrs["route"] == "POST /auth/logout" }) &&
			within(c.Spans(), "job mail", "sql.query")
	})
	if err := w.server.Stop(); err != nil {
		t.Fatal(err)
	}

	// The last line was flushed before the process ended: no waiting here.
	logs, spans := c.Logs(), c.Spans()
	if !slices.ContainsFunc(logs, func(l otlptest.Log) bool { return l.Body == "ready" && l.Severity == "INFO" }) ||
		!slices.ContainsFunc(logs, func(l otlptest.Log) bool { return l.Body == "stopped" }) {
		t.Error("the first or the last line is missing")
	}
	n := slices.IndexFunc(logs, func(l otlptest.Log) bool { return l.Body == "request" && l.Attrs["request_id"] == id })
	if n < 0 {
		t.Fatalf("no line of request %s in %d lines", id, len(logs))
	}
	line := logs[n]
	if line.Attrs["route"] != "POST /auth/login" || line.Attrs["status"] != "401" || line.TraceID == "" || line.SpanID == "" {
		t.Errorf("line %+v", line)
	}
	if line.Resource["service.name"] != "sallyport" || line.Resource["service.version"] == "" || line.Resource["service.instance.id"] == "" {
		t.Errorf("resource %v", line.Resource)
	}
	if !strings.Contains(w.server.Log(), `"trace_id":"`+line.TraceID+`"`) {
		t.Error("the local log does not name the trace")
	}
	for _, want := range []struct{ root, inner string }{
		{"POST /auth/sign_up", "account.sign_up"},
		{"POST /auth/sign_up", "password.hash"},
		{"POST /auth/sign_up", "sql.tx"},
		{"POST /auth/verify-email", "account.verify_email"},
		{"POST /auth/login", "login.with_password"},
		{"POST /auth/login", "password.verify"},
		{"POST /auth/refresh", "session.refresh"},
		{"POST /auth/logout", "sql.tx"},
		{"job mail", "sql.query"},
	} {
		if !within(spans, want.root, want.inner) {
			t.Errorf("no span %s in a trace of %s", want.inner, want.root)
		}
	}
	job := slices.IndexFunc(spans, func(s otlptest.Span) bool { return s.Name == "job mail" })
	if job < 0 || !slices.ContainsFunc(spans, func(s otlptest.Span) bool {
		return s.Name == "sql.tx" && s.Attrs["job_id"] == spans[job].Attrs["job_id"] && s.TraceID != spans[job].TraceID
	}) {
		t.Error("nothing leads from a job to what enqueued it")
	}
	for _, s := range spans {
		if s.TraceID == line.TraceID && s.Parent == "0000000000000000" && s.Attrs["request_id"] != id {
			t.Errorf("the trace of request %s is of %q", id, s.Attrs["request_id"])
		}
	}
	w.wantNoSecrets(t, "what was shipped", c.Text())
	w.wantNoSecrets(t, "the local log", w.server.Log())
	if strings.Contains(c.Text(), email) {
		t.Error("an address was shipped")
	}
	for _, h := range c.Headers() {
		if h.Get("X-Source") != collectorToken {
			t.Error("a request came without the header that was set")
		}
	}
	if c.Gzipped() != len(c.Headers()) {
		t.Errorf("%d of %d bodies were compressed", c.Gzipped(), len(c.Headers()))
	}
}

// within reports whether a trace whose root has one name holds a span of the
// other.
func within(spans []otlptest.Span, root, inner string) bool {
	for _, r := range spans {
		if r.Name == root && slices.ContainsFunc(spans, func(s otlptest.Span) bool { return s.Name == inner && s.TraceID == r.TraceID }) {
			return true
		}
	}
	return false
}

// wantNoSecrets looks for every secret of this run in text.
func (w *world) wantNoSecrets(t *testing.T, where, text string) {
	t.Helper()
	w.secretsMu.Lock()
	defer w.secretsMu.Unlock()
	if len(w.secrets) < 4 || text == "" {
		t.Fatalf("%d secrets to look for in %d bytes", len(w.secrets), len(text))
	}
	for secret := range w.secrets {
		if strings.Contains(text, secret) {
			t.Errorf("%s holds the secret %.8s...", where, secret)
		}
	}
}

func TestBetterStackTakesItsToken(t *testing.T) {
	t.Parallel()
	c := otlptest.Start(t)
	w := newWorld(t, "BetterStack="+collectorToken, "SALLYPORT_OTLP_ENDPOINT="+c.URL)
	w.remember(collectorToken)
	w.join(t, address(t, 1))
	waittest.Until(t, "lines arrive", func() bool { return len(c.Logs()) > 0 })
	for _, h := range c.Headers() {
		if h.Get("Authorization") != "Bearer "+collectorToken {
			t.Fatal("a request came without the token")
		}
	}
	w.wantNoSecrets(t, "what was shipped", c.Text())
	w.wantNoSecrets(t, "the local log", w.server.Log())
}

// TestTroubleWithTheCollectorIsNoTroubleOfTheServer has a collector that takes
// connections and never answers, and one that is not there.
func TestTroubleWithTheCollectorIsNoTroubleOfTheServer(t *testing.T) {
	t.Parallel()
	hanging := otlptest.Start(t)
	release := make(chan struct{})
	t.Cleanup(func() { close(release) })
	hanging.Answer(func(_ http.ResponseWriter, r *http.Request) {
		select {
		case <-release:
		case <-r.Context().Done():
		}
	})
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	for name, endpoint := range map[string]string{"it hangs": hanging.URL, "it is not there": gone.URL} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, "SALLYPORT_OTLP_ENDPOINT="+endpoint, "SALLYPORT_OTLP_TRACES=1")
			w.join(t, address(t, 1))
			metrics := w.server.Ops
			waittest.Until(t, "the local log tells", func() bool {
				return strings.Contains(w.server.Log(), "telemetry is not shipped")
			})
			if text := string(metrics.Get(t, "/metrics", "").Body); !strings.Contains(text, `sallyport_otlp_logs_total{outcome="exported"} 0`) {
				t.Error("metrics do not tell that nothing was exported")
			}
			began := time.Now()
			if err := w.server.Stop(); err != nil {
				t.Fatal(err)
			}
			// Three seconds to flush, and something for a slow machine; to wait for
			// the collector would take a minute.
			if took := time.Since(began); took > 20*time.Second {
				t.Errorf("the stop took %v", took)
			}
			log := w.server.Log()
			if n := strings.Count(log, `"telemetry is not shipped","what":"logs"`); n != 1 {
				t.Errorf("told %d times that logs are not shipped", n)
			}
			if !strings.Contains(log, "telemetry was lost") {
				t.Error("not told at the end what was lost")
			}
		})
	}
}

func TestTheDoctorLooksAtTheCollector(t *testing.T) {
	t.Parallel()
	c := otlptest.Start(t)
	examine := func(env ...string) (string, int) {
		out, errs, code := apptest.Run(t.Context(), t, apptest.Options{Env: env}, nil, "doctor")
		return out + errs, code
	}
	out, code := examine("SALLYPORT_OTLP_ENDPOINT=" + c.URL)
	if code != 0 || !strings.Contains(out, c.URL+" takes records from us") || len(c.Logs()) != 1 || len(c.Spans()) != 1 {
		t.Errorf("code %d, %d records, %d spans\n%s", code, len(c.Logs()), len(c.Spans()), out)
	}
	c.Answer(func(w http.ResponseWriter, _ *http.Request) {
		http.Error(w, "who are you? "+collectorToken, http.StatusUnauthorized)
	})
	out, code = examine("SALLYPORT_OTLP_ENDPOINT="+c.URL, "BetterStack="+collectorToken)
	if code != 1 || !strings.Contains(out, "401 Unauthorized") || strings.Contains(out, collectorToken) {
		t.Errorf("code %d\n%s", code, out)
	}
}
