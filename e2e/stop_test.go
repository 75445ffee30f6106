package e2e_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/apptest"
	"github.com/sallyport-auth/sallyport/internal/soaktest"
	"github.com/sallyport-auth/sallyport/internal/waittest"
)

// TestAStopAnswersWhatWasLetIn stops servers while connections are made as fast
// as they can be. Whoever was let in, be it into the listener's backlog alone,
// gets an answer.
func TestAStopAnswersWhatWasLetIn(t *testing.T) {
	t.Parallel()
	embeddedOnly(t)
	var answeredInAll, droppedInAll int64
	for range soaktest.Rounds(t, 20) {
		var answered, dropped atomic.Int64
		p := apptest.Start(t, apptest.Options{Env: []string{quiet}})
		noise := during(64, func(int) {
			switch status, err := refreshAlone(t.Context(), p.Address); {
			case errors.Is(err, errNotLetIn):
				hold(t, 5*time.Millisecond)
			case err != nil:
				dropped.Add(1)
				t.Logf("nobody answered: %v", err)
			case status != http.StatusUnauthorized:
				t.Errorf("the answer is %d", status)
			default:
				answered.Add(1)
			}
		})
		waittest.Until(t, "the load is there", func() bool { return answered.Load() > 500 })
		before := answered.Load()
		if err := p.Stop(); err != nil {
			t.Errorf("%v\n%s", err, p.Log())
		}
		noise.end()
		if dropped.Load() > 0 {
			t.Errorf("%d requests were let in and never answered", dropped.Load())
		}
		if answered.Load() == before {
			t.Error("nobody was answered during the stop: it was not under load")
		}
		answeredInAll += answered.Load()
		droppedInAll += dropped.Load()
	}
	soaktest.Report(t, "requests", int(answeredInAll+droppedInAll))
	soaktest.Report(t, "unanswered", int(droppedInAll))
}

// errNotLetIn is returned where no connection came about.
var errNotLetIn = errors.New("no connection")

// refreshAlone sends one request over a connection of its own, one that nobody
// may repeat, and gives the status of the answer.
func refreshAlone(ctx context.Context, address string) (int, error) {
	conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", address)
	if err != nil {
		return 0, fmt.Errorf("%w: %w", errNotLetIn, err)
	}
	defer func() { _ = conn.Close() }()
	const body = `{"refresh_token":"nobody's"}`
	_, err = fmt.Fprintf(conn, "POST /auth/refresh HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s",
		address, len(body), body)
	if err != nil {
		return 0, err
	}
	resp, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		return 0, err
	}
	_, err = io.Copy(io.Discard, resp.Body)
	return resp.StatusCode, errors.Join(err, resp.Body.Close())
}

// TestAStopEndsKeptConnectionsPolitely has clients that keep their connections:
// each is told to leave with an answer, or left alone until it is quiet.
func TestAStopEndsKeptConnectionsPolitely(t *testing.T) {
	t.Parallel()
	embeddedOnly(t)
	var answeredInAll, droppedInAll atomic.Int64
	for range soaktest.Rounds(t, 20) {
		var answered atomic.Int64
		p := apptest.Start(t, apptest.Options{Env: []string{quiet}})
		noise := during(16, func(worker int) {
			client := &http.Client{Transport: &http.Transport{MaxConnsPerHost: 1}}
			defer client.CloseIdleConnections()
			for {
				resp, err := client.Post(p.URL+"/auth/refresh", "application/json", strings.NewReader(`{"refresh_token":"nobody's"}`))
				if err != nil {
					if op, ok := errors.AsType[*net.OpError](err); !ok || op.Op != "dial" {
						droppedInAll.Add(1)
						t.Errorf("nobody answered: %v", err)
					}
					hold(t, 5*time.Millisecond)
					return
				}
				_, _ = io.Copy(io.Discard, resp.Body)
				_ = resp.Body.Close()
				answered.Add(1)
				hold(t, time.Duration(worker)*time.Millisecond)
			}
		})
		waittest.Until(t, "the load is there", func() bool { return answered.Load() > 500 })
		if err := p.Stop(); err != nil {
			t.Errorf("%v\n%s", err, p.Log())
		}
		noise.end()
		answeredInAll.Add(answered.Load())
	}
	soaktest.Report(t, "requests", int(answeredInAll.Load()+droppedInAll.Load()))
	soaktest.Report(t, "unanswered", int(droppedInAll.Load()))
}
