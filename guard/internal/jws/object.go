// Code generated from internal/jws by tools/gen. DO NOT EDIT.

package jws

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"unicode/utf8"
)

// maxDepth is how deep objects and arrays may nest. Our claims nest once.
const maxDepth = 8

var (
	errUTF8      = errors.New("not UTF-8")
	errJSON      = errors.New("not JSON of the form that is wanted")
	errDuplicate = errors.New("duplicate member")
	errDepth     = errors.New("nested too deep")
)

// ParseObject reads a JSON object as I-JSON (RFC 7493 §2) wants it: UTF-8, no
// unpaired surrogates, and no name twice in the same object, at any depth, so
// that no two parsers can see different things in it. Names are kept as they
// are; nothing folds their case. What it gives shares the memory of text.
//
// The grammar is left to encoding/json; the walk that follows relies on it.
func ParseObject(text []byte) (map[string]json.RawMessage, error) {
	w, err := walk(text, '{')
	if err != nil {
		return nil, err
	}
	members := map[string]json.RawMessage{}
	err = w.object(1, func(name string, value json.RawMessage) { members[name] = value })
	if err != nil {
		return nil, err
	}
	return members, nil
}

// ParseArray reads a JSON array by the rules of [ParseObject].
func ParseArray(text []byte) ([]json.RawMessage, error) {
	w, err := walk(text, '[')
	if err != nil {
		return nil, err
	}
	list := []json.RawMessage{}
	err = w.array(1, func(value json.RawMessage) { list = append(list, value) })
	if err != nil {
		return nil, err
	}
	return list, nil
}

// walk begins a walk through JSON text that opens with a bracket.
func walk(text []byte, opens byte) (*walker, error) {
	if !utf8.Valid(text) {
		return nil, errUTF8
	}
	if !json.Valid(text) { // also refuses a byte order mark and trailing data
		return nil, errJSON
	}
	w := &walker{text: text}
	w.space()
	if w.text[w.at] != opens {
		return nil, errJSON
	}
	return w, nil
}

// walker goes through text that is known to be JSON.
type walker struct {
	text []byte
	at   int
}

func (w *walker) space() {
	for w.at < len(w.text) && strings.IndexByte(" \t\r\n", w.text[w.at]) >= 0 {
		w.at++
	}
}

// next skips space and reports whether c stands there; if so it is passed.
func (w *walker) next(c byte) bool {
	w.space()
	if w.at < len(w.text) && w.text[w.at] == c {
		w.at++
		return true
	}
	return false
}

// fewNames is up to how many names of an object are compared one by one.
const fewNames = 16

// object passes an object, and gives each member to take unless that is nil.
func (w *walker) object(depth int, take func(name string, value json.RawMessage)) error {
	w.at++ // the brace
	var room [fewNames]string
	few, many := room[:0], map[string]bool(nil)
	for !w.next('}') {
		w.next(',')
		w.space()
		name, err := w.str()
		switch {
		case err != nil:
			return err
		case slices.Contains(few, name) || many[name]:
			return errDuplicate
		case len(few) < fewNames:
			few = append(few, name)
		default:
			if many == nil {
				many = map[string]bool{}
			}
			many[name] = true
		}
		w.next(':')
		w.space()
		from := w.at
		if err := w.value(depth); err != nil {
			return err
		}
		if take != nil {
			take(name, w.text[from:w.at])
		}
	}
	return nil
}

func (w *walker) value(depth int) error {
	switch w.text[w.at] {
	case '"':
		return w.passString()
	case '{', '[':
		if depth >= maxDepth {
			return errDepth
		}
		if w.text[w.at] == '{' {
			return w.object(depth+1, nil)
		}
		return w.array(depth+1, nil)
	}
	for w.at < len(w.text) && strings.IndexByte(",]} \t\r\n", w.text[w.at]) < 0 {
		w.at++ // a number, true, false or null
	}
	return nil
}

// array passes an array, and gives each value to take unless that is nil.
func (w *walker) array(depth int, take func(value json.RawMessage)) error {
	w.at++ // the bracket
	for !w.next(']') {
		w.next(',')
		w.space()
		from := w.at
		if err := w.value(depth); err != nil {
			return err
		}
		if take != nil {
			take(w.text[from:w.at])
		}
	}
	return nil
}

// str reads a string. encoding/json turns half a surrogate pair into U+FFFD;
// since none of our strings holds that character, it is refused.
func (w *walker) str() (string, error) {
	raw, escaped := w.quoted()
	s := string(raw[1 : len(raw)-1])
	if escaped {
		var err error
		if s, err = unescape(raw); err != nil {
			return "", err
		}
	}
	if strings.ContainsRune(s, utf8.RuneError) {
		return "", errUTF8
	}
	return s, nil
}

func unescape(raw []byte) (s string, err error) {
	if err := json.Unmarshal(raw, &s); err != nil {
		return "", errJSON
	}
	return s, nil
}

// passString is str for a string that nobody wants.
func (w *walker) passString() error {
	from := w.at
	raw, escaped := w.quoted()
	if escaped {
		w.at = from
		_, err := w.str()
		return err
	}
	if bytes.ContainsRune(raw, utf8.RuneError) {
		return errUTF8
	}
	return nil
}

// quoted passes a string, and gives it with its quotes.
func (w *walker) quoted() (raw []byte, escaped bool) {
	from := w.at
	for w.at++; w.text[w.at] != '"'; w.at++ {
		if w.text[w.at] == '\\' {
			escaped = true
			w.at++
		}
	}
	w.at++
	return w.text[from:w.at], escaped
}
