package otlp_test

import (
	"context"
	"crypto/x509"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	collogs "go.opentelemetry.io/proto/otlp/collector/logs/v1"
	"google.golang.org/protobuf/proto"

	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/telemetry"
	"github.com/sallyport-auth/sallyport/internal/telemetry/otlp"
	"github.com/sallyport-auth/sallyport/internal/telemetry/otlp/otlptest"
	"github.com/sallyport-auth/sallyport/internal/waittest"
)

// hang never answers, until the client gives up.
func hang(_ http.ResponseWriter, r *http.Request) {
	_, _ = io.Copy(io.Discard, r.Body)
	<-r.Context().Done()
}

func status(code int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "spr_"+hidden, code) }
}

func TestALogCallNeverWaits(t *testing.T) {
	t.Parallel()
	c := otlptest.Start(t)
	c.Answer(hang)
	w := start(t, otlp.Quick(otlp.Options{Endpoint: c.URL, Traces: 1}, 64, time.Minute, 50*time.Millisecond))
	w.log.InfoContext(t.Context(), "first")
	waittest.Until(t, "an attempt hangs", func() bool { return len(c.Headers()) > 0 })
	const lines = 5000
	began := time.Now()
	for range lines {
		w.log.InfoContext(t.Context(), "line")
		_, span := telemetry.Begin(t.Context(), w.Tracer(), telemetry.Root{Name: "n"})
		span.End(nil)
	}
	if took := time.Since(began); took > patience { // waiting for the collector would take most of an hour
		t.Errorf("%d lines took %v", lines, took)
	}
	began = time.Now()
	w.stop()
	if took := time.Since(began); took > patience { // a minute, if it were not cut short
		t.Errorf("the stop took %v", took)
	}
	for _, name := range []string{"otlp_logs", "otlp_spans"} {
		got := w.count(name, "dropped")
		if want := uint64(lines); got < want || got > want+1 || w.count(name, "exported") != 0 {
			t.Errorf("%s: %d dropped, %d exported", name, got, w.count(name, "exported"))
		}
	}
	if w.told("telemetry is not shipped") > 2 || w.told("telemetry was lost") != 2 {
		t.Errorf("told: %s", tail(w.local.String()))
	}
}

func tail(s string) string { return s[max(0, len(s)-2000):] }

func TestABusyOrAbsentCollectorGetsTheLinesLater(t *testing.T) {
	t.Parallel()
	for name, trouble := range map[string]http.HandlerFunc{
		"503":        status(http.StatusServiceUnavailable),
		"429":        status(http.StatusTooManyRequests),
		"502":        status(http.StatusBadGateway),
		"504":        status(http.StatusGatewayTimeout),
		"a cut line": func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) },
		"half an answer": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "10")
			_, _ = io.WriteString(w, "1")
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := otlptest.Start(t)
			c.Answer(trouble)
			w := start(t, otlp.Quick(otlp.Options{Endpoint: c.URL}, 64, time.Minute, time.Second))
			w.log.InfoContext(t.Context(), "kept")
			waittest.Until(t, "it was tried three times", func() bool { return len(c.Headers()) >= 3 })
			c.Answer(nil)
			waittest.Until(t, "the line arrives", func() bool { return len(c.Logs()) == 1 })
			w.stop()
			if w.count("otlp_logs", "exported") != 1 || w.count("otlp_logs", "failed") != 0 || w.told("telemetry is not shipped") != 1 {
				t.Errorf("%v, %s", w.tally.Snapshot(), w.local.String())
			}
			if strings.Contains(w.local.String(), hidden) {
				t.Error("what the collector answered is in the log")
			}
		})
	}
}

func TestABatchIsGivenUp(t *testing.T) {
	t.Parallel()
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	w := start(t, otlp.Quick(otlp.Options{Endpoint: gone.URL}, 64, 20*time.Millisecond, time.Second))
	w.log.InfoContext(t.Context(), "lost")
	waittest.Until(t, "it is given up", func() bool { return w.count("otlp_logs", "failed") == 1 })
	w.stop()
	if w.told("telemetry is not shipped") != 1 || w.told("connection refused") != 1 || w.told(`"telemetry was lost","what":"logs","lost":1`) != 1 {
		t.Error(w.local.String())
	}
}

func TestARefusedBatchIsNotTriedAgain(t *testing.T) {
	t.Parallel()
	for _, code := range []int{http.StatusBadRequest, http.StatusUnauthorized, http.StatusNotFound, http.StatusInternalServerError, http.StatusFound} {
		t.Run(strconv.Itoa(code), func(t *testing.T) {
			t.Parallel()
			c := otlptest.Start(t)
			c.Answer(status(code))
			w := start(t, otlp.Quick(otlp.Options{Endpoint: c.URL}, 64, time.Minute, time.Second))
			for n := range 3 {
				w.log.InfoContext(t.Context(), "refused")
				waittest.Until(t, "it is refused", func() bool { return w.count("otlp_logs", "refused") == uint64(n)+1 })
			}
			w.stop()
			if len(c.Headers()) != 3 || w.told("telemetry is not shipped") != 1 || w.told(`"reason":"`+strconv.Itoa(code)+" ") != 1 {
				t.Errorf("%d requests, %s", len(c.Headers()), w.local.String())
			}
			if strings.Contains(w.local.String(), hidden) || strings.Contains(c.Text(), "telemetry") {
				t.Error("a failure of shipping was shipped, or its answer logged")
			}
		})
	}
}

func TestWhatIsPartlyRefusedIsCounted(t *testing.T) {
	t.Parallel()
	c := otlptest.Start(t)
	c.Answer(func(w http.ResponseWriter, _ *http.Request) {
		body, _ := proto.Marshal(&collogs.ExportLogsServiceResponse{
			PartialSuccess: &collogs.ExportLogsPartialSuccess{RejectedLogRecords: 2, ErrorMessage: "spr_" + hidden},
		})
		w.Header().Set("Content-Type", "application/x-protobuf")
		_, _ = w.Write(body)
	})
	w := start(t, otlp.Quick(otlp.Options{Endpoint: c.URL}, 64, time.Minute, time.Second))
	for range 5 {
		w.log.InfoContext(t.Context(), "line")
	}
	w.stop()
	if got := w.count("otlp_logs", "refused") + w.count("otlp_logs", "exported"); got != 5 || w.count("otlp_logs", "refused") < 2 {
		t.Errorf("%v", w.tally.Snapshot())
	}
	if strings.Contains(w.local.String(), hidden) {
		t.Error("what the collector answered is in the log")
	}
}

// TestTheEndOfTroubleIsTold moves the clock: a pair of lines comes once a
// minute at most.
func TestTheEndOfTroubleIsTold(t *testing.T) {
	t.Parallel()
	c := otlptest.Start(t)
	fake := clock.NewFake()
	w := start(t, otlp.Quick(otlp.Options{Endpoint: c.URL, Clock: fake}, 64, time.Minute, time.Second))
	ship := func(answer http.HandlerFunc, outcome string) {
		c.Answer(answer)
		was := w.count("otlp_logs", outcome)
		w.log.InfoContext(t.Context(), "line")
		waittest.Until(t, outcome, func() bool { return w.count("otlp_logs", outcome) == was+1 })
	}
	for range 5 {
		ship(status(http.StatusBadRequest), "refused")
		ship(nil, "exported")
	}
	if w.told("telemetry is not shipped") != 1 || w.told("telemetry is shipped again") != 0 {
		t.Error(w.local.String())
	}
	fake.Advance(2 * time.Minute)
	ship(nil, "exported")
	waittest.Until(t, "the end is told", func() bool { return w.told(`"telemetry is shipped again","what":"logs","lost":5`) == 1 })
	if strings.Contains(c.Text(), "telemetry is") {
		t.Error("what is said about shipping was shipped")
	}
}

func TestTheStopFlushesEverything(t *testing.T) {
	t.Parallel()
	c := otlptest.Start(t)
	w := start(t, otlp.Options{Endpoint: c.URL})
	for range 1500 {
		w.log.InfoContext(t.Context(), "line")
	}
	w.stop()
	if got := len(c.Logs()); got != 1500 {
		t.Errorf("%d of 1500 lines arrived", got)
	}
	w.log.InfoContext(t.Context(), "too late")
	if w.count("otlp_logs", "dropped") != 1 || w.count("otlp_logs", "exported") != 1500 {
		t.Errorf("%v", w.tally.Snapshot())
	}
}

func TestCertificatesAreVerified(t *testing.T) {
	t.Parallel()
	c := otlptest.StartTLS(t)
	c.Server.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)
	waittest.Until(t, "the certificate is refused", func() bool {
		err := probe(t, c)
		return err != nil && strings.Contains(err.Error(), "certificate")
	})
	if len(c.Headers()) != 0 {
		t.Errorf("%d requests came all the same", len(c.Headers()))
	}
	roots := x509.NewCertPool()
	roots.AddCert(c.Server.Certificate())
	known := start(t, otlp.Options{Endpoint: c.URL, RootCAs: roots})
	known.log.InfoContext(t.Context(), "for the collector")
	known.stop()
	if len(c.Logs()) != 1 {
		t.Error(known.local.String())
	}
}

func TestCredentialsDoNotFollowARedirect(t *testing.T) {
	t.Parallel()
	c, elsewhere := otlptest.Start(t), otlptest.Start(t)
	c.Answer(func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, elsewhere.URL+r.URL.Path, http.StatusTemporaryRedirect)
	})
	w := start(t, otlp.Options{Endpoint: c.URL, Headers: map[string]string{"Authorization": "Bearer " + hidden}})
	w.log.InfoContext(t.Context(), "line")
	w.stop()
	if len(elsewhere.Headers()) != 0 || w.count("otlp_logs", "refused") != 1 || strings.Contains(w.local.String(), hidden) {
		t.Errorf("%d requests went elsewhere, %s", len(elsewhere.Headers()), w.local.String())
	}
}

// TestAnAnswerIsReadUpToABound has a collector that never stops talking.
func TestAnAnswerIsReadUpToABound(t *testing.T) {
	t.Parallel()
	c := otlptest.Start(t)
	var written atomic.Int64
	c.Answer(func(w http.ResponseWriter, r *http.Request) {
		for r.Context().Err() == nil {
			n, err := w.Write(make([]byte, 32<<10))
			written.Add(int64(n))
			if err != nil {
				return
			}
		}
	})
	w := start(t, otlp.Quick(otlp.Options{Endpoint: c.URL}, 64, time.Minute, time.Second))
	w.log.InfoContext(t.Context(), "line")
	waittest.Until(t, "it counts as taken", func() bool { return w.count("otlp_logs", "exported") == 1 })
	if got := written.Load(); got > 64<<20 {
		t.Errorf("%d bytes were taken", got)
	}
}

func probe(t *testing.T, c *otlptest.Collector) error {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	return otlp.Probe(ctx, otlp.Options{
		Endpoint: c.URL, Traces: 1e-12, Clock: clock.System{}, Local: telemetry.NewLogger(io.Discard, telemetry.Options{}),
	})
}

func TestProbeSaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	c := otlptest.Start(t)
	if err := probe(t, c); err != nil || len(c.Logs()) != 1 || len(c.Spans()) != 1 {
		t.Errorf("%v, %v, %v", err, c.Logs(), c.Spans())
	}
	c.Answer(status(http.StatusForbidden))
	if err := probe(t, c); err == nil || !strings.Contains(err.Error(), "403 Forbidden") || strings.Contains(err.Error(), hidden) {
		t.Errorf("%v", err)
	}
}
