package webui

import (
	"net/http"
	"strings"

	"github.com/sallyport-auth/sallyport/internal/link"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/webui/frame"
)

func (p *pages) verifyEmail() press {
	return press{
		flow: frame.FlowVerify, path: link.Path(store.PurposeVerifyEmail), look: whose(p.rooms.Accounts.Verifiable),
		spend: func(_ http.ResponseWriter, r *http.Request, token string) error {
			_, err := p.rooms.Accounts.VerifyEmail(r.Context(), token, frame.OriginOf(r))
			return err
		},
	}
}

// getVerifyEmail shows the button. With VerifyEmailOnGet it verifies at once,
// but not for HEAD and not for a browser that fetches ahead of its user.
func (p *pages) getVerifyEmail(w http.ResponseWriter, r *http.Request) {
	if p.rooms.VerifyEmailOnGet && r.Method == http.MethodGet && !prefetch(r) {
		p.pressed(w, r, p.verifyEmail(), r.URL.Query().Get("token"))
		return
	}
	p.getPress(w, r, p.verifyEmail())
}

func (p *pages) postVerifyEmail(w http.ResponseWriter, r *http.Request) {
	p.postPress(w, r, p.verifyEmail())
}

// prefetch reports whether nobody has asked for the page yet.
func prefetch(r *http.Request) bool {
	return strings.Contains(r.Header.Get("Sec-Purpose"), "prefetch") || r.Header.Get("Purpose") == "prefetch"
}
