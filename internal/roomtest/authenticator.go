package roomtest

import (
	"encoding/json"
	"html"
	"net/url"
	"regexp"
	"testing"

	"github.com/descope/virtualwebauthn"
)

// Authenticator is somebody's, with one passkey, made by a second implementation of
// WebAuthn.
type Authenticator struct {
	party virtualwebauthn.RelyingParty
	own   virtualwebauthn.Authenticator
	key   virtualwebauthn.Credential
}

// NewAuthenticator is one whose passkey is registered nowhere yet.
func NewAuthenticator() *Authenticator {
	a := &Authenticator{
		party: virtualwebauthn.RelyingParty{ID: "localhost", Name: "Sallyport", Origin: publicURL}, own: virtualwebauthn.NewAuthenticator(),
	}
	a.own.Options.BackupEligible, a.own.Options.BackupState = true, true
	// The other implementation drops leading zeros of coordinates, which RFC 9053
	// §7.1.1 forbids, and such a key is refused.
	const whole = 77
	for len(a.key.ID) == 0 || len(a.key.Key.AttestationData()) != whole {
		a.key = virtualwebauthn.NewCredential(virtualwebauthn.KeyTypeEC2)
	}
	return a
}

// Make answers a registration.
func (a *Authenticator) Make(t *testing.T, options []byte) json.RawMessage {
	t.Helper()
	parsed, err := virtualwebauthn.ParseAttestationOptions(string(options))
	if err != nil {
		t.Fatal(err)
	}
	a.own.Options.UserHandle = []byte(parsed.UserID)
	return json.RawMessage(virtualwebauthn.CreateAttestationResponse(a.party, a.own, a.key, *parsed))
}

// Sign answers an authentication.
func (a *Authenticator) Sign(t *testing.T, options []byte) json.RawMessage {
	t.Helper()
	parsed, err := virtualwebauthn.ParseAssertionOptions(string(options))
	if err != nil {
		t.Fatal(err)
	}
	return json.RawMessage(virtualwebauthn.CreateAssertionResponse(a.party, a.own, a.key, *parsed))
}

var (
	ceremonyIn = regexp.MustCompile(`name="ceremony" value="([^"]+)"`)
	optionsIn  = regexp.MustCompile(`data-passkey="(get|create)"[^>]* data-options="([^"]+)"`)
)

// Given is what the script of a page sends: the ceremony that stands in it, and what
// the authenticator makes of it.
func (a *Authenticator) Given(t *testing.T, page string) url.Values {
	t.Helper()
	ceremony, begun := ceremonyIn.FindStringSubmatch(page), optionsIn.FindStringSubmatch(page)
	if ceremony == nil || begun == nil {
		t.Fatalf("the page begins no ceremony:\n%s", page)
	}
	options := []byte(html.UnescapeString(begun[2]))
	answer := a.Sign
	if begun[1] == "create" {
		answer = a.Make
	}
	return url.Values{"ceremony": {html.UnescapeString(ceremony[1])}, "credential": {string(answer(t, options))}}
}
