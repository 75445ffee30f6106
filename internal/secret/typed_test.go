package secret_test

import (
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/sallyport-auth/sallyport/internal/secret"
)

func TestACodeIsReadHoweverItWasTyped(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{
		"123456":                               "123456",
		" 123 456\n":                           "123456",
		"123\u00a0456":                         "123456",
		"123-456":                              "123456",
		"123\u2013456":                         "123456",
		"12.34.56":                             "123456",
		"\u200e123456\u200f":                   "123456",
		"\u0661\u0662\u0663\u0664\u0665\u0666": "123456", // Arabic
		"\u06f1\u06f2\u06f3\u06f4\u06f5\u06f6": "123456", // Persian
		"\u0967\u0968\u0969\u096a\u096b\u096c": "123456", // Devanagari
		"\uff11\uff12\uff13\uff14\uff15\uff16": "123456", // wide
		"\U0001d7d9\U0001d7da":                 "12",     // mathematical
		"12345\u00bd":                          "12345\u00bd",
		"abcd-efgh":                            "abcdefgh",
		"":                                     "",
	} {
		if got := secret.TypedCode(typed); got != want {
			t.Errorf("%q: got %q, want %q", typed, got, want)
		}
	}
}

// TestEveryDecimalDigitHasItsValue compares with what NFKC says of the digits that
// are compatible with ASCII's, and counts the blocks of ten of the others.
func TestEveryDecimalDigitHasItsValue(t *testing.T) {
	t.Parallel()
	digits := map[string]int{}
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if !unicode.Is(unicode.Nd, r) {
			continue
		}
		got := secret.TypedCode(string(r))
		digits[got]++
		if plain := norm.NFKC.String(string(r)); len(plain) == 1 && plain != got {
			t.Errorf("%U: got %q, want %q", r, got, plain)
		}
	}
	if len(digits) != 10 || digits["0"] < 60 {
		t.Errorf("got %v, want ten digits of each script", digits)
	}
	for d, n := range digits {
		if n != digits["0"] {
			t.Errorf("%q: %d, but %d zeros", d, n, digits["0"])
		}
	}
}
