// Package engine is all that differs between the engines that Sallyport keeps
// its data in: SQLite, MySQL and MariaDB, PostgreSQL. Package store has
// the statements, which are the same for all.
//
// # What it owns
//
// The meaning of a database URL, the way to a connection and its settings, the
// few texts that no portable statement can say, and what an engine's errors
// mean. [Parse] gives an [Engine], which connects to nothing before somebody uses
// what [Engine.Open] returns.
//
// # Sessions
//
// A connection to MySQL has a strict sql_mode, counts the rows that an UPDATE
// finds, binds values by the server's protocol, and gives up waiting for a lock
// after a second; so does one to PostgreSQL after half a second. Either ends the
// session of a client that was frozen in a transaction. One that migrates waits
// for as long as it takes.
//
// # Isolation
//
// A transaction that writes runs at READ COMMITTED on a server. A compare-and-set
// always meets the newest committed row; at MySQL's default a read after it would
// show the row as it was before, and a subquery of an UPDATE would lock what it
// only reads. One that reads runs at REPEATABLE READ: one snapshot.
//
// # Threats
//
// No error repeats a URL, which may hold a password; none of the engine's own
// environment variables or files is read. A parameter that is not known is
// refused: it might be the one that asks for encryption. A connection that leaves
// this machine is encrypted, with the very host that the URL names, unless the
// URL says in so many words that less will do. One that does not is encrypted
// where the server can.
package engine
