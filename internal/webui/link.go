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

// flow is one of the things that a link in mail is for.
type flow string

// What links in mail are for.
const (
	flowVerify flow = "verify"
	flowReset  flow = "reset"
	flowDisown flow = "disown"
	flowMagic  flow = "magic"
	flowEmail  flow = "email" // to confirm a new address
	flowUndo   flow = "undo"  // to put the old one back
	flowInvite flow = "invite"
	// flowRestore keeps an account that is about to be erased. Its link is given to
	// whoever signs in, and is in no mail.
	flowRestore flow = "restore"
)

// doneView says that a link was used.
type doneView struct {
	frame.Page

	Flow flow
}

func (*doneView) Template() string { return "done" }

// linkView says that a link cannot be used.
type linkView struct {
	frame.Page

	Flow flow
}

func (*linkView) Template() string { return "link" }

// look gives the page of a link whose token would work, which says what it is
// about, and nil for one that would not. It changes nothing.
type look func(r *http.Request, token string) (frame.View, error)

// opened shows what a link leads to when it is opened. The page leaves the address
// that holds the token; loaded again, it finds the token in a cookie.
func (p *pages) opened(w http.ResponseWriter, r *http.Request, f flow, see look) {
	token := r.URL.Query().Get("token")
	inAddress := token != ""
	if c, err := r.Cookie(p.linkName()); !inAddress && err == nil {
		token = c.Value
	}
	var v frame.View
	if token != "" {
		err := p.allow(r)
		if err == nil {
			v, err = see(r, token)
		}
		if err != nil {
			p.Fail(w, r, err)
			return
		}
	}
	if v == nil {
		p.spent(w, r, f, token)
		return
	}
	if inAddress && r.Method == http.MethodGet {
		p.setHere(w, r, p.linkName(), token, linkFor)
		v.Common().Bare = r.URL.Path
	}
	p.Show(w, r, http.StatusOK, v)
}

// done answers that a link was used, and remembers it for this browser.
func (p *pages) done(w http.ResponseWriter, r *http.Request, f flow, token string) {
	p.remember(w, r, f, token)
	p.showDone(w, r, f)
}

// remember lets this browser know that it has used a link.
func (p *pages) remember(w http.ResponseWriter, r *http.Request, f flow, token string) {
	p.setHere(w, r, p.doneName(), doneValue(f, token), doneFor)
}

// setHere sets a cookie that is sent to this page alone.
func (p *pages) setHere(w http.ResponseWriter, r *http.Request, name, value string, seconds int) {
	http.SetCookie(w, &http.Cookie{ //nolint:gosec // Secure wherever the public URL is https
		Name: name, Value: value, Path: r.URL.Path, MaxAge: seconds,
		Secure: p.Secure(), HttpOnly: true, SameSite: http.SameSiteLaxMode,
	})
}

func (p *pages) showDone(w http.ResponseWriter, r *http.Request, f flow) {
	p.Show(w, r, http.StatusOK, &doneView{Page: frame.Titled(p.Say(r).Text(string(f) + ".done.heading")), Flow: f})
}

// spent answers for a link that cannot be used. If this browser has just used
// it, nothing has failed: the page of success was loaded again.
func (p *pages) spent(w http.ResponseWriter, r *http.Request, f flow, token string) {
	if c, err := r.Cookie(p.doneName()); err == nil && token != "" &&
		subtle.ConstantTimeCompare([]byte(c.Value), []byte(doneValue(f, token))) == 1 {
		p.showDone(w, r, f)
		return
	}
	p.Show(w, r, http.StatusBadRequest, &linkView{Page: frame.Titled(p.Say(r).Text("link.heading")), Flow: f})
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
func doneValue(f flow, token string) string {
	return secret.Hash("done " + string(f) + " " + token)
}

// allow counts a token that was presented.
func (p *pages) allow(r *http.Request) error {
	return p.Limits.Allow(r.Context(), ratelimit.OneTime, p.ClientAddress(r))
}
