package mail

import (
	"net/mail"
	"net/netip"
	"strings"
	"unicode"

	"github.com/mileusna/useragent"
	"golang.org/x/net/idna"
	"golang.org/x/text/cases"
	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"
)

const maxNameRunes = 60

// Recipient is the form in which recipients are compared and counted: two
// spellings of one address give the same. It does not judge whether address is
// one; for those that the account room accepts it is their canonical form.
func Recipient(address string) string {
	at := strings.LastIndexByte(address, '@')
	if at < 0 {
		return lower(address)
	}
	domain := address[at+1:]
	if ascii, err := idna.Lookup.ToASCII(domain); err == nil {
		domain = ascii
	}
	return lower(address[:at]) + "@" + strings.ToLower(domain)
}

func lower(s string) string {
	return norm.NFC.String(cases.Lower(language.Und).String(norm.NFC.String(s)))
}

// deliverable is the form in which an address is handed to a mail server: the
// local part as its owner spells it, the domain in ASCII, so that only
// addresses that need it ask for SMTPUTF8 (RFC 6531 §3.2).
func deliverable(address string) (string, bool) {
	parsed, err := mail.ParseAddress(address)
	if err != nil || parsed.Name != "" || parsed.Address != address || strings.ContainsFunc(address, unicode.IsControl) {
		return "", false
	}
	at := strings.LastIndexByte(address, '@')
	domain, err := idna.Lookup.ToASCII(address[at+1:])
	if err != nil {
		return "", false
	}
	return address[:at+1] + domain, true
}

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

// plainLabel is what a device may be called in a mail: a short line without
// what links and addresses are made of.
func plainLabel(s string) string {
	s = strings.Join(strings.Fields(norm.NFC.String(s)), " ")
	if r := []rune(s); len(r) > maxNameRunes {
		return ""
	}
	for _, r := range s {
		ok := unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r) || strings.ContainsRune(" -'_()+\u2019", r)
		if !ok {
			return ""
		}
	}
	return s
}

// browser names what a User-Agent header claims to be: "Firefox on Linux".
func browser(userAgent string) string {
	ua := useragent.Parse(userAgent)
	name, system := plainLabel(ua.Name), plainLabel(ua.OS)
	switch {
	case name != "" && system != "":
		return name + " on " + system
	case name != "":
		return name
	default:
		return system
	}
}

// ipAddress is s if it is an IP address.
func ipAddress(s string) string {
	a, err := netip.ParseAddr(s)
	if err != nil || a.Zone() != "" {
		return ""
	}
	return a.Unmap().String()
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
