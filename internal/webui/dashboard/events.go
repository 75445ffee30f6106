package dashboard

import (
	"net/http"
	"net/url"

	"github.com/sallyport-auth/sallyport/internal/admin"
	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/rbac"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/webui/frame"
	"github.com/sallyport-auth/sallyport/internal/words"
)

// eventItem is an event of the audit log, without what identifies a person.
type eventItem struct {
	Kind, Reason string // Reason is in words
	Alike        string // address of events of the kind, or empty
	Refused      bool
	At           frame.Moment
	Ago          string
	Actor, User  person
}

// person is somebody in an event, by ID. Own is whoever did it to themselves.
type person struct {
	ID, Path string
	Own      bool
}

// eventItems are events for people. Who they are all about is not named in each.
func (d *desk) eventItems(r *http.Request, op *operator, list []store.AuditEvent, about string) []eventItem {
	var all []eventItem
	sees := op.allowed.Opens(rbac.ActionOf(rbac.ActShowUser))
	for n := range list {
		e := &list[n]
		item := eventItem{
			Kind: e.Kind, Reason: because(d.Say(r), e.Reason), Refused: e.Outcome == audit.Failure, At: d.Moment(r, e.CreatedAt), Ago: d.Say(r).Ago(d.clock.Now().Sub(e.CreatedAt)),
		}
		if e.ActorID != "" && e.ActorID == e.UserID {
			item.Actor.Own = true
		} else {
			item.Actor.ID = e.ActorID
		}
		if e.UserID != about {
			item.User.ID = e.UserID
		}
		for _, p := range []*person{&item.Actor, &item.User} {
			if sees && p.ID != "" && len(p.ID) == len("8f14e45f-ceea-467f-a0e6-1c1f1c1d9c3a") {
				p.Path = pathTo(rbac.ActShowUser, p.ID)
			}
		}
		all = append(all, item)
	}
	return all
}

// because says in words why something failed, or why it happened. A later version of
// this program, or a proxy that refused a sign-in, may have given a reason that this one
// has no words for; it stands for itself.
func because(say words.Catalogue, reason string) string {
	key := "admin.reason." + reason
	if _, known := say[key]; !known {
		return reason
	}
	return say.Text(key)
}

// eventsView is a page of events.
type eventsView struct {
	page

	Of, Back    string // the user whom they are about, and the user's page
	Events      []eventItem
	First, Next string // addresses of other pages, or empty
}

// Template is the page's.
func (*eventsView) Template() string { return "admin-events" }

// getUserEvents lists the events of a user, newest first.
func (d *desk) getUserEvents(w http.ResponseWriter, r *http.Request, op *operator) {
	u, ok := d.userOf(w, r, op)
	if !ok {
		return
	}
	after := r.URL.Query().Get("after")
	list, err := d.Users.Events(r.Context(), admin.EventFilter{UserID: u.ID}, store.Page{After: after, Limit: onPage + 1})
	if err == nil {
		err = d.Gate.Looked(r.Context(), op.action, op.by, u.ID)
	}
	if err != nil {
		d.Fail(w, r, err)
		return
	}
	v := &eventsView{page: d.page(r, op, d.Say(r).Text("admin.events")), Of: called(&u), Back: pathTo(rbac.ActShowUser, u.ID)}
	v.Events, v.First, v.Next = d.eventPage(r, op, list, u.ID, url.Values{})
	d.Show(w, r, http.StatusOK, v)
}

// eventPage gives a page of events, of which one more was read than there is room for,
// and the addresses of the first page and the next, or empty ones. The query is what
// they have beside the cursor.
func (d *desk) eventPage(r *http.Request, op *operator, list []store.AuditEvent, about string, query url.Values) (items []eventItem, first, next string) {
	if r.URL.Query().Get("after") != "" {
		first = withQuery(r.URL.Path, query)
	}
	if len(list) > onPage {
		list = list[:onPage]
		query.Set("after", list[onPage-1].ID)
		next = withQuery(r.URL.Path, query)
	}
	return d.eventItems(r, op, list, about), first, next
}

func withQuery(path string, query url.Values) string {
	if len(query) == 0 {
		return path
	}
	return path + "?" + query.Encode()
}
