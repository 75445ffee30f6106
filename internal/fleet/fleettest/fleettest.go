// Package fleettest gives tests the servers of package fleet.
//
// Database servers take seconds to start, so the tests of one test binary share
// one of each engine, and every test gets a database of its own in it
// ([Database]). A test that hurts its server starts its own instead
// ([StartServer]), which ends with the test.
//
// A server that is not installed fails the test; it does not skip it.
package fleettest

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/fleet"
)

// folderPrefix begins the name of a shared server's folder; the identifier of
// its process follows.
const folderPrefix = "sallyport-fleet-"

// sweep removes the folders of processes that have ended: nobody is left to
// clean up when a test binary exits.
func sweep() {
	folders, err := filepath.Glob(filepath.Join(os.TempDir(), folderPrefix+"*"))
	if err != nil {
		return
	}
	for _, f := range folders {
		pid, _, _ := strings.Cut(strings.TrimPrefix(filepath.Base(f), folderPrefix), "-")
		if n, err := strconv.Atoi(pid); err == nil && errors.Is(syscall.Kill(n, 0), syscall.ESRCH) {
			_ = os.RemoveAll(f)
		}
	}
}

// shared is one server of a test binary. It is started by the first test that
// wants it and dies with the process.
type shared[S any] struct {
	once   sync.Once
	server S
	err    error
}

func (s *shared[S]) get(t testing.TB, start func(ctx context.Context, dir string, o fleet.Options) (S, error)) S {
	t.Helper()
	s.once.Do(func() {
		var dir string
		sweep()
		if dir, s.err = os.MkdirTemp("", folderPrefix+strconv.Itoa(os.Getpid())+"-*"); s.err == nil { //nolint:usetesting // outlives the test
			s.server, s.err = start(context.WithoutCancel(t.Context()), dir, fleet.Options{})
		}
	})
	if s.err != nil {
		t.Fatal(s.err)
	}
	return s.server
}

var ( //nolint:gochecknoglobals // one server for all tests of a binary
	sharedMariaDB  shared[*fleet.MySQL]
	sharedMySQL    shared[*fleet.MySQL]
	sharedPostgres shared[*fleet.Postgres]
	databases      atomic.Int64
)

// DatabaseServer is a database server of any engine.
type DatabaseServer interface {
	CreateDatabase(ctx context.Context, name string) error
	URL(database string) string
	Exec(ctx context.Context, database, sql string) error
	Restart(ctx context.Context) error
	Stop()
	Kill()
	Pause()
	Resume()
	Address() string
}

// SharedServer gives the server of an engine that the tests of this binary
// share.
func SharedServer(t testing.TB, engine string) DatabaseServer {
	t.Helper()
	switch engine {
	case MariaDBName:
		return sharedMariaDB.get(t, fleet.StartMariaDB)
	case MySQLName:
		return sharedMySQL.get(t, fleet.StartMySQL)
	case PostgresName:
		return sharedPostgres.get(t, fleet.StartPostgres)
	}
	t.Fatalf("no server is called %q", engine)
	return nil
}

// StartServer starts a server of an engine for this test alone.
func StartServer(t testing.TB, engine string, o fleet.Options) DatabaseServer {
	t.Helper()
	var s DatabaseServer
	var err error
	switch engine {
	case MariaDBName:
		s, err = fleet.StartMariaDB(t.Context(), t.TempDir(), o)
	case MySQLName:
		s, err = fleet.StartMySQL(t.Context(), t.TempDir(), o)
	case PostgresName:
		s, err = fleet.StartPostgres(t.Context(), t.TempDir(), o)
	default:
		t.Fatalf("no server is called %q", engine)
	}
	return started(t, s, err, func() { s.Kill() })
}

// StartRedis starts a Redis for this test alone.
func StartRedis(t testing.TB, o fleet.Options) *fleet.Redis {
	t.Helper()
	s, err := fleet.StartRedis(t.Context(), t.TempDir(), o)
	return started(t, s, err, func() { s.Kill() })
}

// StartNginx starts an nginx for this test in front of upstreams.
func StartNginx(t testing.TB, at int, upstreams ...string) *fleet.Nginx {
	t.Helper()
	s, err := fleet.StartNginx(t.Context(), t.TempDir(), at, upstreams...)
	return started(t, s, err, func() { s.Kill() })
}

// StartProxy starts a proxy for this test in front of an address.
func StartProxy(t testing.TB, to string) *fleet.Proxy {
	t.Helper()
	p, err := fleet.NewProxy(t.Context(), to)
	return started(t, p, err, func() { p.Close() })
}

func started[S any](t testing.TB, s S, err error, end func()) S {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(end)
	return s
}
