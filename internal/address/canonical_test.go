package address_test

import (
	"strings"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/address"
)

func TestCanonical(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, in, want string
	}{
		{"plain", "ada@example.com", "ada@example.com"},
		{"case is folded in both halves", "Ada.Lovelace@EXAMPLE.Com", "ada.lovelace@example.com"},
		{"tags and dots are the provider's business", "a.d.a+x@example.com", "a.d.a+x@example.com"},
		{"composed", "jos\u00e9@example.com", "jos\u00e9@example.com"},
		{"decomposed is the same mailbox", "jose\u0301@example.com", "jos\u00e9@example.com"},
		{"a domain beyond ASCII", "ada@B\u00fccher.example", "ada@xn--bcher-kva.example"},
		{"the same domain in its ASCII form", "ada@XN--bcher-KVA.example", "ada@xn--bcher-kva.example"},
		{"a dotless look-alike stays apart", "\u0131da@example.com", "\u0131da@example.com"},
		{"a dotted capital does not become a plain i", "\u0130da@example.com", "i\u0307da@example.com"},
		{"a Cyrillic look-alike stays apart", "\u0430da@example.com", "\u0430da@example.com"},
		{"white space around it", " \tada@example.com\u00a0\r\n", "ada@example.com"},
		{"zero-width space around it", "\ufeffada@example.com\u200b", "ada@example.com"},
		{"two hyphens in an ASCII label", "user@r3---sn-x.example.com", "user@r3---sn-x.example.com"},
		{"two hyphens in a capital label", "user@R3--x.Example.com", "user@r3--x.example.com"},
		{"letters that NFKC changes but not to ASCII", "\u0e01\u0e33@example.com", "\u0e01\u0e33@example.com"},
		{"localhost for development", "ada@localhost", "ada@localhost"},
		{"longest local part", strings.Repeat("a", 64) + "@example.com", strings.Repeat("a", 64) + "@example.com"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got, ok := address.Canonical(test.in)
			if !ok || got != test.want {
				t.Errorf("got %q, %v; want %q", got, ok, test.want)
			}
			if again, ok := address.Canonical(got); !ok || again != got {
				t.Errorf("canonical form %q is not stable: %q, %v", got, again, ok)
			}
		})
	}
}

func TestCanonicalRefuses(t *testing.T) {
	t.Parallel()
	for name, in := range map[string]string{
		"nothing":              "",
		"no at sign":           "ada.example.com",
		"no local part":        "@example.com",
		"no domain":            "ada@",
		"header injection":     "ada@example.com\r\nBcc: eve@example.com",
		"line end inside":      "a\nda@example.com",
		"NUL byte":             "ada\x00@example.com",
		"space":                "a da@example.com",
		"quoted local part":    "\"ada\"@example.com",
		"angle brackets":       "<ada@example.com>",
		"two addresses":        "ada@example.com,eve@example.com",
		"comment":              "ada(x)@example.com",
		"leading dot":          ".ada@example.com",
		"two dots":             "a..da@example.com",
		"zero-width joiner":    "a\u200dda@example.com",
		"right-to-left mark":   "a\u202eda@example.com",
		"not UTF-8":            "ada\xff@example.com",
		"no dot in the domain": "ada@example",
		"trailing dot":         "ada@example.com.",
		"address literal":      "ada@[127.0.0.1]",
		"IP address":           "ada@127.0.0.1",
		"space in the domain":  "ada@exam ple.com",
		"zero-width in domain": "ada@exam\u200bple.com",
		"a hyphen first":       "ada@-example.com",
		"a hyphen last":        "ada@example-.com",
		"two hyphens first":    "ada@--example.com",
		"no Punycode":          "ada@xn--a.example",
		"the Kelvin sign":      "\u212aate@example.com",
		"wide letters":         "\uff4bate@example.com",
		"a long s":             "ka\u017fpar@example.com",
		"a ligature":           "\ufb01sh@example.com",
		"underscore in domain": "ada@exa_mple.com",
		"local part too long":  strings.Repeat("a", 65) + "@example.com",
		"too long":             "a@" + strings.Repeat("b.", 130) + "com",
	} {
		if got, ok := address.Canonical(in); ok {
			t.Errorf("%s: accepted as %q", name, got)
		}
	}
}

func FuzzCanonical(f *testing.F) {
	f.Add("Ada@Example.com")
	f.Add("jos\u00e9@B\u00fccher.example")
	f.Fuzz(func(t *testing.T, s string) {
		got, ok := address.Canonical(s)
		if !ok {
			return
		}
		if again, ok := address.Canonical(got); !ok || again != got {
			t.Errorf("%q: canonical form %q is not stable: %q, %v", s, got, again, ok)
		}
		if strings.ContainsAny(got, "\r\n\x00 ,;<>\"") {
			t.Errorf("%q: canonical form %q could break out of a header", s, got)
		}
	})
}
