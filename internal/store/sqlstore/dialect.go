package sqlstore

import (
	"context"
	"database/sql/driver"
	"errors"
	"net/url"
	"strconv"
	"strings"

	"github.com/pressly/goose/v3"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// verdict is what an engine's error means to us.
type verdict int

const (
	other       verdict = iota // a fault in a statement, or a rule that it broke
	busy                       // somebody holds the lock, or we lost a deadlock: try again
	taken                      // a unique key refused the row
	unavailable                // the database cannot be reached or used
)

// dialect is everything that differs between the engines. Keep it this small:
// when a statement needs another field, rewrite the statement first.
type dialect struct {
	name        string // as migrations/NNNN_step.<name>.sql spells it
	driver      string
	goose       goose.Dialect
	numbered    bool   // $1, $2 instead of ?
	tableSuffix string // stands where a migration says /*suffix*/
	now         string // the database's time in microseconds, stands where a statement says {now}
	classify    func(error) verdict
}

// sqliteDialect is SQLite through modernc.org/sqlite, which needs no C.
// Its clock ticks in milliseconds; rounding undoes the fraction's binary form.
func sqliteDialect() dialect {
	return dialect{
		name:     "sqlite",
		driver:   "sqlite",
		goose:    goose.DialectSQLite3,
		now:      "CAST(ROUND(unixepoch('subsec') * 1000) AS INTEGER) * 1000",
		classify: classifySQLite,
	}
}

// busyMillis is how long SQLite itself waits for a lock before the seam gets
// its turn; see patience.
const busyMillis = 400

// sqliteDSN opens path with pragmas, busy_timeout first: the ones after it may
// already have to wait.
func sqliteDSN(path, txlock string, pragmas ...string) string {
	v := url.Values{
		"_txlock": {txlock},
		"_pragma": append([]string{"busy_timeout(" + strconv.Itoa(busyMillis) + ")"}, pragmas...),
	}
	return "file:" + (&url.URL{Path: path}).EscapedPath() + "?" + v.Encode()
}

// writerDSN is for the one connection that writes. FULL makes each commit reach
// the disk; IMMEDIATE takes the lock at BEGIN, because a lock asked for later
// is refused at once instead of waited for.
func writerDSN(path string) string {
	return sqliteDSN(path, "immediate", "journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(1)", "secure_delete(FAST)")
}

// readerDSN is for the pool that reads.
func readerDSN(path string) string {
	return sqliteDSN(path, "deferred", "query_only(1)")
}

// migrationDSN is for migrating. With WAL, NORMAL loses no consistency, only
// steps that the next start runs again; the first commit of the writer makes
// them durable.
func migrationDSN(path string) string {
	return sqliteDSN(path, "immediate", "journal_mode(WAL)", "synchronous(NORMAL)", "foreign_keys(1)")
}

func classifySQLite(err error) verdict {
	if errors.Is(err, driver.ErrBadConn) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return unavailable
	}
	e, ok := errors.AsType[*sqlite.Error](err)
	if !ok {
		return other
	}
	switch e.Code() {
	case sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY:
		return taken
	}
	switch e.Code() & 0xff { // the primary code
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return busy
	case sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_FULL, sqlite3.SQLITE_INTERRUPT,
		sqlite3.SQLITE_IOERR, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_PERM,
		sqlite3.SQLITE_PROTOCOL, sqlite3.SQLITE_READONLY:
		return unavailable
	}
	return other
}

// render gives the text of q for this engine.
func (d dialect) render(q *query) string {
	text := q.text
	if d.numbered {
		text = q.numbered
	}
	return strings.ReplaceAll(text, "{now}", d.now)
}
