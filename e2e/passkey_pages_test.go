package e2e_test

import (
	"html"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/descope/virtualwebauthn"

	"github.com/sallyport-auth/sallyport/internal/words"
)

var (
	passkeyOptions  = regexp.MustCompile(`data-options="([^"]*)"`)
	passkeyCeremony = regexp.MustCompile(`name="ceremony" value="([^"]*)"`)
)

// asked is the ceremony in a page: what its script hands to the browser, and
// what it sends back beside the answer.
func asked(t *testing.T, page shown) (ceremony, options string) {
	t.Helper()
	o, c := passkeyOptions.FindStringSubmatch(page.text), passkeyCeremony.FindStringSubmatch(page.text)
	if o == nil || c == nil {
		t.Fatalf("the page asks for no passkey:\n%s", page.text)
	}
	return html.UnescapeString(c[1]), html.UnescapeString(o[1])
}

// TestPasskeysOnThePages does what the script of the pages does, with another
// implementation of WebAuthn in the place of the browser's.
func TestPasskeysOnThePages(t *testing.T) {
	t.Parallel()
	w := newWorld(t, quiet)
	email := address(t, 1)
	w.join(t, email)
	party := virtualwebauthn.RelyingParty{ID: "localhost", Name: "Sallyport", Origin: "http://localhost:8080"}
	authenticator, key := virtualwebauthn.NewAuthenticator(), wholeKey()
	signed := func(page shown) (ceremony, credential string) {
		t.Helper()
		ceremony, text := asked(t, page)
		options, err := virtualwebauthn.ParseAssertionOptions(text)
		if err != nil {
			t.Fatal(err)
		}
		return ceremony, virtualwebauthn.CreateAssertionResponse(party, authenticator, key, *options)
	}

	b := w.browser(t)
	b.send(t, "/sign-in", "email", email, "password", password, "return_to", "/account/passkeys").want(t, http.StatusOK, "/account/passkeys", "Add passkey")
	ceremony, text := asked(t, b.open(t, "/account/passkeys"))
	creation, err := virtualwebauthn.ParseAttestationOptions(text)
	if err != nil {
		t.Fatal(err)
	}
	authenticator.Options.UserHandle = []byte(creation.UserID)
	made := virtualwebauthn.CreateAttestationResponse(party, authenticator, key, *creation)
	b.send(t, "/account/passkeys/add", "ceremony", ceremony, "credential", made, "name", "Ada's phone").
		want(t, http.StatusOK, "/account/passkeys/add", "recovery codes")
	b.send(t, "/account/passkeys/add", "ceremony", ceremony, "credential", made).want(t, http.StatusOK, "/account/confirm", "Confirm it’s you")

	// The password asks for it now.
	other := w.browser(t)
	step := other.send(t, "/sign-in", "email", email, "password", password, "return_to", "/account/devices").
		want(t, http.StatusOK, "/sign-in/second-factor", "Use one of the passkeys")
	late, stray := signed(other.open(t, "/sign-in"))
	other.send(t, "/sign-in/second-factor", "method", "passkey", "ceremony", late, "credential", stray).
		want(t, http.StatusUnprocessableEntity, "/sign-in/second-factor", words.ForPrograms().Said("invalid_ceremony"))
	ceremony, credential := signed(step)
	other.send(t, "/sign-in/second-factor", "method", "passkey", "ceremony", ceremony, "credential", credential).
		want(t, http.StatusOK, "/account/devices", "Signed-in devices")

	// And it signs in alone, back to where one was going.
	alone := w.browser(t)
	page := alone.open(t, "/account/passkeys").want(t, http.StatusOK, "/sign-in", `autocomplete="username webauthn"`)
	if csp := page.header.Get("Content-Security-Policy"); !strings.Contains(csp, "script-src 'self'; connect-src 'self'") {
		t.Errorf("the script may not run: %s", csp)
	}
	ceremony, credential = signed(page)
	alone.send(t, "/sign-in/passkey", "ceremony", ceremony, "credential", credential, "return_to", "/account/passkeys").
		want(t, http.StatusOK, "/account/passkeys", "Ada&#39;s phone")
	w.browser(t).send(t, "/sign-in/passkey", "ceremony", ceremony, "credential", credential).
		want(t, http.StatusUnprocessableEntity, "/sign-in/passkey", words.ForPrograms().Said("invalid_ceremony"))

	// Who has gone without it for a while proves it once more, by it.
	page = b.open(t, "/account/passkeys").want(t, http.StatusOK, "/account/confirm", "Use one of the passkeys")
	ceremony, credential = signed(page)
	list := b.send(t, "/account/confirm", "method", "passkey", "ceremony", ceremony, "credential", credential, "return_to", "/account/passkeys").
		want(t, http.StatusOK, "/account/passkeys", "Ada&#39;s phone")
	id := regexp.MustCompile(`name="passkey" value="([^"]+)"`).FindStringSubmatch(list.text)
	if id == nil {
		t.Fatal("the page names no passkey")
	}
	b.send(t, "/account/passkeys/rename", "passkey", id[1], "name", "laptop").want(t, http.StatusOK, "/account/passkeys", "The name has been saved")
	b.send(t, "/account/passkeys/remove", "passkey", id[1]).want(t, http.StatusOK, "/account/passkeys", "The passkey has been removed")
	alone.open(t, "/account").want(t, http.StatusOK, "/sign-in", "session has ended")
	w.browser(t).send(t, "/sign-in", "email", email, "password", password).want(t, http.StatusOK, "/account", "Your account") // nothing more is asked for
}
