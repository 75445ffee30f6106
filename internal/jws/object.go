package jws

import (
	"encoding/json"
	"errors"
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
	return w.object(1)
}

// ParseArray reads a JSON array by the rules of [ParseObject].
func ParseArray(text []byte) ([]json.RawMessage, error) {
	w, err := walk(text, '[')
	if err != nil {
		return nil, err
	}
	return w.array(1)
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

func (w *walker) object(depth int) (map[string]json.RawMessage, error) {
	w.at++ // the brace
	members := map[string]json.RawMessage{}
	for !w.next('}') {
		w.next(',')
		w.space()
		name, err := w.str()
		if err != nil {
			return nil, err
		}
		if _, ok := members[name]; ok {
			return nil, errDuplicate
		}
		w.next(':')
		w.space()
		from := w.at
		if err := w.value(depth); err != nil {
			return nil, err
		}
		members[name] = w.text[from:w.at]
	}
	return members, nil
}

func (w *walker) value(depth int) error {
	switch w.text[w.at] {
	case '"':
		_, err := w.str()
		return err
	case '{', '[':
		if depth >= maxDepth {
			return errDepth
		}
		if w.text[w.at] == '{' {
			_, err := w.object(depth + 1)
			return err
		}
		_, err := w.array(depth + 1)
		return err
	}
	for w.at < len(w.text) && strings.IndexByte(",]} \t\r\n", w.text[w.at]) < 0 {
		w.at++ // a number, true, false or null
	}
	return nil
}

func (w *walker) array(depth int) ([]json.RawMessage, error) {
	w.at++ // the bracket
	var list []json.RawMessage
	for !w.next(']') {
		w.next(',')
		w.space()
		from := w.at
		if err := w.value(depth); err != nil {
			return nil, err
		}
		list = append(list, w.text[from:w.at])
	}
	return list, nil
}

// str reads a string. encoding/json turns half a surrogate pair into U+FFFD;
// since none of our strings holds that character, it is refused.
func (w *walker) str() (string, error) {
	from, escaped := w.at, false
	for w.at++; w.text[w.at] != '"'; w.at++ {
		if w.text[w.at] == '\\' {
			escaped = true
			w.at++
		}
	}
	w.at++
	raw := w.text[from:w.at]
	s := string(raw[1 : len(raw)-1])
	if escaped {
		if err := json.Unmarshal(raw, &s); err != nil {
			return "", errJSON
		}
	}
	if strings.ContainsRune(s, utf8.RuneError) {
		return "", errUTF8
	}
	return s, nil
}
