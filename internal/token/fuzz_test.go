package token

import (
	"math"
	"strings"
	"testing"

	"github.com/golang-jwt/jwt/v5"

	"github.com/sallyport-auth/sallyport/internal/keys"
)

// FuzzVerify looks for another spelling of a valid token: whatever is accepted
// must be one of the tokens that were issued, byte for byte. The input is an
// edit, because each process that fuzzes has tokens of its own: at two places,
// some bytes are cut and others put in.
func FuzzVerify(f *testing.F) {
	w := newWorld(f)
	issued := map[string]bool{}
	var tokens []string
	var doors []*Verifier
	for _, alg := range []string{keys.ES256, keys.EdDSA, keys.HS256} {
		w.useKeys(f, alg)
		raw, _ := w.issue(f, w.person(f))
		issued[raw] = true
		tokens = append(tokens, raw)
		doors = append(doors, w.newDoor(-1))
	}
	end := uint16(math.MaxUint16)
	for _, edit := range []struct {
		at1, cut1 uint16
		put1      string
		at2, cut2 uint16
		put2      string
	}{
		{put1: " "},
		{at1: end, put1: "\n"},
		{at1: end, put1: "="},
		{at1: end, put1: "=="},
		{at1: end, put1: "."},
		{at1: end - 1, cut1: 1, put1: "B"},
		{at1: end - 20, put1: "\r\n"},
		{at1: 5, cut1: 1, put1: "?"},
		{at1: 8, put1: "\t", at2: end, put2: "A"},
		{cut1: 40, put1: "eyJhbGciOiJub25lIn0", at2: end - 86, cut2: 86},
	} {
		f.Add(edit.at1, edit.cut1, edit.put1, edit.at2, edit.cut2, edit.put2)
	}
	f.Fuzz(func(t *testing.T, at1, cut1 uint16, put1 string, at2, cut2 uint16, put2 string) {
		for n, raw := range tokens {
			if _, err := doors[n].VerifyExpired(t.Context(), raw); err != nil {
				t.Fatalf("the token itself is refused: %v", err)
			}
			other := splice(splice(raw, at1, cut1, put1), at2, cut2, put2)
			if _, err := doors[n].VerifyExpired(t.Context(), other); err == nil && !issued[other] {
				t.Fatalf("accepted, and never issued: %q", other)
			}
		}
	})
}

// splice replaces cut bytes of s by put. Positions near the end of the range
// count from the end of s.
func splice(s string, at, cut uint16, put string) string {
	from := int(at)
	if back := math.MaxUint16 - from; back <= len(s) {
		from = len(s) - back
	}
	from = min(from, len(s))
	to := min(from+int(cut), len(s))
	return s[:from] + put + s[to:]
}

// FuzzAgainstGolangJWT asks for a second opinion on claims: a payload that the
// door accepts, signed rightly, golang-jwt accepts too. The other direction
// does not hold; that is why the door is ours.
func FuzzAgainstGolangJWT(f *testing.F) {
	w := newWorld(f)
	w.useKeys(f, keys.HS256)
	key, err := w.ring.Active()
	if err != nil {
		f.Fatal(err)
	}
	door := w.newDoor(-1)
	head := `{"alg":"HS256","kid":"` + key.ID() + `","typ":"at+jwt"}`
	good := encode(f, w.goodClaims())
	for _, seed := range []string{
		good, strings.TrimSuffix(good, "}") + `,"nbf":1}`, strings.Replace(good, `"aud":"`+testIssuer+`"`, `"aud":["x","`+testIssuer+`"]`, 1),
		strings.Replace(good, `"exp"`, `"EXP"`, 1), strings.TrimSuffix(good, "}") + `,"exp":1}`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, payload string) {
		raw := w.sign(t, head, payload)
		c, err := door.VerifyExpired(t.Context(), raw)
		if err != nil {
			return
		}
		parsed, _, err := jwt.NewParser(jwt.WithoutClaimsValidation()).ParseUnverified(raw, jwt.MapClaims{})
		if err != nil {
			t.Fatalf("accepted, but golang-jwt says %v", err)
		}
		if sub, err := parsed.Claims.GetSubject(); err != nil || sub != c.Subject {
			t.Fatalf("sub is %q here and %q there (%v)", c.Subject, sub, err)
		}
		if exp, err := parsed.Claims.GetExpirationTime(); err != nil || !exp.Equal(c.ExpiresAt) {
			t.Fatalf("exp is %v here and %v there (%v)", c.ExpiresAt, exp, err)
		}
	})
}
