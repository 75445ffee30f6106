package storetest

import (
	"cmp"
	"context"
	"slices"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/store/storetest/expect"
)

func userPromises() map[string]promise {
	return map[string]promise{
		"Users/ComeBackWhole":          usersComeBackWhole,
		"Users/HaveOneAddressEach":     usersHaveOneAddressEach,
		"Users/AddressHasOneWinner":    usersAddressHasOneWinner,
		"Users/ProfileIsCompared":      usersProfileChangesByMember,
		"Users/VerifiedOnce":           usersVerifiedOnce,
		"Users/SignInNeedsEpochStatus": usersSignInNeedsEpochStatus,
		"Users/EpochRisesOnce":         usersEpochRisesOnce,
		"Users/StatusMovesOnce":        usersStatusMovesOnce,
	}
}

func credentialPromises() map[string]promise {
	return map[string]promise{
		"Credentials/ComeBackWhole":  credentialsComeBackWhole,
		"Credentials/OnePerKind":     credentialsOnePerKind,
		"Credentials/SignInReadsAll": credentialsSignIn,
		"Credentials/ListedByUser":   credentialsListedByUser,
		"Credentials/ReplacedOnce":   credentialsReplacedOnce,
	}
}

func usersComeBackWhole(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	u := newUser("ada")
	u.EmailVerifiedAt, u.LastLoginAt, u.UpdatedAt = expect.Moment(1), expect.Moment(2), expect.Moment(3)
	u.Metadata, u.Status, u.Epoch = `{"a":"\u00e9"}`, store.UserPendingDeletion, 1<<40
	u.Roles = []string{"viewer", "admin", "editor", "admin"}
	expect.Check(t, d.Users.Insert(ctx, u))
	u.Roles = []string{"admin", "editor", "viewer"} // as promised: sorted
	expect.Reads(t, "by id", u)(d.Users.ByID(ctx, u.ID))
	expect.Reads(t, "by address", u)(d.Users.ByEmail(ctx, u.EmailCanonical))

	plain := someUser(t, st, "bob") // zero times are NULL
	expect.Reads(t, "without times", plain)(d.Users.ByID(ctx, plain.ID))
	expect.Misses[store.User](t, "unknown id")(d.Users.ByID(ctx, "nobody"))
	expect.Misses[store.User](t, "address as spelled")(d.Users.ByEmail(ctx, u.Email))

	odd := newUser("eve")
	odd.Roles = []string{"a,b"}
	if err := d.Users.Insert(ctx, odd); err == nil {
		t.Error("stored a role that holds a comma")
	}
}

func usersHaveOneAddressEach(t *testing.T, st *store.Store) {
	u := someUser(t, st, "ada")
	other := newUser("ada")
	expect.Refuses(t, "same address", st.Direct().Users.Insert(t.Context(), other))
	expect.Refuses(t, "same address in a transaction", st.Tx(t.Context(), func(ctx context.Context, tx *store.Tx) error {
		return tx.Users.Insert(ctx, other)
	}))
	other.EmailCanonical, other.ID = "other@example.com", u.ID
	expect.Refuses(t, "same id", st.Direct().Users.Insert(t.Context(), other))
	expect.Reads(t, "the first", u)(st.Direct().Users.ByID(t.Context(), u.ID))
}

func usersAddressHasOneWinner(t *testing.T, st *store.Store) {
	expect.OneWins(t, st, "insert", func(ctx context.Context, tx *store.Tx) (bool, error) {
		err := tx.Users.Insert(ctx, newUser("ada"))
		return err == nil, err
	})
}

func usersProfileChangesByMember(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	u := someUser(t, st, "ada")
	name, language, none, metadata := "Ada", "en", "", `{"x":1}`
	expect.Changes(t, "name alone", true)(d.Users.SetProfile(ctx, u.ID, store.Profile{Name: &name}, expect.Moment(2)))
	expect.Changes(t, "language alone", true)(d.Users.SetProfile(ctx, u.ID, store.Profile{Language: &language}, expect.Moment(2)))
	expect.Changes(t, "metadata alone", true)(d.Users.SetProfile(ctx, u.ID, store.Profile{Metadata: &metadata}, expect.Moment(3)))
	expect.Changes(t, "unknown", false)(d.Users.SetProfile(ctx, "nobody", store.Profile{Name: &name}, expect.Moment(3)))
	u.Name, u.Language, u.Metadata, u.UpdatedAt = name, language, metadata, expect.Moment(3)
	expect.Reads(t, "user", u)(d.Users.ByID(ctx, u.ID))
	expect.Changes(t, "no language", true)(d.Users.SetProfile(ctx, u.ID, store.Profile{Language: &none}, expect.Moment(3)))
	u.Language = ""
	expect.Reads(t, "user", u)(d.Users.ByID(ctx, u.ID))
	expect.Changes(t, "disable", true)(d.Users.SetStatus(ctx, u.ID, store.UserActive, store.UserDisabled, expect.Moment(3)))
	expect.Changes(t, "disabled", false)(d.Users.SetProfile(ctx, u.ID, store.Profile{Name: &name}, expect.Moment(4)))
}

func usersVerifiedOnce(t *testing.T, st *store.Store) {
	u := someUser(t, st, "ada")
	expect.OneWins(t, st, "mark verified", func(ctx context.Context, tx *store.Tx) (bool, error) {
		return tx.Users.MarkVerified(ctx, u.ID, expect.Moment(2))
	})
	expect.Changes(t, "again", false)(st.Direct().Users.MarkVerified(t.Context(), u.ID, expect.Moment(3)))
	u.EmailVerifiedAt, u.UpdatedAt = expect.Moment(2), expect.Moment(2)
	expect.Reads(t, "user", u)(st.Direct().Users.ByID(t.Context(), u.ID))
	expect.OneWins(t, st, "claim", func(ctx context.Context, tx *store.Tx) (bool, error) {
		return tx.Users.Claim(ctx, u.ID, expect.Moment(4))
	})
	expect.Changes(t, "claim again", false)(st.Direct().Users.Claim(t.Context(), u.ID, expect.Moment(5)))
	if got, err := st.Direct().Users.ByID(t.Context(), u.ID); err != nil || !got.ClaimedAt.Equal(expect.Moment(4)) {
		t.Errorf("claimed at %v, %v", got.ClaimedAt, err)
	}
}

func usersSignInNeedsEpochStatus(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	u := someUser(t, st, "ada")
	expect.Changes(t, "another epoch", false)(d.Users.SignIn(ctx, u.ID, u.Epoch+1, expect.Moment(1)))
	expect.Changes(t, "unknown", false)(d.Users.SignIn(ctx, "nobody", u.Epoch, expect.Moment(1)))
	expect.Changes(t, "as read", true)(d.Users.SignIn(ctx, u.ID, u.Epoch, expect.Moment(2)))
	expect.Changes(t, "twice in the same instant", true)(d.Users.SignIn(ctx, u.ID, u.Epoch, expect.Moment(2)))
	u.LastLoginAt = expect.Moment(2)
	expect.Reads(t, "user", u)(d.Users.ByID(ctx, u.ID))
	expect.Changes(t, "disable", true)(d.Users.SetStatus(ctx, u.ID, store.UserActive, store.UserDisabled, expect.Moment(3)))
	expect.Changes(t, "disabled", false)(d.Users.SignIn(ctx, u.ID, u.Epoch, expect.Moment(4)))
}

func usersEpochRisesOnce(t *testing.T, st *store.Store) {
	u := someUser(t, st, "ada")
	expect.OneWins(t, st, "raise the epoch", func(ctx context.Context, tx *store.Tx) (bool, error) {
		return tx.Users.RaiseEpoch(ctx, u.ID, u.Epoch, expect.Moment(1))
	})
	u.Epoch, u.UpdatedAt = u.Epoch+1, expect.Moment(1)
	expect.Reads(t, "user", u)(st.Direct().Users.ByID(t.Context(), u.ID))
}

func usersStatusMovesOnce(t *testing.T, st *store.Store) {
	u := someUser(t, st, "ada")
	expect.OneWins(t, st, "set status", func(ctx context.Context, tx *store.Tx) (bool, error) {
		return tx.Users.SetStatus(ctx, u.ID, store.UserActive, store.UserDisabled, expect.Moment(1))
	})
	u.Status, u.UpdatedAt = store.UserDisabled, expect.Moment(1)
	expect.Reads(t, "user", u)(st.Direct().Users.ByID(t.Context(), u.ID))
}

// somePassword is a password in the store.
func somePassword(t *testing.T, st *store.Store, u store.User, secret string) store.Credential {
	t.Helper()
	c := store.Credential{
		ID: id.Ordered(), UserID: u.ID, Kind: store.KindPassword, Secret: secret,
		CreatedAt: expect.Moment(0), UpdatedAt: expect.Moment(0).Add(time.Microsecond),
	}
	expect.Check(t, st.Direct().Credentials.Insert(t.Context(), c))
	return c
}

func credentialsComeBackWhole(t *testing.T, st *store.Store) {
	u := someUser(t, st, "ada")
	c := somePassword(t, st, u, "$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA")
	expect.Reads(t, "credential", c)(st.Direct().Credentials.ByKind(t.Context(), u.ID, store.KindPassword))
	expect.Misses[store.Credential](t, "another kind")(st.Direct().Credentials.ByKind(t.Context(), u.ID, "totp"))
	expect.Misses[store.Credential](t, "another user")(st.Direct().Credentials.ByKind(t.Context(), "nobody", store.KindPassword))
}

func credentialsOnePerKind(t *testing.T, st *store.Store) {
	u := someUser(t, st, "ada")
	c := somePassword(t, st, u, "one")
	c.ID, c.Secret = id.Ordered(), "two"
	expect.Refuses(t, "a second password", st.Direct().Credentials.Insert(t.Context(), c))
	c.Kind = "other"
	expect.Check(t, st.Direct().Credentials.Insert(t.Context(), c))
}

func credentialsSignIn(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	u := someUser(t, st, "ada")
	expect.Reads(t, "without a password", store.SignIn{User: u})(d.Credentials.SignIn(ctx, u.EmailCanonical))
	expect.Check(t, d.Credentials.Insert(ctx, store.Credential{ID: "x", UserID: u.ID, Kind: "other", Secret: "not it", CreatedAt: expect.Moment(0), UpdatedAt: expect.Moment(0)}))
	expect.Reads(t, "with another credential", store.SignIn{User: u})(d.Credentials.SignIn(ctx, u.EmailCanonical))
	somePassword(t, st, u, "phc")
	expect.Reads(t, "with a password", store.SignIn{User: u, Secret: "phc"})(d.Credentials.SignIn(ctx, u.EmailCanonical))
	expect.Misses[store.SignIn](t, "unknown address")(d.Credentials.SignIn(ctx, "nobody@example.com"))
}

func credentialsReplacedOnce(t *testing.T, st *store.Store) {
	u := someUser(t, st, "ada")
	c := somePassword(t, st, u, "old")
	expect.OneWins(t, st, "replace", func(ctx context.Context, tx *store.Tx) (bool, error) {
		return tx.Credentials.Replace(ctx, u.ID, store.KindPassword, "old", "new", expect.Moment(1))
	})
	c.Secret, c.UpdatedAt = "new", expect.Moment(1)
	expect.Reads(t, "credential", c)(st.Direct().Credentials.ByKind(t.Context(), u.ID, store.KindPassword))
}

func credentialsListedByUser(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	var want []store.Credential
	for _, name := range []string{"ada", "bob", "eve"} {
		c := somePassword(t, st, someUser(t, st, name), "hash of "+name)
		want = append(want, c)
		c.ID, c.Kind = id.Ordered(), "other"
		expect.Check(t, d.Credentials.Insert(ctx, c))
	}
	slices.SortFunc(want, func(a, b store.Credential) int { return cmp.Compare(a.UserID, b.UserID) })
	expect.Reads(t, "two", want[:2])(d.Credentials.List(ctx, store.KindPassword, store.Page{Limit: 2}))
	expect.Reads(t, "the rest", want[2:])(d.Credentials.List(ctx, store.KindPassword, store.Page{After: want[1].UserID, Limit: 2}))
}
