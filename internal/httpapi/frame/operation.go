package frame

import (
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/sallyport-auth/sallyport/internal/httpapi/strictjson"
	"github.com/sallyport-auth/sallyport/internal/idempotency"
	"github.com/sallyport-auth/sallyport/internal/session"
)

// Description is what the contract says of an operation beyond its input. Fails
// holds the codes that only it has, by status; Plain ones answer without the
// common refusals; Query tells that parameters may be refused; Page that a
// browser gets a page instead.
type Description struct {
	Tag, Summary, Text string
	Answers            []Answer
	Fails              map[int][]string
	Security           []map[string][]string
	Query, Plain, Page bool
	Once               bool // takes an Idempotency-Key
}

// Answer is one way in which an operation succeeds. Of holds a value of each
// type that the body may have, and is empty for text; Kind is its media type if
// it is not JSON. Headers says what is in its headers.
type Answer struct {
	Status  int
	Text    string
	Of      []any
	Kind    string
	Headers map[string]string
}

// typePage is what browsers get.
const typePage = "text/html"

// EitherToken is the security of paths that take either token, or none.
func EitherToken() []map[string][]string {
	return []map[string][]string{{schemeAccess: {}}, {schemeRefresh: {}}, {}}
}

// AccessToken is the security of paths that take an access token, or a cookie of the
// pages, which the contract does not describe.
func AccessToken() []map[string][]string { return []map[string][]string{{schemeAccess: {}}, {}} }

// operation is a route as the contract describes it.
func (f *Frame) operation(r Route, form strictjson.Form) huma.Operation {
	d := r.Description
	op := huma.Operation{
		OperationID: r.ID, Method: r.Method, Path: r.Path, Summary: d.Summary, Description: d.Text, Tags: []string{d.Tag},
		Responses: map[string]*huma.Response{}, Security: d.Security,
	}
	if r.Who != Anyone {
		op.Security = []map[string][]string{{schemeAccess: {}}}
	}
	if d.Once {
		op.Parameters = append(op.Parameters, &huma.Param{Ref: "#/components/parameters/" + HeaderIdempotencyKey})
	}
	for _, a := range d.Answers {
		response := f.response(a)
		if before := op.Responses[strconv.Itoa(a.Status)]; before != nil {
			maps.Copy(before.Content, response.Content)
			continue
		}
		op.Responses[strconv.Itoa(a.Status)] = response
	}
	if len(d.Answers) > 0 {
		op.DefaultStatus = d.Answers[0].Status
	}
	for status, codes := range refusals(r, form) {
		op.Responses[strconv.Itoa(status)] = f.refusalResponse(status, codes)
	}
	if d.Page {
		for _, response := range op.Responses {
			response.Content[typePage] = &huma.MediaType{Schema: &huma.Schema{Type: huma.TypeString}}
		}
	}
	return op
}

// refusals adds to the codes of an operation those that follow from its route.
func refusals(r Route, form strictjson.Form) map[int][]string {
	d, codes := r.Description, map[int][]string{}
	add := func(status int, more ...string) {
		for _, code := range more {
			if !slices.Contains(codes[status], code) {
				codes[status] = append(codes[status], code)
			}
		}
	}
	for status, own := range d.Fails {
		add(status, own...)
	}
	if d.Plain {
		return codes
	}
	add(http.StatusBadRequest, "malformed_request")
	add(http.StatusInternalServerError, "internal")
	add(http.StatusServiceUnavailable, "unavailable")
	if form.Taken {
		add(http.StatusRequestEntityTooLarge, "too_large")
		add(http.StatusUnsupportedMediaType, "unsupported_media_type")
	}
	if form.Taken || d.Query {
		add(http.StatusUnprocessableEntity, "invalid_input")
	}
	if d.Once {
		add(http.StatusConflict, idempotency.ErrInProgress.Code)
		add(http.StatusUnprocessableEntity, "invalid_input", idempotency.ErrReused.Code)
	}
	if d.Once || r.limitsWhoAsks() {
		add(http.StatusTooManyRequests, "rate_limited")
	}
	if r.Who != Anyone {
		add(http.StatusUnauthorized, ErrTokenRequired.Code, "invalid_token")
	}
	if r.Who == Recently {
		add(http.StatusForbidden, session.ErrNotRecent.Code)
	}
	return codes
}

func (f *Frame) response(a Answer) *huma.Response {
	response := &huma.Response{Description: a.Text, Headers: map[string]*huma.Header{"X-Request-ID": requestIDHeader()}}
	for name, text := range a.Headers {
		response.Headers[name] = &huma.Header{Description: text, Schema: &huma.Schema{Type: huma.TypeString}}
	}
	if a.Status == http.StatusNoContent || a.Status == http.StatusFound {
		return response
	}
	kind := a.Kind
	if kind == "" {
		kind = TypeJSON
	}
	response.Content = map[string]*huma.MediaType{kind: {Schema: f.schema(a.Of)}}
	return response
}

func (f *Frame) refusalResponse(status int, codes []string) *huma.Response {
	quoted := make([]string, len(codes))
	for n, code := range codes {
		quoted[n] = "`" + code + "`"
	}
	response := &huma.Response{
		Description: http.StatusText(status) + ": " + strings.Join(quoted, ", "),
		Headers:     map[string]*huma.Header{"X-Request-ID": requestIDHeader()},
		Content:     map[string]*huma.MediaType{TypeProblem: {Schema: f.schema([]any{Problem{}})}},
	}
	switch status {
	case http.StatusUnauthorized:
		response.Headers["WWW-Authenticate"] = &huma.Header{Ref: "#/components/headers/WWW-Authenticate"}
	case http.StatusTooManyRequests, http.StatusServiceUnavailable:
		response.Headers["Retry-After"] = &huma.Header{Ref: "#/components/headers/Retry-After"}
	}
	return response
}

// The headers that many answers have are described once.
func requestIDHeader() *huma.Header { return &huma.Header{Ref: "#/components/headers/X-Request-ID"} }

func commonHeaders() map[string]*huma.Header {
	return map[string]*huma.Header{
		"X-Request-ID": {
			Description: "The ID of this request, as in the log and the audit log.",
			Schema:      &huma.Schema{Type: huma.TypeString, Format: "uuid"},
		},
		"Set-Cookie": {
			Description: "The known-device cookie. Guesses by strangers do not slow down a browser that sends it.",
			Schema:      &huma.Schema{Type: huma.TypeString},
		},
		"WWW-Authenticate": {Description: "The authentication that the path requires (RFC 6750 §3).", Schema: &huma.Schema{Type: huma.TypeString}},
		"Retry-After":      {Description: "Seconds to wait before the next attempt.", Schema: &huma.Schema{Type: huma.TypeInteger}},
	}
}
