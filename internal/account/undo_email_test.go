package account_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/account"
	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// asked adds changes of address that were asked for and came to nothing.
func (h *house) asked(t *testing.T, u store.User, n int) {
	t.Helper()
	now := h.clock.Now()
	if err := h.store.Tx(t.Context(), func(ctx context.Context, tx store.Tx) error {
		for range n {
			if err := tx.Changes.Insert(ctx, store.EmailChange{
				ID: id.Ordered(), UserID: u.ID, OldEmail: thief, OldCanonical: thief, NewEmail: "x@evil.example", NewCanonical: "x@evil.example",
				ConfirmTokenID: id.Ordered(), CreatedAt: now, ExpiresAt: now.Add(24 * time.Hour),
			}); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}

// A thief who has the account at a second address of theirs, and asks for more
// changes than anybody would look at, has a link at the first that leads back.
func TestAnUndoEndsEveryLinkOfSince(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	u := h.join(t, ada)
	first := h.moved(t, u, ada, thief)
	second := h.moved(t, u, thief, "thief@worse.example")
	h.clock.Advance(time.Minute)
	h.asked(t, u, 1200)
	if err := h.UndoEmailChange(t.Context(), first, origin()); err != nil {
		t.Fatal(err)
	}
	if err := h.UndoEmailChange(t.Context(), second, origin()); !errors.Is(err, account.ErrInvalidToken) {
		t.Errorf("the link that leads back to the thief: %v", err)
	}
	if got := h.user(t, ada); got.ID != u.ID {
		t.Errorf("got %+v", got)
	}
}

// What a thief adds before they ask for another address goes too; what stood for
// as long as the link works stays.
func TestAnUndoRemovesWhatWasAddedBeforeTheRequest(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	u := h.join(t, ada)
	own := h.addPasskey(t, u, h.clock.Now().Add(-8*24*time.Hour))
	h.addPasskey(t, u, h.clock.Now().Add(-6*24*time.Hour))
	h.addTOTP(t, u)
	h.clock.Advance(time.Minute)
	if err := h.UndoEmailChange(t.Context(), h.moved(t, u, ada, thief), origin()); err != nil {
		t.Fatal(err)
	}
	if got := h.user(t, ada); got.TOTP || got.Passkeys != 1 || got.RecoveryCodes != 0 {
		t.Errorf("got %+v", got)
	}
	if keys := must(h.store.Direct().Passkeys.List(t.Context(), u.ID, 9)); len(keys) != 1 || keys[0].ID != own {
		t.Errorf("passkeys: %+v", keys)
	}
}

// Who undoes the later of two changes ends nothing of the earlier one.
func TestAnUndoLeavesTheLinksOfBefore(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	u := h.join(t, ada)
	first := h.moved(t, u, ada, thief)
	second := h.moved(t, u, thief, "thief@worse.example")
	if err := h.UndoEmailChange(t.Context(), second, origin()); err != nil {
		t.Fatal(err)
	}
	if err := h.UndoEmailChange(t.Context(), first, origin()); err != nil {
		t.Errorf("the owner's link: %v", err)
	}
	if got := h.user(t, ada); got.ID != u.ID {
		t.Errorf("got %+v", got)
	}
}
