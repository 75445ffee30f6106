package httpapi

import (
	"net/http"
	"strings"

	"github.com/sallyport-auth/sallyport/internal/middleware"
)

// wanted is what a visitor asked a proxy for.
type wanted struct {
	origin string // as browsers spell it; empty unless the proxy is trusted and says it
	target string // path and query; empty if no link can ask for it once more
}

// address is all of it, or nothing.
func (v wanted) address() string {
	if v.target == "" {
		return ""
	}
	return v.origin + v.target
}

// wantedOf reads what a proxy says of the request that it got: nothing if the proxy
// is not trusted, if it does not say, or says it twice. A request that cannot be
// made once more by following a link has no target. Whether anybody may be led
// there is for the sign-in page to say.
func wantedOf(r *http.Request, proxies *middleware.Proxies) wanted {
	if !proxies.Trusts(r) {
		return wanted{}
	}
	return newWanted(only(r.Header, "X-Forwarded-Proto"), only(r.Header, "X-Forwarded-Host"), only(r.Header, "X-Forwarded-Method"), only(r.Header, "X-Forwarded-Uri"))
}

func newWanted(scheme, host, method, target string) wanted {
	if scheme == "" || host == "" || strings.ContainsAny(host, "/\\?#@, ") {
		return wanted{}
	}
	v := wanted{origin: originAt(strings.ToLower(scheme), strings.ToLower(host))}
	if strings.HasPrefix(target, "/") && (method == "" || method == http.MethodGet || method == http.MethodHead) {
		v.target = target
	}
	return v
}

// originAt writes an origin without the port that the scheme has anyway
// (RFC 6454 §6.2).
func originAt(scheme, host string) string {
	switch scheme {
	case "http":
		host = strings.TrimSuffix(host, ":80")
	case "https":
		host = strings.TrimSuffix(host, ":443")
	}
	return scheme + "://" + host
}

// only is the value of a header that stands once, and nothing else.
func only(h http.Header, name string) string {
	if lines := h[name]; len(lines) == 1 {
		return lines[0]
	}
	return ""
}
