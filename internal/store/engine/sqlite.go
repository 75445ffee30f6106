package engine

import (
	"database/sql"
	"errors"
	"net/url"
	"strconv"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// sqliteEngine is SQLite through modernc.org/sqlite, which needs no C.
// Its clock ticks in milliseconds; rounding undoes the fraction's binary form.
func sqliteEngine(path string) Engine {
	return Engine{
		Name:     "sqlite",
		Path:     path,
		Now:      "CAST(ROUND(unixepoch('subsec') * 1000) AS INTEGER) * 1000",
		classify: classifySQLite,
		open: func(r Role) (*sql.DB, error) {
			dsn := writerDSN
			switch r {
			case Writing:
			case Reading:
				dsn = readerDSN
			case Migrating:
				dsn = migrationDSN
			}
			return sql.Open("sqlite", dsn(path))
		},
	}
}

// busyMillis is how long SQLite itself waits for a lock before sqlrun gets
// its turn; see package sqlrun.
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

func classifySQLite(err error) Verdict {
	if unreachable(err) {
		return Unavailable
	}
	e, ok := errors.AsType[*sqlite.Error](err)
	if !ok {
		return Other
	}
	switch e.Code() {
	case sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY:
		return Taken
	}
	switch e.Code() & 0xff { // the primary code
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return Busy
	case sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_FULL, sqlite3.SQLITE_INTERRUPT,
		sqlite3.SQLITE_IOERR, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_PERM,
		sqlite3.SQLITE_PROTOCOL, sqlite3.SQLITE_READONLY:
		return Unavailable
	}
	return Other
}
