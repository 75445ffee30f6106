package passkey

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/go-webauthn/webauthn/webauthn"

	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// The kinds of ceremonies (WebAuthn L3 §4).
const (
	registration   = "registration"
	authentication = "authentication"
	secondFactor   = "second factor" // authentication of somebody who is known
)

// Ceremony is the first half of a ceremony: what the browser is given
// (PublicKeyCredentialCreationOptionsJSON or
// PublicKeyCredentialRequestOptionsJSON, WebAuthn L3 §5.1), and what to bring
// back.
type Ceremony struct {
	Token     string
	Options   json.RawMessage
	ExpiresIn time.Duration
}

// ceremony is what a ceremony token holds.
type ceremony struct {
	Party     webauthn.SessionData `json:"party"`
	UserID    string               `json:"user_id,omitempty"`
	SessionID string               `json:"session_id,omitempty"`
	For       string               `json:"for,omitempty"`
	ExpiresAt time.Time            `json:"expires_at"`
}

const sealPurpose = "passkey ceremony"

// place binds a token to its kind. It is stored nowhere.
func place(kind string) secret.Place { return secret.Place{Table: "none", Column: kind} }

// begin seals a ceremony.
func (p *Passkeys) begin(kind string, c ceremony, options any) (Ceremony, error) {
	c.ExpiresAt = p.opts.Clock.Now().Add(ceremonyFor)
	c.Party.Expires = time.Time{} // by our clock, not the library's
	// Whose they are is looked up again, and twenty names could be 27 KB.
	c.Party.AllowedCredentialIDs = nil
	text, err := json.Marshal(c)
	if err != nil {
		return Ceremony{}, fmt.Errorf("write ceremony: %w", err)
	}
	shown, err := json.Marshal(options)
	if err != nil {
		return Ceremony{}, fmt.Errorf("write ceremony options: %w", err)
	}
	return Ceremony{Token: p.opts.Keyring.Seal(sealPurpose, place(kind), text), Options: shown, ExpiresIn: ceremonyFor}, nil
}

// read opens a ceremony token of a kind that has not expired.
func (p *Passkeys) read(kind, token string) (ceremony, error) {
	text, err := p.opts.Keyring.Open(sealPurpose, place(kind), token)
	if err != nil {
		return ceremony{}, ErrCeremony
	}
	var c ceremony
	if err := json.Unmarshal(text, &c); err != nil {
		return ceremony{}, fmt.Errorf("read ceremony: %w", err)
	}
	if !c.ExpiresAt.After(p.opts.Clock.Now()) {
		return ceremony{}, ErrCeremony
	}
	return c, nil
}

// spend marks the challenge as answered, in the transaction that acts on the
// answer.
func (c ceremony) spend(ctx context.Context, tx *store.Tx) error {
	err := tx.Challenges.Spend(ctx, secret.Hash(c.Party.Challenge), c.ExpiresAt)
	if errors.Is(err, store.ErrTaken) {
		return ErrCeremony
	}
	return err
}

// Maintain forgets challenges whose ceremonies have expired, in bounded batches.
func (p *Passkeys) Maintain(ctx context.Context) error {
	err := store.InBatches(ctx, p.opts.Clock.Now().Add(-ceremonyFor), p.opts.Store.Direct().Challenges.Purge)
	if err != nil {
		return fmt.Errorf("purge challenges: %w", err)
	}
	return nil
}
