// Package magiclink owns signing in by mail: a link, a six-digit code, or both,
// for whoever reads the mailbox of an account. It is off unless the operator
// turns it on, since it makes the mailbox the only thing that an account without
// a second factor is guarded by.
//
// # A request
//
// Asking writes one row and, if the address has an account that may have one,
// one mail. Link and code are one: using either consumes the row by a
// compare-and-set, so of any number of calls with either exactly one succeeds.
//
//	asked for ──(its link or its code)──────────► consumed
//	    │
//	    ├─(another of the user's was used,
//	    │  or their epoch rose: a reset, ...)───► superseded
//	    └─(MAGIC_LINK_TTL)──────────────────────► expired
//
// Asking again makes one more and ends none: whoever asks may be a stranger. Using
// one ends the others, which its reader needs no more.
//
// The link is a bearer: it works in whatever browser it is opened in, since the
// mail is often read on another device. Looking at it changes nothing, so that
// link scanners spend nothing. The code works only together with the request
// token, 256 random bits that whoever asked was given and nobody else has; a code
// that somebody is talked into reading out is worth nothing in another browser
// than the one that asked.
//
// At rest there are hashes: of the link's token, of the request token, and of the
// code together with the request token. None of the three can be found from the
// row, the code's million values included.
//
// # Who gets one
//
// An active account whose address is verified; for everybody else nothing is
// mailed. It never makes an account: a pending sign-up is confirmed by a link of
// its own. And it verifies no address. An account whose address is verified, but
// which nobody has claimed, may hold a stranger's password and factors; package
// login clears it before the link signs in.
//
// Whether the account may still have it is asked again when it is used, with the
// epoch as it was when the mail was asked for: a reset in between, "log out
// everywhere", or another address ends it.
//
// # What strangers learn
//
// Nothing. The answer is one; a row is written and a job, a blank one where there
// is nobody to write to, whether or not the address has an account. The row of an
// unknown address has its codes counted and refused just the same. Over the limit
// of mails per recipient the row and a blank job are written, and no mail goes with
// them while a link that was mailed works; where none does, it is mailed. Where
// mails bring codes alone there is no such mail: a code is good for the browser
// that asked, so that who uses the limit up keeps others' codes away for the hour.
//
// # Guesses
//
// A code is counted before it is looked at, twice: five per request, after which
// it is over; and per address, in a counter of mailed codes alone. Anybody can
// ask for mail to any address and guess, so this counter is apart from that of
// second factors (docs/decisions/0016): who uses it up has turned off codes for
// the address. Links go on, for they cannot be guessed, and so do passwords,
// passkeys and second factors.
//
// # Threats
//
// A read mailbox: it signs in, unless there is a second factor, which a link
// never skips; package login asks for it. Mail floods: limited per client address
// and per recipient. Somebody who lures a person into opening a link of the
// lurer's own account: the page asks before it signs in, and names the address.
//
// This package opens no session; package login does.
package magiclink

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/link"
	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/ratelimit"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/store"
)

var (
	// ErrOff is returned where the operator has not turned this on.
	ErrOff = fault.New(fault.Forbidden, "magic_link_off")
	// ErrInvalidToken is returned for a link or a request token that was used,
	// superseded, has expired or was never made. The trail knows which.
	ErrInvalidToken = link.ErrInvalidToken.WithWords("unusable_link.mailed")
	// ErrWrongCode is returned for a code that is not the one that was mailed.
	ErrWrongCode = ratelimit.ErrWrongCode.WithWords("invalid_code.mailed")
)

// prefixRequest begins what the asker is given.
const prefixRequest = "spq_"

const (
	// maxTries is how many codes a request takes.
	maxTries = 5
	// keepSpent is how long requests stay that have expired, so that the trail
	// can say why a late click was refused.
	keepSpent = 24 * time.Hour
)

// Postman writes letters and counts those that a stranger causes; *mail.Postman
// does.
type Postman interface {
	Allow(ctx context.Context, tx *store.Tx, kind mail.Kind, to string) (bool, error)
	Enqueue(ctx context.Context, tx *store.Tx, l mail.Letter) error
}

// Options is what Links needs. Every field must be set, but for Places. With
// neither ByLink nor ByCode it is off.
type Options struct {
	Store     *store.Store
	Addresses *secret.MAC // names addresses at rest
	Codes     *ratelimit.Codes
	Postman   Postman
	Places    session.Placer
	Trail     *audit.Trail
	Clock     clock.Clock

	ByLink, ByCode bool
	TTL            time.Duration
}

// Links is the room. It is safe for concurrent use.
type Links struct {
	opts Options
}

// New returns a room that works on the given store.
func New(o Options) *Links { return &Links{opts: o} }

// On reports whether anybody can ask.
func (l *Links) On() bool { return l.opts.ByLink || l.opts.ByCode }

// addressHash names an address in a row: by the newest key, whose identifier it
// begins with.
func (l *Links) addressHash(canonical string) string {
	key := l.opts.Addresses.KeyID()
	return secret.Encode(append(key[:], l.opts.Addresses.Sum(addressed(canonical))...))
}

// names reports whether the hash of a row is that of an address, by whichever
// key it was made.
func (l *Links) names(hash, canonical string) bool {
	raw, err := secret.Decode(hash)
	var key secret.KeyID
	if err != nil || len(raw) <= len(key) {
		return false
	}
	return l.opts.Addresses.Verify(secret.KeyID(raw[:len(key)]), addressed(canonical), raw[len(key):])
}

func addressed(canonical string) []byte { return []byte(store.DefaultRealm + "\x00" + canonical) }

// codeHash is what is kept of a code.
func codeHash(request, code string) string { return secret.Hash(request + "\x00" + code) }

// mailable reports whether a user gets mail that signs in.
func mailable(u *store.User) bool {
	return u.Status == store.UserActive && !u.EmailVerifiedAt.IsZero()
}

// spoilt says why a row can no longer be used, by what stands in it, or nothing.
func spoilt(row *store.MagicLink, now time.Time) string {
	return link.State(now, row.ExpiresAt, row.ConsumedAt, row.SupersededAt)
}

// changed says what has become of the user since a row was written that makes it
// useless, or nothing. The status is not looked at: it is the caller's to say
// what somebody is told who proved who they are.
func (l *Links) changed(row *store.MagicLink, u *store.User) string {
	if u.Epoch != row.UserEpoch || u.EmailVerifiedAt.IsZero() || !l.names(row.AddressHash, u.EmailCanonical) {
		return audit.ReasonSuperseded
	}
	return ""
}

// Maintain deletes requests that expired long enough ago, in bounded batches. Running it twice, or on
// several instances at once, is harmless.
func (l *Links) Maintain(ctx context.Context) error {
	err := store.InBatches(ctx, l.opts.Clock.Now().Add(-keepSpent), l.opts.Store.Direct().MagicLinks.Purge)
	if err != nil {
		return fmt.Errorf("purge requests to sign in by mail: %w", err)
	}
	return nil
}

// optional turns "not found" into nil.
func optional[T any](v T, err error) (*T, error) {
	if errors.Is(err, store.ErrNotFound) {
		return nil, nil
	}
	return &v, err
}
