package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// patience bounds every wait for something that takes milliseconds.
const patience = 30 * time.Second

// server is a running process that said where it listens.
type server struct {
	url    string
	dir    string
	env    []string // what it was started with beside the defaults
	cmd    *exec.Cmd
	client *http.Client
	// readyIn is the time from the start of the process to its ready line.
	readyIn time.Duration
}

// build makes the binary as it ships.
func (b *bench) build(ctx context.Context) error {
	cmd := exec.CommandContext(ctx, "go", "build", "-trimpath", "-ldflags", "-s -w", "-o", b.binary, "./cmd/sallyport")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("build: %w\n%s", err, out)
	}
	return nil
}

// serve starts the program on a data folder below dir. Limits are off, because
// one client stands for many.
func (b *bench) serve(ctx context.Context, name string, env ...string) (*server, error) {
	dir := filepath.Join(b.dir, name)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, b.binary, "serve")
	cmd.Env = append([]string{
		"HOME=" + dir, "SALLYPORT_DATA_DIR=" + dir, "SALLYPORT_LISTEN=127.0.0.1:0", "SALLYPORT_OPS_LISTEN=127.0.0.1:0",
		"SALLYPORT_LOG_FORMAT=json", "SALLYPORT_LOG_LEVEL=error", "SALLYPORT_RATE_LIMITS=off",
	}, env...)
	cmd.Stderr = os.Stderr
	s, err := launch(cmd, dir)
	if err == nil {
		s.env = env
	}
	return s, err
}

// launch starts cmd and reads the address from its first line, which ends with
// "listening on ADDRESS)".
func launch(cmd *exec.Cmd, dir string) (*server, error) {
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	started := time.Now()
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	readyIn := time.Since(started)
	_, address, found := strings.Cut(strings.TrimSpace(line), "listening on ")
	if err != nil || !found {
		return nil, errors.Join(fmt.Errorf("the server did not say where it listens: %q", line), cmd.Process.Kill(), cmd.Wait())
	}
	go func() { _, _ = io.Copy(io.Discard, out) }()
	return &server{
		url: "http://" + strings.TrimSuffix(address, ")"), dir: dir, cmd: cmd, readyIn: readyIn,
		client: &http.Client{Timeout: patience, Transport: &http.Transport{MaxIdleConnsPerHost: connections}},
	}, nil
}

// stop ends the process.
func (s *server) stop() error {
	s.client.CloseIdleConnections()
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		return err
	}
	return s.cmd.Wait()
}

// cpu is the processor time the process has used so far.
func (s *server) cpu() (time.Duration, error) {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", s.cmd.Process.Pid))
	if err != nil {
		return 0, err
	}
	// The name in parentheses may hold spaces; utime and stime are the 12th and
	// 13th fields after it, in hundredths of a second.
	_, rest, _ := strings.Cut(string(stat), ") ")
	fields := strings.Fields(rest)
	var user, system int64
	if _, err := fmt.Sscan(fields[11], &user); err != nil {
		return 0, err
	}
	if _, err := fmt.Sscan(fields[12], &system); err != nil {
		return 0, err
	}
	return time.Duration(user+system) * 10 * time.Millisecond, nil
}

// resident is the memory that the process holds, in bytes.
func (s *server) resident() (int64, error) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.cmd.Process.Pid))
	if err != nil {
		return 0, err
	}
	_, rest, _ := strings.Cut(string(status), "VmRSS:")
	var kib int64
	if _, err := fmt.Sscan(rest, &kib); err != nil {
		return 0, err
	}
	return kib * 1024, nil
}

// post sends a JSON body and decodes the answer, if it has the wanted status.
func (s *server) post(ctx context.Context, path string, body any, want int, into any) error {
	text, err := json.Marshal(body)
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, s.url+path, bytes.NewReader(text))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := s.client.Do(req)
	if err != nil {
		return err
	}
	answer, err := io.ReadAll(resp.Body)
	_ = resp.Body.Close()
	if err != nil {
		return err
	}
	if resp.StatusCode != want {
		return fmt.Errorf("POST %s: got %d, want %d: %s", path, resp.StatusCode, want, answer)
	}
	if into == nil {
		return nil
	}
	return json.Unmarshal(answer, into)
}

type credentials struct {
	Email    string `json:"email"`
	Password string `json:"password"`
}

type tokens struct {
	AccessToken  string `json:"access_token"`
	RefreshToken string `json:"refresh_token"`
}

const password = "violet umbrella 27"

// user makes a verified user by the command line, and signs in.
func (b *bench) user(ctx context.Context, s *server, email string) (tokens, error) {
	cmd := exec.CommandContext(ctx, b.binary, "user", "create", "--email", email, "--password-stdin", "--verified", "--data-dir", s.dir)
	cmd.Stdin = strings.NewReader(password)
	cmd.Env = append([]string{"HOME=" + s.dir}, s.env...)
	if out, err := cmd.CombinedOutput(); err != nil {
		return tokens{}, fmt.Errorf("user create: %w\n%s", err, out)
	}
	var t tokens
	return t, s.post(ctx, "/auth/login", credentials{email, password}, http.StatusOK, &t)
}
