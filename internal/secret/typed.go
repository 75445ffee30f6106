package secret

import (
	"strings"
	"unicode"
)

// TypedCode is a code as somebody typed it, in the form in which it was made: the
// digits of other scripts are ASCII's, and what people and apps put between the
// digits is gone: spaces, hyphens, points, and marks of direction.
func TypedCode(typed string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '0' && r <= '9':
			return r
		case unicode.Is(unicode.Nd, r):
			return asciiDigit(r)
		case unicode.IsSpace(r), unicode.In(r, unicode.Cf, unicode.Pd), r == '.', r == '\u00b7':
			return -1
		}
		return r
	}, typed)
}

// asciiDigit is the ASCII digit of the value of a decimal digit. Unicode's
// decimal digits stand in blocks of ten, in their order, from zero.
func asciiDigit(r rune) rune {
	for _, block := range unicode.Nd.R16 {
		if rune(block.Lo) <= r && r <= rune(block.Hi) {
			return '0' + (r-rune(block.Lo))%10
		}
	}
	for _, block := range unicode.Nd.R32 {
		if rune(block.Lo) <= r && r <= rune(block.Hi) { //nolint:gosec // runes all
			return '0' + (r-rune(block.Lo))%10 //nolint:gosec // runes all
		}
	}
	return r
}
