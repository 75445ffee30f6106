package store

import (
	"context"
	"time"
)

// TOTP is a code generator of a user (RFC 6238), of which there is at most one.
// It counts as a factor once ConfirmedAt is set; until then it is an enrolment,
// which ends at ExpiresAt.
type TOTP struct {
	UserID       string
	ID           string // another for each enrolment
	SecretSealed string
	LastStep     int64 // newest time step whose code was used
	CreatedAt    time.Time
	ConfirmedAt  time.Time
	ExpiresAt    time.Time // zero once it is confirmed
}

// Confirmed reports whether it counts as a factor.
func (t TOTP) Confirmed() bool { return !t.ConfirmedAt.IsZero() }

// TOTPs is the port to code generators.
type TOTPs interface {
	// Begin puts an enrolment in the place of one that was not confirmed, or
	// where there is none. It reports false if one was confirmed, or if another
	// call was faster; the transaction is to be undone then.
	Begin(ctx context.Context, t TOTP) (bool, error)
	ByUser(ctx context.Context, userID string) (TOTP, error)
	// Confirm makes the enrolment named a factor, and its step used, unless it
	// was confirmed, replaced or has expired.
	Confirm(ctx context.Context, userID, id string, step int64, now time.Time) (bool, error)
	// Spend marks a step of a factor as used, if no step as new as that was.
	Spend(ctx context.Context, userID, id string, step int64) (bool, error)
	// Delete removes a factor. An enrolment is left alone.
	Delete(ctx context.Context, userID string) (bool, error)
	// Sealed lists secrets in the order of their users, after the one named.
	Sealed(ctx context.Context, p Page) ([]TOTP, error)
	// Reseal changes how a secret is sealed, if it still is as before.
	Reseal(ctx context.Context, userID, id, before, after string) (bool, error)
	// Purge deletes enrolments that expired before the given time, at most
	// limit.
	Purge(ctx context.Context, before time.Time, limit int) (int, error)
}

// RecoveryCodes is the port to recovery codes. Only their hashes are kept, the
// used ones too, until a new set takes the place of all.
type RecoveryCodes interface {
	// Replace deletes the codes of a user who has a second factor, a confirmed
	// code generator or a passkey, and adds others, of which there must be one at
	// least. It reports false, having done nothing, to anybody else.
	Replace(ctx context.Context, userID string, hashes []string, now time.Time) (bool, error)
	// Drop deletes the codes of a user.
	Drop(ctx context.Context, userID string) (int, error)
	// Known reports whether a user has the code, used or not.
	Known(ctx context.Context, userID, hash string) (bool, error)
	// Spend marks a code that was not used.
	Spend(ctx context.Context, userID, hash string, now time.Time) (bool, error)
}

// LoginStep is a sign-in whose first factor was proved and whose second is
// asked for. Only the hash of its token is kept.
type LoginStep struct {
	TokenHash  string
	UserID     string
	UserEpoch  int64    // the user's, as read together with what was proved
	AMR        []string // what was proved (RFC 8176)
	DeviceName string
	CreatedAt  time.Time
	ExpiresAt  time.Time
	ConsumedAt time.Time
}

// LoginSteps is the port to them.
type LoginSteps interface {
	Insert(ctx context.Context, s LoginStep) error
	ByHash(ctx context.Context, hash string) (LoginStep, error)
	// Consume marks a step that is neither consumed nor expired.
	Consume(ctx context.Context, hash string, now time.Time) (bool, error)
	// Purge deletes steps that expired before the given time, at most limit.
	Purge(ctx context.Context, before time.Time, limit int) (int, error)
}
