package webui

import (
	"context"
	"net/http"

	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/webui/frame"
)

// disown shows the device that a mail told of, and signs it out.
func (p *pages) disown() press {
	return press{
		flow: frame.FlowDisown, path: disownPath,
		look: func(ctx context.Context, token string, v *frame.View) (bool, error) {
			seen, ok, err := p.rooms.Accounts.Disownable(ctx, token)
			v.Device = showDevice(&seen)
			return ok, err
		},
		spend: func(_ http.ResponseWriter, r *http.Request, token string) error {
			return p.rooms.Accounts.Disown(r.Context(), token, frame.OriginOf(r))
		},
	}
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
