package httphook_test

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/egress"
	"github.com/sallyport-auth/sallyport/internal/hook"
	"github.com/sallyport-auth/sallyport/internal/hook/httphook"
)

var message = hook.Message{ID: "msg_1", Timestamp: "1700000000", Signature: "v1,abc", Body: []byte(`{"type":"a"}`)}

// sender may reach this machine, but for some ports of it.
func sender(t *testing.T, own ...uint16) *httphook.Client {
	t.Helper()
	rules, err := egress.ParseRules([]string{"127.0.0.1"})
	if err != nil {
		t.Fatal(err)
	}
	return httphook.New(egress.New(egress.Options{Rules: rules, OwnPorts: own, Timeout: 5 * time.Second}))
}

func TestAMessageArrivesAsItIs(t *testing.T) {
	t.Parallel()
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var got bytes.Buffer
		_, _ = got.ReadFrom(r.Body)
		if r.Method != http.MethodPost || got.String() != string(message.Body) || r.Header.Get("Webhook-Id") != message.ID ||
			r.Header.Get("Webhook-Timestamp") != message.Timestamp || r.Header.Get("Webhook-Signature") != message.Signature ||
			r.Header.Get("Content-Type") != "application/json" {
			t.Errorf("arrived: %s %v %q", r.Method, r.Header, got.String())
		}
		w.WriteHeader(http.StatusAccepted)
	}))
	defer srv.Close()
	a, err := sender(t).Send(t.Context(), srv.URL+"/hooks", message, 64)
	if err != nil || a.Status != http.StatusAccepted {
		t.Errorf("the answer is %+v (%v), want 202", a, err)
	}
}

// TestNoRedirectIsFollowed: an endpoint that is let in could lead anywhere.
func TestNoRedirectIsFollowed(t *testing.T) {
	t.Parallel()
	var reached atomic.Int32
	inner := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { reached.Add(1) }))
	defer inner.Close()
	for _, status := range []int{301, 302, 303, 307, 308} {
		srv := httptest.NewServer(http.RedirectHandler(inner.URL, status))
		a, err := sender(t).Send(t.Context(), srv.URL, message, 64)
		srv.Close()
		if err != nil || a.Status != status {
			t.Errorf("%d: the answer is %+v (%v)", status, a, err)
		}
	}
	if n := reached.Load(); n != 0 {
		t.Errorf("%d redirects were followed", n)
	}
}

// TestWhereItMayNotConnect: an address that no rule names, a port of the server
// itself, and a proxy of the environment, which is not asked.
func TestWhereItMayNotConnect(t *testing.T) {
	var reached atomic.Int32
	srv := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { reached.Add(1) }))
	defer srv.Close()
	t.Setenv("HTTP_PROXY", srv.URL)
	t.Setenv("HTTPS_PROXY", srv.URL)
	port := netip.MustParseAddrPort(srv.Listener.Addr().String()).Port()
	none := httphook.New(egress.New(egress.Options{Timeout: 5 * time.Second}))
	for name, send := range map[string]func() error{
		"no rule":      func() error { _, err := none.Send(t.Context(), srv.URL+"/s3cret", message, 64); return err },
		"own listener": func() error { _, err := sender(t, port).Send(t.Context(), srv.URL+"/s3cret", message, 64); return err },
		"without TLS":  func() error { _, err := none.Send(t.Context(), "http://8.8.8.8/s3cret", message, 64); return err },
		"cloud metadata": func() error {
			_, err := none.Send(t.Context(), "https://169.254.169.254/s3cret", message, 64)
			return err
		},
	} {
		err := send()
		if !errors.Is(err, egress.ErrRefused) {
			t.Errorf("%s: %v, want it refused", name, err)
		}
		if err != nil && strings.Contains(err.Error(), "s3cret") {
			t.Errorf("%s: the error holds the path: %v", name, err)
		}
	}
	if n := reached.Load(); n != 0 {
		t.Errorf("%d messages arrived", n)
	}
}

// TestALongAnswerIsCut: an endpoint that answers without end is let go of.
func TestALongAnswerIsCut(t *testing.T) {
	t.Parallel()
	var wrote atomic.Int64
	over := make(chan struct{})
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer close(over)
		for block := bytes.Repeat([]byte("x"), 1<<10); r.Context().Err() == nil; {
			n, err := w.Write(block)
			if wrote.Add(int64(n)); err != nil {
				return
			}
		}
	}))
	defer srv.Close()
	a, err := sender(t).Send(t.Context(), srv.URL, message, 64)
	if err != nil || a.Status != http.StatusOK {
		t.Errorf("the answer is %+v (%v), want 200", a, err)
	}
	<-over
}

// TestAStopEndsIt: a caller that gives up does not wait for an endpoint.
func TestAStopEndsIt(t *testing.T) {
	t.Parallel()
	arrived, release := make(chan struct{}), make(chan struct{})
	srv := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { close(arrived); <-release }))
	defer srv.Close()
	defer close(release)
	ctx, cancel := context.WithCancel(t.Context())
	go func() { <-arrived; cancel() }()
	if _, err := sender(t).Send(ctx, srv.URL, message, 64); !errors.Is(err, context.Canceled) {
		t.Errorf("%v, want it canceled", err)
	}
}
