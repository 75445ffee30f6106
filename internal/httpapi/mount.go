package httpapi

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/sallyport-auth/sallyport/internal/httpapi/strictjson"
)

// newAPI returns huma's part: decoding into inputs, validation, encoding and
// the contract. Its own pages, its own errors and its own reading of bodies are
// not used.
func (s *server) newAPI() huma.API {
	format := huma.Format{
		Marshal: func(w io.Writer, v any) error {
			e := json.NewEncoder(w)
			e.SetEscapeHTML(false)
			return e.Encode(v)
		},
		Unmarshal: json.Unmarshal,
	}
	return humago.New(s.mux, huma.Config{
		OpenAPI:       newContract(),
		Formats:       map[string]huma.Format{typeJSON: format, typeProblem: format},
		DefaultFormat: typeJSON,
		Transformers:  []huma.Transformer{s.replaceErrors},
	})
}

// take mounts a handler that huma decodes for and encodes from.
func take[I, O any](handle func(context.Context, *I) (*O, error)) func(*server, route) {
	return func(s *server, r route) {
		form := bodyFormOf(reflect.TypeFor[I]())
		op := s.operation(r, form)
		op.Middlewares = huma.Middlewares{s.enter(r, form)}
		op.MaxBodyBytes = -1 // enter has read it
		huma.Register(s.api, op, func(ctx context.Context, in *I) (*O, error) {
			out, err := handle(ctx, in)
			if err != nil {
				return nil, s.refuse(ctx, err, callOf(ctx).presented)
			}
			return out, nil
		})
	}
}

// plain mounts a handler that writes its answer itself.
func plain(handle http.HandlerFunc) func(*server, route) {
	return func(s *server, r route) {
		op := s.operation(r, strictjson.Form{})
		s.api.OpenAPI().AddOperation(&op)
		s.mux.HandleFunc(r.method+" "+r.path, handle)
	}
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
