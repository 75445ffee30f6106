package jws

import (
	"encoding/json"
	"maps"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sallyport-auth/sallyport/internal/id"
)

const (
	issuer   = "https://id.example"
	audience = "https://api.example"
	someUser = "b9a7b2b4-6b1c-4f43-9f59-6e1c0f6f3f0b"
)

func machineClaims(now time.Time) map[string]any {
	return map[string]any{
		"iss": issuer, "sub": "orders", "aud": audience, "client_id": "orders", "iat": now.Unix(), "exp": now.Unix() + 60,
		"jti": id.Random(), "uep": 2,
	}
}

func parse(t *testing.T, claims map[string]any, now time.Time) (Claims, error) {
	t.Helper()
	text, err := json.Marshal(claims)
	if err != nil {
		t.Fatal(err)
	}
	return ParseClaims(text, issuer, audience, now)
}

func TestATokenIsAUsersOrAMachines(t *testing.T) {
	t.Parallel()
	now := time.Unix(1_800_000_000, 0).UTC()
	c, err := parse(t, machineClaims(now), now)
	if err != nil || !c.Machine() || c.Subject != "orders" || c.Epoch != 2 {
		t.Fatalf("a machine's token is %+v (%v)", c, err)
	}
	for name, change := range map[string]map[string]any{
		"sub of another":         {"sub": "billing"},
		"client_id of another":   {"client_id": "billing"},
		"no client_id":           {"client_id": nil},
		"a user without session": {"sub": someUser, "client_id": someUser},
		"a session":              {"sid": id.Random()},
		"a time of signing in":   {"auth_time": now.Unix()},
		"a way of signing in":    {"amr": []string{"pwd"}},
		"no epoch":               {"uep": nil},
	} {
		claims := machineClaims(now)
		maps.Copy(claims, change)
		maps.DeleteFunc(claims, func(_ string, v any) bool { return v == nil })
		if c, err := parse(t, claims, now); err == nil {
			t.Errorf("with %s it is accepted: %+v", name, c)
		}
	}
}

func TestClaimsKeepWhatIsNotNamed(t *testing.T) {
	t.Parallel()
	now := time.Unix(1_800_000_000, 0).UTC()
	claims := machineClaims(now)
	claims["aud"], claims["plan"] = []string{"x", audience}, "gold"
	c, err := parse(t, claims, now)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"x", audience}, c.Audience); diff != "" || c.Members.Get("plan") != `"gold"` {
		t.Errorf("aud %v, plan %s", c.Audience, c.Members.Get("plan"))
	}
}

// TestUUIDIsTheFormOfOurIdentifiers holds the two readers of identifiers
// together.
func TestUUIDIsTheFormOfOurIdentifiers(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		id.Random(), id.Ordered(), someUser, "", "B9a7b2b4-6b1c-4f43-9f59-6e1c0f6f3f0b", "{" + someUser + "}", "urn:uuid:" + someUser,
		"b9a7b2b46b1c4f439f596e1c0f6f3f0b", "b9a7b2b4-6b1c-4f43-9f59-6e1c0f6f3f0g", "b9a7b2b4-6b1c-4f43-9f59-6e1c0f6f3f0",
		"b9a7b2b4x6b1c-4f43-9f59-6e1c0f6f3f0b", "-9a7b2b4-6b1c-4f43-9f59-6e1c0f6f3f0b", "00000000-0000-0000-0000-000000000000",
	} {
		got, ok := UUID(text)
		want, wantOK := id.Bytes(text)
		if got != want || ok != wantOK {
			t.Errorf("%q: %x, %v; id says %x, %v", text, got, ok, want, wantOK)
		}
	}
}
