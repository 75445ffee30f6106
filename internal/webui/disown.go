package webui

import (
	"context"
	"net/http"

	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/session"
)

// getDisown shows the device that a mail told of, and the button.
func (p *pages) getDisown(w http.ResponseWriter, r *http.Request) {
	var seen session.Device
	token, ok := p.opened(w, r, flowDisown, func(ctx context.Context, token string) (usable bool, err error) {
		seen, usable, err = p.Accounts.Disownable(ctx, token)
		return usable, err
	})
	if ok {
		v := p.disownView(r, token)
		v.Device = showDevice(&seen)
		p.show(w, r, http.StatusOK, shapeDisown, v)
	}
}

// postDisown spends the token and says what became of it.
func (p *pages) postDisown(w http.ResponseWriter, r *http.Request) {
	if err := readForm(r); err != nil {
		p.fail(w, r, err)
		return
	}
	token := r.PostForm.Get("token")
	if token == "" {
		p.spent(w, r, flowDisown, token)
		return
	}
	err := p.allow(r)
	if err == nil {
		err = p.Accounts.Disown(r.Context(), token, originOf(r))
	}
	switch {
	case err == nil:
		p.done(w, r, flowDisown, token)
	case fault.KindOf(err) == fault.Spent:
		p.spent(w, r, flowDisown, token)
	case p.passing(w, r, err, shapeDisown, p.disownView(r, token)):
	default:
		p.fail(w, r, err)
	}
}

func (p *pages) disownView(r *http.Request, token string) view {
	return view{Heading: p.say(r).Text("disown.heading"), Flow: flowDisown, Token: token}
}

// deviceView is what a page tells of a device: what its owner would know it by,
// and not the name that whoever signed in gave it.
type deviceView struct {
	Kind           string // "Firefox on Linux", or empty
	Instant, Clock string // of the sign-in, for machines and for people
	Address, Place string
}

// showDevice gives nothing for a session that is gone.
func showDevice(d *session.Device) *deviceView {
	if d.ID == "" {
		return nil
	}
	at := d.CreatedAt.UTC()
	return &deviceView{
		Kind:    d.Kind(),
		Instant: at.Format("2006-01-02T15:04:05Z"), Clock: at.Format("2 January 2006, 15:04 UTC"),
		Address: d.Address, Place: d.Place,
	}
}
