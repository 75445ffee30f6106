package jobs

import (
	"regexp"
	"strings"
	"unicode"

	"github.com/sallyport-auth/sallyport/internal/telemetry"
)

// maxErrorRunes is the maximum length of the stored text of an error.
const maxErrorRunes = 240

// scrubber removes from text all that must not be stored or logged. The log has
// a scrubber of its own; this one knows the secret of the job, and addresses,
// which are personal and would outlive their erasure.
type scrubber struct {
	tokens, addresses *regexp.Regexp
}

func newScrubber() scrubber {
	return scrubber{
		// Our own token prefixes, JWTs, and any long run of the base64 alphabets:
		// servers echo links, and nobody needs 40 random characters to mend
		// a fault.
		tokens:    regexp.MustCompile(`(?:sp[a-z]_|eyJ)[A-Za-z0-9._~=%-]*|[A-Za-z0-9_+/=-]{40,}`),
		addresses: regexp.MustCompile(`[^\s<>"'(),:;]+@[^\s<>"'(),:;]+`),
	}
}

// clean shortens text to one line without the secret, tokens and addresses.
func (s scrubber) clean(text string, secret []byte) string {
	if len(secret) > 0 {
		text = strings.ReplaceAll(text, string(secret), telemetry.Redacted)
	}
	text = strings.Join(strings.FieldsFunc(text, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r)
	}), " ")
	text = telemetry.Scrub(text)
	text = s.tokens.ReplaceAllString(text, telemetry.Redacted)
	text = s.addresses.ReplaceAllString(text, "[address]")
	if r := []rune(text); len(r) > maxErrorRunes {
		text = string(r[:maxErrorRunes-1]) + "…"
	}
	return strings.ToValidUTF8(text, "?")
}
