package webui

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/forward"
	"github.com/sallyport-auth/sallyport/internal/webui/frame"
)

// applicationView says that signing in to an application did not work.
type applicationView struct {
	frame.Page

	Origin, Host string
}

func (*applicationView) Template() string { return "application" }

// applicationPath leads on to a path of an application, or to its root if a sign-in
// could not lead back to the path.
func applicationPath(origin, challenge, path string) string {
	to := func(path string) string {
		return frame.ApplicationPath + "?" + url.Values{"origin": {origin}, "challenge": {challenge}, "return_to": {path}}.Encode()
	}
	if whole := to(path); frame.Leads(whole) {
		return whole
	}
	return to("/")
}

// refusedPath says that signing in to an application did not work.
func refusedPath(origin string) string {
	return frame.RefusedPath + "?" + url.Values{"origin": {origin}}.Encode()
}

// getApplication gives the browser of somebody who is signed in a code for an
// application on another host, and leads it there. Everybody else is led to the
// sign-in, and back here afterwards. The address may be anybody's: it leads to
// applications that are listed alone, and the code is of use in the browser that
// has the nonce of the challenge.
func (p *pages) getApplication(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	challenge := q.Get("challenge")
	app, listed := p.rooms.Visitors.Application(q.Get("origin"))
	if !listed || !forward.IsChallenge(challenge) {
		p.NotFound(w, r)
		return
	}
	cookie := p.Cookie(r, frame.CookieSession)
	if cookie == "" {
		p.AskWho(w, r)
		return
	}
	visit, err := p.rooms.Sessions.Visit(r.Context(), cookie, frame.OriginOf(r))
	if fault.KindOf(err) == fault.Unauthenticated {
		p.AskWho(w, r)
		return
	}
	var code string
	if err == nil {
		code, err = p.rooms.Visitors.Code(app, visit.Session.ID, challenge, frame.PathElsewhere(q.Get("return_to"), forward.OwnPaths))
	}
	if err != nil {
		p.Fail(w, r, err)
		return
	}
	p.Redirect(w, app.CallbackURL(code))
}

// getRefused says that signing in to an application did not work, and leads to it.
// It does not begin anew by itself, which could go on for ever.
func (p *pages) getRefused(w http.ResponseWriter, r *http.Request) {
	app, listed := p.rooms.Visitors.Application(r.URL.Query().Get("origin"))
	if !listed {
		p.NotFound(w, r)
		return
	}
	_, host, _ := strings.Cut(app.Origin, "://")
	p.Show(w, r, http.StatusBadRequest, &applicationView{Page: frame.Titled(p.Say(r).Text("application.heading")), Origin: app.Origin, Host: host})
}
