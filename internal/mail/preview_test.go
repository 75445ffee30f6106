package mail_test

import (
	"strings"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/link"
	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/words"
)

// TestEveryKindCanBePreviewed in every language, with nothing left out that its
// reader would see.
func TestEveryKindCanBePreviewed(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	if len(mail.Kinds()) < 20 {
		t.Fatalf("there are kinds %v", mail.Kinds())
	}
	for _, kind := range mail.Kinds() {
		for _, language := range words.Languages() {
			m, err := h.postman.Preview(kind, language, "ada@example.com")
			if err != nil {
				t.Fatal(err)
			}
			if m.Subject == "" || words.Missing(m.Subject+m.Text+m.HTML) != "" || !strings.Contains(m.HTML, `<html lang="`+language+`"`) {
				t.Errorf("%s in %s: %q", kind, language, m.Subject)
			}
			if use, brings := link.In(string(kind)); brings && !strings.Contains(m.Text, "https://auth.example"+use.Path+"?token=sample") {
				t.Errorf("%s in %s has no link:\n%s", kind, language, m.Text)
			}
		}
	}
}
