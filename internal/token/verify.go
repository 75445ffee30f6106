package token

import (
	"context"
	"errors"
	"time"

	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/jws"
	"github.com/sallyport-auth/sallyport/internal/keys"
)

// DefaultCacheSize is how many verified tokens are remembered.
const DefaultCacheSize = 16 << 10

// VerifierOptions says what a verifier needs.
type VerifierOptions struct {
	Ring        *keys.Ring
	Revocations *Revocations
	Clock       clock.Clock
	Issuer      string // the only iss that counts
	Audience    string // must be among aud
	CacheSize   int    // DefaultCacheSize if 0, no cache if negative
}

// Verifier is the one front door for access tokens. It is safe for concurrent
// use.
type Verifier struct {
	opts  VerifierOptions
	cache *cache
}

// NewVerifier returns a verifier with an empty cache.
func NewVerifier(o VerifierOptions) *Verifier {
	if o.CacheSize == 0 {
		o.CacheSize = DefaultCacheSize
	}
	return &Verifier{opts: o, cache: newCache(max(o.CacheSize, 0))}
}

var (
	errType    = errors.New("typ is not at+jwt")
	errMachine = errors.New("a client's own, where a user's is asked for")
	errForeign = errors.New("for another audience")
	errExpired = errors.New("expired")
	errSize    = errors.New("empty or too long")
)

// Verify gives the claims of a user's access token that is for us, unexpired and
// not revoked. It returns ErrInvalidToken if it is not, and fault.ErrUnavailable if
// that cannot be told.
func (v *Verifier) Verify(ctx context.Context, raw string) (Claims, error) {
	c, err := v.VerifyUser(ctx, raw)
	if err == nil && !v.Ours(c) {
		return Claims{}, ErrInvalidToken.WithCause(errForeign)
	}
	return c, err
}

// Ours reports whether a token is for this server, and may manage the account.
func (v *Verifier) Ours(c Claims) bool { return c.Audience == v.opts.Audience }

// VerifyUser is Verify for a user's token whatever program it is for. One that is
// not [Verifier.Ours] lets nobody change anything: its holder may be a program that
// the user talks to.
func (v *Verifier) VerifyUser(ctx context.Context, raw string) (Claims, error) {
	if raw == "" || len(raw) > jws.MaxToken {
		return Claims{}, ErrInvalidToken.WithCause(errSize)
	}
	now := v.opts.Clock.Now()
	sum := fingerprintOf(raw)
	seen := v.cache.get(sum, now)
	if seen == nil || !v.opts.Ring.Holds(seen.kid, now) {
		var err error
		if seen, err = v.enterUser(ctx, raw, now); err != nil {
			return Claims{}, err
		}
		if !now.Before(seen.claims.ExpiresAt) {
			return Claims{}, ErrInvalidToken.WithCause(errExpired)
		}
		v.cache.put(sum, seen)
	}
	if err := v.opts.Revocations.check(ctx, &seen.subjects); err != nil {
		return Claims{}, err
	}
	return seen.claims, nil
}

// VerifyExpired gives the claims of an access token that is ours, whether or
// not it has expired or was revoked, and whatever program it is for. Ending the
// session that it names is all that such a token is good for. It neither reads nor fills the cache.
func (v *Verifier) VerifyExpired(ctx context.Context, raw string) (Claims, error) {
	seen, err := v.enterUser(ctx, raw, v.opts.Clock.Now())
	if err != nil {
		return Claims{}, err
	}
	return seen.claims, nil
}

// VerifyAny is Verify for any token that this server has issued, for any client
// and audience. It lets nobody in: it is for telling others what a token says
// (RFC 7662), and for revoking one. It neither reads nor fills the cache.
func (v *Verifier) VerifyAny(ctx context.Context, raw string) (Claims, error) {
	now := v.opts.Clock.Now()
	seen, err := v.enter(ctx, raw, now)
	switch {
	case err != nil:
		return Claims{}, err
	case !now.Before(seen.claims.ExpiresAt):
		return Claims{}, ErrInvalidToken.WithCause(errExpired)
	}
	if err := v.opts.Revocations.check(ctx, &seen.subjects); err != nil {
		return Claims{}, err
	}
	return seen.claims, nil
}

// verified is a token that came through the door.
type verified struct {
	claims   Claims
	subjects subjects
	kid      string
}

// enterUser is enter for a user's token, for any audience.
func (v *Verifier) enterUser(ctx context.Context, raw string, now time.Time) (*verified, error) {
	seen, err := v.enter(ctx, raw, now)
	if err == nil && seen.claims.Machine() {
		return nil, ErrInvalidToken.WithCause(errMachine)
	}
	return seen, err
}

// enter is the door: form, key, signature, claims, in this order. It checks
// everything but audience, expiry and revocation.
func (v *Verifier) enter(ctx context.Context, raw string, now time.Time) (*verified, error) {
	j, err := jws.Parse(raw, jws.MaxToken)
	if err != nil {
		return nil, ErrInvalidToken.WithCause(err)
	}
	if j.Type != jws.TypeAccessToken {
		return nil, ErrInvalidToken.WithCause(errType)
	}
	key, err := v.opts.Ring.Find(ctx, j.KeyID)
	switch {
	case errors.Is(err, fault.ErrUnavailable):
		return nil, err
	case err != nil:
		return nil, ErrInvalidToken.WithCause(err)
	}
	if err := j.Verify(key.Public); err != nil {
		return nil, ErrInvalidToken.WithCause(err)
	}
	said, err := jws.ParseIssued(j.Payload, v.opts.Issuer, now)
	if err != nil {
		return nil, ErrInvalidToken.WithCause(err)
	}
	c := claims(said, v.opts.Audience)
	return &verified{claims: c, subjects: subjectsOf(c), kid: key.ID()}, nil
}

// claims are those that the server goes by. Of several audiences it is ours, or the
// first.
func claims(c jws.Claims, ours string) Claims {
	audience := c.Audience[0]
	if c.For(ours) == nil {
		audience = ours
	}
	return Claims{
		Issuer: c.Issuer, Subject: c.Subject, Audience: audience, ClientID: c.ClientID, ID: c.ID, SessionID: c.SessionID,
		IssuedAt: c.IssuedAt, ExpiresAt: c.ExpiresAt, AuthTime: c.AuthTime, UserEpoch: c.Epoch,
		AMR: c.AMR, Roles: c.Roles, Scope: c.Scope, ACR: c.ACR,
	}
}
