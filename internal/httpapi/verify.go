package httpapi

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/forward"
	"github.com/sallyport-auth/sallyport/internal/httpapi/frame"
	"github.com/sallyport-auth/sallyport/internal/middleware"
	"github.com/sallyport-auth/sallyport/internal/telemetry"
	"github.com/sallyport-auth/sallyport/internal/token"
)

// The paths of forward authentication: a reverse proxy asks there about each
// request to an application behind it.
const (
	verifyPath     = "/verify"
	verifyPagePath = verifyPath + "/page"
	segmentRole    = "/role/"
	// extAuthzPath is for Envoy and what speaks as it does (ext_authz over HTTP): it
	// lets a request through for a 200 alone, and appends the visitor's path and query.
	extAuthzPath   = verifyPath + "/ext_authz"
	segmentVisitor = "/visitor"
)

// What the proxy passes on to the application. All four are set on every answer,
// empty where there is nothing to say: a proxy that copies them replaces what the
// visitor sent under these names.
const (
	headerUser    = "X-Sallyport-User"
	headerEmail   = "X-Sallyport-Email"
	headerRoles   = "X-Sallyport-Roles"
	headerSession = "X-Sallyport-Session"
)

// question is what a path under /verify asks.
type question struct {
	pattern string // for the log
	role    string // must be had, if any
	page    bool   // lead to the sign-in instead of refusing
	// visitors is the visitor's own path, after a path that is ext_authz's.
	visitors string
}

// yes is the status of an answer that lets the visitor in.
func (q question) yes() int {
	if q.visitors != "" {
		return http.StatusOK
	}
	return http.StatusNoContent
}

// verifying answers the paths of forward authentication, by whatever method, and
// leaves the rest to next. They stand before everything that reads a request: the
// body, the query and the method are the visitor's and mean nothing here, and no
// answer is for scripts of other origins. They have no limit per client address,
// because all visitors come from the proxy's.
func (s *server) verifying(proxies *middleware.Proxies, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !strings.HasPrefix(r.URL.Path, verifyPath) {
			next.ServeHTTP(w, r)
			return
		}
		q, ok := questionOf(r.URL)
		if !ok {
			next.ServeHTTP(w, r)
			return
		}
		r.Pattern = q.pattern
		s.verify(w, r, q, proxies)
	})
}

// questionOf reads a path. The role is one segment, which may be escaped.
func questionOf(u *url.URL) (q question, ok bool) {
	rest := u.EscapedPath()[len(verifyPath):]
	if after, found := strings.CutPrefix(rest, extAuthzPath[len(verifyPath):]+"/"); found {
		return extAuthzQuestion("/" + after)
	}
	q.pattern = verifyPath
	if after, found := strings.CutPrefix(rest, verifyPagePath[len(verifyPath):]); found {
		q.pattern, q.page, rest = verifyPagePath, true, after
	}
	if rest == "" {
		return q, true
	}
	role, found := strings.CutPrefix(rest, segmentRole)
	if !found || role == "" || strings.Contains(role, "/") {
		return question{}, false
	}
	role, err := url.PathUnescape(role)
	q.pattern += segmentRole + "{role}"
	q.role = role
	return q, err == nil
}

// extAuthzQuestion reads what follows the path for ext_authz. What is asked stands
// before the visitor's path, which always begins with a slash, so that no visitor
// changes it.
func extAuthzQuestion(rest string) (q question, ok bool) {
	q = question{pattern: extAuthzPath + segmentVisitor + "/{path}", page: true}
	if path, found := strings.CutPrefix(rest, segmentVisitor+"/"); found {
		q.visitors = "/" + path
		return q, true
	}
	role, found := strings.CutPrefix(rest, segmentRole)
	role, path, more := strings.Cut(role, "/")
	if !found || role == "" || !more {
		return question{}, false
	}
	role, err := url.PathUnescape(role)
	q.pattern = extAuthzPath + segmentRole + "{role}/{path}"
	q.role, q.visitors = role, "/"+path
	return q, err == nil
}

// wanted is what the visitor asked the proxy for. ext_authz sends their method, host,
// path and query, and adds the scheme; it passes on what they say themselves in
// X-Forwarded-Host and the like, so that does not count.
func (q question) wanted(r *http.Request, proxies *middleware.Proxies) wanted {
	switch {
	case q.visitors == "":
		return wantedOf(r, proxies)
	case !proxies.Trusts(r):
		return wanted{}
	}
	target := q.visitors
	if r.URL.RawQuery != "" {
		target += "?" + r.URL.RawQuery
	}
	return newWanted(only(r.Header, "X-Forwarded-Proto"), r.Host, r.Method, target)
}

// verify answers a proxy: with who the visitor is, or why not.
func (s *server) verify(w http.ResponseWriter, r *http.Request, q question, proxies *middleware.Proxies) {
	if r.ContentLength != 0 {
		// Some proxies send the length of a body and not the body. Nobody waits for it.
		w.Header().Set("Connection", "close")
	}
	v := q.wanted(r, proxies)
	app, elsewhere := s.Visitors.Application(v.origin)
	if elsewhere {
		w.Header().Del(headerHSTS) // proxies pass answers on, at the application's host
	}
	visitor, err := s.visitor(r, app, elsewhere)
	if err == nil && q.role != "" {
		err = visitor.Has(q.role)
	}
	if err == nil {
		told(w.Header(), visitor)
		w.WriteHeader(q.yes())
		return
	}
	told(w.Header(), &forward.Visitor{})
	if fault.KindOf(err) == fault.Unauthenticated {
		if to := s.signIn(v, app, elsewhere); to != "" {
			w.Header().Set("Location", to)
			if q.page {
				w.WriteHeader(http.StatusFound)
				return
			}
		}
	}
	s.frame.Fail(w, r, err)
}

// signIn is where a visitor signs in, and is led back from to what they wanted; or
// nothing. A proxy that asks about paths which it is to lead to us would send its
// visitors in circles.
func (s *server) signIn(v wanted, app forward.Application, elsewhere bool) string {
	switch {
	case s.Pages == nil, elsewhere && strings.HasPrefix(v.target, forward.OwnPaths):
		return ""
	case elsewhere:
		return app.SignInURL(v.target)
	}
	return s.Pages.SignInURL(v.address())
}

// visitor finds who is behind a request: by its bearer token if it has one, else
// by the cookie of the application on another host or of the pages. A token that
// does not count is not made up for by a cookie: the application would see the one
// and be told of the other.
func (s *server) visitor(r *http.Request, app forward.Application, elsewhere bool) (*forward.Visitor, error) {
	bearer, err := middleware.Bearer(r)
	origin := func() audit.Origin { return originOf(r) }
	switch {
	case err != nil: // two of them; to a proxy, any status but 401 and 403 is a failure of ours
		return nil, token.ErrInvalidToken.WithCause(err)
	case bearer != "":
		return s.Visitors.ByToken(r.Context(), bearer)
	case s.Pages == nil:
		return nil, frame.ErrTokenRequired
	case elsewhere:
		if cookie := cookieOf(r, app.CookieName(forward.CookieVisitor)); cookie != "" {
			return s.Visitors.ByApplication(r.Context(), app, cookie, origin)
		}
	default:
		if cookie := s.Pages.SessionCookie(r); cookie != "" {
			return s.Visitors.ByCookie(r.Context(), cookie, origin)
		}
	}
	return nil, frame.ErrTokenRequired
}

// originOf is what is noted of a visit.
func originOf(r *http.Request) audit.Origin {
	o := audit.Origin{UserAgent: r.UserAgent(), RequestID: telemetry.RequestID(r.Context())}
	if a := middleware.ClientAddress(r.Context()); a.IsValid() {
		o.Address = a.String()
	}
	return o
}

// told sets the four headers. The values share one array.
func told(h http.Header, v *forward.Visitor) {
	values := [...]string{v.UserID, v.Email, v.RoleList, v.SessionID}
	h[headerUser], h[headerEmail], h[headerRoles], h[headerSession] = values[0:1:1], values[1:2:2], values[2:3:3], values[3:4:4]
}
