package middleware_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"runtime"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/middleware"
)

// stoppable is a server and when it has stopped.
type stoppable struct {
	*middleware.Server

	address string
	handled atomic.Int64
}

func newStoppable(t *testing.T) *stoppable {
	t.Helper()
	l, err := middleware.Listen(t.Context(), "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &stoppable{address: l.Addr().String()}
	s.Server = middleware.NewServer(l, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		s.handled.Add(1)
		w.WriteHeader(http.StatusNoContent)
	}), slog.New(slog.DiscardHandler))
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// serve answers, and gives what Serve returned.
func (s *stoppable) serve() <-chan error {
	ended := make(chan error, 1)
	go func() { ended <- s.Serve() }()
	return ended
}

func (s *stoppable) dial(t *testing.T) net.Conn {
	t.Helper()
	conn, err := net.Dial("tcp", s.address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	return conn
}

func write(t *testing.T, conn net.Conn, text string) {
	t.Helper()
	if _, err := io.WriteString(conn, text); err != nil {
		t.Error(err)
	}
}

func answer(conn net.Conn) error {
	resp, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err == nil && resp.StatusCode != http.StatusNoContent {
		err = fmt.Errorf("the status is %d", resp.StatusCode)
	}
	if err == nil {
		err = resp.Body.Close()
	}
	return err
}

const (
	begun = "POST / HTTP/1.1\r\nHost: here\r\n"
	asked = begun + "\r\n"
)

// TestWhoStandsInTheBacklogIsAnswered has clients that the system has connected
// and nobody has accepted when the server is told to stop.
func TestWhoStandsInTheBacklogIsAnswered(t *testing.T) {
	t.Parallel()
	s := newStoppable(t)
	var clients []net.Conn
	for range 100 {
		clients = append(clients, s.dial(t))
	}
	stopped := make(chan error, 1)
	go func() { stopped <- s.Stop(t.Context()) }()
	ended := s.serve()
	for n, c := range clients {
		write(t, c, asked)
		if err := answer(c); err != nil {
			t.Errorf("client %d: %v", n, err)
		}
		_ = c.Close()
	}
	if err := errors.Join(<-stopped, <-ended); err != nil {
		t.Error(err)
	}
	if _, err := net.Dial("tcp", s.address); !errors.Is(err, syscall.ECONNREFUSED) {
		t.Errorf("somebody is let in after the end: %v", err)
	}
}

// TestNobodyIsLetInWhileTheServerStops has clients that come without end: a stop
// is over all the same.
func TestNobodyIsLetInWhileTheServerStops(t *testing.T) {
	t.Parallel()
	s := newStoppable(t)
	ended := s.serve()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var crowd sync.WaitGroup
	for range 8 {
		crowd.Go(func() {
			for ctx.Err() == nil {
				conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", s.address)
				if err != nil {
					continue
				}
				write(t, conn, asked)
				if err := answer(conn); err != nil {
					t.Error(err)
				}
				_ = conn.Close()
			}
		})
	}
	for s.handled.Load() < 100 {
		runtime.Gosched()
	}
	inTime, stop := context.WithTimeout(t.Context(), 10*time.Second)
	defer stop()
	if err := errors.Join(s.Stop(inTime), <-ended); err != nil {
		t.Error(err)
	}
	cancel()
	crowd.Wait()
}

// TestARequestThatHasBegunIsAnswered has a client that keeps its connection and
// is in the midst of its next request when everybody else is asked to leave.
func TestARequestThatHasBegunIsAnswered(t *testing.T) {
	t.Parallel()
	s := newStoppable(t)
	ended := s.serve()
	busy, quiet := s.dial(t), s.dial(t)
	for _, c := range []net.Conn{busy, quiet} {
		write(t, c, asked)
		if err := answer(c); err != nil {
			t.Fatal(err)
		}
	}
	write(t, busy, begun)
	stopped := make(chan error, 1)
	go func() { stopped <- s.Stop(t.Context()) }()
	if _, err := quiet.Read(make([]byte, 1)); !errors.Is(err, io.EOF) {
		t.Errorf("the quiet connection ends with %v, want the end of the stream", err)
	}
	select {
	case err := <-stopped:
		t.Errorf("the server has stopped in the midst of a request: %v", err)
	default:
	}
	write(t, busy, "\r\n")
	if err := answer(busy); err != nil {
		t.Error(err)
	}
	if err := errors.Join(<-stopped, <-ended); err != nil || s.handled.Load() != 3 {
		t.Errorf("%d requests were handled, want 3; %v", s.handled.Load(), err)
	}
}

// TestAStopIsOverInTime has a client that never gets to the end of its request.
func TestAStopIsOverInTime(t *testing.T) {
	t.Parallel()
	s := newStoppable(t)
	ended := s.serve()
	slow := s.dial(t)
	write(t, slow, begun)
	ctx, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	if err := s.Stop(ctx); err == nil {
		t.Error("nobody says that a request was cut off")
	}
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if err := answer(slow); err == nil {
		t.Error("half a request was answered")
	}
}
