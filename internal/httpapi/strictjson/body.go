package strictjson

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"mime"
	"net/http"
	"slices"
	"strings"

	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/middleware"
)

const typeJSON = "application/json"

// Form says what a route takes: whether it takes a body, whether it may be left
// out, and which members it may have.
type Form struct {
	Taken, Optional bool
	Members         []string
}

// errEmpty is returned where a body is needed and none came.
var errEmpty = middleware.ErrMalformed.WithWords("malformed_request.empty")

// Read reads the body of a request whole and strictly: its type, its one object,
// its members.
//
// Errors: malformed_request, unsupported_media_type, too_large, invalid_input.
func Read(r *http.Request, f Form) ([]byte, error) {
	declared := len(r.Header["Content-Type"]) > 0
	if declared && !f.Optional || r.Header.Get("Content-Encoding") != "" {
		if err := checkType(r); err != nil {
			return nil, err
		}
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, unreadable(err)
	}
	if len(bytes.TrimLeft(body, " \t\r\n")) == 0 {
		if f.Optional {
			return nil, nil
		}
		return nil, errEmpty
	}
	if err := checkType(r); err != nil {
		return nil, err
	}
	object, err := Object(body)
	if err != nil {
		return nil, err
	}
	return body, checkMembers(object, f.Members)
}

// unreadable tells a body that is too large from one that never came.
func unreadable(err error) error {
	if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return middleware.ErrTooLarge
	}
	return middleware.ErrMalformed.WithWords("malformed_request.cut_short").WithCause(err)
}

// errNotJSONType says which type is taken.
var errNotJSONType = middleware.ErrUnsupported.WithWords("unsupported_media_type.json")

func checkType(r *http.Request) error {
	types := r.Header["Content-Type"]
	if len(types) != 1 || r.Header.Get("Content-Encoding") != "" {
		return errNotJSONType
	}
	if types[0] == typeJSON {
		return nil
	}
	kind, parameters, err := mime.ParseMediaType(types[0])
	if err != nil || kind != typeJSON {
		return errNotJSONType
	}
	for name, value := range parameters {
		// RFC 8259 §11 defines no charset; clients send this one all the same.
		if name != "charset" || !strings.EqualFold(value, "utf-8") && !strings.EqualFold(value, "utf8") {
			return errNotJSONType
		}
	}
	return nil
}

// checkMembers refuses members that the contract does not name, in exactly its
// spelling, and null, which means nothing here.
func checkMembers(object map[string]json.RawMessage, known []string) error {
	var wrong []fault.Field
	for _, name := range slices.Sorted(maps.Keys(object)) {
		switch {
		case !slices.Contains(known, name):
			wrong = append(wrong, fault.Wrong(sayable(name), "unknown"))
		case string(object[name]) == "null":
			wrong = append(wrong, fault.Wrong(name, "null"))
		}
		if len(wrong) == MaxFields {
			break
		}
	}
	if wrong != nil {
		return fault.ErrInvalidInput.WithFields(wrong...)
	}
	return nil
}

// MaxFields bounds the list of members at fault.
const MaxFields = 8

// sayable gives a member's name back if it looks like one. Anything else may be
// a secret in the wrong place.
func sayable(name string) string {
	if name == "" || len(name) > 32 || strings.Trim(name, "abcdefghijklmnopqrstuvwxyz_") != "" {
		return "(unknown)"
	}
	return name
}
