package httpapi

import (
	"bytes"
	"context"
	"io"
	"net/http"
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

// errTokenRequired is returned where a token is needed and none came.
var errTokenRequired = fault.New(fault.Unauthenticated, "token_required", "Send an access token: Authorization: Bearer ...")

// prefixRefresh starts a refresh token.
const prefixRefresh = "spr_"

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
func (s *server) enter(r route, b strictjson.Form) func(huma.Context, func(huma.Context)) {
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
func (s *server) admit(ctx context.Context, r route, c *call, b strictjson.Form) ([]byte, error) {
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
	if c.bearer, err = middleware.Bearer(c.request); err != nil {
		return nil, err
	}
	if r.who != anyone {
		if c.presented = c.bearer != ""; !c.presented {
			return nil, errTokenRequired
		}
		if c.claims, err = s.Verifier.Verify(ctx, c.bearer); err != nil {
			return nil, err
		}
	}
	if r.who == recently {
		if err = s.Sessions.Recent(ctx, c.claims); err != nil {
			return nil, err
		}
	}
	if !b.Taken {
		return nil, nil
	}
	return strictjson.Read(c.request, b)
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
