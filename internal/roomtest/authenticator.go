package roomtest

import (
	"encoding/json"
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
	a.own.Options.BackupEligible = true
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
