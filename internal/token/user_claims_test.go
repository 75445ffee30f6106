package token

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/jws"
)

// says gives the payload of a token that is issued for a user.
func (w *world) says(t *testing.T, claims UserClaims, change func(*Grant)) map[string]json.RawMessage {
	t.Helper()
	i := NewIssuer(Options{Ring: w.ring, Issuer: testIssuer, Audience: testIssuer, TTL: testTTL, Claims: claims})
	g := Grant{UserID: id.Random(), SessionID: id.Random(), ClientID: "c", AuthTime: w.clock.Now(), ReadAt: w.clock.Now(), SessionEndsAt: w.clock.Now().Add(time.Hour)}
	change(&g)
	raw, _, err := i.Issue(g)
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
	return members
}

func TestTokensSayWhatOperatorsKnow(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	claims, err := ParseUserClaims([]string{"https://app.example/tenant=app_metadata.tenant", "plan=app_metadata.plan", "old_id=external_id"})
	if err != nil {
		t.Fatal(err)
	}
	members := w.says(t, claims, func(g *Grant) {
		g.AppMetadata, g.ExternalID = `{"plan":{"seats":12345678901234567890},"secret":"not asked for","tenant":"a<b"}`, "7"
		g.Extra = map[string]json.RawMessage{"plan": json.RawMessage(`"of the hook"`)}
	})
	if string(members["plan"]) != `"of the hook"` || string(members["old_id"]) != `"7"` || members["secret"] != nil || members["sub"] == nil {
		t.Errorf("the token says %s", members)
	}
	var tenant string
	if err := json.Unmarshal(members["https://app.example/tenant"], &tenant); err != nil || tenant != "a<b" {
		t.Errorf("the tenant is %q (%v)", tenant, err)
	}
	members = w.says(t, claims, func(g *Grant) { g.AppMetadata = `{"tenant":null,"plan":{"seats":12345678901234567890}}` })
	if string(members["plan"]) != `{"seats":12345678901234567890}` || members["old_id"] != nil || members["https://app.example/tenant"] != nil {
		t.Errorf("the token says %s", members)
	}
	if members = w.says(t, nil, func(g *Grant) { g.AppMetadata, g.ExternalID = `{"tenant":"acme"}`, "7" }); members["tenant"] != nil {
		t.Errorf("without the setting the token says %s", members)
	}
}

func TestSettingsOfClaimsThatAreRefused(t *testing.T) {
	t.Parallel()
	for name, entries := range map[string][]string{
		"a claim of ours":         {"sub=app_metadata.id"},
		"in other letters":        {"Roles=app_metadata.roles"},
		"of the user":             {"tenant=metadata.tenant"},
		"a bare member":           {"tenant=tenant"},
		"no member":               {"tenant=app_metadata."},
		"no source":               {"tenant"},
		"no claim":                {"=external_id"},
		"a claim twice":           {"tenant=app_metadata.a", "Tenant=app_metadata.b"},
		"a source twice":          {"a=external_id", "b=external_id"},
		"names of more than half": {strings.Repeat("a", 100) + "=app_metadata.a", strings.Repeat("b", 100) + "=app_metadata.b", strings.Repeat("c", 100) + "=app_metadata.c"},
	} {
		if _, err := ParseUserClaims(entries); err == nil {
			t.Errorf("%s: %v are taken", name, entries)
		}
	}
}

// TestNoUserIsTooMuchForATokenWhoseDataWereTaken: what is refused when it is written
// keeps nobody from signing in.
func TestNoUserIsTooMuchForATokenWhoseDataWereTaken(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	claims, err := ParseUserClaims([]string{strings.Repeat("c", 128) + "=app_metadata.a", strings.Repeat(`\`, 115) + "=external_id"})
	if err != nil {
		t.Fatal(err)
	}
	var roles []string
	for n := range 32 {
		roles = append(roles, strings.Repeat(string(rune('a'+n%26)), 60))
	}
	most := 0
	for _, fill := range []string{"x", "<", "\u2028", "\U0001F600"} {
		for n := 1; ; n++ {
			text, err := json.Marshal(map[string]string{"a": strings.Repeat(fill, n)})
			if err != nil {
				t.Fatal(err)
			}
			stored, err := ReadAppMetadata(text)
			if err != nil {
				t.Fatal(err)
			}
			if CheckUserData(stored, "old", roles) != nil {
				break
			}
			if most = max(most, n); n%64 == 0 || CheckUserData(stored+strings.Repeat(" ", 12), "old", roles) != nil {
				w.says(t, claims, func(g *Grant) { g.AppMetadata, g.ExternalID, g.Roles = stored, "old", roles })
			}
		}
	}
	if most < 1024 {
		t.Errorf("app_metadata beside all roles may have %d characters", most)
	}
	w.says(t, claims, func(g *Grant) { g.ExternalID = strings.Repeat("<", 255) })
}

func TestAppMetadataIsAStrictObject(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"nothing": "", "null": "null", "a list": "[]", "a name twice": `{"a":1,"a":2}`, "a name twice within": `{"a":{"b":1,"b":2}}`,
		"half a pair": `{"a":"\ud800"}`, "deep": `{"a":` + strings.Repeat("[", 9) + strings.Repeat("]", 9) + `}`,
	} {
		if got, err := ReadAppMetadata([]byte(text)); !errors.Is(err, fault.ErrInvalidInput) {
			t.Errorf("%s: %s, %v", name, got, err)
		}
	}
	got, err := ReadAppMetadata([]byte(" { \"b\" : 1.50, \"a\" : [ 1 , 2 ] } "))
	if err != nil || got != `{"a":[1,2],"b":1.50}` {
		t.Errorf("%s, %v", got, err)
	}
}
