package e2e_test

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/apptest"
	"github.com/sallyport-auth/sallyport/internal/waittest"
)

// piped is a server whose log goes into a pipe that the test holds.
type piped struct {
	*apptest.Client

	ops *apptest.Client
	cmd *exec.Cmd
	log *os.File
}

// startPiped starts a server and reads its log until it is ready, and no further.
func startPiped(t *testing.T) *piped {
	t.Helper()
	embeddedOnly(t)
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	p := &piped{log: r}
	o := apptest.Options{DataDir: t.TempDir(), Env: []string{quiet}}
	p.cmd = exec.CommandContext(context.WithoutCancel(t.Context()), apptest.Binary(t), "serve")
	p.cmd.Env, p.cmd.Stderr = o.Environ(), w
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = p.cmd.Process.Kill()
		_ = p.cmd.Wait()
		_ = r.Close()
	})
	_ = w.Close()
	// A byte at a time: what is read ahead would make room in the pipe.
	lines := bufio.NewReaderSize(oneByOne{r}, 16)
	for {
		text, err := lines.ReadString('\n')
		if err != nil {
			t.Fatal(err)
		}
		var line struct {
			Msg       string `json:"msg"`
			Listen    string `json:"listen"`
			OpsListen string `json:"ops_listen"`
		}
		if json.Unmarshal([]byte(text), &line) == nil && line.Msg == "ready" {
			p.Client, p.ops = apptest.NewClient("http://"+line.Listen), apptest.NewClient("http://"+line.OpsListen)
			return p
		}
	}
}

type oneByOne struct{ io.Reader }

func (r oneByOne) Read(p []byte) (int, error) { return r.Reader.Read(p[:1]) }

// wrongRefresh is a request that is logged.
func (p *piped) wrongRefresh(t *testing.T) {
	t.Helper()
	p.Post(t, "/auth/refresh", map[string]string{"refresh_token": "nobody's"}).Want(t, http.StatusUnauthorized, "")
}

// TestALogThatNobodyReadsHoldsNoAnswerUp fills the pipe and the queue before it.
func TestALogThatNobodyReadsHoldsNoAnswerUp(t *testing.T) {
	t.Parallel()
	p := startPiped(t)
	lost := func() bool { return droppedLines(t, p.ops) }
	for n := 0; n < 100_000 && (n%500 != 0 || !lost()); n++ {
		p.wrongRefresh(t)
	}
	if !lost() {
		t.Fatal("no line was dropped: the queue was never full")
	}
	p.wrongRefresh(t)
	read := bufio.NewScanner(p.log)
	for read.Scan() {
		if strings.Contains(read.Text(), "lines of the log were lost") {
			return
		}
		if strings.Contains(read.Text(), `"msg":"request"`) {
			continue
		}
	}
	t.Errorf("nobody said that lines were lost: %v", read.Err())
}

// droppedLines reports whether a process says that it dropped lines of its log.
func droppedLines(t *testing.T, ops *apptest.Client) bool {
	t.Helper()
	for line := range strings.Lines(string(ops.Get(t, "/metrics", "").Want(t, http.StatusOK, "").Body)) {
		if strings.HasPrefix(line, "sallyport_log_lines") && strings.Contains(line, "dropped") {
			return !strings.HasSuffix(strings.TrimSpace(line), " 0")
		}
	}
	t.Fatal("nobody counts dropped lines")
	return false
}

// TestAClosedLogEndsNothing takes the reader of the log away.
func TestAClosedLogEndsNothing(t *testing.T) {
	t.Parallel()
	p := startPiped(t)
	if err := p.log.Close(); err != nil {
		t.Fatal(err)
	}
	for range 20 {
		p.wrongRefresh(t)
	}
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Wait(); err != nil {
		t.Errorf("the server ends with %v", err)
	}
}

// TestEverySignalIsAnsweredOnPurpose sends what tools send.
func TestEverySignalIsAnsweredOnPurpose(t *testing.T) {
	t.Parallel()
	embeddedOnly(t)
	p := apptest.Start(t, apptest.Options{})
	client := apptest.NewClient(p.URL)
	for _, s := range []syscall.Signal{syscall.SIGHUP, syscall.SIGUSR1, syscall.SIGUSR2} {
		if err := syscall.Kill(p.PID(), s); err != nil {
			t.Fatal(err)
		}
		waittest.Until(t, s.String()+" is spoken of", func() bool { return strings.Contains(p.Log(), `"signal":"`+s.String()+`"`) })
	}
	for _, s := range []syscall.Signal{syscall.SIGPIPE, syscall.SIGXFSZ} {
		if err := syscall.Kill(p.PID(), s); err != nil {
			t.Fatal(err)
		}
	}
	client.Get(t, "/.well-known/jwks.json", "").Want(t, http.StatusOK, "")
	if err := p.Signal(syscall.SIGQUIT); err != nil || !strings.Contains(p.Log(), `"msg":"stopped"`) {
		t.Errorf("SIGQUIT does not stop gracefully: %v\n%s", err, p.Log())
	}
}

// TestASecondSignalEndsAtOnce has a client keep a stop from ending.
func TestASecondSignalEndsAtOnce(t *testing.T) {
	t.Parallel()
	embeddedOnly(t)
	p := apptest.Start(t, apptest.Options{})
	conn, err := net.Dial("tcp", p.Address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	if _, err := io.WriteString(conn, "POST /auth/login HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Kill(p.PID(), syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	waittest.Until(t, "the server stops", func() bool {
		a, err := p.Ops.Try(t, apptest.Request{Method: http.MethodGet, Path: "/readyz"})
		return err == nil && a.Status == http.StatusServiceUnavailable
	})
	began := time.Now()
	if err := p.Signal(syscall.SIGINT); err == nil {
		t.Error("the server stopped gracefully")
	}
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("the second signal took %v", took)
	}
}
