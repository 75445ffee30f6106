package httpapi

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// User is a user as programs see it.
type User struct {
	ID            string    `json:"id" format:"uuid" doc:"The user ID. It never changes." example:"8f14e45f-ceea-467f-a0e6-1c1f1c1d9c3a"`
	Email         string    `json:"email" doc:"The email address, spelled as the user entered it." example:"ada@example.com"`
	EmailVerified bool      `json:"email_verified" doc:"Whether the email address is verified."`
	Claimed       bool      `json:"claimed" doc:"Whether a link emailed to the address was used together with the account's password. Until then, a password reset removes every second factor."`
	Name          string    `json:"name" doc:"The name, or empty." example:"Ada Lovelace"`
	Language      string    `json:"language" doc:"The language of the user's emails, as a language tag (RFC 5646). If empty, emails are in English." example:"de"`
	Zoneinfo      string    `json:"zoneinfo" doc:"The user's time zone, a name of the IANA time zone database (OpenID Connect Core §5.1), or empty." example:"Europe/Paris"`
	Roles         []string  `json:"roles" nullable:"false" doc:"The roles, sorted by name." example:"[\"admin\"]"`
	Metadata      Metadata  `json:"metadata"`
	MFA           MFA       `json:"mfa" doc:"The second factors of the account."`
	CreatedAt     time.Time `json:"created_at" doc:"The time at which the account was created." example:"2026-05-04T10:20:30.123456Z"`
	UpdatedAt     time.Time `json:"updated_at" doc:"The time of the last change to the account." example:"2026-05-04T10:20:30.123456Z"`

	RefusedSignIns *RefusedSignIns `json:"refused_sign_ins,omitempty" doc:"Refused sign-ins. Present only when the profile is read."`
}

// RefusedSignIns says how often somebody was not let in to an account.
type RefusedSignIns struct {
	Passwords int `json:"passwords" doc:"Wrong passwords within 24 hours of the first one. At ten, the user gets an email."`
	Codes     int `json:"codes" doc:"Wrong codes and passkeys at the second factor within the same time. At five, the user gets an email."`
}

// MFA says which second factors a user has.
type MFA struct {
	TOTP              bool `json:"totp" doc:"Whether an authenticator app is set up."`
	Passkeys          int  `json:"passkeys" doc:"The number of passkeys."`
	RecoveryCodesLeft int  `json:"recovery_codes_left" doc:"The number of unused recovery codes."`
}

// Metadata is the user's own JSON object, opaque here.
type Metadata json.RawMessage

// Schema is any object.
func (Metadata) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{
		Type: huma.TypeObject, AdditionalProperties: true,
		Description: "The user's own data: a JSON object of at most 4 KiB. The server does not interpret it.", Examples: []any{map[string]any{"theme": "dark"}},
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
		ID: u.ID, Email: u.Email, EmailVerified: !u.EmailVerifiedAt.IsZero(), Claimed: !u.ClaimedAt.IsZero(), Name: u.Name, Language: u.Language, Zoneinfo: u.Zoneinfo,
		Roles: u.Roles, Metadata: Metadata(u.Metadata),
		MFA:       MFA{TOTP: u.TOTP, Passkeys: int(u.Passkeys), RecoveryCodesLeft: int(u.RecoveryCodes)},
		CreatedAt: u.CreatedAt.UTC(), UpdatedAt: u.UpdatedAt.UTC(),
	}
	if shown.Roles == nil {
		shown.Roles = []string{}
	}
	return shown
}

// UserElsewhere is a user as the bearer of an access token for another program
// sees them.
type UserElsewhere struct {
	ID            string  `json:"id" format:"uuid" doc:"The user ID. It never changes." example:"8f14e45f-ceea-467f-a0e6-1c1f1c1d9c3a"`
	Name          *string `json:"name,omitempty" doc:"The name, or empty. Absent if the token has scopes and profile is not among them." example:"Ada Lovelace"`
	Email         *string `json:"email,omitempty" doc:"The email address. Absent if the token has scopes and email is not among them." example:"ada@example.com"`
	EmailVerified *bool   `json:"email_verified,omitempty" doc:"Whether the email address is verified. Present beside it."`
}

// showUserElsewhere shows what the scopes allow (OpenID Connect Core §5.4). The
// token of a sign-in here has none: its user signed in to the operator's programs
// as a whole.
func showUserElsewhere(u *store.User, scope string) UserElsewhere {
	scopes := strings.Fields(scope)
	allows := func(name string) bool { return len(scopes) == 0 || slices.Contains(scopes, name) }
	shown := UserElsewhere{ID: u.ID}
	if allows("profile") {
		shown.Name = &u.Name
	}
	if allows("email") {
		verified := !u.EmailVerifiedAt.IsZero()
		shown.Email, shown.EmailVerified = &u.Email, &verified
	}
	return shown
}

// Tokens is what a sign-in or a refresh answers (RFC 6749 §5.1).
type Tokens struct {
	AccessToken       string `json:"access_token" doc:"The access token, a JWT of type at+jwt (RFC 9068)." example:"an-access-token"`
	RefreshToken      string `json:"refresh_token" doc:"The refresh token. Keep it secret. Every refresh returns a newer one." example:"a-refresh-token"`
	TokenType         string `json:"token_type" enum:"Bearer" doc:"Always Bearer (RFC 6750)."`
	ExpiresIn         int64  `json:"expires_in" doc:"Seconds until the access token expires." example:"900"`
	SessionID         string `json:"session_id" format:"uuid" doc:"The session ID: it stands for this sign-in on this device." example:"0b0f6f7e-5a0c-4d3a-9a53-4f0e2f3b7c11"`
	RefreshGeneration int64  `json:"refresh_generation" doc:"The number of the refresh token within its session. If you hold two, keep the one with the higher number." example:"7"`
	DeviceToken       string `json:"device_token,omitempty" doc:"Identifies a known device, for programs that keep no cookies. Send it with the next sign-in, so that guesses by strangers do not slow this device down. Keep it secret. Present after a sign-in, and after a change that signed out everything else." example:"a-device-token"`
	User              User   `json:"user" doc:"The user."`
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
