package client

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/token"
)

// Asked is what a client asks for on its own (RFC 6749 §4.4.2). Everything may be
// empty.
type Asked struct {
	Scope     string   // words, separated by spaces
	Resources []string // RFC 8707 §2
}

// Granted is an access token of a client's own.
type Granted struct {
	AccessToken string
	Claims      token.Claims
}

// Grant gives an access token to a client that asks on its own. Without a scope it
// has all that the client may have; of what is asked, it has what the client may
// have, and there must be something. It is for one audience: the one that is
// asked for, or else the only one that the client has.
//
// The client is the row that [Clients.Authenticate] read with credentials: if it
// was disabled since, the entry that its transaction wrote refuses the token.
//
// Errors: unauthorized_client, invalid_scope, invalid_target.
func (cs *Clients) Grant(_ context.Context, c Authenticated, asked Asked) (Granted, error) {
	if !slices.Contains(c.GrantTypes, GrantClientCredentials) {
		return Granted{}, ErrUnauthorizedClient
	}
	scope, err := scopeOf(c.Client, asked.Scope)
	if err != nil {
		return Granted{}, err
	}
	audience, err := audienceOf(c.Client, asked.Resources)
	if err != nil {
		return Granted{}, err
	}
	raw, claims, err := cs.opts.Issuer.IssueMachine(token.MachineGrant{
		ClientID: c.ClientID, Audience: audience, Scope: scope, Epoch: c.Epoch, ReadAt: c.readAt,
	})
	if err != nil {
		return Granted{}, fmt.Errorf("grant a client's own token: %w", err)
	}
	return Granted{AccessToken: raw, Claims: claims}, nil
}

// scopeOf is what of the scopes asked for the client may have (RFC 6749 §3.3).
func scopeOf(c store.Client, asked string) (string, error) {
	want := strings.Fields(asked)
	if len(want) == 0 {
		return strings.Join(c.Scopes, " "), nil
	}
	have := slices.DeleteFunc(words(want), func(s string) bool { return !slices.Contains(c.Scopes, s) })
	if len(have) == 0 {
		return "", ErrInvalidScope
	}
	return strings.Join(have, " "), nil
}

// audienceOf is the one audience that the client asks for, or that it has. Without
// one there is no token: that of sign-ins would pass for a user's wherever users'
// tokens are taken.
func audienceOf(c store.Client, asked []string) (string, error) {
	switch want := words(asked); {
	case len(want) == 1 && slices.Contains(c.Audiences, want[0]):
		return want[0], nil
	case len(want) == 0 && len(c.Audiences) == 1:
		return c.Audiences[0], nil
	}
	return "", ErrInvalidTarget
}
