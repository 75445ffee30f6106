package dashboard

import (
	"net/http"
	"strings"

	"github.com/sallyport-auth/sallyport/internal/rbac"
	"github.com/sallyport-auth/sallyport/internal/webui/frame"
)

// page is what every page of the dashboard has.
type page struct {
	frame.Page

	Who    string // the address of who is signed in
	Places []place
}

// place is where the navigation leads.
type place struct {
	Path, Name string
	Lead       string // what one does there
	Current    bool
}

// page begins a page for an operator.
func (d *desk) page(r *http.Request, op *operator, heading string) page {
	return page{Page: frame.Titled(heading), Who: op.user.Email, Places: d.places(r, op)}
}

// section is a part of the dashboard: the action that its first page is for, and the
// key of its words.
type section struct {
	action rbac.Action
	key    string
}

// sections are the parts that there are, in the order of the navigation.
func sections() []section {
	return []section{{rbac.Entering(), "admin.overview"}, {rbac.ActionOf(rbac.ActListUsers), "admin.users"}, {rbac.ActionOf(rbac.ActListLog), "admin.events"}, {rbac.ActionOf(rbac.ActListRoles), "admin.roles"}}
}

// places are the parts that an operator may enter.
func (d *desk) places(r *http.Request, op *operator) []place {
	var all []place
	say := d.Say(r)
	for _, s := range sections() {
		if !op.allowed.Opens(s.action) {
			continue
		}
		path := s.action.Page()
		here := r.URL.Path == path || path != frame.AdminPath && strings.HasPrefix(r.URL.Path, path+"/")
		p := place{Path: path, Name: say.Text(s.key), Current: here}
		if path != frame.AdminPath {
			p.Lead = say.Text(s.key + ".section")
		}
		all = append(all, p)
	}
	return all
}
