package httpapi

import "github.com/sallyport-auth/sallyport/internal/httpapi/frame"

// bodyForms are the bodies that have forms, as the contract shows them.
func bodyForms() map[string][]frame.Form {
	code, key := []string{"totp", "recovery_code"}, []string{"passkey"}
	return map[string][]frame.Form{
		"SecondFactor": {
			{Name: "SecondFactorByCode", Required: []string{"mfa_token", "method", "code"}, Only: map[string][]string{"method": code}},
			{Name: "SecondFactorByPasskey", Required: []string{"mfa_token", "method", "ceremony", "credential"}, Only: map[string][]string{"method": key}},
		},
		"Reauthentication": {
			{Name: "ReauthenticationByPassword", Required: []string{"password"}},
			{Name: "ReauthenticationByCode", Required: []string{"method", "code"}, Only: map[string][]string{"method": code}},
			{Name: "ReauthenticationByPasskey", Required: []string{"method", "ceremony", "credential"}, Only: map[string][]string{"method": key}},
		},
		"Verify": {
			{Name: "VerifyByPassword", Required: []string{"token", "password"}, Optional: []string{"device_name", "device_token", "audience"}},
			{Name: "VerifyByNewPassword", Required: []string{"token", "new_password"}, Optional: []string{"device_name", "device_token", "audience"}},
			{Name: "VerifyBySignUpToken", Required: []string{"token", "sign_up_token"}},
			{Name: "VerifyByLink", Required: []string{"token"}},
		},
		"MagicLink": {
			{Name: "MagicLinkByLink", Required: []string{"token"}, Optional: []string{"device_name", "audience"}},
			{Name: "MagicLinkByCode", Required: []string{"request_token", "code"}, Optional: []string{"device_name", "audience"}},
		},
	}
}
