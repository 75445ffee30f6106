// Code generated from internal/jws by tools/gen. DO NOT EDIT.

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

// Members are those of an object, in the order of its text, and none twice.
type Members []Member

// Member is a name, and the JSON text of its value.
type Member struct{ Name, Value string }

// Get gives the JSON text of a member, empty if there is none of that name.
func (m Members) Get(name string) string {
	for n := range m {
		if m[n].Name == name {
			return m[n].Value
		}
	}
	return ""
}

// ParseObject reads a JSON object as I-JSON (RFC 7493 §2) wants it: UTF-8, no
// unpaired surrogates, and no name twice in the same object, at any depth, so
// that no two parsers can see different things in it. Names are kept as they
// are; nothing folds their case. It takes no text that encoding/json refuses.
func ParseObject(text []byte) (map[string]json.RawMessage, error) {
	list, err := parseMembers(string(text))
	if err != nil {
		return nil, err
	}
	members := make(map[string]json.RawMessage, len(list))
	for _, m := range list {
		members[m.Name] = json.RawMessage(m.Value)
	}
	return members, nil
}

// parseMembers is [ParseObject] for those who ask for a few names. What it gives
// shares the memory of text.
func parseMembers(text string) (Members, error) {
	list := make(Members, 0, fewNames)
	err := parseObject(text, func(name, value string) error {
		list = append(list, Member{name, value})
		return nil
	})
	if err != nil {
		return nil, err
	}
	return list, nil
}

// parseObject gives each member to take as it comes: a later part of text may
// still be found wrong.
func parseObject(text string, take func(name, value string) error) error {
	w, err := walk(text)
	if err != nil {
		return err
	}
	if err := w.object(1, take); err != nil {
		return err
	}
	return w.end()
}

// parseArray gives the values of a JSON array by the rules of [ParseObject].
func parseArray(text string) (list []string, err error) {
	w, err := walk(text)
	if err != nil {
		return nil, err
	}
	err = w.array(1, func(value string) error {
		list = append(list, value)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return list, w.end()
}

// walk begins a walk through JSON text. encoding/json turns half a surrogate pair
// into U+FFFD; since none of our strings holds that character, it is refused, be
// it written out or, in unescape, in an escape.
func walk(text string) (walker, error) {
	if !utf8.ValidString(text) || strings.Contains(text, replacement) {
		return walker{}, errUTF8
	}
	return walker{text: text}, nil
}

const replacement = string(utf8.RuneError)

// walker goes through JSON text (RFC 8259) once. A method that passes something
// begins at it or at space before it, and leaves at behind it.
type walker struct {
	text string
	at   int
}

func (w *walker) space() {
	for ; w.at < len(w.text); w.at++ {
		switch w.text[w.at] {
		case ' ', '\t', '\r', '\n':
		default:
			return
		}
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

// end makes sure that nothing follows but space.
func (w *walker) end() error {
	if w.space(); w.at < len(w.text) {
		return errJSON
	}
	return nil
}

// names are those of an object. Few are compared one by one.
type names struct {
	few  [fewNames]string
	n    int
	many map[string]bool
}

const fewNames = 16

// add reports whether a name is new.
func (s *names) add(name string) bool {
	for n := range s.n {
		if s.few[n] == name {
			return false
		}
	}
	if s.n < fewNames {
		s.few[s.n] = name
		s.n++
		return true
	}
	if s.many == nil {
		s.many = map[string]bool{}
	}
	had := s.many[name]
	s.many[name] = true
	return !had
}

// object passes an object, and gives each member to take unless that is nil.
func (w *walker) object(depth int, take func(name, value string) error) error {
	if !w.next('{') {
		return errJSON
	}
	if w.next('}') {
		return nil
	}
	var seen names
	for {
		name, err := w.string()
		switch {
		case err != nil:
			return err
		case !seen.add(name):
			return errDuplicate
		case !w.next(':'):
			return errJSON
		}
		value, err := w.value(depth)
		if err == nil && take != nil {
			err = take(name, value)
		}
		switch {
		case err != nil:
			return err
		case w.next('}'):
			return nil
		case !w.next(','):
			return errJSON
		}
	}
}

// array passes an array, and gives each value to take unless that is nil.
func (w *walker) array(depth int, take func(value string) error) error {
	if !w.next('[') {
		return errJSON
	}
	if w.next(']') {
		return nil
	}
	for {
		value, err := w.value(depth)
		if err == nil && take != nil {
			err = take(value)
		}
		switch {
		case err != nil:
			return err
		case w.next(']'):
			return nil
		case !w.next(','):
			return errJSON
		}
	}
}

// value passes a value, and gives its text.
func (w *walker) value(depth int) (text string, err error) {
	if w.space(); w.at >= len(w.text) {
		return "", errJSON
	}
	from := w.at
	switch c := w.text[from]; {
	case c == '"':
		_, err = w.string()
	case c == '-' || isDigit(c):
		err = w.number()
	case c != '{' && c != '[':
		err = w.word()
	case depth >= maxDepth:
		err = errDepth
	case c == '{':
		err = w.object(depth+1, nil)
	default:
		err = w.array(depth+1, nil)
	}
	if err != nil {
		return "", err
	}
	return w.text[from:w.at], nil
}

// word passes one of the three names that JSON has.
func (w *walker) word() error {
	for _, word := range [...]string{"true", "false", "null"} {
		if strings.HasPrefix(w.text[w.at:], word) {
			w.at += len(word)
			return nil
		}
	}
	return errJSON
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// number passes a number (RFC 8259 §6).
func (w *walker) number() error {
	w.one("-")
	if !w.one("0") && !w.digits() {
		return errJSON
	}
	if w.one(".") && !w.digits() {
		return errJSON
	}
	if w.one("eE") {
		w.one("+-")
		if !w.digits() {
			return errJSON
		}
	}
	return nil
}

// one reports whether one of these characters stands here; if so it is passed.
func (w *walker) one(of string) bool {
	if w.at >= len(w.text) || strings.IndexByte(of, w.text[w.at]) < 0 {
		return false
	}
	w.at++
	return true
}

// digits reports whether there was one at least.
func (w *walker) digits() bool {
	from := w.at
	for w.at < len(w.text) && isDigit(w.text[w.at]) {
		w.at++
	}
	return w.at > from
}

// string passes a string, and gives what it says.
func (w *walker) string() (string, error) {
	if !w.next('"') {
		return "", errJSON
	}
	from, escaped := w.at, false
	for ; w.at < len(w.text); w.at++ {
		switch c := w.text[w.at]; {
		case c == '"':
			w.at++
			if escaped {
				return unescape(w.text[from-1 : w.at])
			}
			return w.text[from : w.at-1], nil
		case c == '\\':
			escaped = true
			w.at++
		case c < ' ':
			return "", errJSON
		}
	}
	return "", errJSON
}

// unescape reads a string in its quotes. Which escapes there are is left to
// encoding/json.
func unescape(quoted string) (s string, err error) {
	if err := json.Unmarshal([]byte(quoted), &s); err != nil {
		return "", errJSON
	}
	if strings.Contains(s, replacement) {
		return "", errUTF8
	}
	return s, nil
}
