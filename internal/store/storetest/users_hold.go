package storetest

import (
	"context"
	"fmt"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/store"
)

func userHoldPromises() map[string]promise {
	return map[string]promise{
		"Users/HoldWhatWasRead":                 usersHold,
		"Users/NoTokenOutlivesTheHeld":          usersHoldRace,
		"Users/ChangeEmailNeedsWhatWasRead":     usersChangeEmail,
		"Users/ChangeEmailRefusesATakenAddress": usersChangeEmailTaken,
	}
}

func usersHold(t *testing.T, st *store.Store) {
	ctx, u := t.Context(), someUser(t, st, "ada")
	hold := st.Direct().Users.Hold
	changes(t, "as it is", true)(hold(ctx, u.ID, u.Epoch, u.EmailCanonical))
	changes(t, "another epoch", false)(hold(ctx, u.ID, u.Epoch+1, u.EmailCanonical))
	changes(t, "another address", false)(hold(ctx, u.ID, u.Epoch, "bob@example.com"))
	changes(t, "nobody", false)(hold(ctx, "none", 0, ""))
	reads(t, "the user", u)(st.Direct().Users.ByID(ctx, u.ID))
}

// usersHoldRace has tokens written for whoever is held, while everything that the
// user had ends: what was written before ends with it, and nothing comes after.
func usersHoldRace(t *testing.T, st *store.Store) {
	ctx, u := t.Context(), someUser(t, st, "ada")
	each(t, racers, func(i int) error {
		tok := store.OneTimeToken{
			ID: id.Ordered(), Purpose: store.PurposeResetPassword, UserID: u.ID, TokenHash: id.Random(), CreatedAt: moment(0), ExpiresAt: moment(1),
		}
		return st.Tx(ctx, func(ctx context.Context, tx *store.Tx) error {
			if i == racers/2 {
				if raised, err := tx.Users.RaiseEpoch(ctx, u.ID, u.Epoch, moment(0)); err != nil || !raised {
					return fmt.Errorf("raise the epoch: %v, %w", raised, err)
				}
				_, err := tx.Tokens.ConsumeAll(ctx, u.ID, store.PurposeResetPassword, moment(0))
				return err
			}
			if held, err := tx.Users.Hold(ctx, u.ID, u.Epoch, u.EmailCanonical); err != nil || !held {
				return err
			}
			return tx.Tokens.Insert(ctx, tok)
		})
	})
	written, err := st.Direct().Tokens.List(ctx, u.ID, store.Page{Limit: racers})
	check(t, err)
	for _, tok := range written {
		if tok.ConsumedAt.IsZero() {
			t.Errorf("of %d tokens one can be used", len(written))
		}
	}
}

func usersChangeEmail(t *testing.T, st *store.Store) {
	d, ctx, u := st.Direct(), t.Context(), verifiedUser(t, st, "ada")
	for what, change := range map[string]func(*store.EmailUpdate){
		"another epoch":   func(a *store.EmailUpdate) { a.Epoch++ },
		"another address": func(a *store.EmailUpdate) { a.From = "ada@example.org" },
		"nobody":          func(a *store.EmailUpdate) { a.UserID = "none" },
	} {
		a := movedTo(u)
		change(&a)
		changes(t, what, false)(d.Users.ChangeEmail(ctx, a))
	}
	oneWins(t, st, "apply", func(ctx context.Context, tx *store.Tx) (bool, error) { return tx.Users.ChangeEmail(ctx, movedTo(u)) })
	u.Email, u.EmailCanonical, u.EmailVerifiedAt, u.UpdatedAt, u.Version = "New@example.com", "new@example.com", moment(3), moment(4), 1
	reads(t, "user", u)(d.Users.ByEmail(ctx, "new@example.com"))
}

func usersChangeEmailTaken(t *testing.T, st *store.Store) {
	u := verifiedUser(t, st, "ada")
	verifiedUser(t, st, "new")
	_, err := st.Direct().Users.ChangeEmail(t.Context(), movedTo(u))
	refuses(t, "an address of another", err)
	reads(t, "user", u)(st.Direct().Users.ByID(t.Context(), u.ID))
}

// movedTo is a change of the address of u to new@example.com.
func movedTo(u store.User) store.EmailUpdate {
	return store.EmailUpdate{
		UserID: u.ID, Epoch: u.Epoch, From: u.EmailCanonical, Email: "New@example.com", Canonical: "new@example.com",
		VerifiedAt: moment(3), Now: moment(4),
	}
}
