package store

import (
	"context"
	"time"
)

// Passkey is a WebAuthn credential record (WebAuthn L3 §4). Bytes are base64url.
type Passkey struct {
	ID             string
	UserID         string
	CredentialID   string // as the authenticator named it
	CredentialHash string // its SHA-256, by which it is found
	PublicKey      string // COSE_Key
	SignCount      int64
	UserVerified   bool // uvInitialized
	BackupEligible bool
	BackedUp       bool
	Transports     []string
	AAGUID         string
	Attestation    string // format of the attestation statement
	Name           string
	CreatedAt      time.Time
	LastUsedAt     time.Time
}

// PasskeyUse is what a use of a passkey changes.
type PasskeyUse struct {
	UserID         string
	ID             string
	SignCount      int64
	UserVerified   bool
	BackupEligible bool
	BackedUp       bool
	UsedAt         time.Time
}

// Passkeys is the port to passkeys. What adds or removes one of a user's waits
// for others that do, as do those of [TOTPs] and [RecoveryCodes]: whoever reads
// the user afterwards in the same transaction, and not before, reads which factors
// there are.
type Passkeys interface {
	// Insert adds p, or returns ErrTaken if the credential is registered. It
	// reports false to a user who has the most already: of any number of
	// concurrent calls no more succeed than there is room for.
	Insert(ctx context.Context, p Passkey, most int) (bool, error)
	ByCredential(ctx context.Context, hash string) (Passkey, error)
	// List gives a user's passkeys, oldest first, at most limit.
	List(ctx context.Context, userID string, limit int) ([]Passkey, error)
	// Use records a use if the sign count is above the one that is kept, or if
	// both are zero, which is how authenticators say that they do not count
	// (WebAuthn L3 §7.2 step 22).
	Use(ctx context.Context, u PasskeyUse) (bool, error)
	// Rename names a passkey of a user.
	Rename(ctx context.Context, userID, id, name string) (bool, error)
	// Delete removes a passkey of a user.
	Delete(ctx context.Context, userID, id string) (bool, error)
}

// Challenges is the port to challenges that were answered. One that was not
// answered needs no row.
type Challenges interface {
	// Spend marks a challenge, or returns ErrTaken.
	Spend(ctx context.Context, hash string, expires time.Time) error
	// Purge forgets challenges that expired before the given time, at most
	// limit.
	Purge(ctx context.Context, before time.Time, limit int) (int, error)
}
