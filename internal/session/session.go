// Package session owns being signed in on a device: it opens sessions, keeps
// them alive by rotating refresh tokens, and ends them.
//
// A session is one sign-in on one device, and one row. It lives until it is
// revoked, until its absolute or its idle limit, or until its user is no longer
// active or has another epoch than the one with which it was opened.
//
// # Refresh tokens
//
// The refresh tokens of a session are numbered: a token is a generation. The
// row remembers the newest, G, with 16 random bytes that are redrawn whenever G
// rises; the parent, P, whose presentation began the present sibling group
// (none at first), and when P was first spent; when G was made; and whether G
// was ever presented. From P on, several generations can be siblings: answers
// to the same P, of which only G can go on.
//
//	                  (4) P again: G+1, same parent
//	                          ┌───────┐
//	                          │       ▼
//	opened, no parent ─(3)─► newest unused ─(2) G, young─► newest used
//	                          ▲       │                        │
//	                          └──(3)──┴───────────(3)──────────┘
//
//	any of them ─(6), logout, a new password─► revoked
//
//	(3) makes G+1 with parent G; within the grace (2) answers G to the whole
//	group without leaving the state.
//
// Presenting generation g of a token with a good MAC, with age = now - rotated_at
// by the database's clock:
//
//	0  The session is revoked, expired or idle, its user not active, or its
//	   epoch stale: session_ended. No alarm. (Replaced by the session that a
//	   change of password opened: session_replaced, for the grace.)
//	1  g > G, or g = G with another nonce: not_issued. Never revoke: this
//	   database has lost history, by a restored backup or a broken failover.
//	2  P is set and age <= grace. g = G: mark it used and answer G again, a
//	   young token is not rotated. P <= g < G: answer G, write nothing. Two
//	   tabs, swapped answers, a retried request: nobody is logged out, and no
//	   second line of tokens arises.
//	3  g = G otherwise: rotate to G+1 with parent G.
//	4  g = P, G never used, P first spent at most the recovery time ago: the
//	   answer was lost. Skip to G+1; P and when it was spent stay.
//	5  g >= P-1 and age <= 4 x grace: refresh_superseded. Read your store again.
//	6  Anything else is a replay (RFC 9700 §4.14.2): the session ends for the
//	   thief and the owner alike, and the owner gets a mail.
//
// An age below -5 s means that the database's clock was set back. It is past
// the grace; the newest token rotates, which mends the state, and any other is
// told to retry. Nothing is revoked on the word of such a clock.
//
// Grace 0 turns 2 and 5 off, recovery 0 turns 4 off; both together are classic
// strict rotation.
//
// Every step is a compare-and-set on the state that was read. A call that loses
// reads again and classifies again, at most four times; then it answers 503.
// The common steps are one read and at most one write. Step 6 is an outcome,
// not an error: revocation, audit event, entry in the revocation list and mail
// are committed together, by one call alone, although the request fails.
//
// # The promise
//
// An honest client keeps one store per session, reads it before each call,
// keeps the newer token (the answer carries its generation), has one call
// outstanding and comes back within the recovery time. It is never logged out.
// Tabs may call at the same time: they converge on one token. What they should
// not do at the same time is lose answers. If one tab gets the answer to P in
// the last moment of the grace, another presents P a moment later and its
// answer is lost, the store is left with a skipped sibling. Tabs that take turns
// (navigator.locks in a browser) are one client with one call outstanding.
//
// A thief who does not stay within the grace of every refresh of the owner is
// cut off at the first presentation after it.
//
// # Devices
//
// Users see a session as a device: browser, system, place and time of the last
// use. They can end one session, or all but the one of the request. Each ends by
// a compare-and-set, with its own entry in the revocation list, so that its
// access tokens die with it. A session that has ended keeps the reason. The user
// can read it for 30 days, and so can a client that presents a refresh token of
// the session.
//
// A user has at most MAX_SESSIONS sessions. A further sign-in ends the session
// that was unused the longest, in the same transaction and under the lock on the
// user's row, so that concurrent sign-ins cannot exceed the limit. The account's
// first second factor ends every session but the one that adds it: none of them
// has proved it.
//
// If the COMMIT of a sign-in succeeds and the answer is lost, nobody has the
// tokens of the session. A client that repeats the request with the same key
// gets them (package idempotency). Without a key, the session is noted on the
// known device until its tokens are on their way, and the next sign-in of that
// device ends it.
//
// No access token outlives its session: it expires at the session's limits at
// the latest. Every change by a signed-in user first holds the session of the
// request ([Sessions.Hold]), in the database and in the transaction of the
// change.
//
// The user gets one mail about a sign-in on a new device, with a link that
// disowns it. The very first sign-in causes no mail.
//
// # Audiences
//
// A session that is opened for an audience, one of AUDIENCES, gives access tokens
// for that one alone, for ever. A session that is opened for none gives tokens that
// manage the account; a refresh of it may name an audience, for that access token
// alone, and writes nothing about it. A token for another audience ends its own
// session and does nothing else here, because its holder may be a program that the
// user talks to (package token).
//
// # The operator's program
//
// The operator may have a program of theirs asked before tokens are given (package
// hook): at every sign-in, every refresh and every other answer with tokens, so that
// what it adds to a token is as old as the token, and a row holds nothing of it. It is
// asked once everything was proved, and while no transaction is open; what was proved
// is undone, and checked again after the answer ([Sessions.Approved]). A session that
// ended meanwhile, and a user whose password changed, get no token.
//
// The identifier of a session is public: it is in access tokens and in the
// answer to a login, and it opens nothing. It is in no log all the same, because
// the revocation list is keyed by it.
//
// # Cookies
//
// A session that a person opens on the hosted pages has a cookie as well: 256
// random bits, of which the database holds a hash. The cookie is a second key to
// the same session, and holds no state of its own: whatever ends the session
// ends it. It is never exchanged for tokens, and a browser that holds it is
// never given a refresh token. Each visit is looked up in the database, so that a
// revocation counts from its commit on; a visit moves the idle limit, at most
// once a minute.
//
// # Threats
//
// A copied token: above. A forged one: the MAC is checked before any I/O. A
// stolen database holds nonces and no key; a stolen key makes no newest token,
// because the nonce is in the database alone. A login that verified an old
// password while a reset committed: opening is a compare-and-set on the user's
// epoch. A process paused before it signs: access tokens are dated by the time
// read before the row. A reader of the log: session ids are there only as
// hashes.
//
// This package never stores a refresh token, never widens what a session was
// opened for, never ends access tokens by rotating, and never keeps a session
// on the word of anything but the database.
package session

import (
	"context"
	"errors"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/hook"
	"github.com/sallyport-auth/sallyport/internal/link"
	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/ratelimit"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/telemetry"
	"github.com/sallyport-auth/sallyport/internal/token"
)

// What a refusal brings along, beside its code.
const (
	MemberNext   = "next"   // NextLogin or NextRetry
	MemberReason = "reason" // why a session ended, for the holder of a genuine token of it

	NextLogin = "login" // sign in again
	NextRetry = "retry" // read the token store again, then try once more
)

// What a refused refresh token answers. Each says what to do next.
var (
	// ErrInvalidToken is returned for a token that this server never made.
	ErrInvalidToken = token.ErrInvalidToken.WithWords("invalid_token.refresh").WithMember(MemberNext, NextLogin)
	// ErrEnded is returned for a token of a session that has ended. Whoever holds
	// a genuine one learns why; see Reasons.
	ErrEnded = fault.New(fault.Unauthenticated, "session_ended").WithMember(MemberNext, NextLogin)
	// ErrReplaced is returned for a short while after a change of password, so
	// that a second tab reads its store and finds the new session.
	ErrReplaced = fault.New(fault.Unauthenticated, "session_replaced").WithMember(MemberNext, NextRetry)
	// ErrReplayed is returned to whoever presents a token that was spent, and
	// has ended the session (RFC 9700 §4.14.2).
	ErrReplayed = fault.New(fault.Unauthenticated, "refresh_replayed").WithMember(MemberNext, NextLogin)
	// ErrSuperseded is returned for a token that was spent a moment ago. The
	// session lives on with a newer one.
	ErrSuperseded = fault.New(fault.Unauthenticated, "refresh_superseded").WithMember(MemberNext, NextRetry)
	// ErrNotIssued is returned for a genuine token that the database knows
	// nothing of: it has lost history.
	ErrNotIssued = fault.New(fault.Unauthenticated, "not_issued").WithMember(MemberNext, NextLogin)
)

// ErrEpochMoved is returned by EndAll when the user's epoch is no longer what
// the caller read. The transaction is to be undone and the user read again.
var ErrEpochMoved = errors.New("the user's epoch has moved")

const (
	// tries bounds how often a call that lost a compare-and-set reads again.
	tries = 4
	// busyFor is how long a 503 tells callers to wait.
	busyFor = time.Second
)

// Minter issues access tokens; *token.Issuer does.
type Minter interface {
	Issue(g token.Grant) (raw string, c token.Claims, err error)
}

// Revoker makes entries of the revocation list; *token.Revocations does.
type Revoker interface {
	New(kind store.RevocationKind, subject string, epoch int64, at time.Time) *store.Revocation
}

// Notifier writes letters to users; *mail.Postman does.
type Notifier interface {
	Enqueue(ctx context.Context, tx *store.Tx, l mail.Letter) error
	Notify(ctx context.Context, tx *store.Tx, u store.User, l mail.Letter) error
}

// Placer names where an IP address is, or gives nothing; *geoip.Places does.
type Placer interface {
	Of(address string) string
}

// Options is what a Sessions needs. Every field must be set, but for Places, Log
// and Tally. A Grace or Recovery of 0 turns the rule off, and so does a Most.
type Options struct {
	Store       *store.Store
	Keyring     *secret.Keyring
	Issuer      Minter
	Revocations Revoker
	Trail       *audit.Trail
	Postman     Notifier
	Places      Placer
	Clock       clock.Clock
	Log         *slog.Logger
	Tally       *telemetry.Tally
	Devices     *ratelimit.Devices // nil makes no device known
	Gate        *hook.Gate         // nil asks nobody before tokens are given

	Grace          time.Duration // REFRESH_GRACE
	Recovery       time.Duration // REFRESH_RECOVERY
	TTL            time.Duration // absolute limit of a session
	IdleTTL        time.Duration // limit between two refreshes
	AccessTokenTTL time.Duration
	Most           int // sessions of a user, MAX_SESSIONS

	Audiences []string // other resource servers, AUDIENCES
}

// Sessions is the room. It is safe for concurrent use, and any number of them
// may share one database.
type Sessions struct {
	store       *store.Store
	codec       codec
	issuer      Minter
	revocations Revoker
	trail       *audit.Trail
	postman     Notifier
	links       *link.Links
	places      Placer
	clock       clock.Clock
	log         *slog.Logger
	tally       *telemetry.Tally
	devices     *ratelimit.Devices
	gate        *hook.Gate
	limits      limits
	ttl, idle   time.Duration
	most        int
	audiences   []string
	retention   time.Duration
	historyLost atomic.Bool
}

// New returns a room that works on the given store.
func New(o Options) *Sessions {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return &Sessions{
		store:       o.Store,
		codec:       newCodec(o.Keyring, store.DefaultRealm),
		issuer:      o.Issuer,
		revocations: o.Revocations,
		trail:       o.Trail,
		postman:     o.Postman,
		links:       link.New(link.Options{Trail: o.Trail, Clock: o.Clock}),
		places:      o.Places,
		clock:       o.Clock,
		log:         o.Log,
		tally:       o.Tally,
		devices:     o.Devices,
		gate:        o.Gate,
		limits:      limits{grace: o.Grace, recovery: o.Recovery},
		ttl:         o.TTL,
		idle:        o.IdleTTL,
		most:        o.Most,
		audiences:   o.Audiences,
		retention:   max(keepEnded, 2*o.AccessTokenTTL),
	}
}

// HistoryLost reports whether a genuine refresh token was presented that the
// database knows nothing of. It stays true until the process ends, so that
// readiness can warn.
func (s *Sessions) HistoryLost() bool { return s.historyLost.Load() }

// Tokens is what a sign-in or a refresh answers.
type Tokens struct {
	AccessToken  string
	RefreshToken string
	ExpiresIn    time.Duration // of the access token
	SessionID    string
	Generation   int64 // of the refresh token; the higher one is the newer
	User         store.User
	// KnownDevice makes the device that holds it known to its user (package
	// ratelimit). It is set after a sign-in, and when a change opens a new
	// session.
	KnownDevice string
}

// unavailable turns an error of the store into what the caller is told. What is
// not the store's absence stays an error of ours.
func unavailable(err error) error {
	if errors.Is(err, store.ErrUnavailable) {
		return fault.ErrUnavailable.WithCause(err).WithRetryAfter(busyFor)
	}
	return err
}

// errContended is why a call gave up that lost every compare-and-set.
var errContended = errors.New("the session was changed by others each time")
