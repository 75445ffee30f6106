package engine

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strings"
	"sync/atomic"
	"time"
)

// Verdict is what an engine's error means to us.
type Verdict int

// The verdicts.
const (
	Other       Verdict = iota // a fault in a statement, or a rule that it broke
	Busy                       // somebody holds the lock, or we lost a deadlock: try again
	Taken                      // a unique key refused the row
	Unavailable                // the database cannot be reached or used
)

var (
	// ErrNotFound is returned when no row is there.
	ErrNotFound = errors.New("not found")
	// ErrTaken is returned by an insert that meets a unique key.
	ErrTaken = errors.New("taken")
	// ErrUnavailable wraps every failure to reach the database, or to get
	// through to it in time.
	ErrUnavailable = errors.New("database unavailable")
	// ErrBusy marks a conflict that trying again may resolve.
	ErrBusy = errors.New("busy")
	// ErrSlow is the cause with which a context ends when a server did not
	// answer within its limit.
	ErrSlow = errors.New("no answer in time")
	// ErrReadOnly marks a write that a server refused because it takes none.
	ErrReadOnly error = readOnlyError{}
)

type readOnlyError struct{}

// Error tells an operator what to do.
func (readOnlyError) Error() string {
	return "the server is read-only, as a replica is: name the one that takes writes, or make this one take them"
}

// State is what /readyz calls a database with such a server.
func (readOnlyError) State() string { return "read_only" }

// Engine is a database that a URL names, and everything that differs between
// engines. Keep it this small: when a statement needs another field, rewrite the
// statement first.
type Engine struct {
	Name        string // "sqlite", "mysql" or "postgres"
	Path        string // of SQLite's file; empty for a server
	Numbered    bool   // $1, $2 instead of ?
	TableSuffix string // stands where a migration says /*suffix*/; see Suffix
	Now         string // the database's time in microseconds, stands where a statement says {now}

	// Server is set where many write at once, over a network that may fail. The
	// rest is for servers.
	Server       bool
	Write, Read  *sql.TxOptions // of transactions that write, and that read
	SchemaLock   string         // takes the session's lock on the schema and says 1, or says 0
	SchemaHolder string         // names the session that has it

	open     func(Role) (*sql.DB, error)
	watch    func(seen *atomic.Uint32) (transport, *sql.DB, error) // opens, and notes the version of TLS; nil for SQLite
	classify func(error) Verdict
	suffix   func(ctx context.Context, db *sql.DB) (string, error) // nil if it is always the same
	readOnly func(error) bool                                      // nil for SQLite
	exists   func(error) bool                                      // nil where a step and its note are one transaction
}

// Role is what connections are for.
type Role int

// The roles.
const (
	Writing   Role = iota // on a server also for reading
	Reading               // on SQLite, where only one connection may write
	Migrating             // without limits to what a statement takes
)

// Timing is how long a server is waited for.
type Timing struct {
	Limit time.Duration // a whole call
	Lock  time.Duration // a lock that another transaction holds
}

// Open makes a pool of connections. It does not connect yet.
func (e Engine) Open(r Role) (*sql.DB, error) {
	db, err := e.open(r)
	if err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	if e.Server && r != Migrating {
		db.SetConnMaxLifetime(keptFor)
		db.SetConnMaxIdleTime(idleFor)
	}
	return db, nil
}

// How long a connection to a server is kept: in all, so that it finds a server
// that has moved, and without use, so that none dies of old age unseen.
const (
	keptFor = 5 * time.Minute
	idleFor = time.Minute
)

// Render gives a statement's text as this engine reads it: text with ?, or
// numbered with $1 and $2.
func (e Engine) Render(text, numbered string) string {
	if e.Numbered {
		text = numbered
	}
	return strings.ReplaceAll(text, "{now}", e.Now)
}

// Suffix asks a server what stands for /*suffix*/.
func (e Engine) Suffix(ctx context.Context, db *sql.DB) (string, error) {
	if e.suffix == nil {
		return e.TableSuffix, nil
	}
	return e.suffix(ctx, db)
}

// CommitsEachStep tells whether a step of a migration is done before it can be
// noted.
func (e Engine) CommitsEachStep() bool { return e.exists != nil }

// Exists tells whether a step failed because what it makes is there.
func (e Engine) Exists(err error) bool { return e.exists != nil && e.exists(err) }

// Classify gives the meaning of an error that came from the driver.
func (e Engine) Classify(err error) Verdict { return e.classify(err) }

// Fail gives err the meaning that callers of package store know.
func (e Engine) Fail(ctx context.Context, err error) error {
	switch {
	case err == nil || errors.Is(err, ErrUnavailable):
		return err
	case errors.Is(err, sql.ErrNoRows):
		return ErrNotFound
	case errors.Is(context.Cause(ctx), ErrSlow):
		return fmt.Errorf("%w: %w", ErrUnavailable, ErrSlow)
	case ctx.Err() != nil:
		return fmt.Errorf("%w: %w", ErrUnavailable, ctx.Err())
	case e.readOnly != nil && e.readOnly(err):
		return fmt.Errorf("%w: %w: %w", ErrUnavailable, ErrReadOnly, err)
	case errors.Is(err, sql.ErrConnDone) || errors.Is(err, sql.ErrTxDone):
		return fmt.Errorf("%w: %w", ErrUnavailable, err)
	}
	switch e.classify(err) {
	case Busy:
		return fmt.Errorf("%w: %w: %w", ErrUnavailable, ErrBusy, err)
	case Taken:
		return fmt.Errorf("%w: %w", ErrTaken, err)
	case Unavailable:
		return fmt.Errorf("%w: %w", ErrUnavailable, err)
	case Other:
	}
	return fmt.Errorf("run statement: %w", err)
}

// Stale tells whether err is of a connection that was made before and is no good
// any more, as after a restart of the server.
func (e Engine) Stale(err error) bool {
	return err != nil && e.Server && !errors.Is(err, errNoConnection) && e.classify(err) == Unavailable
}

// errNoConnection marks whatever kept a connection from being made: an address
// that nobody listens on, a password that is wrong, a certificate that cannot be
// trusted. To a caller each means that the database cannot be reached.
var errNoConnection = errors.New("no connection")

// unreachable tells whether the connection failed, and not the statement.
func unreachable(err error) bool {
	_, network := errors.AsType[net.Error](err)
	return network || errors.Is(err, errNoConnection) || errors.Is(err, driver.ErrBadConn) ||
		errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, net.ErrClosed) ||
		errors.Is(err, os.ErrDeadlineExceeded) ||
		errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
}

// connector opens connections, says of each that fails that it was one, and
// sets up each that does not.
type connector struct {
	driver.Connector

	explain func(error) error                              // why no connection was made
	setUp   func(ctx context.Context, c driver.Conn) error // nil if there is nothing to do
}

// Connect opens a connection.
func (c connector) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := c.Connector.Connect(ctx)
	if err != nil {
		return nil, noConnection(c.explain(err))
	}
	if c.setUp != nil {
		if err := c.setUp(ctx, conn); err != nil {
			_ = conn.Close()
			return nil, noConnection(err)
		}
	}
	return conn, nil
}

type connectError struct{ error }

// Is makes every connectError an errNoConnection.
func (connectError) Is(target error) bool { return target == errNoConnection }

// Unwrap gives what the driver said.
func (e connectError) Unwrap() error { return e.error }

func noConnection(err error) error { return connectError{err} }
