package frame

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

const (
	schemeAccess    = "accessToken"
	schemeRefresh   = "refreshToken"
	schemeClient    = "clientSecret"
	schemeAssertion = "clientAssertion"
)

// Contract is how the contract begins, and what is told of bodies beyond what
// routes check: their forms by the names of their schemas, and the members that
// hold a new password (Schema.member) with its bounds in characters.
type Contract struct {
	Title, Text  string
	Tags         []*huma.Tag
	Forms        map[string][]Form
	NewPasswords []string
	PasswordMin  int
	PasswordMax  int
}

func (c Contract) begin() *huma.OpenAPI {
	return &huma.OpenAPI{
		OpenAPI: "3.1.0",
		Info: &huma.Info{
			Title: c.Title, Version: "1", Description: c.Text,
			License: &huma.License{Name: "Apache-2.0", Identifier: "Apache-2.0"},
		},
		Components: &huma.Components{
			Schemas: huma.NewMapRegistry("#/components/schemas/", schemaName),
			Headers: commonHeaders(),
			Parameters: map[string]*huma.Param{HeaderIdempotencyKey: {
				Name: HeaderIdempotencyKey, In: "header", Example: "8e03978e-40d5-43e8-bc93-6894a57f9324",
				Description: "A key for this request, so that it can be repeated safely. For ten minutes, the same key with the same body gets the same outcome, and the request takes effect once. " +
					"The same key with another body is refused with 422 `idempotency_key_reused`, and with 409 `request_in_progress` while the first request runs.",
				Schema: &huma.Schema{Type: huma.TypeString, MinLength: new(1), MaxLength: new(maxKey), Pattern: "^[!-~]*$"},
			}},
			SecuritySchemes: map[string]*huma.SecurityScheme{
				schemeAccess: {
					Type: "http", Scheme: "bearer", BearerFormat: "JWT",
					Description: "An access token, from a sign-in or a refresh.",
				},
				schemeClient: {Type: "http", Scheme: "basic", Description: "The client_id and a secret of a client."},
				schemeAssertion: {
					Type: "http", Scheme: "bearer", BearerFormat: "JWT",
					Description: "An assertion that a client with private_key_jwt signed (RFC 7523 §3). Each is used once.",
				},
				schemeRefresh: {
					Type: "http", Scheme: "bearer",
					Description: "A refresh token. Only for paths that take one, and unless it is sent in the body.",
				},
			},
		},
		Tags: c.Tags,
	}
}

// Contract gives the text of the contract, once all routes are mounted.
func (f *Frame) Contract() ([]byte, error) {
	// huma registers its own error model with every operation; nothing refers
	// to it.
	for _, name := range []string{"ErrorModel", "ErrorDetail"} {
		delete(f.api.OpenAPI().Components.Schemas.Map(), name)
	}
	text, err := json.Marshal(f.api.OpenAPI())
	if err != nil {
		return nil, fmt.Errorf("write contract: %w", err)
	}
	return f.contract.publish(text)
}

// schemaName takes "Body" off the names of request and answer types, and keeps
// what is left capital.
func schemaName(t reflect.Type, hint string) string {
	return strings.TrimSuffix(huma.DefaultSchemaNamer(t, hint), "Body")
}

// schema is that of one of several types, or of text.
func (f *Frame) schema(of []any) *huma.Schema {
	registry := f.api.OpenAPI().Components.Schemas
	var each []*huma.Schema
	for _, v := range of {
		if ready, ok := v.(*huma.Schema); ok {
			each = append(each, ready)
			continue
		}
		each = append(each, registry.Schema(reflect.TypeOf(v), true, ""))
	}
	switch len(each) {
	case 0:
		return &huma.Schema{Type: huma.TypeString}
	case 1:
		return each[0]
	}
	return &huma.Schema{OneOf: each}
}
