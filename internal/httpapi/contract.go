package httpapi

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/sallyport-auth/sallyport/internal/httpapi/strictjson"
	"github.com/sallyport-auth/sallyport/internal/session"
)

// OpenAPI gives the contract in the form in which it is kept in the
// repository, without any room. It is the same each time.
func OpenAPI() ([]byte, error) {
	s, err := newServer(Options{})
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if err := json.Indent(&out, s.contract, "", "  "); err != nil {
		return nil, fmt.Errorf("indent contract: %w", err)
	}
	return append(bytes.TrimSpace(out.Bytes()), '\n'), nil
}

// newContract is the contract before its routes.
func newContract() *huma.OpenAPI {
	return &huma.OpenAPI{
		OpenAPI: "3.1.0",
		Info: &huma.Info{
			Title:   "Sallyport",
			Version: "1",
			Description: "Sign-up, e-mail verification, login, rotating refresh tokens and instant logout.\n\n" +
				"JSON in and out, UTF-8, `snake_case`. Unknown members are refused. Errors are problem details (RFC 9457) with a permanent `code`. " +
				"Every answer carries `X-Request-ID`.",
			License: &huma.License{Name: "Apache-2.0", Identifier: "Apache-2.0"},
		},
		Components: &huma.Components{
			Schemas: huma.NewMapRegistry("#/components/schemas/", schemaName),
			Headers: commonHeaders(),
			SecuritySchemes: map[string]*huma.SecurityScheme{
				schemeAccess: {
					Type: "http", Scheme: "bearer", BearerFormat: "JWT",
					Description: "an access token, from a login or a refresh",
				},
				schemeRefresh: {
					Type: "http", Scheme: "bearer",
					Description: "a refresh token, where the path takes one and it is not in the body",
				},
			},
		},
		Tags: []*huma.Tag{
			{Name: tagSignUp, Description: "From an address to an account."},
			{Name: tagSession, Description: "Being signed in on a device."},
			{Name: tagPassword, Description: "Forgotten and new passwords."},
			{Name: tagFactor, Description: "Code generators (RFC 6238) and recovery codes. Changing them needs recent authentication: `/auth/reauthenticate`."},
			{Name: tagPasskey, Description: "Passkeys (WebAuthn L3): registering them, and signing in without a password."},
			{Name: tagProfile, Description: "What a user sees and changes of themselves."},
			{Name: tagBackends, Description: "For programs that accept our tokens, and for those who run this server."},
		},
	}
}

const (
	schemeAccess  = "accessToken"
	schemeRefresh = "refreshToken"

	tagSignUp   = "Sign-up"
	tagSession  = "Sessions"
	tagPassword = "Passwords"
	tagFactor   = "Second factors"
	tagPasskey  = "Passkeys"
	tagProfile  = "Profile"
	tagBackends = "Operations"
)

// contract gives the text of the contract, once all routes are mounted.
func contract(api huma.API) ([]byte, error) {
	// huma registers its own error model with every operation; nothing refers
	// to it.
	for _, name := range []string{"ErrorModel", "ErrorDetail"} {
		delete(api.OpenAPI().Components.Schemas.Map(), name)
	}
	text, err := json.Marshal(api.OpenAPI())
	if err != nil {
		return nil, fmt.Errorf("write contract: %w", err)
	}
	return text, nil
}

// operation is a route as the contract describes it.
func (s *server) operation(r route, form strictjson.Form) huma.Operation {
	d, ok := describe(r.id)
	if !ok {
		panic("no description of " + r.id) // a mistake in this package, seen by every test
	}
	op := huma.Operation{
		OperationID: r.id, Method: r.method, Path: r.path, Summary: d.summary, Description: d.text, Tags: []string{d.tag},
		Responses: map[string]*huma.Response{}, Security: d.security,
	}
	if r.who != anyone {
		op.Security = []map[string][]string{{schemeAccess: {}}}
	}
	for _, a := range d.answers {
		op.Responses[strconv.Itoa(a.status)] = s.response(a)
	}
	if len(d.answers) > 0 {
		op.DefaultStatus = d.answers[0].status
	}
	for status, codes := range refusals(r, d, form) {
		op.Responses[strconv.Itoa(status)] = s.refusalResponse(status, codes)
	}
	return op
}

// refusals adds to the codes of an operation those that follow from its route.
func refusals(r route, d description, form strictjson.Form) map[int][]string {
	codes := map[int][]string{}
	add := func(status int, more ...string) {
		for _, code := range more {
			if !slices.Contains(codes[status], code) {
				codes[status] = append(codes[status], code)
			}
		}
	}
	for status, own := range d.fails {
		add(status, own...)
	}
	if d.plain {
		return codes
	}
	add(http.StatusBadRequest, "malformed_request")
	add(http.StatusInternalServerError, "internal")
	add(http.StatusServiceUnavailable, "unavailable")
	if form.Taken {
		add(http.StatusRequestEntityTooLarge, "too_large")
		add(http.StatusUnsupportedMediaType, "unsupported_media_type")
	}
	if form.Taken || d.query {
		add(http.StatusUnprocessableEntity, "invalid_input")
	}
	if r.limit != "" {
		add(http.StatusTooManyRequests, "rate_limited")
	}
	if r.who != anyone {
		add(http.StatusUnauthorized, errTokenRequired.Code, "invalid_token")
	}
	if r.who == recently {
		add(http.StatusForbidden, session.ErrNotRecent.Code)
	}
	return codes
}

func (s *server) response(a answer) *huma.Response {
	response := &huma.Response{Description: a.text, Headers: map[string]*huma.Header{"X-Request-ID": requestIDHeader()}}
	if a.status == http.StatusNoContent {
		return response
	}
	kind := a.kind
	if kind == "" {
		kind = typeJSON
	}
	response.Content = map[string]*huma.MediaType{kind: {Schema: s.schema(a.of)}}
	return response
}

func (s *server) refusalResponse(status int, codes []string) *huma.Response {
	quoted := make([]string, len(codes))
	for n, code := range codes {
		quoted[n] = "`" + code + "`"
	}
	response := &huma.Response{
		Description: http.StatusText(status) + ": " + strings.Join(quoted, ", "),
		Headers:     map[string]*huma.Header{"X-Request-ID": requestIDHeader()},
		Content:     map[string]*huma.MediaType{typeProblem: {Schema: s.schema([]any{Problem{}})}},
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
			Description: "names this request in logs and in the audit trail",
			Schema:      &huma.Schema{Type: huma.TypeString, Format: "uuid"},
		},
		"WWW-Authenticate": {Description: "what is asked for (RFC 6750 §3)", Schema: &huma.Schema{Type: huma.TypeString}},
		"Retry-After":      {Description: "seconds to wait", Schema: &huma.Schema{Type: huma.TypeInteger}},
	}
}
