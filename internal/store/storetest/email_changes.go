package storetest

import (
	"context"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/store"
)

func emailChangePromises() map[string]promise {
	return map[string]promise{
		"Changes/InTheirOrder":           changesInOrder,
		"Changes/ComeBackWhole":          changesComeBackWhole,
		"Changes/ConfirmedAndUndoneOnce": changesOnce,
		"Changes/UndoEndsLinksOfSince":   changesUndoLater,
		"Changes/TokensAreRenewed":       changesRenew,
		"Changes/PurgeIsBounded":         changesPurge,
	}
}

func someChange(t *testing.T, st *store.Store, u store.User, hours int) store.EmailChange {
	t.Helper()
	c := store.EmailChange{
		ID: id.Ordered(), UserID: u.ID, OldEmail: u.Email, OldCanonical: u.EmailCanonical, OldVerifiedAt: u.EmailVerifiedAt,
		NewEmail: "New@example.com", NewCanonical: "new@example.com", ConfirmTokenID: id.Ordered(),
		CreatedAt: moment(hours), ExpiresAt: moment(hours + 24),
	}
	check(t, st.Direct().Changes.Insert(t.Context(), c))
	return c
}

func changesComeBackWhole(t *testing.T, st *store.Store) {
	d, ctx, u := st.Direct().Changes, t.Context(), verifiedUser(t, st, "ada")
	first, second := someChange(t, st, u, 0), someChange(t, st, u, 1)
	other := someChange(t, st, verifiedUser(t, st, "bob"), 0)
	reads(t, "by its token", first)(d.ByToken(ctx, u.ID, first.ConfirmTokenID))
	misses[store.EmailChange](t, "another's token")(d.ByToken(ctx, u.ID, other.ConfirmTokenID))
	reads(t, "all", []store.EmailChange{first, second})(d.List(ctx, u.ID, store.Page{Limit: 9}))
	reads(t, "the first", []store.EmailChange{first})(d.List(ctx, u.ID, store.Page{Limit: 1}))
	reads(t, "after the first", []store.EmailChange{second})(d.List(ctx, u.ID, store.Page{After: first.ID, Limit: 9}))
	first.OldVerifiedAt, first.ID, first.UndoTokenID, first.ConfirmedAt, first.UndoneAt = time.Time{}, id.Ordered(), "undo", moment(2), moment(3)
	check(t, d.Insert(ctx, first))
	reads(t, "with all in it", first)(d.ByToken(ctx, u.ID, "undo"))
}

func changesOnce(t *testing.T, st *store.Store) {
	d, ctx, u := st.Direct().Changes, t.Context(), verifiedUser(t, st, "ada")
	c := someChange(t, st, u, 0)
	changes(t, "undo before it took effect", false)(d.Undo(ctx, c, moment(1)))
	oneWins(t, st, "confirm", func(ctx context.Context, tx *store.Tx) (bool, error) {
		at, err := tx.Changes.Confirm(ctx, c, "undo", moment(1), moment(200))
		return !at.IsZero(), err
	})
	oneWins(t, st, "undo", func(ctx context.Context, tx *store.Tx) (bool, error) {
		return tx.Changes.Undo(ctx, c, moment(2))
	})
	c.UndoTokenID, c.ConfirmedAt, c.UndoneAt, c.ExpiresAt = "undo", moment(1), moment(2), moment(200)
	reads(t, "by the token that undoes it", c)(d.ByToken(ctx, u.ID, "undo"))
}

// The clocks of two instances differ, and a thief may choose which they ask.
func changesInOrder(t *testing.T, st *store.Store) {
	d, ctx, u := st.Direct().Changes, t.Context(), verifiedUser(t, st, "ada")
	first, second, third := someChange(t, st, u, 0), someChange(t, st, u, 0), someChange(t, st, u, 0)
	other := someChange(t, st, verifiedUser(t, st, "bob"), 0)
	reads(t, "the first", moment(5))(d.Confirm(ctx, first, "undo-1", moment(5), moment(200)))
	reads(t, "by a clock that is behind", moment(5).Add(time.Microsecond))(d.Confirm(ctx, second, "undo-2", moment(4), moment(200)))
	reads(t, "in the same moment", moment(5).Add(2*time.Microsecond))(d.Confirm(ctx, third, "undo-3", moment(5), moment(200)))
	reads(t, "once more", time.Time{})(d.Confirm(ctx, third, "undo-4", moment(6), moment(200)))
	reads(t, "of another", moment(4))(d.Confirm(ctx, other, "undo-5", moment(4), moment(200)))
	got, err := d.ByToken(ctx, u.ID, "undo-3")
	check(t, err)
	same(t, "what is kept", got.ConfirmedAt, moment(5).Add(2*time.Microsecond))
}

func changesUndoLater(t *testing.T, st *store.Store) {
	d, ctx, u, other := st.Direct(), t.Context(), verifiedUser(t, st, "ada"), verifiedUser(t, st, "bob")
	c := someChange(t, st, u, 0)
	reads(t, "confirm", moment(5))(d.Changes.Confirm(ctx, c, "undo", moment(5), moment(200)))
	c.ConfirmedAt = moment(5)
	token := func(u store.User, hours int, change func(*store.OneTimeToken)) store.OneTimeToken {
		tok := store.OneTimeToken{
			ID: id.Ordered(), Purpose: store.PurposeUndoEmail, UserID: u.ID, TokenHash: id.Random(), CreatedAt: moment(hours), ExpiresAt: moment(20),
		}
		change(&tok)
		check(t, d.Tokens.Insert(ctx, tok))
		return tok
	}
	same := func(*store.OneTimeToken) {}
	ends := []store.OneTimeToken{token(u, 5, same), token(u, 6, same), token(u, 6, func(tok *store.OneTimeToken) { tok.ExpiresAt = moment(7) })}
	stays := []store.OneTimeToken{
		token(u, 4, same), token(other, 6, same), token(u, 6, func(tok *store.OneTimeToken) { tok.Purpose = store.PurposeDisown }),
		token(u, 6, func(tok *store.OneTimeToken) { tok.SupersededAt = moment(7) }),
		token(u, 6, func(tok *store.OneTimeToken) { tok.ConsumedAt = moment(7) }),
	}
	changes(t, "undo", true)(d.Changes.Undo(ctx, c, moment(9)))
	for n := range ends {
		ends[n].ConsumedAt = moment(9)
	}
	late := token(u, 8, same)
	changes(t, "undo again", false)(d.Changes.Undo(ctx, c, moment(10)))
	for _, tok := range append(append(ends, stays...), late) {
		reads(t, "token", tok)(d.Tokens.ByID(ctx, tok.ID))
	}
}

func changesRenew(t *testing.T, st *store.Store) {
	d, ctx, u := st.Direct().Changes, t.Context(), verifiedUser(t, st, "ada")
	c := someChange(t, st, u, 0)
	changes(t, "a token of nothing", false)(d.Renew(ctx, c.ID, "none", "more", moment(30)))
	changes(t, "confirm token", true)(d.Renew(ctx, c.ID, c.ConfirmTokenID, "second", moment(30)))
	reads(t, "confirm", moment(1))(d.Confirm(ctx, c, "undo", moment(1), moment(200)))
	changes(t, "confirm token of one that took effect", false)(d.Renew(ctx, c.ID, "second", "third", moment(30)))
	changes(t, "undo token", true)(d.Renew(ctx, c.ID, "undo", "again", moment(300)))
	c.ConfirmTokenID, c.UndoTokenID, c.ConfirmedAt, c.ExpiresAt = "second", "again", moment(1), moment(300)
	reads(t, "change", c)(d.ByToken(ctx, u.ID, "again"))
	changes(t, "undo", true)(d.Undo(ctx, c, moment(2)))
	changes(t, "undo token of one undone", false)(d.Renew(ctx, c.ID, "again", "more", moment(400)))
}

func changesPurge(t *testing.T, st *store.Store) {
	u := verifiedUser(t, st, "ada")
	for range 5 {
		someChange(t, st, u, 0)
	}
	kept := someChange(t, st, u, 1)
	purges(t, func(ctx context.Context, limit int) (int, error) {
		return st.Direct().Changes.Purge(ctx, kept.ExpiresAt, limit)
	})
	reads(t, "what expires later", []store.EmailChange{kept})(st.Direct().Changes.List(t.Context(), u.ID, store.Page{Limit: 9}))
}
