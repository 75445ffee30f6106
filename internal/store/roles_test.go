package store

import (
	"os"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sallyport-auth/sallyport/internal/fleet/fleettest"
)

// TestAnUpgradeGivesNobodyARight has users whose roles are named as those that are
// built in since, and runs the step that finds them.
func TestAnUpgradeGivesNobodyARight(t *testing.T) {
	t.Parallel()
	step, err := os.ReadFile("schema/migrations/0092_roles_of_before.sql")
	if err != nil {
		t.Fatal(err)
	}
	fleettest.OnEachEngine(t, func(t *testing.T, name string) {
		db := openTest(t, Options{URL: fleettest.Database(t, name)})
		for id, roles := range map[string][]string{
			"ada": {"owner", "support"}, "bob": {"editor", "owner"}, "carol": {"co-owner", "owners", "auditor2"}, "dave": {"x-admin"},
		} {
			u := User{
				ID: id, Email: id + "@x", EmailCanonical: id + "@x", Metadata: "{}", Roles: roles, Status: UserActive,
				CreatedAt: time.Unix(1, 0), UpdatedAt: time.Unix(1, 0),
			}
			if err := db.Direct().Users.Insert(t.Context(), u); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := console(t, db).ExecContext(t.Context(), string(step)); err != nil {
			t.Fatal(err)
		}
		roles, err := db.Direct().Roles.List(t.Context(), Page{Limit: 9})
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, r := range roles {
			names = append(names, r.Name)
			if len(r.Permissions) > 0 {
				t.Errorf("%s gives %v", r.Name, r.Permissions)
			}
		}
		if diff := cmp.Diff([]string{"owner", "support"}, names); diff != "" {
			t.Errorf("the operator's own roles (-want +got)\n%s", diff)
		}
	})
}
