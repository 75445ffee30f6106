package middleware

import "net/http"

// MaxBody is the largest body of a request.
const MaxBody = 64 << 10

// LimitBody refuses a body that says it is too large, and cuts one off that
// says nothing: reading it then fails with *http.MaxBytesError.
func LimitBody(fail Fail, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if len(r.TransferEncoding) > 0 {
			w.Header().Set("Connection", "close")
		}
		if r.ContentLength > MaxBody {
			fail(w, r, ErrTooLarge)
			return
		}
		if r.ContentLength != 0 {
			r.Body = http.MaxBytesReader(w, r.Body, MaxBody)
		}
		next.ServeHTTP(w, r)
	})
}
