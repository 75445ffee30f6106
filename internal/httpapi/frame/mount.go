package frame

import (
	"context"
	"encoding/json"
	"net/http"
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/sallyport-auth/sallyport/internal/httpapi/strictjson"
	"github.com/sallyport-auth/sallyport/internal/ratelimit"
)

// newAPI returns huma's part: decoding into inputs, validation, encoding and
// the contract. Its own pages, its own errors and its own reading of bodies are
// not used.
func (f *Frame) newAPI(c Contract) huma.API {
	format := huma.Format{
		Marshal:   encode,
		Unmarshal: json.Unmarshal,
	}
	return humago.New(f.mux, huma.Config{
		OpenAPI:       c.begin(),
		Formats:       map[string]huma.Format{TypeJSON: format, TypeProblem: format},
		DefaultFormat: TypeJSON,
		Transformers:  []huma.Transformer{f.replaceErrors},
	})
}

// Who says who may call a route.
type Who int

// Who may call.
const (
	Anyone   Who = iota
	SignedIn     // the holder of a live access token
	Recently     // the same, who proved who they are a short while ago

	// AnyAudience is the holder of a user's live access token, which may be for
	// another program: see [token.Verifier.Ours].
	AnyAudience
)

// Route is one line of the surface. Limit is the flow that counts against the
// client address, if any.
type Route struct {
	Method, Path string
	ID           string // names the operation in the contract
	Who          Who
	Limit        ratelimit.Flow
	Guard        func(ctx context.Context, c *Call) error // who else may not call; nil lets them
	Description  Description
	Mount        func(*Frame, Route) // [Take] or [Plain]
}

// Mount adds routes, and writes them into the contract.
func (f *Frame) Mount(routes ...Route) {
	for _, r := range routes {
		r.Mount(f, r)
		if strings.Contains(r.Path, "{") {
			continue
		}
		f.methods[r.Path] = append(f.methods[r.Path], r.Method)
		if r.Method == http.MethodGet {
			f.methods[r.Path] = append(f.methods[r.Path], http.MethodHead)
		}
	}
}

// Take mounts a handler that huma decodes for and encodes from.
func Take[I, O any](handle func(context.Context, *I) (*O, error)) func(*Frame, Route) {
	return func(f *Frame, r Route) {
		form := bodyFormOf(reflect.TypeFor[I]())
		op := f.operation(r, form)
		op.Middlewares = huma.Middlewares{f.enter(r, form)}
		op.MaxBodyBytes = -1 // enter has read it
		huma.Register(f.api, op, func(ctx context.Context, in *I) (*O, error) {
			out, err := handle(ctx, in)
			if err != nil {
				return nil, f.refuse(ctx, err, CallOf(ctx).Presented)
			}
			return out, nil
		})
		describeHeaders(op.Responses)
	}
}

// describeHeaders says of each header what its schema says, where huma has put the
// words of a field's tag.
func describeHeaders(responses map[string]*huma.Response) {
	for _, r := range responses {
		for _, h := range r.Headers {
			if h.Description == "" && h.Schema != nil {
				h.Description = h.Schema.Description
			}
		}
	}
}

// Plain mounts a handler that writes its answer itself.
func Plain(handle http.HandlerFunc) func(*Frame, Route) {
	return func(f *Frame, r Route) {
		f.describe(r, "to return")
		f.mux.HandleFunc(r.Method+" "+r.Path, handle)
	}
}

// Elsewhere describes an operation that is answered before requests come here.
func Elsewhere(f *Frame, r Route) { f.describe(r, "that is required") }

// describe writes a route without a body into the contract. For what its
// parameters are is said of each.
func (f *Frame) describe(r Route, what string) {
	op := f.operation(r, strictjson.Form{})
	for part := range strings.SplitSeq(r.Path, "/") {
		if name, ok := strings.CutPrefix(part, "{"); ok {
			name = strings.TrimSuffix(name, "}")
			op.Parameters = append(op.Parameters, &huma.Param{
				Name: name, In: "path", Required: true, Description: "The " + name + " " + what + ".", Schema: &huma.Schema{Type: huma.TypeString},
			})
		}
	}
	f.api.OpenAPI().AddOperation(&op)
}

// bodyFormOf reads what a route takes from its input's field Body: a pointer
// may be left out.
func bodyFormOf(input reflect.Type) strictjson.Form {
	field, ok := input.FieldByName("Body")
	if !ok {
		return strictjson.Form{}
	}
	form, body := strictjson.Form{Taken: true}, field.Type
	if body.Kind() == reflect.Pointer {
		form.Optional, body = true, body.Elem()
	}
	for member := range body.Fields() {
		name, _, _ := strings.Cut(member.Tag.Get("json"), ",")
		form.Members = append(form.Members, name)
	}
	return form
}
