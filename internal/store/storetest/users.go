package storetest

import (
	"context"
	"slices"
	"strings"
	"testing"

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
		"Users/AreListedInPages":       usersAreListedInPages,
		"Users/RolesAreReplaced":       usersRolesAreReplaced,
		"Users/AppMetadataIsReplaced":  usersAppMetadataIsReplaced,
	}
}

func usersComeBackWhole(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	u := newUser("ada")
	u.EmailVerifiedAt, u.LastLoginAt, u.UpdatedAt = moment(1), moment(2), moment(3)
	u.Metadata, u.Status, u.Epoch, u.EventNumber, u.Version = `{"a":"\u00e9"}`, store.UserPendingDeletion, 1<<40, 1<<41, 1<<42
	u.AppMetadata = `{"tenant":"acme","old_id":12345678901234567890}`
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

func usersHaveOneAddressEach(t *testing.T, st *store.Store) {
	u := someUser(t, st, "ada")
	other := newUser("ada")
	refuses(t, "same address", st.Direct().Users.Insert(t.Context(), other))
	refuses(t, "same address in a transaction", st.Tx(t.Context(), func(ctx context.Context, tx *store.Tx) error {
		return tx.Users.Insert(ctx, other)
	}))
	other.EmailCanonical, other.ID = "other@example.com", u.ID
	refuses(t, "same id", st.Direct().Users.Insert(t.Context(), other))
	reads(t, "the first", u)(st.Direct().Users.ByID(t.Context(), u.ID))
}

func usersAddressHasOneWinner(t *testing.T, st *store.Store) {
	oneWins(t, st, "insert", func(ctx context.Context, tx *store.Tx) (bool, error) {
		err := tx.Users.Insert(ctx, newUser("ada"))
		return err == nil, err
	})
}

func usersProfileChangesByMember(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	u := someUser(t, st, "ada")
	name, language, zone, none, metadata := "Ada", "en", "Asia/Tokyo", "", `{"x":1}`
	changes(t, "name alone", true)(d.Users.SetProfile(ctx, u.ID, store.Profile{Name: &name}, moment(2)))
	changes(t, "language alone", true)(d.Users.SetProfile(ctx, u.ID, store.Profile{Language: &language}, moment(2)))
	changes(t, "time zone alone", true)(d.Users.SetProfile(ctx, u.ID, store.Profile{Zoneinfo: &zone}, moment(2)))
	changes(t, "metadata alone", true)(d.Users.SetProfile(ctx, u.ID, store.Profile{Metadata: &metadata}, moment(3)))
	changes(t, "unknown", false)(d.Users.SetProfile(ctx, "nobody", store.Profile{Name: &name}, moment(3)))
	u.Name, u.Language, u.Zoneinfo, u.Metadata, u.UpdatedAt, u.Version = name, language, zone, metadata, moment(3), 4
	reads(t, "user", u)(d.Users.ByID(ctx, u.ID))
	changes(t, "no language", true)(d.Users.SetProfile(ctx, u.ID, store.Profile{Language: &none}, moment(3)))
	u.Language, u.Version = "", 5
	reads(t, "user", u)(d.Users.ByID(ctx, u.ID))
	changes(t, "disable", true)(d.Users.SetStatus(ctx, u.ID, store.UserActive, store.UserDisabled, moment(3)))
	changes(t, "disabled", false)(d.Users.SetProfile(ctx, u.ID, store.Profile{Name: &name}, moment(4)))
}

func usersVerifiedOnce(t *testing.T, st *store.Store) {
	u := someUser(t, st, "ada")
	oneWins(t, st, "mark verified", func(ctx context.Context, tx *store.Tx) (bool, error) {
		return tx.Users.MarkVerified(ctx, u.ID, moment(2))
	})
	changes(t, "again", false)(st.Direct().Users.MarkVerified(t.Context(), u.ID, moment(3)))
	u.EmailVerifiedAt, u.UpdatedAt, u.Version = moment(2), moment(2), 1
	reads(t, "user", u)(st.Direct().Users.ByID(t.Context(), u.ID))
	oneWins(t, st, "claim", func(ctx context.Context, tx *store.Tx) (bool, error) {
		return tx.Users.Claim(ctx, u.ID, moment(4))
	})
	changes(t, "claim again", false)(st.Direct().Users.Claim(t.Context(), u.ID, moment(5)))
	if got, err := st.Direct().Users.ByID(t.Context(), u.ID); err != nil || !got.ClaimedAt.Equal(moment(4)) {
		t.Errorf("claimed at %v, %v", got.ClaimedAt, err)
	}
}

func usersSignInNeedsEpochStatus(t *testing.T, st *store.Store) {
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

func usersEpochRisesOnce(t *testing.T, st *store.Store) {
	u := someUser(t, st, "ada")
	oneWins(t, st, "raise the epoch", func(ctx context.Context, tx *store.Tx) (bool, error) {
		return tx.Users.RaiseEpoch(ctx, u.ID, u.Epoch, moment(1))
	})
	u.Epoch, u.UpdatedAt = u.Epoch+1, moment(1)
	reads(t, "user", u)(st.Direct().Users.ByID(t.Context(), u.ID))
}

func usersAreListedInPages(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	reads[[]store.User](t, "none", nil)(d.Users.List(ctx, store.Page{Limit: 9}))
	all := []store.User{someUser(t, st, "ada"), someUser(t, st, "bob"), someUser(t, st, "carol")}
	slices.SortFunc(all, func(a, b store.User) int { return strings.Compare(a.ID, b.ID) })
	reads(t, "first page", all[:2])(d.Users.List(ctx, store.Page{Limit: 2}))
	reads(t, "second page", all[2:])(d.Users.List(ctx, store.Page{After: all[1].ID, Limit: 2}))
}

// usersAppMetadataIsReplaced: it is the operators' alone, and a change of the profile
// leaves it.
func usersAppMetadataIsReplaced(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	u := someUser(t, st, "ada")
	name := "Ada"
	for _, object := range []string{`{"tenant":"acme"}`, `{}`, `{"plan":{"seats":12}}`} {
		changes(t, object, true)(d.Users.SetAppMetadata(ctx, u.ID, object, moment(2)))
		changes(t, "profile", true)(d.Users.SetProfile(ctx, u.ID, store.Profile{Name: &name}, moment(3)))
		u.AppMetadata, u.Name, u.UpdatedAt, u.Version = object, name, moment(3), u.Version+2
		reads(t, "user", u)(d.Users.ByID(ctx, u.ID))
	}
	changes(t, "unknown", false)(d.Users.SetAppMetadata(ctx, "nobody", "{}", moment(3)))
}

func usersRolesAreReplaced(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	u, other := someUser(t, st, "ada"), someUser(t, st, "bob")
	changes(t, "two roles", true)(d.Users.SetRoles(ctx, u.ID, []string{"editor", "admin"}, moment(2)))
	u.Roles, u.UpdatedAt, u.Version = []string{"admin", "editor"}, moment(2), 1
	reads(t, "user", u)(d.Users.ByID(ctx, u.ID))
	reads(t, "other", other)(d.Users.ByID(ctx, other.ID))
	changes(t, "none", true)(d.Users.SetRoles(ctx, u.ID, nil, moment(3)))
	u.Roles, u.UpdatedAt, u.Version = nil, moment(3), 2
	reads(t, "user", u)(d.Users.ByID(ctx, u.ID))
	changes(t, "unknown", false)(d.Users.SetRoles(ctx, "nobody", nil, moment(4)))
}

func usersStatusMovesOnce(t *testing.T, st *store.Store) {
	u := someUser(t, st, "ada")
	oneWins(t, st, "set status", func(ctx context.Context, tx *store.Tx) (bool, error) {
		return tx.Users.SetStatus(ctx, u.ID, store.UserActive, store.UserDisabled, moment(1))
	})
	u.Status, u.UpdatedAt, u.Version = store.UserDisabled, moment(1), 1
	reads(t, "user", u)(st.Direct().Users.ByID(t.Context(), u.ID))
}

// newUser is a user who is not in the store yet.
func newUser(name string) store.User {
	return store.User{
		ID: id.Random(), Email: name + "@Example.com", EmailCanonical: name + "@example.com",
		Name: name, Language: "de", Zoneinfo: "Europe/Paris", Metadata: "{}", Status: store.UserActive, Epoch: 1, CreatedAt: moment(0), UpdatedAt: moment(0),
	}
}

// someUser is a user in the store.
func someUser(t *testing.T, st *store.Store, name string) store.User {
	t.Helper()
	u := newUser(name)
	check(t, st.Direct().Users.Insert(t.Context(), u))
	return u
}

// verifiedUser is a user in the store whose address is verified.
func verifiedUser(t *testing.T, st *store.Store, name string) store.User {
	t.Helper()
	u := newUser(name)
	u.EmailVerifiedAt, u.Metadata = moment(0), `{"a":1}`
	check(t, st.Direct().Users.Insert(t.Context(), u))
	return u
}
