package webui

import (
	"net/http"

	"github.com/sallyport-auth/sallyport/internal/link"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/webui/frame"
)

// disown shows the device that a mail told of, and signs it out.
func (p *pages) disown() press {
	return press{
		flow: flowDisown, path: link.Path(store.PurposeDisown),
		look: func(r *http.Request, token string, v *pressView) (bool, error) {
			seen, ok, err := p.rooms.Recovery.Disownable(r.Context(), token)
			v.Device = p.showDevice(r, &seen)
			return ok, err
		},
		spend: func(_ http.ResponseWriter, r *http.Request, token string) error {
			return p.rooms.Recovery.Disown(r.Context(), token, frame.OriginOf(r))
		},
	}
}

// showDevice gives nothing for a session that is gone.
func (p *pages) showDevice(r *http.Request, d *session.Device) *deviceView {
	if d.ID == "" {
		return nil
	}
	return &deviceView{
		Kind: p.Say(r).Device(d.Browser, d.System), At: p.Moment(r, d.CreatedAt),
		Address: d.Address, Place: d.Place,
	}
}
