package middleware

import "net/http"

// CloseWhile has clients leave while stopping holds: every answer carries
// Connection: close (RFC 9112 §9.6), so that the next request comes over a new
// connection, which a load balancer opens to somebody else by then. Without it a
// proxy that keeps connections open may send a request into one just as the
// server closes it, and cannot know whether the request was done.
func CloseWhile(stopping func() bool, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if stopping() {
			w.Header().Set("Connection", "close")
		}
		next.ServeHTTP(w, r)
	})
}
