package home

import (
	"net/http"
	"net/url"

	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/middleware"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/webui/frame"
)

// devicesView is where one is signed in, or was.
type devicesView struct {
	frame.Page

	Devices []deviceItem
	Others  bool   // there is more than this one
	More    string // address of the next page, or empty
	Past    string // address of those that were signed out, or empty on that page itself
}

func (*devicesView) Template() string { return "devices" }

// deviceItem is a device that a person is signed in on. What it says of itself
// and what it was called are other people's words as well as theirs.
type deviceItem struct {
	ID             string
	Current        bool
	Kind, Name     string // "Firefox on Linux", or empty; what it was called, or empty
	Address, Place string
	Since, Seen    frame.Moment
	// Of one that was signed out: when, and why.
	Ended  frame.Moment
	Reason string
}

// getDevices lists where a person is signed in.
func (h *home) getDevices(w http.ResponseWriter, r *http.Request, visit session.Visit) {
	v, err := h.devicesView(r, visit)
	if err != nil {
		h.Fail(w, r, err)
		return
	}
	v.Note = h.Hear(w, r, frame.NoteDeviceEnded, frame.NoteDevicesEnded)
	h.Show(w, r, http.StatusOK, v)
}

// postDevices signs one device out, or without a device all but this browser.
// One that is nobody's or somebody else's is none.
func (h *home) postDevices(w http.ResponseWriter, r *http.Request, visit session.Visit) {
	if err := frame.ReadForm(r); err != nil {
		h.Fail(w, r, err)
		return
	}
	by := asker(r, visit)
	id, says := r.PostForm.Get("device"), frame.NoteDeviceEnded
	var err error
	switch {
	case id != "":
		err = h.Sessions.End(r.Context(), by, id)
	case r.PostForm.Get("others") != "":
		says, err = frame.NoteDevicesEnded, h.Sessions.EndOthers(r.Context(), by)
	default:
		err = middleware.ErrMalformed
	}
	switch {
	case err == nil:
		h.Leave(w, frame.Note{Says: says})
		h.Redirect(w, frame.DevicesPath)
	case fault.KindOf(err) == fault.Unauthenticated:
		h.Leave(w, frame.Note{Says: frame.NoteEnded})
		h.AskWho(w, r)
	default:
		h.Fail(w, r, err)
	}
}

// devicesOnPage is how many devices one page shows.
const devicesOnPage = 25

// devicesView shows a page of the devices that are signed in, or with the query
// ended=yes of those that were signed out.
func (h *home) devicesView(r *http.Request, visit session.Visit) (*devicesView, error) {
	query := r.URL.Query()
	wanted := session.DeviceList{
		UserID: visit.User.ID, Current: visit.Session.ID, Ended: query.Get("ended") != "", After: query.Get("after"), Limit: devicesOnPage,
	}
	list, err := h.Sessions.Devices(r.Context(), wanted)
	if err != nil {
		return nil, err
	}
	say := h.Say(r)
	v := &devicesView{Page: frame.Titled(say.Text("devices.heading")), Past: frame.DevicesPath + "?ended=yes"}
	if wanted.Ended {
		v.Heading, v.Past = say.Text("devices.ended.heading"), ""
	}
	for n := range list.Items {
		d := &list.Items[n]
		item := deviceItem{
			ID: d.ID, Current: d.Current, Kind: say.Device(d.Browser, d.System), Name: d.Name,
			Address: d.Address, Place: d.Place, Since: h.Moment(r, d.CreatedAt), Seen: h.Moment(r, d.LastSeenAt),
		}
		if wanted.Ended {
			item.Ended, item.Reason = h.Moment(r, d.EndedAt), say.Text("ended."+d.Reason)
		}
		v.Devices = append(v.Devices, item)
	}
	if list.Next != "" {
		more := url.Values{"after": {list.Next}}
		if wanted.Ended {
			more.Set("ended", "yes")
		}
		v.More = frame.DevicesPath + "?" + more.Encode()
	}
	v.Others = !wanted.Ended && (len(list.Items) > 1 || list.Next != "" || wanted.After != "")
	return v, nil
}
