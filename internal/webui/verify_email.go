package webui

import (
	"net/http"
	"strings"

	"github.com/sallyport-auth/sallyport/internal/fault"
)

// getVerifyEmail shows the button. With VerifyEmailOnGet it verifies at once,
// but not for HEAD and not for a browser that fetches ahead of its user.
func (p *pages) getVerifyEmail(w http.ResponseWriter, r *http.Request) {
	if p.VerifyEmailOnGet && r.Method == http.MethodGet && !prefetch(r) {
		p.verifyEmail(w, r, r.URL.Query().Get("token"))
		return
	}
	token, ok := p.opened(w, r, flowVerify, p.Accounts.Verifiable)
	if ok {
		p.show(w, r, http.StatusOK, shapeVerify, p.verifyView(r, token))
	}
}

func (p *pages) postVerifyEmail(w http.ResponseWriter, r *http.Request) {
	if err := readForm(r); err != nil {
		p.fail(w, r, err)
		return
	}
	p.verifyEmail(w, r, r.PostForm.Get("token"))
}

// verifyEmail spends the token and says what became of it.
func (p *pages) verifyEmail(w http.ResponseWriter, r *http.Request, token string) {
	if token == "" {
		p.spent(w, r, flowVerify, token)
		return
	}
	err := p.allow(r)
	if err == nil {
		_, err = p.Accounts.VerifyEmail(r.Context(), token, originOf(r))
	}
	switch {
	case err == nil:
		p.done(w, r, flowVerify, token)
	case fault.KindOf(err) == fault.Spent:
		p.spent(w, r, flowVerify, token)
	case p.passing(w, r, err, shapeVerify, p.verifyView(r, token)):
	default:
		p.fail(w, r, err)
	}
}

func (p *pages) verifyView(r *http.Request, token string) view {
	return view{Heading: p.say(r).Text("verify.heading"), Flow: flowVerify, Token: token}
}

// prefetch reports whether nobody has asked for the page yet.
func prefetch(r *http.Request) bool {
	return strings.Contains(r.Header.Get("Sec-Purpose"), "prefetch") || r.Header.Get("Purpose") == "prefetch"
}
