package hook_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/hook"
	"github.com/sallyport-auth/sallyport/internal/jws"
	"github.com/sallyport-auth/sallyport/internal/roomtest"
	"github.com/sallyport-auth/sallyport/internal/session"
)

// claims is what an access token says.
func claims(t *testing.T, tokens session.Tokens) map[string]json.RawMessage {
	t.Helper()
	j, err := jws.Parse(tokens.AccessToken, jws.MaxToken)
	if err != nil {
		t.Fatal(err)
	}
	members, err := jws.ParseObject(j.Payload)
	if err != nil {
		t.Fatal(err)
	}
	return members
}

// TestClaimsAreThoseOfTheLastAnswer: each token has what was answered about it, so
// that a plan which ended is gone with the next refresh.
func TestClaimsAreThoseOfTheLastAnswer(t *testing.T) {
	t.Parallel()
	w, p := asking(t)
	u := w.Join(t, roomtest.Ada)
	w.ask(t, p.URL, hook.BeforeToken)
	p.says(`{"allow":true,"claims":{"plan":"gold","tenant":{"id":7}}}`)
	tokens, err := w.SignIn(t, roomtest.Ada, roomtest.Good)
	if err != nil {
		t.Fatal(err)
	}
	if c := claims(t, tokens); string(c["plan"]) != `"gold"` || string(c["tenant"]) != `{"id":7}` || string(c["sub"]) != `"`+u.ID+`"` || !w.Alive(t, tokens) {
		t.Errorf("the token says %s", c)
	}
	p.says(`{"allow":true,"claims":{"plan":"tin"}}`)
	if tokens, err = w.Sessions.Refresh(t.Context(), tokens.RefreshToken, roomtest.Orders, roomtest.Origin()); err != nil {
		t.Fatal(err)
	}
	if c := claims(t, tokens); string(c["plan"]) != `"tin"` || c["tenant"] != nil {
		t.Errorf("after a refresh the token says %s", c)
	}
	asked := p.all()
	if len(asked) != 2 || asked[0].Data["reason"] != hook.ForSignIn || asked[1].Data["reason"] != hook.ForRefresh {
		t.Fatalf("asked %v", asked)
	}
	first, second := asked[0].Data, asked[1].Data
	if first["user_id"] != u.ID || first["session_hash"] != nil || fmt.Sprint(first["amr"]) != "[pwd]" || first["ip"] != roomtest.Origin().Address {
		t.Errorf("at the sign-in: asked about %v", first)
	}
	if second["user_id"] != u.ID || second["session_hash"] != audit.SessionHash(tokens.SessionID) || second["audience"] != roomtest.Orders {
		t.Errorf("at the refresh: asked about %v", second)
	}
}

func TestClaimsThatMayNotBeAdded(t *testing.T) {
	t.Parallel()
	w, p := asking(t)
	w.Join(t, roomtest.Ada)
	w.ask(t, p.URL, hook.BeforeToken)
	for _, reply := range []string{
		`{"allow":true,"claims":{"sub":"somebody"}}`, `{"allow":true,"claims":{"Roles":["admin"]}}`, `{"allow":true,"claims":["a"]}`,
		`{"allow":true,"claims":{"a":"` + strings.Repeat("x", 4<<10) + `"}}`,
	} {
		p.says(reply)
		if _, err := w.SignIn(t, roomtest.Ada, roomtest.Good); !errors.Is(err, fault.ErrUnavailable) {
			t.Errorf("%.60s: %v", reply, err)
		}
	}
	if n := w.Count(t, audit.KindSessionOpened); n != 0 {
		t.Errorf("%d sessions were opened", n)
	}
	p.says(`{"allow":true,"claims":{}}`)
	if _, err := w.SignIn(t, roomtest.Ada, roomtest.Good); err != nil {
		t.Error(err)
	}
}

// TestNobodyIsAskedBeforeTheProof: what a stranger sends is refused as ever, and the
// program hears nothing of it.
func TestNobodyIsAskedBeforeTheProof(t *testing.T) {
	t.Parallel()
	w, p := asking(t)
	w.Join(t, roomtest.Ada)
	w.ask(t, p.URL, hook.BeforeToken)
	p.says(`{"allow":false}`)
	for _, email := range []string{roomtest.Ada, "nobody@people.example"} {
		if _, err := w.SignIn(t, email, "a wrong password 1"); err == nil || errors.Is(err, hook.ErrTokenRefused) {
			t.Errorf("%s: %v", email, err)
		}
	}
	if _, err := w.Sessions.Refresh(t.Context(), "spr_x", "", roomtest.Origin()); errors.Is(err, hook.ErrTokenRefused) {
		t.Error(err)
	}
	if n := p.forget(); n != 0 {
		t.Errorf("asked %d times", n)
	}
	if _, err := w.SignIn(t, roomtest.Ada, roomtest.Good); !errors.Is(err, hook.ErrTokenRefused) {
		t.Errorf("with the right password: %v", err)
	}
	if reasons := w.Reasons(t, audit.KindLoginFailed); !slices.Contains(reasons, hook.ErrTokenRefused.Code) {
		t.Errorf("the trail says %v", reasons)
	}
}
