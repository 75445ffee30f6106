package mail

import (
	"net/netip"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/sallyport-auth/sallyport/internal/address"
)

const maxNameRunes = 60

// Recipient is the form in which recipients are compared and counted: two
// spellings of one address give the same. It does not judge whether address is
// one; for those that [address.Canonical] accepts it is their canonical form.
func Recipient(recipient string) string { return address.Folded(recipient) }

// PlainName gives name if it can stand in a greeting, and nothing if it could
// be taken for more: whoever signs up chooses a name, and the mail goes to the
// address they gave. So there are letters, spaces and what names are joined
// with, but no digits, no punctuation that links and addresses are made of, and
// a full stop only after a letter that ends a word.
func PlainName(name string) string {
	name = strings.Join(strings.Fields(norm.NFC.String(name)), " ")
	runes := []rune(name)
	if len(runes) > maxNameRunes {
		return ""
	}
	for n, r := range runes {
		switch {
		case unicode.IsLetter(r), unicode.IsMark(r), r == ' ', r == '-', r == '\'', r == '\u2019', r == '\u00b7':
		case r == '.' && n > 0 && unicode.IsLetter(runes[n-1]) && (n == len(runes)-1 || runes[n+1] == ' '):
		default:
			return ""
		}
	}
	return name
}

// ipAddress is s if it is an IP address.
func ipAddress(s string) string {
	a, err := netip.ParseAddr(s)
	if err != nil || a.Zone() != "" {
		return ""
	}
	return a.Unmap().String()
}

// plainPlace is s if it is made of what places are written with. A full stop
// stands in an abbreviation ("D.C.", "St. Louis") and never where a mail program
// would see the name of a site.
func plainPlace(s string) string {
	run := 0 // letters and digits since a full stop, 0 if there was none
	for _, r := range s {
		word := unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r)
		switch {
		case r == '.':
			run = 1
		case !word:
			run = 0
		case run > 0:
			run++
		}
		if run > 2 || !word && !strings.ContainsRune(" -'.,()\u2019\u02bb", r) {
			return ""
		}
	}
	if utf8.RuneCountInString(s) > 2*maxNameRunes+2 {
		return ""
	}
	return s
}

// plainTime is s if it is made of what dates and times are written with.
func plainTime(s string) string {
	for _, r := range s {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune(" ,:+-", r) {
			return ""
		}
	}
	if len(s) > maxNameRunes {
		return ""
	}
	return s
}
