package password_test

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/password"
)

// TestAFormIsAStringOfTheSameCosts has every foreign string. Its form is a string
// itself, is its own form, and holds no part of salt or sum.
func TestAFormIsAStringOfTheSameCosts(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("testdata/foreign.json")
	if err != nil {
		t.Fatal(err)
	}
	var vectors []struct {
		Name    string `json:"name"`
		Encoded string `json:"encoded"`
	}
	if err := json.Unmarshal(text, &vectors); err != nil {
		t.Fatal(err)
	}
	forms := map[string]string{}
	for _, v := range vectors {
		form := password.Form(v.Encoded)
		if other := forms[v.Name]; form == "" || other != "" && other != form {
			t.Errorf("%s: the form is %q, and of another password %q", v.Name, form, other)
		}
		forms[v.Name] = form
		if again := password.Form(form); again != form {
			t.Errorf("%s: the form of %s is %s", v.Name, form, again)
		}
		if _, _, ok := password.Import(form); !ok || len(form) > 255 {
			t.Errorf("%s: the form cannot be read, or kept: %s", v.Name, form)
		}
		if last := v.Encoded[len(v.Encoded)-12:]; strings.Contains(form, last) {
			t.Errorf("%s: the form holds a part of the sum: %s", v.Name, form)
		}
	}
	if password.Form("$1$salt$sum") != "" {
		t.Error("what cannot be read has a form")
	}
}

// TestAnAddressWithoutAPasswordCostsWhatOneWithItMight draws decoys for many
// addresses: as many are of a form as passwords are.
func TestAnAddressWithoutAPasswordCostsWhatOneWithItMight(t *testing.T) {
	t.Parallel()
	h := cheap(t, password.Options{})
	key := func(address string) []byte {
		sum := sha256.Sum256([]byte(address))
		return sum[:]
	}
	const dear = "$pbkdf2-sha256$i=1000,l=32$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
	drawn := func(foreign, present int64) (addresses map[string]bool) {
		h.Decoys(key, []password.FormCount{{Form: dear, Number: foreign}, {Form: "unreadable", Number: 0}, {Form: password.Present, Number: present}})
		addresses = map[string]bool{}
		for n := range 2000 {
			address := fmt.Sprintf("u%d@people.example", n)
			if password.DecoyOf(h, address) == dear {
				addresses[address] = true
			}
		}
		return addresses
	}
	three := drawn(3000, 1000)
	if n := len(three); n < 1400 || n > 1600 {
		t.Errorf("three in four passwords are foreign, and %d of 2000 decoys", n)
	}
	one := drawn(1000, 3000)
	if n := len(one); n < 400 || n > 600 {
		t.Errorf("one in four passwords is foreign, and %d of 2000 decoys", n)
	}
	for address := range one {
		if !three[address] {
			t.Errorf("%s became foreign as passwords were renewed", address)
		}
	}
	if n := len(drawn(0, 0)); n != 0 {
		t.Errorf("no password is foreign, and %d decoys", n)
	}
	drawn(1, 0)
	if got, err := h.VerifyOf(t.Context(), "nobody@people.example", "", "violet umbrella 27"); err != nil || got.Match {
		t.Errorf("got %+v, %v", got, err)
	}
}
