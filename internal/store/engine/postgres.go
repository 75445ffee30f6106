package engine

import (
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
)

// postgresEngine is PostgreSQL. Its clock is that of the moment, not of the
// transaction's begin. As on MySQL, a transaction reads committed rows and a
// view is one snapshot.
func postgresEngine(s server, t Timing) Engine {
	return Engine{
		Name:     "postgres",
		Numbered: true,
		Now:      "CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000 AS BIGINT)",
		classify: classifyPostgres,
		readOnly: readOnlyPostgres,
		open:     func(r Role) (*sql.DB, error) { return openPostgres(s, t, r) },
		watch: func(seen *atomic.Uint32) (transport, *sql.DB, error) {
			s.transport = s.transport.watched(seen)
			db, err := openPostgres(s, t, Writing)
			return s.transport, db, err
		},
		Server:     true,
		Write:      &sql.TxOptions{Isolation: sql.LevelReadCommitted},
		Read:       &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true},
		SchemaLock: "SELECT CASE WHEN pg_try_advisory_lock(7234812095) THEN 1 ELSE 0 END",
		SchemaHolder: "SELECT 'process ' || a.pid || ' of ' || a.usename || ' from ' || COALESCE(CAST(a.client_addr AS text), 'a socket') || " +
			"', since ' || a.backend_start FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid WHERE l.locktype = 'advisory' AND l.granted " +
			"AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database()) " +
			"AND CAST(l.classid AS bigint) * 4294967296 + CAST(l.objid AS bigint) = 7234812095",
	}
}

// everySetting answers for each setting that the driver would otherwise look
// for in the environment and in files of the user's home. What is in the URL is
// put in place of it.
const everySetting = `host=localhost port=5432 user=nobody password=none dbname=none sslmode=disable sslrootcert='' ` +
	`sslcert='' sslkey='' passfile='' target_session_attrs=any application_name=sallyport connect_timeout=0 options=''`

// openPostgres makes a pool. Statements are prepared and values are bound.
func openPostgres(s server, t Timing, r Role) (*sql.DB, error) {
	cfg, err := pgx.ParseConfig(everySetting)
	if err != nil {
		return nil, fmt.Errorf("set up the driver: %w", err)
	}
	cfg.User, cfg.Password, cfg.Database = s.user, s.password, s.database
	cfg.Host, cfg.Port = s.host, s.port
	if s.socket != "" {
		cfg.Host = s.socket
	}
	cfg.ConnectTimeout = t.Limit
	cfg.TLSConfig, cfg.Fallbacks = s.transport.tls, nil
	if s.transport.fallback() {
		cfg.Fallbacks = []*pgconn.FallbackConfig{{Host: cfg.Host, Port: cfg.Port}}
	}
	cfg.RuntimeParams = map[string]string{
		"application_name": "sallyport", "timezone": "UTC", "standard_conforming_strings": "on",
	}
	if r != Migrating {
		// A client that is frozen in a transaction must not keep its locks for
		// ever.
		cfg.RuntimeParams["lock_timeout"] = millis(t.Lock)
		cfg.RuntimeParams["idle_in_transaction_session_timeout"] = millis(2 * t.Limit)
	}
	return sql.OpenDB(connector{Connector: stdlib.GetConnector(*cfg), explain: s.transport.explain}), nil
}

func millis(d time.Duration) string { return strconv.FormatInt(d.Milliseconds(), 10) }

// readOnlyPostgres tells whether a server refused to write because it is
// read-only.
func readOnlyPostgres(err error) bool {
	e, ok := errors.AsType[*pgconn.PgError](err)
	return ok && e.Code == "25006" // read_only_sql_transaction
}

// classifyPostgres goes by SQLSTATE; its first two characters are the class.
func classifyPostgres(err error) Verdict {
	e, ok := errors.AsType[*pgconn.PgError](err)
	switch {
	case !ok && (unreachable(err) || pgconn.Timeout(err) || pgconn.SafeToRetry(err) || errors.Is(err, pgconn.ErrConnClosed)):
		return Unavailable
	case !ok:
		return Other
	}
	switch e.Code {
	case "23505": // unique_violation
		return Taken
	case "40001", "40P01", "55P03": // serialization_failure, deadlock_detected, lock_not_available
		return Busy
	case "25006", // read_only_sql_transaction
		"25P03",                   // idle_in_transaction_session_timeout
		"42501", "3D000", "0A000": // privilege, no such database, cached plan of an older schema
		return Unavailable
	}
	switch e.Code[:min(2, len(e.Code))] {
	case "08", "28", "53", "57", "58", "F0", "XX": // connection, authorization, resources, operator, system, configuration, internal
		return Unavailable
	}
	if errors.Is(err, errNoConnection) {
		return Unavailable
	}
	return Other
}
