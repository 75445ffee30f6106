package httpapi

import (
	"context"
	"log/slog"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/sallyport-auth/sallyport/internal/httpapi/frame"
	"github.com/sallyport-auth/sallyport/internal/middleware"
)

// exportAnswer is written as it is read, so that no history is too long.
type exportAnswer struct {
	Body func(huma.Context)
}

func (s *server) getExport(ctx context.Context, _ *struct{}) (*exportAnswer, error) {
	return &exportAnswer{Body: func(hc huma.Context) {
		r, w := humago.Unwrap(hc)
		out := middleware.NewDownload(w, frame.TypeJSON, "account.json")
		err := s.Records.Export(ctx, asker(ctx), out)
		switch {
		case err == nil:
		case out.Begun():
			s.Log.WarnContext(ctx, "export is cut off", slog.Any("error", err))
			panic(http.ErrAbortHandler) // nobody is to take half of it for the whole
		default:
			s.frame.Fail(w, r, err)
		}
	}}, nil
}
