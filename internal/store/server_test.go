package store

import (
	"context"
	"errors"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/fleet"
	"github.com/sallyport-auth/sallyport/internal/fleet/fleettest"
	"github.com/sallyport-auth/sallyport/internal/store/engine"
)

// start starts a server of the test's own and opens a database on it.
func start(t *testing.T, name string, o Options, durable fleet.Options) (fleettest.DatabaseServer, *Store) {
	t.Helper()
	s := fleettest.StartServer(t, name, durable)
	if err := s.CreateDatabase(t.Context(), "kept"); err != nil {
		t.Fatal(err)
	}
	o.URL = s.URL("kept")
	return s, openTest(t, o)
}

// address is where a server of a URL listens, and through is the URL by way of
// another address.
func address(url string) string {
	_, rest, _ := strings.Cut(url, "@")
	at, _, _ := strings.Cut(rest, "/")
	return at
}

func through(url, at string) string { return strings.Replace(url, address(url), at, 1) }

// calls are all the ways to a database.
func calls(db *Store) map[string]func(context.Context) error {
	return map[string]func(context.Context) error{
		"Direct write": func(ctx context.Context) error { return raise(ctx, db.Direct(), 1) },
		"Direct read": func(ctx context.Context) error {
			_, err := db.Direct().Facts.Number(ctx, "fact")
			return err
		},
		"Tx": func(ctx context.Context) error {
			return db.Tx(ctx, func(ctx context.Context, tx *Tx) error {
				if err := raise(ctx, tx, 2); err != nil {
					return err
				}
				r := Revocation{Kind: RevokedToken, Subject: "jti", RevokedAt: time.Now(), ExpiresAt: time.Now()}
				return tx.Revocations.Append(ctx, &r)
			})
		},
		"View": func(ctx context.Context) error {
			return db.View(ctx, func(ctx context.Context, tx *Tx) error {
				_, err := tx.Facts.Number(ctx, "fact")
				return err
			})
		},
		"Now":   func(ctx context.Context) error { _, err := db.Now(ctx); return err },
		"Check": db.Check,
	}
}

// allFail expects every call, several of each at once, to say within the promised
// time that the database cannot be had.
func allFail(t *testing.T, when string, db *Store) {
	t.Helper()
	var at sync.WaitGroup
	for what, call := range calls(db) {
		for range 6 {
			at.Go(func() {
				within(t, what+" "+when, promised, func() error { return call(t.Context()) })
			})
		}
		at.Go(func() {
			within(t, what+" with a deadline "+when, prompt, func() error {
				ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
				defer cancel()
				return call(ctx)
			})
		})
	}
	at.Wait()
}

// returns expects the first success within the promised five seconds, and none
// to fail after that.
func returns(t *testing.T, when string, db *Store) {
	t.Helper()
	begin := time.Now()
	for what, call := range calls(db) {
		for err := call(t.Context()); err != nil; err = call(t.Context()) {
			if time.Since(begin) > 5*time.Second {
				t.Errorf("%s %s: %v after %v", what, when, err, time.Since(begin))
				return
			}
		}
	}
	for what, call := range calls(db) {
		if err := call(t.Context()); err != nil {
			t.Errorf("%s %s: %v", what, when, err)
		}
	}
}

// TestServerThatComesAndGoes freezes, kills and restarts a server.
func TestServerThatComesAndGoes(t *testing.T) {
	t.Parallel()
	fleettest.OnEachServer(t, func(t *testing.T, name string) {
		s, db := start(t, name, Options{}, fleet.Options{Durable: true})
		returns(t, "at first", db)

		s.Pause()
		allFail(t, "while the server is frozen", db)
		s.Resume()
		returns(t, "after the frost", db)

		s.Kill()
		allFail(t, "while the server is dead", db)
		if err := s.Restart(t.Context()); err != nil {
			t.Fatal(err)
		}
		returns(t, "after a crash", db)
		expectFact(t, db, 2)

		// A restart between two calls costs nobody anything but what cannot be
		// done twice.
		if err := s.Restart(t.Context()); err != nil {
			t.Fatal(err)
		}
		for _, what := range []string{"Tx", "View", "Direct read", "Now"} {
			if err := calls(db)[what](t.Context()); err != nil {
				t.Errorf("%s, the first after a restart: %v", what, err)
			}
		}
		returns(t, "after a restart", db)
	})
}

// TestServerOutOfReach has a proxy that cuts and refuses connections, as a
// network does.
func TestServerOutOfReach(t *testing.T) {
	t.Parallel()
	fleettest.OnEachServer(t, func(t *testing.T, name string) {
		url := fleettest.Database(t, name)
		proxy := fleettest.StartProxy(t, address(url))
		db := openTest(t, Options{URL: through(url, proxy.Addr)})
		returns(t, "at first", db)
		proxy.Refuse(true)
		proxy.Cut()
		allFail(t, "while the network is down", db)
		proxy.Refuse(false)
		returns(t, "once it is up", db)
	})
}

// TestAnswerToCommitIsLost lets the server commit and keeps its answer back. The
// function must not run again: it is done already.
func TestAnswerToCommitIsLost(t *testing.T) {
	t.Parallel()
	fleettest.OnEachServer(t, func(t *testing.T, name string) {
		url := fleettest.Database(t, name)
		proxy := fleettest.StartProxy(t, address(url))
		db := openTest(t, Options{URL: through(url, proxy.Addr)})
		heard := 0
		db.AfterCommit(func(context.Context, Effects) { heard++ })
		commit := "COMMIT"
		if name == fleettest.PostgresName {
			commit = "commit\x00" // and not the end of READ COMMITTED
		}
		swallowed := proxy.SwallowAnswer(commit)
		runs := 0
		within(t, "a transaction whose answer is lost", promised, func() error {
			return db.Tx(t.Context(), func(ctx context.Context, tx *Tx) error {
				runs++
				return tx.Jobs.Insert(ctx, Job{ID: "job", Kind: "mail"})
			})
		})
		select {
		case <-swallowed:
		default:
			t.Fatal("no answer was swallowed")
		}
		if runs != 1 || heard != 0 {
			t.Errorf("the function ran %d times and was heard of %d times, want 1 and 0", runs, heard)
		}
		if _, err := db.Direct().Jobs.ByID(t.Context(), "job"); err != nil {
			t.Errorf("what was committed: %v", err)
		}
		returns(t, "afterwards", db)
	})
}

// TestAnswerToAStatementIsLost does the same to a statement through Direct.
func TestAnswerToAStatementIsLost(t *testing.T) {
	t.Parallel()
	fleettest.OnEachServer(t, func(t *testing.T, name string) {
		url := fleettest.Database(t, name)
		proxy := fleettest.StartProxy(t, address(url))
		db := openTest(t, Options{URL: through(url, proxy.Addr)})
		u := User{ID: "swallowed-user", EmailCanonical: "a@x", Status: UserActive, CreatedAt: time.Now(), UpdatedAt: time.Now()}
		for range 3 { // so that the statement is prepared
			if _, err := db.Direct().Users.RaiseEpoch(t.Context(), u.ID, 0, time.Now()); err != nil {
				t.Fatal(err)
			}
		}
		if err := db.Direct().Users.Insert(t.Context(), u); err != nil {
			t.Fatal(err)
		}
		swallowed := proxy.SwallowAnswer(u.ID)
		within(t, "a statement whose answer is lost", promised, func() error {
			_, err := db.Direct().Users.RaiseEpoch(t.Context(), u.ID, 0, time.Now())
			return err
		})
		<-swallowed
		if got, err := db.Direct().Users.ByID(t.Context(), u.ID); err != nil || got.Epoch != 1 {
			t.Errorf("the epoch is %d (%v), want 1: raised, and once", got.Epoch, err)
		}
	})
}

// TestServerThatMayNotBeWritten turns a server into what a replica is. Whatever
// is tried says so, and no connection of that time is used once writes are taken
// again: PostgreSQL's would go on to refuse them.
func TestServerThatMayNotBeWritten(t *testing.T) {
	t.Parallel()
	const (
		hangUp = "; SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'kept'"
		shut   = "ALTER DATABASE kept SET default_transaction_read_only = on" + hangUp
		open   = "ALTER DATABASE kept RESET default_transaction_read_only"
	)
	type ways struct{ shut, open string }
	for name, settings := range map[string][]ways{
		fleettest.MariaDBName: {{"SET GLOBAL read_only = 1", "SET GLOBAL read_only = 0"}},
		fleettest.MySQLName: {
			{"SET GLOBAL read_only = 1", "SET GLOBAL read_only = 0"},
			{"SET GLOBAL super_read_only = 1", "SET GLOBAL read_only = 0"},
		},
		fleettest.PostgresName: {{shut, open}},
	} {
		if !slices.Contains(fleettest.Servers(t), name) {
			continue
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, db := start(t, name, Options{}, fleet.Options{})
			url, database := s.URL("kept"), "postgres"
			do := func(text string) {
				t.Helper()
				if err := s.Exec(t.Context(), database, text); err != nil {
					t.Fatal(err)
				}
			}
			if fleettest.SpeaksMySQL(name) { // root may write all the same
				database = ""
				do("CREATE USER ada@'%'; GRANT ALL ON kept.* TO ada@'%'")
				url = strings.Replace(url, "root@", "ada@", 1)
				db = openTest(t, Options{URL: url})
			}
			for _, way := range settings {
				returns(t, "at first", db)
				do(way.shut)
				for what, call := range map[string]func(context.Context) error{
					"Check": db.Check, "Tx": calls(db)["Tx"],
					"Direct":  func(ctx context.Context) error { return raise(ctx, db.Direct(), 99) },
					"a start": func(ctx context.Context) error { _, err := Open(ctx, Options{URL: url}); return err },
				} {
					for range 3 {
						within(t, what, promised, func() error {
							err := call(t.Context())
							if !errors.Is(err, engine.ErrReadOnly) {
								t.Errorf("%s after %s says %v, want that the server is read-only", what, way.shut, err)
							}
							return err
						})
					}
				}
				if _, err := db.Direct().Facts.Number(t.Context(), "fact"); err != nil {
					t.Errorf("reading: %v", err)
				}
				do(way.open)
				returns(t, "once it may be written", db)
			}
		})
	}
}

// TestServerHasNoConnectionLeft takes all of them.
func TestServerHasNoConnectionLeft(t *testing.T) {
	t.Parallel()
	fleettest.OnEachServer(t, func(t *testing.T, name string) {
		few := []string{"--max-connections=10"} // the least that MariaDB takes
		if name == fleettest.PostgresName {
			few = []string{"-c", "max_connections=10", "-c", "superuser_reserved_connections=0", "-c", "max_wal_senders=0"}
		}
		s, db := start(t, name, Options{Connections: 1}, fleet.Options{Extra: few})
		greedy := openTest(t, Options{URL: s.URL("kept"), Connections: 20})
		var hold sync.WaitGroup
		release := make(chan struct{})
		var held atomic.Int64
		for range 20 {
			hold.Go(func() {
				_ = greedy.Tx(t.Context(), func(context.Context, *Tx) error { // who gets none is told so
					held.Add(1)
					<-release
					return nil
				})
			})
		}
		third := Options{URL: s.URL("kept"), Connections: 1}
		for {
			other, err := Open(t.Context(), third)
			if err == nil {
				err = other.Close()
			}
			if err != nil {
				if !errors.Is(err, ErrUnavailable) {
					t.Errorf("got %v, want ErrUnavailable", err)
				}
				break
			}
		}
		close(release)
		hold.Wait()
		returns(t, "once connections are free", db)
	})
}

// footprint is what this process holds.
func footprint(t *testing.T) (goroutines, descriptors int) {
	t.Helper()
	files, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Fatal(err)
	}
	return runtime.NumGoroutine(), len(files)
}

// TestNothingGrowsWhileServersComeAndGo counts goroutines and descriptors, and
// is not parallel, for others have theirs.
func TestNothingGrowsWhileServersComeAndGo(t *testing.T) { //nolint:paralleltest // it counts what the process holds
	if runtime.GOOS != "linux" {
		return
	}
	for _, name := range fleettest.Servers(t) {
		s, db := start(t, name, Options{}, fleet.Options{})
		returns(t, "at first", db)
		db.lanes.Refresh()
		goroutines, descriptors := footprint(t)
		for range 3 {
			s.Pause()
			var at sync.WaitGroup
			for range 100 {
				for _, call := range calls(db) {
					at.Go(func() {
						ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
						defer cancel()
						if err := call(ctx); !errors.Is(err, ErrUnavailable) {
							t.Errorf("got %v, want ErrUnavailable", err)
						}
					})
				}
			}
			at.Wait()
			s.Resume()
			returns(t, "after the frost", db)
		}
		// A connection that was left in the midst of something takes up to 15 s
		// to be closed by its driver.
		deadline := time.Now().Add(25 * time.Second)
		for {
			db.lanes.Refresh()
			g, d := footprint(t)
			if g <= goroutines && d <= descriptors {
				break
			}
			if time.Now().After(deadline) {
				t.Errorf("%s: %d goroutines and %d descriptors, %d and %d before", name, g, d, goroutines, descriptors)
				break
			}
			runtime.Gosched()
		}
	}
}
