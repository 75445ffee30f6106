package webui

import (
	"net/http"
	"strings"

	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/webui/frame"
)

// getVerifyEmail shows the button. With VerifyEmailOnGet it verifies at once,
// but not for HEAD and not for a browser that fetches ahead of its user.
func (p *pages) getVerifyEmail(w http.ResponseWriter, r *http.Request) {
	if p.rooms.VerifyEmailOnGet && r.Method == http.MethodGet && !prefetch(r) {
		p.verifyEmail(w, r, r.URL.Query().Get("token"))
		return
	}
	token, ok := p.opened(w, r, frame.FlowVerify, p.rooms.Accounts.Verifiable)
	if ok {
		p.Show(w, r, http.StatusOK, frame.ShapeVerify, p.verifyView(r, token))
	}
}

func (p *pages) postVerifyEmail(w http.ResponseWriter, r *http.Request) {
	if err := frame.ReadForm(r); err != nil {
		p.Fail(w, r, err)
		return
	}
	p.verifyEmail(w, r, r.PostForm.Get("token"))
}

// verifyEmail spends the token and says what became of it.
func (p *pages) verifyEmail(w http.ResponseWriter, r *http.Request, token string) {
	if token == "" {
		p.spent(w, r, frame.FlowVerify, token)
		return
	}
	err := p.allow(r)
	if err == nil {
		_, err = p.rooms.Accounts.VerifyEmail(r.Context(), token, frame.OriginOf(r))
	}
	switch {
	case err == nil:
		p.done(w, r, frame.FlowVerify, token)
	case fault.KindOf(err) == fault.Spent:
		p.spent(w, r, frame.FlowVerify, token)
	case p.Passing(w, r, err, frame.ShapeVerify, p.verifyView(r, token)):
	default:
		p.Fail(w, r, err)
	}
}

func (p *pages) verifyView(r *http.Request, token string) frame.View {
	return frame.View{Heading: p.Say(r).Text("verify.heading"), Flow: frame.FlowVerify, Token: token}
}

// prefetch reports whether nobody has asked for the page yet.
func prefetch(r *http.Request) bool {
	return strings.Contains(r.Header.Get("Sec-Purpose"), "prefetch") || r.Header.Get("Purpose") == "prefetch"
}
