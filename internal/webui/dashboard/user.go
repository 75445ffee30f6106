package dashboard

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"

	"github.com/sallyport-auth/sallyport/internal/admin"
	"github.com/sallyport-auth/sallyport/internal/rbac"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/webui/frame"
)

// few is how many sessions and events the page of a user shows of each.
const few = 8

// userView is one user.
type userView struct {
	page

	ID, Called, Name, ExternalID string
	Status                       status
	Verified                     bool
	Since, Seen                  frame.Moment
	Never                        bool
	Roles                        []string
	TOTP                         bool
	Passkeys, Codes              string
	Sessions                     []sessionItem
	AllSessions                  string // address of their list
	Events                       []eventItem
	AllEvents                    string // address of their list, empty for who may not see them
	Above                        bool   // the operator is not above the user
	Do                           []doing
}

// Template is the page's.
func (*userView) Template() string { return "admin-user" }

// doing is something that the operator may do to the user.
type doing struct {
	Path, Text string
	Grave      bool
}

// sessionItem is where a user is signed in.
type sessionItem struct {
	ID, Kind, Name, Address, Place string
	Since, Seen                    frame.Moment
	End                            string // where it is ended, or empty
}

// getUser shows a user. It is one look, whatever is on the page.
func (d *desk) getUser(w http.ResponseWriter, r *http.Request, op *operator) {
	u, ok := d.userOf(w, r, op)
	if !ok {
		return
	}
	v, err := d.userView(r, op, &u)
	if err == nil {
		err = d.Gate.Looked(r.Context(), op.action, op.by, u.ID)
	}
	if err != nil {
		d.Fail(w, r, err)
		return
	}
	v.Note = d.Hear(w, r, userNotes()...)
	d.Show(w, r, http.StatusOK, v)
}

// userNotes is what the page of a user says was done just now.
func userNotes() []string {
	return []string{frame.NoteUserDisabled, frame.NoteUserEnabled, frame.NoteUserSignedOut, frame.NoteSessionEnded, frame.NoteRolesSet}
}

// userOf reads the user whom a path names, or refuses.
func (d *desk) userOf(w http.ResponseWriter, r *http.Request, op *operator) (u store.User, ok bool) {
	u, err := d.Users.ByID(r.Context(), r.PathValue("id"))
	if err != nil {
		d.settle(w, r, op, "", err)
		return u, false
	}
	return u, true
}

// changing gives the user whom a change is about, if the operator may change them. The
// page shows who that is, and that of roles which there are, so it needs what a look at
// these needs as well.
func (d *desk) changing(w http.ResponseWriter, r *http.Request, op *operator) (u store.User, ok bool) {
	looks := op.allowed.Opens(rbac.ActionOf(rbac.ActShowUser))
	if op.action.ID == rbac.ActSetRoles {
		looks = looks && op.allowed.Opens(rbac.ActionOf(rbac.ActListRoles))
	}
	if !looks {
		d.settle(w, r, op, "", rbac.ErrPermission)
		return u, false
	}
	if u, ok = d.userOf(w, r, op); !ok {
		return u, false
	}
	if err := d.Users.MayAct(r.Context(), op.by, u); err != nil {
		d.settle(w, r, op, u.ID, err)
		return u, false
	}
	return u, true
}

// settle records a refusal and tells it.
func (d *desk) settle(w http.ResponseWriter, r *http.Request, op *operator, userID string, err error) {
	d.refuse(w, r, op, d.Gate.Settle(r.Context(), op.action, op.by, userID, err))
}

func (d *desk) userView(r *http.Request, op *operator, u *store.User) (*userView, error) {
	v := &userView{
		page: d.page(r, op, called(u)), ID: u.ID, Called: called(u), Name: u.Name, ExternalID: u.ExternalID, Status: d.statusOf(r, u),
		Verified: !u.EmailVerifiedAt.IsZero(), Since: d.Moment(r, u.CreatedAt), Never: u.LastLoginAt.IsZero(), Roles: u.Roles,
		TOTP: u.TOTP, Passkeys: strconv.FormatInt(u.Passkeys, 10), Codes: strconv.FormatInt(u.RecoveryCodes, 10),
		AllSessions: pathTo(rbac.ActListSessions, u.ID),
	}
	if !v.Never {
		v.Seen = d.Moment(r, u.LastLoginAt)
	}
	above := d.Users.MayAct(r.Context(), op.by, *u)
	if above != nil && !errors.Is(above, rbac.ErrOutranked) {
		return nil, above
	}
	v.Above = above != nil
	list, err := d.Sessions.Devices(r.Context(), session.DeviceList{UserID: u.ID, Limit: few})
	if err != nil {
		return nil, err
	}
	ends := !v.Above && op.allowed.Opens(rbac.ActionOf(rbac.ActEndSession))
	v.Sessions = d.sessionItems(r, u, list, ends)
	if !v.Above {
		v.Do = d.doings(r, op, u, len(list.Items) > 0)
	}
	if !op.allowed.Opens(rbac.ActionOf(rbac.ActListEvents)) {
		return v, nil
	}
	events, err := d.Users.Events(r.Context(), admin.EventFilter{UserID: u.ID}, store.Page{Limit: few})
	v.Events, v.AllEvents = d.eventItems(r, op, events, u.ID), pathTo(rbac.ActListEvents, u.ID)
	return v, err
}

// doings are the changes that make sense for a user as they are, and that the operator's
// permissions open.
func (d *desk) doings(r *http.Request, op *operator, u *store.User, signedIn bool) []doing {
	var all []doing
	say := d.Say(r)
	roles := rbac.ActionOf(rbac.ActSetRoles)
	if op.allowed.Opens(roles) && u.Status != store.UserErased {
		all = append(all, doing{pathTo(roles.ID, u.ID), say.Text("admin.roles_of.link"), false})
	}
	for _, do := range deeds() {
		of := do.action == rbac.ActEndSession || do.action == rbac.ActSignOutUser && !signedIn
		if !of && do.fits(u) && op.allowed.Opens(rbac.ActionOf(do.action)) {
			all = append(all, doing{pathTo(do.action, u.ID), say.Text(do.key + ".button"), do.grave})
		}
	}
	return all
}

// sessionsView is where a user is signed in.
type sessionsView struct {
	page

	Of, Back string
	Sessions []sessionItem
	Next     string
}

// Template is the page's.
func (*sessionsView) Template() string { return "admin-sessions" }

// getSessions lists where a user is signed in, a page at a time.
func (d *desk) getSessions(w http.ResponseWriter, r *http.Request, op *operator) {
	u, ok := d.userOf(w, r, op)
	if !ok {
		return
	}
	list, err := d.Sessions.Devices(r.Context(), session.DeviceList{UserID: u.ID, After: r.URL.Query().Get("after"), Limit: onPage})
	if err != nil {
		d.settle(w, r, op, u.ID, err)
		return
	}
	above := d.Users.MayAct(r.Context(), op.by, u)
	if err := d.Gate.Looked(r.Context(), op.action, op.by, u.ID); err != nil {
		d.Fail(w, r, err)
		return
	}
	v := &sessionsView{page: d.page(r, op, d.Say(r).Text("admin.sessions")), Of: called(&u), Back: pathTo(rbac.ActShowUser, u.ID)}
	v.Sessions = d.sessionItems(r, &u, list, above == nil && op.allowed.Opens(rbac.ActionOf(rbac.ActEndSession)))
	if list.Next != "" {
		v.Next = r.URL.Path + "?" + url.Values{"after": {list.Next}}.Encode()
	}
	d.Show(w, r, http.StatusOK, v)
}

func (d *desk) sessionItems(r *http.Request, u *store.User, list session.DevicePage, ends bool) []sessionItem {
	var all []sessionItem
	for n := range list.Items {
		s := &list.Items[n]
		item := sessionItem{
			ID: s.ID, Kind: d.Say(r).Device(s.Browser, s.System), Name: s.Name, Address: s.Address, Place: s.Place,
			Since: d.Moment(r, s.CreatedAt), Seen: d.Moment(r, s.LastSeenAt),
		}
		if ends {
			item.End = pathTo(rbac.ActEndSession, u.ID, s.ID)
		}
		all = append(all, item)
	}
	return all
}
