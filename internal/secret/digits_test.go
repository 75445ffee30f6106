package secret_test

import (
	"regexp"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/secret"
)

func TestDigitsGoWithAToken(t *testing.T) {
	t.Parallel()
	form, seen, leading := regexp.MustCompile(`^[0-9]{6}$`), map[string]bool{}, 0
	same := 0
	const draws = 2000
	for range draws {
		token, hash := secret.NewToken("spt_")
		if secret.Digits(hash) == secret.Digits(token) {
			same++
		}
		code := secret.Digits(token)
		switch {
		case !form.MatchString(code):
			t.Fatalf("%q is no code of six digits", code)
		case code != secret.Digits(token):
			t.Fatal("one token has two codes")
		}
		seen[code] = true
		if code[0] == '0' {
			leading++
		}
	}
	if same > 2 { // by chance
		t.Errorf("what is stored of %d tokens gives their codes", same)
	}
	if len(seen) < draws-40 || leading < draws/20 || leading > draws/5 {
		t.Errorf("%d codes of %d draws, %d of them below 100000: they are not spread evenly", len(seen), draws, leading)
	}
}
