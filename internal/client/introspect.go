package client

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/token"
)

// prefixRefresh starts a refresh token (package session).
const prefixRefresh = "spr_"

// Sessions looks at refresh tokens; *session.Sessions does.
type Sessions interface {
	// Peek reports whether a refresh token would be exchanged right now, and of
	// which session it is. It changes nothing.
	Peek(ctx context.Context, raw string) (sess store.Session, works bool, err error)
}

// Introspected is what a client is told of a token (RFC 7662 §2.2). Of one that
// does not count, or that the client may not see, nothing is set.
type Introspected struct {
	Active bool
	// Access is what an access token says.
	Access token.Claims
	// Refresh is the session of a refresh token, and ExpiresAt when that is no
	// longer exchanged.
	Refresh   store.Session
	ExpiresAt time.Time
}

// Introspect tells a client whether a token counts right now, and what it says. A
// client may see the access tokens that are for one of its audiences, or all tokens
// if it has [ScopeIntrospect]. A refresh token is not spent by it.
//
// Errors: unavailable.
func (cs *Clients) Introspect(ctx context.Context, c Authenticated, raw string) (Introspected, error) {
	every := slices.Contains(c.Scopes, ScopeIntrospect)
	if strings.HasPrefix(raw, prefixRefresh) {
		if !every { // before anything is read, so that time tells nothing
			return Introspected{}, nil
		}
		sess, works, err := cs.opts.Sessions.Peek(ctx, raw)
		if err != nil || !works {
			return Introspected{}, err
		}
		return Introspected{Active: true, Refresh: sess, ExpiresAt: earlier(sess.ExpiresAt, sess.IdleExpiresAt)}, nil
	}
	claims, err := cs.opts.Verifier.VerifyAny(ctx, raw)
	switch {
	case errors.Is(err, token.ErrInvalidToken):
		return Introspected{}, nil
	case err != nil:
		return Introspected{}, err
	case !every && !slices.Contains(c.Audiences, claims.Audience):
		return Introspected{}, nil
	}
	return Introspected{Active: true, Access: claims, ExpiresAt: claims.ExpiresAt}, nil
}

// Sign signs what a client is told of a token, or gives nothing where it cannot be
// signed: see [token.Issuer.SignIntrospection].
func (cs *Clients) Sign(c Authenticated, said any) (string, error) {
	return cs.opts.Issuer.SignIntrospection(c.ClientID, said, cs.now())
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}
