package webui

import (
	"bytes"
	"encoding/json"

	"github.com/sallyport-auth/sallyport/internal/secret"
)

// maxKept is the longest value of a cookie that every browser stores: of 4096
// bytes for name, value and attributes (RFC 6265 §6.1) the latter take the rest.
// A cookie that is longer is dropped without a word.
const maxKept = 3800

// kept writes what a browser keeps from one page of a sign-in to the next. Where
// it leads back to is left out if the cookie would be too long with it: signing
// in matters more.
func kept(back string, write func(back string) any) string {
	value := compact(write(back))
	if len(value) > maxKept {
		value = compact(write(""))
	}
	return value
}

// compact writes v for a cookie. What html/template would have to fear, such as
// the & of an address, stays one byte.
func compact(v any) string {
	var raw bytes.Buffer
	out := json.NewEncoder(&raw)
	out.SetEscapeHTML(false)
	if err := out.Encode(v); err != nil {
		return "" // strings can always be written
	}
	return secret.Encode(bytes.TrimSpace(raw.Bytes()))
}
