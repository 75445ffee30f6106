package httpapi

import (
	"errors"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/httpapi/strictjson"
	"github.com/sallyport-auth/sallyport/internal/middleware"
)

// errHuma stands for an error of huma that no request should cause.
var errHuma = errors.New("huma refused the request in a way that has no answer")

// plainText describes the pattern of members that are shown to people.
const plainText = "without control characters"

// replaceErrors stands between huma and the wire. What huma says of a request
// holds the rejected value, or the whole body, passwords included; only the
// member's name and our own sentence about it go on.
func (s *server) replaceErrors(ctx huma.Context, _ string, v any) (any, error) {
	switch e := v.(type) {
	case *refusal:
		return e.Problem, nil
	case *huma.ErrorModel:
		f := errInternal.WithCause(errHuma)
		switch e.Status {
		case http.StatusBadRequest:
			f = middleware.ErrMalformed
		case http.StatusUnprocessableEntity:
			f = fault.ErrInvalidInput.WithFields(complaints(e.Errors)...)
		}
		r := s.refuse(ctx.Context(), f, false)
		// The status line is huma's; the faults have the same.
		r.Status, r.Title = e.Status, http.StatusText(e.Status)
		return r.Problem, nil
	}
	return v, nil
}

// complaints turns huma's findings into ours.
func complaints(found []*huma.ErrorDetail) []fault.Field {
	var fields []fault.Field
	for _, d := range found {
		if d == nil || len(fields) == strictjson.MaxFields {
			continue
		}
		name, message := complaint(d.Location, d.Message)
		fields = append(fields, fault.Field{Field: name, Message: message})
	}
	return fields
}

// complaint names a member and the rule it breaks. location is made of names
// that the contract has; text is huma's sentence, and only those are taken over
// that hold nothing of the request.
func complaint(location, text string) (name, message string) {
	name = location
	for _, place := range []string{"body.", "query.", "header.", "path."} {
		name = strings.TrimPrefix(name, place)
	}
	if rest, ok := strings.CutPrefix(text, "expected required property "); ok {
		missing, _, _ := strings.Cut(rest, " ")
		return missing, "is required"
	}
	switch {
	case strings.HasPrefix(text, "required "):
		message = "is required"
	case strings.HasPrefix(text, "expected length >= "):
		message = "must have at least " + strings.TrimPrefix(text, "expected length >= ") + " characters"
	case strings.HasPrefix(text, "expected length <= "):
		message = "must have at most " + strings.TrimPrefix(text, "expected length <= ") + " characters"
	case text == "expected string":
		message = "must be a string"
	case text == "expected boolean":
		message = "must be true or false"
	case text == "expected object":
		message = "must be an object"
	case text == "expected string to be "+plainText:
		message = "must be " + plainText
	default:
		message = "is not valid"
	}
	return name, message
}
