// Package sqlrun runs declared statements on a database of whatever engine: each
// in a transaction of its own, or several in one. Package store writes
// the statements and alone stands on it.
//
// # What it owns
//
// The connections, the queues before them, and what is prepared on them. It
// decides who waits, for how long, and what is run again. It knows no table, no
// realm and no rule, and it never logs: an error has the meaning that callers of
// package store know, which package store/engine gave it.
//
// # Connections
//
// Callers stand in a queue for connections, first come, first served, and
// nobody stands there longer than 1.5 s. SQLite has one writer at a time, so
// there is one connection that writes and a pool that reads (query_only); a
// transaction takes the write lock when it begins. A server has one pool, and
// transactions beside each other. A statement is prepared once per pool, and
// closed with it.
//
// # Failure
//
// What meets a lock is tried again with jitter, for two seconds at most and
// never longer than its context; then, as for a database that cannot be reached,
// the error wraps store.ErrUnavailable. A transaction that met a conflict is
// undone whatever its function made of the error. A cancelled context undoes its
// transaction, and so does a panic, which passes through.
//
// A call to a server has a limit of 1.9 s in all, so that one that is frozen or
// out of reach is reported within two. When one connection fails, those that
// nobody uses are closed, for they have probably failed too; one that turns out
// to be stale when a transaction begins, or in a read, is replaced once.
//
// If the answer to COMMIT, or to a statement outside of a transaction, is lost,
// nobody knows whether it was done. The error wraps store.ErrUnavailable, and
// nothing is run again on top of it.
//
// A write is not acknowledged unless the guard agrees before and after it: what
// was written to a file that somebody has taken away is lost with the process.
//
// # Threats
//
// Values are always bound, never written into the text of a statement. A trace
// shows the text as it was declared, and no value.
package sqlrun
