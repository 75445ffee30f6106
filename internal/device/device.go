// Package device names what a User-Agent header claims to be: which browser, on
// which system.
//
// The header is the client's own words, so a name says what somebody calls
// themselves and proves nothing. It serves people who look for a device of
// theirs in a list, and a rule that errs harmlessly: whether a mail about a new
// device is due. No version is part of a name, so that an update of the browser
// makes no new device of the old one.
//
// # Threats
//
// Strangers write the header. Only its first bytes are looked at. What comes out
// is short, of one line, and of letters, digits and a few joining marks: nothing
// that markup, links, addresses or header lines are made of. What does not fit is
// no name at all.
//
// This package never decides who may do what.
package device

import (
	"strings"
	"unicode"

	"github.com/mileusna/useragent"
	"golang.org/x/text/unicode/norm"
)

const (
	// maxHeader is how many bytes of a header are looked at.
	maxHeader = 512
	maxRunes  = 60
)

// Device is a kind of device. Devices are compared with ==. The zero value is
// one that says nothing of itself.
type Device struct {
	Browser string // "Firefox"; for a program its name, such as "curl"
	System  string // "Linux"
}

// Of reads a User-Agent header.
func Of(userAgent string) Device {
	if len(userAgent) > maxHeader {
		userAgent = userAgent[:maxHeader]
	}
	ua := useragent.Parse(strings.ToValidUTF8(userAgent, ""))
	return Device{Browser: Label(ua.Name), System: Label(ua.OS)}
}

// String is the device for people: "Firefox on Linux", or what is known of it.
func (d Device) String() string {
	switch {
	case d.Browser != "" && d.System != "":
		return d.Browser + " on " + d.System
	case d.Browser != "":
		return d.Browser
	default:
		return d.System
	}
}

// Label gives s if it can stand as the name of a device where people read, and
// nothing if it could be taken for more: a short line of letters, digits, spaces
// and the marks - _ ( ) + and apostrophes.
func Label(s string) string {
	s = strings.Join(strings.Fields(norm.NFC.String(s)), " ")
	n := 0
	for _, r := range s {
		n++
		ok := unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r) || strings.ContainsRune(" -'_()+\u2019", r)
		if !ok || n > maxRunes {
			return ""
		}
	}
	return s
}
