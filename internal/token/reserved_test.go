package token

import (
	"encoding/json"
	"errors"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/jws"
)

// TestNoClaimOfOursCanBeAdded: whoever gives tokens another claim reserves its name.
func TestNoClaimOfOursCanBeAdded(t *testing.T) {
	t.Parallel()
	for field := range reflect.TypeFor[wire]().Fields() {
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		for _, spelled := range []string{name, strings.ToUpper(name), strings.ToUpper(name[:1]) + name[1:]} {
			if err := CheckClaimName(spelled); !errors.Is(err, ErrReservedClaim) {
				t.Errorf("%s may be added: %v", spelled, err)
			}
		}
	}
	for _, name := range []string{"", "nbf", "cnf", "act", "Email_Verified", "groſs", "a b", "\x00", "ſub", strings.Repeat("x", 129)} {
		if err := CheckClaimName(name); !errors.Is(err, ErrReservedClaim) {
			t.Errorf("%q may be added: %v", name, err)
		}
	}
	for _, name := range []string{"tenant", "plan", "groups", "https://example.com/tenant", strings.Repeat("x", 128)} {
		if err := CheckClaimName(name); err != nil {
			t.Errorf("%q may not be added: %v", name, err)
		}
	}
}

func TestAddedClaimsStandInTheTokenAsTheyWere(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	extra, err := ReadExtra([]byte(`{"tenant":"a<b","limits":{"seats":[1,2.50]},"plan":null}`))
	if err != nil {
		t.Fatal(err)
	}
	g := Grant{UserID: id.Random(), SessionID: id.Random(), ClientID: "c", AuthTime: w.clock.Now(), ReadAt: w.clock.Now(), SessionEndsAt: w.clock.Now().Add(time.Hour), Extra: extra}
	raw, _, err := w.issuer.Issue(g)
	if err != nil {
		t.Fatal(err)
	}
	j, err := jws.Parse(raw, jws.MaxToken)
	if err != nil {
		t.Fatal(err)
	}
	members, err := jws.ParseObject(j.Payload)
	if err != nil {
		t.Fatalf("our own door refuses it: %v", err)
	}
	if string(members["limits"]) != `{"seats":[1,2.50]}` || string(members["plan"]) != "null" || members["sub"] == nil {
		t.Errorf("the token says %s", j.Payload)
	}
	var tenant string
	if err := json.Unmarshal(members["tenant"], &tenant); err != nil || tenant != "a<b" {
		t.Errorf("tenant is %q (%v)", tenant, err)
	}
	g.Extra = map[string]json.RawMessage{"sub": json.RawMessage(`"somebody"`)}
	if _, _, err := w.issuer.Issue(g); !errors.Is(err, ErrReservedClaim) {
		t.Errorf("a token with two subjects: %v", err)
	}
}

func TestAddedClaimsThatAreRefused(t *testing.T) {
	t.Parallel()
	long := func(n int) string { return `{"a":"` + strings.Repeat("x", n-len(`{"a":""}`)) + `"}` }
	for name, text := range map[string]string{
		"no object": `["a"]`, "no JSON": `{"a":`, "a name twice": `{"a":1,"a":2}`, "a name twice within": `{"a":{"b":1,"b":2}}`, "reserved": `{"a":1,"roles":["admin"]}`,
		"too long": long(MaxExtra + 1), "too long once written": `{"a":"` + strings.Repeat("<", MaxExtra/5) + `"}`, "deep": `{"a":` + strings.Repeat("[", 9) + strings.Repeat("]", 9) + `}`,
	} {
		if extra, err := ReadExtra([]byte(text)); err == nil {
			t.Errorf("%s: %v was read", name, slices.Collect(maps.Keys(extra)))
		}
	}
	for name, text := range map[string]string{"nothing": ``, "null": `null`, "empty": `{}`, "as long as may be": long(MaxExtra)} {
		if _, err := ReadExtra([]byte(text)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}
