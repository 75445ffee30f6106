// Package strictjson reads JSON objects that every parser reads alike.
//
// encoding/json takes wrong UTF-8 and half a surrogate pair for U+FFFD and keeps
// the last of two members with one name; other parsers keep the first, or fail
// (RFC 8259 §4, §8.1, §8.2). Where a proxy, a log and a server look at one body,
// such differences let a request pass as another, so all of them are refused.
// So is anything but one object.
//
// It never repeats what it read.
package strictjson

import (
	"bytes"
	"encoding/json"
	"strconv"
	"unicode/utf8"

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
	switch {
	case !utf8.Valid(body):
		return nil, ErrNotUTF8
	case !json.Valid(body):
		return nil, ErrNotJSON
	case body[len(body)-len(bytes.TrimLeft(body, " \t\r\n"))] != '{':
		return nil, ErrNotObject
	case loneSurrogate(body):
		return nil, ErrLoneSurrogate
	case memberTwice(body):
		return nil, ErrGivenTwice
	}
	var members map[string]json.RawMessage
	if err := json.Unmarshal(body, &members); err != nil {
		return nil, ErrNotJSON
	}
	return members, nil
}

// loneSurrogate reports whether valid JSON escapes half a surrogate pair
// (RFC 8259 §8.2).
func loneSurrogate(body []byte) bool {
	for n := 0; n < len(body); n++ {
		if body[n] != '\\' {
			continue
		}
		if n++; body[n] != 'u' {
			continue
		}
		first := escaped(body, n-1)
		n += 4
		switch {
		case first >= 0xDC00 && first <= 0xDFFF:
			return true
		case first >= 0xD800 && first <= 0xDBFF:
			if second := escaped(body, n+1); second < 0xDC00 || second > 0xDFFF {
				return true
			}
			n += 6
		}
	}
	return false
}

// escaped is the code unit of the \uXXXX at n, or 0 if there is none.
func escaped(body []byte, n int) uint64 {
	if n+6 > len(body) || body[n] != '\\' || body[n+1] != 'u' {
		return 0
	}
	unit, err := strconv.ParseUint(string(body[n+2:n+6]), 16, 16)
	if err != nil {
		return 0
	}
	return unit
}

// memberTwice reports whether an object of valid JSON has two members of one
// name, on any level.
func memberTwice(body []byte) bool {
	type level struct {
		names map[string]bool // nil in an array
		value bool            // a name was read, its value comes
	}
	var levels []level
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.UseNumber()
	for {
		token, err := decoder.Token()
		if err != nil {
			return false // the end: the body is valid
		}
		if delim, ok := token.(json.Delim); ok && (delim == '}' || delim == ']') {
			levels = levels[:len(levels)-1]
			continue
		}
		if len(levels) > 0 {
			if top := &levels[len(levels)-1]; top.names != nil {
				if name, ok := token.(string); ok && !top.value {
					if top.names[name] {
						return true
					}
					top.names[name], top.value = true, true
					continue
				}
				top.value = false
			}
		}
		switch token {
		case json.Delim('{'):
			levels = append(levels, level{names: map[string]bool{}})
		case json.Delim('['):
			levels = append(levels, level{})
		}
	}
}
