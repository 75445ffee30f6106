package authenticator

import (
	"context"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/store/storetest/expect"
)

func factorPromises() map[string]func(*testing.T, *store.Store) {
	return map[string]func(*testing.T, *store.Store){
		"TOTPs/EnrolledOnce":         totpsEnrolledOnce,
		"TOTPs/StepSpentOnce":        totpsStepSpentOnce,
		"TOTPs/ExpireUnconfirmed":    totpsExpireUnconfirmed,
		"TOTPs/Resealed":             totpsResealed,
		"RecoveryCodes/SpentOnce":    recoveryCodesSpentOnce,
		"RecoveryCodes/SetsDoNotMix": recoverySetsDoNotMix,
		"RecoveryCodes/OfPasskeys":   recoveryCodesOfPasskeys,
		"LoginSteps/ConsumedOnce":    loginStepsConsumedOnce,
		"LoginSteps/Purged":          loginStepsPurged,
	}
}

// newTOTP is an enrolment of u that is not in the store yet.
func newTOTP(u store.User) store.TOTP {
	return store.TOTP{
		UserID: u.ID, ID: id.Random(), SecretSealed: "sealed " + secret.Encode(secret.Bytes(48)), CreatedAt: expect.Moment(1), ExpiresAt: expect.Moment(3),
	}
}

// enrolled is a code generator in the store that is a factor.
func enrolled(t *testing.T, st *store.Store, u store.User) store.TOTP {
	t.Helper()
	d, e := st.Direct(), newTOTP(u)
	expect.Changes(t, "begun", true)(d.TOTPs.Begin(t.Context(), e))
	expect.Changes(t, "confirmed", true)(d.TOTPs.Confirm(t.Context(), u.ID, e.ID, 70, expect.Moment(2)))
	e.LastStep, e.ConfirmedAt, e.ExpiresAt = 70, expect.Moment(2), time.Time{}
	return e
}

func totpsEnrolledOnce(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	u, other := someUser(t, st, "ada"), someUser(t, st, "bob")
	older, newer := newTOTP(u), newTOTP(u)
	expect.Misses[store.TOTP](t, "none")(d.TOTPs.ByUser(ctx, u.ID))
	expect.Changes(t, "begun", true)(d.TOTPs.Begin(ctx, older))
	expect.Reads(t, "begun", older)(d.TOTPs.ByUser(ctx, u.ID))
	expect.Changes(t, "begun anew", true)(d.TOTPs.Begin(ctx, newer))
	expect.Reads(t, "begun anew", newer)(d.TOTPs.ByUser(ctx, u.ID))
	expect.Reads(t, "user", u)(d.Users.ByID(ctx, u.ID))
	expect.Changes(t, "an enrolment spent", false)(d.TOTPs.Spend(ctx, u.ID, newer.ID, 70))
	expect.Changes(t, "an enrolment deleted", false)(d.TOTPs.Delete(ctx, u.ID))
	expect.Changes(t, "one that was replaced", false)(d.TOTPs.Confirm(ctx, u.ID, older.ID, 70, expect.Moment(2)))
	expect.Changes(t, "another's", false)(d.TOTPs.Confirm(ctx, other.ID, newer.ID, 70, expect.Moment(2)))
	expect.Changes(t, "one that expired", false)(d.TOTPs.Confirm(ctx, u.ID, newer.ID, 70, expect.Moment(3)))
	expect.OneWins(t, st, "confirm", func(ctx context.Context, tx *store.Tx) (bool, error) {
		return tx.TOTPs.Confirm(ctx, u.ID, newer.ID, 70, expect.Moment(2))
	})
	newer.LastStep, newer.ConfirmedAt, newer.ExpiresAt = 70, expect.Moment(2), time.Time{}
	expect.Reads(t, "confirmed", newer)(d.TOTPs.ByUser(ctx, u.ID))
	expect.Changes(t, "a second one", false)(d.TOTPs.Begin(ctx, newTOTP(u)))
	u.TOTP = true
	expect.Reads(t, "user with a factor", u)(d.Users.ByID(ctx, u.ID))
	expect.Reads(t, "user without", other)(d.Users.ByID(ctx, other.ID))
	expect.OneWins(t, st, "delete", func(ctx context.Context, tx *store.Tx) (bool, error) { return tx.TOTPs.Delete(ctx, u.ID) })
	u.TOTP = false
	expect.Reads(t, "user without it again", u)(d.Users.ByID(ctx, u.ID))
}

func totpsStepSpentOnce(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	u := someUser(t, st, "ada")
	e := enrolled(t, st, u)
	expect.Changes(t, "the step of the confirmation", false)(d.TOTPs.Spend(ctx, u.ID, e.ID, 70))
	expect.Changes(t, "a step of another enrolment", false)(d.TOTPs.Spend(ctx, u.ID, id.Random(), 71))
	expect.OneWins(t, st, "spend", func(ctx context.Context, tx *store.Tx) (bool, error) { return tx.TOTPs.Spend(ctx, u.ID, e.ID, 72) })
	expect.Changes(t, "an older one", false)(d.TOTPs.Spend(ctx, u.ID, e.ID, 71))
	expect.Changes(t, "a newer one", true)(d.TOTPs.Spend(ctx, u.ID, e.ID, 73))
}

func totpsExpireUnconfirmed(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	kept := someUser(t, st, "ada")
	e := enrolled(t, st, kept)
	for n := range 5 {
		expect.Changes(t, "begun", true)(d.TOTPs.Begin(ctx, newTOTP(someUser(t, st, numbered("user", n)))))
	}
	expect.Reads(t, "too early", 0)(d.TOTPs.Purge(ctx, expect.Moment(3), 9))
	expect.Purges(t, func(ctx context.Context, limit int) (int, error) { return d.TOTPs.Purge(ctx, expect.Moment(4), limit) })
	expect.Reads(t, "the factor", e)(d.TOTPs.ByUser(ctx, kept.ID))
}

func totpsResealed(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	ada, bob := someUser(t, st, "ada"), someUser(t, st, "bob")
	first, second := enrolled(t, st, ada), newTOTP(bob)
	expect.Changes(t, "begun", true)(d.TOTPs.Begin(ctx, second))
	if first.UserID > second.UserID {
		first, second = second, first
	}
	expect.Reads(t, "all", []store.TOTP{first, second})(d.TOTPs.Sealed(ctx, store.Page{Limit: 9}))
	expect.Reads(t, "one", []store.TOTP{first})(d.TOTPs.Sealed(ctx, store.Page{Limit: 1}))
	expect.Reads(t, "the next", []store.TOTP{second})(d.TOTPs.Sealed(ctx, store.Page{After: first.UserID, Limit: 9}))
	expect.Changes(t, "changed since", false)(d.TOTPs.Reseal(ctx, first.UserID, first.ID, "other", "new"))
	expect.Changes(t, "another enrolment", false)(d.TOTPs.Reseal(ctx, first.UserID, second.ID, first.SecretSealed, "new"))
	expect.Changes(t, "resealed", true)(d.TOTPs.Reseal(ctx, first.UserID, first.ID, first.SecretSealed, "new"))
	first.SecretSealed = "new"
	expect.Reads(t, "resealed", first)(d.TOTPs.ByUser(ctx, first.UserID))
}

func recoveryCodesSpentOnce(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	ada, bob := someUser(t, st, "ada"), someUser(t, st, "bob")
	expect.Changes(t, "codes without a factor", false)(d.Recovery.Replace(ctx, ada.ID, []string{"a"}, expect.Moment(1)))
	enrolled(t, st, ada)
	expect.Changes(t, "codes", true)(d.Recovery.Replace(ctx, ada.ID, []string{"a", "b", "c"}, expect.Moment(1)))
	ada.TOTP, ada.RecoveryCodes = true, 3
	expect.Reads(t, "user with codes", ada)(d.Users.ByID(ctx, ada.ID))
	expect.Changes(t, "spent by another", false)(d.Recovery.Spend(ctx, bob.ID, "a", expect.Moment(2)))
	expect.Changes(t, "an unknown one", false)(d.Recovery.Spend(ctx, ada.ID, "x", expect.Moment(2)))
	expect.Changes(t, "in another spelling", false)(d.Recovery.Spend(ctx, ada.ID, "A", expect.Moment(2)))
	expect.OneWins(t, st, "spend", func(ctx context.Context, tx *store.Tx) (bool, error) {
		return tx.Recovery.Spend(ctx, ada.ID, "a", expect.Moment(2))
	})
	expect.Changes(t, "a used one is known", true)(d.Recovery.Known(ctx, ada.ID, "a"))
	expect.Changes(t, "nobody else's", false)(d.Recovery.Known(ctx, bob.ID, "a"))
	ada.RecoveryCodes = 2
	expect.Reads(t, "user with fewer", ada)(d.Users.ByID(ctx, ada.ID))
	expect.Changes(t, "a new set", true)(d.Recovery.Replace(ctx, ada.ID, []string{"d"}, expect.Moment(3)))
	expect.Changes(t, "one of the old set", false)(d.Recovery.Spend(ctx, ada.ID, "b", expect.Moment(4)))
	expect.Changes(t, "one of the new set", true)(d.Recovery.Spend(ctx, ada.ID, "d", expect.Moment(4)))
	expect.Reads(t, "dropped", 1)(d.Recovery.Drop(ctx, ada.ID))
	expect.Changes(t, "known afterwards", false)(d.Recovery.Known(ctx, ada.ID, "d"))
}

// recoveryCodesOfPasskeys has codes stand in for passkeys alone.
func recoveryCodesOfPasskeys(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	ada, bob := someUser(t, st, "ada"), someUser(t, st, "bob")
	p := newPasskey(ada, 1)
	expect.Changes(t, "added", true)(d.Passkeys.Insert(ctx, p, 9))
	expect.Changes(t, "begun", true)(d.TOTPs.Begin(ctx, newTOTP(bob)))
	expect.Changes(t, "codes of who only began to enrol", false)(d.Recovery.Replace(ctx, bob.ID, []string{"x"}, expect.Moment(1)))
	expect.Changes(t, "codes", true)(d.Recovery.Replace(ctx, ada.ID, []string{"a", "b"}, expect.Moment(1)))
	expect.Changes(t, "a new set", true)(d.Recovery.Replace(ctx, ada.ID, []string{"c", "d", "e"}, expect.Moment(2)))
	expect.Changes(t, "one of the old set", false)(d.Recovery.Known(ctx, ada.ID, "a"))
	ada.Passkeys, ada.RecoveryCodes = 1, 3
	expect.Reads(t, "user with codes", ada)(d.Users.ByID(ctx, ada.ID))
	expect.Changes(t, "removed", true)(d.Passkeys.Delete(ctx, ada.ID, p.ID))
	expect.Changes(t, "codes without a factor", false)(d.Recovery.Replace(ctx, ada.ID, []string{"f"}, expect.Moment(3)))
	ada.Passkeys = 0
	expect.Reads(t, "user with the codes of before", ada)(d.Users.ByID(ctx, ada.ID))
}

func recoverySetsDoNotMix(t *testing.T, st *store.Store) {
	u := someUser(t, st, "ada")
	enrolled(t, st, u)
	expect.Race(t, st, func(ctx context.Context, tx *store.Tx, i int) (int, error) {
		_, err := tx.Recovery.Replace(ctx, u.ID, []string{numbered("one", i), numbered("two", i)}, expect.Moment(3))
		return 0, err
	})
	u.TOTP, u.RecoveryCodes = true, 2
	expect.Reads(t, "one set is left", u)(st.Direct().Users.ByID(t.Context(), u.ID))
}

// newStep is a step of a sign-in of u that is not in the store yet.
func newStep(u store.User, token string, hours int) store.LoginStep {
	return store.LoginStep{
		TokenHash: secret.Hash(token), UserID: u.ID, UserEpoch: 7, AMR: []string{"pwd"}, DeviceName: "Ada's phone ☎",
		CreatedAt: expect.Moment(0), ExpiresAt: expect.Moment(hours),
	}
}

func loginStepsConsumedOnce(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	s := newStep(someUser(t, st, "ada"), "token", 2)
	expect.Check(t, d.LoginSteps.Insert(ctx, s))
	expect.Reads(t, "step", s)(d.LoginSteps.ByHash(ctx, s.TokenHash))
	expect.Misses[store.LoginStep](t, "another")(d.LoginSteps.ByHash(ctx, secret.Hash("other")))
	expect.Changes(t, "expired", false)(d.LoginSteps.Consume(ctx, s.TokenHash, expect.Moment(2)))
	expect.OneWins(t, st, "consume", func(ctx context.Context, tx *store.Tx) (bool, error) {
		return tx.LoginSteps.Consume(ctx, s.TokenHash, expect.Moment(1))
	})
	s.ConsumedAt = expect.Moment(1)
	expect.Reads(t, "consumed", s)(d.LoginSteps.ByHash(ctx, s.TokenHash))
}

func loginStepsPurged(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	u := someUser(t, st, "ada")
	for n := range 5 {
		expect.Check(t, d.LoginSteps.Insert(ctx, newStep(u, numbered("old", n), 1)))
	}
	kept := newStep(u, "new", 5)
	expect.Check(t, d.LoginSteps.Insert(ctx, kept))
	expect.Purges(t, func(ctx context.Context, limit int) (int, error) {
		return d.LoginSteps.Purge(ctx, expect.Moment(2), limit)
	})
	expect.Reads(t, "kept", kept)(d.LoginSteps.ByHash(ctx, kept.TokenHash))
}
