// Package passkey owns the WebAuthn credentials of users: it registers them,
// lists, renames and removes them, and verifies what an authenticator signed.
// The relying party, its rp_id and origins come from settings; the library
// github.com/go-webauthn/webauthn does the steps of WebAuthn L3 §7.1 and §7.2.
//
// # Ceremonies
//
// A ceremony has two halves. The first gives the options for the browser and a
// sealed ceremony token, which holds the challenge, what the ceremony is for
// and when it ends (five minutes). The token keeps the server free of rows for
// ceremonies that nobody finishes: a stranger who begins a million of them
// writes nothing. The second half takes the token back beside what the
// authenticator signed. A challenge is spent in the transaction that acts on the
// answer, by a unique key, so of any number of calls with one answer one acts.
//
// A registration ceremony is bound to the user and the session that began it; an
// answer to one ceremony is no answer to another, because the challenge is in
// what was signed, nor is one kind of ceremony another.
//
// # What is asked of authenticators
//
// User verification is required wherever a passkey stands alone: when it is
// registered, to sign in and to reauthenticate. It is something the user has and,
// on the device, knows or is, so its sessions say amr "hwk" or "swk", "user" and
// "mfa" (RFC 8176). Credentials are discoverable, so that nobody types an address
// first. No attestation is asked for.
//
// # As second factor
//
// An account with a passkey is asked for it, or for another of its factors, after
// its password. The possession of the key is the second factor there, and user
// verification is preferred only (800-63B §3.1.6, WebAuthn L3 §5.8.6). Such a
// ceremony names the account's passkeys, and is bound to the account and to what
// the answer is to allow: one sign-in, or one session. The first factor of an
// account brings recovery codes, and with the last one they go. Why it is asked
// for at all stands in docs/decisions.
//
// # The sign count
//
// A count that does not rise says that there may be a copy of the key (WebAuthn
// L3 §7.2 step 22). Such an answer is refused and recorded; authenticators that
// do not count send zero for ever, and are not held to it.
//
// Of the flags of the credential record all are kept. Backup eligible should
// never change; password managers have been seen to turn it on later, which is
// recorded and allowed. Turning it off is refused, and who signs in with it alone
// is told to add it anew.
//
// # Keys
//
// A new key is looked at before it is stored ([checkKey]): no attestation vouches
// for it, and some keys hold for signatures that others made. ES256, EdDSA and
// RS256 are asked for, and nothing else is stored.
//
// # Threats
//
// Phishing: what is signed names the origin, and it is compared byte for byte
// with those of the settings, which are web origins or those of Android apps
// (android:apk-key-hash:...). Replay: challenges are spent.
// Registering under somebody else's sign-in: recent authentication is needed, and
// every new or removed passkey is mailed. Removing one raises the user's epoch,
// so that whoever signed in with it is signed out.
//
// This package never opens a session for a sign-in; package login does.
package passkey

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"github.com/sallyport-auth/sallyport/internal/account"
	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/store"
)

var (
	// ErrCeremony is returned for a ceremony token that is not ours, has
	// expired, was used, or is of another kind, user or session.
	ErrCeremony = fault.New(fault.Spent, "invalid_ceremony")
	// ErrRefused is returned for an answer that does not sign in. It does not
	// say why.
	ErrRefused = fault.New(fault.Unauthenticated, "invalid_passkey")
	// errChanged is the same for a passkey that did sign, and whose
	// authenticator says now that it cannot be backed up: who holds it may know.
	errChanged = ErrRefused.WithWords("invalid_passkey.changed")
	// ErrUnusable is returned for a new credential that breaks a rule.
	ErrUnusable = fault.New(fault.Invalid, "unusable_passkey")
	// ErrRegistered is returned for a credential that is registered already.
	ErrRegistered = fault.New(fault.Conflict, "passkey_exists")
	// ErrTooMany is returned to a user who has as many as one may have.
	ErrTooMany = fault.New(fault.Conflict, "too_many_passkeys")
	// ErrNone is returned where a passkey is asked of a user who has none.
	ErrNone = fault.New(fault.Conflict, "no_passkey")
	// ErrUnknown is returned for a passkey that the user does not have.
	ErrUnknown = fault.ErrNotFound.WithWords("not_found.item")
)

const (
	// ceremonyFor is how long a ceremony may take.
	ceremonyFor = 5 * time.Minute
	// most is how many passkeys one user may have.
	most = 20
	// maxName bounds a name, in characters.
	maxName = 100
	// maxCredential bounds what an authenticator sends, in bytes.
	maxCredential = 32 << 10
)

// Options is what Passkeys need. Every field must be set.
type Options struct {
	Store    *store.Store
	Keyring  *secret.Keyring
	Accounts *account.Accounts
	Sessions *session.Sessions
	Postman  *mail.Postman
	Trail    *audit.Trail
	Clock    clock.Clock

	RPID    string   // a host, or a domain above it
	RPName  string   // what people see
	Origins []string // where ceremonies may take place, as clients spell them
}

// Passkeys is the room. It is safe for concurrent use.
type Passkeys struct {
	opts Options

	party *webauthn.WebAuthn
}

// New returns a room, or says what is wrong with the relying party.
func New(o Options) (*Passkeys, error) {
	required := true
	party, err := webauthn.New(&webauthn.Config{
		RPID: o.RPID, RPDisplayName: o.RPName, RPOrigins: o.Origins,
		AttestationPreference: protocol.PreferNoAttestation,
		// Nothing is asked of extensions, and browsers answer some all the same
		// (appid for security keys in Safari): WebAuthn L3 §7.1 step 19, §7.2
		// step 18 let us ignore them and tell us to expect them.
		ExtensionsUnsolicitedOutputPolicy: protocol.UnsolicitedOutputPolicyIgnore,
		AuthenticatorSelection: protocol.AuthenticatorSelection{
			ResidentKey: protocol.ResidentKeyRequirementRequired, RequireResidentKey: &required,
			UserVerification: protocol.VerificationRequired,
		},
		Timeouts: webauthn.TimeoutsConfig{
			Login:        webauthn.TimeoutConfig{Timeout: ceremonyFor, TimeoutUVD: ceremonyFor},
			Registration: webauthn.TimeoutConfig{Timeout: ceremonyFor, TimeoutUVD: ceremonyFor},
		},
	})
	if err != nil {
		return nil, fmt.Errorf("passkeys: %w", err)
	}
	return &Passkeys{opts: o, party: party}, nil
}

// errOrigin is why an answer from elsewhere is none.
var errOrigin = errors.New("the ceremony took place at another origin")

// checkOrigin compares an origin byte for byte (WebAuthn L3 §7.1 step 9, §7.2
// step 12). The library would take other spellings, which no client sends.
func (p *Passkeys) checkOrigin(c protocol.CollectedClientData) error {
	if !slices.Contains(p.opts.Origins, c.Origin) {
		return errOrigin
	}
	return nil
}

// person is a user as the library sees one. The user handle is the user's id,
// which is random and tells nothing (WebAuthn L3 §14.6.1).
type person struct {
	user store.User
	keys []webauthn.Credential
}

// WebAuthnID is the user handle.
func (p person) WebAuthnID() []byte { return []byte(p.user.ID) }

// WebAuthnName is what tells accounts apart.
func (p person) WebAuthnName() string { return p.user.Email }

// WebAuthnDisplayName is what a person calls themselves.
func (p person) WebAuthnDisplayName() string {
	if p.user.Name == "" {
		return p.user.Email
	}
	return p.user.Name
}

// WebAuthnCredentials are the user's credential records.
func (p person) WebAuthnCredentials() []webauthn.Credential { return p.keys }

// record is a passkey as the library's credential record.
func record(k store.Passkey) (webauthn.Credential, error) {
	credentialID, err1 := secret.Decode(k.CredentialID)
	publicKey, err2 := secret.Decode(k.PublicKey)
	if err := errors.Join(err1, err2); err != nil {
		return webauthn.Credential{}, fmt.Errorf("read passkey %s: %w", k.ID, err)
	}
	c := webauthn.Credential{
		ID: credentialID, PublicKey: publicKey, AttestationFormat: k.Attestation, AttestationType: "none",
		Flags: webauthn.CredentialFlags{
			UserPresent: true, UserVerified: k.UserVerified, BackupEligible: k.BackupEligible, BackupState: k.BackedUp,
		},
		Authenticator: webauthn.Authenticator{SignCount: uint32(k.SignCount)}, //nolint:gosec // it was one
	}
	for _, t := range k.Transports {
		c.Transport = append(c.Transport, protocol.AuthenticatorTransport(t))
	}
	return c, nil
}

func records(keys []store.Passkey) ([]webauthn.Credential, error) {
	out := make([]webauthn.Credential, 0, len(keys))
	for _, k := range keys {
		c, err := record(k)
		if err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, nil
}
