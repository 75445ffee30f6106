// Package password hashes and verifies passwords, and says which are
// acceptable.
//
// # Hashing
//
// New hashes are argon2id (RFC 9106) with 19 MiB, 2 passes and 1 lane, the
// OWASP minimum, or bcrypt by setting. They are stored as PHC strings. A
// password is normalised to NFKC first, so that it is the same on every keyboard
// (800-63B §3.1.1.2); NUL bytes and 256 characters work. bcrypt takes 72 bytes
// and would ignore the rest: more is refused when hashing and never matches when
// verifying.
//
// Strings of other systems verify as well, so that their users keep their
// passwords: bcrypt, bcrypt over SHA-256, argon2, scrypt, PBKDF2, sha256_crypt and
// sha512_crypt, as PHC, modular crypt, passlib, Django and Werkzeug spell them,
// also of passwords that were not normalised. bcrypt ignored what was beyond 72
// bytes of a password, and of a foreign hash it still does. [Result].Rehash tells
// when a password should be hashed anew with the present setting.
//
// What a foreign string may cost is bounded, because a string from elsewhere must
// not be able to take all memory: argon2 and scrypt to 128 MiB and 10 passes,
// bcrypt to 14, PBKDF2 to 2,000,000 rounds, crypt to 1,000,000. What settings of
// this program can have made is bounded as they are. Left out are argon2 before
// version 0x13, and $2$ and $2x$, which are other functions under bcrypt's name.
//
// # The work is the same for everybody
//
// Verifying against nothing verifies against a decoy and never matches. Nothing
// here sleeps. The decoy is of the present setting. Where passwords of another
// system were imported, which cost what they cost until their owner's next login
// renews them, decoys have their forms as often as passwords have them ([Hasher.Decoys]).
// After a change of the setting, passwords of the one before can be told from
// decoys by time until they are renewed. A string that cannot be read at all answers as a
// wrong password does, after the same work.
//
// # A login storm
//
// Hashing runs in a bounded number of slots, one per processor by default and
// at most, so that memory is slots times cost and other requests, the checks of
// access tokens above all, still get their share of the processors. A bounded
// number of hashes waits, each request for 2 s at most, all its hashes together;
// past that the answer is busy.
//
// Slots are shared. Networks take turns, and when the queue is full the network
// with most in it makes room for those with less, so the flood of one network is
// answered busy and the sign-ins of others are not. A request that had a slot
// goes first when it has one hash more to make, and a device that signed in
// before ([KnownDevice]) goes before strangers, who still get every fifth turn.
// Requests are told apart by the ticket that each brings ([WithTicket]); what
// has none, such as a command, counts as one network.
//
// # What is acceptable
//
// 8 to 256 characters (the floor is settable), counted as code points, no rules
// about their kinds. Refused are those of the embedded list of common passwords,
// also decorated, backwards or repeated; of the embedded set of the passwords most
// common in breaches, which takes one in 65,536 others for one of them; those that
// follow from a few of their characters, along an alphabet, a keyboard or a
// calendar; those made of the user's own address, name or the product's name
// with little around it; and those of further breaches that the operator has set up
// ([Breaches]). The refusal says which.
//
// This package stores nothing, and never logs or returns a password or a hash.
package password

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"sync/atomic"
	"time"

	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/telemetry"
)

// The algorithms that new hashes may have.
const (
	Argon2id = "argon2id"
	Bcrypt   = "bcrypt"
)

var (
	// ErrBusy is returned when more hashing waits than the bound allows.
	ErrBusy = fault.New(fault.Unavailable, "busy").WithRetryAfter(time.Second)
	// ErrWeak is returned for a password that is not acceptable; its detail says
	// why.
	ErrWeak = fault.New(fault.Invalid, "weak_password")
)

const (
	defaultQueuePerSlot = 32
	maxRunes            = 256
	// maxBytes is more than 256 code points take however they are spelled;
	// longer input is refused before any work.
	maxBytes = 16 * maxRunes
)

// Options says how to hash and what to accept. Zero values give the defaults.
type Options struct {
	Algorithm       string // Argon2id or Bcrypt
	Argon2MemoryKiB int
	Argon2Passes    int
	BcryptCost      int
	Slots           int // hashes at once; at most one per processor
	Queue           int // callers that may wait
	MinLength       int // in code points
	Product         string
	Breaches        []Breaches       // asked after the embedded set
	TakeUnchecked   bool             // what Breaches could not be asked about
	Clock           clock.Clock      // the system's if nil
	Log             *slog.Logger     // nothing is logged if nil
	Tally           *telemetry.Tally // may be nil
}

// Hasher hashes and verifies. It is safe for concurrent use.
type Hasher struct {
	opts      Options
	current   scheme
	decoy     string
	decoys    atomic.Pointer[decoys]
	pool      *pool
	common    commonList
	breached  breachedSet
	keyboards keyboards
}

// New returns a hasher, or says what is wrong with the options.
func New(o Options) (*Hasher, error) {
	o = withDefaults(o)
	if o.Slots < 1 || o.Queue < 0 {
		return nil, errors.New("password hashing: slots and queue must not be negative")
	}
	h := &Hasher{opts: o, pool: newPool(o.Slots, o.Queue, o.Clock)}
	switch {
	case o.Algorithm == Argon2id && boundedArgon2(o.Argon2MemoryKiB, o.Argon2Passes, 1):
		h.current = argon2id{memoryKiB: uint32(o.Argon2MemoryKiB), passes: uint32(o.Argon2Passes)} //nolint:gosec // bounded above
	case o.Algorithm == Bcrypt && o.BcryptCost >= minBcryptCost && o.BcryptCost <= maxBcryptCost:
		h.current = bcryptScheme{cost: o.BcryptCost}
	default:
		return nil, fmt.Errorf("password hashing with %q: the algorithm is unknown, or its cost is out of bounds", o.Algorithm)
	}
	h.decoy = h.current.decoy()
	var err error
	if h.common, err = readCommon(); err != nil {
		return nil, fmt.Errorf("read list of common passwords: %w", err)
	}
	h.keyboards = newKeyboards()
	if h.breached, err = readBreached(); err != nil {
		return nil, fmt.Errorf("read set of breached passwords: %w", err)
	}
	return h, nil
}

func withDefaults(o Options) Options {
	set := func(v *int, to int) {
		if *v == 0 {
			*v = to
		}
	}
	if o.Algorithm == "" {
		o.Algorithm = Argon2id
	}
	set(&o.Argon2MemoryKiB, 19*1024)
	set(&o.Argon2Passes, 2)
	set(&o.BcryptCost, 12)
	processors := runtime.GOMAXPROCS(0)
	set(&o.Slots, processors)
	o.Slots = min(o.Slots, processors)
	set(&o.Queue, o.Slots*defaultQueuePerSlot)
	set(&o.MinLength, 8)
	if o.Clock == nil {
		o.Clock = clock.System{}
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return o
}

// Result is what verifying says. Rehash is set only on a match.
type Result struct {
	Match  bool
	Rehash bool
}

// Hash hashes a new password with the present setting. The caller has asked
// [Hasher.Acceptable] first.
//
// Errors: busy, weak_password for what bcrypt cannot take.
func (h *Hasher) Hash(ctx context.Context, password string) (encoded string, err error) {
	if len(password) > maxBytes {
		return "", errTooLong
	}
	ctx, span := telemetry.Start(ctx, "password.hash")
	defer func() { span.End(err) }()
	release, err := h.pool.acquire(ctx)
	if err != nil {
		return "", err
	}
	defer release()
	return h.current.hash(normal(password))
}

// readable reads a stored string. In the place of an empty one, and of one that
// cannot be read, it gives the decoy of the address.
func (h *Hasher) readable(ctx context.Context, address, encoded string) (stored verifier, decoy bool, err error) {
	if encoded != "" {
		if stored, err = parse(encoded); err == nil {
			return stored, false, nil
		}
		h.opts.Tally.Add(telemetry.Unreadable, "password")
		h.opts.Log.WarnContext(ctx, "stored password cannot be read; a reset makes a new one", slog.String("form", formOf(encoded, err)))
	}
	if stored, err = parse(h.decoyOf(address)); err != nil {
		return nil, false, fmt.Errorf("read decoy: %w", err)
	}
	return stored, true, nil
}

// Verify compares a password with a stored string. An empty string is verified
// against a decoy and never matches, after the same work. So is a string that
// cannot be read: nobody outside learns of it, the log and a counter do.
//
// Errors: busy.
func (h *Hasher) Verify(ctx context.Context, encoded, password string) (result Result, err error) {
	return h.VerifyOf(ctx, "", encoded, password)
}

// VerifyOf is Verify where a stranger names the address. If it has no password, the
// work is that of a password which it might have ([Hasher.Decoys]).
//
// Errors: busy.
func (h *Hasher) VerifyOf(ctx context.Context, address, encoded, password string) (result Result, err error) {
	ctx, span := telemetry.Start(ctx, "password.verify")
	defer func() { span.End(err) }()
	if len(password) > maxBytes {
		// No account has such a password; the work is done all the same.
		encoded, password = "", password[:maxBytes]
	}
	s, decoy, err := h.readable(ctx, address, encoded)
	if err != nil {
		return Result{}, err
	}
	release, err := h.pool.acquire(ctx)
	if err != nil {
		return Result{}, err
	}
	defer release()
	form := normal(password)
	match, renew := s.verify(form), !h.current.same(s)
	if !match && form != password {
		// Another system may have hashed what was typed.
		match, renew = s.verify(password), true
	}
	match = match && !decoy
	return Result{Match: match, Rehash: match && renew}, nil
}
