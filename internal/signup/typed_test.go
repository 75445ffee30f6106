package signup_test

import (
	"errors"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/roomtest"
	"github.com/sallyport-auth/sallyport/internal/signup"
)

// TestWhiteSpaceAroundAnAddressIsNotKept signs up with an address as it was pasted:
// what is kept and written to is the address alone.
func TestWhiteSpaceAroundAnAddressIsNotKept(t *testing.T) {
	t.Parallel()
	h := roomtest.New(t)
	if _, err := h.SignUp(t.Context(), signup.SignUp{Email: "\ufeff Ada@people.example \u200b", Password: good, Origin: roomtest.Origin()}); err != nil {
		t.Fatal(err)
	}
	rows, err := h.Store.Direct().Signups.Standing(t.Context(), "ada@people.example", h.Clock.Now(), 2)
	if err != nil || len(rows) != 1 || rows[0].Email != "Ada@people.example" {
		t.Errorf("%+v, %v; want one sign-up of the address alone", rows, err)
	}
}

func TestANameCanBeSeen(t *testing.T) {
	t.Parallel()
	h := roomtest.New(t)
	for name, ok := range map[string]bool{
		"":                   true, // none
		"   ":                true, // none
		"Ada":                true,
		"\u00c5ngstr\u00f6m": true,
		"\u674e":             true,
		"\U0001f98a":         true,
		"\u200b":             false,
		"\u200d\u200c\u2060": false,
		"\u3164":             false, // Hangul filler
		"\u2800 \u2800":      false, // blank Braille
		"\u0301":             false, // an accent on nothing
	} {
		_, err := h.SignUp(t.Context(), signup.SignUp{Email: "eve@people.example", Password: good, Name: name, Origin: roomtest.Origin()})
		if refused := errors.Is(err, fault.ErrInvalidInput); refused == ok || ok && err != nil {
			t.Errorf("%q: %v, want accepted: %v", name, err, ok)
		}
	}
}
