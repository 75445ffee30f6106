package dashboard

import (
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/sallyport-auth/sallyport/internal/admin"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/rbac"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/webui/frame"
)

// userRolesView lets an operator choose the roles of a user.
type userRolesView struct {
	page

	Of            string
	Says          string // what will happen
	Choices       []roleChoice
	Others        string // names that nobody defined, between spaces
	Problem       string // with those
	Send, Version string
	Back          string
}

// Template is the page's.
func (*userRolesView) Template() string { return "admin-user-roles" }

// roleChoice is a role that there is.
type roleChoice struct {
	Name, Allows string
	Has          bool
	Closed       bool // the operator can't give it
}

// getUserRoles shows the roles of a user and those that there are.
func (d *desk) getUserRoles(w http.ResponseWriter, r *http.Request, op *operator) {
	u, ok := d.changing(w, r, op)
	if !ok {
		return
	}
	if u.Status == store.UserErased {
		d.settle(w, r, op, u.ID, admin.ErrStatus)
		return
	}
	v, err := d.userRolesView(r, op, &u, u.Roles)
	if err == nil {
		err = d.Gate.Looked(r.Context(), op.action, op.by, u.ID)
	}
	if err != nil {
		d.Fail(w, r, err)
		return
	}
	d.Show(w, r, http.StatusOK, v)
}

// postUserRoles gives a user exactly the roles that were chosen.
func (d *desk) postUserRoles(w http.ResponseWriter, r *http.Request, op *operator) {
	if err := frame.ReadForm(r); err != nil {
		d.Fail(w, r, err)
		return
	}
	u, ok := d.changing(w, r, op)
	if !ok {
		return
	}
	chosen := slices.Concat(r.PostForm["role"], strings.Fields(r.PostForm.Get("others")))
	_, err := d.Users.SetRoles(r.Context(), u.ID, chosen, admin.Change{By: op.by, Seen: versionIn(r)})
	switch {
	case err == nil:
		d.done(w, &u, frame.NoteRolesSet)
	case errors.Is(err, admin.ErrChanged):
		d.stale(w, r, op, u.ID, err, func(u *store.User) (frame.View, error) { return d.userRolesView(r, op, u, u.Roles) })
	case fault.KindOf(err) == fault.Invalid:
		d.refuseRoles(w, r, op, &u, chosen, err)
	default:
		d.settle(w, r, op, u.ID, err)
	}
}

// refuseRoles shows the form again, beside names that are none.
func (d *desk) refuseRoles(w http.ResponseWriter, r *http.Request, op *operator, u *store.User, chosen []string, err error) {
	if settled := d.Gate.Settle(r.Context(), op.action, op.by, u.ID, err); fault.KindOf(settled) != fault.Invalid {
		d.Fail(w, r, settled)
		return
	}
	v, problem := d.userRolesView(r, op, u, chosen)
	if problem != nil {
		d.Fail(w, r, problem)
		return
	}
	v.Problem = d.ProblemOf(r, err)
	d.Show(w, r, http.StatusUnprocessableEntity, v)
}

func (d *desk) userRolesView(r *http.Request, op *operator, u *store.User, chosen []string) (*userRolesView, error) {
	say := d.Say(r)
	n, err := d.sessions(r.Context(), u)
	if err != nil {
		return nil, err
	}
	list, err := d.Roles.List(r.Context())
	if err != nil {
		return nil, err
	}
	v := &userRolesView{
		page: d.page(r, op, say.Text("admin.roles_of.heading")), Of: called(u),
		Send: r.URL.Path, Version: strconv.FormatInt(u.Version, 10), Back: pathTo(rbac.ActShowUser, u.ID),
	}
	if n > 0 {
		v.Says = say.Count("admin.says.sessions", n)
	}
	var others []string
	for _, name := range chosen {
		if !slices.ContainsFunc(list, func(role rbac.Role) bool { return role.Name == name }) {
			others = append(others, name)
		}
	}
	for _, role := range list {
		has := slices.Contains(chosen, role.Name)
		v.Choices = append(v.Choices, roleChoice{
			Name: role.Name, Allows: strings.Join(role.Permissions, ", "), Has: has, Closed: !has && !op.allowed.Covers(role.Permissions),
		})
	}
	v.Others = frame.Shown(strings.Join(others, " "))
	return v, nil
}
