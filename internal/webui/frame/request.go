package frame

import (
	"errors"
	"fmt"
	"mime"
	"net/http"
	"net/netip"
	"net/url"
	"strings"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/middleware"
	"github.com/sallyport-auth/sallyport/internal/telemetry"
)

// Methods gives GET and HEAD to get and POST to post; anything else is a page
// that says so.
func (f *Frame) Methods(get, post http.HandlerFunc) http.Handler {
	allowed := "GET, HEAD"
	if post != nil {
		allowed += ", POST"
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.Method == http.MethodGet || r.Method == http.MethodHead:
			get(w, r)
		case r.Method == http.MethodPost && post != nil:
			r.Body = http.MaxBytesReader(w, r.Body, middleware.MaxBody)
			post(w, r)
		default:
			w.Header().Set("Allow", allowed)
			f.Notice(w, r, "method", http.StatusMethodNotAllowed)
		}
	})
}

// NotFound answers a path that is none.
func (f *Frame) NotFound(w http.ResponseWriter, r *http.Request) {
	f.Notice(w, r, "not_found", http.StatusNotFound)
}

// ReadForm reads a form from the body alone: a token in a URL is never spent.
func ReadForm(r *http.Request) error {
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || kind != "application/x-www-form-urlencoded" {
		return middleware.ErrUnsupported
	}
	if err := r.ParseForm(); err != nil {
		if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
			return middleware.ErrTooLarge
		}
		return middleware.ErrMalformed
	}
	return nil
}

// OriginOf says where a request comes from.
func OriginOf(r *http.Request) audit.Origin {
	o := audit.Origin{UserAgent: r.UserAgent(), RequestID: telemetry.RequestID(r.Context())}
	if a := client(r); a.IsValid() {
		o.Address = a.String()
	}
	return o
}

// webURL parses an absolute http or https URL.
func webURL(s string) (*url.URL, error) {
	u, err := url.Parse(s)
	if err != nil {
		return nil, err
	}
	if (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" {
		return nil, fmt.Errorf("%q is not an absolute http or https URL", s)
	}
	return u, nil
}

// originOf is the origin of a URL as browsers write it into the header Origin:
// in lower case and without the port that the scheme has anyway (RFC 6454 §6.2).
func originOf(u *url.URL) string {
	host := strings.ToLower(u.Host)
	switch u.Scheme {
	case "http":
		host = strings.TrimSuffix(host, ":80")
	case "https":
		host = strings.TrimSuffix(host, ":443")
	}
	return u.Scheme + "://" + host
}

// client is the address of the client as the middleware found it, else that of
// whoever is connected.
func client(r *http.Request) netip.Addr {
	if a := middleware.ClientAddress(r.Context()); a.IsValid() {
		return a
	}
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}
	}
	return peer.Addr().Unmap()
}

// loopback reports whether host is this computer: localhost or a loopback
// address.
func loopback(host string) bool {
	a, err := netip.ParseAddr(host)
	return host == "localhost" || (err == nil && a.Unmap().IsLoopback())
}
