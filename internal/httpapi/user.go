package httpapi

import (
	"bytes"
	"encoding/json"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// User is a user as programs see it.
type User struct {
	ID            string    `json:"id" format:"uuid" doc:"never changes" example:"8f14e45f-ceea-467f-a0e6-1c1f1c1d9c3a"`
	Email         string    `json:"email" doc:"as its owner spells it" example:"ada@example.com"`
	EmailVerified bool      `json:"email_verified" doc:"whether a link mailed there was used"`
	Claimed       bool      `json:"claimed" doc:"whether a link mailed there was used together with the account's password; until then, a reset removes every second factor"`
	Name          string    `json:"name" doc:"empty if none was given" example:"Ada Lovelace"`
	Language      string    `json:"language" doc:"of the user's mails, as a tag (RFC 5646); empty if none was chosen, and mails are in English then" example:"de"`
	Roles         []string  `json:"roles" nullable:"false" doc:"sorted" example:"[\"admin\"]"`
	Metadata      Metadata  `json:"metadata"`
	MFA           MFA       `json:"mfa"`
	CreatedAt     time.Time `json:"created_at" example:"2026-05-04T10:20:30.123456Z"`
	UpdatedAt     time.Time `json:"updated_at" example:"2026-05-04T10:20:30.123456Z"`

	RefusedSignIns *RefusedSignIns `json:"refused_sign_ins,omitempty" doc:"only where the profile is read"`
}

// RefusedSignIns says how often somebody was not let in to an account.
type RefusedSignIns struct {
	Passwords int `json:"passwords" doc:"wrong passwords in the last 24 hours, counted from the first of them; the owner is told of ten by mail"`
	Codes     int `json:"codes" doc:"wrong codes and passkeys of a second step in the same time; the owner is told of five by mail"`
}

// MFA says which second factors a user has.
type MFA struct {
	TOTP              bool `json:"totp" doc:"a code generator is enrolled"`
	Passkeys          int  `json:"passkeys" doc:"how many are registered"`
	RecoveryCodesLeft int  `json:"recovery_codes_left" doc:"how many were not used"`
}

// Metadata is the user's own JSON object, opaque here.
type Metadata json.RawMessage

// Schema is any object.
func (Metadata) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{
		Type: huma.TypeObject, AdditionalProperties: true,
		Description: "the user's own data, opaque to the server; at most 4 KiB", Examples: []any{map[string]any{"theme": "dark"}},
	}
}

// MarshalJSON writes the object as it is. What is no JSON, because somebody wrote
// it into the database by other means, is shown as an empty object: an error here
// would end an answer that has begun.
func (m Metadata) MarshalJSON() ([]byte, error) {
	if object := bytes.TrimSpace(m); len(object) == 0 || object[0] != '{' || !json.Valid(object) {
		return []byte("{}"), nil
	}
	return m, nil
}

// UnmarshalJSON keeps the object as it is.
func (m *Metadata) UnmarshalJSON(text []byte) error {
	*m = append((*m)[:0], text...)
	return nil
}

// showUser is the one place that decides what of a user goes out.
func showUser(u *store.User) User {
	shown := User{
		ID: u.ID, Email: u.Email, EmailVerified: !u.EmailVerifiedAt.IsZero(), Claimed: !u.ClaimedAt.IsZero(), Name: u.Name, Language: u.Language,
		Roles: u.Roles, Metadata: Metadata(u.Metadata),
		MFA:       MFA{TOTP: u.TOTP, Passkeys: int(u.Passkeys), RecoveryCodesLeft: int(u.RecoveryCodes)},
		CreatedAt: u.CreatedAt.UTC(), UpdatedAt: u.UpdatedAt.UTC(),
	}
	if shown.Roles == nil {
		shown.Roles = []string{}
	}
	return shown
}

// Tokens is what a sign-in or a refresh answers (RFC 6749 §5.1).
type Tokens struct {
	AccessToken       string `json:"access_token" doc:"a JWT of type at+jwt (RFC 9068)" example:"an-access-token"`
	RefreshToken      string `json:"refresh_token" doc:"keep it secret; every refresh gives a newer one" example:"a-refresh-token"`
	TokenType         string `json:"token_type" enum:"Bearer"`
	ExpiresIn         int64  `json:"expires_in" doc:"seconds until the access token expires" example:"900"`
	SessionID         string `json:"session_id" format:"uuid" doc:"this sign-in on this device" example:"0b0f6f7e-5a0c-4d3a-9a53-4f0e2f3b7c11"`
	RefreshGeneration int64  `json:"refresh_generation" doc:"of two refresh tokens of a session, keep the one with the higher number" example:"7"`
	DeviceToken       string `json:"device_token,omitempty" doc:"at a sign-in, and where everything else was signed out: a program that keeps no cookies sends it with its next sign-in, so that others' guesses do not slow it down; keep it secret" example:"a-device-token"`
	User              User   `json:"user"`
}

func showTokens(t *session.Tokens) Tokens {
	return Tokens{
		AccessToken: t.AccessToken, RefreshToken: t.RefreshToken, TokenType: "Bearer",
		ExpiresIn: int64(t.ExpiresIn / time.Second), SessionID: t.SessionID,
		RefreshGeneration: t.Generation, User: showUser(&t.User),
	}
}

// userAnswer and tokensAnswer are what handlers give huma.
type (
	userAnswer   struct{ Body User }
	tokensAnswer struct{ Body Tokens }
)
