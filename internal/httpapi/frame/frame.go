// Package frame is what every operation of the JSON API stands in, and nothing
// of what any of them does.
//
// # A request's way
//
// A [Route] says, in the order in which it happens:
//
//	Limit  the flow that counts against the client address, before any work;
//	       what a user changes counts against them, once it is known who asks
//	Who    anyone, or the holder of an access token
//	body   read whole, at most 64 KiB, and strictly
//	once   a request with an Idempotency-Key that was answered before is answered
//	       the same (package idempotency); it counts against the client address
//	       as a sign-in does, where the route has no limit of its own
//	input  types, lengths and required members, by the schema of the contract
//	call   the handler, which makes one call to a room
//
// # Strict bodies
//
// A body is one JSON object in UTF-8 of type application/json. Malformed JSON,
// wrong UTF-8 or half a surrogate pair, a member given twice on any level, and
// anything after the object is 400; another type is 415; a member that the
// schema does not name, spelled exactly, null, or a value of the wrong form is
// 422 with the member's name. JSON parsers disagree about all of these
// (RFC 8259 §4, §8.1), and a proxy or log in front must not see another request
// than we do.
//
// # What an error says
//
// RFC 9457 problem details with a permanent code. Kinds of faults map to
// statuses in one place (problem.go). Nothing that was sent comes back: no
// value, and no name of a member that could be a misplaced secret. What is not
// a fault is logged and shown as "internal". huma's own errors, which hold the
// rejected value, are replaced before they are written.
//
// Under /oauth2/ all of this is as OAuth has it ([FormEncoded]): requests are form-encoded,
// a parameter that is unknown is ignored, one that comes twice is refused, and
// errors are those of RFC 6749 §5.2 (oauth.go).
//
// # The contract
//
// What a route refuses by standing here is written into its part of the
// contract here as well; a [Description] says the rest.
//
// This package never decides who may do what beyond "has a live token", never
// calls a room for an operation, and never writes HTML.
package frame

import (
	"context"
	"log/slog"
	"net/http"
	"path"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/idempotency"
	"github.com/sallyport-auth/sallyport/internal/ratelimit"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/telemetry"
	"github.com/sallyport-auth/sallyport/internal/token"
)

// Options is what a frame needs. Without the first three it describes routes,
// and answers those that neither limit nor ask who calls.
type Options struct {
	Verifier *token.Verifier
	Sessions *session.Sessions
	Limits   *ratelimit.Limits

	// Idempotency keeps what requests with an Idempotency-Key came to, and Resume
	// gives what one is to answer that opened a session. They are needed where a
	// route says Once.
	Idempotency *idempotency.Keys
	Resume      func(ctx context.Context, sessionID string) (Resumed, error)

	Log   *slog.Logger
	Tally *telemetry.Tally

	// Lost answers for a path that is none; nil leaves it to a problem.
	Lost http.HandlerFunc

	// AboutInput are the faults with the status 401 that refuse what was typed
	// and not the token beside it.
	AboutInput []error
}

// Frame holds routes.
type Frame struct {
	opts Options

	api      huma.API
	mux      *http.ServeMux
	contract Contract
	methods  map[string][]string // of paths without wildcards
}

// New returns a frame without routes. The contract begins as given.
func New(o Options, c Contract) *Frame {
	f := &Frame{opts: o, mux: http.NewServeMux(), contract: c, methods: map[string][]string{}}
	f.api = f.newAPI(c)
	return f
}

// Handle mounts a handler that is in no contract.
func (f *Frame) Handle(pattern string, h http.Handler) { f.mux.Handle(pattern, h) }

// ServeHTTP is the mux with problem details where it would answer in plain text,
// and without its redirects: a path that is not clean is none.
func (f *Frame) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if p := r.URL.Path; p == "" || p[0] != '/' || path.Clean(p) != p {
		f.lost(w, r)
		return
	}
	if own := f.methods[r.URL.Path]; own != nil && !slices.Contains(own, r.Method) {
		f.disallow(w, r, strings.Join(own, ", "))
		return
	}
	if handler, pattern := f.mux.Handler(r); pattern == "" {
		f.unmatched(w, r, handler)
		return
	}
	f.mux.ServeHTTP(w, r)
}

// unmatched answers for a path or a method that the mux does not know. handler
// is the mux's own answer, which knows the methods that it does know.
func (f *Frame) unmatched(w http.ResponseWriter, r *http.Request, handler http.Handler) {
	plain := &muted{header: http.Header{}}
	handler.ServeHTTP(plain, r)
	allow := plain.header.Get("Allow")
	if allow == "" {
		f.lost(w, r)
		return
	}
	f.disallow(w, r, allow)
}

// disallow says which methods a path has. For a path that is spelled out they
// are its own: the mux would add those of patterns with a wildcard in its place,
// and lead a request with one of those there.
func (f *Frame) disallow(w http.ResponseWriter, r *http.Request, allow string) {
	w.Header().Set("Allow", allow+", OPTIONS")
	if r.Method == http.MethodOptions {
		w.WriteHeader(http.StatusNoContent)
		return
	}
	f.Fail(w, r, errMethod)
}

func (f *Frame) lost(w http.ResponseWriter, r *http.Request) {
	if f.opts.Lost == nil {
		f.Fail(w, r, fault.ErrNotFound)
		return
	}
	f.opts.Lost(w, r)
}

// muted takes an answer that nobody is to see.
type muted struct{ header http.Header }

// Header is where the answer's headers go.
func (m *muted) Header() http.Header { return m.header }

// WriteHeader drops the status.
func (m *muted) WriteHeader(int) {}

// Write drops the body.
func (m *muted) Write(p []byte) (int, error) { return len(p), nil }
