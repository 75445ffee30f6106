package migration

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/google/uuid"

	"github.com/sallyport-auth/sallyport/internal/account"
	"github.com/sallyport-auth/sallyport/internal/address"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// maxExternalID is the length of the longest id that is kept, in characters.
const maxExternalID = 255

// person is a row that has been read.
type person struct {
	row              int64
	cursor           string
	id               string // there
	uuid             bool   // whether it stays the id here
	email, canonical string
	name             string
	hash, form       string // form is what a hash that cannot be read looks like
	weak             *weak  // what is wrapped in the place of a hash
	verified         bool
	disabled         bool
	verifiedAt       time.Time // if the column says when
	created          time.Time
	roles            []string
	metadata         string
	totp             string // in base32
	appMetadata      string
	without          []string        // what could not be taken
	whole            store.WholeUser // of an export of this program; nil for others
}

// read reads a row, or gives the reason why it is refused.
func (o Options) read(r Row) (p person, reason string) {
	if file, is := o.From.(*File); is && file.IsExport() {
		return o.readWhole(r)
	}
	p = person{row: r.Number, cursor: r.Cursor}
	if r.Broken {
		return p, reasonBroken
	}
	of := func(field string) any { return at(r.Values, o.Map[field]) }
	if p.id, p.uuid = externalID(of(fieldID)); p.id == "" {
		return p, reasonNoID
	}
	if utf8.RuneCountInString(p.id) > maxExternalID || strings.ContainsFunc(p.id, unicode.IsControl) || !utf8.ValidString(p.id) {
		return p, reasonBadID
	}
	var err error
	if p.email = address.Trim(text(of(fieldEmail))); p.email == "" {
		return p, reasonNoEmail
	}
	if p.canonical, err = account.ReadEmail(p.email); err != nil {
		return p, reasonBadEmail
	}
	if reason := o.readFlags(&p, of); reason != "" {
		return p, reason
	}
	if p.name, err = account.ReadName(text(of(fieldName))); err != nil {
		p.name, p.without = "", append(p.without, partName)
	}
	created, ok := moment(of(fieldCreated))
	if !ok {
		p.without = append(p.without, partCreated)
	}
	if p.created = created; created.After(o.Clock.Now()) {
		p.created = time.Time{}
	}
	o.readHash(&p, text(of(fieldHash)), text(of(fieldSalt)))
	if p.verified {
		p.roles = o.roles(of(fieldRoles))
	}
	o.readTOTP(&p, text(of(fieldTOTP)))
	o.readMetadata(&p, of(fieldMetadata))
	o.readAppMetadata(&p, r.Values)
	return p, ""
}

// readFlags reads whether the address is verified, and whether the user may sign
// in. What cannot be read is refused: neither answer would be safe.
func (o Options) readFlags(p *person, of func(string) any) (reason string) {
	deleted, _, ok := flag(of(fieldDeleted))
	if deleted {
		return reasonDeleted
	}
	var readable bool
	p.verified, p.verifiedAt, readable = flag(of(fieldVerified))
	if ok = ok && readable; o.Map[fieldActive] != "" {
		var active bool
		active, _, readable = flag(of(fieldActive))
		p.disabled = !active
	} else {
		p.disabled, _, readable = flag(of(fieldDisabled))
	}
	ok = ok && readable
	until, readable := moment(of(fieldUntil))
	if !ok || !readable {
		return reasonBadFlag
	}
	p.disabled = p.disabled || until.After(o.Clock.Now())
	return ""
}

// externalID gives the text of an id; a UUID in the one form that has no other.
func externalID(v any) (id string, isUUID bool) {
	id = strings.TrimSpace(text(v))
	if len(id) == 32 || len(id) == 36 {
		if u, err := uuid.Parse(id); err == nil && u != uuid.Nil {
			return u.String(), true
		}
	}
	if len(id) == 16 && !utf8.ValidString(id) { // as MySQL keeps a UUID in 16 bytes
		if u, err := uuid.FromBytes([]byte(id)); err == nil {
			return u.String(), true
		}
	}
	return id, false
}

// text gives a value as text; nothing as an empty one.
func text(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	case []byte:
		return string(v)
	case json.Number:
		return v.String()
	case bool, int64, int:
		return fmt.Sprint(v)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case time.Time:
		return v.UTC().Format(time.RFC3339Nano)
	default:
		return ""
	}
}

// flag reads a yes or no, as databases and programs write it. A time is a yes, and
// says since when.
func flag(v any) (yes bool, since time.Time, ok bool) {
	if t, is := v.(time.Time); is {
		return true, t, true
	}
	if b, is := v.([]byte); is && len(b) == 1 && b[0] <= 1 { // BIT(1)
		return b[0] == 1, time.Time{}, true
	}
	switch strings.ToLower(strings.TrimSpace(text(v))) {
	case "1", "true", "t", "yes", "y", "on":
		return true, time.Time{}, true
	case "", "0", "false", "f", "no", "n", "off", "null":
		return false, time.Time{}, true
	default:
		if t, readable := moment(v); readable && !t.IsZero() {
			return true, t, true
		}
		return false, time.Time{}, false
	}
}

// layouts are how programs write times. Without a zone they are UTC.
func layouts() []string {
	return []string{
		time.RFC3339Nano, "2006-01-02 15:04:05.999999999Z07:00", "2006-01-02 15:04:05.999999999-07",
		"2006-01-02T15:04:05.999999999", "2006-01-02 15:04:05.999999999", "2006-01-02",
	}
}

// moment reads a time: one of [layouts], or a number of seconds, milliseconds or
// microseconds since 1970, whichever gives a time of this age. Nothing is no time.
func moment(v any) (t time.Time, ok bool) {
	if t, is := v.(time.Time); is {
		return t.UTC(), true
	}
	s := strings.TrimSpace(text(v))
	if s == "" {
		return time.Time{}, true
	}
	if n, err := strconv.ParseFloat(s, 64); err == nil {
		for n > 1e11 {
			n /= 1000
		}
		if n <= 0 || math.IsNaN(n) {
			return time.Time{}, false
		}
		return time.UnixMicro(int64(n * 1e6)).UTC(), true
	}
	for _, layout := range layouts() {
		if t, err := time.Parse(layout, s); err == nil && t.Year() >= 1970 && t.Year() < 10000 {
			return t.UTC(), true
		}
	}
	return time.Time{}, false
}

// roles gives the roles here of those that a value names there.
func (o Options) roles(v any) []string {
	var names []string
	if list, is := v.([]any); is {
		for _, name := range list {
			names = append(names, text(name))
		}
	} else {
		names = strings.Split(strings.Trim(text(v), "[]{}"), ",")
	}
	var roles []string
	for _, name := range names {
		if role := o.Roles[strings.Trim(strings.TrimSpace(name), `"`)]; role != "" {
			roles = append(roles, role)
		}
	}
	slices.Sort(roles)
	return slices.Compact(roles)
}
