package fleettest

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/fleet"
)

func TestDatabasesKeepTheirDataOverARestart(t *testing.T) {
	t.Parallel()
	OnEachServer(t, func(t *testing.T, name string) {
		server := StartServer(t, name, fleet.Options{Durable: true})
		must(t, name, server.CreateDatabase(t.Context(), "kept"))
		must(t, name, server.Exec(t.Context(), "kept", "CREATE TABLE t (n INTEGER NOT NULL PRIMARY KEY)"))
		must(t, name, server.Exec(t.Context(), "kept", "INSERT INTO t (n) VALUES (1)"))
		server.Kill()
		if err := server.Exec(t.Context(), "kept", "SELECT 1"); err == nil {
			t.Errorf("%s answers after it was killed", name)
		}
		must(t, name, server.Restart(t.Context()))
		if err := server.Exec(t.Context(), "kept", "INSERT INTO t (n) VALUES (1)"); err == nil {
			t.Errorf("%s has forgotten a row that was committed", name)
		}
	})
}

func must(t *testing.T, what string, err error) {
	t.Helper()
	if err != nil {
		t.Fatalf("%s: %v", what, err)
	}
}

func TestRedisForgetsFreezesAndGoesOn(t *testing.T) {
	t.Parallel()
	r := StartRedis(t, fleet.Options{})
	do := func(want string, words ...string) {
		t.Helper()
		if got, err := r.Do(t.Context(), words...); err != nil || got != want {
			t.Errorf("%v gives %q, %v; want %q", words, got, err, want)
		}
	}
	do("+OK", "SET", "k", "v")
	must(t, "flush", r.FlushAll(t.Context()))
	do("$-1", "GET", "k")
	r.Pause()
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	if _, err := r.Do(ctx, "PING"); err == nil {
		t.Error("a paused Redis answers")
	}
	r.Resume()
	do("+PONG", "PING")
	r.Kill()
	must(t, "restart", r.Restart(t.Context()))
	do("+PONG", "PING")
}

// echo answers each line with the line.
func echo(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, "listen", err)
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go func() { _, _ = io.Copy(conn, conn) }()
		}
	}()
	return l.Addr().String()
}

func TestProxySwallowsFallsSilentCutsAndRefuses(t *testing.T) {
	t.Parallel()
	p := StartProxy(t, echo(t))
	connect := func() (net.Conn, func(line string) (string, error)) {
		conn, err := net.Dial("tcp", p.Addr)
		must(t, "dial", err)
		t.Cleanup(func() { _ = conn.Close() })
		answers := bufio.NewReader(conn)
		return conn, func(line string) (string, error) {
			if _, err := fmt.Fprintln(conn, line); err != nil {
				return "", err
			}
			got, err := answers.ReadString('\n')
			return strings.TrimSpace(got), err
		}
	}
	_, say := connect()
	if got, err := say("hello"); err != nil || got != "hello" {
		t.Fatalf("through the proxy: %q, %v", got, err)
	}
	swallowed := p.SwallowAnswer("COMMIT")
	if got, err := say("COMMIT"); err == nil {
		t.Errorf("the answer that should be swallowed is %q", got)
	}
	<-swallowed
	_, say = connect()
	if got, err := say("COMMIT"); err != nil || got != "COMMIT" {
		t.Errorf("the trap sprang twice: %q, %v", got, err)
	}
	p.Silence(true)
	heard := make(chan string, 1)
	go func() {
		got, err := say("patience")
		heard <- fmt.Sprint(got, err)
	}()
	select {
	case got := <-heard:
		t.Errorf("through the silence came %s", got)
	case <-time.After(50 * time.Millisecond): // that long nothing came
	}
	p.Silence(false)
	if got := <-heard; got != "patience<nil>" {
		t.Errorf("after the silence came %s", got)
	}
	p.Cut()
	if got, err := say("after the cut"); err == nil {
		t.Errorf("a cut connection answers %q", got)
	}
	p.Refuse(true)
	_, say = connect()
	if got, err := say("refused"); err == nil {
		t.Errorf("a refused connection answers %q", got)
	}
}

func TestNginxPassesOnToWhoeverIsThere(t *testing.T) {
	t.Parallel()
	upstream := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.WriteString(w, r.Header.Get("X-Forwarded-For"))
	}))
	t.Cleanup(upstream.Close)
	port, err := fleet.FreePort()
	must(t, "port", err)
	n := StartNginx(t, 0, upstream.Listener.Addr().String(), fmt.Sprintf("127.0.0.1:%d", port))
	for range 4 {
		resp, err := http.Get("http://" + n.Addr + "/x")
		must(t, "get", err)
		body, err := io.ReadAll(resp.Body)
		must(t, "read", errors.Join(err, resp.Body.Close()))
		if resp.StatusCode != http.StatusOK || string(body) != "127.0.0.1" {
			t.Errorf("%d %q", resp.StatusCode, body)
		}
	}
}
