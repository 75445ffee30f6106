package e2e_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/descope/virtualwebauthn"

	"github.com/sallyport-auth/sallyport/internal/apptest"
)

// ceremony is the first half of one.
type ceremony struct {
	Ceremony string          `json:"ceremony"`
	Options  json.RawMessage `json:"options"`
}

// answer is the second half.
type answer struct {
	Ceremony   string          `json:"ceremony"`
	Credential json.RawMessage `json:"credential"`
}

// TestAPasskeySignsInWithoutAPassword has the binary talk to a second
// implementation of WebAuthn.
func TestAPasskeySignsInWithoutAPassword(t *testing.T) {
	t.Parallel()
	w := newWorld(t, quiet)
	email := address(t, 1)
	signedIn := w.join(t, email)
	party := virtualwebauthn.RelyingParty{ID: "localhost", Name: "Sallyport", Origin: "http://localhost:8080"}
	authenticator, key := virtualwebauthn.NewAuthenticator(), virtualwebauthn.NewCredential(virtualwebauthn.KeyTypeEC2)
	for len(key.Key.AttestationData()) != 77 { // it drops leading zeros, which RFC 9053 §7.1.1 forbids
		key = virtualwebauthn.NewCredential(virtualwebauthn.KeyTypeEC2)
	}

	var c ceremony
	w.Do(t, apptest.Request{Method: http.MethodPost, Path: "/auth/passkeys/registration", Bearer: signedIn.AccessToken}).
		Want(t, http.StatusOK, "").Read(t, &c)
	creation, err := virtualwebauthn.ParseAttestationOptions(string(c.Options))
	if err != nil {
		t.Fatal(err)
	}
	authenticator.Options.UserHandle = []byte(creation.UserID)
	made := virtualwebauthn.CreateAttestationResponse(party, authenticator, key, *creation)
	w.Do(t, apptest.Request{
		Method: http.MethodPost, Path: "/auth/passkeys/registration/finish", Bearer: signedIn.AccessToken,
		Body: answer{c.Ceremony, json.RawMessage(made)},
	}).Want(t, http.StatusCreated, "")

	w.Do(t, apptest.Request{Method: http.MethodPost, Path: "/auth/passkeys/authentication"}).Want(t, http.StatusOK, "").Read(t, &c)
	request, err := virtualwebauthn.ParseAssertionOptions(string(c.Options))
	if err != nil {
		t.Fatal(err)
	}
	signed := answer{c.Ceremony, json.RawMessage(virtualwebauthn.CreateAssertionResponse(party, authenticator, key, *request))}

	answers := make([]apptest.Answer, 32)
	var racers sync.WaitGroup
	for n := range answers {
		racers.Go(func() { answers[n] = w.Post(t, "/auth/passkeys/authentication/finish", signed) })
	}
	racers.Wait()
	var won []apptest.Answer
	for _, a := range answers {
		if a.Status == http.StatusOK {
			won = append(won, a)
		} else {
			a.Want(t, http.StatusBadRequest, "invalid_ceremony")
		}
	}
	if len(won) != 1 {
		t.Fatalf("%d of %d calls with one answer signed in", len(won), len(answers))
	}
	var tokens apptest.Tokens
	won[0].Read(t, &tokens)
	w.Get(t, "/auth/me", tokens.AccessToken).Want(t, http.StatusOK, "")
	apptest.Eventually(t, "the owner is told", func() bool {
		for _, m := range w.mailsTo(email) {
			if strings.HasPrefix(m.Header.Get("Subject"), "A passkey was added") {
				return true
			}
		}
		return false
	})
}
