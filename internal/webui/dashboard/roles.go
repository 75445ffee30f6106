package dashboard

import (
	"net/http"
	"slices"
	"strings"

	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/middleware"
	"github.com/sallyport-auth/sallyport/internal/rbac"
	"github.com/sallyport-auth/sallyport/internal/webui/frame"
)

// rolesView is every role.
type rolesView struct {
	page

	Items []roleItem
	New   string // where a role is created, or empty
}

// Template is the page's.
func (*rolesView) Template() string { return "admin-roles" }

// roleItem is a role in the list.
type roleItem struct {
	Name        string
	BuiltIn     bool
	Permissions []string
	Delete      string // where it is deleted, or empty
}

// getRoles lists every role: there are few.
func (d *desk) getRoles(w http.ResponseWriter, r *http.Request, op *operator) {
	list, err := d.Roles.List(r.Context())
	if err == nil {
		err = d.Gate.Looked(r.Context(), op.action, op.by, "")
	}
	if err != nil {
		d.Fail(w, r, err)
		return
	}
	v := &rolesView{page: d.page(r, op, d.Say(r).Text("admin.roles"))}
	if op.allowed.Opens(rbac.ActionOf(rbac.ActCreateRole)) {
		v.New = pathTo(rbac.ActCreateRole)
	}
	for _, role := range list {
		item := roleItem{Name: role.Name, BuiltIn: role.BuiltIn, Permissions: role.Permissions}
		if !role.BuiltIn && op.allowed.Opens(rbac.ActionOf(rbac.ActDeleteRole)) && op.allowed.Covers(role.Permissions) {
			item.Delete = pathTo(rbac.ActDeleteRole, role.Name)
		}
		v.Items = append(v.Items, item)
	}
	v.Note = d.Hear(w, r, frame.NoteRoleCreated, frame.NoteRoleDeleted)
	d.Show(w, r, http.StatusOK, v)
}

// roleView is the form of a new role.
type roleView struct {
	page

	Send, Back  string
	Name        string
	Choices     []roleChoice // permissions on this server
	Permissions string       // of applications, between spaces
	Problem     string
}

// Template is the page's.
func (*roleView) Template() string { return "admin-role" }

// seesRoles refuses an operator who may change roles and not look at them: the page of
// a change shows them.
func (d *desk) seesRoles(w http.ResponseWriter, r *http.Request, op *operator) bool {
	if op.allowed.Opens(rbac.ActionOf(rbac.ActListRoles)) {
		return true
	}
	d.settle(w, r, op, "", rbac.ErrPermission)
	return false
}

// lookedAtRoles records that the page of a change was looked at.
func (d *desk) lookedAtRoles(r *http.Request, op *operator) error {
	return d.Gate.Looked(r.Context(), rbac.ActionOf(rbac.ActListRoles), op.by, "")
}

// getNewRole shows the form.
func (d *desk) getNewRole(w http.ResponseWriter, r *http.Request, op *operator) {
	if !d.seesRoles(w, r, op) {
		return
	}
	if err := d.lookedAtRoles(r, op); err != nil {
		d.Fail(w, r, err)
		return
	}
	d.Show(w, r, http.StatusOK, d.roleView(r, op, "", nil))
}

// postNewRole creates a role.
func (d *desk) postNewRole(w http.ResponseWriter, r *http.Request, op *operator) {
	if err := frame.ReadForm(r); err != nil {
		d.Fail(w, r, err)
		return
	}
	if !d.seesRoles(w, r, op) {
		return
	}
	name := strings.TrimSpace(r.PostForm.Get("name"))
	chosen := slices.Concat(r.PostForm["permission"], strings.Fields(r.PostForm.Get("permissions")))
	_, err := d.Roles.Create(r.Context(), name, chosen, op.by)
	if err == nil {
		d.Leave(w, frame.Note{Says: frame.NoteRoleCreated})
		d.Redirect(w, pathTo(rbac.ActListRoles))
		return
	}
	kind := fault.KindOf(err)
	if kind != fault.Invalid && kind != fault.Conflict {
		d.settle(w, r, op, "", err)
		return
	}
	err = d.Gate.Settle(r.Context(), op.action, op.by, "", err)
	if fault.KindOf(err) != kind {
		d.Fail(w, r, err)
		return
	}
	v := d.roleView(r, op, name, chosen)
	v.Problem = d.ProblemOf(r, err)
	d.Show(w, r, middleware.StatusOf(kind), v)
}

// roleView is the form with what was typed.
func (d *desk) roleView(r *http.Request, op *operator, name string, chosen []string) *roleView {
	v := &roleView{
		page: d.page(r, op, d.Say(r).Text("admin.roles.new")), Send: pathTo(rbac.ActCreateRole), Back: pathTo(rbac.ActListRoles), Name: frame.Shown(name),
	}
	var others []string
	for _, p := range chosen {
		if !slices.Contains(rbac.Permissions(), p) {
			others = append(others, p)
		}
	}
	for _, p := range rbac.Permissions() {
		if p != rbac.ManageOwners { // no other role has it
			v.Choices = append(v.Choices, roleChoice{Name: p, Has: slices.Contains(chosen, p), Closed: !op.allowed.Covers([]string{p})})
		}
	}
	v.Permissions = frame.Shown(strings.Join(others, " "))
	return v
}

// ownRole finds the role that a path names. Built-in roles are not to be deleted.
//
// Errors: role_not_found.
func (d *desk) ownRole(r *http.Request) (rbac.Role, error) {
	list, err := d.Roles.List(r.Context())
	if err != nil {
		return rbac.Role{}, err
	}
	for _, role := range list {
		if role.Name == r.PathValue("name") && !role.BuiltIn {
			return role, nil
		}
	}
	return rbac.Role{}, rbac.ErrNoRole
}

// deleteRoleView asks whether a role is to be deleted.
func (d *desk) deleteRoleView(r *http.Request, op *operator, role rbac.Role) *confirmView {
	say := d.Say(r)
	return &confirmView{
		page: d.page(r, op, say.Text("admin.roles.delete.heading")), Of: role.Name, Says: []string{say.Text("admin.roles.delete.says")}, Send: r.URL.Path,
		Label: say.Text("admin.roles.delete.label"), Button: say.Text("admin.roles.delete.button"), Grave: true, Back: pathTo(rbac.ActListRoles),
	}
}

// getDeleteRole shows what will happen.
func (d *desk) getDeleteRole(w http.ResponseWriter, r *http.Request, op *operator) {
	if !d.seesRoles(w, r, op) {
		return
	}
	role, err := d.ownRole(r)
	if err != nil {
		d.settle(w, r, op, "", err)
		return
	}
	if err := d.lookedAtRoles(r, op); err != nil {
		d.Fail(w, r, err)
		return
	}
	d.Show(w, r, http.StatusOK, d.deleteRoleView(r, op, role))
}

// postDeleteRole deletes a role whose name was typed.
func (d *desk) postDeleteRole(w http.ResponseWriter, r *http.Request, op *operator) {
	if err := frame.ReadForm(r); err != nil {
		d.Fail(w, r, err)
		return
	}
	if !d.seesRoles(w, r, op) {
		return
	}
	role, err := d.ownRole(r)
	if err == nil && strings.TrimSpace(r.PostForm.Get("confirm")) != role.Name {
		if err := d.lookedAtRoles(r, op); err != nil {
			d.Fail(w, r, err)
			return
		}
		v := d.deleteRoleView(r, op, role)
		v.Problem = d.Say(r).Text("admin.roles.delete.wrong")
		d.Show(w, r, http.StatusUnprocessableEntity, v)
		return
	}
	if err == nil {
		err = d.Roles.Delete(r.Context(), role.Name, op.by)
	}
	if err != nil {
		d.settle(w, r, op, "", err)
		return
	}
	d.Leave(w, frame.Note{Says: frame.NoteRoleDeleted})
	d.Redirect(w, pathTo(rbac.ActListRoles))
}
