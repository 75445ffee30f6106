package authenticator

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/store/storetest/expect"
)

func passkeyPromises() map[string]func(*testing.T, *store.Store) {
	return map[string]func(*testing.T, *store.Store){
		"Passkeys/ComeBackWhole":      passkeysComeBackWhole,
		"Passkeys/BelongToOneUser":    passkeysBelongToOneUser,
		"Passkeys/NoMoreThanThat":     passkeysNoMoreThanThat,
		"Passkeys/FirstIsOne":         passkeysFirstIsOne,
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

func passkeysComeBackWhole(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	u := someUser(t, st, "ada")
	older, newer := newPasskey(u, 1), newPasskey(u, 2)
	expect.Changes(t, "added", true)(d.Passkeys.Insert(ctx, newer, 9))
	expect.Changes(t, "added", true)(d.Passkeys.Insert(ctx, older, 9))
	expect.Reads(t, "by credential", older)(d.Passkeys.ByCredential(ctx, older.CredentialHash))
	expect.Reads(t, "all", []store.Passkey{older, newer})(d.Passkeys.List(ctx, u.ID, 9))
	expect.Reads(t, "some", []store.Passkey{older})(d.Passkeys.List(ctx, u.ID, 1))
	u.Passkeys = 2
	expect.Reads(t, "user", u)(d.Users.ByID(ctx, u.ID))
	_, err := d.Passkeys.Insert(ctx, store.Passkey{
		ID: id.Random(), UserID: u.ID, CredentialHash: older.CredentialHash, CreatedAt: expect.Moment(3),
	}, 9)
	expect.Refuses(t, "the same credential", err)
	if _, err := d.Passkeys.ByCredential(ctx, "other"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("an unknown credential: %v", err)
	}
}

func passkeysBelongToOneUser(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	ada, bob := someUser(t, st, "ada"), someUser(t, st, "bob")
	p := newPasskey(ada, 1)
	expect.Changes(t, "added", true)(d.Passkeys.Insert(ctx, p, 9))
	expect.Changes(t, "renamed by another", false)(d.Passkeys.Rename(ctx, bob.ID, p.ID, "mine"))
	expect.Changes(t, "deleted by another", false)(d.Passkeys.Delete(ctx, bob.ID, p.ID))
	expect.Changes(t, "renamed", true)(d.Passkeys.Rename(ctx, ada.ID, p.ID, "laptop"))
	p.Name = "laptop"
	expect.Reads(t, "renamed", []store.Passkey{p})(d.Passkeys.List(ctx, ada.ID, 9))
	expect.OneWins(t, st, "delete", func(ctx context.Context, tx *store.Tx) (bool, error) { return tx.Passkeys.Delete(ctx, ada.ID, p.ID) })
	expect.Reads(t, "user", ada)(d.Users.ByID(ctx, ada.ID))
}

// passkeysNoMoreThanThat has racers fill the last places.
func passkeysNoMoreThanThat(t *testing.T, st *store.Store) {
	const most, before = 5, 3
	d, ctx := st.Direct(), t.Context()
	u, other := someUser(t, st, "ada"), someUser(t, st, "bob")
	for n := range before {
		expect.Changes(t, "added", true)(d.Passkeys.Insert(ctx, newPasskey(u, n), most))
		expect.Changes(t, "another's", true)(d.Passkeys.Insert(ctx, newPasskey(other, n), most))
	}
	won := expect.Race(t, st, func(ctx context.Context, tx *store.Tx, _ int) (int, error) {
		added, err := tx.Passkeys.Insert(ctx, newPasskey(u, 9), most)
		if err == nil && added {
			return 1, nil
		}
		return 0, err
	})
	u.Passkeys, other.Passkeys = most, before
	expect.Same(t, "how many won", won, most-before)
	expect.Reads(t, "user", u)(d.Users.ByID(ctx, u.ID))
	expect.Reads(t, "another", other)(d.Users.ByID(ctx, other.ID))
	expect.Changes(t, "one more", false)(d.Passkeys.Insert(ctx, newPasskey(u, 9), most))
	expect.Changes(t, "nobody's", false)(d.Passkeys.Insert(ctx, newPasskey(store.User{ID: "nobody"}, 9), most))
	list, err := d.Passkeys.List(ctx, u.ID, 1)
	expect.Check(t, err)
	expect.Changes(t, "removed", true)(d.Passkeys.Delete(ctx, u.ID, list[0].ID))
	expect.Changes(t, "one in its place", true)(d.Passkeys.Insert(ctx, newPasskey(u, 9), most))
}

// passkeysFirstIsOne has racers register, and each ask whether theirs was the
// user's first factor.
func passkeysFirstIsOne(t *testing.T, st *store.Store) {
	u := someUser(t, st, "ada")
	var first atomic.Int64
	expect.Each(t, expect.Racers, func(int) error {
		var now store.User
		err := st.Tx(t.Context(), func(ctx context.Context, tx *store.Tx) error {
			_, err := tx.Passkeys.Insert(ctx, newPasskey(u, 1), 99)
			if err == nil {
				now, err = tx.Users.ByID(ctx, u.ID)
			}
			return err
		})
		if err == nil && now.Passkeys == 1 {
			first.Add(1)
		}
		return err
	})
	expect.Same(t, "how many were the first", first.Load(), int64(1))
}

func passkeysCountTheirUses(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	u := someUser(t, st, "ada")
	p := newPasskey(u, 1)
	expect.Changes(t, "added", true)(d.Passkeys.Insert(ctx, p, 9))
	use := store.PasskeyUse{UserID: p.UserID, ID: p.ID, SignCount: p.SignCount, UsedAt: expect.Moment(2)}
	expect.Changes(t, "the same count", false)(d.Passkeys.Use(ctx, use))
	use.SignCount = 0
	expect.Changes(t, "no count any more", false)(d.Passkeys.Use(ctx, use))
	use.SignCount = 1<<32 - 1
	expect.OneWins(t, st, "use", func(ctx context.Context, tx *store.Tx) (bool, error) { return tx.Passkeys.Use(ctx, use) })
	p.SignCount, p.UserVerified, p.BackupEligible, p.BackedUp, p.LastUsedAt = use.SignCount, false, false, false, expect.Moment(2)
	expect.Reads(t, "used", p)(d.Passkeys.ByCredential(ctx, p.CredentialHash))
}

func passkeysThatDoNotCount(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	p := newPasskey(someUser(t, st, "ada"), 1)
	p.SignCount = 0
	expect.Changes(t, "added", true)(d.Passkeys.Insert(ctx, p, 9))
	for n := range 2 {
		expect.Changes(t, "no count", true)(d.Passkeys.Use(ctx, store.PasskeyUse{UserID: p.UserID, ID: p.ID, UsedAt: expect.Moment(2 + n)}))
	}
	expect.Changes(t, "begins to count", true)(d.Passkeys.Use(ctx, store.PasskeyUse{UserID: p.UserID, ID: p.ID, SignCount: 7, UsedAt: expect.Moment(5)}))
	expect.Changes(t, "stops to count", false)(d.Passkeys.Use(ctx, store.PasskeyUse{UserID: p.UserID, ID: p.ID, UsedAt: expect.Moment(6)}))
}

func challengesSpentOnce(t *testing.T, st *store.Store) {
	expect.OneWins(t, st, "spend", func(ctx context.Context, tx *store.Tx) (bool, error) {
		err := tx.Challenges.Spend(ctx, "challenge", expect.Moment(1))
		return err == nil, err
	})
	expect.Check(t, st.Direct().Challenges.Spend(t.Context(), "another", expect.Moment(1)))
}

func challengesPurged(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	expect.Check(t, d.Challenges.Spend(ctx, "old", expect.Moment(1)))
	expect.Check(t, d.Challenges.Spend(ctx, "new", expect.Moment(3)))
	expect.Reads(t, "purged", 1)(d.Challenges.Purge(ctx, expect.Moment(2), 9))
	expect.Check(t, d.Challenges.Spend(ctx, "old", expect.Moment(1)))
	expect.Refuses(t, "one that has not expired", d.Challenges.Spend(ctx, "new", expect.Moment(3)))
}
