package store

import (
	"bufio"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/fleet/fleettest"
	"github.com/sallyport-auth/sallyport/internal/store/engine"
	"github.com/sallyport-auth/sallyport/internal/store/schema"
)

// actEnv makes the test program act as another process that uses the database
// at urlEnv, instead of testing.
const (
	actEnv = "SALLYPORT_TEST_ACT"
	urlEnv = "SALLYPORT_TEST_URL"
)

func TestMain(m *testing.M) {
	var err error
	switch act := os.Getenv(actEnv); act {
	case "":
		os.Exit(m.Run())
	case "migrate":
		err = actMigrate(context.Background())
	case "write":
		err = actWrite(context.Background())
	default:
		err = errors.New("unknown act " + act)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// act starts this program as another process.
func act(t *testing.T, what, url string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), self)
	cmd.Env = append(os.Environ(), actEnv+"="+what, urlEnv+"="+url)
	return cmd
}

func actMigrate(ctx context.Context) error {
	db, err := Open(ctx, Options{URL: os.Getenv(urlEnv)})
	if err != nil {
		return err
	}
	head, err := db.Direct().Feed.Head(ctx)
	fmt.Println(head.HistoryID)
	return errors.Join(err, db.Close())
}

// actWrite commits for ever from several goroutines and says so afterwards:
// a name per line once its transaction has returned.
func actWrite(ctx context.Context) error {
	db, err := Open(ctx, Options{URL: os.Getenv(urlEnv)})
	if err != nil {
		return err
	}
	var out sync.Mutex
	failed := make(chan error)
	for w := range 4 {
		go func() {
			for i := 0; ; i++ {
				name := fmt.Sprintf("%d-%d-%d", os.Getpid(), w, i)
				err := db.Tx(ctx, func(ctx context.Context, tx *Tx) error {
					r := Revocation{Kind: RevokedToken, Subject: name, RevokedAt: time.Now(), ExpiresAt: time.Now().Add(time.Hour)}
					return errors.Join(
						tx.Jobs.Insert(ctx, Job{ID: name, Kind: "mail", Payload: strings.Repeat("x", 2000)}),
						tx.Revocations.Append(ctx, &r))
				})
				if err == nil {
					_, _, err = db.Direct().Jobs.Claim(ctx, JobClaim{ID: name, Kinds: []string{"mail"}, Lease: time.Hour})
				}
				if err != nil {
					failed <- err
				}
				out.Lock()
				fmt.Println(name)
				out.Unlock()
			}
		}()
	}
	return <-failed
}

// TestProcessesMigrateAtOnce starts three on an empty database, while others
// keep the engine busy.
func TestProcessesMigrateAtOnce(t *testing.T) {
	t.Parallel()
	fleettest.OnEachEngine(t, func(t *testing.T, name string) {
		busy := openTest(t, Options{URL: fleettest.Database(t, name)})
		stop := make(chan struct{})
		var load sync.WaitGroup
		for w := range int64(4) {
			load.Go(func() {
				for n := w; ; n += 4 {
					select {
					case <-stop:
						return
					default:
					}
					if err := raise(t.Context(), busy.Direct(), n); err != nil && !errors.Is(err, ErrUnavailable) {
						t.Errorf("the load: %v", err)
					}
				}
			})
		}
		for range 2 {
			url := fleettest.Database(t, name)
			var histories [3]string
			var processes sync.WaitGroup
			for i := range histories {
				cmd := act(t, "migrate", url)
				processes.Go(func() {
					out, err := cmd.Output()
					if err != nil {
						t.Errorf("process %d: %v: %s", i, err, stderr(err))
					}
					histories[i] = strings.TrimSpace(string(out))
				})
			}
			processes.Wait()
			if h := histories[0]; h == "" || histories[1] != h || histories[2] != h {
				t.Errorf("histories are %q, want one", histories)
			}
		}
		close(stop)
		load.Wait()
	})
}

// TestProcessKilledWhileItMigrates kills one when it is half-way, again and
// again, and expects that the next one goes on.
func TestProcessKilledWhileItMigrates(t *testing.T) {
	t.Parallel()
	newest, err := schema.Newest()
	if err != nil {
		t.Fatal(err)
	}
	fleettest.OnEachServer(t, func(t *testing.T, name string) {
		url := fleettest.Database(t, name)
		e, err := engine.Parse(url, engine.Timing{Limit: time.Minute})
		if err != nil {
			t.Fatal(err)
		}
		db, err := e.Open(engine.Writing)
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		for step := int64(1); step < newest; step += 6 {
			cmd := act(t, "migrate", url)
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			for at := int64(-1); at < step && t.Context().Err() == nil; {
				var version sql.NullInt64
				if err := db.QueryRowContext(t.Context(), schemaVersion.String()).Scan(&version); err == nil && version.Valid {
					at = version.Int64
				}
			}
			_ = cmd.Process.Kill()
			_ = cmd.Wait() // killed
		}
		if err := openTest(t, Options{URL: url}).Check(t.Context()); err != nil {
			t.Error(err)
		}
	})
}

func stderr(err error) []byte {
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		return exit.Stderr
	}
	return nil
}

// TestKilledProcessLosesNothingAcknowledged kills a writing process with
// SIGKILL, again and again on the same file.
func TestKilledProcessLosesNothingAcknowledged(t *testing.T) {
	t.Parallel()
	url := "sqlite://" + filepath.Join(t.TempDir(), "sallyport.db")
	var acknowledged []string
	for round := range 4 {
		cmd := act(t, "write", url)
		pipe, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(pipe)
		for n := 0; lines.Scan(); n++ {
			acknowledged = append(acknowledged, lines.Text())
			if n == 100+50*round {
				if err := cmd.Process.Kill(); err != nil {
					t.Fatal(err)
				}
			}
		}
		_ = cmd.Wait() // killed
		expectAll(t, url, acknowledged)
	}
}

// expectAll opens what a killed process left behind.
func expectAll(t *testing.T, url string, names []string) {
	t.Helper()
	if len(names) < 100 {
		t.Fatalf("the process wrote %d rows only", len(names))
	}
	db, err := Open(t.Context(), Options{URL: url})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	raw := console(t, db)
	defer raw.Close() // so that the next process is the first to open the file
	if got := texts(t, raw, `PRAGMA integrity_check`); len(got) != 1 || got[0] != "ok" {
		t.Errorf("integrity: %v", got)
	}
	if got := texts(t, raw, `SELECT "table" FROM pragma_foreign_key_check`); len(got) != 0 {
		t.Errorf("foreign keys: %v", got)
	}
	for _, name := range names {
		if j, err := db.Direct().Jobs.ByID(t.Context(), name); err != nil || j.Fence != 1 {
			t.Errorf("lost %s: %+v (%v)", name, j, err)
		}
	}
	head, err := db.Direct().Feed.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	page, err := db.Direct().Revocations.From(t.Context(), 0, time.Now(), int(head.Number)+9)
	rs := page.Revocations
	if err != nil || len(rs) != int(head.Number) || len(rs) < len(names) {
		t.Errorf("%d revocations up to number %d for %d acknowledged (%v)", len(rs), head.Number, len(names), err)
	}
}
