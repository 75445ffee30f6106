package httpapi

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"mime"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/httpapi/strictjson"
	"github.com/sallyport-auth/sallyport/internal/middleware"
	"github.com/sallyport-auth/sallyport/internal/ratelimit"
	"github.com/sallyport-auth/sallyport/internal/telemetry"
	"github.com/sallyport-auth/sallyport/internal/token"
)

// callFor bounds a call that changes something. The parts have limits of their
// own; this is the net below them.
const callFor = 10 * time.Second

// call is what a handler knows of its request beyond its input.
type call struct {
	request   *http.Request
	origin    audit.Origin
	bearer    string       // what stood in Authorization, "" if nothing
	claims    token.Claims // of a route for signed-in users
	presented bool         // a token came, and a 401 would be about it
}

type callKey struct{}

// callOf gives the call that ctx belongs to.
func callOf(ctx context.Context) *call {
	c, _ := ctx.Value(callKey{}).(*call)
	return c
}

// enter is what happens between the mux and a handler's input: the limit, who
// may, and the body.
func (s *server) enter(r route, b bodyForm) func(huma.Context, func(huma.Context)) {
	return func(hc huma.Context, next func(huma.Context)) {
		request, w := humago.Unwrap(hc)
		ctx := request.Context()
		c := &call{request: request}
		body, err := s.admit(ctx, r, c, b)
		if err != nil {
			s.write(w, s.refuse(ctx, err, c.presented))
			return
		}
		if r.method != http.MethodGet {
			var cancel context.CancelFunc
			ctx, cancel = context.WithTimeout(ctx, callFor)
			defer cancel()
		}
		next(&entered{humaContext: hc, ctx: context.WithValue(ctx, callKey{}, c), body: body})
	}
}

// admit checks one request. What it returns of the body is JSON that a strict
// parser took, or nothing.
func (s *server) admit(ctx context.Context, r route, c *call, b bodyForm) ([]byte, error) {
	address := middleware.ClientAddress(ctx)
	if r.limit != "" {
		if err := s.Limits.Allow(ctx, r.limit, ratelimit.Client(address)); err != nil {
			return nil, err
		}
	}
	c.origin = audit.Origin{UserAgent: c.request.UserAgent(), RequestID: telemetry.RequestID(ctx)}
	if address.IsValid() {
		c.origin.Address = address.String()
	}
	var err error
	if c.bearer, err = bearer(c.request); err != nil {
		return nil, err
	}
	if r.who == signedIn {
		if c.presented = c.bearer != ""; !c.presented {
			return nil, errTokenRequired
		}
		if c.claims, err = s.Verifier.Verify(ctx, c.bearer); err != nil {
			return nil, err
		}
	}
	if !b.taken {
		return nil, nil
	}
	return readBody(c.request, b)
}

// errEmpty is returned where a body is needed and none came.
var errEmpty = middleware.ErrMalformed.WithDetail("The request needs a JSON body.")

// bodyForm says what a route takes: whether it takes a body, whether it may be
// left out, and which members it may have.
type bodyForm struct {
	taken, optional bool
	members         []string
}

// readBody reads a body whole and strictly.
func readBody(r *http.Request, b bodyForm) ([]byte, error) {
	declared := len(r.Header["Content-Type"]) > 0
	if declared && !b.optional || r.Header.Get("Content-Encoding") != "" {
		if err := checkType(r); err != nil {
			return nil, err
		}
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, unreadable(err)
	}
	if len(bytes.TrimLeft(body, " \t\r\n")) == 0 {
		if b.optional {
			return nil, nil
		}
		return nil, errEmpty
	}
	if err := checkType(r); err != nil {
		return nil, err
	}
	object, err := strictjson.Object(body)
	if err != nil {
		return nil, middleware.ErrMalformed.WithDetail(err.Error())
	}
	return body, checkMembers(object, b.members)
}

// unreadable tells a body that is too large from one that never came.
func unreadable(err error) error {
	if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return middleware.ErrTooLarge
	}
	return middleware.ErrMalformed.WithDetail("The body did not arrive whole.").WithCause(err)
}

// errNotJSONType says which type is taken.
var errNotJSONType = middleware.ErrUnsupported.WithDetail("This path takes application/json, in UTF-8 and uncompressed.")

func checkType(r *http.Request) error {
	types := r.Header["Content-Type"]
	if len(types) != 1 || r.Header.Get("Content-Encoding") != "" {
		return errNotJSONType
	}
	if types[0] == typeJSON {
		return nil
	}
	kind, parameters, err := mime.ParseMediaType(types[0])
	if err != nil || kind != typeJSON {
		return errNotJSONType
	}
	for name, value := range parameters {
		if name != "charset" || !strings.EqualFold(value, "utf-8") {
			return errNotJSONType
		}
	}
	return nil
}

// checkMembers refuses members that the contract does not name, in exactly its
// spelling, and null, which means nothing here.
func checkMembers(object map[string]json.RawMessage, known []string) error {
	var wrong []fault.Field
	for _, name := range slices.Sorted(maps.Keys(object)) {
		switch {
		case !slices.Contains(known, name):
			wrong = append(wrong, fault.Field{Field: sayable(name), Message: "is not known here"})
		case string(object[name]) == "null":
			wrong = append(wrong, fault.Field{Field: name, Message: "must not be null"})
		}
		if len(wrong) == maxFields {
			break
		}
	}
	if wrong != nil {
		return fault.ErrInvalidInput.WithFields(wrong...)
	}
	return nil
}

// maxFields bounds the list of members at fault.
const maxFields = 8

// sayable gives a member's name back if it looks like one. Anything else may be
// a secret in the wrong place.
func sayable(name string) string {
	if name == "" || len(name) > 32 || strings.Trim(name, "abcdefghijklmnopqrstuvwxyz_") != "" {
		return "(unknown)"
	}
	return name
}

// humaContext gives huma.Context another name, so that its method Context can
// be replaced.
type humaContext huma.Context

// entered is a request past [server.enter]: its body has been read, and the
// Accept header no longer matters, because there is one format.
type entered struct {
	humaContext

	ctx  context.Context //nolint:containedctx // it is the context
	body []byte
}

// Context carries the call.
func (e *entered) Context() context.Context { return e.ctx }

// Unwrap is for humago.
func (e *entered) Unwrap() huma.Context { return e.humaContext }

// BodyReader gives what was read.
func (e *entered) BodyReader() io.Reader { return bytes.NewReader(e.body) }

// SetReadDeadline does nothing: there is nothing left to read.
func (e *entered) SetReadDeadline(time.Time) error { return nil }

// Header hides what huma would negotiate.
func (e *entered) Header(name string) string {
	switch name {
	case "Accept", "Content-Type":
		return typeJSON
	}
	return e.humaContext.Header(name)
}
