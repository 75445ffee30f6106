// Package store says what Sallyport remembers: records, and the ports through
// which rooms read and change them. It holds no SQL and no rules; package
// store/sqlstore is the adapter, and store/storetest the list of promises that
// every engine must keep.
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
package store

import (
	"context"
	"errors"
	"time"
)

// DefaultRealm is the one realm there is for now.
const DefaultRealm = "main"

var (
	// ErrNotFound is returned when no row is there.
	ErrNotFound = errors.New("not found")
	// ErrTaken is returned by an insert that meets a unique key.
	ErrTaken = errors.New("taken")
	// ErrUnavailable wraps every failure to reach the database, or to get
	// through to it in time.
	ErrUnavailable = errors.New("database unavailable")
)

// Store is the memory of Sallyport. It is safe for concurrent use.
type Store interface {
	// Tx runs fn in a transaction that may write and commits it if fn returns
	// nil. On SQLite, writers take turns. Conflicts are retried inside.
	// Revocations that fn appended are numbered as the last statements before
	// COMMIT, and the functions given to AfterCommit run once it has succeeded.
	Tx(ctx context.Context, fn func(ctx context.Context, tx *Tx) error) error
	// View runs fn on one consistent snapshot. Writing through it is an error.
	View(ctx context.Context, fn func(ctx context.Context, tx *Tx) error) error
	// Direct gives ports whose every call is a transaction of its own.
	// Revocations.Append and Jobs.Insert are not to be used through it.
	Direct() *Tx
	// Now is the database's time, through clock.Clock.
	Now(ctx context.Context) (time.Time, error)
	// AfterCommit adds a function that hears what a committed transaction
	// caused. It runs on the goroutine that called Tx, before Tx returns. Call
	// AfterCommit before the store is used by more than one goroutine.
	AfterCommit(fn func(ctx context.Context, effects Effects))
	// InPlace tells whether the database's files are still where they were
	// opened. While they are not, writes are ErrUnavailable. It looks at the
	// file system and waits for nobody; of a server it says nil.
	InPlace() error
	// Check tells whether the database answers, holds the schema that this
	// program wants, and can be written to. It gives up when ctx does.
	Check(ctx context.Context) error
	// Close waits for running transactions.
	Close() error
}

// Effects is what a committed transaction caused beyond its rows.
type Effects struct {
	Revocations []Revocation // numbered, in order
	// Follows is the feed as it was before the first of Revocations. Its mark is
	// 0 if the entry there has none or is gone.
	Follows FeedHead
	JobIDs  []string // of jobs that were inserted
}

// Tx is the set of ports, bound to one transaction.
type Tx struct {
	Users       Users
	Mailboxes   Mailboxes
	Credentials Credentials
	Signups     PendingSignups
	Tokens      OneTimeTokens
	Passkeys    Passkeys
	Challenges  Challenges
	TOTPs       TOTPs
	Recovery    RecoveryCodes
	LoginSteps  LoginSteps
	MagicLinks  MagicLinks
	Sessions    Sessions
	Devices     Devices
	Browsers    BrowserSessions
	Idempotency IdempotencyKeys
	Undelivered UndeliveredSessions
	Revocations Revocations
	Attempts    Attempts
	Jobs        Jobs
	JobLedger   JobLedger
	Audit       AuditEvents
	SigningKeys SigningKeys
	SecretKeys  SecretKeys
	Facts       Facts
	History     History
	Changes     EmailChanges
	Deletions   Deletions
	Removals    Removals
	Erasures    Erasures
	Holdings    Holdings
}

// Page bounds a list. After is the cursor of the last row of the page before,
// empty for the first page; Limit is at least 1.
type Page struct {
	After string
	Limit int
}
