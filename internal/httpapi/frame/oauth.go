package frame

import (
	"context"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/client"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/httpapi/strictjson"
	"github.com/sallyport-auth/sallyport/internal/middleware"
	"github.com/sallyport-auth/sallyport/internal/ratelimit"
	"github.com/sallyport-auth/sallyport/internal/telemetry"
	"github.com/sallyport-auth/sallyport/internal/words"
)

// prefixOAuth begins the paths that speak as OAuth does and not as the rest of the
// API: form-encoded requests, and the errors of RFC 6749 §5.2.
const prefixOAuth = "/oauth2/"

// TypeForm is the media type of requests under /oauth2/.
const TypeForm = "application/x-www-form-urlencoded"

// Parameters are those of a request under /oauth2/ (RFC 6749 §3.2): each once, but
// for resource and audience (RFC 8707 §2), none of them empty.
type Parameters url.Values

// Get gives the one value of a parameter, or nothing.
func (p Parameters) Get(name string) string { return url.Values(p).Get(name) }

// Signed is an answer in place of JSON.
type Signed struct{ Type, Text string }

// FormEncoded mounts a handler of /oauth2/ that is given the parameters of a request. I
// describes them in the contract; those that it lacks are ignored. What is answered
// is JSON, or [Signed], and nobody keeps it.
func FormEncoded[I any](handle func(context.Context, Parameters) (any, error)) func(*Frame, Route) {
	return func(f *Frame, r Route) {
		fails := r.Description.Fails
		r.Description.Fails, r.Description.Plain = nil, true
		op := f.operation(r, strictjson.Form{})
		op.RequestBody = &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{
			TypeForm: {Schema: f.api.OpenAPI().Components.Schemas.Schema(reflect.TypeFor[I](), true, "")},
		}}
		for status, codes := range fails {
			response := f.refusalResponse(status, codes)
			response.Content = map[string]*huma.MediaType{TypeJSON: {Schema: f.schema([]any{OAuthError{}})}}
			op.Responses[strconv.Itoa(status)] = response
		}
		f.api.OpenAPI().AddOperation(&op)
		f.mux.HandleFunc(r.Method+" "+r.Path, func(w http.ResponseWriter, request *http.Request) {
			ctx, cancel := context.WithTimeout(request.Context(), callFor)
			defer cancel()
			out, err := f.answerForm(ctx, r, request, handle)
			if err != nil {
				f.Fail(w, request, err)
				return
			}
			w.Header().Set("Cache-Control", "no-store")
			if signed, ok := out.(Signed); ok {
				w.Header().Set("Content-Type", signed.Type)
				_, _ = io.WriteString(w, signed.Text)
				return
			}
			WriteJSON(w, http.StatusOK, TypeJSON, out)
		})
	}
}

func (f *Frame) answerForm(
	ctx context.Context, r Route, request *http.Request, handle func(context.Context, Parameters) (any, error),
) (any, error) {
	address := middleware.ClientAddress(ctx)
	if err := f.opts.Limits.Allow(ctx, r.Limit, ratelimit.Client(address)); err != nil {
		return nil, err
	}
	c := &Call{Request: request, Origin: audit.Origin{UserAgent: request.UserAgent(), RequestID: telemetry.RequestID(ctx)}}
	if address.IsValid() {
		c.Origin.Address = address.String()
	}
	in, err := readForm(request)
	if err != nil {
		return nil, err
	}
	return handle(context.WithValue(ctx, callKey{}, c), in)
}

// mayRepeat are the parameters that may stand in a request more than once.
var mayRepeat = []string{"resource", "audience"}

// readForm reads the parameters in the body. An empty one counts as left out, and
// of any but a few there may be one (RFC 6749 §3.2). The query holds none: it
// stands in logs.
func readForm(r *http.Request) (Parameters, error) {
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || kind != TypeForm || len(r.Header["Content-Type"]) != 1 {
		return nil, client.ErrInvalidRequest
	}
	body, err := io.ReadAll(r.Body)
	if _, long := errors.AsType[*http.MaxBytesError](err); long {
		return nil, middleware.ErrTooLarge
	}
	if err != nil {
		return nil, client.ErrInvalidRequest.WithCause(err)
	}
	values, err := url.ParseQuery(string(body))
	if err != nil {
		return nil, client.ErrInvalidRequest // its text would repeat what was sent
	}
	for name, list := range values {
		list = slices.DeleteFunc(list, func(v string) bool { return v == "" })
		if values[name] = list; len(list) == 0 {
			delete(values, name)
		}
		broken := func(v string) bool { return !utf8.ValidString(v) || strings.ContainsRune(v, 0) }
		if len(list) > 1 && !slices.Contains(mayRepeat, name) || slices.ContainsFunc(list, broken) {
			return nil, client.ErrInvalidRequest
		}
	}
	return Parameters(values), nil
}

// OAuthError is an error as clients of OAuth see it (RFC 6749 §5.2).
type OAuthError struct {
	Code string `json:"error" doc:"One of the codes of RFC 6749 §5.2, RFC 8707 §2 and RFC 7009 §2.2.1." example:"invalid_client"`
	Text string `json:"error_description,omitempty" doc:"One sentence for developers." example:"The client is unknown, or its credentials are wrong."`
}

// failOAuth is Fail for a path of OAuth.
func (f *Frame) failOAuth(w http.ResponseWriter, r *http.Request, err error) {
	fail := faultOf(err)
	f.report(r.Context(), fail, err)
	status, code := oauthStatus(fail)
	h := w.Header()
	h.Set("Cache-Control", "no-store")
	switch status {
	case http.StatusUnauthorized:
		h.Set("WWW-Authenticate", challengeClient)
	case http.StatusTooManyRequests, http.StatusServiceUnavailable:
		RetryAfter(h, fail)
	}
	WriteJSON(w, status, TypeJSON, OAuthError{Code: code, Text: described(words.ForPrograms().Said(fail.Words, fail.Args...))})
}

// oauthCodes are the codes that clients know.
var oauthCodes = []*fault.Error{
	client.ErrInvalidClient, client.ErrUnauthorizedClient, client.ErrUnsupportedGrantType, client.ErrInvalidScope, client.ErrInvalidTarget,
	client.ErrInvalidGrant,
}

// oauthStatus is a fault in the words of OAuth. A request that cannot be read is
// 400, whatever is wrong with it (RFC 6749 §5.2).
func oauthStatus(fail *fault.Error) (status int, code string) {
	for _, known := range oauthCodes {
		if fail.Code == known.Code {
			return Status(fail), fail.Code
		}
	}
	switch status = Status(fail); status {
	case http.StatusTooManyRequests, http.StatusServiceUnavailable:
		return status, "temporarily_unavailable"
	case http.StatusInternalServerError:
		return status, "server_error"
	case http.StatusNotFound, http.StatusMethodNotAllowed, http.StatusRequestEntityTooLarge:
		return status, client.ErrInvalidRequest.Code
	}
	return http.StatusBadRequest, client.ErrInvalidRequest.Code
}

// described leaves of a sentence what an error_description may hold (RFC 6749 §5.2).
func described(text string) string {
	return strings.Map(func(c rune) rune {
		if c < ' ' || c > '~' || c == '"' || c == '\\' {
			return -1
		}
		return c
	}, text)
}

// ClientByHeader is the security of a path without a body that asks which client
// calls.
func ClientByHeader() []map[string][]string {
	return []map[string][]string{{schemeClient: {}}, {schemeAssertion: {}}}
}

// ClientSecret is the security of paths that ask which client calls. The secret, or
// an assertion, may stand in the body instead.
func ClientSecret() []map[string][]string {
	return []map[string][]string{{schemeClient: {}}, {}}
}
