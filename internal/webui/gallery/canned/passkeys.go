package canned

import (
	"context"
	"encoding/json"
	"time"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/login"
	"github.com/sallyport-auth/sallyport/internal/passkey"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// most is how many passkeys are too many to add another one.
const most = 3

// ceremony is one that no authenticator takes part in.
func ceremony() passkey.Ceremony {
	return passkey.Ceremony{Token: "canned", Options: json.RawMessage(`{"publicKey":{"challenge":"AAAA","rpId":"localhost"}}`)}
}

// BeginAuthentication begins.
func (Rooms) BeginAuthentication() (passkey.Ceremony, error) { return ceremony(), nil }

// BeginRegistration begins, unless there are too many.
func (Rooms) BeginRegistration(ctx context.Context, _ session.Asker) (passkey.Ceremony, error) {
	if of(ctx).Passkeys >= most {
		return passkey.Ceremony{}, passkey.ErrTooMany
	}
	return ceremony(), nil
}

// AskPasskey begins.
func (Rooms) AskPasskey(context.Context, string, audit.Origin) (passkey.Ceremony, error) {
	return ceremony(), nil
}

// AskPasskeyAgain begins.
func (Rooms) AskPasskeyAgain(context.Context, string, string) (passkey.Ceremony, error) {
	return ceremony(), nil
}

// WithPasskey ends as the answers say.
func (Rooms) WithPasskey(ctx context.Context, _ login.Passkey) (login.SignedIn, error) {
	return login.SignedIn{}, of(ctx).Outcome
}

// Register gives recovery codes, or ends as the answers say.
func (r Rooms) Register(ctx context.Context, h session.Asker, _ string, _ json.RawMessage, _ string) (passkey.Registered, error) {
	codes, err := r.NewRecoveryCodes(ctx, h)
	return passkey.Registered{RecoveryCodes: codes}, err
}

// List gives as many as the answers say.
func (Rooms) List(ctx context.Context, _ string) ([]store.Passkey, error) {
	at := time.Date(2026, time.March, 13, 18, 0, 0, 0, time.UTC)
	list := []store.Passkey{
		{ID: "one", Name: "Ada’s <b>phone", BackedUp: true, CreatedAt: at, LastUsedAt: at.Add(48 * time.Hour)},
		{ID: "two", Name: "a key with a name that is as long as names may be, to see that it goes around the edge of a small page", CreatedAt: at},
		{ID: "three", Name: "Passkey", CreatedAt: at},
	}
	return list[:min(of(ctx).Passkeys, most)], nil
}

// Rename ends as the answers say.
func (Rooms) Rename(ctx context.Context, _ session.Asker, _, _ string) (store.Passkey, error) {
	return store.Passkey{}, of(ctx).Outcome
}

// Remove ends as the answers say.
func (Rooms) Remove(ctx context.Context, _ session.Asker, _ string) (session.Tokens, error) {
	return session.Tokens{}, of(ctx).Outcome
}
