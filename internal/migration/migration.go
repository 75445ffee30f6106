// Package migration moves users here from another system: with their ids, the
// hashes of their passwords, and whether their addresses were verified, so that
// they sign in as before and notice nothing.
//
// # What an import may do
//
// It makes users, and changes none that is here. A row whose id was imported
// from the same source before is already here, also when the user has changed
// their address, was deleted or erased since: running an import twice is harmless,
// and brings nobody back. A row with the address of a user who is here by other
// means is refused, because the other system proves nothing to them. Rows of one
// source with one address are all refused, unless the operator says which counts.
//
// A verified row with a password is claimed (package account); an unverified one
// is not, and brings no role and no app_metadata. Roles come only by the names that the operator gives
// them, and built-in ones only if that is said besides.
//
// A UUID stays the user's id; any other id is kept beside a new one
// ([store.ExternalID]).
//
// # Once through to look, once to write
//
// The source is read twice. The first time finds what only shows in the whole:
// ids and addresses that come twice, of which a digest of 16 bytes each is in
// memory. The second time writes, in transactions of 1,000 rows, each with an
// audit event of its own. How far it came is kept with each ([store.Import]), and
// the same import goes on there after it was cut off; from another file or with
// other columns it begins anew, which costs time and nothing else.
//
// # Passwords
//
// A hash that package password can read is stored as it is, and renewed when its
// owner signs in. One that it cannot read makes a user without a password, who
// asks for a new one by mail. A digest that is guessed fast makes one as well, unless
// the operator allows it: it is wrapped then ([password.Weak]) before it is written.
// No report names a hash or an address.
package migration

import (
	"context"
	"errors"
	"regexp"
	"time"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/password"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// Row is one user as the other system has them.
type Row struct {
	Number int64  // from 1
	Cursor string // names the row to a source that is to go on behind it
	Values map[string]any
	Broken bool // could not be read; Values are empty
}

// Source gives rows in an order that stays.
type Source interface {
	// Columns names what rows hold.
	Columns(ctx context.Context) ([]string, error)
	// Each calls fn for each row behind the one that a cursor names, or for all if
	// it is empty.
	Each(ctx context.Context, after string, fn func(Row) error) error
	// Fingerprint tells this source from others, and from itself with other rows if
	// a cursor would then name another row.
	Fingerprint() string
}

// Which of the rows with one address counts.
const (
	RefuseDuplicates   = ""
	VerifiedDuplicates = "verified" // the one that is verified, if it is one
	NewestDuplicates   = "newest"   // the one that was created last
)

// Options are what an import needs and what it is to do. Those up to Source must be
// set.
type Options struct {
	Store *store.Store
	Trail *audit.Trail
	Clock clock.Clock
	From  Source
	Map   Map

	Source      string            // the name under which ids are kept; see [CheckSource]
	OnDuplicate string            // see [RefuseDuplicates]
	Roles       map[string]string // roles here by their names there
	Privileged  bool              // whether Roles may give built-in roles
	Apply       bool              // otherwise nothing is written
	// Weak makes what is stored of a digest that is guessed fast; nil leaves such
	// passwords behind.
	Weak func(password.Weak) (string, error)
	// Firebase is how the project hashed passwords that come from there; nil if none do.
	Firebase *password.FirebaseScrypt
	// Seal seals the secret of an authenticator app's enrolment, as an export has it.
	Seal func(enrolment, plain string) (string, error)

	// Refused lists what was refused of the rows after a number of them. It may come to
	// that again: then what was listed of rows after it is void. It may be nil.
	Refused  func(after int64, rows []Refusal) error
	Progress func(Report) // may be nil
}

// Refusal is a row that was not imported, or not whole.
type Refusal struct {
	Row      int64  `json:"row"`
	ID       string `json:"id,omitempty"`
	Reason   string `json:"reason"`
	Imported bool   `json:"imported,omitempty"` // without what the reason names
}

// Report is what an import came to, or how far it has come.
type Report struct {
	Source  string         `json:"source"`
	Applied bool           `json:"applied"`
	Doing   string         `json:"-"` // "look" or "import"
	Rows    int64          `json:"rows"`
	Resumed int64          `json:"resumed,omitempty"` // rows that an earlier run had done
	New     int64          `json:"new"`
	Here    int64          `json:"already_here"`
	Refused map[string]int `json:"refused"`
	Partly  map[string]int `json:"imported_in_part"`
	Forms   map[string]int `json:"unreadable_hashes"` // what they look like
	Took    time.Duration  `json:"-"`
}

// Why a row is refused.
const (
	reasonBroken           = "not_json"
	reasonNoID             = "no_id"
	reasonBadID            = "invalid_id"
	reasonNoEmail          = "no_email"
	reasonBadEmail         = "invalid_email"
	reasonBadFlag          = "unreadable_flag"
	reasonDeleted          = "deleted"
	reasonDuplicateAddress = "duplicate_address"
	reasonDuplicateID      = "duplicate_id"
	reasonAddressTaken     = "address_taken"
	reasonIDTaken          = "id_taken"
)

// What a user was imported without.
const (
	partPassword = "unreadable_password_hash"
	partWeak     = "weak_password_hash"
	partName     = "invalid_name"
	partCreated  = "unreadable_created"
	partMetadata = "invalid_metadata"
	partTOTP     = "unreadable_totp"
	partNoTOTP   = "unverified_totp"
	partApp      = "invalid_app_metadata"
	partNoApp    = "unverified_app_metadata"
)

var sourceName = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]{0,63}$`)

// CheckSource says what is wrong with the name of a source.
func CheckSource(name string) error {
	if !sourceName.MatchString(name) {
		return errors.New("the name of a source is up to 64 characters of a-z, 0-9, dot, hyphen and underscore, the first a letter or a digit")
	}
	return nil
}
