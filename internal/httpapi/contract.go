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
		Text: "Sign-up, email verification, login, rotating refresh tokens and instant logout.\n\n" +
			"Requests and answers are JSON in UTF-8, with names in `snake_case`. Unknown members are refused. Errors are problem details (RFC 9457) with a permanent `code`. " +
			"Every answer carries `X-Request-ID`.",
		Forms:        bodyForms(),
		NewPasswords: []string{"SignUp.password", "Reset.new_password", "ChangePassword.new_password"},
		PasswordMin:  minPassword, PasswordMax: maxPassword,
		Tags: []*huma.Tag{
			{Name: tagSignUp, Description: "Create an account and verify its email address."},
			{Name: tagSession, Description: "Sign in, refresh tokens, list the signed-in devices and sign out."},
			{Name: tagPassword, Description: "Reset and change passwords."},
			{Name: tagFactor, Description: "Authenticator apps (RFC 6238) and recovery codes. Changes need recent authentication: `/auth/reauthenticate`."},
			{Name: tagPasskey, Description: "Register passkeys (WebAuthn L3) and sign in with them instead of a password."},
			{Name: tagProfile, Description: "Read, change, export and delete the own account."},
			{Name: tagAdmin, Description: "For operators with a role that allows it (docs/admin/api.md). Each call leaves an event in the audit log."},
			{Name: tagBackends, Description: "For programs that accept the tokens, and for operators."},
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
	tagAdmin    = "Admin"
)
