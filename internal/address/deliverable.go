package address

import (
	"net/mail"
	"strings"
	"unicode"
)

// Deliverable is the form in which an address is handed to a mail server: the
// local part as its owner spells it, the domain in ASCII, so that only
// addresses that need it ask for SMTPUTF8 (RFC 6531 §3.2). It gives false for
// what is not one address alone.
func Deliverable(to string) (string, bool) {
	parsed, err := mail.ParseAddress(to)
	if err != nil || parsed.Name != "" || parsed.Address != to || strings.ContainsFunc(to, unicode.IsControl) {
		return "", false
	}
	at := strings.LastIndexByte(to, '@')
	domain, err := ASCIIDomain(to[at+1:])
	if err != nil {
		return "", false
	}
	return to[:at+1] + domain, true
}
