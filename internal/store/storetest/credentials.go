package storetest

import (
	"cmp"
	"context"
	"slices"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/store"
)

func credentialPromises() map[string]promise {
	return map[string]promise{
		"Credentials/ComeBackWhole":  credentialsComeBackWhole,
		"Credentials/OnePerKind":     credentialsOnePerKind,
		"Credentials/SignInReadsAll": credentialsSignIn,
		"Credentials/ListedByUser":   credentialsListedByUser,
		"Credentials/ReplacedOnce":   credentialsReplacedOnce,
	}
}

// somePassword is a password in the store.
func somePassword(t *testing.T, st *store.Store, u store.User, secret string) store.Credential {
	t.Helper()
	c := store.Credential{
		ID: id.Ordered(), UserID: u.ID, Kind: store.KindPassword, Secret: secret,
		CreatedAt: moment(0), UpdatedAt: moment(0).Add(time.Microsecond),
	}
	check(t, st.Direct().Credentials.Insert(t.Context(), c))
	return c
}

func credentialsComeBackWhole(t *testing.T, st *store.Store) {
	u := someUser(t, st, "ada")
	c := somePassword(t, st, u, "$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA")
	reads(t, "credential", c)(st.Direct().Credentials.ByKind(t.Context(), u.ID, store.KindPassword))
	misses[store.Credential](t, "another kind")(st.Direct().Credentials.ByKind(t.Context(), u.ID, "totp"))
	misses[store.Credential](t, "another user")(st.Direct().Credentials.ByKind(t.Context(), "nobody", store.KindPassword))
}

func credentialsOnePerKind(t *testing.T, st *store.Store) {
	u := someUser(t, st, "ada")
	c := somePassword(t, st, u, "one")
	c.ID, c.Secret = id.Ordered(), "two"
	refuses(t, "a second password", st.Direct().Credentials.Insert(t.Context(), c))
	c.Kind = "other"
	check(t, st.Direct().Credentials.Insert(t.Context(), c))
}

func credentialsSignIn(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	u := someUser(t, st, "ada")
	reads(t, "without a password", store.SignIn{User: u})(d.Credentials.SignIn(ctx, u.EmailCanonical))
	check(t, d.Credentials.Insert(ctx, store.Credential{ID: "x", UserID: u.ID, Kind: "other", Secret: "not it", CreatedAt: moment(0), UpdatedAt: moment(0)}))
	reads(t, "with another credential", store.SignIn{User: u})(d.Credentials.SignIn(ctx, u.EmailCanonical))
	somePassword(t, st, u, "phc")
	reads(t, "with a password", store.SignIn{User: u, Secret: "phc"})(d.Credentials.SignIn(ctx, u.EmailCanonical))
	misses[store.SignIn](t, "unknown address")(d.Credentials.SignIn(ctx, "nobody@example.com"))
}

func credentialsReplacedOnce(t *testing.T, st *store.Store) {
	u := someUser(t, st, "ada")
	c := somePassword(t, st, u, "old")
	oneWins(t, st, "replace", func(ctx context.Context, tx *store.Tx) (bool, error) {
		return tx.Credentials.Replace(ctx, u.ID, store.KindPassword, "old", "new", moment(1))
	})
	c.Secret, c.UpdatedAt = "new", moment(1)
	reads(t, "credential", c)(st.Direct().Credentials.ByKind(t.Context(), u.ID, store.KindPassword))
}

func credentialsListedByUser(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	var want []store.Credential
	for _, name := range []string{"ada", "bob", "eve"} {
		c := somePassword(t, st, someUser(t, st, name), "hash of "+name)
		want = append(want, c)
		c.ID, c.Kind = id.Ordered(), "other"
		check(t, d.Credentials.Insert(ctx, c))
	}
	slices.SortFunc(want, func(a, b store.Credential) int { return cmp.Compare(a.UserID, b.UserID) })
	reads(t, "two", want[:2])(d.Credentials.List(ctx, store.KindPassword, store.Page{Limit: 2}))
	reads(t, "the rest", want[2:])(d.Credentials.List(ctx, store.KindPassword, store.Page{After: want[1].UserID, Limit: 2}))
}
