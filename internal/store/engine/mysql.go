package engine

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/go-sql-driver/mysql"
)

// mysqlEngine is MySQL or MariaDB. Its clock is read in UTC, whatever the
// session's time zone is, and by TIMESTAMPDIFF, which knows years after 2038.
//
// A transaction reads committed rows, each statement anew: at MySQL's default
// it would go on reading what was there at its first read, while its
// compare-and-sets meet what is there now; and a subquery of an UPDATE would
// lock what it only reads. A view is one snapshot.
func mysqlEngine(s server, t Timing) Engine {
	return Engine{
		Name:     "mysql",
		Now:      "TIMESTAMPDIFF(MICROSECOND, '1970-01-01', UTC_TIMESTAMP(6))",
		classify: classifyMySQL,
		open:     func(r Role) (*sql.DB, error) { return openMySQL(s, t, r) },
		watch: func(seen *atomic.Uint32) (transport, *sql.DB, error) {
			s.transport = s.transport.watched(seen)
			db, err := openMySQL(s, t, Writing)
			return s.transport, db, err
		},
		Server:     true,
		Read:       &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true},
		SchemaLock: "SELECT GET_LOCK(" + mysqlLock + ", 0)",
		// Without the privilege PROCESS a user sees their own sessions, which
		// those of other instances are.
		SchemaHolder: "SELECT CONCAT('connection ', ID, ' of ', USER, ' from ', HOST, ', ', COALESCE(STATE, COMMAND)) " +
			"FROM information_schema.PROCESSLIST WHERE ID = IS_USED_LOCK(" + mysqlLock + ")",
		suffix:   mysqlSuffix,
		exists:   doneByMySQL,
		readOnly: readOnlyMySQL,
	}
}

// mysqlLock is the name of the lock of migrations. Names are the server's, not
// the database's, and have 64 characters at most. MySQL has no SHA1() since 9.6.
const mysqlLock = "CONCAT('sallyport:', LEFT(SHA2(DATABASE(), 256), 40))"

// mysqlModes makes what does not fit an error instead of something else that
// does. It is all there is: modes of the server that change what a text means
// do not reach our sessions.
const mysqlModes = "'STRICT_ALL_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION'"

// openMySQL makes a pool. Values are bound by the server's own protocol, never
// written into the text, and an UPDATE counts the rows that it found.
func openMySQL(s server, t Timing, r Role) (*sql.DB, error) {
	cfg := mysql.NewConfig()
	cfg.User, cfg.Passwd, cfg.DBName = s.user, s.password, s.database
	cfg.Net, cfg.Addr = "tcp", s.address()
	if s.socket != "" {
		cfg.Net, cfg.Addr = "unix", s.socket
	}
	cfg.TLS, cfg.AllowFallbackToPlaintext = s.transport.tls, s.transport.fallback()
	cfg.ClientFoundRows, cfg.InterpolateParams = true, false
	cfg.ParseTime = r == Migrating // goose wants it
	cfg.ConnectionAttributes = "program_name:sallyport"
	cfg.Logger = &mysql.NopLogger{} // it comes back as an error as well
	cfg.Timeout = t.Limit
	cfg.Params = map[string]string{"sql_mode": mysqlModes, "foreign_key_checks": "1", "unique_checks": "1", "autocommit": "1"}
	if r != Migrating {
		// COMMIT and ROLLBACK know no context; see package sqlrun. A client that is
		// frozen in a transaction must not keep its locks for ever.
		cfg.ReadTimeout, cfg.WriteTimeout = t.Limit+time.Second, t.Limit+time.Second
		// Only MariaDB reads the comment; MySQL has nothing but wait_timeout.
		cfg.Params["wait_timeout"] = seconds(2*idleFor+t.Limit) + " /*M!100300 , idle_transaction_timeout = " + seconds(2*t.Limit) + " */"
		cfg.Params["innodb_lock_wait_timeout"] = seconds(t.Lock) // of rows
		cfg.Params["lock_wait_timeout"] = seconds(t.Lock)        // of tables that are being altered
	}
	if err := cfg.Apply(mysql.Charset("utf8mb4", "")); err != nil {
		return nil, fmt.Errorf("set up the driver: %w", err)
	}
	c, err := mysql.NewConnector(cfg)
	if err != nil {
		return nil, fmt.Errorf("set up the driver: %w", err)
	}
	return sql.OpenDB(connector{Connector: c, explain: s.transport.explain, setUp: func(ctx context.Context, c driver.Conn) error {
		run, ok := c.(driver.ExecerContext)
		if !ok {
			return errors.New("the driver cannot run statements")
		}
		_, err := run.ExecContext(ctx, "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED", nil)
		return err
	}}), nil
}

func seconds(d time.Duration) string { return strconv.Itoa(max(1, int(d/time.Second))) }

// mysqlSuffix asks the server which collation compares byte for byte, trailing
// spaces and all: MariaDB has one since 10.2, MySQL since 8.0.17, each with a
// name of its own.
func mysqlSuffix(ctx context.Context, db *sql.DB) (string, error) {
	rows, err := db.QueryContext(ctx, `SELECT COLLATION_NAME FROM information_schema.COLLATIONS
		WHERE COLLATION_NAME IN ('utf8mb4_nopad_bin', 'utf8mb4_0900_bin') ORDER BY COLLATION_NAME DESC`)
	if err != nil {
		return "", err
	}
	defer rows.Close()
	var collation string
	if !rows.Next() {
		return "", errors.Join(errors.New("the server is too old: MariaDB 10.6 or MySQL 8.0.17 is needed"), rows.Err())
	}
	if err := rows.Scan(&collation); err != nil {
		return "", err
	}
	return " ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARSET=utf8mb4 COLLATE=" + strings.ToLower(collation), rows.Err()
}

// mysqlCode gives the number of a server's error, or 0.
func mysqlCode(err error) uint16 {
	if e, ok := errors.AsType[*mysql.MySQLError](err); ok {
		return e.Number
	}
	return 0
}

// doneByMySQL tells whether a table, a column or an index is there already.
func doneByMySQL(err error) bool {
	switch mysqlCode(err) {
	case 1050, 1060, 1061: // ER_TABLE_EXISTS_ERROR, ER_DUP_FIELDNAME, ER_DUP_KEYNAME
		return true
	}
	return false
}

// readOnlyMySQL tells whether a server refused to write because it is read-only.
// The first number is of any option that prevents a statement, and only the text
// says which.
func readOnlyMySQL(err error) bool {
	switch mysqlCode(err) {
	case 1290: // ER_OPTION_PREVENTS_STATEMENT
		return strings.Contains(err.Error(), "read-only")
	case 1792, 1836: // ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION, ER_READ_ONLY_MODE
		return true
	}
	return false
}

func classifyMySQL(err error) Verdict {
	if unreachable(err) || errors.Is(err, mysql.ErrInvalidConn) || errors.Is(err, mysql.ErrMalformPkt) ||
		errors.Is(err, mysql.ErrPktSync) || errors.Is(err, mysql.ErrPktSyncMul) || errors.Is(err, mysql.ErrBusyBuffer) {
		return Unavailable
	}
	switch mysqlCode(err) {
	case 1062, 1586: // ER_DUP_ENTRY, ER_DUP_ENTRY_WITH_KEY_NAME
		return Taken
	case 1205, 1213, // ER_LOCK_WAIT_TIMEOUT, ER_LOCK_DEADLOCK
		1020,       // ER_CHECKREAD: MariaDB 11.6 and later, of a snapshot
		1412, 1615: // ER_TABLE_DEF_CHANGED, ER_NEED_REPREPARE: somebody migrates
		return Busy
	case 1040, 1203, 1226, 1461, // too many connections, connections of a user, resources, prepared statements
		1053, 1077, 1079, 1927, 1047, // shutting down; connection killed; not part of the cluster
		1290, 1792, 1836, // read-only
		1317, 1969, 3024, // interrupted, or out of the server's patience
		1021, 1030, 1037, 1038, 1041, 1114, 1180, 1194, // disk, storage engine, memory, table full, error in COMMIT, crashed
		1044, 1045, 1049, 1129, 1130, 1142, 1698: // refused: the user, the database, the host
		return Unavailable
	}
	return Other
}
