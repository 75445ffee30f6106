package forward

import (
	"net/url"
	"strings"
)

// Paths on the host of an application that its proxy leads to us.
const (
	// OwnPaths is where they begin.
	OwnPaths     = "/.sallyport/"
	SignInPath   = OwnPaths + "sign-in"
	CallbackPath = OwnPaths + "callback"
	SignOutPath  = OwnPaths + "sign-out"
)

// The cookies on the host of an application, without the prefix that browsers
// grant to secure ones alone.
const (
	CookieVisitor = "visitor" // stands for a session, at this application alone
	CookieNonce   = "nonce"   // says which browser began to sign in; opens nothing
)

// Application is an application behind a reverse proxy on a host of its own, which
// the operator has listed.
type Application struct {
	Origin string // scheme, host and port as browsers spell them
	site   string // scheme and host: cookies know no ports (RFC 6265 §8.5)
}

// Application gives the application at an origin, if it is listed. The origin is
// compared as browsers spell it: in lower case, without the port that the scheme
// has anyway (RFC 6454 §6.2).
func (f *Visitors) Application(origin string) (app Application, listed bool) {
	app, listed = f.applications[origin]
	return app, listed
}

// Origins are those of the applications that are listed.
func (f *Visitors) Origins() []string { return f.opts.Origins }

// applications are those at some origins.
func applications(origins []string) map[string]Application {
	all := map[string]Application{}
	for _, origin := range origins {
		scheme, host, _ := strings.Cut(origin, "://")
		if u, err := url.Parse(origin); err == nil {
			host = u.Hostname()
		}
		all[origin] = Application{Origin: origin, site: scheme + "://" + host}
	}
	return all
}

// Secure reports whether browsers come to it by HTTPS.
func (a Application) Secure() bool { return strings.HasPrefix(a.Origin, "https://") }

// CookieName binds a cookie to this very host, to HTTPS and to the path /, so that
// neither a sibling domain nor plain HTTP can set it (RFC 6265bis §4.1.3.2). At an
// origin of plain HTTP the name goes without.
func (a Application) CookieName(name string) string {
	if a.Secure() {
		return "__Host-sallyport_" + name
	}
	return "sallyport_" + name
}

// SignInURL is where a visitor of the application begins to sign in, to go on to a
// path of it.
func (a Application) SignInURL(path string) string {
	return a.Origin + SignInPath + "?" + url.Values{"return_to": {path}}.Encode()
}

// CallbackURL is where a browser brings a code.
func (a Application) CallbackURL(code string) string {
	return a.Origin + CallbackPath + "?" + url.Values{"code": {code}}.Encode()
}
