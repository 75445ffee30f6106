package e2e_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/descope/virtualwebauthn"

	"github.com/sallyport-auth/sallyport/internal/apptest"
	"github.com/sallyport-auth/sallyport/internal/waittest"
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

// TestAPasswordAsksForThePasskey has the binary ask for a passkey that the
// account has, and take it from a second implementation of WebAuthn.
func TestAPasswordAsksForThePasskey(t *testing.T) {
	t.Parallel()
	w := newWorld(t, quiet)
	email := address(t, 1)
	joined := w.join(t, email)
	party := virtualwebauthn.RelyingParty{ID: "localhost", Name: "Sallyport", Origin: "http://localhost:8080"}
	authenticator, key := virtualwebauthn.NewAuthenticator(), wholeKey()
	post := func(path, bearer string, body any) apptest.Answer {
		return w.Do(t, apptest.Request{Method: http.MethodPost, Path: path, Bearer: bearer, Body: body})
	}
	sign := func(c ceremony) answer {
		options, err := virtualwebauthn.ParseAssertionOptions(string(c.Options))
		if err != nil {
			t.Fatal(err)
		}
		return answer{c.Ceremony, json.RawMessage(virtualwebauthn.CreateAssertionResponse(party, authenticator, key, *options))}
	}
	var c ceremony
	post("/auth/passkeys/registration", joined.AccessToken, nil).Want(t, http.StatusOK, "").Read(t, &c)
	creation, err := virtualwebauthn.ParseAttestationOptions(string(c.Options))
	if err != nil {
		t.Fatal(err)
	}
	authenticator.Options.UserHandle = []byte(creation.UserID)
	var added struct {
		RecoveryCodes []string `json:"recovery_codes"`
	}
	post("/auth/passkeys/registration/finish", joined.AccessToken, answer{
		c.Ceremony, json.RawMessage(virtualwebauthn.CreateAttestationResponse(party, authenticator, key, *creation)),
	}).Want(t, http.StatusCreated, "").Read(t, &added)
	if len(added.RecoveryCodes) != 10 {
		t.Fatalf("the first factor brings %d recovery codes", len(added.RecoveryCodes))
	}

	var asked struct {
		MFAToken string   `json:"mfa_token,omitempty"`
		Methods  []string `json:"methods"`
	}
	login := map[string]string{"email": email, "password": password}
	w.Post(t, "/auth/login", login).Want(t, http.StatusOK, "").Read(t, &asked)
	if strings.Join(asked.Methods, " ") != "passkey recovery_code" || asked.MFAToken == "" {
		t.Fatalf("the password gives %+v", asked)
	}
	// An answer for a sign-in without a password is none for this step.
	w.Post(t, "/auth/passkeys/authentication", nil).Want(t, http.StatusOK, "").Read(t, &c)
	type step struct {
		MFAToken string `json:"mfa_token,omitempty"`
		Method   string `json:"method"`
		Code     string `json:"code,omitempty"`
		*answer
	}
	other := sign(c)
	w.Post(t, "/auth/login/mfa", step{MFAToken: asked.MFAToken, Method: "passkey", answer: &other}).Want(t, http.StatusBadRequest, "invalid_ceremony")

	w.Post(t, "/auth/passkeys/authentication", map[string]string{"mfa_token": asked.MFAToken}).Want(t, http.StatusOK, "").Read(t, &c)
	signed := sign(c)
	var tokens apptest.Tokens
	w.Post(t, "/auth/login/mfa", step{MFAToken: asked.MFAToken, Method: "passkey", answer: &signed}).Want(t, http.StatusOK, "").Read(t, &tokens)
	w.Get(t, "/auth/me", tokens.AccessToken).Want(t, http.StatusOK, "")
	post("/auth/mfa/recovery-codes", tokens.AccessToken, nil).Want(t, http.StatusOK, "") // both factors are recent

	post("/auth/mfa/recovery-codes", joined.AccessToken, nil).Want(t, http.StatusForbidden, "reauthentication_required")
	post("/auth/reauthenticate/passkey", joined.AccessToken, nil).Want(t, http.StatusOK, "").Read(t, &c)
	signed = sign(c)
	post("/auth/reauthenticate", joined.AccessToken, step{Method: "passkey", answer: &signed}).Want(t, http.StatusOK, "").Read(t, &tokens)
	post("/auth/mfa/recovery-codes", tokens.AccessToken, nil).Want(t, http.StatusOK, "").Read(t, &added)

	w.Post(t, "/auth/login", login).Want(t, http.StatusOK, "").Read(t, &asked)
	w.Post(t, "/auth/login/mfa", step{MFAToken: asked.MFAToken, Method: "recovery_code", Code: added.RecoveryCodes[0]}).Want(t, http.StatusOK, "")
}

// addPasskey adds a passkey to the account of a token.
func (w *world) addPasskey(t *testing.T, bearer string) {
	t.Helper()
	party := virtualwebauthn.RelyingParty{ID: "localhost", Name: "Sallyport", Origin: "http://localhost:8080"}
	var c ceremony
	w.Do(t, apptest.Request{Method: http.MethodPost, Path: "/auth/passkeys/registration", Bearer: bearer}).Want(t, http.StatusOK, "").Read(t, &c)
	creation, err := virtualwebauthn.ParseAttestationOptions(string(c.Options))
	if err != nil {
		t.Fatal(err)
	}
	w.Do(t, apptest.Request{Method: http.MethodPost, Path: "/auth/passkeys/registration/finish", Bearer: bearer, Body: answer{
		c.Ceremony, json.RawMessage(virtualwebauthn.CreateAttestationResponse(party, virtualwebauthn.NewAuthenticator(), wholeKey(), *creation)),
	}}).Want(t, http.StatusCreated, "")
}

// wholeKey is a credential whose key has coordinates of 32 bytes each: the other
// implementation drops leading zeros, which RFC 9053 §7.1.1 forbids.
func wholeKey() virtualwebauthn.Credential {
	key := virtualwebauthn.NewCredential(virtualwebauthn.KeyTypeEC2)
	for len(key.Key.AttestationData()) != 77 {
		key = virtualwebauthn.NewCredential(virtualwebauthn.KeyTypeEC2)
	}
	return key
}

// TestAPasskeySignsInWithoutAPassword has the binary talk to a second
// implementation of WebAuthn.
func TestAPasskeySignsInWithoutAPassword(t *testing.T) {
	t.Parallel()
	w := newWorld(t, quiet)
	email := address(t, 1)
	signedIn := w.join(t, email)
	party := virtualwebauthn.RelyingParty{ID: "localhost", Name: "Sallyport", Origin: "http://localhost:8080"}
	authenticator, key := virtualwebauthn.NewAuthenticator(), wholeKey()

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
	waittest.Until(t, "the owner is told", func() bool {
		for _, m := range w.mailsTo(email) {
			if strings.HasPrefix(m.Header.Get("Subject"), "A passkey was added") {
				return true
			}
		}
		return false
	})
}
