package frame

import (
	"net/http"
	"net/url"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxReturnTo is the longest address to go back to, in bytes, as it comes and as
// it is written anew: one letter can become six bytes.
const maxReturnTo = 2048

// Redirect leads a browser on by GET, whatever the method was. No body is passed
// on (RFC 9700 §4.12).
func (f *Frame) Redirect(w http.ResponseWriter, to string) {
	w.Header().Set("Location", to)
	w.WriteHeader(http.StatusSeeOther)
}

// With is the address of a page that leads on to another when it is done; to
// none if back is empty.
func With(path, back string) string {
	if back == "" {
		return path
	}
	return path + "?" + url.Values{"return_to": {back}}.Encode()
}

// SignInURL is the full address of the sign-in page, for whoever is elsewhere. It
// leads back as [Frame.ReturnTo] allows.
func (f *Frame) SignInURL(back string) string {
	return f.Address(With(SignInPath, f.ReturnTo(back, "")))
}

// Address is the full address of a page of ours.
func (f *Frame) Address(path string) string { return f.origin + path }

// ReturnTo reads where a person wants to be led when they are done, which
// anybody may have written into the link that they came by (RFC 9700 §4.11).
// It gives a path on our own origin, or an address at the app or below, written
// anew from its parts; for anything else it gives instead.
//
// The address is parsed and compared part by part, never by its first letters.
// Browsers take backslashes for slashes, drop tabs and line ends, and read
// //host as another site (WHATWG URL §4.4), so whatever holds one of those
// is none.
func (f *Frame) ReturnTo(raw, instead string) string {
	if to := f.within(target(raw)); to != "" && len(to) <= maxReturnTo {
		return to
	}
	return instead
}

// PathElsewhere reads where a person wants to be led on a host that is known
// otherwise, as [Frame.ReturnTo] does. It gives a path from the root, or / for
// anything else and for what begins with but.
func PathElsewhere(raw, but string) string {
	u := target(raw)
	if u == nil || u.Host != "" || strings.HasPrefix(strings.ToLower(u.Path), but) {
		return "/"
	}
	return local(u)
}

// Leads reports whether a sign-in can lead back to a path of ours.
func Leads(path string) bool { return len(path) <= maxReturnTo }

// within writes an address on our own origin, or at the app or below, and
// nothing for any other.
func (f *Frame) within(u *url.URL) string {
	switch {
	case u == nil:
		return ""
	case u.Scheme == "" && u.Host == "", sameOrigin(u, f.public):
		return local(u)
	case f.app != nil && sameOrigin(u, f.app) && below(u.Path, f.app.Path):
		return (&url.URL{Scheme: f.app.Scheme, Host: f.app.Host, Path: u.Path, RawPath: u.RawPath, RawQuery: u.RawQuery, Fragment: u.Fragment}).String()
	default:
		return ""
	}
}

// target parses an address that is a path from the root or a full one, or gives
// nil.
func target(raw string) *url.URL {
	bad := func(r rune) bool {
		return unicode.IsControl(r) || unicode.IsSpace(r) || r == '\\' || r == utf8.RuneError
	}
	if raw == "" || len(raw) > maxReturnTo || !utf8.ValidString(raw) || strings.ContainsFunc(raw, bad) {
		return nil
	}
	hidden := func(r rune) bool { return unicode.IsControl(r) || r == '\\' || r == utf8.RuneError }
	u, err := url.Parse(raw)
	if err != nil || u.Opaque != "" || u.User != nil {
		return nil
	}
	if u.Path == "" && u.Scheme != "" {
		u.Path = "/"
	}
	// Decoded, so that neither %2e%2e nor %5c nor %0a hides anything.
	clean := path.Clean(u.Path)
	if strings.HasSuffix(u.Path, "/") && clean != "/" {
		clean += "/"
	}
	if !strings.HasPrefix(u.Path, "/") || clean != u.Path || strings.ContainsFunc(u.Path, hidden) || (u.Scheme == "") != (u.Host == "") {
		return nil
	}
	return u
}

// local writes the path and what follows, nothing before it.
func local(u *url.URL) string {
	return (&url.URL{Path: u.Path, RawPath: u.RawPath, RawQuery: u.RawQuery, Fragment: u.Fragment}).String()
}

func sameOrigin(a, b *url.URL) bool {
	return a.Scheme == b.Scheme && strings.EqualFold(a.Hostname(), b.Hostname()) && port(a) == port(b)
}

func port(u *url.URL) string {
	switch {
	case u.Port() != "":
		return u.Port()
	case u.Scheme == "https":
		return "443"
	default:
		return "80"
	}
}

// below reports whether a path is the app's own or in the folder that it is in.
func below(p, app string) bool {
	app = strings.TrimSuffix(app, "/")
	return p == app || strings.HasPrefix(p, app+"/")
}
