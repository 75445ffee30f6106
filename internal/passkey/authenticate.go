package passkey

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// Proof is an answer that was verified, and not yet acted on.
type Proof struct {
	User store.User // as read with the passkey

	ceremony ceremony
	use      store.PasskeyUse
	became   bool // backup eligible
	synced   bool
}

// AMR says what was proved (RFC 8176 §2): a key that the device keeps, or one
// that is backed up, and that the user was verified.
func (p Proof) AMR() []string {
	if p.synced {
		return []string{"swk", "user", "mfa"}
	}
	return []string{"hwk", "user", "mfa"}
}

// BeginAuthentication is the first half of WebAuthn L3 §7.2 for somebody who has
// not said who they are: any discoverable credential may answer.
func (p *Passkeys) BeginAuthentication() (Ceremony, error) {
	options, party, err := p.party.BeginDiscoverableLogin()
	if err != nil {
		return Ceremony{}, fmt.Errorf("begin authentication: %w", err)
	}
	return p.begin(authentication, ceremony{Party: *party}, options)
}

// Verify is the second half: it finds the passkey that answered and verifies
// what it signed. Nothing is written; [Passkeys.Spend] does that.
//
// Errors: invalid_ceremony, invalid_passkey.
func (p *Passkeys) Verify(ctx context.Context, token string, credential json.RawMessage) (Proof, error) {
	c, err := p.read(authentication, token)
	if err != nil {
		return Proof{}, err
	}
	if len(credential) > maxCredential {
		return Proof{}, ErrRefused
	}
	parsed, err := protocol.ParseCredentialRequestResponseBytes(credential)
	if err != nil {
		return Proof{}, ErrRefused.WithCause(err)
	}
	key, err := p.Store.Direct().Passkeys.ByCredential(ctx, secret.Hash(secret.Encode(parsed.RawID)))
	if errors.Is(err, store.ErrNotFound) {
		return Proof{}, ErrRefused.WithCause(err)
	}
	if err != nil {
		return Proof{}, fmt.Errorf("read passkey: %w", err)
	}
	u, err := p.Store.Direct().Users.ByID(ctx, key.UserID)
	if err != nil {
		return Proof{}, fmt.Errorf("read user of passkey: %w", err)
	}
	return p.verify(c, parsed, u, key)
}

func (p *Passkeys) verify(c ceremony, parsed *protocol.ParsedCredentialAssertionData, u store.User, key store.Passkey) (Proof, error) {
	proof := Proof{User: u, ceremony: c}
	flags := parsed.Response.AuthenticatorData.Flags
	if !key.BackupEligible && flags.HasBackupEligible() {
		key.BackupEligible, proof.became = true, true
	}
	r, err := record(key)
	if err != nil {
		return Proof{}, err
	}
	find := func(_, _ []byte) (webauthn.User, error) { return person{user: u, keys: []webauthn.Credential{r}}, nil }
	_, used, err := p.party.ValidatePasskeyLogin(find, c.Party, parsed)
	if err != nil {
		return Proof{}, ErrRefused.WithCause(err)
	}
	proof.synced = used.Flags.BackupState
	proof.use = store.PasskeyUse{
		UserID: u.ID, ID: key.ID, SignCount: int64(parsed.Response.AuthenticatorData.Counter), UserVerified: key.UserVerified || used.Flags.UserVerified,
		BackupEligible: used.Flags.BackupEligible, BackedUp: used.Flags.BackupState,
	}
	return proof, nil
}

// Spend acts on a proof in the caller's transaction: the challenge is spent and
// the use recorded. It reports false, having recorded why, if the sign count
// says that there may be a copy of the key; the caller commits that and refuses.
//
// Errors: invalid_ceremony if another call has spent the challenge, which undoes
// the transaction.
func (p *Passkeys) Spend(ctx context.Context, tx store.Tx, proof Proof, o audit.Origin) (bool, error) {
	if err := proof.ceremony.spend(ctx, tx); err != nil {
		return false, err
	}
	use := proof.use
	use.UsedAt = p.Clock.Now()
	used, err := tx.Passkeys.Use(ctx, use)
	if err != nil {
		return false, err
	}
	event := audit.Event{UserID: proof.User.ID, Email: proof.User.Email, Origin: o, Details: map[string]any{"passkey": use.ID}}
	switch {
	case !used:
		event.Kind, event.Outcome, event.Reason = audit.KindPasskeyRefused, audit.Failure, audit.ReasonSignCount
	case proof.became:
		event.Kind, event.Outcome, event.ActorID = audit.KindPasskeyChanged, audit.Success, proof.User.ID
	default:
		return true, nil
	}
	return used, p.Trail.Record(ctx, tx, event)
}
