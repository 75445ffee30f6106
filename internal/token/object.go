package token

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// maxDepth is how deep objects and arrays may nest. Our claims nest once.
const maxDepth = 8

var (
	errUTF8      = errors.New("not UTF-8")
	errJSON      = errors.New("not a JSON object")
	errDuplicate = errors.New("duplicate member")
	errDepth     = errors.New("nested too deep")
)

// parseObject reads a JSON object as I-JSON (RFC 7493 §2) wants it: UTF-8, no
// unpaired surrogates, and no name twice in the same object, at any depth, so
// that no two parsers can see different things in it. Names are kept as they
// are; nothing folds their case.
func parseObject(b []byte) (map[string]json.RawMessage, error) {
	if !utf8.Valid(b) {
		return nil, errUTF8
	}
	if !json.Valid(b) { // also refuses a byte order mark and trailing data
		return nil, errJSON
	}
	d := json.NewDecoder(bytes.NewReader(b))
	d.UseNumber()
	if first, err := d.Token(); err != nil || first != json.Delim('{') {
		return nil, errJSON
	}
	if err := walkObject(d, 1); err != nil {
		return nil, err
	}
	var members map[string]json.RawMessage
	if err := json.Unmarshal(b, &members); err != nil {
		return nil, errJSON
	}
	return members, nil
}

// walkObject reads to the end of an object whose brace was read.
func walkObject(d *json.Decoder, depth int) error {
	seen := map[string]bool{}
	for d.More() {
		name, err := next(d)
		if err != nil {
			return err
		}
		text, ok := name.(string)
		if !ok {
			return errJSON
		}
		if seen[text] {
			return errDuplicate
		}
		seen[text] = true
		if err := walkValue(d, depth); err != nil {
			return err
		}
	}
	_, err := next(d) // the closing brace
	return err
}

func walkValue(d *json.Decoder, depth int) error {
	t, err := next(d)
	if err != nil {
		return err
	}
	delim, ok := t.(json.Delim)
	if !ok {
		return nil
	}
	if depth >= maxDepth {
		return errDepth
	}
	if delim == '{' {
		return walkObject(d, depth+1)
	}
	for d.More() {
		if err := walkValue(d, depth+1); err != nil {
			return err
		}
	}
	_, err = next(d) // the closing bracket
	return err
}

// next reads one token. encoding/json turns half a surrogate pair into U+FFFD;
// since none of our strings holds that character, it is refused.
func next(d *json.Decoder) (json.Token, error) {
	t, err := d.Token()
	if err != nil {
		if errors.Is(err, io.EOF) {
			err = io.ErrUnexpectedEOF
		}
		return nil, fmt.Errorf("%w: %w", errJSON, err)
	}
	if s, ok := t.(string); ok && strings.ContainsRune(s, utf8.RuneError) {
		return nil, errUTF8
	}
	return t, nil
}
