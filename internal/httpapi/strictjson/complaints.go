package strictjson

import (
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/sallyport-auth/sallyport/internal/fault"
)

// PlainText describes the pattern of members that are shown to people.
const PlainText = "without control characters"

// Complaints turns huma's findings into ours. What huma says of a request holds
// the rejected value; only the member's name and our own sentence about it go on.
func Complaints(found []*huma.ErrorDetail) []fault.Field {
	var fields []fault.Field
	for _, d := range found {
		if d == nil || len(fields) == MaxFields {
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
	case text == "expected string to be "+PlainText:
		message = "must be " + PlainText
	default:
		message = "is not valid"
	}
	return name, message
}
