package e2e_test

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sys/unix"

	"github.com/sallyport-auth/sallyport/internal/apptest"
	"github.com/sallyport-auth/sallyport/internal/waittest"
)

// TestADatabaseThatIsTakenAwayIsNotWritten has somebody remove, rename or replace
// what the database consists of while the server runs. Nothing is acknowledged
// that would be lost.
func TestADatabaseThatIsTakenAwayIsNotWritten(t *testing.T) {
	t.Parallel()
	move := func(name string) func(folder string) (back func() error, err error) {
		return func(folder string) (func() error, error) {
			path := filepath.Join(folder, name)
			return func() error { return os.Rename(path+".away", path) }, os.Rename(path, path+".away")
		}
	}
	for name, mishap := range map[string]func(folder string) (back func() error, err error){
		"the file is renamed":   move("sallyport.db"),
		"the log is renamed":    move("sallyport.db-wal"),
		"the folder is renamed": move(""),
		"the file is replaced": func(folder string) (func() error, error) {
			path := filepath.Join(folder, "sallyport.db")
			text, err := os.ReadFile(path)
			if err == nil {
				err = os.WriteFile(path+".copy", text, 0o600)
			}
			if err == nil {
				err = os.Link(path, path+".away")
			}
			if err == nil {
				err = os.Rename(path+".copy", path)
			}
			return func() error { return os.Rename(path+".away", path) }, err
		},
		"the file is removed": func(folder string) (func() error, error) {
			return nil, os.Remove(filepath.Join(folder, "sallyport.db"))
		},
		"the log is removed": func(folder string) (func() error, error) {
			return nil, os.Remove(filepath.Join(folder, "sallyport.db-wal"))
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newEmbedded(t, quiet)
			email := address(t, 1)
			w.join(t, email)
			back, err := mishap(w.server.DataDir)
			if err != nil {
				t.Fatal(err)
			}
			for n := range 5 {
				w.Post(t, "/auth/sign_up", credentials{address(t, 10+n), password}).Want(t, http.StatusServiceUnavailable, "")
			}
			waittest.Until(t, "the log says so", func() bool { return strings.Contains(w.server.Log(), "files were taken away") })
			w.server.Ops.Get(t, "/readyz", "").Want(t, http.StatusServiceUnavailable, "")
			if back == nil {
				return
			}
			if err := back(); err != nil {
				t.Fatal(err)
			}
			waittest.Until(t, "the server is ready again", func() bool {
				a, err := w.server.Ops.Try(t, apptest.Request{Method: http.MethodGet, Path: "/readyz"})
				return err == nil && a.Status == http.StatusOK
			})
			w.login(t, email, password)
		})
	}
}

// TestADiskThatIsFullIsSaid lets the server write no file any more, as a quota
// does.
func TestADiskThatIsFullIsSaid(t *testing.T) {
	t.Parallel()
	w := newEmbedded(t, quiet)
	email := address(t, 1)
	w.join(t, email)
	limit := func(bytes uint64) {
		t.Helper()
		if err := unix.Prlimit(w.server.PID(), unix.RLIMIT_FSIZE, &unix.Rlimit{Cur: bytes, Max: unix.RLIM_INFINITY}, nil); err != nil {
			t.Fatal(err)
		}
	}
	status := func() int {
		a, err := w.server.Ops.Try(t, apptest.Request{Method: http.MethodGet, Path: "/readyz"})
		if err != nil {
			t.Fatal(err)
		}
		return a.Status
	}
	limit(0)
	waittest.Until(t, "readiness turns red", func() bool { return status() == http.StatusServiceUnavailable })
	w.Post(t, "/auth/sign_up", credentials{address(t, 2), password}).Want(t, http.StatusServiceUnavailable, "")
	limit(unix.RLIM_INFINITY)
	waittest.Until(t, "readiness turns green", func() bool { return status() == http.StatusOK })
	w.login(t, email, password)
}
