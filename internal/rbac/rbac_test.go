package rbac_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sallyport-auth/sallyport/internal/admin"
	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/deletion"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/fleet/fleettest"
	"github.com/sallyport-auth/sallyport/internal/rbac"
	"github.com/sallyport-auth/sallyport/internal/roomtest"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/signup"
	"github.com/sallyport-auth/sallyport/internal/store"
)

var machine = audit.Operator{Machine: true, Origin: roomtest.Origin()} //nolint:gochecknoglobals // a constant in all but form

// world is a house with operators.
type world struct {
	*roomtest.House
	roles *rbac.Roles
	users *admin.Users
}

func worldIn(h *roomtest.House) world {
	trail := audit.New(h.Clock)
	roles := rbac.New(rbac.Options{Store: h.Rooms, Sessions: h.Sessions, Trail: trail, Clock: h.Clock})
	return world{h, roles, admin.New(admin.Options{Store: h.Rooms, Sessions: h.Sessions, Roles: roles, Trail: trail, Clock: h.Clock})}
}

// somebody is a user with roles.
func (w world) somebody(t *testing.T, name string, roles ...string) store.User {
	t.Helper()
	u, err := w.Create(t.Context(), signup.Create{Email: name + "@people.example", Password: roomtest.Good, Roles: roles, Verified: true, Origin: roomtest.Origin()})
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func (w world) owners(t *testing.T) int64 {
	t.Helper()
	n, err := w.Store.Direct().Facts.Number(t.Context(), store.FactOwners)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// as is a user who acts, from a session of theirs.
func (w world) as(t *testing.T, u store.User) audit.Operator {
	t.Helper()
	a := w.Asker(t, u)
	return audit.Operator{UserID: a.UserID, SessionID: a.SessionID, Origin: a.Origin}
}

// asks puts a question in a transaction.
func (w world) asks(t *testing.T, ask func(ctx context.Context, tx *store.Tx) error) error {
	t.Helper()
	return w.Store.Tx(t.Context(), ask)
}

// TestSomebodyAlwaysOwnsTheServer takes the last owner away by every way there is,
// and then does the same where there are two.
func TestSomebodyAlwaysOwnsTheServer(t *testing.T) {
	t.Parallel()
	for name, away := range map[string]func(w world, u store.User) error{
		"disabled": func(w world, u store.User) error {
			return w.users.Disable(t.Context(), u.ID, admin.Change{By: machine})
		},
		"the role taken": func(w world, u store.User) error {
			_, err := w.users.ChangeRoles(t.Context(), u.ID, []string{"admin"}, []string{"owner"}, admin.Change{By: machine})
			return err
		},
		"deleted": func(w world, u store.User) error {
			_, err := w.Leave(t, w.Device(t, u.Email, roomtest.Good), roomtest.Good)
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := worldIn(roomtest.New(t))
			ada := w.somebody(t, "ada", "owner")
			if err := away(w, ada); !errors.Is(err, rbac.ErrLastOwner) {
				t.Fatalf("the last one: %v, want last_owner", err)
			}
			if now := w.User(t, ada.Email); now.Status != store.UserActive || !slices.Equal(now.Roles, []string{"owner"}) || now.Epoch != ada.Epoch || w.owners(t) != 1 {
				t.Errorf("a refusal left %v %v, %d owners", now.Status, now.Roles, w.owners(t))
			}
			w.somebody(t, "bob", "owner")
			if err := away(w, ada); err != nil || w.owners(t) != 1 {
				t.Errorf("one of two: %v, %d owners are left", err, w.owners(t))
			}
		})
	}
}

// TestOwnersAreCounted follows the number through what gives and brings back.
func TestOwnersAreCounted(t *testing.T) {
	t.Parallel()
	w := worldIn(roomtest.New(t))
	step := func(what string, want int64, err error) {
		t.Helper()
		if n := w.owners(t); err != nil || n != want {
			t.Fatalf("%s: %v, %d owners, want %d", what, err, n, want)
		}
	}
	w.somebody(t, "ada", "owner", "editor")
	step("made", 1, nil)
	bob := w.somebody(t, "bob", "admin")
	step("an admin", 1, nil)
	_, err := w.users.ChangeRoles(t.Context(), bob.ID, []string{"owner"}, nil, admin.Change{By: machine})
	step("given", 2, err)
	_, err = w.users.ChangeRoles(t.Context(), bob.ID, []string{"owner", "x"}, nil, admin.Change{By: machine})
	step("given again", 2, err)
	step("disabled", 1, w.users.Disable(t.Context(), bob.ID, admin.Change{By: machine}))
	_, err = w.users.ChangeRoles(t.Context(), bob.ID, nil, []string{"owner"}, admin.Change{By: machine})
	step("taken while disabled", 1, err)
	_, err = w.users.ChangeRoles(t.Context(), bob.ID, []string{"owner"}, nil, admin.Change{By: machine})
	step("given while disabled", 1, err)
	step("enabled", 2, w.users.Enable(t.Context(), bob.ID, admin.Change{By: machine}))
	_, err = w.Leave(t, w.Device(t, bob.Email, roomtest.Good), roomtest.Good)
	step("leaving", 1, err)
	_, err = w.SignIn(t, bob.Email, roomtest.Good)
	f, _ := errors.AsType[*fault.Error](err)
	step("kept", 2, w.Restore(t.Context(), f.Member("restore_token"), roomtest.Origin()))

	eve, err := w.Create(t.Context(), signup.Create{Email: "eve@people.example", Password: roomtest.Good, Origin: roomtest.Origin()})
	step("unverified", 2, err)
	if _, err := w.users.ChangeRoles(t.Context(), eve.ID, []string{"owner"}, nil, admin.Change{By: machine}); !errors.Is(err, rbac.ErrUnproved) {
		t.Errorf("an owner whose address is not verified: %v", err)
	}
	_, err = w.Create(t.Context(), signup.Create{Email: "mallory@people.example", Password: roomtest.Good, Roles: []string{"owner"}, Origin: roomtest.Origin()})
	if !errors.Is(err, rbac.ErrUnproved) {
		t.Errorf("made an owner whose address is not verified: %v", err)
	}
	step("nobody more", 2, nil)
}

// TestTheLastOwnerStaysInARace has 32 owners taken away at once, each by another way.
func TestTheLastOwnerStaysInARace(t *testing.T) {
	t.Parallel()
	fleettest.OnEachEngine(t, func(t *testing.T, engine string) {
		w := worldIn(roomtest.On(t, fleettest.Database(t, engine)))
		var calls []func() error
		for n := range 32 {
			u := w.somebody(t, fmt.Sprintf("owner%d", n), "owner")
			switch n % 3 {
			case 0:
				calls = append(calls, func() error { return w.users.Disable(t.Context(), u.ID, admin.Change{By: machine}) })
			case 1:
				calls = append(calls, func() error {
					_, err := w.users.ChangeRoles(t.Context(), u.ID, nil, []string{"owner"}, admin.Change{By: machine})
					return err
				})
			case 2:
				claims := w.Claims(t, w.Device(t, u.Email, roomtest.Good), false)
				calls = append(calls, func() error {
					_, err := w.Delete(t.Context(), deletion.Request{Claims: claims, Password: roomtest.Good, Origin: roomtest.Origin()})
					return err
				})
			}
		}
		refused := 0
		for n, err := range roomtest.At(calls...) {
			if errors.Is(err, rbac.ErrLastOwner) {
				refused++
			} else if err != nil {
				t.Errorf("call %d: %v", n, err)
			}
		}
		if left := w.owners(t); refused != 1 || left != 1 {
			t.Errorf("%d were refused and %d owners are left, want one each", refused, left)
		}
	})
}

// TestRank has everybody act on everybody.
func TestRank(t *testing.T) {
	t.Parallel()
	w := worldIn(roomtest.New(t))
	if _, err := w.roles.Create(t.Context(), "helpdesk", []string{rbac.ReadUsers, "tickets:write"}, machine); err != nil {
		t.Fatal(err)
	}
	who := []string{"owner", "admin", "support", "auditor", "helpdesk", "editor"}
	actor, target := map[string]store.User{}, map[string]store.User{}
	for _, role := range who {
		actor[role], target[role] = w.somebody(t, "one-"+role, role), w.somebody(t, "two-"+role, role)
	}
	got, want := map[string]string{}, map[string]string{
		"owner":    "owner admin support auditor helpdesk editor",
		"admin":    "support auditor helpdesk editor",
		"support":  "helpdesk editor",
		"auditor":  "helpdesk editor",
		"helpdesk": "editor", // with one permission that the other lacks; whether it opens the action is the edge's to ask
		"editor":   "",
	}
	for _, a := range who {
		var may []string
		for _, b := range who {
			switch err := w.asks(t, func(ctx context.Context, tx *store.Tx) error {
				return w.roles.MayAct(ctx, tx, audit.Operator{UserID: actor[a].ID}, target[b])
			}); {
			case err == nil:
				may = append(may, b)
			case !errors.Is(err, rbac.ErrOutranked):
				t.Errorf("%s on %s: %v", a, b, err)
			}
		}
		got[a] = strings.Join(may, " ")
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("who acts on whom (-want +got)\n%s", diff)
	}
	for _, by := range []audit.Operator{{}, {UserID: "nobody"}} {
		if err := w.asks(t, func(ctx context.Context, tx *store.Tx) error {
			return w.roles.MayAct(ctx, tx, by, target["editor"])
		}); !errors.Is(err, rbac.ErrOutranked) {
			t.Errorf("%+v: %v, want outranked", by, err)
		}
		if err := w.users.SignOut(t.Context(), target["editor"].ID, admin.Change{By: by}); !errors.Is(err, session.ErrInvalidToken) {
			t.Errorf("%+v signs somebody out: %v, want invalid_token", by, err)
		}
	}
}

// TestNobodyGivesMoreThanTheyHave has operators give roles, to themselves too.
func TestNobodyGivesMoreThanTheyHave(t *testing.T) {
	t.Parallel()
	w := worldIn(roomtest.New(t))
	owner, adm := w.somebody(t, "owner", "owner"), w.somebody(t, "admin", "admin")
	if _, err := w.roles.Create(t.Context(), "chief", []string{rbac.AssignRoles, rbac.ReadUsers}, machine); err != nil {
		t.Fatal(err)
	}
	chief := w.somebody(t, "chief", "chief")
	for _, c := range []struct {
		what     string
		by, on   store.User
		add, rid string
		want     error
	}{
		{"an admin gives admin", adm, w.somebody(t, "a"), "admin", "", nil},
		{"an admin gives owner", adm, w.somebody(t, "b"), "owner", "", rbac.ErrOutranked},
		{"an admin makes themselves owner", adm, adm, "owner", "", rbac.ErrOutranked},
		{"an admin takes from an owner", adm, owner, "", "owner", rbac.ErrOutranked},
		{"an owner gives owner", owner, w.somebody(t, "c"), "owner", "", nil},
		{"who has two permissions gives two", chief, w.somebody(t, "d"), "chief", "", nil},
		{"who has two permissions gives three", chief, w.somebody(t, "e"), "support", "", rbac.ErrOutranked},
		{"what is for applications anybody gives", chief, w.somebody(t, "f"), "editor", "", nil},
		{"who has two permissions raises themselves", chief, chief, "support", "", rbac.ErrOutranked},
	} {
		if _, err := w.users.ChangeRoles(t.Context(), c.on.ID, []string{c.add}[:len(c.add)/max(len(c.add), 1)], []string{c.rid}[:len(c.rid)/max(len(c.rid), 1)], admin.Change{By: w.as(t, c.by)}); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.what, err, c.want)
		}
	}
}

func TestRolesOfOperators(t *testing.T) {
	t.Parallel()
	w := worldIn(roomtest.New(t))
	create := func(name string, permissions ...string) error {
		_, err := w.roles.Create(t.Context(), name, permissions, machine)
		return err
	}
	for _, c := range []struct {
		name        string
		permissions []string
		want        error
	}{
		{"editor", []string{"articles:write", "articles:read", "articles:read"}, nil},
		{"editor", nil, rbac.ErrTaken},
		{"owner", nil, rbac.ErrTaken},
		{"no name", nil, fault.ErrInvalidInput},
		{"a", []string{"has space"}, fault.ErrInvalidInput},
		{"a", []string{"a,b"}, fault.ErrInvalidInput},
		{"a", []string{"admin:everything"}, fault.ErrInvalidInput},
		{"a", []string{rbac.ManageOwners}, fault.ErrInvalidInput},
		{"a", slices.Repeat([]string{"x"}, 65), nil}, // one, 65 times
		{"helpdesk", []string{rbac.ReadUsers}, nil},
	} {
		if err := create(c.name, c.permissions...); !errors.Is(err, c.want) {
			t.Errorf("%s %v: %v, want %v", c.name, c.permissions, err, c.want)
		}
	}
	definer := store.Role{Name: "definer", Permissions: []string{rbac.DefineRoles}, CreatedAt: w.Clock.Now(), UpdatedAt: w.Clock.Now()}
	if err := w.Store.Direct().Roles.Insert(t.Context(), definer); err != nil {
		t.Fatal(err)
	}
	for role, want := range map[string]error{"definer": rbac.ErrOutranked, "support": rbac.ErrPermission} {
		if _, err := w.roles.Create(t.Context(), "b", []string{rbac.DisableUsers}, w.as(t, w.somebody(t, role, role))); !errors.Is(err, want) {
			t.Errorf("a %s makes a role above them: %v, want %v", role, err, want)
		}
	}
	ada := w.somebody(t, "ada", "editor")
	if err := w.roles.Delete(t.Context(), "editor", machine); !errors.Is(err, rbac.ErrInUse) {
		t.Errorf("delete what ada has: %v", err)
	}
	if _, err := w.users.ChangeRoles(t.Context(), ada.ID, nil, []string{"editor"}, admin.Change{By: machine}); err != nil {
		t.Fatal(err)
	}
	for what, want := range map[string]error{"editor": nil, "owner": rbac.ErrNoRole, "nothing": rbac.ErrNoRole} {
		if err := w.roles.Delete(t.Context(), what, machine); !errors.Is(err, want) {
			t.Errorf("delete %s: %v, want %v", what, err, want)
		}
	}
	all, err := w.roles.List(t.Context())
	var names []string
	for _, r := range all {
		names = append(names, r.Name)
	}
	if diff := cmp.Diff([]string{"owner", "admin", "support", "auditor", "a", "definer", "helpdesk"}, names); err != nil || diff != "" {
		t.Errorf("roles (-want +got)\n%s%v", diff, err)
	}
	if made, gone := w.Count(t, audit.KindRoleCreated), w.Count(t, audit.KindRoleDeleted); made != 3 || gone != 1 {
		t.Errorf("%d events of roles made and %d of roles deleted, want 3 and 1", made, gone)
	}
}

// TestANameThatSomebodyHasGainsNoRight: whoever has the name would administer this
// server, though nobody gave them a right.
func TestANameThatSomebodyHasGainsNoRight(t *testing.T) {
	t.Parallel()
	w := worldIn(roomtest.New(t))
	owner, ada := w.somebody(t, "owner", "owner"), w.somebody(t, "ada", "helpdesk", "editor")
	w.Disable(t, ada) // enabled again they have the name
	for _, by := range []audit.Operator{machine, w.as(t, owner)} {
		if _, err := w.roles.Create(t.Context(), "helpdesk", []string{"tickets:write", rbac.ReadUsers}, by); !errors.Is(err, rbac.ErrInUse) {
			t.Errorf("%+v: %v, want role_in_use", by, err)
		}
	}
	if own, err := w.Store.Direct().Roles.Named(t.Context(), []string{"helpdesk"}); err != nil || len(own) > 0 || w.Count(t, audit.KindRoleCreated) > 0 {
		t.Errorf("a refusal left %v (%v)", own, err)
	}
	if _, err := w.roles.Create(t.Context(), "editor", []string{"articles:write"}, machine); err != nil {
		t.Errorf("what is for applications: %v", err)
	}
	if _, err := w.users.ChangeRoles(t.Context(), ada.ID, nil, []string{"helpdesk"}, admin.Change{By: machine}); err != nil {
		t.Fatal(err)
	}
	if _, err := w.roles.Create(t.Context(), "helpdesk", []string{rbac.ReadUsers}, machine); err != nil {
		t.Errorf("nobody has it any more: %v", err)
	}
}

// TestANameIsGivenBeforeOrAfterItIsDefined has an operator who may give no right give a
// name, to a user and to a new one, while another makes a right of it.
func TestANameIsGivenBeforeOrAfterItIsDefined(t *testing.T) {
	t.Parallel()
	fleettest.OnEachEngine(t, func(t *testing.T, engine string) {
		w := worldIn(roomtest.On(t, fleettest.Database(t, engine)))
		if _, err := w.roles.Create(t.Context(), "chief", []string{rbac.AssignRoles}, machine); err != nil {
			t.Fatal(err)
		}
		chief := w.somebody(t, "chief", "chief")
		for n := range 8 {
			name := fmt.Sprintf("role%d", n)
			u := w.somebody(t, "user"+name)
			errs := roomtest.At(
				func() error {
					_, err := w.roles.Create(t.Context(), name, []string{rbac.ReadUsers}, machine)
					return err
				},
				func() error {
					_, err := w.users.ChangeRoles(t.Context(), u.ID, []string{name}, nil, admin.Change{By: w.as(t, chief)})
					return err
				},
			)
			defined, given := errs[0] == nil, errs[1] == nil
			if defined == given || !defined && !errors.Is(errs[0], rbac.ErrInUse) || !given && !errors.Is(errs[1], rbac.ErrOutranked) {
				t.Errorf("defining: %v; giving: %v; want one refused", errs[0], errs[1])
			}
		}
	})
}

// TestARoleOfBeforeStaysTheOperators has a name that is built in mean what it did.
func TestARoleOfBeforeStaysTheOperators(t *testing.T) {
	t.Parallel()
	w := worldIn(roomtest.New(t))
	if err := w.Store.Direct().Roles.Insert(t.Context(), store.Role{Name: "owner", CreatedAt: w.Clock.Now(), UpdatedAt: w.Clock.Now()}); err != nil {
		t.Fatal(err)
	}
	u := w.somebody(t, "ada", "owner")
	if n := w.owners(t); n != 0 {
		t.Errorf("%d owners, want none", n)
	}
	err := w.Store.Tx(t.Context(), func(ctx context.Context, tx *store.Tx) error {
		may, err := w.roles.Actor(ctx, tx, u.ID)
		if len(may) > 0 {
			t.Errorf("it allows %v", may)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.roles.Delete(t.Context(), "owner", machine); !errors.Is(err, rbac.ErrInUse) {
		t.Errorf("while somebody has it: %v", err)
	}
	if _, err := w.users.ChangeRoles(t.Context(), u.ID, nil, []string{"owner"}, admin.Change{By: machine}); err != nil {
		t.Fatal(err)
	}
	if err := w.roles.Delete(t.Context(), "owner", machine); err != nil {
		t.Fatal(err)
	}
	if _, err := w.users.ChangeRoles(t.Context(), u.ID, []string{"owner"}, nil, admin.Change{By: machine}); err != nil || w.owners(t) != 1 {
		t.Errorf("given anew: %v, %d owners", err, w.owners(t))
	}
}

// TestNobodyChangesUsersPastTheCount reads the sources: what changes whether somebody
// is an owner goes through this package.
func TestNobodyChangesUsersPastTheCount(t *testing.T) {
	t.Parallel()
	direct := regexp.MustCompile(`(tx|[dD]irect(\(\))?)\.Users\.(SetStatus|SetRoles)\(`)
	makes := regexp.MustCompile(`(tx|[dD]irect(\(\))?)\.Users\.(Insert|InsertMany)\(`)
	err := fs.WalkDir(os.DirFS(".."), ".", func(path string, d fs.DirEntry, err error) error {
		top, _, _ := strings.Cut(filepath.ToSlash(path), "/")
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || top == "rbac" || top == "store" {
			return err
		}
		text, err := os.ReadFile(filepath.Join("..", path))
		if direct.Match(text) || makes.Match(text) && !strings.Contains(string(text), "rbac.Made(") {
			t.Errorf("%s changes users and not the number of owners", path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
