package store

import (
	"context"
	"time"
)

// MagicLink is one request to sign in by mail: a link, a code, or both. Only
// hashes of what was mailed and of what the asker was given are kept. UserID is
// empty where nobody was written to: such a row is kept so that a stranger who
// tries codes hears the same.
type MagicLink struct {
	ID           string
	UserID       string
	AddressHash  string // keyed; names the address that was asked for
	TokenHash    string // of the link's token
	RequestHash  string // of what binds the code to whoever asked
	CodeHash     string // of the code, together with that
	UserEpoch    int64  // the user's when it was asked for
	Tries        int64  // codes that were tried
	DeviceName   string
	CreatedAt    time.Time
	ExpiresAt    time.Time
	ConsumedAt   time.Time
	SupersededAt time.Time
}

// MagicLinks is the port to them. One can be used that is not consumed, not
// superseded and has not expired.
type MagicLinks interface {
	Insert(ctx context.Context, l MagicLink) error
	ByID(ctx context.Context, id string) (MagicLink, error)
	ByTokenHash(ctx context.Context, hash string) (MagicLink, error)
	ByRequestHash(ctx context.Context, hash string) (MagicLink, error)
	// Try counts one code of a row that can be used, if fewer than limit were
	// tried.
	Try(ctx context.Context, id string, limit int64, now time.Time) (bool, error)
	// Consume marks a row that can be used.
	Consume(ctx context.Context, id string, now time.Time) (bool, error)
	// SupersedeOthers marks a user's rows that can be used, but for one, and says how
	// many.
	SupersedeOthers(ctx context.Context, userID, except string, now time.Time) (int, error)
	// Stands reports whether a row can be used that was mailed to an address for a
	// user with this epoch.
	Stands(ctx context.Context, addressHash, userID string, epoch int64, now time.Time) (bool, error)
	// Purge deletes rows that expired before the given time, at most limit.
	Purge(ctx context.Context, before time.Time, limit int) (int, error)
}
