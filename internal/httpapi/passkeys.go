package httpapi

import (
	"context"
	"encoding/json"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/sallyport-auth/sallyport/internal/httpapi/frame"
	"github.com/sallyport-auth/sallyport/internal/login"
	"github.com/sallyport-auth/sallyport/internal/passkey"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// Passkey is a passkey as its owner sees it.
type Passkey struct {
	ID         string     `json:"id" format:"uuid" doc:"The ID of the passkey in this API. It differs from the credential ID of WebAuthn." example:"5b0c4a63-2b5e-4f4b-9a0e-5c7d0e6f1a2b"`
	Name       string     `json:"name" doc:"The name of the passkey." example:"Ada's phone"`
	BackedUp   bool       `json:"backed_up" doc:"Whether the passkey is backed up, for example by a password manager."`
	AAGUID     string     `json:"aaguid" doc:"The AAGUID of the authenticator model. All zeros if unknown." example:"adce0002-35bc-c60a-648b-0b25f1f05503"`
	CreatedAt  time.Time  `json:"created_at" doc:"The time at which the passkey was added." example:"2026-05-04T10:20:30.123456Z"`
	LastUsedAt *time.Time `json:"last_used_at,omitempty" doc:"The time of the last sign-in with the passkey. Absent if it was never used." example:"2026-05-06T10:20:30.123456Z"`
}

func showPasskey(k *store.Passkey) Passkey {
	shown := Passkey{ID: k.ID, Name: k.Name, BackedUp: k.BackedUp, AAGUID: k.AAGUID, CreatedAt: k.CreatedAt.UTC()}
	if !k.LastUsedAt.IsZero() {
		used := k.LastUsedAt.UTC()
		shown.LastUsedAt = &used
	}
	return shown
}

// opaqueJSON is an object that goes through to the library or the browser.
type opaqueJSON struct{ json.RawMessage }

// Schema is any object.
func (opaqueJSON) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{
		Type: huma.TypeObject, AdditionalProperties: true,
		Description: "as WebAuthn L3 §5.1 writes it in JSON", Examples: []any{map[string]any{"id": "AAAA"}},
	}
}

// ceremonyBody is the first half of a ceremony.
type ceremonyBody struct {
	Ceremony  string     `json:"ceremony" doc:"Send it back with the browser's answer." example:"a-ceremony"`
	Options   opaqueJSON `json:"options" doc:"The input for navigator.credentials. Use its member publicKey."`
	ExpiresIn int64      `json:"expires_in" doc:"Seconds until the ceremony expires." example:"300"`
}

type ceremonyAnswer struct{ Body ceremonyBody }

func showCeremony(c passkey.Ceremony) *ceremonyAnswer {
	return &ceremonyAnswer{Body: ceremonyBody{
		Ceremony: c.Token, Options: opaqueJSON{c.Options}, ExpiresIn: int64(c.ExpiresIn / time.Second),
	}}
}

func (s *server) postPasskeyRegistration(ctx context.Context, _ *struct{}) (*ceremonyAnswer, error) {
	begun, err := s.Passkeys.BeginRegistration(ctx, asker(ctx))
	if err != nil {
		return nil, err
	}
	return showCeremony(begun), nil
}

type registrationInput struct {
	Body registrationBody
}

type registrationBody struct {
	Ceremony   string     `json:"ceremony" minLength:"1" maxLength:"8192" doc:"The ceremony of the first half." example:"a-ceremony"`
	Credential opaqueJSON `json:"credential" doc:"The browser's answer: the result of PublicKeyCredential.toJSON()."`
	Name       string     `json:"name,omitempty" maxLength:"100" pattern:"^[^\\x00-\\x1f\\x7f-\\x9f]*$" patternDescription:"without control characters" doc:"The name of the passkey." example:"Ada's phone"`
}

type passkeyAnswer struct{ Body Passkey }

// registeredBody is a passkey that was added.
type registeredBody struct {
	Passkey

	RecoveryCodes []string `json:"recovery_codes,omitempty" doc:"Ten recovery codes, if this is the account's first second factor. Each works once. They are shown only here."`
}

type registeredAnswer struct{ Body registeredBody }

func (s *server) postPasskeyRegistrationFinish(ctx context.Context, in *registrationInput) (*registeredAnswer, error) {
	made, err := s.Passkeys.Register(ctx, asker(ctx), in.Body.Ceremony, in.Body.Credential.RawMessage, in.Body.Name)
	if err != nil {
		return nil, err
	}
	return &registeredAnswer{Body: registeredBody{Passkey: showPasskey(&made.Passkey), RecoveryCodes: made.RecoveryCodes}}, nil
}

type passkeysBody struct {
	Items []Passkey `json:"items" nullable:"false" doc:"All passkeys, oldest first."`
}

type passkeysAnswer struct{ Body passkeysBody }

func (s *server) getPasskeys(ctx context.Context, _ *struct{}) (*passkeysAnswer, error) {
	keys, err := s.Passkeys.List(ctx, frame.CallOf(ctx).Claims.Subject)
	if err != nil {
		return nil, err
	}
	items := make([]Passkey, 0, len(keys))
	for n := range keys {
		items = append(items, showPasskey(&keys[n]))
	}
	return &passkeysAnswer{Body: passkeysBody{Items: items}}, nil
}

type passkeyPath struct {
	ID string `path:"id" maxLength:"64" doc:"The passkey ID." example:"5b0c4a63-2b5e-4f4b-9a0e-5c7d0e6f1a2b"`
}

type renameInput struct {
	ID   string `path:"id" maxLength:"64" doc:"The passkey ID." example:"5b0c4a63-2b5e-4f4b-9a0e-5c7d0e6f1a2b"`
	Body renameBody
}

type renameBody struct {
	Name string `json:"name" minLength:"1" maxLength:"100" pattern:"^[^\\x00-\\x1f\\x7f-\\x9f]*$" patternDescription:"without control characters" doc:"The name of the passkey." example:"Ada's laptop"`
}

func (s *server) patchPasskey(ctx context.Context, in *renameInput) (*passkeyAnswer, error) {
	renamed, err := s.Passkeys.Rename(ctx, asker(ctx), in.ID, in.Body.Name)
	if err != nil {
		return nil, err
	}
	return &passkeyAnswer{Body: showPasskey(&renamed)}, nil
}

func (s *server) deletePasskey(ctx context.Context, in *passkeyPath) (*loginAnswer, error) {
	tokens, err := s.Passkeys.Remove(ctx, asker(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	return s.showSignIn(&tokens), nil
}

type questionInput struct {
	Body *questionBody
}

type questionBody struct {
	MFAToken string `json:"mfa_token,omitempty" minLength:"1" maxLength:"200" doc:"The mfa_token of the sign-in, if the passkey is its second factor." example:"an-mfa-token"`
}

func (s *server) postPasskeyAuthentication(ctx context.Context, in *questionInput) (*ceremonyAnswer, error) {
	var begun passkey.Ceremony
	var err error
	if in.Body != nil && in.Body.MFAToken != "" {
		begun, err = s.Logins.AskPasskey(ctx, in.Body.MFAToken, frame.CallOf(ctx).Origin)
	} else {
		begun, err = s.Passkeys.BeginAuthentication()
	}
	if err != nil {
		return nil, err
	}
	return showCeremony(begun), nil
}

type authenticationInput struct {
	Body authenticationBody
}

type authenticationBody struct {
	Ceremony    string     `json:"ceremony" minLength:"1" maxLength:"8192" doc:"The ceremony of the first half." example:"a-ceremony"`
	Credential  opaqueJSON `json:"credential" doc:"The browser's answer: the result of PublicKeyCredential.toJSON()."`
	DeviceName  string     `json:"device_name,omitempty" maxLength:"100" pattern:"^[^\\x00-\\x1f\\x7f-\\x9f]*$" patternDescription:"without control characters" doc:"The name of this device, for the list of sessions." example:"Ada's phone"`
	Audience    string     `json:"audience,omitempty" minLength:"1" maxLength:"255" pattern:"^[!-~]*$" doc:"One of the other resource servers that the operator has set up (SALLYPORT_AUDIENCES). The tokens of the session are then for that one alone, and cannot manage the account." example:"https://api.example.com"`
	DeviceToken string     `json:"device_token,omitempty" minLength:"1" maxLength:"200" doc:"The device_token of an earlier sign-in, for programs that keep no cookies. Guesses by strangers then do not slow this device down." example:"a-device-token"`
}

func (s *server) postPasskeyAuthenticationFinish(ctx context.Context, in *authenticationInput) (*loginAnswer, error) {
	c := frame.CallOf(ctx)
	done, err := s.Logins.WithPasskey(ctx, login.Passkey{
		Ceremony: in.Body.Ceremony, Credential: in.Body.Credential.RawMessage, DeviceName: in.Body.DeviceName, Audience: in.Body.Audience,
		KnownDevice: s.knownDevice(c, in.Body.DeviceToken), Origin: c.Origin,
	})
	if err != nil {
		return nil, err
	}
	return s.showSignIn(&done.Tokens), nil
}
