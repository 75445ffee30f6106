package home

import (
	"net/http"
	"time"

	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/webui/frame"
)

// getDevices lists where a person is signed in.
func (h *home) getDevices(w http.ResponseWriter, r *http.Request, visit session.Visit) {
	v, err := h.devicesView(r, visit)
	if err != nil {
		h.Fail(w, r, err)
		return
	}
	v.Note = h.Hear(w, r, frame.NoteDeviceEnded, frame.NoteDevicesEnded)
	h.Show(w, r, http.StatusOK, frame.ShapeDevices, v)
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
		err = h.rooms.Devices.End(r.Context(), by, id)
	case r.PostForm.Get("others") != "":
		says, err = frame.NoteDevicesEnded, h.rooms.Devices.EndOthers(r.Context(), by)
	default:
		err = frame.ErrMalformed
	}
	switch {
	case err == nil:
		h.Leave(w, frame.Note{Says: says})
		h.Redirect(w, devicesPath)
	case fault.KindOf(err) == fault.Unauthenticated:
		h.Leave(w, frame.Note{Says: frame.NoteEnded})
		h.AskWho(w, r)
	default:
		h.Fail(w, r, err)
	}
}

func (h *home) devicesView(r *http.Request, visit session.Visit) (frame.View, error) {
	list, err := h.rooms.Devices.Devices(r.Context(), visit.User.ID, visit.Session.ID, false)
	if err != nil {
		return frame.View{}, err
	}
	say := h.Say(r)
	v := frame.View{Heading: say.Text("devices.heading")}
	for n := range list {
		d := &list[n]
		v.Devices = append(v.Devices, frame.DeviceItem{
			ID: d.ID, Current: d.Current, Kind: say.Device(d.Browser, d.System), Name: d.Name,
			Address: d.Address, Place: d.Place, Since: say.Moment(d.CreatedAt), Seen: say.Moment(d.LastSeenAt),
			Instant: d.LastSeenAt.UTC().Format(time.RFC3339),
		})
	}
	v.Others = len(list) > 1
	return v, nil
}
