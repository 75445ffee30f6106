package store

import (
	"context"
	"time"
)

// JobState is where a job stands.
type JobState string

// The states of a job.
const (
	JobReady   JobState = "ready"   // due at RunAt
	JobRunning JobState = "running" // leased until LeaseExpiresAt
	JobDone    JobState = "done"
	JobDead    JobState = "dead" // tried for the last time; kept for operators
)

// Job is work to do after the transaction that inserted it. Payload is JSON;
// SecretSealed holds what must not be at rest in clear and is erased when the
// job is done or dead.
type Job struct {
	ID             string
	Kind           string
	Payload        string
	SecretSealed   string
	State          JobState
	Attempts       int
	MaxAttempts    int
	Fence          int64
	RunAt          time.Time
	ExpiresAt      time.Time // no use after this; zero for never
	LeaseExpiresAt time.Time
	LastError      string
	CreatedAt      time.Time
	UpdatedAt      time.Time
}

// JobClaim asks for a lease on one job.
type JobClaim struct {
	ID    string
	Kinds []string // the kinds that this program knows
	Lease time.Duration
}

// JobOutcome settles a claimed job. It counts only while ID, Fence and the
// running state are still what the worker claimed.
type JobOutcome struct {
	ID          string
	Fence       int64
	State       JobState // JobDone, JobDead, or JobReady to try again
	RunAfter    time.Duration
	LastError   string
	EraseSecret bool
}

// JobRevival is what an operator decided about a dead job: that it is to run
// again (JobReady), with what it then needs, or that it is no longer wanted
// (JobDone). It counts only while the job is dead and Fence is what was seen.
type JobRevival struct {
	ID           string
	Fence        int64
	State        JobState
	Payload      string
	SecretSealed string
	Attempts     int
	ExpiresAt    time.Time
	LastError    string
}

// JobStats is what operators watch: the queue as a whole, and by kind.
type JobStats struct {
	JobCounts

	Kinds []KindStats // those that have jobs which are not done, in order
}

// KindStats is what operators watch of one kind.
type KindStats struct {
	JobCounts

	Kind string
}

// JobCounts counts jobs that are not done.
type JobCounts struct {
	Ready     int64
	Running   int64
	Dead      int64
	OldestDue time.Duration // how long the oldest due job has waited
}

// Jobs is the port of those who enqueue and work. All its times are by the
// database's clock.
type Jobs interface {
	// Insert adds a job in the caller's transaction, due at once if RunAt is
	// zero.
	Insert(ctx context.Context, j Job) error
	// Due lists ids of jobs of the given kinds that can be claimed, oldest
	// first, at most limit.
	Due(ctx context.Context, kinds []string, limit int) ([]string, error)
	// Claim leases a job that is ready and due, or whose lease has expired, to
	// this caller alone: its fence and its attempts rise by one.
	Claim(ctx context.Context, c JobClaim) (Job, bool, error)
	// Settle records an outcome and reports whether the claim still held.
	Settle(ctx context.Context, o JobOutcome) (bool, error)
}

// JobLedger is the port of those who look after jobs.
type JobLedger interface {
	ByID(ctx context.Context, id string) (Job, error)
	// List gives jobs in a state, newest first.
	List(ctx context.Context, state JobState, page Page) ([]Job, error)
	Stats(ctx context.Context) (JobStats, error)
	// Revive settles a dead job anew and reports whether this call did. Its
	// fence rises; one that is ready is due at once, and heard of by AfterCommit
	// if this is in a transaction.
	Revive(ctx context.Context, r JobRevival) (bool, error)
	// EraseExpired erases the secrets of jobs that expired before the given
	// time and makes those that still wait dead, at most limit.
	EraseExpired(ctx context.Context, before time.Time, limit int) (int, error)
	// Reseal replaces a job's secret that is still the old one.
	Reseal(ctx context.Context, id, old, sealed string) (bool, error)
	// Drop deletes jobs, whatever their state. Whoever runs one records no
	// outcome.
	Drop(ctx context.Context, ids []string) (int, error)
	// Purge deletes jobs done before the given time, at most limit.
	Purge(ctx context.Context, before time.Time, limit int) (int, error)
}

// AuditEvent is one thing that happened. Who it happened to is kept by
// identifier; personal data stands in Personal, which lives in a side table and
// can be erased without touching the event.
type AuditEvent struct {
	ID          string
	Kind        string // "session.opened", "password.reset", ...
	Outcome     string // "success" or "failure"
	Reason      string // a code: "wrong_password", "expired", ...
	ActorID     string // user id of who did it, if known
	UserID      string // user id of whom it concerns, if known
	SessionHash string // hash of the session id, never the id
	RequestID   string
	Details     string // JSON object without personal data
	CreatedAt   time.Time
	Personal    AuditPersonal
}

// AuditPersonal is the erasable part of an audit event.
type AuditPersonal struct {
	Address   string
	UserAgent string
	Email     string
}

// AuditRepeat counts refusals of one minute that are alike.
type AuditRepeat struct {
	ID      string // hash of what they have in common, the minute included
	EventID string // the first of them, which is an event
	Number  int    // of them, the first included
	BeganAt time.Time
	// Kind, Reason and UserID are those of the event, when it is listed; empty if
	// the event is gone.
	Kind, Reason, UserID string
}

// AuditFilter narrows a list of events. Empty fields match everything.
type AuditFilter struct {
	UserID string
	Kind   string
}

// AuditEvents is the port to the audit log.
type AuditEvents interface {
	Insert(ctx context.Context, e AuditEvent) error
	// List gives events, newest first. The cursor is an event's id.
	List(ctx context.Context, filter AuditFilter, page Page) ([]AuditEvent, error)
	// Count counts one refusal more and reports whether it is the first of its
	// kind, which makes r the row. Of any number of concurrent calls exactly one
	// is the first.
	Count(ctx context.Context, r AuditRepeat) (first bool, err error)
	// Counted lists the rows of before the given time, oldest first.
	Counted(ctx context.Context, before time.Time, limit int) ([]AuditRepeat, error)
	// DropCount deletes r, unless its number has changed.
	DropCount(ctx context.Context, r AuditRepeat) (bool, error)
	// Purge deletes events that were recorded before the given time, oldest
	// first; PurgePersonal deletes their personal parts alone.
	Purge(ctx context.Context, before time.Time, limit int) (int, error)
	PurgePersonal(ctx context.Context, before time.Time, limit int) (int, error)
}

// SigningKey is a key pair, or for HS256 a shared key, that signs access
// tokens. It signs from ActiveAt until a newer one does, and is published until
// ExpiresAt.
type SigningKey struct {
	ID            string // kid: the RFC 7638 thumbprint
	Algorithm     string
	PublicJWK     string // empty for HS256
	PrivateSealed string
	CreatedAt     time.Time
	ActiveAt      time.Time
	ExpiresAt     time.Time // zero while it may still sign
}

// SigningKeys is the port to signing keys.
type SigningKeys interface {
	// Insert adds k, or returns ErrTaken.
	Insert(ctx context.Context, k SigningKey) error
	// List gives every key that has not been purged, oldest ActiveAt first.
	List(ctx context.Context) ([]SigningKey, error)
	// Retire sets the expiry of a key that has none.
	Retire(ctx context.Context, id string, expiresAt time.Time) (bool, error)
	// Reseal replaces the sealed private key if it is still the old one.
	Reseal(ctx context.Context, id, old, sealed string) (bool, error)
	// Purge deletes keys that expired before the given time.
	Purge(ctx context.Context, before time.Time) (int, error)
}

// SecretKey is the check value of one secret key.
type SecretKey struct {
	ID         string
	CheckValue string
	CreatedAt  time.Time
}

// SecretKeys is the port to check values.
type SecretKeys interface {
	Insert(ctx context.Context, k SecretKey) error
	List(ctx context.Context) ([]SecretKey, error)
}

// Facts are single numbers that must outlive the process.
type Facts interface {
	// Number gives a fact, 0 if there is none.
	Number(ctx context.Context, name string) (int64, error)
	// Raise sets a fact to n unless it is as large already.
	Raise(ctx context.Context, name string, n int64) error
}

// FactAccessTokenTTL is the longest lifetime that access tokens ever had, in
// seconds: revocations outlive it.
const FactAccessTokenTTL = "access_token_ttl_seconds"

// FactSharedKeyTurn is the first turn that the operator's key for HS256 may be
// given a name for. Restoring raises it, so that no name comes back.
const FactSharedKeyTurn = "shared_key_turn"

// FactFileEnd is the number by which a SQLite file is known to have its end. It
// belongs to the file, and goes nowhere else.
const FactFileEnd = "end"

// FactTransferUnfinished is not 0 in a database that holds half of another one.
const FactTransferUnfinished = "transfer_unfinished"
