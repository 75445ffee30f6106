package dashboard

import (
	"context"
	"errors"
	"net/http"
	"strconv"

	"github.com/sallyport-auth/sallyport/internal/address"
	"github.com/sallyport-auth/sallyport/internal/admin"
	"github.com/sallyport-auth/sallyport/internal/rbac"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/webui/frame"
)

// deed is a change to a user that a page of its own asks about first.
type deed struct {
	action string
	key    string // of its words
	note   string // what is said when it is done
	grave  bool   // it takes something away from the user
	typed  bool   // the address has to be typed
	seen   bool   // it is done to the version that was shown, and no other
	fits   func(u *store.User) bool
	does   func(d *desk, ctx context.Context, u *store.User, sessionID string, c admin.Change) error
}

// deeds are those that there are, in the order of their buttons.
func deeds() []deed {
	lives := func(u *store.User) bool { return u.Status != store.UserErased }
	return []deed{
		{rbac.ActSignOutUser, "admin.sign_out", frame.NoteUserSignedOut, true, false, false, lives, func(d *desk, ctx context.Context, u *store.User, _ string, c admin.Change) error {
			return d.Users.SignOut(ctx, u.ID, c)
		}},
		{rbac.ActEndSession, "admin.end_session", frame.NoteSessionEnded, true, false, false, lives, func(d *desk, ctx context.Context, u *store.User, sessionID string, c admin.Change) error {
			return d.Users.EndSession(ctx, u.ID, sessionID, c)
		}},
		{
			rbac.ActDisableUser, "admin.disable", frame.NoteUserDisabled, true, true, true,
			func(u *store.User) bool { return u.Status == store.UserActive || u.Status == store.UserPendingDeletion },
			func(d *desk, ctx context.Context, u *store.User, _ string, c admin.Change) error {
				return d.Users.Disable(ctx, u.ID, c)
			},
		},
		{
			rbac.ActEnableUser, "admin.enable", frame.NoteUserEnabled, false, false, true,
			func(u *store.User) bool { return u.Status == store.UserDisabled && u.Email != "" },
			func(d *desk, ctx context.Context, u *store.User, _ string, c admin.Change) error {
				return d.Users.Enable(ctx, u.ID, c)
			},
		},
	}
}

// confirmView asks whether something is to be done, and says what will happen.
type confirmView struct {
	page

	Of      string   // whom or what it is done to
	Says    []string // what will happen
	Send    string   // where the form is sent
	Version string   // of the user who was shown, or empty
	Label   string   // of the field in which what it is done to is typed; empty for none
	Problem string   // with what was typed
	Button  string
	Grave   bool
	Back    string
}

// Template is the page's.
func (*confirmView) Template() string { return "admin-confirm" }

// ask shows the page of a deed: one look at the user.
func (d *desk) ask(do deed) func(http.ResponseWriter, *http.Request, *operator) {
	return func(w http.ResponseWriter, r *http.Request, op *operator) {
		u, ok := d.changing(w, r, op)
		if !ok {
			return
		}
		if !do.fits(&u) {
			d.settle(w, r, op, u.ID, admin.ErrStatus)
			return
		}
		v, err := d.confirmView(r, op, do, &u)
		if err == nil {
			err = d.Gate.Looked(r.Context(), op.action, op.by, u.ID)
		}
		if err != nil {
			d.settle(w, r, op, u.ID, err)
			return
		}
		d.Show(w, r, http.StatusOK, v)
	}
}

// act does it.
func (d *desk) act(do deed) func(http.ResponseWriter, *http.Request, *operator) {
	return func(w http.ResponseWriter, r *http.Request, op *operator) {
		if err := frame.ReadForm(r); err != nil {
			d.Fail(w, r, err)
			return
		}
		u, ok := d.changing(w, r, op)
		if !ok {
			return
		}
		if do.typed && !typedRight(r.PostForm.Get("confirm"), &u) {
			d.askAgain(w, r, op, do, &u)
			return
		}
		c := admin.Change{By: op.by}
		if do.seen {
			c.Seen = versionIn(r)
		}
		err := do.does(d, r.Context(), &u, r.PathValue("session"), c)
		if err == nil {
			d.done(w, &u, do.note)
			return
		}
		if !errors.Is(err, admin.ErrChanged) {
			d.settle(w, r, op, u.ID, err)
			return
		}
		d.stale(w, r, op, u.ID, err, func(u *store.User) (frame.View, error) { return d.confirmView(r, op, do, u) })
	}
}

// askAgain shows the page once more to an operator who typed another address.
func (d *desk) askAgain(w http.ResponseWriter, r *http.Request, op *operator, do deed, u *store.User) {
	v, err := d.confirmView(r, op, do, u)
	if err == nil {
		err = d.Gate.Looked(r.Context(), op.action, op.by, u.ID)
	}
	if err != nil {
		d.settle(w, r, op, u.ID, err)
		return
	}
	v.Problem = d.Say(r).Text("admin.confirm.wrong")
	d.Show(w, r, http.StatusUnprocessableEntity, v)
}

// stale shows a page again, of the user as they are now: somebody else was faster.
func (d *desk) stale(
	w http.ResponseWriter, r *http.Request, op *operator, userID string, changed error, again func(*store.User) (frame.View, error),
) {
	err := d.Gate.Settle(r.Context(), op.action, op.by, userID, changed)
	if !errors.Is(err, admin.ErrChanged) {
		d.Fail(w, r, err)
		return
	}
	u, err := d.Users.ByID(r.Context(), userID)
	if err != nil {
		d.refuse(w, r, op, err)
		return
	}
	v, err := again(&u)
	if err != nil {
		d.refuse(w, r, op, err)
		return
	}
	v.Common().Alert = d.Say(r).Text("admin.changed")
	d.Show(w, r, http.StatusPreconditionFailed, v)
}

// done leads to the user.
func (d *desk) done(w http.ResponseWriter, u *store.User, note string) {
	d.Leave(w, frame.Note{Says: note})
	d.Redirect(w, pathTo(rbac.ActShowUser, u.ID))
}

// versionIn is the version of the user that a form was made for. One that is none is
// older than any.
func versionIn(r *http.Request) *int64 {
	version, err := strconv.ParseInt(r.PostForm.Get("version"), 10, 64)
	if err != nil {
		version = -1
	}
	return &version
}

// typedRight reports whether somebody typed the address of a user, or the ID of one who
// has none.
func typedRight(typed string, u *store.User) bool {
	if u.Email == "" {
		return typed == u.ID
	}
	canonical, ok := address.Canonical(typed)
	return ok && canonical == u.EmailCanonical
}

func (d *desk) confirmView(r *http.Request, op *operator, do deed, u *store.User) (*confirmView, error) {
	say := d.Say(r)
	v := &confirmView{
		page: d.page(r, op, say.Text(do.key+".heading")), Of: called(u), Send: r.URL.Path, Button: say.Text(do.key + ".button"),
		Grave: do.grave, Back: pathTo(rbac.ActShowUser, u.ID),
	}
	if do.seen {
		v.Version = strconv.FormatInt(u.Version, 10)
	}
	if do.typed {
		v.Label = say.Text("admin.confirm.label")
	}
	if do.action == rbac.ActEndSession {
		return v, d.tellSession(r, v, u)
	}
	n, err := d.sessions(r.Context(), u)
	if err != nil {
		return nil, err
	}
	if do.grave && n > 0 {
		v.Says = append(v.Says, say.Count("admin.says.sessions", n))
	}
	v.Says = append(v.Says, say.Text(do.key+".says"))
	if do.action == rbac.ActDisableUser && u.Status == store.UserPendingDeletion {
		v.Says = append(v.Says, say.Text("admin.disable.says.deletion"))
	}
	return v, nil
}

// sessions counts where a user is signed in.
func (d *desk) sessions(ctx context.Context, u *store.User) (n int, err error) {
	err = d.Users.EachDevice(ctx, u.ID, func(session.Device) bool {
		n++
		return true
	})
	return n, err
}

// tellSession says which session is to end.
//
// Errors: session_not_found.
func (d *desk) tellSession(r *http.Request, v *confirmView, u *store.User) error {
	var found *session.Device
	err := d.Users.EachDevice(r.Context(), u.ID, func(s session.Device) bool {
		if s.ID == r.PathValue("session") {
			found = &s
		}
		return found == nil
	})
	if err != nil {
		return err
	}
	if found == nil {
		return session.ErrNoSession
	}
	say := d.Say(r)
	kind := say.Device(found.Browser, found.System)
	if kind == "" {
		kind = say.Text("disown.unknown")
	}
	v.Says = append(v.Says, say.Text("admin.end_session.says", "device", kind, "since", say.Moment(found.CreatedAt)))
	return nil
}
