package passkey

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"
	"github.com/google/uuid"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/mfa"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// Registered is a passkey that was added. The owner of a first second factor is
// given recovery codes, which nobody sees again.
type Registered struct {
	store.Passkey

	RecoveryCodes []string
}

// BeginRegistration is the first half of WebAuthn L3 §7.1.
//
// Errors: too_many_passkeys, invalid_token.
func (p *Passkeys) BeginRegistration(ctx context.Context, h session.Asker) (Ceremony, error) {
	u, err := p.opts.Accounts.Profile(ctx, h.UserID)
	if err != nil {
		return Ceremony{}, err
	}
	who, err := p.person(ctx, u)
	if err != nil {
		return Ceremony{}, err
	}
	if len(who.keys) >= most {
		return Ceremony{}, ErrTooMany
	}
	options, party, err := p.party.BeginRegistration(who,
		webauthn.WithExclusions(webauthn.Credentials(who.keys).CredentialDescriptors()), webauthn.WithCredentialParameters(algorithms()))
	if err != nil {
		return Ceremony{}, fmt.Errorf("begin registration: %w", err)
	}
	return p.begin(registration, ceremony{Party: *party, UserID: h.UserID, SessionID: h.SessionID}, options)
}

// Register is the second half: it verifies what the authenticator made, stores
// the passkey, and tells the user by mail. From then on the user is asked for a
// second factor; if this is the first, recovery codes are made and every other
// session ends.
//
// Errors: invalid_ceremony, unusable_passkey, passkey_exists, too_many_passkeys,
// invalid_input, invalid_token.
func (p *Passkeys) Register(ctx context.Context, h session.Asker, token string, credential json.RawMessage, name string) (Registered, error) {
	c, err := p.read(registration, token)
	if err != nil {
		return Registered{}, err
	}
	if c.UserID != h.UserID || c.SessionID != h.SessionID {
		return Registered{}, ErrCeremony
	}
	if name, err = plainName(name); err != nil {
		return Registered{}, err
	}
	u, err := p.opts.Accounts.Profile(ctx, h.UserID)
	if err != nil {
		return Registered{}, err
	}
	made, err := p.verifyNew(person{user: u}, c, credential)
	if err != nil {
		return Registered{}, err
	}
	made.Name, made.CreatedAt = name, p.opts.Clock.Now().UTC().Truncate(time.Microsecond)
	var codes []string
	err = p.opts.Store.Tx(ctx, func(ctx context.Context, tx *store.Tx) (err error) {
		if err := p.opts.Sessions.Hold(ctx, tx, h); err != nil {
			return err
		}
		if err := c.spend(ctx, tx); err != nil {
			return err
		}
		codes, err = p.add(ctx, tx, u, h, made)
		return err
	})
	if err != nil {
		return Registered{}, fmt.Errorf("register passkey: %w", err)
	}
	return Registered{Passkey: made, RecoveryCodes: codes}, nil
}

// verifyNew runs WebAuthn L3 §7.1 and gives the record to store.
func (p *Passkeys) verifyNew(who person, c ceremony, credential json.RawMessage) (store.Passkey, error) {
	if len(credential) > maxCredential {
		return store.Passkey{}, ErrUnusable
	}
	parsed, err := protocol.ParseCredentialCreationResponseBytes(credential)
	if err != nil {
		return store.Passkey{}, ErrUnusable.WithCause(err)
	}
	if err := p.checkOrigin(parsed.Response.CollectedClientData); err != nil {
		return store.Passkey{}, ErrUnusable.WithCause(err)
	}
	made, err := p.party.CreateCredential(who, c.Party, parsed)
	if err != nil {
		return store.Passkey{}, ErrUnusable.WithCause(err)
	}
	if err := checkKey(made.PublicKey); err != nil {
		return store.Passkey{}, ErrUnusable.WithCause(err)
	}
	aaguid, err := uuid.FromBytes(made.Authenticator.AAGUID)
	if err != nil {
		return store.Passkey{}, ErrUnusable.WithCause(err)
	}
	credentialID := secret.Encode(made.ID)
	return store.Passkey{
		ID: id.Random(), UserID: who.user.ID, CredentialID: credentialID, CredentialHash: secret.Hash(credentialID),
		PublicKey: secret.Encode(made.PublicKey), SignCount: int64(made.Authenticator.SignCount),
		UserVerified: made.Flags.UserVerified, BackupEligible: made.Flags.BackupEligible, BackedUp: made.Flags.BackupState,
		Transports: known(made.Transport), AAGUID: aaguid.String(), Attestation: made.AttestationFormat,
	}, nil
}

// add writes the passkey, if its owner may have another one, and gives the
// recovery codes of who had no second factor before.
func (p *Passkeys) add(ctx context.Context, tx *store.Tx, u store.User, h session.Asker, k store.Passkey) ([]string, error) {
	added, err := tx.Passkeys.Insert(ctx, k, most)
	if errors.Is(err, store.ErrTaken) {
		return nil, ErrRegistered
	}
	if err != nil {
		return nil, err
	}
	if !added {
		return nil, ErrTooMany
	}
	if u, err = tx.Users.ByID(ctx, u.ID); err != nil {
		return nil, err
	}
	var codes []string
	if u.Passkeys == 1 && !u.TOTP {
		if codes, err = mfa.MakeCodes(ctx, tx, u.ID, k.CreatedAt); err != nil {
			return nil, err
		}
	}
	if err := p.opts.Trail.Record(ctx, tx, audit.Event{
		Kind: audit.KindPasskeyAdded, Outcome: audit.Success, ActorID: u.ID, UserID: u.ID, SessionID: h.SessionID, Origin: h.Origin,
		Details: map[string]any{"passkey": k.ID, "aaguid": k.AAGUID, "backed_up": k.BackedUp, "recovery_codes": len(codes)},
	}); err != nil {
		return nil, err
	}
	if err := p.opts.Accounts.OfferClaim(ctx, tx, u, h.Origin); err != nil {
		return nil, err
	}
	l := mail.Letter{Kind: mail.PasskeyAdded, Data: mail.Circumstances(h.Origin, k.CreatedAt)}
	return codes, mfa.Added(ctx, tx, p.opts.Sessions, p.opts.Postman, h, l)
}

// person reads the passkeys of a user.
func (p *Passkeys) person(ctx context.Context, u store.User) (person, error) {
	keys, err := p.opts.Store.Direct().Passkeys.List(ctx, u.ID, most)
	if err != nil {
		return person{}, fmt.Errorf("read passkeys: %w", err)
	}
	who := person{user: u}
	who.keys, err = records(keys)
	return who, err
}

// transports are those of WebAuthn L3 §5.8.4. Others are dropped: they come from
// the client, and are given back to it as hints.
var transports = map[protocol.AuthenticatorTransport]bool{
	protocol.USB: true, protocol.NFC: true, protocol.BLE: true, protocol.SmartCard: true, protocol.Hybrid: true, protocol.Internal: true,
}

func known(given []protocol.AuthenticatorTransport) []string {
	var out []string
	for _, t := range given {
		if transports[t] {
			out = append(out, string(t))
		}
	}
	return out
}

// plainName cuts a name to what can be shown.
func plainName(name string) (string, error) {
	name = strings.TrimSpace(name)
	if !utf8.ValidString(name) || strings.ContainsFunc(name, unicode.IsControl) || utf8.RuneCountInString(name) > maxName {
		return "", ErrUnusable.WithWords("unusable_passkey.name", "n", strconv.Itoa(maxName))
	}
	if name == "" {
		name = "Passkey"
	}
	return name, nil
}
