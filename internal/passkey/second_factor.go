package passkey

import (
	"context"
	"errors"
	"fmt"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/mfa"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// Question is what the passkey of somebody who is known is asked for. For names
// what the answer is to allow, as in [mfa.Answer]. Alone says that nothing else
// is proved beside it.
type Question struct {
	User  store.User
	For   string
	Alone bool
}

// Ask is the first half of WebAuthn L3 §7.2 for somebody who is known: one of
// their passkeys is to answer. Beside a password it proves the possession, and
// user verification is preferred; alone it proves who they are, and user
// verification is required.
//
// Who may be asked is for the caller to know: somebody who is about to be erased
// may be, to keep their account.
//
// Errors: no_passkey.
func (p *Passkeys) Ask(ctx context.Context, q Question) (Ceremony, error) {
	who, err := p.person(ctx, q.User)
	if err != nil {
		return Ceremony{}, err
	}
	if len(who.keys) == 0 {
		return Ceremony{}, ErrNone
	}
	verification := protocol.VerificationPreferred
	if q.Alone {
		verification = protocol.VerificationRequired
	}
	options, party, err := p.party.BeginLogin(who, webauthn.WithUserVerification(verification))
	if err != nil {
		return Ceremony{}, fmt.Errorf("ask for a passkey: %w", err)
	}
	return p.begin(secondFactor, ceremony{Party: *party, UserID: q.User.ID, For: q.For}, options)
}

// Factor is the second factor of passkeys.
func (p *Passkeys) Factor() mfa.Factor { return factor{p} }

type factor struct{ *Passkeys }

// Method is mfa.MethodPasskey.
func (factor) Method() string { return mfa.MethodPasskey }

// Has reports whether the user has a passkey.
func (factor) Has(u store.User) bool { return u.Passkeys > 0 }

// Refusal is ErrRefused.
func (factor) Refusal() error { return ErrRefused }

// Verify takes an answer to the ceremony that was begun for this user and what
// is to be allowed, and to no other.
//
// Errors: invalid_ceremony.
func (f factor) Verify(ctx context.Context, tx *store.Tx, u store.User, a mfa.Answer, o audit.Origin) (mfa.Verdict, []string, error) {
	c, err := f.read(secondFactor, a.Ceremony)
	if err != nil {
		return 0, nil, err
	}
	if c.UserID != u.ID || c.For != a.For {
		return 0, nil, ErrCeremony
	}
	proof, err := f.answer(ctx, tx, c, a.Credential)
	if errors.Is(err, ErrRefused) {
		return mfa.Wrong, nil, nil
	}
	if err != nil {
		return 0, nil, err
	}
	good, err := f.Spend(ctx, tx, proof, o)
	switch {
	case err != nil:
		return 0, nil, err
	case !good:
		return mfa.Wrong, nil, nil
	}
	return mfa.Right, proof.AMR(), nil
}
