package e2e_test

import (
	"net/http"
	"strings"
	"testing"
)

// TestAnAddressAndACodeAreTakenAsPeopleTypeThem signs in with a space behind the
// address, and answers with the digits of another script.
func TestAnAddressAndACodeAreTakenAsPeopleTypeThem(t *testing.T) {
	t.Parallel()
	w := newWorld(t, quiet)
	email := strings.Replace(address(t, 1), "people.example", "r3---sn-x.people.example", 1)
	w.signUp(t, " "+email+" ", password)
	w.verify(t, email, 1)
	tokens := w.login(t, email+" ", password)
	if tokens.User.Email != email {
		t.Errorf("the account has %q, want %q", tokens.User.Email, email)
	}
	g := w.enrol(t, tokens.AccessToken)
	arabic := strings.Map(func(r rune) rune { return '\u0660' + r - '0' }, oath(t, g.Secret, "+30 seconds"))
	w.Post(t, "/auth/login/mfa", second(w.ask(t, "\u00a0"+email), "totp", arabic[:6]+" "+arabic[6:])).Want(t, http.StatusOK, "")
}
