// Package sqlstore keeps what Sallyport remembers in SQL. It is the adapter of
// package store; app alone opens it.
//
// # What it owns
//
// The text of every statement, the connections, and SQLite's file. It
// holds no rules: a method says in its WHERE what its caller believes, and
// reports whether this call changed the row.
//
// # One portable set of statements
//
// Statements are declared with q beside the methods that use them and hold to
// the subset that docs/sql.md describes. What differs between engines is in
// package store/engine, the tables are made by package store/schema.
//
// # Connections
//
// Callers stand in a queue for connections, first come, first served, and
// nobody stands there longer than 1.5 s. SQLite has one writer at a time, so
// there is one connection that writes and a pool that reads (query_only); a
// transaction takes the write lock when it begins. A server has one pool, and
// transactions beside each other.
//
// # Isolation
//
// View reads the snapshot that its first read takes. In Tx on a server each
// statement sees what is committed when it begins (READ COMMITTED), which is
// what a compare-and-set meets: its answer and a read after it agree. At MySQL's
// default they would not, and a subquery of an UPDATE would lock what it only
// reads. What Tx read may therefore have changed when Tx writes; only the
// compare-and-set tells. Through Direct each call is one statement. A function
// in Tx or View must use the ports it was given: Direct inside of Tx would wait
// for a connection while it holds one.
//
// # Failure
//
// A commit has reached the disk when Tx returns nil, on SQLite by WAL with
// synchronous=FULL, on a server if it is set up so, as is the default. What
// meets a lock is tried again with jitter, for two seconds at most and never
// longer than its context; then, as for a database that cannot be reached, the
// error wraps store.ErrUnavailable. A transaction function that is run again
// starts from nothing. A cancelled context undoes its transaction.
//
// A call to a server has a limit of 1.9 s in all, so that one that is frozen or
// out of reach is reported within two. When one connection fails, those that
// nobody uses are closed, for they have probably failed too; one that turns out
// to be stale when a transaction begins, or in a read, is replaced once.
//
// If the answer to COMMIT, or to a statement through Direct, is lost, nobody
// knows whether it was done. The error wraps store.ErrUnavailable, nothing is
// run again, and AfterCommit hears nothing: the caller's next compare-and-set,
// or whoever follows the feed, finds out.
//
// # Threats
//
// SQLite's file may be read by its owner alone. Values are always bound, never
// written into the text of a statement. Deleted content is overwritten on SQLite
// (secure_delete) where that costs no extra page. Sealed values and hashes are
// stored as they come: this package never sees a secret in clear and never
// logs. No error repeats a URL, which may hold a password. A connection to a
// server is encrypted where the server can; only sslmode=verify-full keeps out
// whoever sits between.
package sqlstore
