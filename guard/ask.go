package guard

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"time"

	"github.com/sallyport-auth/sallyport/guard/internal/jws"
)

const (
	introspectPath = "/oauth2/introspect"
	askLimit       = 2 * time.Second
	askSlots       = 32 // introspections under way at once
	maxAnswer      = 64 << 10
)

// ask introspects a token (RFC 7662) whose signature was verified here. Only a
// clear yes is one.
func (g *Guard) ask(ctx context.Context, raw string) *Refusal {
	ctx, cancel := context.WithTimeout(ctx, askLimit)
	defer cancel()
	select {
	case g.asking <- struct{}{}:
		defer func() { <-g.asking }()
	case <-ctx.Done():
		return notCurrent(fmt.Errorf("wait to introspect: %w", ctx.Err()))
	}
	body, err := g.fetch.post(ctx, introspectPath, url.Values{"token": {raw}, "token_type_hint": {"access_token"}}, maxAnswer)
	if err != nil {
		return notCurrent(fmt.Errorf("introspect: %w", err))
	}
	members, err := jws.ParseObject(body)
	switch {
	case err != nil:
		return notCurrent(fmt.Errorf("introspect: %w", err))
	case string(members["active"]) == "true":
		return nil
	case string(members["active"]) == "false":
		return invalid(errRevoked)
	}
	return notCurrent(errors.New("introspect: the answer does not say whether the token is active"))
}
