package storetest

import (
	"context"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/store"
)

func recoveryCodesSpentOnce(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	ada, bob := someUser(t, st, "ada"), someUser(t, st, "bob")
	changes(t, "codes without a factor", false)(d.Recovery.Replace(ctx, ada.ID, []string{"a"}, moment(1)))
	enrolled(t, st, ada)
	changes(t, "codes", true)(d.Recovery.Replace(ctx, ada.ID, []string{"a", "b", "c"}, moment(1)))
	ada.TOTP, ada.RecoveryCodes, ada.Version = true, 3, 2
	reads(t, "user with codes", ada)(d.Users.ByID(ctx, ada.ID))
	changes(t, "spent by another", false)(d.Recovery.Spend(ctx, bob.ID, "a", moment(2)))
	changes(t, "an unknown one", false)(d.Recovery.Spend(ctx, ada.ID, "x", moment(2)))
	changes(t, "in another spelling", false)(d.Recovery.Spend(ctx, ada.ID, "A", moment(2)))
	oneWins(t, st, "spend", func(ctx context.Context, tx *store.Tx) (bool, error) {
		return tx.Recovery.Spend(ctx, ada.ID, "a", moment(2))
	})
	changes(t, "a used one is known", true)(d.Recovery.Known(ctx, ada.ID, "a"))
	changes(t, "nobody else's", false)(d.Recovery.Known(ctx, bob.ID, "a"))
	ada.RecoveryCodes = 2
	reads(t, "user with fewer", ada)(d.Users.ByID(ctx, ada.ID))
	changes(t, "a new set", true)(d.Recovery.Replace(ctx, ada.ID, []string{"d"}, moment(3)))
	changes(t, "one of the old set", false)(d.Recovery.Spend(ctx, ada.ID, "b", moment(4)))
	changes(t, "one of the new set", true)(d.Recovery.Spend(ctx, ada.ID, "d", moment(4)))
	reads(t, "dropped", 1)(d.Recovery.Drop(ctx, ada.ID))
	changes(t, "known afterwards", false)(d.Recovery.Known(ctx, ada.ID, "d"))
}

// recoveryCodesOfPasskeys has codes stand in for passkeys alone.
func recoveryCodesOfPasskeys(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	ada, bob := someUser(t, st, "ada"), someUser(t, st, "bob")
	p := newPasskey(ada, 1)
	changes(t, "added", true)(d.Passkeys.Insert(ctx, p, 9))
	changes(t, "begun", true)(d.TOTPs.Begin(ctx, newTOTP(bob)))
	changes(t, "codes of who only began to enrol", false)(d.Recovery.Replace(ctx, bob.ID, []string{"x"}, moment(1)))
	changes(t, "codes", true)(d.Recovery.Replace(ctx, ada.ID, []string{"a", "b"}, moment(1)))
	changes(t, "a new set", true)(d.Recovery.Replace(ctx, ada.ID, []string{"c", "d", "e"}, moment(2)))
	changes(t, "one of the old set", false)(d.Recovery.Known(ctx, ada.ID, "a"))
	ada.Passkeys, ada.RecoveryCodes, ada.Version = 1, 3, 3
	reads(t, "user with codes", ada)(d.Users.ByID(ctx, ada.ID))
	changes(t, "removed", true)(d.Passkeys.Delete(ctx, ada.ID, p.ID))
	changes(t, "codes without a factor", false)(d.Recovery.Replace(ctx, ada.ID, []string{"f"}, moment(3)))
	ada.Passkeys, ada.Version = 0, 4
	reads(t, "user with the codes of before", ada)(d.Users.ByID(ctx, ada.ID))
}

func recoverySetsDoNotMix(t *testing.T, st *store.Store) {
	u := someUser(t, st, "ada")
	enrolled(t, st, u)
	race(t, st, func(ctx context.Context, tx *store.Tx, i int) (int, error) {
		_, err := tx.Recovery.Replace(ctx, u.ID, []string{numbered("one", i), numbered("two", i)}, moment(3))
		return 0, err
	})
	u.TOTP, u.RecoveryCodes, u.Version = true, 2, 1+racers
	reads(t, "one set is left", u)(st.Direct().Users.ByID(t.Context(), u.ID))
}
