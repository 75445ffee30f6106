package client

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/token"
)

// RevokeToken ends an access token that the client got on its own (RFC 7009 §2.1):
// it is refused everywhere from now on. A token that does not count any more, and
// what is no token at all, is no error (§2.2): there is nothing to do.
//
// Errors: unauthorized_client for a token that was issued to somebody else;
// unavailable.
func (cs *Clients) RevokeToken(ctx context.Context, c Authenticated, raw string, o audit.Origin) error {
	if strings.HasPrefix(raw, prefixRefresh) { // no client has any
		_, works, err := cs.opts.Sessions.Peek(ctx, raw)
		if err == nil && works {
			err = ErrUnauthorizedClient.WithWords("unauthorized_client.revoke")
		}
		return err
	}
	claims, err := cs.opts.Verifier.VerifyAny(ctx, raw)
	switch {
	case errors.Is(err, token.ErrInvalidToken):
		return nil
	case err != nil:
		return err
	case !claims.Machine() || claims.ClientID != c.ClientID:
		return ErrUnauthorizedClient.WithWords("unauthorized_client.revoke")
	}
	err = cs.opts.Store.Tx(ctx, func(ctx context.Context, tx *store.Tx) error {
		if err := cs.opts.Trail.Record(ctx, tx, audit.Event{
			Kind: audit.KindClientTokenRevoked, Outcome: audit.Success, Origin: o,
			Details: map[string]any{"client_id": c.ClientID, "audience": claims.Audience},
		}); err != nil {
			return err
		}
		return tx.Revocations.Append(ctx, cs.opts.Revocations.New(store.RevokedToken, claims.ID, 0, cs.now()))
	})
	if err != nil {
		return fmt.Errorf("revoke a client's token: %w", err)
	}
	return nil
}
