package store

import "github.com/sallyport-auth/sallyport/internal/store/engine"

// DefaultRealm is the one realm there is for now.
const DefaultRealm = "main"

// What can be told from other errors.
var (
	ErrNotFound    = engine.ErrNotFound    // no row is there
	ErrTaken       = engine.ErrTaken       // an insert met a unique key
	ErrUnavailable = engine.ErrUnavailable // the database cannot be reached, or not in time
)

// Effects is what a committed transaction caused beyond its rows.
type Effects struct {
	Revocations []Revocation // numbered, in order
	// Follows is the feed as it was before the first of Revocations. Its mark is
	// 0 if the entry there has none or is gone.
	Follows FeedHead
	Jobs    []DueJob // that were inserted, or are due again
}

// DueJob is a job that somebody may claim.
type DueJob struct{ ID, Kind string }

// Tx is the tables, bound to one transaction.
type Tx struct {
	Users         Users
	Credentials   Credentials
	Identities    Identities
	ExternalIDs   ExternalIDs
	Imports       Imports
	Forms         CredentialForms
	Signups       PendingSignups
	Invitations   Invitations
	Tokens        OneTimeTokens
	Passkeys      Passkeys
	Challenges    Challenges
	TOTPs         TOTPs
	Recovery      RecoveryCodes
	LoginSteps    LoginSteps
	MagicLinks    MagicLinks
	Sessions      Sessions
	Browsers      BrowserSessions
	Idempotency   IdempotencyKeys
	Undelivered   UndeliveredSessions
	Revocations   Revocations
	Feed          Feed
	Attempts      Attempts
	Jobs          Jobs
	Audit         AuditEvents
	AuditPersonal AuditPersonals
	AuditRepeats  AuditRepeats
	AuditUnsealed AuditUnsealed
	AuditTrees    AuditTrees
	AuditLeaves   AuditLeaves
	AuditHashes   AuditHashes
	AuditHeads    AuditHeads
	AuditKeys     AuditKeys
	Stats         StatsHours
	Roles         Roles
	Clients       Clients
	Secrets       ClientSecrets
	Hooks         HookEndpoints
	HookSecrets   HookSecrets
	Deliveries    HookDeliveries
	SigningKeys   SigningKeys
	SecretKeys    SecretKeys
	Facts         Facts
	Changes       EmailChanges
	Deletions     Deletions
}

// Page bounds a list. After is the cursor of the last row of the page before,
// empty for the first page; Limit is at least 1.
type Page struct {
	After string
	Limit int
}
