package middleware

import (
	"maps"
	"net/http"
)

// secureHeaders stand on every answer. Pages and the documentation replace
// Content-Security-Policy and Cache-Control by their own.
//
// The API is no document: nothing may load from it, frame it or run in it.
// no-store is the default because nearly every answer holds a token or a
// person's data (RFC 6749 §5.1, RFC 9111 §5.2.2.5).
func secureHeaders(https bool) http.Header {
	h := http.Header{}
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Content-Type-Options", "nosniff")
	if https {
		// RFC 6797 §6.1.
		h.Set("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
	}
	return h
}

// Secure sets the security headers. https says that the public URL is, and asks
// browsers to keep to it.
func Secure(https bool, next http.Handler) http.Handler {
	common := secureHeaders(https)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		// The one-element slices are shared between requests: Set replaces them
		// and Add copies, so nobody writes into them.
		maps.Copy(w.Header(), common)
		next.ServeHTTP(w, r)
	})
}
