package storetest

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/store"
)

func rolePromises() map[string]promise {
	return map[string]promise{
		"Roles/ComeBackWhole":     rolesComeBackWhole,
		"Roles/DeletedOnce":       rolesDeletedOnce,
		"Facts/OneLessKeepsOne":   factsOneLessKeepsOne,
		"Facts/OneMoreIsNotLost":  factsOneMoreIsNotLost,
		"Users/SignInIsNoVersion": usersSignInIsNoVersion,
	}
}

func rolesComeBackWhole(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	reads[[]store.Role](t, "none", nil)(d.Roles.List(ctx, store.Page{Limit: 9}))
	reads[[]store.Role](t, "of no names", nil)(d.Roles.Named(ctx, nil))
	editor := store.Role{Name: "editor", Permissions: []string{"article:write", "article:read"}, CreatedAt: moment(1), UpdatedAt: moment(2)}
	check(t, d.Roles.Insert(ctx, editor))
	editor.Permissions = []string{"article:read", "article:write"} // as promised: sorted
	upper := store.Role{Name: "Editor", CreatedAt: moment(3), UpdatedAt: moment(3)}
	check(t, d.Roles.Insert(ctx, upper))
	refuses(t, "a name twice", d.Roles.Insert(ctx, editor))
	reads(t, "first page", []store.Role{upper})(d.Roles.List(ctx, store.Page{Limit: 1}))
	reads(t, "second page", []store.Role{editor})(d.Roles.List(ctx, store.Page{After: "Editor", Limit: 9}))
	named, err := d.Roles.Named(ctx, []string{"editor", "viewer", "Editor"})
	slices.SortFunc(named, func(a, b store.Role) int { return strings.Compare(a.Name, b.Name) })
	reads(t, "named", []store.Role{upper, editor})(named, err)
}

func rolesDeletedOnce(t *testing.T, st *store.Store) {
	check(t, st.Direct().Roles.Insert(t.Context(), store.Role{Name: "editor", CreatedAt: moment(1), UpdatedAt: moment(1)}))
	oneWins(t, st, "delete", func(ctx context.Context, tx *store.Tx) (bool, error) { return tx.Roles.Delete(ctx, "editor") })
}

func factsOneLessKeepsOne(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	changes(t, "of nothing", false)(d.Facts.OneLess(ctx, "n"))
	check(t, d.Facts.OneMore(ctx, "n"))
	changes(t, "the last", false)(d.Facts.OneLess(ctx, "n"))
	check(t, d.Facts.OneMore(ctx, "n"))
	oneWins(t, st, "one of two", func(ctx context.Context, tx *store.Tx) (bool, error) { return tx.Facts.OneLess(ctx, "n") })
	reads(t, "one is left", int64(1))(d.Facts.Number(ctx, "n"))
}

func factsOneMoreIsNotLost(t *testing.T, st *store.Store) {
	race(t, st, func(ctx context.Context, tx *store.Tx, _ int) (int, error) { return 0, tx.Facts.OneMore(ctx, "n") })
	reads(t, "all", int64(racers))(st.Direct().Facts.Number(t.Context(), "n"))
}

// usersSignInIsNoVersion: what operators compare does not move by itself.
func usersSignInIsNoVersion(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	u := someUser(t, st, "ada")
	changes(t, "sign-in", true)(d.Users.SignIn(ctx, u.ID, u.Epoch, moment(1)))
	if _, err := d.Users.RaiseEventNumber(ctx, u.ID); err != nil {
		t.Error(err)
	}
	if now, err := d.Users.ByID(ctx, u.ID); err != nil || now.Version != 0 {
		t.Errorf("version %d (%v), want 0", now.Version, err)
	}
}
