package address

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

const (
	maxEmailBytes = 254 // RFC 5321 §4.5.3.1.3, less the angle brackets
	maxLocalBytes = 64  // RFC 5321 §4.5.3.1.1
)

// Canonical gives the form in which addresses are compared, and false if s
// is not an address that we accept.
//
// The local part is NFC and lower case, the domain goes through IDNA (UTS #46,
// non-transitional) to its ASCII form. Providers' own tricks, dots and tags, are
// left alone: they name different mailboxes elsewhere. Two addresses that look
// alike in different scripts stay different. White space around it does not
// count ([Trim] cuts it for what is kept). Refused are control and format
// characters, spaces, quoted local parts, address literals and domains without
// a dot (localhost alone is let through for development). Refused as well is a
// local part of other characters that NFKC makes ASCII, such as the Kelvin sign or
// wide letters: it would be a second account beside that of the plain letters, or
// pass for them, and no mailbox is named so.
func Canonical(s string) (canonical string, ok bool) {
	s = Trim(s)
	if len(s) > maxEmailBytes || !utf8.ValidString(s) {
		return "", false
	}
	at := strings.LastIndexByte(s, '@')
	if at <= 0 || at == len(s)-1 {
		return "", false
	}
	local, okLocal := canonicalLocal(s[:at])
	domain, okDomain := canonicalDomain(s[at+1:])
	if !okLocal || !okDomain || len(local)+1+len(domain) > maxEmailBytes {
		return "", false
	}
	return local + "@" + domain, true
}

func canonicalLocal(local string) (string, bool) {
	if strings.HasPrefix(local, ".") || strings.HasSuffix(local, ".") || strings.Contains(local, "..") {
		return "", false
	}
	for _, r := range local {
		if !localRune(r) {
			return "", false
		}
	}
	if !ascii(local) && ascii(norm.NFKC.String(local)) {
		return "", false
	}
	local = Lower(local)
	return local, local != "" && len(local) <= maxLocalBytes
}

func ascii(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r >= utf8.RuneSelf })
}

// localRune says whether r may stand in a local part: atext (RFC 5322 §3.2.3),
// the dot, and what RFC 6531 adds, less what cannot be seen.
func localRune(r rune) bool {
	if r < utf8.RuneSelf {
		return unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("!#$%&'*+-/=?^_`{|}~.", r)
	}
	return unicode.IsGraphic(r) && !unicode.IsSpace(r) && !unicode.Is(unicode.Cf, r) && r != utf8.RuneError
}

func canonicalDomain(domain string) (string, bool) {
	plain, err := ASCIIDomain(domain)
	if err != nil || plain == "" {
		return "", false
	}
	plain = strings.ToLower(plain)
	if plain == "localhost" {
		return plain, true
	}
	if !strings.Contains(plain, ".") || strings.HasSuffix(plain, ".") {
		return "", false
	}
	labels := strings.Split(plain, ".")
	for _, label := range labels {
		if label == "" || len(label) > 63 {
			return "", false
		}
	}
	// A numeric last label is an IP address, not a domain.
	last := labels[len(labels)-1]
	return plain, strings.Trim(last, "0123456789") != ""
}
