package authenticator

import (
	"context"
	"errors"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/store/storetest/expect"
)

func passkeyPromises() map[string]func(*testing.T, store.Store) {
	return map[string]func(*testing.T, store.Store){
		"Passkeys/ComeBackWhole":      passkeysComeBackWhole,
		"Passkeys/BelongToOneUser":    passkeysBelongToOneUser,
		"Passkeys/CountTheirUses":     passkeysCountTheirUses,
		"Passkeys/CountUsesWithoutIt": passkeysThatDoNotCount,
		"Challenges/SpentOnce":        challengesSpentOnce,
		"Challenges/Purged":           challengesPurged,
	}
}

// newPasskey is a passkey of u that is not in the store yet.
func newPasskey(u store.User, hours int) store.Passkey {
	credential := secret.Encode(secret.Bytes(1023)) // the longest (WebAuthn L3 §4)
	return store.Passkey{
		ID: id.Random(), UserID: u.ID, CredentialID: credential, CredentialHash: secret.Hash(credential),
		PublicKey: secret.Encode(secret.Bytes(77)), SignCount: 1 << 31, UserVerified: true, BackupEligible: true, BackedUp: true,
		Transports: []string{"internal", "hybrid"}, AAGUID: "adce0002-35bc-c60a-648b-0b25f1f05503", Attestation: "none",
		Name: "Ada's phone ☎", CreatedAt: expect.Moment(hours),
	}
}

func passkeysComeBackWhole(t *testing.T, st store.Store) {
	d, ctx := st.Direct(), t.Context()
	u := someUser(t, st, "ada")
	older, newer := newPasskey(u, 1), newPasskey(u, 2)
	expect.Check(t, d.Passkeys.Insert(ctx, newer))
	expect.Check(t, d.Passkeys.Insert(ctx, older))
	expect.Reads(t, "by credential", older)(d.Passkeys.ByCredential(ctx, older.CredentialHash))
	expect.Reads(t, "all", []store.Passkey{older, newer})(d.Passkeys.List(ctx, u.ID, 9))
	expect.Reads(t, "some", []store.Passkey{older})(d.Passkeys.List(ctx, u.ID, 1))
	expect.Reads(t, "number", int64(2))(d.Passkeys.Count(ctx, u.ID))
	expect.Reads(t, "number of nobody's", int64(0))(d.Passkeys.Count(ctx, "nobody"))
	expect.Refuses(t, "the same credential", d.Passkeys.Insert(ctx, store.Passkey{
		ID: id.Random(), UserID: u.ID, CredentialHash: older.CredentialHash, CreatedAt: expect.Moment(3),
	}))
	if _, err := d.Passkeys.ByCredential(ctx, "other"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("an unknown credential: %v", err)
	}
}

func passkeysBelongToOneUser(t *testing.T, st store.Store) {
	d, ctx := st.Direct(), t.Context()
	ada, bob := someUser(t, st, "ada"), someUser(t, st, "bob")
	p := newPasskey(ada, 1)
	expect.Check(t, d.Passkeys.Insert(ctx, p))
	expect.Changes(t, "renamed by another", false)(d.Passkeys.Rename(ctx, bob.ID, p.ID, "mine"))
	expect.Changes(t, "deleted by another", false)(d.Passkeys.Delete(ctx, bob.ID, p.ID))
	expect.Changes(t, "renamed", true)(d.Passkeys.Rename(ctx, ada.ID, p.ID, "laptop"))
	p.Name = "laptop"
	expect.Reads(t, "renamed", []store.Passkey{p})(d.Passkeys.List(ctx, ada.ID, 9))
	expect.OneWins(t, st, "delete", func(ctx context.Context, tx store.Tx) (bool, error) { return tx.Passkeys.Delete(ctx, ada.ID, p.ID) })
	expect.Reads(t, "number", int64(0))(d.Passkeys.Count(ctx, ada.ID))
}

func passkeysCountTheirUses(t *testing.T, st store.Store) {
	d, ctx := st.Direct(), t.Context()
	u := someUser(t, st, "ada")
	p := newPasskey(u, 1)
	expect.Check(t, d.Passkeys.Insert(ctx, p))
	use := store.PasskeyUse{UserID: p.UserID, ID: p.ID, SignCount: p.SignCount, UsedAt: expect.Moment(2)}
	expect.Changes(t, "the same count", false)(d.Passkeys.Use(ctx, use))
	use.SignCount = 0
	expect.Changes(t, "no count any more", false)(d.Passkeys.Use(ctx, use))
	use.SignCount = 1<<32 - 1
	expect.OneWins(t, st, "use", func(ctx context.Context, tx store.Tx) (bool, error) { return tx.Passkeys.Use(ctx, use) })
	p.SignCount, p.UserVerified, p.BackupEligible, p.BackedUp, p.LastUsedAt = use.SignCount, false, false, false, expect.Moment(2)
	expect.Reads(t, "used", p)(d.Passkeys.ByCredential(ctx, p.CredentialHash))
}

func passkeysThatDoNotCount(t *testing.T, st store.Store) {
	d, ctx := st.Direct(), t.Context()
	p := newPasskey(someUser(t, st, "ada"), 1)
	p.SignCount = 0
	expect.Check(t, d.Passkeys.Insert(ctx, p))
	for n := range 2 {
		expect.Changes(t, "no count", true)(d.Passkeys.Use(ctx, store.PasskeyUse{UserID: p.UserID, ID: p.ID, UsedAt: expect.Moment(2 + n)}))
	}
	expect.Changes(t, "begins to count", true)(d.Passkeys.Use(ctx, store.PasskeyUse{UserID: p.UserID, ID: p.ID, SignCount: 7, UsedAt: expect.Moment(5)}))
	expect.Changes(t, "stops to count", false)(d.Passkeys.Use(ctx, store.PasskeyUse{UserID: p.UserID, ID: p.ID, UsedAt: expect.Moment(6)}))
}

func challengesSpentOnce(t *testing.T, st store.Store) {
	expect.OneWins(t, st, "spend", func(ctx context.Context, tx store.Tx) (bool, error) {
		err := tx.Challenges.Spend(ctx, "challenge", expect.Moment(1))
		return err == nil, err
	})
	expect.Check(t, st.Direct().Challenges.Spend(t.Context(), "another", expect.Moment(1)))
}

func challengesPurged(t *testing.T, st store.Store) {
	d, ctx := st.Direct(), t.Context()
	expect.Check(t, d.Challenges.Spend(ctx, "old", expect.Moment(1)))
	expect.Check(t, d.Challenges.Spend(ctx, "new", expect.Moment(3)))
	expect.Reads(t, "purged", 1)(d.Challenges.Purge(ctx, expect.Moment(2), 9))
	expect.Check(t, d.Challenges.Spend(ctx, "old", expect.Moment(1)))
	expect.Refuses(t, "one that has not expired", d.Challenges.Spend(ctx, "new", expect.Moment(3)))
}
