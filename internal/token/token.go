// Package token owns access tokens: it issues them, verifies them, and knows
// which of them are revoked.
//
// # Access tokens
//
// An access token is a signed JWT with the type at+jwt (RFC 9068). Its claims
// are iss, sub, aud, client_id, iat, exp, jti, sid, uep, auth_time, amr and
// roles, and scope and acr where there is something to say. sid is the session,
// uep the epoch that the user had: a token with an older epoch than the user is
// refused once the epoch was raised. iat and exp are counted from the moment
// before the session's row was read, so that a process which was paused before
// signing does not mint a token that outlives the entry which revokes it.
//
// A client that asks on its own (RFC 6749 §4.4) gets a token without sid,
// auth_time, amr and roles. Its sub is its client_id (RFC 9068 §2.2), its uep the
// epoch of the client. No client_id has the form of a user id, so the one cannot
// be taken for the other, and [Verifier.Verify] lets such a token in nowhere.
//
// An operator's claims come after these ([Grant].Extra). None of them has a name
// that means something to the server, or to those who verify ([CheckClaimName]).
//
// # The door
//
// [Verifier] is the one way in. The form, the signature and the claims of what
// comes through it are checked by [jws], whose comment has the rules: a token has
// exactly one spelling, the key fixes the algorithm, and kid only selects. iss
// and aud must be ours, exp, iat and the rest must be there and be integers. iat
// and nbf may lie at most [jws.Leeway] in the future, for clocks that differ; exp
// has no leeway on this server.
//
// A bounded cache remembers verified tokens by the SHA-256 of their text, which
// saves the public-key work on the second sight. Expiry, the key's presence in
// the ring, and revocation are checked every time.
//
// # The list
//
// [Revocations] holds every revocation that is not expired in memory and
// follows the feed in SQL; its comment has the rules. It says no when it knows
// of a revocation, yes only when it knows that it knows all of them, and asks
// SQL otherwise. When SQL is gone the answer is "unavailable", never yes.
//
// How far it has read is a position: a number and its mark, 64 random bits. A
// database that forgets its last commits gives numbers out twice, never marks;
// the list then begins again, and takes no "no" back. Redis tells it to look,
// and never how far it has read.
//
// # Refusals
//
// Whatever is wrong with a token, the caller sees the one fault invalid_token.
// The reason is its cause, for the log alone, and never holds the token.
//
// This package never trusts a JOSE library with the form of a token, never
// fetches anything that a token names, and never verifies by a path that skips
// the signature.
package token

import (
	"encoding/json"
	"errors"
	"time"

	"github.com/sallyport-auth/sallyport/internal/fault"
)

// ErrInvalidToken is returned for every access token that does not count:
// malformed, forged, expired, revoked, for somebody else.
var ErrInvalidToken = fault.New(fault.Unauthenticated, "invalid_token")

// ErrRevoked is ErrInvalidToken with the cause that the token was revoked. To
// the caller, and to [errors.Is], the two are the same fault.
var ErrRevoked = ErrInvalidToken.WithCause(errors.New("revoked"))

// Claims is what an access token says. Times are whole seconds in UTC. Slices
// are shared with the cache and must not be changed.
type Claims struct {
	Issuer    string
	Subject   string // user id, or client_id if Machine
	Audience  string
	ClientID  string
	ID        string // jti
	SessionID string // empty if Machine
	IssuedAt  time.Time
	ExpiresAt time.Time
	AuthTime  time.Time // when the user last proved who they are; zero if Machine
	UserEpoch int64     // of the client if Machine
	AMR       []string  // RFC 8176
	Roles     []string
	Scope     string
	ACR       string
	// Extra is what an operator added to a token that was just issued, by name; of one
	// that was verified it is nil.
	Extra map[string]json.RawMessage
}

// Machine reports whether a client asked for the token on its own (RFC 6749 §4.4):
// there is no user and no session.
func (c Claims) Machine() bool { return c.SessionID == "" }
