package storetest

import (
	"context"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store"
)

func factorPromises() map[string]promise {
	return map[string]promise{
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
		UserID: u.ID, ID: id.Random(), SecretSealed: "sealed " + secret.Encode(secret.Bytes(48)), CreatedAt: moment(1), ExpiresAt: moment(3),
	}
}

// enrolled is a code generator in the store that is a factor.
func enrolled(t *testing.T, st *store.Store, u store.User) store.TOTP {
	t.Helper()
	d, e := st.Direct(), newTOTP(u)
	changes(t, "begun", true)(d.TOTPs.Begin(t.Context(), e))
	changes(t, "confirmed", true)(d.TOTPs.Confirm(t.Context(), u.ID, e.ID, 70, moment(2)))
	e.LastStep, e.ConfirmedAt, e.ExpiresAt = 70, moment(2), time.Time{}
	return e
}

func totpsEnrolledOnce(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	u, other := someUser(t, st, "ada"), someUser(t, st, "bob")
	older, newer := newTOTP(u), newTOTP(u)
	misses[store.TOTP](t, "none")(d.TOTPs.ByUser(ctx, u.ID))
	changes(t, "begun", true)(d.TOTPs.Begin(ctx, older))
	reads(t, "begun", older)(d.TOTPs.ByUser(ctx, u.ID))
	changes(t, "begun anew", true)(d.TOTPs.Begin(ctx, newer))
	reads(t, "begun anew", newer)(d.TOTPs.ByUser(ctx, u.ID))
	reads(t, "user", u)(d.Users.ByID(ctx, u.ID))
	changes(t, "an enrolment spent", false)(d.TOTPs.Spend(ctx, u.ID, newer.ID, 70))
	changes(t, "an enrolment deleted", false)(d.TOTPs.Delete(ctx, u.ID))
	changes(t, "one that was replaced", false)(d.TOTPs.Confirm(ctx, u.ID, older.ID, 70, moment(2)))
	changes(t, "another's", false)(d.TOTPs.Confirm(ctx, other.ID, newer.ID, 70, moment(2)))
	changes(t, "one that expired", false)(d.TOTPs.Confirm(ctx, u.ID, newer.ID, 70, moment(3)))
	oneWins(t, st, "confirm", func(ctx context.Context, tx *store.Tx) (bool, error) {
		return tx.TOTPs.Confirm(ctx, u.ID, newer.ID, 70, moment(2))
	})
	newer.LastStep, newer.ConfirmedAt, newer.ExpiresAt = 70, moment(2), time.Time{}
	reads(t, "confirmed", newer)(d.TOTPs.ByUser(ctx, u.ID))
	changes(t, "a second one", false)(d.TOTPs.Begin(ctx, newTOTP(u)))
	u.TOTP, u.Version = true, 1
	reads(t, "user with a factor", u)(d.Users.ByID(ctx, u.ID))
	reads(t, "user without", other)(d.Users.ByID(ctx, other.ID))
	oneWins(t, st, "delete", func(ctx context.Context, tx *store.Tx) (bool, error) { return tx.TOTPs.Delete(ctx, u.ID) })
	u.TOTP, u.Version = false, 2
	reads(t, "user without it again", u)(d.Users.ByID(ctx, u.ID))
}

func totpsStepSpentOnce(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	u := someUser(t, st, "ada")
	e := enrolled(t, st, u)
	changes(t, "the step of the confirmation", false)(d.TOTPs.Spend(ctx, u.ID, e.ID, 70))
	changes(t, "a step of another enrolment", false)(d.TOTPs.Spend(ctx, u.ID, id.Random(), 71))
	oneWins(t, st, "spend", func(ctx context.Context, tx *store.Tx) (bool, error) { return tx.TOTPs.Spend(ctx, u.ID, e.ID, 72) })
	changes(t, "an older one", false)(d.TOTPs.Spend(ctx, u.ID, e.ID, 71))
	changes(t, "a newer one", true)(d.TOTPs.Spend(ctx, u.ID, e.ID, 73))
}

func totpsExpireUnconfirmed(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	kept := someUser(t, st, "ada")
	e := enrolled(t, st, kept)
	for n := range 5 {
		changes(t, "begun", true)(d.TOTPs.Begin(ctx, newTOTP(someUser(t, st, numbered("user", n)))))
	}
	reads(t, "too early", 0)(d.TOTPs.Purge(ctx, moment(3), 9))
	purges(t, func(ctx context.Context, limit int) (int, error) { return d.TOTPs.Purge(ctx, moment(4), limit) })
	reads(t, "the factor", e)(d.TOTPs.ByUser(ctx, kept.ID))
}

func totpsResealed(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	ada, bob := someUser(t, st, "ada"), someUser(t, st, "bob")
	first, second := enrolled(t, st, ada), newTOTP(bob)
	changes(t, "begun", true)(d.TOTPs.Begin(ctx, second))
	if first.UserID > second.UserID {
		first, second = second, first
	}
	reads(t, "all", []store.TOTP{first, second})(d.TOTPs.Sealed(ctx, store.Page{Limit: 9}))
	reads(t, "one", []store.TOTP{first})(d.TOTPs.Sealed(ctx, store.Page{Limit: 1}))
	reads(t, "the next", []store.TOTP{second})(d.TOTPs.Sealed(ctx, store.Page{After: first.UserID, Limit: 9}))
	changes(t, "changed since", false)(d.TOTPs.Reseal(ctx, first.UserID, first.ID, "other", "new"))
	changes(t, "another enrolment", false)(d.TOTPs.Reseal(ctx, first.UserID, second.ID, first.SecretSealed, "new"))
	changes(t, "resealed", true)(d.TOTPs.Reseal(ctx, first.UserID, first.ID, first.SecretSealed, "new"))
	first.SecretSealed = "new"
	reads(t, "resealed", first)(d.TOTPs.ByUser(ctx, first.UserID))
}
