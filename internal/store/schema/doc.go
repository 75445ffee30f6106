// Package schema brings a database's tables to the form that this program wants.
//
// The steps are in the folder migrations: one portable statement per file, and
// forward only, because not every engine can take a CREATE back. Goose runs them
// and notes in a table of its own which are done.
//
// # Several at once
//
// Of several processes that start at once one migrates a server, under a lock
// that belongs to its connection and ends with it; the others wait. On SQLite
// each step is one immediate transaction instead.
//
// # Dying half-way
//
// Where a step and its note are one transaction, a process that dies leaves a
// step done or not done. On MySQL it may be done and not noted; whoever comes
// next finds that it is there, makes sure that it is ours, and notes it.
package schema
