package webui

import (
	"crypto/subtle"
	"net/http"

	"github.com/sallyport-auth/sallyport/internal/ratelimit"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/webui/frame"
)

// doneFor is how long, in seconds, a browser that spent a link is shown that it
// worked when it comes back with the same link.
const doneFor = 600

// linkFor is how long, in seconds, a browser that opened a link may load its page
// again without the token in the address.
const linkFor = 600

// look reports whether a token would work, and adds to the page what it is about.
// It changes nothing.
type look func(r *http.Request, token string, v *frame.View) (bool, error)

// opened decides what a link leads to when it is opened: reports true if its
// form is to be shown, and has answered otherwise. The page then leaves the
// address that holds the token; loaded again, it finds the token in a cookie.
func (p *pages) opened(w http.ResponseWriter, r *http.Request, f frame.Flow, see look, v *frame.View) (ok bool) {
	token := r.URL.Query().Get("token")
	inAddress := token != ""
	if c, err := r.Cookie(p.linkName()); !inAddress && err == nil {
		token = c.Value
	}
	if token != "" {
		err := p.allow(r)
		if err == nil {
			ok, err = see(r, token, v)
		}
		if err != nil {
			p.Fail(w, r, err)
			return false
		}
	}
	if !ok {
		p.spent(w, r, f, token)
		return false
	}
	v.Token = token
	if inAddress && r.Method == http.MethodGet {
		p.setHere(w, r, p.linkName(), token, linkFor)
		v.Bare = r.URL.Path
	}
	return true
}

// done answers that a link was used, and remembers it for this browser.
func (p *pages) done(w http.ResponseWriter, r *http.Request, f frame.Flow, token string) {
	p.remember(w, r, f, token)
	p.showDone(w, r, f)
}

// remember lets this browser know that it has used a link.
func (p *pages) remember(w http.ResponseWriter, r *http.Request, f frame.Flow, token string) {
	p.setHere(w, r, p.doneName(), doneValue(f, token), doneFor)
}

// setHere sets a cookie that is sent to this page alone.
func (p *pages) setHere(w http.ResponseWriter, r *http.Request, name, value string, seconds int) {
	http.SetCookie(w, &http.Cookie{ //nolint:gosec // Secure wherever the public URL is https
		Name: name, Value: value, Path: r.URL.Path, MaxAge: seconds,
		Secure: p.Secure(), HttpOnly: true, SameSite: http.SameSiteLaxMode,
	})
}

func (p *pages) showDone(w http.ResponseWriter, r *http.Request, f frame.Flow) {
	p.Show(w, r, http.StatusOK, frame.ShapeDone, frame.View{Heading: p.Say(r).Text(string(f) + ".done.heading"), Flow: f})
}

// spent answers for a link that cannot be used. If this browser has just used
// it, nothing has failed: the page of success was loaded again.
func (p *pages) spent(w http.ResponseWriter, r *http.Request, f frame.Flow, token string) {
	if c, err := r.Cookie(p.doneName()); err == nil && token != "" &&
		subtle.ConstantTimeCompare([]byte(c.Value), []byte(doneValue(f, token))) == 1 {
		p.showDone(w, r, f)
		return
	}
	p.Show(w, r, http.StatusBadRequest, frame.ShapeLink, frame.View{Heading: p.Say(r).Text("link.heading"), Flow: f})
}

// doneName and linkName have the prefix that browsers grant to secure cookies
// alone.
func (p *pages) doneName() string { return p.secureName("sallyport-done") }

func (p *pages) linkName() string { return p.secureName("sallyport-link") }

func (p *pages) secureName(name string) string {
	if p.Secure() {
		return "__Secure-" + name
	}
	return name
}

// doneValue is not the hash that the store keeps of a token.
func doneValue(f frame.Flow, token string) string {
	return secret.Hash("done " + string(f) + " " + token)
}

// allow counts a token that was presented.
func (p *pages) allow(r *http.Request) error {
	return p.Limits.Allow(r.Context(), ratelimit.OneTime, p.ClientAddress(r))
}
