package storetest

import (
	"testing"

	"github.com/sallyport-auth/sallyport/internal/store"
)

func usersFactorsSince(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	ada, bob, eve := verifiedUser(t, st, "ada"), verifiedUser(t, st, "bob"), verifiedUser(t, st, "eve")
	for _, u := range []store.User{ada, bob} {
		somePassword(t, st, u, "phc")
		changes(t, "passkey", true)(d.Passkeys.Insert(ctx, newPasskey(u, 4), 9))
		changes(t, "passkey", true)(d.Passkeys.Insert(ctx, newPasskey(u, 5), 9))
		changes(t, "passkey", true)(d.Passkeys.Insert(ctx, newPasskey(u, 6), 9))
	}
	confirmedTOTP(t, st, ada, 5)
	confirmedTOTP(t, st, bob, 4)
	confirmedTOTP(t, st, eve, 5)
	for u, hours := range map[string]int{ada.ID: 4, bob.ID: 5, eve.ID: 4} {
		changes(t, "codes", true)(d.Recovery.Replace(ctx, u, []string{"h-1", "h-2"}, moment(hours)))
	}
	reads(t, "of one whose code generator is new", store.FactorsGone{Passkeys: 2, CodeGenerators: 1})(
		d.Users.RemoveFactors(ctx, ada.ID, moment(5)))
	reads(t, "of one who has no other factor", store.FactorsGone{CodeGenerators: 1, RecoveryCodes: 2})(
		d.Users.RemoveFactors(ctx, eve.ID, moment(5)))
	reads(t, "of one whose codes are new", store.FactorsGone{Passkeys: 2, RecoveryCodes: 2})(d.Users.RemoveFactors(ctx, bob.ID, moment(5)))
	reads(t, "again", store.FactorsGone{})(d.Users.RemoveFactors(ctx, bob.ID, moment(5)))
	changes(t, "password", true)(d.Credentials.DropPassword(ctx, ada.ID))
	changes(t, "password again", false)(d.Credentials.DropPassword(ctx, ada.ID))
	u, err := d.Users.ByID(ctx, ada.ID)
	check(t, err)
	if u.Passkeys != 1 || u.TOTP || u.RecoveryCodes != 2 {
		t.Errorf("what is left: %+v", u)
	}
	if u, err = d.Users.ByID(ctx, bob.ID); err != nil || u.Passkeys != 1 || !u.TOTP || u.RecoveryCodes != 0 {
		t.Errorf("what is left of the other: %+v, %v", u, err)
	}
	if _, err := d.Credentials.ByKind(ctx, bob.ID, store.KindPassword); err != nil {
		t.Error(err)
	}
}

// confirmedTOTP gives a user a code generator that was confirmed after some hours.
func confirmedTOTP(t *testing.T, st *store.Store, u store.User, confirmed int) {
	t.Helper()
	d, ctx := st.Direct().TOTPs, t.Context()
	changes(t, "begin", true)(d.Begin(ctx, store.TOTP{UserID: u.ID, ID: "t", SecretSealed: "s", CreatedAt: moment(0), ExpiresAt: moment(99)}))
	changes(t, "confirm", true)(d.Confirm(ctx, u.ID, "t", 1, moment(confirmed)))
}
