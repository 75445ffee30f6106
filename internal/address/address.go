// Package address owns the form in which e-mail addresses are compared.
//
// Mail that is counted, letters and events that are looked for when somebody is
// erased: all of them know two spellings of one address as one. It never judges
// whether something is an address; package account does.
package address

import (
	"strings"

	"golang.org/x/net/idna"
	"golang.org/x/text/cases"
	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"
)

// Folded is the form in which addresses are compared: two spellings of one give
// the same. For those that package account accepts it is their canonical form.
func Folded(address string) string {
	at := strings.LastIndexByte(address, '@')
	if at < 0 {
		return Lower(address)
	}
	domain := address[at+1:]
	if ascii, err := idna.Lookup.ToASCII(domain); err == nil {
		domain = ascii
	}
	return Lower(address[:at]) + "@" + strings.ToLower(domain)
}

// Lower is the form in which local parts are compared. Folding may leave a form that
// is no longer NFC, so it normalises last, and once before, because folding looks at
// single characters.
func Lower(s string) string {
	return norm.NFC.String(cases.Lower(language.Und).String(norm.NFC.String(s)))
}
