package account

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"
	_ "time/tzdata" // for hosts and images that have no time zones
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/sallyport-auth/sallyport/internal/address"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/words"
)

// ReadEmail reads an address from outside.
func ReadEmail(s string) (canonical string, err error) {
	canonical, ok := address.Canonical(s)
	if !ok {
		return "", fault.ErrInvalidInput.WithFields(fault.Wrong("email", "email"))
	}
	return canonical, nil
}

// CheckDomain refuses a canonical address, typed in a field, whose domain the operator
// does not take from people who bring it themselves. It looks at nothing but the
// domain, so it tells nobody who has an account.
func (a *Accounts) CheckDomain(field, canonical string) error {
	if !a.opts.Domains.Admit(canonical) {
		return fault.ErrInvalidInput.WithFields(fault.Wrong(field, "domain"))
	}
	return nil
}

// ReadName reads a display name from outside: NFC, without control characters or
// what changes the direction of the text around it.
func ReadName(s string) (string, error) {
	s = strings.TrimSpace(norm.NFC.String(s))
	bad := !utf8.ValidString(s) || utf8.RuneCountInString(s) > maxNameRunes ||
		strings.ContainsFunc(s, func(r rune) bool { return unicode.IsControl(r) || bidirectional(r) || r == '\u2028' || r == '\u2029' })
	if s != "" && !strings.ContainsFunc(s, visible) {
		return "", fault.ErrInvalidInput.WithFields(fault.Wrong("name", "unseen"))
	}
	if bad {
		return "", fault.ErrInvalidInput.WithFields(fault.Wrong("name", "name", "n", strconv.Itoa(maxNameRunes)))
	}
	return s, nil
}

// language reads the tag of a language that there is, or nothing.
func language(tag string) (string, error) {
	known, ok := words.Named(tag)
	if tag != "" && !ok {
		return "", fault.ErrInvalidInput.WithFields(fault.Wrong("language", "language"))
	}
	return known, nil
}

// checkZoneinfo refuses what is neither empty nor the name of a time zone. The IANA
// database is built in, so that every instance knows the same names at least.
func checkZoneinfo(name string) error {
	if _, err := time.LoadLocation(name); err != nil || name == "Local" || len(name) > maxZoneinfo {
		return fault.ErrInvalidInput.WithFields(fault.Wrong("zoneinfo", "zoneinfo"))
	}
	return nil
}

// visible reports whether r leaves a mark. Of the characters that Unicode calls
// letters or signs, the fillers of Hangul and the blank of Braille do not.
func visible(r rune) bool {
	switch r {
	case '\u115f', '\u1160', '\u3164', '\uffa0', '\u2800', utf8.RuneError:
		return false
	}
	return unicode.IsOneOf([]*unicode.RangeTable{unicode.L, unicode.N, unicode.P, unicode.S}, r)
}

func bidirectional(r rune) bool {
	return r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069'
}

// ReadMetadata reads the user's own JSON object from outside and gives it in
// compact form.
func ReadMetadata(raw json.RawMessage) (string, error) {
	complaint := fault.ErrInvalidInput.WithFields(fault.Wrong("metadata", "metadata"))
	// The values stay as they were written, so that numbers keep every digit.
	var object map[string]json.RawMessage
	if len(raw) > maxMetadataBytes || json.Unmarshal(raw, &object) != nil || object == nil {
		return "", complaint
	}
	compact, err := json.Marshal(object)
	if err != nil || len(compact) > maxMetadataBytes {
		return "", complaint
	}
	return string(compact), nil
}
