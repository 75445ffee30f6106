package middleware

import (
	"net/http"
	"strings"
)

// Bearer gives the token of the Authorization header (RFC 6750 §2.1), and
// nothing for another scheme or none. Two headers are refused: proxies disagree
// about which of them counts.
func Bearer(r *http.Request) (string, error) {
	lines := r.Header["Authorization"]
	switch len(lines) {
	case 0:
		return "", nil
	case 1:
	default:
		return "", ErrMalformed.WithWords("malformed_request.two_headers")
	}
	const scheme = "Bearer "
	line := lines[0]
	if len(line) <= len(scheme) || !strings.EqualFold(line[:len(scheme)], scheme) {
		return "", nil
	}
	return strings.Trim(line[len(scheme):], " "), nil
}
