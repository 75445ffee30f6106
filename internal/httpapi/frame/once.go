package frame

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/idempotency"
	"github.com/sallyport-auth/sallyport/internal/ratelimit"
)

// HeaderIdempotencyKey is by which a client says that a request is the same as
// one before (draft-ietf-httpapi-idempotency-key-header).
const HeaderIdempotencyKey = "Idempotency-Key"

// maxKey is how long a key may be.
const maxKey = 64

var errKey = fault.ErrInvalidInput.WithFields(fault.Wrong(HeaderIdempotencyKey, "idempotency_key"))

// Resumed is what an operation that opened a session is to answer, where the
// session is all that is known of it. Rotated says that the session's refresh
// token has been exchanged since, so that an earlier answer is out of date.
type Resumed struct {
	SetCookie string
	Body      any
	Rotated   bool
}

// idempotencyKey reads the key of a request to an operation that takes one.
func (r Route) idempotencyKey(request *http.Request) (key string, err error) {
	keys := request.Header.Values(HeaderIdempotencyKey)
	if !r.Description.Once || len(keys) == 0 {
		return "", nil
	}
	if len(keys) > 1 || keys[0] == "" || len(keys[0]) > maxKey {
		return "", errKey
	}
	for _, c := range []byte(keys[0]) {
		if c <= ' ' || c > '~' {
			return "", errKey
		}
	}
	return keys[0], nil
}

// limitsWhoAsks reports whether the route counts what a client address or a user
// does. Where it does not, a request with a key counts as a sign-in: its key is a
// row, written before anything that the request says is checked.
func (r Route) limitsWhoAsks() bool { return r.Limit != "" && r.Limit != ratelimit.ByAccount }

// once makes a call whose request has a key, or answers as the call before did.
// The request has passed everything that stands before a call.
func (f *Frame) once(w http.ResponseWriter, r Route, key string, e *entered, next func(huma.Context)) {
	c := CallOf(e.ctx)
	begun, err := f.opts.Idempotency.Begin(e.ctx, idempotency.Request{
		Scope: r.ID + " " + c.Request.URL.EscapedPath() + " " + c.Claims.Subject + " " + c.Claims.SessionID, Key: key, Body: e.body,
	})
	switch {
	case err != nil:
		f.write(w, f.refuse(e.ctx, err, false))
		return
	case begun.SessionID != "":
		f.resume(w, e.ctx, begun)
		return
	case begun.Answer != nil:
		send(w, *begun.Answer)
		return
	}
	a := &answer{header: http.Header{}}
	calling := e.ctx
	e.answer, e.ctx = a, idempotency.With(calling, begun.Call)
	next(e)
	// The call may have used up its time.
	f.settle(context.WithoutCancel(calling), begun.Call, a.kept())
	send(w, a.kept())
}

// resume answers for a call that opened a session: as before, if the answer is
// known and the session is still as it was; else by the session as it is now.
func (f *Frame) resume(w http.ResponseWriter, ctx context.Context, begun idempotency.Begun) {
	resumed, err := f.opts.Resume(ctx, begun.SessionID)
	if err != nil {
		f.write(w, f.refuse(ctx, err, false))
		return
	}
	if begun.Answer != nil && !resumed.Rotated {
		send(w, *begun.Answer)
		return
	}
	body := &bytes.Buffer{}
	if err := encode(body, resumed.Body); err != nil {
		f.write(w, f.refuse(ctx, err, false))
		return
	}
	a := idempotency.Answer{
		Status: http.StatusOK, Header: map[string][]string{"Content-Type": {TypeJSON}, "Set-Cookie": {resumed.SetCookie}}, Body: body.Bytes(),
	}
	if begun.Answer == nil {
		f.settle(ctx, begun.Call, a)
	}
	send(w, a)
}

// settle says what a call came to: success is kept, a refusal leaves the key
// free, and of a failure the next request finds out.
func (f *Frame) settle(ctx context.Context, c *idempotency.Call, a idempotency.Answer) {
	var err error
	switch {
	case a.Status >= http.StatusInternalServerError, a.Status == 0:
		err = c.Release(ctx)
	case a.Status >= http.StatusBadRequest:
		err = c.Drop(ctx)
	default:
		err = c.Keep(ctx, a)
	}
	if err != nil { // the next request waits for the holder, or goes by the session
		f.opts.Log.WarnContext(ctx, "outcome of an idempotent call is not kept", slog.Any("error", err))
	}
}

func send(w http.ResponseWriter, a idempotency.Answer) {
	for name, values := range a.Header {
		for _, v := range values {
			w.Header().Add(name, v)
		}
	}
	w.WriteHeader(a.Status)
	_, _ = w.Write(a.Body) // who has gone asks again
}

// encode writes JSON as every answer does: <, > and & are escaped, so that an
// answer that is shown as what it is not holds no markup.
func encode(w io.Writer, v any) error { return json.NewEncoder(w).Encode(v) }

// answer is what a handler answers, until it is sent.
type answer struct {
	status int
	header http.Header
	body   bytes.Buffer
}

func (a *answer) kept() idempotency.Answer {
	return idempotency.Answer{Status: a.status, Header: a.header, Body: a.body.Bytes()}
}

// SetStatus holds the status back where the answer is to be kept.
func (e *entered) SetStatus(code int) {
	if e.answer == nil {
		e.humaContext.SetStatus(code)
		return
	}
	e.answer.status = code
}

// Status is what was set.
func (e *entered) Status() int {
	if e.answer == nil {
		return e.humaContext.Status()
	}
	return e.answer.status
}

// SetHeader holds a header back where the answer is to be kept.
func (e *entered) SetHeader(name, value string) {
	if e.answer == nil {
		e.humaContext.SetHeader(name, value)
		return
	}
	e.answer.header.Set(name, value)
}

// AppendHeader is SetHeader beside what is there.
func (e *entered) AppendHeader(name, value string) {
	if e.answer == nil {
		e.humaContext.AppendHeader(name, value)
		return
	}
	e.answer.header.Add(name, value)
}

// BodyWriter holds the body back where the answer is to be kept.
func (e *entered) BodyWriter() io.Writer {
	if e.answer == nil {
		return e.humaContext.BodyWriter()
	}
	return &e.answer.body
}
