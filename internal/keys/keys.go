// Package keys owns the keys that sign access tokens: it makes them, keeps them
// sealed, changes them in time, publishes their public halves, and finds the
// one that a token names.
//
// # What a key is
//
// A key serves exactly one algorithm (RFC 8725 §3.1): ES256 by default, EdDSA
// (Ed25519), RS256 (3072 bits) or HS256 by setting. Its identifier, the kid, is
// the RFC 7638 thumbprint of its public half. HS256 has no public half; there
// the identifier is derived from the operator's key by HMAC, so that another
// key has another identifier and the identifier tells nothing about the key
// (RFC 7638 §7 warns of plain thumbprints of symmetric keys).
//
// The private half is stored sealed, bound to the algorithm and to its row.
// The key that verifies is computed from what was unsealed and never read from
// the public column, so nobody who can write to the database, but lacks the
// secret key, can plant a key that this server would believe.
//
// # States and lifetimes
//
//   - published: in SQL and in the JWKS from the moment it is made.
//   - active: from ActiveAt on, if no newer key is active. Of several the
//     greatest (ActiveAt, kid) signs, so all instances choose alike. A key made
//     by rotation becomes active one hour after it is published, so that
//     verifiers which cache the JWKS know it first. The very first key, and one
//     made because the setting names another algorithm, is active at once.
//   - retiring: a newer key is active. It still verifies, and stays in the
//     JWKS, until the last token that it can have signed has expired: the
//     longest token lifetime ever configured, the leeway, and an hour for
//     instances that learn late.
//   - retired: past its ExpiresAt. It verifies nothing and is deleted.
//
// The setting for the algorithm is applied at [Ring.Start] alone, so that two
// instances which disagree during a roll-out do not outbid each other for ever.
// Rotation continues with the algorithm of the newest key. HS256 does not
// rotate by itself: its key is the operator's.
//
// # Threats
//
// A kid only selects among keys that this server made; it is never a path, a
// query or an address (RFC 8725 §3.10). One that is unknown makes the ring look
// into SQL, because another instance may have made the key, but at most once a
// second however many are sent, and never unless it has the form of ours. A key
// that cannot be opened stops the start with an error that says so; a new key
// is never made in its place. One that stops opening later, because its row was
// damaged or sealed anew with a secret key that this process lacks, is reported
// and goes on from memory.
//
// It never logs key material, never fetches keys from elsewhere, and never
// makes up a key when one is missing.
package keys

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync/atomic"
	"time"

	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/jws"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/telemetry"
)

const (
	// DefaultRotateEvery is how long a key signs.
	DefaultRotateEvery = 90 * 24 * time.Hour
	// Leeway is how far clocks of those who verify tokens may differ from ours.
	Leeway = jws.Leeway

	publishLead = time.Hour   // from publishing to first use
	lateness    = time.Hour   // how late an instance may learn of a newer key
	lookEvery   = time.Second // at most so often an unknown kid causes a look
	lookLimit   = 2 * time.Second
)

var (
	// ErrUnknownKey is returned for a kid that names no key which verifies.
	ErrUnknownKey = errors.New("unknown signing key")
	// ErrNoKey is returned when there is nothing to sign with: the ring was not
	// started, or no key opens any more. The caller is told to come back; the log
	// tells why.
	ErrNoKey = fault.ErrUnavailable.WithCause(errors.New("no signing key"))
)

// Options says what a ring needs. Store, Keyring, Clock and Log must be set.
type Options struct {
	Store   *store.Store
	Keyring *secret.Keyring
	Clock   clock.Clock
	Log     *slog.Logger
	Tally   *telemetry.Tally // may be nil
	// Algorithm is what new keys are for; ES256 if empty.
	Algorithm string
	// HMACKey is the operator's key for HS256, at least 32 bytes. It must be
	// empty for the other algorithms.
	HMACKey []byte
	// AccessTokenTTL is how long tokens live; a key outlives the last of them.
	AccessTokenTTL time.Duration
	// RotateEvery is how long a key signs; DefaultRotateEvery if zero.
	RotateEvery time.Duration
}

// Ring holds the keys. Reading is free of locks and of I/O, except that an
// unknown kid may cause one look into SQL a second. It is safe for concurrent
// use.
type Ring struct {
	opts     Options
	current  atomic.Pointer[snapshot]
	loading  chan struct{} // has room for one: whoever filled it may reload
	lookedAt time.Time     // guarded by loading
	lookErr  error         // guarded by loading
}

// New returns a ring that holds nothing until [Ring.Start].
func New(o Options) *Ring {
	if o.Algorithm == "" {
		o.Algorithm = ES256
	}
	if o.RotateEvery == 0 {
		o.RotateEvery = DefaultRotateEvery
	}
	r := &Ring{opts: o, loading: make(chan struct{}, 1)}
	r.current.Store(&snapshot{jwks: emptyJWKS()})
	return r
}

// Active is the key to sign with.
func (r *Ring) Active() (*Key, error) {
	k := r.current.Load().active(r.opts.Clock.Now())
	if k == nil {
		return nil, ErrNoKey
	}
	return k, nil
}

// Find gives the key that kid names, if it may still verify. It returns
// ErrUnknownKey if there is none, and fault.ErrUnavailable if the database
// would have to be asked and does not answer.
func (r *Ring) Find(ctx context.Context, kid string) (*Key, error) {
	if k := r.current.Load().find(kid, r.opts.Clock.Now()); k != nil {
		return k, nil
	}
	if !plausible(kid) {
		return nil, ErrUnknownKey
	}
	return r.look(ctx, kid)
}

// Holds reports whether kid still verifies at a time. It never does I/O.
func (r *Ring) Holds(kid string, now time.Time) bool {
	return r.current.Load().find(kid, now) != nil
}

// JWKS is the JWK set (RFC 7517 §5) of every key that verifies, the newest
// first. With HS256 it is empty. The bytes must not be changed.
func (r *Ring) JWKS() []byte { return r.current.Load().jwks }

// look reads the keys again because of a kid that is not known here. Another
// instance may have made it a moment ago.
func (r *Ring) look(ctx context.Context, kid string) (*Key, error) {
	release, err := r.acquire(ctx)
	if err != nil {
		return nil, fault.ErrUnavailable.WithCause(err)
	}
	defer release()
	now := r.opts.Clock.Now()
	if k := r.current.Load().find(kid, now); k != nil {
		return k, nil
	}
	if age := now.Sub(r.lookedAt); age < 0 || age >= lookEvery {
		// The caller may hang up; those who wait behind it want the answer.
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), lookLimit)
		defer cancel()
		r.lookedAt, r.lookErr = now, r.reload(ctx, lenient)
	}
	if k := r.current.Load().find(kid, now); k != nil {
		return k, nil
	}
	if r.lookErr != nil {
		return nil, fault.ErrUnavailable.WithCause(r.lookErr)
	}
	return nil, ErrUnknownKey
}

// acquire waits for the right to reload.
func (r *Ring) acquire(ctx context.Context) (release func(), err error) {
	select {
	case r.loading <- struct{}{}:
		return func() { <-r.loading }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

type strictness bool

const (
	strict  strictness = true  // a key that cannot be opened is an error
	lenient strictness = false // it is reported, and left out unless it was opened before
)

// reload replaces the snapshot by what SQL holds. The caller holds r.loading.
func (r *Ring) reload(ctx context.Context, s strictness) error {
	rows, err := r.opts.Store.Direct().SigningKeys.List(ctx)
	if err != nil {
		return fmt.Errorf("list signing keys: %w", err)
	}
	next := make([]*Key, 0, len(rows))
	for _, row := range rows {
		k, err := r.open(row)
		switch {
		case err == nil:
			next = append(next, k)
		case s == strict:
			return err
		default:
			r.opts.Tally.Add(telemetry.Unreadable, "signing_key")
			kept := r.current.Load().keep(row)
			if kept != nil {
				next = append(next, kept)
			}
			r.opts.Log.ErrorContext(ctx, "signing key does not open", slog.String("kid", row.ID),
				slog.Bool("still_in_memory", kept != nil), slog.Any("error", err))
		}
	}
	snap, err := newSnapshot(next)
	if err != nil {
		return err
	}
	r.current.Store(snap)
	return nil
}

// open gives the key of a row, unsealing it at most once.
func (r *Ring) open(row store.SigningKey) (*Key, error) {
	if k := r.current.Load().reuse(row); k != nil {
		return k, nil
	}
	return open(r.opts.Keyring, row)
}

// list gives the rows that this instance can open or has opened. The others count for
// nothing: whoever plants a row must not be able to retire a key with it.
func (r *Ring) list(ctx context.Context, tx *store.Tx) ([]store.SigningKey, error) {
	rows, err := tx.SigningKeys.List(ctx)
	if err != nil {
		return nil, fmt.Errorf("list signing keys: %w", err)
	}
	return slices.DeleteFunc(rows, func(row store.SigningKey) bool {
		_, err := r.open(row)
		return err != nil && r.current.Load().keep(row) == nil
	}), nil
}
