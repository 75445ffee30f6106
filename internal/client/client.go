// Package client owns the programs that may ask for tokens (clients, RFC 6749 §2)
// and their secrets.
//
// # What a client may do
//
// A client of the kind [Machine] asks on its own (RFC 6749 §4.4): it gets access
// tokens whose subject it is itself, for one audience each, with no more than its
// scopes, and never a refresh token. It may ask whether a token counts
// ([Clients.Introspect]) if the token is for one of its audiences, and with
// [ScopeIntrospect] of every token. It may revoke the tokens that it got
// ([Clients.RevokeToken]). What other scopes mean is for the audience to say.
//
// # States
//
//	make ──► enabled ◄──enable/disable──► disabled
//	            └──────── delete ────────────┘
//
// A disabled client cannot authenticate, and every access token that it got dies
// with it: disabling and deleting raise its epoch, and write a revocation with the
// new epoch (package token) in the same transaction, so that every instance
// refuses them at once. A token carries the epoch as uep; nothing compares clocks.
// A client that is made with the client_id of a deleted one begins with the epoch
// that the entry holds, and gets none of its tokens back.
//
// # Secrets
//
// A secret is spc_ and 256 random bits. It is shown once, and SHA-256 of it is
// kept: there is too much in it to guess for a slow hash to add anything. Two are
// alive at most, so that a rotation needs no moment at which both sides change:
// making one lets the one before live on for as long as was asked, and ends any
// older one. When a secret was last used is written at most once a minute.
//
// # Keys
//
// A client with [PrivateKeyJWT] has no secret. It signs an assertion for each
// request (RFC 7523) with a key of its own, and this server holds the public keys,
// which an operator replaces. An assertion is for this server alone, lives for five
// minutes at most, and lets in once at all instances together: its jti is spent as
// a challenge is. Only asymmetric algorithms count.
//
// # Threats
//
// Nobody learns whether a client exists: an unknown one, a disabled one, a
// wrong secret and a wrong method get one answer, after the same reads and the
// same comparison, in constant time; of assertions, after the same verification. The
// trail tells them apart. A client cannot be locked out by strangers who guess:
// wrong secrets count against the address they come from, and never against the
// client.
//
// A client_id in the form of a user id is refused, so that the subject of a token
// says whose it is; so is that of first-party sign-ins. No client has the
// audience of sign-ins that name none: its tokens manage accounts, and programs
// that take them take the subject for a user. A client without an audience gets no
// token. Tokens of clients open nothing here.
//
// This package never writes a secret into the log or the trail, never lets a
// client ask for more than its row says, and never tells a caller why it was not
// let in.
package client

import (
	"log/slog"
	"time"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/token"
)

// Kinds of clients.
const (
	Machine = "machine" // asks on its own (RFC 6749 §4.4)
)

// How clients authenticate (RFC 7591 §2).
const (
	SecretBasic = "client_secret_basic" // in the Authorization header
	SecretPost  = "client_secret_post"  // in the body
	// PrivateKeyJWT is an assertion that the client signs (RFC 7523 §2.2).
	PrivateKeyJWT = "private_key_jwt"
)

// AssertionType is the client_assertion_type of such an assertion.
const AssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"

// GrantClientCredentials is the grant of RFC 6749 §4.4.
const GrantClientCredentials = "client_credentials"

// GrantPassword is the grant of RFC 6749 §4.3, which no client has.
const GrantPassword = "password"

// ScopeIntrospect lets a client introspect every token, for any audience.
const ScopeIntrospect = "introspect"

// FirstParty is the client_id of sign-ins at this server itself.
const FirstParty = "sallyport"

// PrefixSecret starts a secret.
const PrefixSecret = "spc_"

// KeepSecret is how long the secret before lives on after a rotation that does not
// say.
const KeepSecret = 24 * time.Hour

// What clients and operators are told. The codes are those of RFC 6749 §5.2 and
// RFC 8707 §2, but for the last three, which operators meet.
var (
	ErrInvalidRequest       = fault.New(fault.Malformed, "invalid_request")
	ErrInvalidClient        = fault.New(fault.Unauthenticated, "invalid_client")
	ErrUnauthorizedClient   = fault.New(fault.Malformed, "unauthorized_client")
	ErrUnsupportedGrantType = fault.New(fault.Malformed, "unsupported_grant_type")
	ErrInvalidScope         = fault.New(fault.Malformed, "invalid_scope")
	ErrInvalidTarget        = fault.New(fault.Malformed, "invalid_target")
	// ErrInvalidGrant is the one answer to a name and password that give no token
	// (RFC 6749 §5.2).
	ErrInvalidGrant = fault.New(fault.Malformed, "invalid_grant")
	// ErrInsufficientScope is returned to a client that may not do what it asks for.
	ErrInsufficientScope = fault.New(fault.Forbidden, "insufficient_scope")

	ErrTaken   = fault.New(fault.Conflict, "client_id_taken")
	ErrUnknown = fault.New(fault.NotFound, "client_not_found")
	// ErrAuthMethod is returned for a secret or keys of a client that does not
	// authenticate by them.
	ErrAuthMethod = fault.New(fault.Conflict, "client_auth_method")
)

// Options is what the room needs.
type Options struct {
	Store       *store.Store
	Issuer      *token.Issuer
	Verifier    *token.Verifier
	Revocations *token.Revocations
	Sessions    Sessions
	Trail       *audit.Trail
	Clock       clock.Clock
	Log         *slog.Logger
	// Audience is that of sign-ins which name none.
	Audience string
}

// Clients is every client. It is safe for concurrent use.
type Clients struct {
	opts Options
	seen remembered
}

// New returns the room.
func New(o Options) *Clients { return &Clients{opts: o} }

// changed is what the trail says of a change that an operator made.
func changed(by audit.Operator, kind, clientID string) audit.Event {
	e := by.Event(kind, "")
	e.Details = map[string]any{"client_id": clientID}
	return e
}

// now is the time to the precision that is stored.
func (cs *Clients) now() time.Time { return cs.opts.Clock.Now().UTC().Truncate(time.Microsecond) }
