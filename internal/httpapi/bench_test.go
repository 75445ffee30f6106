package httpapi_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/httpapi"
	"github.com/sallyport-auth/sallyport/internal/telemetry"
)

// ask calls url with a bearer token from many connections.
func ask(b *testing.B, url, bearer string) {
	b.Helper()
	transport := &http.Transport{MaxIdleConnsPerHost: 64}
	defer transport.CloseIdleConnections()
	b.ReportAllocs()
	b.SetParallelism(8)
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			r, err := http.NewRequestWithContext(b.Context(), http.MethodGet, url, http.NoBody)
			if err != nil {
				b.Error(err)
				return
			}
			r.Header.Set("Authorization", "Bearer "+bearer)
			resp, err := transport.RoundTrip(r)
			if err != nil {
				b.Error(err)
				return
			}
			_, _ = io.Copy(io.Discard, resp.Body)
			_ = resp.Body.Close()
			if resp.StatusCode != http.StatusOK {
				b.Errorf("status %d", resp.StatusCode)
				return
			}
		}
	})
}

// quiet is a world that logs as in production, to nowhere.
func quiet(s *settings) {
	s.Log = telemetry.NewLogger(io.Discard, telemetry.Options{Level: "info", Format: "json"})
}

// BenchmarkBare is a handler of net/http that answers as many bytes as
// /auth/me: what the loopback and the client cost.
func BenchmarkBare(b *testing.B) {
	body := make([]byte, 330)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write(body)
	}))
	b.Cleanup(server.Close)
	ask(b, server.URL, "x")
}

// BenchmarkMe is GET /auth/me with everything: gates, verification, one read.
func BenchmarkMe(b *testing.B) {
	w := newWorld(b, quiet)
	tokens := w.join(b, "ada@people.example")
	ask(b, w.url+"/auth/me", tokens.AccessToken)
}

// BenchmarkMeHandler is the handler alone, without network.
func BenchmarkMeHandler(b *testing.B) {
	w := newWorld(b, quiet)
	tokens := w.join(b, "ada@people.example")
	handler := must(httpapi.New(w.with(func(*httpapi.Options) {})))
	b.ReportAllocs()
	for b.Loop() {
		r := httptest.NewRequest(http.MethodGet, "/auth/me", nil)
		r.Header.Set("Authorization", "Bearer "+tokens.AccessToken)
		answer := httptest.NewRecorder()
		handler.ServeHTTP(answer, r)
		if answer.Code != http.StatusOK {
			b.Fatalf("status %d", answer.Code)
		}
	}
}

// BenchmarkRefreshRefused is what garbage costs.
func BenchmarkRefreshRefused(b *testing.B) {
	w := newWorld(b, quiet, func(s *settings) { s.limits.On = false })
	handler := must(httpapi.New(w.options))
	b.ReportAllocs()
	for b.Loop() {
		r := httptest.NewRequest(http.MethodPost, "/auth/refresh", nil)
		r.Header.Set("Authorization", "Bearer spr_AAAA")
		handler.ServeHTTP(httptest.NewRecorder(), r)
	}
}
