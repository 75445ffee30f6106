package frame

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
	"github.com/sallyport-auth/sallyport/internal/words"
)

// ErrTokenRequired is returned where a token is needed and none came.
var ErrTokenRequired = fault.New(fault.Unauthenticated, "token_required")

// PrefixRefresh starts a refresh token.
const PrefixRefresh = "spr_"

// callFor bounds a call that changes something. The parts have limits of their
// own; this is the net below them.
const callFor = 10 * time.Second

// Call is what a handler knows of its request beyond its input.
type Call struct {
	Request *http.Request
	Origin  audit.Origin
	Bearer  string       // what stood in Authorization, "" if nothing
	Claims  token.Claims // of a route for signed-in users

	Presented bool // a token came, and a 401 would be about it
}

type callKey struct{}

// CallOf gives the call that ctx belongs to.
func CallOf(ctx context.Context) *Call {
	c, _ := ctx.Value(callKey{}).(*Call)
	return c
}

// enter is what happens between the mux and a handler's input: the limit, who
// may, and the body.
func (f *Frame) enter(r Route, b strictjson.Form) func(huma.Context, func(huma.Context)) {
	return func(hc huma.Context, next func(huma.Context)) {
		request, w := humago.Unwrap(hc)
		ctx := request.Context()
		c := &Call{Request: request}
		body, err := f.admit(ctx, r, c, b)
		key := ""
		if err == nil {
			key, err = r.idempotencyKey(request)
		}
		if err == nil && key != "" && !r.limitsWhoAsks() {
			err = f.opts.Limits.Allow(ctx, ratelimit.Login, ratelimit.Client(middleware.ClientAddress(ctx)))
		}
		if err != nil {
			f.write(w, f.refuse(ctx, err, c.Presented))
			return
		}
		if r.Method != http.MethodGet {
			var cancel context.CancelFunc
			ctx, cancel = context.WithTimeout(ctx, callFor)
			defer cancel()
		}
		e := &entered{humaContext: hc, ctx: context.WithValue(ctx, callKey{}, c), body: body}
		if key != "" {
			f.once(w, r, key, e, next)
			return
		}
		next(e)
	}
}

// admit checks one request. What it returns of the body is JSON that a strict
// parser took, or nothing.
func (f *Frame) admit(ctx context.Context, r Route, c *Call, b strictjson.Form) ([]byte, error) {
	address := middleware.ClientAddress(ctx)
	if r.Limit != "" && !r.Limit.PerUser() {
		if err := f.opts.Limits.Allow(ctx, r.Limit, ratelimit.Client(address)); err != nil {
			return nil, err
		}
	}
	c.Origin = audit.Origin{UserAgent: c.Request.UserAgent(), RequestID: telemetry.RequestID(ctx)}
	if r.Who == Anyone { // the language of others is kept with them
		c.Origin.Language = words.Accepted(c.Request.Header["Accept-Language"])
	}
	if address.IsValid() {
		c.Origin.Address = address.String()
	}
	var err error
	if c.Bearer, err = middleware.Bearer(c.Request); err != nil {
		return nil, err
	}
	if r.Who != Anyone {
		if c.Presented = c.Bearer != ""; !c.Presented {
			return nil, ErrTokenRequired
		}
	}
	// Before the token is looked at, because a body may be long in coming; what is
	// wrong with it matters to who may call.
	body, unread := read(c.Request, b)
	if r.Who != Anyone {
		verify := f.opts.Verifier.Verify
		if r.Who == AnyAudience {
			verify = f.opts.Verifier.VerifyUser
		}
		if c.Claims, err = verify(ctx, c.Bearer); err != nil {
			return nil, err
		}
	}
	if r.Limit.PerUser() {
		if err = f.opts.Limits.Allow(ctx, r.Limit, ratelimit.User(c.Claims.Subject)); err != nil {
			return nil, err
		}
	}
	if r.Who == Recently {
		if err = f.opts.Sessions.Recent(ctx, c.Claims); err != nil {
			return nil, err
		}
	}
	if r.Guard != nil {
		if err = r.Guard(ctx, c); err != nil {
			return nil, err
		}
	}
	return body, unread
}

func read(r *http.Request, b strictjson.Form) ([]byte, error) {
	if !b.Taken {
		return nil, nil
	}
	return strictjson.Read(r, b)
}

// humaContext gives huma.Context another name, so that its method Context can
// be replaced.
type humaContext huma.Context

// entered is a request past [Frame.enter]: its body has been read, and the
// Accept header no longer matters, because there is one format.
type entered struct {
	humaContext

	ctx    context.Context //nolint:containedctx // it is the context
	body   []byte
	answer *answer // held back until it is kept; nil sends it as it comes
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
		return TypeJSON
	}
	return e.humaContext.Header(name)
}
