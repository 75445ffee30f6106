package dashboard

import (
	"errors"
	"net/http"
	"net/url"
	"strings"

	"github.com/sallyport-auth/sallyport/internal/admin"
	"github.com/sallyport-auth/sallyport/internal/rbac"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/webui/frame"
)

// onPage is how many rows one page of a list shows.
const onPage = 50

// usersView is a page of users, or what a search found.
type usersView struct {
	page

	Items  []userRow
	Search string // where the search is sent
	Typed  string // what was searched for in vain
	Back   string // address of the first page, or empty on it
	Next   string // address of the next page, or empty
}

// Template is the page's.
func (*usersView) Template() string { return "admin-users" }

// userRow is a user in a list.
type userRow struct {
	Path, Called, Name string // Called is the address, or the ID of a user who has none
	Status             status
	Roles              string
	Since, Seen        frame.Moment
	Never              bool // has never signed in
}

// status is whether a user can sign in, for people.
type status struct {
	Text string
	Off  bool
}

func (d *desk) statusOf(r *http.Request, u *store.User) status {
	return status{Text: d.Say(r).Text("admin.status." + string(u.Status)), Off: u.Status != store.UserActive}
}

// called is how operators know a user.
func called(u *store.User) string {
	if u.Email == "" {
		return u.ID
	}
	return u.Email
}

// pathTo is the path of an action's page on something.
func pathTo(action string, names ...string) string {
	path := rbac.ActionOf(action).Page()
	for _, name := range names {
		before, rest, _ := strings.Cut(path, "{")
		_, after, _ := strings.Cut(rest, "}")
		path = before + url.PathEscape(name) + after
	}
	return path
}

func (d *desk) usersView(r *http.Request, op *operator) *usersView {
	return &usersView{page: d.page(r, op, d.Say(r).Text("admin.users")), Search: pathTo(rbac.ActSearchUsers)}
}

// getUsers lists users, a page at a time.
func (d *desk) getUsers(w http.ResponseWriter, r *http.Request, op *operator) {
	after := r.URL.Query().Get("after")
	list, err := d.Users.List(r.Context(), store.Page{After: after, Limit: onPage + 1})
	if err == nil {
		err = d.Gate.Looked(r.Context(), op.action, op.by, "")
	}
	if err != nil {
		d.Fail(w, r, err)
		return
	}
	v := d.usersView(r, op)
	if after != "" {
		v.Back = pathTo(rbac.ActListUsers)
	}
	if len(list) > onPage {
		list = list[:onPage]
		v.Next = pathTo(rbac.ActListUsers) + "?" + url.Values{"after": {list[onPage-1].ID}}.Encode()
	}
	for n := range list {
		v.Items = append(v.Items, d.userRow(r, &list[n]))
	}
	d.Show(w, r, http.StatusOK, v)
}

func (d *desk) userRow(r *http.Request, u *store.User) userRow {
	row := userRow{
		Path: pathTo(rbac.ActShowUser, u.ID), Called: called(u), Name: u.Name, Status: d.statusOf(r, u), Roles: strings.Join(u.Roles, ", "),
		Since: d.Day(r, u.CreatedAt), Never: u.LastLoginAt.IsZero(),
	}
	if !row.Never {
		row.Seen = d.Day(r, u.LastLoginAt)
	}
	return row
}

// postSearch leads to the user who has an address or an ID. It comes by a form, so that
// no address stands in a URL.
func (d *desk) postSearch(w http.ResponseWriter, r *http.Request, op *operator) {
	if err := frame.ReadForm(r); err != nil {
		d.Fail(w, r, err)
		return
	}
	typed := strings.TrimSpace(r.PostForm.Get("user"))
	u, err := d.Users.Find(r.Context(), typed)
	found := err == nil
	if errors.Is(err, admin.ErrUnknown) {
		u.ID, err = "", nil
	}
	if err == nil {
		err = d.Gate.Looked(r.Context(), op.action, op.by, u.ID)
	}
	switch {
	case err != nil:
		d.Fail(w, r, err)
	case found:
		d.Redirect(w, pathTo(rbac.ActShowUser, u.ID))
	default:
		v := d.usersView(r, op)
		v.Typed, v.Back = frame.Shown(typed), pathTo(rbac.ActListUsers)
		d.Show(w, r, http.StatusOK, v)
	}
}

// toUsers leads to the list, where the search is.
func (d *desk) toUsers(w http.ResponseWriter, _ *http.Request) {
	d.Redirect(w, pathTo(rbac.ActListUsers))
}
