package home

import (
	"net/http"
	"net/url"
	"slices"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/personal"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/webui/frame"
	"github.com/sallyport-auth/sallyport/internal/words"
)

// activityView is what happened to an account.
type activityView struct {
	frame.Page

	Items []activityItem
	Next  string // address of the next page, or empty
}

func (*activityView) Template() string { return "activity" }

// activityItem is an event, in words.
type activityItem struct {
	What, More string // More is how often more, or empty
	At         frame.Moment
	Device, IP string
}

// activityOnPage is how many events one page shows.
const activityOnPage = 50

func (h *home) getActivity(w http.ResponseWriter, r *http.Request, visit session.Visit) {
	list, err := h.Records.Activity(r.Context(), visit.User.ID, r.URL.Query().Get("after"), activityOnPage)
	if err != nil {
		h.Fail(w, r, err)
		return
	}
	say := h.Say(r)
	v := &activityView{Page: frame.Titled(say.Text("activity.heading"))}
	for _, e := range list.Items {
		v.Items = append(v.Items, activityItem{
			What: happened(say, e), More: repeated(say, e), At: h.Moment(r, e.At), Device: say.Device(e.Browser, e.System), IP: e.IP,
		})
	}
	if list.Next != "" {
		v.Next = frame.ActivityPath + "?" + url.Values{"after": {list.Next}}.Encode()
	}
	h.Show(w, r, http.StatusOK, v)
}

// happened says in words what an event is. A later version of this program may have
// written one that this one does not know.
func happened(say words.Catalogue, e personal.Happening) string {
	key := "activity.kind." + e.Kind
	if _, known := say[key]; !known {
		key = "activity.kind"
	}
	if e.Refused && !slices.Contains(refusals(), e.Kind) {
		return say.Text("activity.refused", "what", say.Text(key))
	}
	return say.Text(key)
}

// refusals are the kinds whose words say that something was refused, or that say
// what was done about it.
func refusals() []string {
	return []string{audit.KindLoginFailed, audit.KindCodeRefused, audit.KindPasskeyRefused, audit.KindSessionReplayed}
}

// repeated says how often more, or nothing.
func repeated(say words.Catalogue, e personal.Happening) string {
	if e.Repeats == 0 {
		return ""
	}
	return say.Count("activity.repeated", e.Repeats)
}
