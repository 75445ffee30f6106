package e2e_test

import (
	"bufio"
	"cmp"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/apptest"
	"github.com/sallyport-auth/sallyport/internal/fleet/fleettest"
)

// publicURL is the server's where no test sets another: it is in iss and aud.
const publicURL = "http://localhost:8080"

// backend is somebody else's program in its own process, which protects GET /orders
// with one of the packages that follow the feed.
type backend struct {
	*apptest.Client

	language string
}

// language is one that backends are written in.
type language struct {
	name string
	// promised is how soon after its answer 99 of 100 logouts count in the backend.
	promised time.Duration
	command  func(t *testing.T) *exec.Cmd
	// notCurrent is what the backend does while it does not hear of revocations:
	// refuse, unless it is set.
	notCurrent string
}

// languages are those that backends are written in; in the quick loop, Go alone.
func languages(t *testing.T) []language {
	t.Helper()
	all := []language{
		{name: "Go", promised: 100 * time.Millisecond, command: goBackend},
		{name: "Python", promised: 500 * time.Millisecond, command: pythonBackend},
		{name: "TypeScript", promised: 500 * time.Millisecond, command: nodeBackend},
	}
	if len(fleettest.Servers(t)) == 0 {
		return all[:1]
	}
	return all
}

func goBackend(t *testing.T) *exec.Cmd {
	t.Helper()
	program := filepath.Join(t.TempDir(), "guarded")
	build := exec.CommandContext(t.Context(), "go", "build", "-o", program, ".")
	build.Dir = "guarded"
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("build the guarded program: %v\n%s", err, out)
	}
	return exec.Command(program) // start sets what ends it
}

// pythonBackend runs in the environment into which `make python` installs the wheel.
func pythonBackend(t *testing.T) *exec.Cmd {
	t.Helper()
	python, err := filepath.Abs("../.tools/python/bin/python")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(python); err != nil {
		t.Fatalf("the Python client is not installed (%v): make python", err)
	}
	return exec.Command(python, "guarded/main.py")
}

// nodeBackend runs with the package as `make typescript` packs it.
func nodeBackend(t *testing.T) *exec.Cmd {
	t.Helper()
	packed, _ := filepath.Glob("../dist/sallyport-guard-*.tgz")
	if len(packed) != 1 {
		t.Fatalf("the TypeScript client is packed %d times, want once: make typescript", len(packed))
	}
	dir := t.TempDir()
	guard := filepath.Join(dir, "node_modules", "@sallyport", "guard")
	installed, err := filepath.Abs("../clients/typescript/node_modules")
	if err == nil {
		err = os.MkdirAll(guard, 0o700)
	}
	for _, name := range []string{"express", "jose"} {
		if err == nil {
			err = os.Symlink(filepath.Join(installed, name), filepath.Join(dir, "node_modules", name))
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	unpack := exec.CommandContext(t.Context(), "tar", "-xzf", packed[0], "-C", guard, "--strip-components=1")
	if out, err := unpack.CombinedOutput(); err != nil {
		t.Fatalf("unpack the TypeScript client: %v\n%s", err, out)
	}
	program, err := os.ReadFile("guarded/main.mjs")
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, "main.mjs"), program, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	return exec.Command("node", filepath.Join(dir, "main.mjs"))
}

// backend starts one as the client given. It reaches the server at address, and
// knows the revocations of maxStaleness ago at least, or says that it does not.
func (w *world) backend(t *testing.T, l language, c clientShown, address string, maxStaleness time.Duration) *backend {
	t.Helper()
	run := l.command(t)
	log := &strings.Builder{}
	run.Stderr = log
	run.Env = []string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + t.TempDir(), "PYTHONDONTWRITEBYTECODE=1",
		"ISSUER=" + publicURL, "AUDIENCE=" + publicURL, "SERVER=" + address, "CLIENT_ID=" + c.ClientID, "CLIENT_SECRET=" + c.Secret,
		"NOT_CURRENT=" + cmp.Or(l.notCurrent, "refuse"),
		"MAX_STALENESS=" + strconv.FormatFloat(maxStaleness.Seconds(), 'f', -1, 64),
	}
	out, err := run.StdoutPipe()
	if err == nil {
		err = run.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.WithoutCancel(t.Context()))
	context.AfterFunc(ctx, func() { _ = run.Process.Kill() })
	t.Cleanup(func() {
		stop()
		_ = run.Wait()
		if t.Failed() {
			t.Logf("the log of the program in %s:\n%s", l.name, log)
		}
		if strings.Contains(log.String(), c.Secret) {
			t.Errorf("the secret of the client is in the log of its program in %s", l.name)
		}
	})
	said, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		stop()
		_ = run.Wait()
		t.Fatalf("the program in %s does not start: %s", l.name, log)
	}
	return &backend{Client: apptest.NewClient(strings.TrimSpace(said)), language: l.name}
}

// client makes a client of the server's by the command line.
func (w *world) client(t *testing.T, clientID string) clientShown {
	t.Helper()
	c := clientCommand[clientShown](t, w.operator(), "create", "--name", clientID, "--client-id", clientID)
	w.remember(c.Secret)
	return c
}
