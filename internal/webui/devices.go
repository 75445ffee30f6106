package webui

import (
	"net/http"
	"time"

	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/session"
)

// deviceItem is a device that a person is signed in on. What it says of itself
// and what it was called are other people's words as well as theirs.
type deviceItem struct {
	ID             string
	Current        bool
	Kind, Name     string // "Firefox on Linux", or empty; what it was called, or empty
	Address, Place string
	Since, Seen    string // dates
	Instant        string // of the last visit, for machines
}

// getDevices lists where a person is signed in.
func (p *pages) getDevices(w http.ResponseWriter, r *http.Request, visit session.Visit) {
	v, err := p.devicesView(r, visit)
	if err != nil {
		p.fail(w, r, err)
		return
	}
	v.Note = p.hear(w, r, noteDeviceEnded, noteDevicesEnded)
	p.show(w, r, http.StatusOK, shapeDevices, v)
}

// postDevices signs one device out, or without a device all but this browser.
// One that is nobody's or somebody else's is none.
func (p *pages) postDevices(w http.ResponseWriter, r *http.Request, visit session.Visit) {
	if err := readForm(r); err != nil {
		p.fail(w, r, err)
		return
	}
	asker := session.Asker{UserID: visit.User.ID, SessionID: visit.Session.ID, Origin: originOf(r)}
	id, says := r.PostForm.Get("device"), noteDeviceEnded
	var err error
	switch {
	case id != "":
		err = p.Sessions.End(r.Context(), asker, id)
	case r.PostForm.Get("others") != "":
		says, err = noteDevicesEnded, p.Sessions.EndOthers(r.Context(), asker)
	default:
		err = errMalformed
	}
	switch {
	case err == nil:
		p.leave(w, note{Says: says})
		p.redirect(w, devicesPath)
	case fault.KindOf(err) == fault.Unauthenticated:
		p.leave(w, note{Says: noteEnded})
		p.askWho(w, r)
	default:
		p.fail(w, r, err)
	}
}

func (p *pages) devicesView(r *http.Request, visit session.Visit) (view, error) {
	list, err := p.Sessions.Devices(r.Context(), visit.User.ID, visit.Session.ID, false)
	if err != nil {
		return view{}, err
	}
	say := p.say(r)
	v := view{Heading: say.Text("devices.heading")}
	for n := range list {
		d := &list[n]
		v.Devices = append(v.Devices, deviceItem{
			ID: d.ID, Current: d.Current, Kind: d.Kind(), Name: d.Name,
			Address: d.Address, Place: d.Place, Since: say.Day(d.CreatedAt), Seen: say.Day(d.LastSeenAt),
			Instant: d.LastSeenAt.UTC().Format(time.RFC3339),
		})
	}
	v.Others = len(list) > 1
	return v, nil
}
