// Package apptest starts the program as an operator would and talks to it as a
// backend would: the real binary, over real HTTP, with a real SMTP server
// behind it. Nothing in it knows the inside of a room.
package apptest

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/waittest"
)

// binary builds the program once for all tests of a test binary.
var binary = sync.OnceValues(func() (string, error) { //nolint:gochecknoglobals // one build for all tests
	dir, err := os.MkdirTemp("", "sallyport-test-*")
	if err != nil {
		return "", err
	}
	return Build(context.Background(), "", filepath.Join(dir, "sallyport"))
})

// Build builds the program of a checkout of this repository, the current one if
// source is empty, as it ships: static, without the race detector. No path is in
// it, so that a package which was built in one folder need not be built anew in
// another.
func Build(ctx context.Context, source, program string) (path string, err error) {
	cmd := exec.CommandContext(ctx, "go", "build", "-trimpath", "-o", program, "github.com/sallyport-auth/sallyport/cmd/sallyport")
	cmd.Dir, cmd.Env = source, append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build: %w\n%s", err, out)
	}
	return program, nil
}

// Binary gives the path of the program of this checkout.
func Binary(t testing.TB) string {
	t.Helper()
	path, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// Options says how to start a process. Env holds NAME=value pairs that win over
// the defaults: its own data folder, free ports, JSON log.
type Options struct {
	Program string // [Binary] if empty
	Command string // what runs; serve if empty
	Args    []string
	DataDir string // a new folder if empty
	Env     []string
}

// Process is a running server or worker. A worker has no URL but that of its
// operations listener.
type Process struct {
	URL     string
	Ops     *Client // of the operations listener
	DataDir string
	Address string // host and port of the API

	cmd     *exec.Cmd
	log     *syncBuffer
	stdout  *syncBuffer
	waited  chan struct{}
	waitErr error
}

// program is the path of what runs.
func (o Options) program(t testing.TB) string {
	t.Helper()
	if o.Program != "" {
		return o.Program
	}
	return Binary(t)
}

// Environ is the whole environment of a process: nothing is inherited but what
// a program needs to run at all.
func (o Options) Environ() []string {
	return append([]string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + o.DataDir,
		"SALLYPORT_DATA_DIR=" + o.DataDir, "SALLYPORT_LISTEN=127.0.0.1:0", "SALLYPORT_OPS_LISTEN=127.0.0.1:0",
		"SALLYPORT_LOG_FORMAT=json",
	}, o.Env...)
}

// Start runs `sallyport serve`, or another command that goes on, and waits until
// it is ready. It is killed when the test ends.
func Start(t testing.TB, o Options) *Process {
	t.Helper()
	p, err := TryStart(t, o)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// TryStart is [Start] for a process that may refuse to start.
func TryStart(t testing.TB, o Options) (*Process, error) {
	t.Helper()
	if o.DataDir == "" {
		o.DataDir = t.TempDir()
	}
	p := &Process{DataDir: o.DataDir, log: &syncBuffer{}, stdout: &syncBuffer{}, waited: make(chan struct{})}
	p.cmd = exec.CommandContext(context.WithoutCancel(t.Context()), o.program(t), append([]string{cmp.Or(o.Command, "serve")}, o.Args...)...)
	p.cmd.Env = o.Environ()
	p.cmd.Stderr, p.cmd.Stdout = p.log, p.stdout
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	go func() {
		p.waitErr = p.cmd.Wait()
		close(p.waited)
	}()
	t.Cleanup(p.Kill)
	for deadline := time.Now().Add(waittest.Patience); ; {
		if p.readAddresses() {
			return p, nil
		}
		select {
		case <-p.waited:
			return p, fmt.Errorf("the server ended: %w\n%s", p.waitErr, p.Log())
		case <-time.After(2 * time.Millisecond):
		}
		if time.Now().After(deadline) {
			return p, fmt.Errorf("the server is not ready after %v:\n%s", waittest.Patience, p.Log())
		}
	}
}

// readAddresses finds the line of the log that says where it listens, once
// standard output has said that it is ready.
func (p *Process) readAddresses() bool {
	if !strings.Contains(p.stdout.String(), "ready") {
		return false
	}
	lines := bufio.NewScanner(strings.NewReader(p.Log()))
	for lines.Scan() {
		var line struct {
			Msg       string `json:"msg"`
			Listen    string `json:"listen"`
			OpsListen string `json:"ops_listen"`
		}
		if json.Unmarshal(lines.Bytes(), &line) == nil && line.Msg == "ready" {
			if line.Listen != "" {
				p.Address, p.URL = line.Listen, "http://"+line.Listen
			}
			p.Ops = NewClient("http://" + line.OpsListen)
			return true
		}
	}
	return false
}

// Log is what the process wrote to standard error so far.
func (p *Process) Log() string { return p.log.String() }

// Stdout is what the process wrote to standard output so far.
func (p *Process) Stdout() string { return p.stdout.String() }

// PID is the process's identifier.
func (p *Process) PID() int { return p.cmd.Process.Pid }

// Kill ends the process at once, as a power cut would, and waits for its end.
func (p *Process) Kill() { _ = p.Signal(syscall.SIGKILL) }

// Stop asks the process to end and waits for it. It returns an error if the
// process did not exit with 0.
func (p *Process) Stop() error { return p.Signal(syscall.SIGTERM) }

// Signal sends s and waits for the end of the process.
func (p *Process) Signal(s os.Signal) error {
	if err := p.cmd.Process.Signal(s); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	select {
	case <-p.waited:
		return p.waitErr
	case <-time.After(2 * waittest.Patience):
		return errors.Join(fmt.Errorf("the process did not end on %v", s), p.cmd.Process.Kill())
	}
}

// Run runs another command of the program to its end.
func Run(ctx context.Context, t testing.TB, o Options, stdin io.Reader, args ...string) (stdout, stderr string, code int) {
	t.Helper()
	if o.DataDir == "" {
		o.DataDir = t.TempDir()
	}
	var out, errs bytes.Buffer
	cmd := exec.CommandContext(ctx, o.program(t), args...)
	cmd.Env, cmd.Stdin, cmd.Stdout, cmd.Stderr = o.Environ(), stdin, &out, &errs
	err := cmd.Run()
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		return out.String(), errs.String(), exit.ExitCode()
	}
	if err != nil {
		t.Fatal(err)
	}
	return out.String(), errs.String(), 0
}

// syncBuffer is a buffer that one goroutine writes while another reads.
type syncBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *syncBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *syncBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}
