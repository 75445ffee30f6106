package mail_test

import (
	"testing"

	"github.com/sallyport-auth/sallyport/internal/address"
	"github.com/sallyport-auth/sallyport/internal/mail"
)

// FuzzRecipientAgreesWithTheAccount holds the two rooms to one idea of when two
// addresses are the same: a recipient's limit must not be dodged by a spelling.
func FuzzRecipientAgreesWithTheAccount(f *testing.F) {
	for _, spelled := range []string{
		"ada@example.com", "ADA.Lovelace+tag@Example.COM", "jürgen@bücher.example", "JU\u0308RGEN@BU\u0308CHER.example",
		"ſtraße@STRASSE.example", "İ@example.com", "ΑΣ@example.com", "a@xn--bcher-kva.example", "A@localhost", "not an address", " ada@example.com\u200b", "ada@r3---sn-x.example.com",
	} {
		f.Add(spelled)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		canonical, ok := address.Canonical(typed)
		if !ok {
			return
		}
		if got := mail.Recipient(typed); got != canonical {
			t.Errorf("%q is counted as %q, the account knows it as %q", typed, got, canonical)
		}
	})
}
