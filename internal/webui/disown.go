package webui

import (
	"context"
	"net/http"

	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/webui/frame"
)

// getDisown shows the device that a mail told of, and the button.
func (p *pages) getDisown(w http.ResponseWriter, r *http.Request) {
	var seen session.Device
	token, ok := p.opened(w, r, frame.FlowDisown, func(ctx context.Context, token string) (usable bool, err error) {
		seen, usable, err = p.rooms.Accounts.Disownable(ctx, token)
		return usable, err
	})
	if ok {
		v := p.disownView(r, token)
		v.Device = showDevice(&seen)
		p.Show(w, r, http.StatusOK, frame.ShapeDisown, v)
	}
}

// postDisown spends the token and says what became of it.
func (p *pages) postDisown(w http.ResponseWriter, r *http.Request) {
	if err := frame.ReadForm(r); err != nil {
		p.Fail(w, r, err)
		return
	}
	token := r.PostForm.Get("token")
	if token == "" {
		p.spent(w, r, frame.FlowDisown, token)
		return
	}
	err := p.allow(r)
	if err == nil {
		err = p.rooms.Accounts.Disown(r.Context(), token, frame.OriginOf(r))
	}
	switch {
	case err == nil:
		p.done(w, r, frame.FlowDisown, token)
	case fault.KindOf(err) == fault.Spent:
		p.spent(w, r, frame.FlowDisown, token)
	case p.Passing(w, r, err, frame.ShapeDisown, p.disownView(r, token)):
	default:
		p.Fail(w, r, err)
	}
}

func (p *pages) disownView(r *http.Request, token string) frame.View {
	return frame.View{Heading: p.Say(r).Text("disown.heading"), Flow: frame.FlowDisown, Token: token}
}

// showDevice gives nothing for a session that is gone.
func showDevice(d *session.Device) *frame.DeviceView {
	if d.ID == "" {
		return nil
	}
	at := d.CreatedAt.UTC()
	return &frame.DeviceView{
		Kind:    d.Kind(),
		Instant: at.Format("2006-01-02T15:04:05Z"), Clock: at.Format("2 January 2006, 15:04 UTC"),
		Address: d.Address, Place: d.Place,
	}
}
