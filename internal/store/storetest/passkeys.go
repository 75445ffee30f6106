package storetest

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store"
)

func passkeyPromises() map[string]promise {
	return map[string]promise{
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
		Name: "Ada's phone ☎", CreatedAt: moment(hours),
	}
}

func passkeysComeBackWhole(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	u := someUser(t, st, "ada")
	older, newer := newPasskey(u, 1), newPasskey(u, 2)
	changes(t, "added", true)(d.Passkeys.Insert(ctx, newer, 9))
	changes(t, "added", true)(d.Passkeys.Insert(ctx, older, 9))
	reads(t, "by credential", older)(d.Passkeys.ByCredential(ctx, older.CredentialHash))
	reads(t, "all", []store.Passkey{older, newer})(d.Passkeys.List(ctx, u.ID, 9))
	reads(t, "some", []store.Passkey{older})(d.Passkeys.List(ctx, u.ID, 1))
	u.Passkeys, u.Version = 2, 2
	reads(t, "user", u)(d.Users.ByID(ctx, u.ID))
	_, err := d.Passkeys.Insert(ctx, store.Passkey{
		ID: id.Random(), UserID: u.ID, CredentialHash: older.CredentialHash, CreatedAt: moment(3),
	}, 9)
	refuses(t, "the same credential", err)
	if _, err := d.Passkeys.ByCredential(ctx, "other"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("an unknown credential: %v", err)
	}
}

func passkeysBelongToOneUser(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	ada, bob := someUser(t, st, "ada"), someUser(t, st, "bob")
	p := newPasskey(ada, 1)
	changes(t, "added", true)(d.Passkeys.Insert(ctx, p, 9))
	changes(t, "renamed by another", false)(d.Passkeys.Rename(ctx, bob.ID, p.ID, "mine"))
	changes(t, "deleted by another", false)(d.Passkeys.Delete(ctx, bob.ID, p.ID))
	changes(t, "renamed", true)(d.Passkeys.Rename(ctx, ada.ID, p.ID, "laptop"))
	p.Name = "laptop"
	reads(t, "renamed", []store.Passkey{p})(d.Passkeys.List(ctx, ada.ID, 9))
	oneWins(t, st, "delete", func(ctx context.Context, tx *store.Tx) (bool, error) { return tx.Passkeys.Delete(ctx, ada.ID, p.ID) })
	ada.Version = 2 // added and deleted
	reads(t, "user", ada)(d.Users.ByID(ctx, ada.ID))
}

// passkeysNoMoreThanThat has racers fill the last places.
func passkeysNoMoreThanThat(t *testing.T, st *store.Store) {
	const most, before = 5, 3
	d, ctx := st.Direct(), t.Context()
	u, other := someUser(t, st, "ada"), someUser(t, st, "bob")
	for n := range before {
		changes(t, "added", true)(d.Passkeys.Insert(ctx, newPasskey(u, n), most))
		changes(t, "another's", true)(d.Passkeys.Insert(ctx, newPasskey(other, n), most))
	}
	won := race(t, st, func(ctx context.Context, tx *store.Tx, _ int) (int, error) {
		added, err := tx.Passkeys.Insert(ctx, newPasskey(u, 9), most)
		if err == nil && added {
			return 1, nil
		}
		return 0, err
	})
	u.Passkeys, other.Passkeys, u.Version, other.Version = most, before, most, before
	same(t, "how many won", won, most-before)
	reads(t, "user", u)(d.Users.ByID(ctx, u.ID))
	reads(t, "another", other)(d.Users.ByID(ctx, other.ID))
	changes(t, "one more", false)(d.Passkeys.Insert(ctx, newPasskey(u, 9), most))
	changes(t, "nobody's", false)(d.Passkeys.Insert(ctx, newPasskey(store.User{ID: "nobody"}, 9), most))
	list, err := d.Passkeys.List(ctx, u.ID, 1)
	check(t, err)
	changes(t, "removed", true)(d.Passkeys.Delete(ctx, u.ID, list[0].ID))
	changes(t, "one in its place", true)(d.Passkeys.Insert(ctx, newPasskey(u, 9), most))
}

// passkeysFirstIsOne has racers register, and each ask whether theirs was the
// user's first factor.
func passkeysFirstIsOne(t *testing.T, st *store.Store) {
	u := someUser(t, st, "ada")
	var first atomic.Int64
	each(t, racers, func(int) error {
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
	same(t, "how many were the first", first.Load(), int64(1))
}

func passkeysCountTheirUses(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	u := someUser(t, st, "ada")
	p := newPasskey(u, 1)
	changes(t, "added", true)(d.Passkeys.Insert(ctx, p, 9))
	use := store.PasskeyUse{UserID: p.UserID, ID: p.ID, SignCount: p.SignCount, UsedAt: moment(2)}
	changes(t, "the same count", false)(d.Passkeys.Use(ctx, use))
	use.SignCount = 0
	changes(t, "no count any more", false)(d.Passkeys.Use(ctx, use))
	use.SignCount = 1<<32 - 1
	oneWins(t, st, "use", func(ctx context.Context, tx *store.Tx) (bool, error) { return tx.Passkeys.Use(ctx, use) })
	p.SignCount, p.UserVerified, p.BackupEligible, p.BackedUp, p.LastUsedAt = use.SignCount, false, false, false, moment(2)
	reads(t, "used", p)(d.Passkeys.ByCredential(ctx, p.CredentialHash))
}

func passkeysThatDoNotCount(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	p := newPasskey(someUser(t, st, "ada"), 1)
	p.SignCount = 0
	changes(t, "added", true)(d.Passkeys.Insert(ctx, p, 9))
	for n := range 2 {
		changes(t, "no count", true)(d.Passkeys.Use(ctx, store.PasskeyUse{UserID: p.UserID, ID: p.ID, UsedAt: moment(2 + n)}))
	}
	changes(t, "begins to count", true)(d.Passkeys.Use(ctx, store.PasskeyUse{UserID: p.UserID, ID: p.ID, SignCount: 7, UsedAt: moment(5)}))
	changes(t, "stops to count", false)(d.Passkeys.Use(ctx, store.PasskeyUse{UserID: p.UserID, ID: p.ID, UsedAt: moment(6)}))
}

func challengesSpentOnce(t *testing.T, st *store.Store) {
	oneWins(t, st, "spend", func(ctx context.Context, tx *store.Tx) (bool, error) {
		err := tx.Challenges.Spend(ctx, "challenge", moment(1))
		return err == nil, err
	})
	check(t, st.Direct().Challenges.Spend(t.Context(), "another", moment(1)))
}

func challengesPurged(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	check(t, d.Challenges.Spend(ctx, "old", moment(1)))
	check(t, d.Challenges.Spend(ctx, "new", moment(3)))
	reads(t, "purged", 1)(d.Challenges.Purge(ctx, moment(2), 9))
	check(t, d.Challenges.Spend(ctx, "old", moment(1)))
	refuses(t, "one that has not expired", d.Challenges.Spend(ctx, "new", moment(3)))
}
