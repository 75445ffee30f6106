package schema

import (
	"context"
	"database/sql"
	"errors"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/fleet"
	"github.com/sallyport-auth/sallyport/internal/fleet/fleettest"
	"github.com/sallyport-auth/sallyport/internal/store/engine"
)

// opened gives an engine, and the pool that migrates a database of it.
func opened(t *testing.T, url string) (engine.Engine, *sql.DB) {
	t.Helper()
	e, err := engine.Parse(url, engine.Timing{Limit: time.Minute})
	if err != nil {
		t.Fatal(err)
	}
	db, err := e.Open(engine.Migrating)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return e, db
}

// TestTheLockOutlivesWhatServersCallIdle has servers that end a connection which
// is idle for three seconds. The lock is held until one that idles has ended.
func TestTheLockOutlivesWhatServersCallIdle(t *testing.T) {
	t.Parallel()
	fleettest.OnEachServer(t, func(t *testing.T, name string) {
		idle := map[string][]string{
			fleettest.MariaDBName:  {"--wait-timeout=3"},
			fleettest.MySQLName:    {"--wait-timeout=3"},
			fleettest.PostgresName: {"-c", "idle_session_timeout=3s"},
		}[name]
		s := fleettest.StartServer(t, name, fleet.Options{Extra: idle})
		if err := s.CreateDatabase(t.Context(), "kept"); err != nil {
			t.Fatal(err)
		}
		e, db := opened(t, s.URL("kept"))
		l, err := lockSchema(t.Context(), e, db, nil)
		if err != nil {
			t.Fatal(err)
		}
		held, release := l.keep(t.Context())
		sessions := func() (n int) {
			query := "SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE USER = 'root' AND DB = 'kept'"
			if name == fleettest.PostgresName {
				query = "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = 'kept' AND backend_type = 'client backend'"
			}
			_, asks := opened(t, s.URL("kept"))
			defer asks.Close()
			if err := asks.QueryRowContext(t.Context(), query).Scan(&n); err != nil {
				t.Fatal(err)
			}
			return n - 1 // that one
		}
		_, other := opened(t, s.URL("kept"))
		idler, err := other.Conn(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer idler.Close()
		if got := sessions(); got != 2 {
			t.Fatalf("%d sessions, want that of the lock and one that idles", got)
		}
		for end := time.Now().Add(time.Minute); sessions() > 1 && time.Now().Before(end) && held.Err() == nil; {
			runtime.Gosched()
		}
		if held.Err() != nil {
			t.Fatalf("the lock was lost: %v", context.Cause(held))
		}
		_, rival := opened(t, s.URL("kept"))
		var got int
		if err := rival.QueryRowContext(t.Context(), e.SchemaLock).Scan(&got); err != nil || got != 0 {
			t.Errorf("another one asks for the lock and gets %d (%v), want 0", got, err)
		}
		if err := release(); err != nil {
			t.Error(err)
		}
	})
}

// TestALockThatIsLostEndsTheMigration ends the lock's connection, as a restart of
// what stands before the server does.
func TestALockThatIsLostEndsTheMigration(t *testing.T) {
	t.Parallel()
	fleettest.OnEachServer(t, func(t *testing.T, name string) {
		url := fleettest.Database(t, name)
		_, rest, _ := strings.Cut(url, "@")
		at, _, _ := strings.Cut(rest, "/")
		proxy := fleettest.StartProxy(t, at)
		e, db := opened(t, strings.Replace(url, at, proxy.Addr, 1))
		l, err := lockSchema(t.Context(), e, db, nil)
		if err != nil {
			t.Fatal(err)
		}
		held, release := l.keep(t.Context())
		proxy.Cut()
		<-held.Done()
		err = failed(held, e, held.Err())
		if !errors.Is(err, engine.ErrUnavailable) || !errors.Is(err, errLockLost) {
			t.Errorf("got %v, want what broke", err)
		}
		if err := release(); err != nil {
			t.Errorf("releasing what is lost: %v", err)
		}
	})
}

// TestWaitingForAMigrationSaysForWhom has somebody else hold the lock.
func TestWaitingForAMigrationSaysForWhom(t *testing.T) {
	t.Parallel()
	fleettest.OnEachServer(t, func(t *testing.T, name string) {
		url := fleettest.Database(t, name)
		e, db := opened(t, url)
		l, err := lockSchema(t.Context(), e, db, nil)
		if err != nil {
			t.Fatal(err)
		}
		_, release := l.keep(t.Context())
		heard := make(chan string, 9)
		done := make(chan error)
		begin := time.Now()
		go func() {
			_, _, err := Migrate(t.Context(), e, time.Minute, func(holder string) { heard <- holder })
			done <- err
		}()
		holder := <-heard
		if took := time.Since(begin); took < silence {
			t.Errorf("it was said after %v, want %v of silence", took, silence)
		}
		user := map[string]string{fleettest.PostgresName: "sallyport"}[name]
		if user == "" {
			user = "root"
		}
		if !strings.Contains(holder, " of "+user+" from 127.0.0.1") {
			t.Errorf("the holder is %q, want its session, its user and where it is", holder)
		}
		if err := release(); err != nil {
			t.Fatal(err)
		}
		err = <-done
		if err != nil || len(heard) > 0 {
			t.Errorf("afterwards: %v, and it was said %d times more", err, len(heard))
		}
	})
}

// TestGoosesTableIsMadeAsTheOthers has a server whose default engine and
// collation are others.
func TestGoosesTableIsMadeAsTheOthers(t *testing.T) {
	t.Parallel()
	fleettest.OnEachServer(t, func(t *testing.T, name string) {
		if !fleettest.SpeaksMySQL(name) {
			return
		}
		s := fleettest.StartServer(t, name, fleet.Options{Extra: []string{
			"--default-storage-engine=MyISAM", "--character-set-server=latin1", "--collation-server=latin1_swedish_ci",
		}})
		if err := s.CreateDatabase(t.Context(), "kept"); err != nil {
			t.Fatal(err)
		}
		e, db := opened(t, s.URL("kept"))
		if _, _, err := Migrate(t.Context(), e, time.Minute, nil); err != nil {
			t.Fatal(err)
		}
		var kinds int
		var got string
		if err := db.QueryRowContext(t.Context(), `SELECT COUNT(DISTINCT ENGINE, TABLE_COLLATION), MAX(CONCAT(ENGINE, ' ', TABLE_COLLATION))
			FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE()`).Scan(&kinds, &got); err != nil {
			t.Fatal(err)
		}
		want := map[string]string{fleettest.MariaDBName: "InnoDB utf8mb4_nopad_bin", fleettest.MySQLName: "InnoDB utf8mb4_0900_bin"}[name]
		if kinds != 1 || got != want {
			t.Errorf("tables are of %d kinds, one of them %s; want all %s", kinds, got, want)
		}
	})
}
