package rbac_test

import (
	"strings"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/rbac"
)

// TestEveryActionHasAPageOfItsOwn: no two forms and no two looks are sent to one path.
func TestEveryActionHasAPageOfItsOwn(t *testing.T) {
	t.Parallel()
	seen := map[string]string{}
	for _, a := range append(rbac.Actions(), rbac.Entering()) {
		page := a.Page()
		if other := seen[page]; other != "" {
			t.Errorf("%s and %s have the page %s", a.ID, other, page)
		}
		seen[page] = a.ID
		if page != rbac.PagesPath && !strings.HasPrefix(page, rbac.PagesPath+"/") || strings.Contains(page, "/api") {
			t.Errorf("%s has the page %s", a.ID, page)
		}
	}
	for id, want := range map[string]string{
		rbac.ActShowUser: "/admin/users/{id}", rbac.ActSignOutUser: "/admin/users/{id}/sessions/end",
		rbac.ActCreateRole: "/admin/roles/new", rbac.ActDeleteRole: "/admin/roles/{name}/end",
	} {
		if got := rbac.ActionOf(id).Page(); got != want {
			t.Errorf("%s has the page %s, want %s", id, got, want)
		}
	}
}
