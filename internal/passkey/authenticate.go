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
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// Proof is an answer that was verified, and not yet acted on.
type Proof struct {
	User store.User // as read with the passkey

	ceremony ceremony
	use      store.PasskeyUse
	became   bool // backup eligible
	synced   bool
	verified bool // the user was, by the authenticator
}

// AMR says what was proved (RFC 8176 §2): a key that the device keeps, or one
// that is backed up; and, if the user was verified, that, which makes two
// factors.
func (p Proof) AMR() []string {
	key := session.AMRHardwareKey
	if p.synced {
		key = session.AMRSoftwareKey
	}
	if !p.verified {
		return []string{key}
	}
	return []string{key, session.AMRUser, session.AMRMulti}
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
	return p.answer(ctx, p.opts.Store.Direct(), c, credential)
}

// answer verifies what an authenticator signed in a ceremony.
//
// Errors: invalid_passkey.
func (p *Passkeys) answer(ctx context.Context, tx *store.Tx, c ceremony, credential json.RawMessage) (Proof, error) {
	if len(credential) > maxCredential {
		return Proof{}, ErrRefused
	}
	parsed, err := protocol.ParseCredentialRequestResponseBytes(credential)
	if err != nil {
		return Proof{}, ErrRefused.WithCause(err)
	}
	if err := p.checkOrigin(parsed.Response.CollectedClientData); err != nil {
		return Proof{}, ErrRefused.WithCause(err)
	}
	key, err := tx.Passkeys.ByCredential(ctx, secret.Hash(secret.Encode(parsed.RawID)))
	if errors.Is(err, store.ErrNotFound) {
		return Proof{}, ErrRefused.WithCause(err)
	}
	if err != nil {
		return Proof{}, fmt.Errorf("read passkey: %w", err)
	}
	if c.UserID != "" && key.UserID != c.UserID {
		return Proof{}, ErrRefused.WithCause(errAnothers)
	}
	u, err := tx.Users.ByID(ctx, key.UserID)
	if err != nil {
		return Proof{}, fmt.Errorf("read user of passkey: %w", err)
	}
	return p.verify(c, parsed, u, key)
}

// errAnothers is why a passkey does not prove who it is.
var errAnothers = errors.New("the passkey is somebody else's")

func (p *Passkeys) verify(c ceremony, parsed *protocol.ParsedCredentialAssertionData, u store.User, key store.Passkey) (Proof, error) {
	proof := Proof{User: u, ceremony: c}
	flags := parsed.Response.AuthenticatorData.Flags
	if !key.BackupEligible && flags.HasBackupEligible() {
		key.BackupEligible, proof.became = true, true
	}
	changed := key.BackupEligible && !flags.HasBackupEligible()
	if changed {
		key.BackupEligible, key.BackedUp = false, false
	}
	r, err := record(key)
	if err != nil {
		return Proof{}, err
	}
	used, err := p.validate(c, parsed, person{user: u, keys: []webauthn.Credential{r}})
	if err != nil {
		return Proof{}, ErrRefused.WithCause(err)
	}
	if changed {
		return Proof{}, errChanged
	}
	proof.synced, proof.verified = used.Flags.BackupState, flags.HasUserVerified()
	proof.use = store.PasskeyUse{
		UserID: u.ID, ID: key.ID, SignCount: int64(parsed.Response.AuthenticatorData.Counter), UserVerified: key.UserVerified || flags.HasUserVerified(),
		BackupEligible: used.Flags.BackupEligible, BackedUp: used.Flags.BackupState,
	}
	return proof, nil
}

// validate runs WebAuthn L3 §7.2. Whoever was not known when the ceremony began
// is named by the user handle, which must be there then.
func (p *Passkeys) validate(c ceremony, parsed *protocol.ParsedCredentialAssertionData, who person) (*webauthn.Credential, error) {
	if c.UserID != "" {
		return p.party.ValidateLogin(who, c.Party, parsed) //nolint:wrapcheck // it is shown to nobody
	}
	_, used, err := p.party.ValidatePasskeyLogin(func(_, _ []byte) (webauthn.User, error) { return who, nil }, c.Party, parsed)
	return used, err //nolint:wrapcheck // as above
}

// Spend acts on a proof in the caller's transaction: the challenge is spent and
// the use recorded. It reports false, having recorded why, if the sign count
// says that there may be a copy of the key; the caller commits that and refuses.
//
// Errors: invalid_ceremony if another call has spent the challenge, which undoes
// the transaction.
func (p *Passkeys) Spend(ctx context.Context, tx *store.Tx, proof Proof, o audit.Origin) (bool, error) {
	if err := proof.ceremony.spend(ctx, tx); err != nil {
		return false, err
	}
	use := proof.use
	use.UsedAt = p.opts.Clock.Now()
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
	return used, p.opts.Trail.Record(ctx, tx, event)
}
