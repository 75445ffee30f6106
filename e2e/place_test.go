package e2e_test

import (
	"database/sql"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	// The databases are looked at from outside.
	_ "github.com/go-sql-driver/mysql"
	_ "github.com/jackc/pgx/v5/stdlib"
	_ "modernc.org/sqlite"

	"github.com/sallyport-auth/sallyport/internal/apptest"
	"github.com/sallyport-auth/sallyport/internal/fleet/fleettest"
	"github.com/sallyport-auth/sallyport/internal/mail/mailtest"
)

// place is a database that a server can use.
type place struct {
	url string
	dir string // of the process
}

// placeOn makes an empty database of an engine.
func placeOn(t *testing.T, engine string) place {
	t.Helper()
	dir := t.TempDir()
	if engine == fleettest.SQLite {
		return place{url: "sqlite://" + filepath.Join(dir, "sallyport.db"), dir: dir}
	}
	return place{url: fleettest.Database(t, engine), dir: dir}
}

func sqlitePlace(t *testing.T) place   { t.Helper(); return placeOn(t, fleettest.SQLite) }
func mariaPlace(t *testing.T) place    { t.Helper(); return placeOn(t, fleettest.MariaDBName) }
func mysqlPlace(t *testing.T) place    { t.Helper(); return placeOn(t, fleettest.MySQLName) }
func postgresPlace(t *testing.T) place { t.Helper(); return placeOn(t, fleettest.PostgresName) }

// keyFile is where the secret key of a data folder is.
func (p place) keyFile() string { return filepath.Join(p.dir, "secret.key") }

func (p place) putKey(t *testing.T, key string) {
	t.Helper()
	if err := os.WriteFile(p.keyFile(), []byte(key), 0o600); err != nil {
		t.Fatal(err)
	}
}

// options start a process on the place, with the key of its folder, as people
// do: SQLite needs no setting.
func (p place) options(inbox *mailtest.Sink, env ...string) apptest.Options {
	env = append(smtpEnv(inbox), env...)
	if !strings.HasPrefix(p.url, "sqlite:") {
		env = append(env, "SALLYPORT_DATABASE_URL="+p.url, "SALLYPORT_SECRET_KEY_FILE="+p.keyFile())
	}
	return apptest.Options{DataDir: p.dir, Env: env}
}

// open opens the database from outside. A text may hold several statements.
func (p place) open(t *testing.T) *sql.DB {
	t.Helper()
	switch u := parsed(t, p.url); u.Scheme {
	case "sqlite":
		return openFile(t, u.Path)
	case "postgres":
		u.RawQuery += "&default_query_exec_mode=simple_protocol"
		return openWith(t, "pgx", u.String())
	default:
		return openWith(t, "mysql", "root@tcp("+u.Host+")"+u.Path+"?multiStatements=true&interpolateParams=true&parseTime=true")
	}
}

func openFile(t *testing.T, path string) *sql.DB {
	t.Helper()
	return openWith(t, "sqlite", "file:"+path+"?_pragma=busy_timeout(5000)")
}

func openWith(t *testing.T, driver, source string) *sql.DB {
	t.Helper()
	db, err := sql.Open(driver, source)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func parsed(t *testing.T, raw string) *url.URL {
	t.Helper()
	u, err := url.Parse(raw)
	if err != nil {
		t.Fatal(err)
	}
	return u
}
