package httpapi

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/danielgtaylor/huma/v2"

	"github.com/sallyport-auth/sallyport/internal/httpapi/frame"
)

// OpenAPI gives the contract in the form in which it is kept in the
// repository, without any room. It is the same each time.
func OpenAPI() ([]byte, error) {
	s, err := newServer(Options{})
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if err := json.Indent(&out, s.contract, "", "  "); err != nil {
		return nil, fmt.Errorf("indent contract: %w", err)
	}
	return append(bytes.TrimSpace(out.Bytes()), '\n'), nil
}

// newContract is the contract before its routes.
func newContract() frame.Contract {
	return frame.Contract{
		Title: "Sallyport",
		Text: "Sign-up, e-mail verification, login, rotating refresh tokens and instant logout.\n\n" +
			"JSON in and out, UTF-8, `snake_case`. Unknown members are refused. Errors are problem details (RFC 9457) with a permanent `code`. " +
			"Every answer carries `X-Request-ID`.",
		Forms:        bodyForms(),
		NewPasswords: []string{"SignUp.password", "Reset.new_password", "ChangePassword.new_password"},
		PasswordMin:  minPassword, PasswordMax: maxPassword,
		Tags: []*huma.Tag{
			{Name: tagSignUp, Description: "From an address to an account."},
			{Name: tagSession, Description: "Being signed in on a device."},
			{Name: tagPassword, Description: "Forgotten and new passwords."},
			{Name: tagFactor, Description: "Code generators (RFC 6238) and recovery codes. Changing them needs recent authentication: `/auth/reauthenticate`."},
			{Name: tagPasskey, Description: "Passkeys (WebAuthn L3): registering them, and signing in without a password."},
			{Name: tagProfile, Description: "What a user sees and changes of themselves."},
			{Name: tagBackends, Description: "For programs that accept our tokens, and for those who run this server."},
		},
	}
}

// Bounds of new passwords, in characters. An operator may ask for longer ones;
// package password keeps both.
const (
	minPassword = 8
	maxPassword = 256
)

const (
	tagSignUp   = "Sign-up"
	tagSession  = "Sessions"
	tagPassword = "Passwords"
	tagFactor   = "Second factors"
	tagPasskey  = "Passkeys"
	tagProfile  = "Profile"
	tagBackends = "Operations"
)
