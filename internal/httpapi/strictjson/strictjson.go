// Package strictjson reads JSON objects that every parser reads alike.
//
// encoding/json takes wrong UTF-8 and half a surrogate pair for U+FFFD and keeps
// the last of two members with one name; other parsers keep the first, or fail
// (RFC 8259 §4, §8.1, §8.2). Where a proxy, a log and a server look at one body,
// such differences let a request pass as another, so all of them are refused.
// So is anything but one object. encoding/json/v2 refuses them by itself.
//
// It never repeats what it read.
package strictjson

import (
	"encoding/json"
	"errors"
	"unicode/utf8"

	jsonv2 "github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/sallyport-auth/sallyport/internal/middleware"
)

// What can be wrong.
var (
	ErrNotUTF8       = middleware.ErrMalformed.WithWords("malformed_request.not_utf8")
	ErrNotJSON       = middleware.ErrMalformed.WithWords("malformed_request.not_json")
	ErrNotObject     = middleware.ErrMalformed.WithWords("malformed_request.not_object")
	ErrGivenTwice    = middleware.ErrMalformed.WithWords("malformed_request.twice")
	ErrLoneSurrogate = middleware.ErrMalformed.WithWords("malformed_request.surrogate")
)

// Object reads body as one JSON object and gives its members.
func Object(body []byte) (map[string]json.RawMessage, error) {
	if !utf8.Valid(body) {
		return nil, ErrNotUTF8
	}
	var members map[string]json.RawMessage
	err := jsonv2.Unmarshal(body, &members)
	switch {
	case err == nil && members != nil:
		return members, nil
	case errors.Is(err, jsontext.ErrDuplicateName):
		return nil, ErrGivenTwice
	case jsontext.Value(body).IsValid():
		return nil, ErrNotObject
	case jsontext.Value(body).IsValid(jsontext.AllowInvalidUTF8(true)):
		return nil, ErrLoneSurrogate // what the bytes are not, an escape is
	}
	return nil, ErrNotJSON
}
