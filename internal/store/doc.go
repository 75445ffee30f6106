// Package store is what Sallyport remembers: for each table a file with its
// records, its statements, and the methods that run them. Package storetest is
// the list of promises that it keeps on every engine.
//
// # What it owns
//
// The text of every statement, and SQLite's file. It holds no rules: a method
// says in its WHERE what its caller believes, and reports whether this call
// changed the row. Rooms use it and write no SQL.
//
// # Changes
//
// Every change is one transaction ([Store.Tx]): the change, its one-time token,
// its job and its audit event are committed together or not at all. A change is
// a compare-and-set: the method says in its WHERE what it believes, and reports
// whether this call changed the row. Of any number of concurrent calls exactly
// one gets true.
//
// The function handed to Tx may run again after a conflict, so it must not keep
// results of an earlier run and must not talk to the network. It returns an
// error only when everything it wrote must be undone; a security write whose
// request fails is an outcome, not an error.
//
// # Realms
//
// Every table and every unique key carries a realm. A Store is opened for one
// realm and its methods see no other.
//
// # Times
//
// Times are microseconds in UTC; the zero time is NULL. Records come back with
// exactly the precision that was stored. Refresh tokens and leases are timed by
// the database's clock, which is read through clock.Clock.
//
// # One portable set of statements
//
// Statements are declared with q beside the methods that use them and hold to
// the subset that docs/sql.md describes. Package store/sqlrun has the connections
// and runs the statements, and says who waits for how long; what differs between
// engines is in package store/engine, the tables are made by package
// store/schema.
//
// # Isolation
//
// View reads the snapshot that its first read takes. In Tx on a server each
// statement sees what is committed when it begins (READ COMMITTED), which is
// what a compare-and-set meets: its answer and a read after it agree. At MySQL's
// default they would not, and a subquery of an UPDATE would lock what it only
// reads. What Tx read may therefore have changed when Tx writes; only the
// compare-and-set tells. Through Direct each call is one statement. A function
// in Tx or View must use the Tx it was given: Direct inside of Tx would wait
// for a connection while it holds one.
//
// # Failure
//
// A commit has reached the disk when Tx returns nil, on SQLite by WAL with
// synchronous=FULL, on a server if it is set up so, as is the default. After a
// conflict a transaction function runs again, and starts from nothing: what an
// earlier run wanted to append or to wake is forgotten with it. A database that
// cannot be reached, or is busy for too long, is ErrUnavailable within two
// seconds.
//
// If the answer to COMMIT, or to a statement through Direct, is lost, nobody
// knows whether it was done. The error wraps ErrUnavailable, nothing is
// run again, and AfterCommit hears nothing: the caller's next compare-and-set,
// or whoever follows the feed, finds out.
//
// # A database that was restored or moved
//
// Statements named restore... are for package restore: they change every row of the
// realm, however many there are, while nobody is served. Their methods say how many
// rows they changed; run twice, a method changes what the first run left.
//
// # Threats
//
// SQLite's file may be read by its owner alone. Deleted content is overwritten
// there (secure_delete) where that costs no extra page. Sealed values and hashes
// are stored as they come: this package never sees a secret in clear and never
// logs. No error repeats a URL, which may hold a password. A connection to a
// server is encrypted where the server can; only sslmode=verify-full keeps out
// whoever sits between.
package store
