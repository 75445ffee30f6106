package home

import (
	"net/http"
	"net/url"

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
	What, More string // More is that it was refused, or how often; or empty
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
			What: happened(say, e.Kind), More: result(say, e), At: h.Moment(r, e.At), Device: say.Device(e.Browser, e.System), IP: e.IP,
		})
	}
	if list.Next != "" {
		v.Next = frame.ActivityPath + "?" + url.Values{"after": {list.Next}}.Encode()
	}
	h.Show(w, r, http.StatusOK, v)
}

// happened names a kind of event. A later version of this program may have written
// one that this one does not know.
func happened(say words.Catalogue, kind string) string {
	key := "activity.kind." + kind
	if _, known := say[key]; !known {
		key = "activity.kind"
	}
	return say.Text(key)
}

func result(say words.Catalogue, e personal.Happening) string {
	switch {
	case e.Repeats > 0:
		return say.Count("activity.repeated", e.Repeats)
	case e.Refused:
		return say.Text("activity.refused")
	default:
		return ""
	}
}
