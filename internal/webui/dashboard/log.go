package dashboard

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/sallyport-auth/sallyport/internal/admin"
	"github.com/sallyport-auth/sallyport/internal/rbac"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/webui/frame"
)

// logView is a page of everything that happened.
type logView struct {
	page

	Send        string // where the filter is sent
	Typed       logTyped
	Narrowed    bool // some events may be left out
	Events      []eventItem
	First, Next string // addresses of other pages, or empty
	All         string // address of the log as a whole
}

// Template is the page's.
func (*logView) Template() string { return "admin-log" }

// logTyped is the form of the filter, with what is wrong beside it.
type logTyped struct {
	User, UserProblem string
	Kind              string
	From, Until       string
	DayProblem        string
}

// The fields of the filter, and of the query that it leads to.
const (
	fieldUser  = "user"
	fieldKind  = "kind"
	fieldFrom  = "from"
	fieldUntil = "until"
)

// longestKind is how much of a kind is looked for; none is as long.
const longestKind = 64

// day is how a day is written in a query, as browsers send it.
const day = time.DateOnly

// getLog lists events, the newest first, a page at a time. The query names a user by
// the ID alone: what a person types comes by the form.
func (d *desk) getLog(w http.ResponseWriter, r *http.Request, op *operator) {
	query := r.URL.Query()
	v, status := d.logView(r, op, query), http.StatusOK
	filter, err := d.filterOf(r, op, v, query)
	if err == nil && (v.Typed.UserProblem != "" || v.Typed.DayProblem != "") {
		status = http.StatusUnprocessableEntity
	}
	var list []store.AuditEvent
	if err == nil && status == http.StatusOK {
		list, err = d.Users.Events(r.Context(), filter, store.Page{After: query.Get("after"), Limit: onPage + 1})
	}
	if err == nil {
		err = d.Gate.Looked(r.Context(), op.action, op.by, filter.UserID)
	}
	if err != nil {
		d.Fail(w, r, err)
		return
	}
	again := url.Values{}
	for _, name := range []string{fieldUser, fieldKind, fieldFrom, fieldUntil} {
		if query.Has(name) {
			again.Set(name, query.Get(name))
		}
	}
	v.Events, v.First, v.Next = d.eventPage(r, op, list, filter.UserID, again)
	for n := range v.Events {
		v.Events[n].Alike = withQuery(v.Send, url.Values{fieldKind: {v.Events[n].Kind}})
	}
	d.Show(w, r, status, v)
}

// logView begins the page with what was asked for.
func (d *desk) logView(r *http.Request, op *operator, query url.Values) *logView {
	path := pathTo(rbac.ActListLog)
	v := &logView{page: d.page(r, op, d.Say(r).Text("admin.events")), Send: path, All: path}
	v.Typed.User, v.Typed.Kind = frame.Shown(query.Get(fieldUser)), frame.Shown(query.Get(fieldKind))
	v.Typed.From, v.Typed.Until = frame.Shown(query.Get(fieldFrom)), frame.Shown(query.Get(fieldUntil))
	v.Narrowed = v.Typed.User+v.Typed.Kind+v.Typed.From+v.Typed.Until != ""
	return v
}

// filterOf reads the filter of a query, and says on the page what is wrong with it. Days
// are those of UTC, and the last of them counts.
func (d *desk) filterOf(r *http.Request, op *operator, v *logView, query url.Values) (f admin.EventFilter, err error) {
	f.Kind = v.Typed.Kind
	if len(f.Kind) > longestKind {
		f.Kind = f.Kind[:longestKind]
	}
	var wrong bool
	if f.From, wrong = dayOf(query.Get(fieldFrom)); !wrong {
		f.Until, wrong = dayOf(query.Get(fieldUntil))
	}
	if wrong {
		v.Typed.DayProblem = d.Say(r).Text("admin.log.day_wrong")
	}
	if !f.Until.IsZero() {
		f.Until = f.Until.AddDate(0, 0, 1)
	}
	if v.Typed.User == "" {
		return f, nil
	}
	u, err := d.Users.ByID(r.Context(), v.Typed.User)
	if errors.Is(err, admin.ErrUnknown) {
		v.Typed.UserProblem, err = d.Say(r).Text("admin.users.none"), nil
	}
	if err == nil && u.ID != "" && op.allowed.Opens(rbac.ActionOf(rbac.ActShowUser)) {
		v.Typed.User = called(&u)
	}
	f.UserID = u.ID
	return f, err
}

// dayOf reads a day; no day is the zero time.
func dayOf(text string) (at time.Time, wrong bool) {
	if text == "" {
		return at, false
	}
	at, err := time.Parse(day, text)
	return at, err != nil
}

// postLog leads to the events that a form asks for, and finds the user whom it names by
// the address or the ID: no address stands in a URL. To find somebody is a look at
// them, and takes the permission to search.
func (d *desk) postLog(w http.ResponseWriter, r *http.Request, op *operator) {
	if err := frame.ReadForm(r); err != nil {
		d.Fail(w, r, err)
		return
	}
	query := url.Values{}
	for _, name := range []string{fieldKind, fieldFrom, fieldUntil} {
		if typed := frame.Shown(strings.TrimSpace(r.PostForm.Get(name))); typed != "" {
			query.Set(name, typed)
		}
	}
	typed := strings.TrimSpace(r.PostForm.Get(fieldUser))
	if typed == "" {
		d.Redirect(w, withQuery(pathTo(rbac.ActListLog), query))
		return
	}
	if !op.allowed.Opens(rbac.ActionOf(rbac.ActSearchUsers)) {
		d.settle(w, r, op, "", rbac.ErrPermission)
		return
	}
	u, err := d.Users.Find(r.Context(), typed)
	found := err == nil
	if errors.Is(err, admin.ErrUnknown) {
		u.ID, err = "", nil
	}
	if err == nil {
		err = d.Gate.Looked(r.Context(), rbac.ActionOf(rbac.ActSearchUsers), op.by, u.ID)
	}
	switch {
	case err != nil:
		d.Fail(w, r, err)
	case found:
		query.Set(fieldUser, u.ID)
		d.Redirect(w, withQuery(pathTo(rbac.ActListLog), query))
	default:
		v := d.logView(r, op, query)
		v.Typed.User, v.Typed.UserProblem, v.Narrowed = frame.Shown(typed), d.Say(r).Text("admin.users.none"), true
		d.Show(w, r, http.StatusUnprocessableEntity, v)
	}
}
