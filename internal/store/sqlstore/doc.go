// Package sqlstore keeps what Sallyport remembers in SQL. It is the adapter of
// package store; app alone opens it.
//
// # What it owns
//
// The database file and its schema (the folder migrations, one statement per
// step, forward only), the text of every statement, and the connections. It
// holds no rules: a method says in its WHERE what its caller believes, and
// reports whether this call changed the row.
//
// # One portable set of statements
//
// Statements are declared with q beside the methods that use them and hold to
// the subset that docs/sql.md describes. dialect.go is the only place that
// knows engines. This build has SQLite; the URL of another engine is refused
// with [ErrEngine].
//
// # Connections
//
// SQLite has one writer at a time, so there is one connection that writes and a
// pool that reads (query_only). Callers stand in a queue for them, first come,
// first served, and nobody stands there longer than 1.5 s. A transaction takes
// the write lock when it begins; View reads the snapshot that its first read
// takes; through Direct each call is one statement, reads on the pool and
// writes on the writer. A function in Tx or View must use the ports it was
// given: Direct inside of Tx would wait for the connection that Tx holds.
//
// # Failure
//
// A commit has reached the disk when Tx returns nil (WAL with
// synchronous=FULL): a killed process loses nothing that was acknowledged. What
// meets a lock is tried again with jitter, for two seconds at most and never
// longer than its context; then, as for a database that cannot be reached, the
// error wraps store.ErrUnavailable. A transaction function that is run again
// starts from nothing. A cancelled context undoes its transaction and leaves
// the connection fit for the next.
//
// # Threats
//
// The file may be read by its owner alone. Values are always bound, never
// written into the text of a statement. Deleted content is overwritten
// (secure_delete) where that costs no extra page. Sealed values and hashes are
// stored as they come: this package never sees a secret in clear and never
// logs.
package sqlstore
