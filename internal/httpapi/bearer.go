package httpapi

import (
	"net/http"
	"strings"

	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/middleware"
)

// errTokenRequired is returned where a token is needed and none came.
var errTokenRequired = fault.New(fault.Unauthenticated, "token_required", "Send an access token: Authorization: Bearer ...")

// prefixRefresh starts a refresh token.
const prefixRefresh = "spr_"

// bearer gives the token of the Authorization header (RFC 6750 §2.1), and
// nothing for another scheme or none. Two headers are refused: proxies disagree
// about which of them counts.
func bearer(r *http.Request) (string, error) {
	lines := r.Header["Authorization"]
	switch len(lines) {
	case 0:
		return "", nil
	case 1:
	default:
		return "", middleware.ErrMalformed.WithDetail("The request has more than one Authorization header.")
	}
	const scheme = "Bearer "
	line := lines[0]
	if len(line) <= len(scheme) || !strings.EqualFold(line[:len(scheme)], scheme) {
		return "", nil
	}
	return strings.Trim(line[len(scheme):], " "), nil
}

// bearerSent reports whether the request carries a token, for answers outside
// of routes.
func bearerSent(r *http.Request) bool {
	sent, err := bearer(r)
	return err == nil && sent != ""
}
