package httpapi

import (
	"context"
	"log/slog"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/sallyport-auth/sallyport/internal/httpapi/frame"
)

// exportAnswer is written as it is read, so that no history is too long.
type exportAnswer struct {
	Body func(huma.Context)
}

func (s *server) getExport(ctx context.Context, _ *struct{}) (*exportAnswer, error) {
	c := frame.CallOf(ctx)
	return &exportAnswer{Body: func(hc huma.Context) {
		r, w := humago.Unwrap(hc)
		out := &attachment{ResponseWriter: w, name: "account.json"}
		err := s.Records.Export(ctx, c.Claims.Subject, c.Origin, out)
		switch {
		case err == nil:
		case out.begun:
			s.Log.WarnContext(ctx, "export is cut off", slog.Any("error", err))
			panic(http.ErrAbortHandler) // nobody is to take half of it for the whole
		default:
			s.frame.Fail(w, r, err)
		}
	}}, nil
}

// attachment is an answer that a browser saves. Its headers are sent with the
// first byte.
type attachment struct {
	http.ResponseWriter

	name  string
	begun bool
}

// Write sends the headers first.
func (a *attachment) Write(p []byte) (int, error) {
	if !a.begun {
		a.begun = true
		a.Header().Set("Content-Type", frame.TypeJSON)
		a.Header().Set("Content-Disposition", `attachment; filename="`+a.name+`"`)
	}
	return a.ResponseWriter.Write(p)
}
