package client

import (
	"context"
	"errors"
	"fmt"

	"github.com/sallyport-auth/sallyport/internal/store"
)

// Shown is a client with what may be told of its secrets.
type Shown struct {
	store.Client
	Secrets []store.ClientSecret // those that count, oldest first, without their hashes
	Keys    []Key                // by kid
}

// Show gives a client.
//
// Errors: client_not_found.
func (cs *Clients) Show(ctx context.Context, clientID string) (Shown, error) {
	now := cs.now()
	var shown Shown
	err := cs.opts.Store.View(ctx, func(ctx context.Context, tx *store.Tx) (err error) {
		shown = Shown{}
		if shown.Client, err = tx.Clients.ByClientID(ctx, clientID); err != nil {
			return err
		}
		if shown.Keys, err = shownKeys(shown.Client); err != nil {
			return err
		}
		secrets, err := tx.Secrets.List(ctx, clientID)
		for _, s := range secrets {
			if s.SecretHash = ""; live(s, now) {
				shown.Secrets = append(shown.Secrets, s)
			}
		}
		return err
	})
	switch {
	case errors.Is(err, store.ErrNotFound):
		return Shown{}, ErrUnknown
	case err != nil:
		return Shown{}, fmt.Errorf("show client: %w", err)
	}
	return shown, nil
}

// List gives a page of clients by client_id, which is the cursor.
func (cs *Clients) List(ctx context.Context, page store.Page) ([]store.Client, error) {
	list, err := cs.opts.Store.Direct().Clients.List(ctx, page)
	if err != nil {
		return nil, fmt.Errorf("list clients: %w", err)
	}
	return list, nil
}
