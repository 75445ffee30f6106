// Package middleware is what every request passes through before a handler
// sees it, whichever handler that is: a request identifier, the client's
// address, the access log, recovery from panics, security headers, a bound on
// bodies, and cross-origin rules. It also builds the http.Server with its time
// limits.
//
// # Order
//
// Outermost first, because each relies on the ones before it:
//
//	Trace      begins the trace, if the request is one of those that are traced
//	Identify   request id, client address and the place in the queue for hashing,
//	           into the context
//	Log        one line and one observation per request
//	Recover    a panic becomes an answer, and Log sees its status
//	Secure     security headers, no-store by default
//	LimitBody  a larger body is refused before it is read
//	CORS       for the API alone; pages are not for other origins
//
// Trace and Identify copy the request, so that everybody after them shares the
// one whose Pattern the mux fills in.
//
// # Threats
//
// A client that writes its own X-Forwarded-For is not believed past the last
// proxy that we trust ([Proxies]). A client's X-Request-ID is not used: it
// would let strangers forge the trail. The Host header is used for nothing. The
// access log holds no path, no query and no full address, because mailed links
// carry tokens in the query and an address is personal data: it is cut to /24
// or /48 there, and stands whole only in the erasable part of the audit trail.
//
// This package decides nothing about who may do what.
package middleware

import (
	"context"
	"net/http"
	"net/netip"

	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/password"
	"github.com/sallyport-auth/sallyport/internal/telemetry"
)

// HeaderRequestID is the header of every answer that names its request.
const HeaderRequestID = "X-Request-ID"

// Fail writes the answer to a request that did not get through.
type Fail func(w http.ResponseWriter, r *http.Request, err error)

type addressKey struct{}

// Identify gives each request an identifier of our own making, a UUIDv7 whose
// order is the order of arrival, finds the client's address, and gives it the
// place of its network in the queue for hashing passwords.
func Identify(proxies *Proxies, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		requestID := id.Ordered()
		w.Header()[headerRequestID] = []string{requestID}
		ctx := telemetry.WithRequestID(r.Context(), requestID)
		client := proxies.Client(r)
		ctx = context.WithValue(ctx, addressKey{}, client)
		ctx = password.WithTicket(ctx, client)
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

// headerRequestID is the form in which net/http keeps the header's name.
const headerRequestID = "X-Request-Id"

// ClientAddress is the address of the client whose request ctx belongs to. It
// is not valid where there is none.
func ClientAddress(ctx context.Context) netip.Addr {
	a, _ := ctx.Value(addressKey{}).(netip.Addr)
	return a
}
