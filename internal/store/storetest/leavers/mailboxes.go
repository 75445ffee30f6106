package leavers

import (
	"context"
	"fmt"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/store/storetest/expect"
)

func mailboxesHold(t *testing.T, st *store.Store) {
	ctx, u := t.Context(), someUser(t, st, "ada")
	hold := st.Direct().Users.Hold
	expect.Changes(t, "as it is", true)(hold(ctx, u.ID, u.Epoch, u.EmailCanonical))
	expect.Changes(t, "another epoch", false)(hold(ctx, u.ID, u.Epoch+1, u.EmailCanonical))
	expect.Changes(t, "another address", false)(hold(ctx, u.ID, u.Epoch, "bob@example.com"))
	expect.Changes(t, "nobody", false)(hold(ctx, "none", 0, ""))
	expect.Reads(t, "the user", u)(st.Direct().Users.ByID(ctx, u.ID))
}

// mailboxesRace has tokens written for whoever is held, while everything that the
// user had ends: what was written before ends with it, and nothing comes after.
func mailboxesRace(t *testing.T, st *store.Store) {
	ctx, u := t.Context(), someUser(t, st, "ada")
	expect.Each(t, expect.Racers, func(i int) error {
		tok := store.OneTimeToken{
			ID: id.Ordered(), Purpose: store.PurposeResetPassword, UserID: u.ID, TokenHash: id.Random(), CreatedAt: expect.Moment(0), ExpiresAt: expect.Moment(1),
		}
		return st.Tx(ctx, func(ctx context.Context, tx *store.Tx) error {
			if i == expect.Racers/2 {
				if raised, err := tx.Users.RaiseEpoch(ctx, u.ID, u.Epoch, expect.Moment(0)); err != nil || !raised {
					return fmt.Errorf("raise the epoch: %v, %w", raised, err)
				}
				_, err := tx.Tokens.ConsumeAll(ctx, u.ID, store.PurposeResetPassword, expect.Moment(0))
				return err
			}
			if held, err := tx.Users.Hold(ctx, u.ID, u.Epoch, u.EmailCanonical); err != nil || !held {
				return err
			}
			return tx.Tokens.Insert(ctx, tok)
		})
	})
	written, err := st.Direct().Tokens.List(ctx, u.ID, store.Page{Limit: expect.Racers})
	expect.Check(t, err)
	for _, tok := range written {
		if tok.ConsumedAt.IsZero() {
			t.Errorf("of %d tokens one can be used", len(written))
		}
	}
}
