package storetest

import (
	"context"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/store"
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
		"Credentials/ReplacedOnce":   credentialsReplacedOnce,
	}
}

func usersComeBackWhole(t *testing.T, st store.Store) {
	d, ctx := st.Direct(), t.Context()
	u := newUser("ada")
	u.EmailVerifiedAt, u.LastLoginAt, u.UpdatedAt = moment(1), moment(2), moment(3)
	u.Metadata, u.Status, u.Epoch = `{"a":"\u00e9"}`, store.UserPendingDeletion, 1<<40
	u.Roles = []string{"viewer", "admin", "editor", "admin"}
	check(t, d.Users.Insert(ctx, u))
	u.Roles = []string{"admin", "editor", "viewer"} // as promised: sorted
	reads(t, "by id", u)(d.Users.ByID(ctx, u.ID))
	reads(t, "by address", u)(d.Users.ByEmail(ctx, u.EmailCanonical))

	plain := someUser(t, st, "bob") // zero times are NULL
	reads(t, "without times", plain)(d.Users.ByID(ctx, plain.ID))
	misses[store.User](t, "unknown id")(d.Users.ByID(ctx, "nobody"))
	misses[store.User](t, "address as spelled")(d.Users.ByEmail(ctx, u.Email))

	odd := newUser("eve")
	odd.Roles = []string{"a,b"}
	if err := d.Users.Insert(ctx, odd); err == nil {
		t.Error("stored a role that holds a comma")
	}
}

func usersHaveOneAddressEach(t *testing.T, st store.Store) {
	u := someUser(t, st, "ada")
	other := newUser("ada")
	refuses(t, "same address", st.Direct().Users.Insert(t.Context(), other))
	refuses(t, "same address in a transaction", st.Tx(t.Context(), func(ctx context.Context, tx store.Tx) error {
		return tx.Users.Insert(ctx, other)
	}))
	other.EmailCanonical, other.ID = "other@example.com", u.ID
	refuses(t, "same id", st.Direct().Users.Insert(t.Context(), other))
	reads(t, "the first", u)(st.Direct().Users.ByID(t.Context(), u.ID))
}

func usersAddressHasOneWinner(t *testing.T, st store.Store) {
	oneWins(t, st, "insert", func(ctx context.Context, tx store.Tx) (bool, error) {
		err := tx.Users.Insert(ctx, newUser("ada"))
		return err == nil, err
	})
}

func usersProfileChangesByMember(t *testing.T, st store.Store) {
	d, ctx := st.Direct(), t.Context()
	u := someUser(t, st, "ada")
	name, metadata := "Ada", `{"x":1}`
	changes(t, "name alone", true)(d.Users.SetProfile(ctx, u.ID, &name, nil, moment(2)))
	changes(t, "metadata alone", true)(d.Users.SetProfile(ctx, u.ID, nil, &metadata, moment(3)))
	changes(t, "unknown", false)(d.Users.SetProfile(ctx, "nobody", &name, nil, moment(3)))
	u.Name, u.Metadata, u.UpdatedAt = name, metadata, moment(3)
	reads(t, "user", u)(d.Users.ByID(ctx, u.ID))
	changes(t, "disable", true)(d.Users.SetStatus(ctx, u.ID, store.UserActive, store.UserDisabled, moment(3)))
	changes(t, "disabled", false)(d.Users.SetProfile(ctx, u.ID, &name, nil, moment(4)))
}

func usersVerifiedOnce(t *testing.T, st store.Store) {
	u := someUser(t, st, "ada")
	oneWins(t, st, "mark verified", func(ctx context.Context, tx store.Tx) (bool, error) {
		return tx.Users.MarkVerified(ctx, u.ID, moment(2))
	})
	changes(t, "again", false)(st.Direct().Users.MarkVerified(t.Context(), u.ID, moment(3)))
	u.EmailVerifiedAt, u.UpdatedAt = moment(2), moment(2)
	reads(t, "user", u)(st.Direct().Users.ByID(t.Context(), u.ID))
}

func usersSignInNeedsEpochStatus(t *testing.T, st store.Store) {
	d, ctx := st.Direct(), t.Context()
	u := someUser(t, st, "ada")
	changes(t, "another epoch", false)(d.Users.SignIn(ctx, u.ID, u.Epoch+1, moment(1)))
	changes(t, "unknown", false)(d.Users.SignIn(ctx, "nobody", u.Epoch, moment(1)))
	changes(t, "as read", true)(d.Users.SignIn(ctx, u.ID, u.Epoch, moment(2)))
	changes(t, "twice in the same instant", true)(d.Users.SignIn(ctx, u.ID, u.Epoch, moment(2)))
	u.LastLoginAt = moment(2)
	reads(t, "user", u)(d.Users.ByID(ctx, u.ID))
	changes(t, "disable", true)(d.Users.SetStatus(ctx, u.ID, store.UserActive, store.UserDisabled, moment(3)))
	changes(t, "disabled", false)(d.Users.SignIn(ctx, u.ID, u.Epoch, moment(4)))
}

func usersEpochRisesOnce(t *testing.T, st store.Store) {
	u := someUser(t, st, "ada")
	oneWins(t, st, "raise the epoch", func(ctx context.Context, tx store.Tx) (bool, error) {
		return tx.Users.RaiseEpoch(ctx, u.ID, u.Epoch, moment(1))
	})
	u.Epoch, u.UpdatedAt = u.Epoch+1, moment(1)
	reads(t, "user", u)(st.Direct().Users.ByID(t.Context(), u.ID))
}

func usersStatusMovesOnce(t *testing.T, st store.Store) {
	u := someUser(t, st, "ada")
	oneWins(t, st, "set status", func(ctx context.Context, tx store.Tx) (bool, error) {
		return tx.Users.SetStatus(ctx, u.ID, store.UserActive, store.UserDisabled, moment(1))
	})
	u.Status, u.UpdatedAt = store.UserDisabled, moment(1)
	reads(t, "user", u)(st.Direct().Users.ByID(t.Context(), u.ID))
}

// somePassword is a password in the store.
func somePassword(t *testing.T, st store.Store, u store.User, secret string) store.Credential {
	t.Helper()
	c := store.Credential{
		ID: id.Ordered(), UserID: u.ID, Kind: store.KindPassword, Secret: secret,
		CreatedAt: moment(0), UpdatedAt: moment(0).Add(time.Microsecond),
	}
	check(t, st.Direct().Credentials.Insert(t.Context(), c))
	return c
}

func credentialsComeBackWhole(t *testing.T, st store.Store) {
	u := someUser(t, st, "ada")
	c := somePassword(t, st, u, "$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA")
	reads(t, "credential", c)(st.Direct().Credentials.ByKind(t.Context(), u.ID, store.KindPassword))
	misses[store.Credential](t, "another kind")(st.Direct().Credentials.ByKind(t.Context(), u.ID, "totp"))
	misses[store.Credential](t, "another user")(st.Direct().Credentials.ByKind(t.Context(), "nobody", store.KindPassword))
}

func credentialsOnePerKind(t *testing.T, st store.Store) {
	u := someUser(t, st, "ada")
	c := somePassword(t, st, u, "one")
	c.ID, c.Secret = id.Ordered(), "two"
	refuses(t, "a second password", st.Direct().Credentials.Insert(t.Context(), c))
	c.Kind = "other"
	check(t, st.Direct().Credentials.Insert(t.Context(), c))
}

func credentialsSignIn(t *testing.T, st store.Store) {
	d, ctx := st.Direct(), t.Context()
	u := someUser(t, st, "ada")
	reads(t, "without a password", store.SignIn{User: u})(d.Credentials.SignIn(ctx, u.EmailCanonical))
	check(t, d.Credentials.Insert(ctx, store.Credential{ID: "x", UserID: u.ID, Kind: "other", Secret: "not it", CreatedAt: moment(0), UpdatedAt: moment(0)}))
	reads(t, "with another credential", store.SignIn{User: u})(d.Credentials.SignIn(ctx, u.EmailCanonical))
	somePassword(t, st, u, "phc")
	reads(t, "with a password", store.SignIn{User: u, Secret: "phc"})(d.Credentials.SignIn(ctx, u.EmailCanonical))
	misses[store.SignIn](t, "unknown address")(d.Credentials.SignIn(ctx, "nobody@example.com"))
}

func credentialsReplacedOnce(t *testing.T, st store.Store) {
	u := someUser(t, st, "ada")
	c := somePassword(t, st, u, "old")
	oneWins(t, st, "replace", func(ctx context.Context, tx store.Tx) (bool, error) {
		return tx.Credentials.Replace(ctx, u.ID, store.KindPassword, "old", "new", moment(1))
	})
	c.Secret, c.UpdatedAt = "new", moment(1)
	reads(t, "credential", c)(st.Direct().Credentials.ByKind(t.Context(), u.ID, store.KindPassword))
}
