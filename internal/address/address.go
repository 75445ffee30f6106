// Package address owns what e-mail addresses are: which we accept, the form in
// which they are compared, and the form in which mail servers get them.
//
// Mail that is counted, letters and events that are looked for when somebody is
// erased: all of them know two spellings of one address as one. [Canonical] judges
// what somebody types, [Folded] compares whatever was kept, and the two agree.
package address

import (
	"errors"
	"strings"
	"unicode"

	"golang.org/x/net/idna"
	"golang.org/x/text/cases"
	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"
)

// Folded is the form in which addresses are compared: two spellings of one give
// the same. For those that [Canonical] accepts it is their canonical form.
func Folded(address string) string {
	address = Trim(address)
	at := strings.LastIndexByte(address, '@')
	if at < 0 {
		return Lower(address)
	}
	domain := address[at+1:]
	if ascii, err := ASCIIDomain(domain); err == nil {
		domain = ascii
	}
	return Lower(address[:at]) + "@" + strings.ToLower(domain)
}

// Trim is an address without the white space around it, seen or not. People paste
// it, and browsers cut it where programs do not.
func Trim(address string) string {
	return strings.TrimFunc(address, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r)
	})
}

// ASCIIDomain is a domain in its ASCII form (UTS #46, non-transitional). Labels
// that are ASCII anyway may have two hyphens where those of IDNs begin with xn--,
// as browsers take them; others must be valid for IDNA.
func ASCIIDomain(domain string) (string, error) {
	if strings.ContainsFunc(domain, unseen) {
		return "", errUnseen
	}
	ascii, err := lenient().ToASCII(domain)
	if err != nil {
		return "", err
	}
	for label := range strings.SplitSeq(ascii, ".") {
		if strings.HasPrefix(label, "-") || strings.HasSuffix(label, "-") {
			return "", errHyphen
		}
		if !strings.HasPrefix(label, "xn--") {
			continue
		}
		if _, err := idna.Lookup.ToASCII(label); err != nil {
			return "", err
		}
	}
	return ascii, nil
}

var (
	errUnseen = errors.New("the domain has characters that cannot be seen")
	errHyphen = errors.New("a label of the domain begins or ends with a hyphen")
)

// unseen reports whether IDNA would drop r without a word. Joiners it judges.
func unseen(r rune) bool {
	const nonJoiner, joiner = '\u200c', '\u200d'
	return unicode.Is(unicode.Cf, r) && r != nonJoiner && r != joiner
}

// lenient is idna.Lookup without the rule about hyphens.
func lenient() *idna.Profile {
	return idna.New(idna.MapForLookup(), idna.BidiRule(), idna.CheckHyphens(false))
}

// Lower is the form in which local parts are compared. Folding may leave a form that
// is no longer NFC, so it normalises last, and once before, because folding looks at
// single characters.
func Lower(s string) string {
	return norm.NFC.String(cases.Lower(language.Und).String(norm.NFC.String(s)))
}
