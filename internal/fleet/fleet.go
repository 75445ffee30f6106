// Package fleet starts real servers for private use: MySQL, MariaDB, PostgreSQL,
// Redis and nginx, each in a folder of its own, on a free port of the loopback
// address, with nobody else's data in it. Tests use it through package
// fleettest, and the developers' cluster (make cluster) uses it directly.
//
// # Life of a server
//
// A Start function makes the server's data, starts its process in the
// foreground and returns once it answers. [Server.Stop] ends it as its own
// tools would, [Server.Kill] as a power cut would; [Server.Restart] starts it
// again on the same port with the same data. [Server.Pause] stops the process
// without ending it (SIGSTOP), so that connections stay open and nobody
// answers; [Server.Resume] lets it go on. The servers die with the process that
// started them, however that ends.
//
// Durability is off unless asked for: these servers are killed, but the machine
// below them is not. Where eatmydata is installed, databases then do not wait for
// the disk at all: seventy changes of a schema take MariaDB half a second instead
// of several.
//
// [Proxy] stands between a client and a server and makes the network behave
// badly.
//
// A server that is not installed is an error that names what is missing. The
// product never imports this package: it stands on the top floor, below tests
// and tools alone.
package fleet

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"sync"
	"syscall"
	"time"
)

// patience is how long a server may take to answer after its start, and to end
// after it was asked to. It is a net against hanging for ever.
const patience = time.Minute

// ErrMissing is returned for a server that is not installed.
var ErrMissing = errors.New("not installed")

// Server is one running server.
type Server struct {
	Name string // "mysql", "mariadb", "postgres", "redis", "nginx"
	Addr string // host and port
	Dir  string // holds its data, its log and its socket

	program string
	args    []string
	env     []string            // that of this process if nil
	as      *syscall.Credential // nil for whoever runs this
	quit    syscall.Signal      // what it takes as a request to end
	answers func(ctx context.Context, addr string) error

	mu     sync.Mutex
	cmd    *exec.Cmd
	waited chan struct{}
	log    *os.File
}

// Address is the host and port that it listens on.
func (s *Server) Address() string { return s.Addr }

// Port is the number of the port that it listens on.
func (s *Server) Port() int {
	_, port, err := net.SplitHostPort(s.Addr)
	if err != nil {
		return 0
	}
	n, err := strconv.Atoi(port)
	if err != nil {
		return 0
	}
	return n
}

// LogFile is the path of what the server wrote.
func (s *Server) LogFile() string { return filepath.Join(s.Dir, s.Name+".log") }

// start runs the process and waits until it answers.
func (s *Server) start(ctx context.Context) error {
	log, err := os.OpenFile(s.LogFile(), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	cmd := exec.CommandContext(context.WithoutCancel(ctx), s.program, s.args...) //nolint:gosec // ours
	cmd.Dir, cmd.Env, cmd.Stdout, cmd.Stderr = s.Dir, s.env, log, log
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: s.as, Setpgid: true}
	dieWithParent(cmd.SysProcAttr)
	waited := make(chan struct{})
	started := make(chan error, 1)
	go func() {
		// A child that is to die with its parent dies with the thread that
		// started it, so that thread stays until the child has ended.
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		defer close(waited)
		err := cmd.Start()
		started <- err
		if err == nil {
			_ = cmd.Wait()
		}
	}()
	if err := <-started; err != nil {
		return errors.Join(fmt.Errorf("start %s: %w", s.Name, err), log.Close())
	}
	s.mu.Lock()
	s.cmd, s.waited, s.log = cmd, waited, log
	s.mu.Unlock()
	if err := s.wait(ctx); err != nil {
		tail := s.tail()
		s.Kill()
		return fmt.Errorf("%s on %s: %w\n%s", s.Name, s.Addr, err, tail)
	}
	return nil
}

// wait returns once the server answers.
func (s *Server) wait(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		err := s.ask(ctx)
		if err == nil {
			return nil
		}
		select {
		case <-s.waited:
			return errors.New("it ended by itself")
		case <-ctx.Done():
			return fmt.Errorf("it does not answer: %w", err)
		case <-tick.C:
		}
	}
}

func (s *Server) ask(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	return s.answers(ctx, s.Addr)
}

func (s *Server) tail() []byte {
	text, err := os.ReadFile(s.LogFile())
	if err != nil {
		return nil
	}
	return bytes.TrimSpace(text[max(0, len(text)-4000):])
}

// signal sends sig to the server, if it runs, and to the processes below it. What
// a stopped process is sent waits until it goes on, and it starts no more
// children, so the server itself comes first.
func (s *Server) signal(sig syscall.Signal) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.cmd == nil || s.cmd.Process == nil {
		return
	}
	_ = s.cmd.Process.Signal(sig)
	for _, child := range descendants(s.cmd.Process.Pid) {
		_ = syscall.Kill(child, sig)
	}
}

// Pause stops the server without ending it: connections stay open, and nobody
// answers.
func (s *Server) Pause() { s.signal(syscall.SIGSTOP) }

// Resume lets a paused server go on.
func (s *Server) Resume() { s.signal(syscall.SIGCONT) }

// Kill ends the server and its children at once and waits for its end.
func (s *Server) Kill() { s.end(syscall.SIGKILL) }

// Stop asks the server to end and waits for its end. Doing so twice is
// harmless.
func (s *Server) Stop() { s.end(s.quit) }

func (s *Server) end(sig syscall.Signal) {
	s.mu.Lock()
	waited, log, cmd := s.waited, s.log, s.cmd
	s.log, s.cmd = nil, nil
	s.mu.Unlock()
	if cmd == nil {
		return
	}
	children := descendants(cmd.Process.Pid)
	for _, child := range children {
		_ = syscall.Kill(child, syscall.SIGCONT)
	}
	_ = cmd.Process.Signal(syscall.SIGCONT)
	_ = cmd.Process.Signal(sig)
	if sig == syscall.SIGKILL { // nobody else tells them
		for _, child := range children {
			_ = syscall.Kill(child, sig)
		}
	}
	select {
	case <-waited:
	case <-time.After(patience):
		_ = cmd.Process.Kill()
		<-waited
	}
	_ = log.Close()
}

// Restart ends the server if it runs and starts it again on the same port with
// the same data.
func (s *Server) Restart(ctx context.Context) error {
	s.Stop()
	return s.start(ctx)
}

// open starts a server that describe gives for a port. The port is free when it
// is chosen; should somebody else take it before the server does, another one
// is tried.
func open(ctx context.Context, describe func(port int) *Server) (*Server, error) {
	var failed error
	for range 3 {
		port, err := FreePort()
		if err != nil {
			return nil, err
		}
		s := describe(port)
		if failed = s.start(ctx); failed == nil {
			return s, nil
		}
	}
	return nil, failed
}

// FreePort gives a port of the loopback address that nobody listens on.
func FreePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0") //nolint:noctx // at once
	if err != nil {
		return 0, fmt.Errorf("find a free port: %w", err)
	}
	addr, ok := l.Addr().(*net.TCPAddr)
	if !ok {
		return 0, errors.Join(errors.New("find a free port: no TCP address"), l.Close())
	}
	return addr.Port, l.Close()
}

func loopback(port int) string { return net.JoinHostPort("127.0.0.1", strconv.Itoa(port)) }

// program finds an executable by name, on the path or where Debian puts it.
func program(name string, elsewhere ...string) (string, error) {
	if path, err := exec.LookPath(name); err == nil {
		return path, nil
	}
	for _, pattern := range append(elsewhere, "/usr/sbin/"+name, "/usr/local/sbin/"+name) {
		found, err := filepath.Glob(pattern)
		if err == nil && len(found) > 0 {
			slices.Sort(found)
			return found[len(found)-1], nil
		}
	}
	return "", fmt.Errorf("%s: %w", name, ErrMissing)
}

// environment is that of a database server, in which fsync does nothing unless
// each commit is to reach the disk.
func environment(durable bool) []string {
	env := os.Environ() //nolint:forbidigo // it is handed on, not read
	if durable {
		return env
	}
	// Not by the program eatmydata, whose path of libraries MySQL's own loader does not read.
	if found, err := filepath.Glob("/usr/lib/*/libeatmydata.so"); err == nil && len(found) > 0 {
		env = append(env, "LD_PRELOAD="+found[0])
	}
	return env
}

// command runs a program that makes data to its end.
func command(ctx context.Context, as *syscall.Credential, name string, args ...string) error {
	cmd := exec.CommandContext(ctx, name, args...) //nolint:gosec // ours
	cmd.Env = environment(false)
	cmd.Dir = "/"
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: as}
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w\n%s", filepath.Base(name), err, bytes.TrimSpace(out))
	}
	return nil
}

// unprivileged gives the identity that servers run with which refuse to run as
// root, and hands dir to it; nil if this is not root. The folders above must let
// it through.
func unprivileged(dir string) (*syscall.Credential, error) {
	if os.Geteuid() != 0 {
		return nil, nil //nolint:nilnil // whoever runs this will do
	}
	u, err := user.Lookup("nobody")
	if err != nil {
		return nil, fmt.Errorf("find somebody to run a server as: %w", err)
	}
	uid, err := strconv.ParseUint(u.Uid, 10, 32)
	if err != nil {
		return nil, err
	}
	gid, err := strconv.ParseUint(u.Gid, 10, 32)
	if err != nil {
		return nil, err
	}
	for above := filepath.Dir(dir); above != "/"; above = filepath.Dir(above) {
		info, err := os.Stat(above)
		if err != nil {
			return nil, err
		}
		if info.Mode().Perm()&0o001 == 0 {
			if err := os.Chmod(above, info.Mode().Perm()|0o011); err != nil {
				return nil, err
			}
		}
	}
	err = filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return os.Chown(path, int(uid), int(gid)) //nolint:gosec // 32 bits
	})
	return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, err
}
