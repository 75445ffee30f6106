package login

import (
	"context"
	"errors"
	"time"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/client"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/ratelimit"
	"github.com/sallyport-auth/sallyport/internal/session"
)

// PasswordGrant is a name and password that a program exchanges for an access token
// (RFC 6749 §4.3).
type PasswordGrant struct {
	Email, Password string
	Audience        string // one that is known; empty for none
	Origin          audit.Origin
}

// grantFor is how long the session of a password grant lives: nobody gets its refresh
// token.
const grantFor = time.Hour

// errFactorNeeded is told to who knows the password, and to nobody else.
var errFactorNeeded = client.ErrInvalidGrant.WithWords("invalid_grant.factor")

// Grant exchanges a name and password for an access token of an audience, by the
// rules, the limits and the work of [Logins.WithPassword]. It opens a session, so
// that a logout ends the token. Every refusal is one and the same, but for the second
// factor, which is named once the password was right: such an account gets no token
// this way.
//
// Errors: invalid_target, invalid_grant, rate_limited, busy, unavailable.
func (l *Logins) Grant(ctx context.Context, g PasswordGrant) (session.Tokens, error) {
	if g.Audience == "" || l.opts.Sessions.KnowsAudience(g.Audience) != nil {
		return session.Tokens{}, client.ErrInvalidTarget
	}
	in, err := l.WithPassword(ctx, Password{Email: g.Email, Password: g.Password, Audience: g.Audience, TTL: grantFor, Origin: g.Origin})
	switch {
	case err == nil && in.Step != nil:
		return session.Tokens{}, errFactorNeeded
	case err == nil:
		in.RefreshToken = ""
		return in.Tokens, nil
	case errors.Is(err, ratelimit.ErrLimited):
		return session.Tokens{}, err
	}
	if kind := fault.KindOf(err); kind == fault.Unauthenticated || kind == fault.Forbidden || kind == fault.Invalid {
		return session.Tokens{}, client.ErrInvalidGrant.WithCause(err)
	}
	return session.Tokens{}, err
}
