package strictjson

import (
	"fmt"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/validation"

	"github.com/sallyport-auth/sallyport/internal/fault"
)

// PlainText describes the pattern of members that are shown to people.
const PlainText = "without control characters"

// Complaints turns huma's findings into ours. What huma says of a request holds
// the rejected value; only the member's name and our own rule go on.
func Complaints(found []*huma.ErrorDetail) []fault.Field {
	var fields []fault.Field
	for _, d := range found {
		if d == nil || len(fields) == MaxFields {
			continue
		}
		fields = append(fields, complaint(d.Location, d.Message))
	}
	return fields
}

// complaint names a member and the rule it breaks. location is made of names
// that the contract has. Of a finding huma tells no more than its text, so text is
// read by the formats that huma has written it with, and what none of them fits is
// not valid.
func complaint(location, text string) fault.Field {
	name := location
	for _, place := range []string{"body.", "query.", "header.", "path."} {
		name = strings.TrimPrefix(name, place)
	}
	var missing, length string
	if fits(text, validation.MsgExpectedRequiredProperty, &missing) {
		return fault.Wrong(missing, "required")
	}
	switch {
	case strings.HasPrefix(text, "required "): // of a parameter; huma has no name for this one
		return fault.Wrong(name, "required")
	case fits(text, validation.MsgExpectedMinLength, &length):
		return fault.Wrong(name, "min_length", "n", length)
	case fits(text, validation.MsgExpectedMaxLength, &length):
		return fault.Wrong(name, "max_length", "n", length)
	case text == validation.MsgExpectedString:
		return fault.Wrong(name, "string")
	case text == validation.MsgExpectedBoolean:
		return fault.Wrong(name, "boolean")
	case text == validation.MsgExpectedObject:
		return fault.Wrong(name, "object")
	case text == fmt.Sprintf(validation.MsgExpectedBePattern, PlainText):
		return fault.Wrong(name, "plain_text")
	}
	return fault.Wrong(name, "invalid")
}

// fits reports whether text was written with a format that has one verb, and gives
// what stands for it.
func fits(text, format string, value *string) bool {
	before, after, _ := strings.Cut(format, "%")
	rest, begins := strings.CutPrefix(text, before)
	found, ends := strings.CutSuffix(rest, after[1:])
	*value = found
	return begins && ends
}
