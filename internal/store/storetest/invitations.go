package storetest

import (
	"context"
	"fmt"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/store"
)

func invitationPromises() map[string]promise {
	return map[string]promise{
		"Invitations/ComeBackWhole":       invitationsComeBackWhole,
		"Invitations/OneStands":           invitationsOneStands,
		"Invitations/EndOnce":             invitationsEndOnce,
		"Invitations/ExpireAndAreGone":    invitationsExpire,
		"Invitations/ErasedByAddress":     invitationsErased,
		"Invitations/SupersededByRestore": invitationsSuperseded,
	}
}

func someInvitation(id, email string) store.Invitation {
	return store.Invitation{
		ID: id, Email: email, EmailCanonical: email, TokenHash: "hash-" + id, Roles: []string{"editor", "viewer"}, Language: "de",
		InvitedBy: "user", CreatedAt: moment(1), ExpiresAt: moment(100),
	}
}

func invitationsComeBackWhole(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	one, two := someInvitation("i-1", "ada@example.com"), someInvitation("i-2", "bea@example.com")
	check(t, d.Invitations.Insert(ctx, one))
	check(t, d.Invitations.Insert(ctx, two))
	reads(t, "by id", one)(d.Invitations.ByID(ctx, "i-1"))
	reads(t, "by token", two)(d.Invitations.ByTokenHash(ctx, "hash-i-2"))
	reads(t, "newest first", []store.Invitation{two})(d.Invitations.List(ctx, store.Page{Limit: 1}))
	reads(t, "the next page", []store.Invitation{one})(d.Invitations.List(ctx, store.Page{After: "i-2", Limit: 9}))
	reads(t, "of an address", []store.Invitation{one})(d.Invitations.OfAddress(ctx, "ada@example.com", store.Page{Limit: 9}))
	changes(t, "renew", true)(d.Invitations.Renew(ctx, "i-1", "another", moment(200)))
	one.TokenHash, one.ExpiresAt = "another", moment(200)
	reads(t, "renewed", one)(d.Invitations.ByTokenHash(ctx, "another"))
}

func invitationsOneStands(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	check(t, d.Invitations.Insert(ctx, someInvitation("i-0", "ada@example.com")))
	refuses(t, "a second that stands", d.Invitations.Insert(ctx, someInvitation("i-1", "ada@example.com")))
	changes(t, "replace", true)(d.Invitations.Replace(ctx, "ada@example.com", moment(2)))
	changes(t, "replace nothing", false)(d.Invitations.Replace(ctx, "ada@example.com", moment(3)))
	old, err := d.Invitations.ByID(ctx, "i-0")
	if err != nil || old.Ended != "i-0" || !old.SupersededAt.Equal(moment(2)) {
		t.Errorf("after replacing: %+v (%v)", old, err)
	}
	check(t, d.Invitations.Insert(ctx, someInvitation("i-1", "ada@example.com")))
}

func invitationsEndOnce(t *testing.T, st *store.Store) {
	d := st.Direct()
	for n, end := range []func(ctx context.Context, tx *store.Tx, id string) (bool, error){
		func(ctx context.Context, tx *store.Tx, id string) (bool, error) {
			return tx.Invitations.Consume(ctx, id, moment(50))
		},
		func(ctx context.Context, tx *store.Tx, id string) (bool, error) {
			return tx.Invitations.Withdraw(ctx, id, moment(50))
		},
	} {
		id := fmt.Sprintf("i-%d", n)
		check(t, d.Invitations.Insert(t.Context(), someInvitation(id, id+"@example.com")))
		oneWins(t, st, id, func(ctx context.Context, tx *store.Tx) (bool, error) { return end(ctx, tx, id) })
		changes(t, "consume what ended", false)(d.Invitations.Consume(t.Context(), id, moment(51)))
		changes(t, "withdraw what ended", false)(d.Invitations.Withdraw(t.Context(), id, moment(51)))
		changes(t, "renew what ended", false)(d.Invitations.Renew(t.Context(), id, "x", moment(51)))
	}
}

func invitationsExpire(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	check(t, d.Invitations.Insert(ctx, someInvitation("i-1", "ada@example.com")))
	changes(t, "consume at the end", false)(d.Invitations.Consume(ctx, "i-1", moment(100)))
	reads(t, "purge before", 0)(d.Invitations.Purge(ctx, moment(100), 9))
	reads(t, "purge after", 1)(d.Invitations.Purge(ctx, moment(101), 9))
	reads[[]store.Invitation](t, "left", nil)(d.Invitations.List(ctx, store.Page{Limit: 9}))
}

func invitationsErased(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	check(t, d.Invitations.Insert(ctx, someInvitation("i-1", "ada@example.com")))
	check(t, d.Invitations.Insert(ctx, someInvitation("i-2", "bea@example.com")))
	reads(t, "erase", 1)(d.Invitations.Erase(ctx, "ada@example.com"))
	reads(t, "left", []store.Invitation{someInvitation("i-2", "bea@example.com")})(d.Invitations.List(ctx, store.Page{Limit: 9}))
}

func invitationsSuperseded(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	check(t, d.Invitations.Insert(ctx, someInvitation("i-1", "ada@example.com")))
	check(t, d.Invitations.Insert(ctx, someInvitation("i-2", "bea@example.com")))
	changes(t, "withdraw", true)(d.Invitations.Withdraw(ctx, "i-2", moment(2)))
	reads(t, "every one that stands", 1)(d.Invitations.SupersedeEvery(ctx, moment(3)))
	changes(t, "consume", false)(d.Invitations.Consume(ctx, "i-1", moment(4)))
}
