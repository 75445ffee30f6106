package frame

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/sallyport-auth/sallyport/internal/client"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/login"
	"github.com/sallyport-auth/sallyport/internal/middleware"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/telemetry"
	"github.com/sallyport-auth/sallyport/internal/words"
)

var (
	// errInternal is what is shown of an error that is ours.
	errInternal = fault.New(fault.Internal, "internal")
	// errMethod is returned for a method that a path does not know; its status
	// is 405, which no room ever means, so it has no kind of its own.
	errMethod = fault.New(fault.NotFound, "method_not_allowed")
)

// Media types of answers.
const (
	TypeJSON    = "application/json"
	TypeProblem = "application/problem+json"
)

// problemTypes is the prefix of problem types. They are identifiers, not
// addresses (RFC 9457 §3.1.1), the same at every installation.
const problemTypes = "https://sallyport.example/errors/"

// retrySoon is what a 503 says that does not say more.
const retrySoon = 2 * time.Second

// Problem is an error as programs see it (RFC 9457).
type Problem struct {
	Type      string       `json:"type" format:"uri" doc:"A URI for the kind of problem. It ends in the code." example:"https://sallyport.example/errors/invalid_credentials"`
	Title     string       `json:"title" doc:"The HTTP status in words." example:"Unauthorized"`
	Status    int          `json:"status" doc:"The HTTP status." example:"401"`
	Code      string       `json:"code" doc:"The error code for programs. Codes are permanent; docs/errors.md lists them." example:"invalid_credentials"`
	Detail    string       `json:"detail,omitempty" doc:"A sentence for people." example:"The email address or the password is wrong."`
	RequestID string       `json:"request_id" doc:"The request ID, as in X-Request-ID." example:"01932f9c-4ac0-7a2b-8a56-3f4e6c0f9d21"`
	Errors    []FieldError `json:"errors,omitempty" nullable:"false" doc:"The members that were refused, without their values."`
	Next      string       `json:"next,omitempty" enum:"login,retry" doc:"What to do after a refused refresh: login means sign in again, retry means read the token store again."`
	Reason    EndReason    `json:"reason,omitempty" doc:"With session_ended: why the session ended. Present only if the refresh token was genuine."`
	Restore   string       `json:"restore_token,omitempty" doc:"With account_pending_deletion: send it to /auth/me/restore within 15 minutes to keep the account."`
}

// FieldError names one member of a request that breaks a rule.
type FieldError struct {
	Field   string `json:"field" doc:"The name of the member or parameter." example:"email"`
	Message string `json:"message" doc:"The rule that it breaks." example:"must be an email address"`
}

// Status gives the HTTP status of a fault.
func Status(f *fault.Error) int {
	if f.Code == errMethod.Code { // a resource that there is, without the method
		return http.StatusMethodNotAllowed
	}
	return middleware.StatusOf(f.Kind)
}

// faultOf finds the fault in err. Without one, a database that is gone or a
// time that ran out is "unavailable", and the rest is ours.
func faultOf(err error) *fault.Error {
	if f, ok := errors.AsType[*fault.Error](err); ok && f.Kind != fault.Internal {
		return f
	}
	for _, passing := range []error{store.ErrUnavailable, context.DeadlineExceeded, context.Canceled} {
		if errors.Is(err, passing) {
			return fault.ErrUnavailable.WithCause(err)
		}
	}
	return errInternal.WithCause(err)
}

// report counts a failure, and logs what an operator must know of it. What a caller
// did wrong is counted, not told; a caller who left is nobody's fault.
func (f *Frame) report(ctx context.Context, fail *fault.Error, err error) {
	if errors.Is(err, context.Canceled) && ctx.Err() != nil {
		return
	}
	f.opts.Tally.Add("refusals", fail.Code)
	switch fail.Kind { //nolint:exhaustive // the others are a caller's
	case fault.Internal:
		f.opts.Log.ErrorContext(ctx, "request failed", slog.Any("error", err))
	case fault.Unavailable:
		f.opts.Log.WarnContext(ctx, "request is refused for now", slog.String("code", fail.Code), slog.Any("error", err))
	default:
		f.opts.Log.DebugContext(ctx, "request is refused", slog.String("code", fail.Code), slog.Any("error", err))
	}
}

// refusal is a fault on its way to the client: it carries the problem and the
// headers that belong to it.
type refusal struct {
	Problem

	headers http.Header
	cause   error
}

// refuse turns err into an answer, and logs it. presented says whether the
// request carried a token, and it is that token which is refused.
func (f *Frame) refuse(ctx context.Context, err error, presented bool) *refusal {
	fail := faultOf(err)
	f.report(ctx, fail, err)
	r := &refusal{cause: err, headers: http.Header{}, Problem: ProblemOf(ctx, fail)}
	switch r.Status {
	case http.StatusUnauthorized:
		about := func(input error) bool { return errors.Is(fail, input) }
		asks := challenge(presented && !slices.ContainsFunc(f.opts.AboutInput, about))
		if fail.Code == client.ErrInvalidClient.Code {
			asks = challengeClient
		}
		r.headers.Set("WWW-Authenticate", asks)
	case http.StatusTooManyRequests, http.StatusServiceUnavailable:
		RetryAfter(r.headers, fail)
	}
	return r
}

// ProblemOf is a fault as programs see it.
func ProblemOf(ctx context.Context, f *fault.Error) Problem {
	code, say := Status(f), words.ForPrograms()
	p := Problem{
		Type: problemTypes + f.Code, Title: http.StatusText(code), Status: code, Code: f.Code, Detail: say.Said(f.Words, f.Args...),
		RequestID: telemetry.RequestID(ctx), Next: f.Member(session.MemberNext),
		Reason: EndReason(f.Member(session.MemberReason)), Restore: f.Member(login.MemberRestore),
	}
	for _, field := range f.Fields {
		p.Errors = append(p.Errors, FieldError{Field: field.Field, Message: say.Rule(field.Rule, field.Args...)})
	}
	return p
}

// challengeClient is what a 401 asks a client for (RFC 7617 §2.1).
const challengeClient = `Basic realm="sallyport", charset="UTF-8"`

// challenge is what a 401 asks for (RFC 6750 §3). Without a token in the
// request there is no error to name (§3.1).
func challenge(refused bool) string {
	if refused {
		return `Bearer realm="sallyport", error="invalid_token"`
	}
	return `Bearer realm="sallyport"`
}

// RetryAfter says when to come back: in whole seconds, rounded up, because who
// comes early is refused again.
func RetryAfter(h http.Header, f *fault.Error) {
	d := f.RetryAfter
	if d <= 0 {
		d = retrySoon
	}
	h.Set("Retry-After", strconv.FormatInt(int64((d+time.Second-1)/time.Second), 10))
}

// Error is for the log.
func (r *refusal) Error() string { return r.cause.Error() }

// Unwrap gives what was refused.
func (r *refusal) Unwrap() error { return r.cause }

// GetStatus is asked by huma.
func (r *refusal) GetStatus() int { return r.Status }

// GetHeaders is asked by huma.
func (r *refusal) GetHeaders() http.Header { return r.headers }

// ContentType is asked by huma.
func (r *refusal) ContentType(string) string { return TypeProblem }

// Fail answers with err where no handler of [Take] does: under /oauth2/ in the form
// that OAuth has.
func (f *Frame) Fail(w http.ResponseWriter, r *http.Request, err error) {
	if strings.HasPrefix(r.URL.Path, prefixOAuth) {
		f.failOAuth(w, r, err)
		return
	}
	sent, wrong := middleware.Bearer(r)
	f.write(w, f.refuse(r.Context(), err, wrong == nil && sent != ""))
}

func (*Frame) write(w http.ResponseWriter, refused *refusal) {
	h := w.Header()
	for name, values := range refused.headers {
		h[name] = slices.Clone(values)
	}
	h.Set("Cache-Control", "no-store")
	WriteJSON(w, refused.Status, TypeProblem, refused.Problem)
}

// WriteJSON answers with v.
func WriteJSON(w http.ResponseWriter, status int, kind string, v any) {
	w.Header().Set("Content-Type", kind)
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v)
}
