// Package column says how values stand in columns, the same on every engine: an
// instant as microseconds in UTC, a truth as 0 or 1, a list of words between
// commas. Each writer has a reader that takes what any of the drivers gives.
package column

import (
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store"
)

// Micros is how an instant is stored: microseconds, the zero time as NULL.
func Micros(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UnixMicro()
}

// At reads an instant into t.
func At(t *time.Time) sql.Scanner { return (*instant)(t) }

type instant time.Time

// Scan reads what Micros stored.
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

// Bit is how a truth is stored.
func Bit(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

// Truth reads a bit into b.
func Truth(b *bool) sql.Scanner { return (*yes)(b) }

type yes bool

// Scan reads what Bit stored.
func (y *yes) Scan(v any) error {
	n, ok := v.(int64)
	if !ok {
		return fmt.Errorf("read a truth from %T", v)
	}
	*y = n != 0
	return nil
}

// Joined is how a list of words is stored: ",admin,editor,", so that a word is
// found between its commas. An empty list is "".
func Joined(words []string) (string, error) {
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

// Sorted is Joined in order.
func Sorted(words []string) (string, error) {
	words = slices.Clone(words)
	slices.Sort(words)
	return Joined(slices.Compact(words))
}

// Words reads a joined list into list; an empty one is nil.
func Words(list *[]string) sql.Scanner { return (*commas)(list) }

type commas []string

// Scan reads what Joined stored.
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

// Text reads a text into s; NULL is empty.
func Text(s *string) sql.Scanner { return (*text)(s) }

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

// Into are the scanners that fill the fields of a record.
func Into(fields []any) []any {
	for n, field := range fields {
		switch f := field.(type) {
		case *string:
			fields[n] = Text(f)
		case *time.Time:
			fields[n] = At(f)
		case *[]string:
			fields[n] = Words(f)
		}
	}
	return fields
}

// Values is how the fields of a record are stored. Words are in order.
func Values(fields []any) ([]any, error) {
	for n, field := range fields {
		var err error
		switch f := field.(type) {
		case *string:
			fields[n] = *f
		case *time.Time:
			fields[n] = Micros(*f)
		case *[]string:
			fields[n], err = Sorted(*f)
		case *int64:
			fields[n] = *f
		case *store.UserStatus:
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
