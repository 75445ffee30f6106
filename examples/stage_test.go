package examples_test

import (
	"context"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/apptest"
	"github.com/sallyport-auth/sallyport/internal/fleet"
	"github.com/sallyport-auth/sallyport/internal/waittest"
)

// startPatience bounds the start of a tutorial, which installs what the application
// needs. It takes some seconds on two cores that have nothing else to do.
const startPatience = 5 * time.Minute

// stage is a tutorial that was started in a copy of its folder.
type stage struct {
	tutorial

	server, app *apptest.Client
	dir         string
	checkout    string
	env         []string
	moved       func(string) string // to the ports of this run
}

// start copies the folder, and runs the commands of the README that start what is
// not published yet. All of it ends with the test.
func (tut tutorial) start(t *testing.T) *stage {
	t.Helper()
	s := &stage{tutorial: tut, dir: t.TempDir(), checkout: checkout(t)}
	if err := os.CopyFS(s.dir, os.DirFS(tut.folder)); err != nil {
		t.Fatal(err)
	}
	s.edit(t, tut.source, tut.stepUp, tut.soon)
	server, app := freePort(t), freePort(t)
	s.server, s.app = apptest.NewClient("http://localhost:"+server), apptest.NewClient("http://localhost:"+app)
	s.moved = strings.NewReplacer("localhost:8080", "localhost:"+server, "localhost:8000", "localhost:"+app, "/path/to/sallyport", s.checkout).Replace
	s.env = append(os.Environ(),
		"SALLYPORT_LISTEN=127.0.0.1:"+server, "SALLYPORT_OPS_LISTEN=127.0.0.1:0", "SALLYPORT_PUBLIC_URL="+s.server.URL, "SALLYPORT_LOG_FORMAT=json",
		"PORT="+app, "ISSUER="+s.server.URL,
		// What the registries have was fetched before, for this Python.
		"PATH="+filepath.Join(fetched(t, "python"), "bin")+":"+os.Getenv("PATH"),
		"PIP_NO_INDEX=1", "PIP_DISABLE_PIP_VERSION_CHECK=1", "npm_config_offline=true", "npm_config_cache="+fetched(t, "npm"), "GOPROXY=off")
	if tut.untilExpiry {
		s.env = append(s.env, "SALLYPORT_ACCESS_TOKEN_TTL="+lifetime.String())
	}
	s.mavenOffline(t)
	block := regexp.MustCompile("(?s)```sh start\n(.*?)```").FindStringSubmatch(s.readme(t))
	if block == nil {
		t.Fatal("the README does not say how to start what is not published")
	}
	s.serve(t, s.moved(block[1]))
	return s
}

// mavenOffline leads Maven to what was fetched, where an application is built by it.
func (s *stage) mavenOffline(t *testing.T) {
	t.Helper()
	if _, err := os.Stat(filepath.Join(s.dir, "pom.xml")); err != nil {
		return
	}
	err := os.Mkdir(filepath.Join(s.dir, ".mvn"), 0o700)
	if err == nil {
		err = os.WriteFile(filepath.Join(s.dir, ".mvn/maven.config"), []byte("--offline\n-Dmaven.repo.local="+fetched(t, "maven")+"\n"), 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// serve runs a script until the test ends, and waits until both the server and the
// application answer: one that follows no feed may be the first.
func (s *stage) serve(t *testing.T, script string) {
	t.Helper()
	log, err := os.Create(filepath.Join(t.TempDir(), "log"))
	if err != nil {
		t.Fatal(err)
	}
	run := exec.CommandContext(context.WithoutCancel(t.Context()), "sh", "-c", "set -eu\n"+script)
	run.Dir, run.Env, run.Stdout, run.Stderr = s.dir, s.env, log, log
	run.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // Ctrl-C is for all of them
	if err := run.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- run.Wait() }()
	t.Cleanup(func() {
		s.interrupt(t, run.Process.Pid)
		_ = log.Close()
	})
	waittest.Within(t, startPatience, s.folder+" starts", func() bool {
		select {
		case err := <-ended:
			said, _ := os.ReadFile(log.Name())
			t.Fatalf("%s ended: %v\n%s", s.folder, err, said)
		default:
		}
		return s.answers(t, s.server, "/readyz", http.StatusOK) && s.answers(t, s.app, "/orders", http.StatusUnauthorized)
	})
}

// answers reports whether a path has the status, now that everything starts.
func (s *stage) answers(t *testing.T, from *apptest.Client, path string, status int) bool {
	t.Helper()
	a, err := from.Try(t, apptest.Request{Method: http.MethodGet, Path: path})
	return err == nil && a.Status == status
}

// interrupt presses Ctrl-C, and expects that nothing is left running.
func (s *stage) interrupt(t *testing.T, group int) {
	t.Helper()
	_ = syscall.Kill(-group, syscall.SIGINT)
	if !waittest.Check(t, s.folder+" ends by Ctrl-C", func() bool { return syscall.Kill(-group, 0) != nil }) {
		_ = syscall.Kill(-group, syscall.SIGKILL)
	}
}

func (s *stage) readme(t *testing.T) string {
	t.Helper()
	return readFile(t, filepath.Join(s.dir, "README.md"))
}

// edit changes the copy of a file.
func (s *stage) edit(t *testing.T, name, from, to string) {
	t.Helper()
	path := filepath.Join(s.dir, name)
	text := readFile(t, path)
	if strings.Count(text, from) != 1 {
		t.Fatalf("%s has %q not once", name, from)
	}
	if err := os.WriteFile(path, []byte(strings.Replace(text, from, to, 1)), 0o600); err != nil {
		t.Fatal(err)
	}
}

// checkout is a folder as `make packages` leaves it, with the program of this test
// run, and with what else pip needs beside our wheel.
func checkout(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	link := func(target, name string) {
		t.Helper()
		target, err := filepath.Abs(target)
		if err == nil {
			err = os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o700)
		}
		if err == nil {
			err = os.Symlink(target, filepath.Join(dir, name))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	link(apptest.Binary(t), "bin/sallyport")
	link("../guard", "guard")
	for pattern, to := range map[string]string{
		"../dist/sallyport-guard-*.tgz": "dist", "../dist/python/*.whl": "dist/python", filepath.Join(fetched(t, "wheels"), "*.whl"): "dist/python",
	} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatalf("there is no %s (%v): make examples-needs", pattern, err)
		}
		for _, file := range files {
			link(file, filepath.Join(to, filepath.Base(file)))
		}
	}
	return dir
}

// fetched is a folder that `make examples-needs` filled.
func fetched(t *testing.T, name string) string {
	t.Helper()
	dir, err := filepath.Abs(filepath.Join("..", ".tools", "examples", name))
	if err == nil {
		_, err = os.Stat(dir)
	}
	if err != nil {
		t.Fatalf("what the examples need is not there (%v): make examples-needs", err)
	}
	return dir
}

func freePort(t *testing.T) string {
	t.Helper()
	port, err := fleet.FreePort()
	if err != nil {
		t.Fatal(err)
	}
	return strconv.Itoa(port)
}

func readFile(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
