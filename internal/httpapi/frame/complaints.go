package frame

import (
	"errors"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/httpapi/strictjson"
	"github.com/sallyport-auth/sallyport/internal/middleware"
)

// errHuma stands for an error of huma that no request should cause.
var errHuma = errors.New("huma refused the request in a way that has no answer")

// replaceErrors stands between huma and the wire. What huma says of a request
// holds the rejected value, or the whole body, passwords included; only the
// member's name and our own sentence about it go on.
func (f *Frame) replaceErrors(ctx huma.Context, _ string, v any) (any, error) {
	switch e := v.(type) {
	case *refusal:
		return e.Problem, nil
	case *huma.ErrorModel:
		fail := errInternal.WithCause(errHuma)
		switch e.Status {
		case http.StatusBadRequest:
			fail = middleware.ErrMalformed
		case http.StatusUnprocessableEntity:
			fail = fault.ErrInvalidInput.WithFields(strictjson.Complaints(e.Errors)...)
		}
		r := f.refuse(ctx.Context(), fail, false)
		// The status line is huma's; the faults have the same.
		r.Status, r.Title = e.Status, http.StatusText(e.Status)
		return r.Problem, nil
	}
	return v, nil
}
