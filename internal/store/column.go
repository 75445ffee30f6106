package store

import (
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// How values stand in columns, the same on every engine: an instant as
// microseconds in UTC, a truth as 0 or 1, a list of words between commas. Each
// writer has a reader that takes what any of the drivers gives.

// micros is how an instant is stored: microseconds, the zero time as NULL.
func micros(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UnixMicro()
}

// timeInto reads an instant into t.
func timeInto(t *time.Time) sql.Scanner { return (*instant)(t) }

type instant time.Time

// Scan reads what micros stored.
func (i *instant) Scan(v any) error {
	switch v := v.(type) {
	case nil:
		*i = instant{}
	case int64:
		*i = instant(time.UnixMicro(v).UTC())
	default:
		return fmt.Errorf("read a time from %T", v)
	}
	return nil
}

// bit is how a truth is stored.
func bit(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

// boolInto reads a bit into b.
func boolInto(b *bool) sql.Scanner { return (*yes)(b) }

type yes bool

// Scan reads what bit stored.
func (y *yes) Scan(v any) error {
	n, ok := v.(int64)
	if !ok {
		return fmt.Errorf("read a truth from %T", v)
	}
	*y = n != 0
	return nil
}

// joined is how a list of words is stored: ",admin,editor,", so that a word is
// found between its commas. An empty list is "".
func joined(words []string) (string, error) {
	if len(words) == 0 {
		return "", nil
	}
	for _, w := range words {
		if w == "" || strings.Contains(w, ",") {
			return "", errors.New("store a list: a word is empty or holds a comma")
		}
	}
	return "," + strings.Join(words, ",") + ",", nil
}

// sorted is joined in order.
func sorted(words []string) (string, error) {
	words = slices.Clone(words)
	slices.Sort(words)
	return joined(slices.Compact(words))
}

// wordsInto reads a joined list into list; an empty one is nil.
func wordsInto(list *[]string) sql.Scanner { return (*commas)(list) }

type commas []string

// Scan reads what joined stored.
func (c *commas) Scan(v any) error {
	var s string
	switch v := v.(type) {
	case string:
		s = v
	case []byte: // as MySQL's driver gives text
		s = string(v)
	default:
		return fmt.Errorf("read a list from %T", v)
	}
	*c = nil
	if s = strings.Trim(s, ","); s != "" {
		*c = strings.Split(s, ",")
	}
	return nil
}

// textInto reads a text into s; NULL is empty.
func textInto(s *string) sql.Scanner { return (*text)(s) }

type text string

// Scan reads a text.
func (s *text) Scan(v any) error {
	switch v := v.(type) {
	case nil:
		*s = ""
	case string:
		*s = text(v)
	case []byte: // as MySQL's driver gives text
		*s = text(v)
	default:
		return fmt.Errorf("read a text from %T", v)
	}
	return nil
}

// numberInto reads a number into n; NULL is 0.
func numberInto(n *int64) sql.Scanner { return (*number)(n) }

type number int64

// Scan reads a number.
func (n *number) Scan(v any) error {
	switch v := v.(type) {
	case nil:
		*n = 0
	case int64:
		*n = number(v)
	default:
		return fmt.Errorf("read a number from %T", v)
	}
	return nil
}

// scanners are the scanners that fill the fields of a record.
func scanners(fields []any) []any {
	for n, field := range fields {
		switch f := field.(type) {
		case *string:
			fields[n] = textInto(f)
		case *int64:
			fields[n] = numberInto(f)
		case *time.Time:
			fields[n] = timeInto(f)
		case *[]string:
			fields[n] = wordsInto(f)
		}
	}
	return fields
}

// stored is how the fields of a record are stored. Words are in order.
func stored(fields []any) ([]any, error) {
	for n, field := range fields {
		var err error
		switch f := field.(type) {
		case *string:
			fields[n] = *f
		case *time.Time:
			fields[n] = micros(*f)
		case *[]string:
			fields[n], err = sorted(*f)
		case *int64:
			fields[n] = *f
		case *UserStatus:
			fields[n] = string(*f)
		default:
			err = fmt.Errorf("store a %T", field)
		}
		if err != nil {
			return nil, err
		}
	}
	return fields, nil
}
