package httpapi

import (
	"net/http"

	"github.com/sallyport-auth/sallyport/internal/ratelimit"
)

// who says who may call a route.
type who int

const (
	anyone   who = iota
	signedIn     // the holder of a live access token
	recently     // the same, who proved who they are a short while ago
)

// The methods, short enough for the table.
const (
	get   = http.MethodGet
	post  = http.MethodPost
	patch = http.MethodPatch
	del   = http.MethodDelete
)

// route is one line of the surface. id is the name of the operation in the
// contract, where its description stands too (operations.go); limit is the flow
// that counts against the client address, if any.
type route struct {
	method string
	path   string
	id     string
	who    who
	limit  ratelimit.Flow
	mount  func(*server, route)
}

// routes is the whole surface for programs. A test compares it with the
// contract, docs/openapi.json.
func (s *server) routes() []route {
	return []route{
		{post, "/auth/sign_up", "sign-up", anyone, ratelimit.SignUp, take(s.postSignUp)},
		{get, "/auth/verify-email", "look-at-verification", anyone, ratelimit.OneTime, take(s.getVerifyEmail)},
		{post, "/auth/verify-email", "verify-email", anyone, ratelimit.OneTime, take(s.postVerifyEmail)},
		{post, "/auth/request-email-verification", "request-email-verification", anyone, ratelimit.MailRequest, take(s.postRequestVerification)},

		{post, "/auth/login", "login", anyone, ratelimit.Login, take(s.postLogin)},
		{post, "/auth/login/mfa", "login-mfa", anyone, "", take(s.postLoginMFA)},
		{post, "/auth/reauthenticate", "reauthenticate", signedIn, ratelimit.Login, take(s.postReauthenticate)},
		{post, "/auth/refresh", "refresh", anyone, ratelimit.Refresh, take(s.postRefresh)},
		{post, "/auth/logout", "logout", anyone, "", take(s.postLogout)},

		{get, "/auth/sessions", "list-sessions", signedIn, "", take(s.getSessions)},
		{del, "/auth/sessions", "end-other-sessions", signedIn, "", take(s.deleteSessions)},
		{del, "/auth/sessions/{id}", "end-session", signedIn, "", take(s.deleteSession)},
		{get, "/auth/sessions/not-me", "look-at-disowning", anyone, ratelimit.OneTime, take(s.getDisown)},
		{post, "/auth/sessions/not-me", "disown-session", anyone, ratelimit.OneTime, take(s.postDisown)},

		{post, "/auth/request-password-reset", "request-password-reset", anyone, ratelimit.MailRequest, take(s.postRequestReset)},
		{get, "/auth/reset-password", "look-at-reset", anyone, ratelimit.OneTime, take(s.getResetPassword)},
		{post, "/auth/reset-password", "reset-password", anyone, ratelimit.OneTime, take(s.postResetPassword)},
		{post, "/auth/change-password", "change-password", signedIn, ratelimit.Login, take(s.postChangePassword)},

		{get, "/auth/me", "read-profile", signedIn, "", take(s.getMe)},
		{patch, "/auth/me", "change-profile", signedIn, "", take(s.patchMe)},

		{post, "/auth/mfa/totp", "enrol-totp", recently, "", take(s.postTOTP)},
		{post, "/auth/mfa/totp/confirm", "confirm-totp", recently, "", take(s.postTOTPConfirm)},
		{del, "/auth/mfa/totp", "remove-totp", recently, "", take(s.deleteTOTP)},
		{post, "/auth/mfa/recovery-codes", "make-recovery-codes", recently, "", take(s.postRecoveryCodes)},

		{get, "/auth/passkeys", "list-passkeys", signedIn, "", take(s.getPasskeys)},
		{post, "/auth/passkeys/registration", "begin-passkey-registration", recently, "", take(s.postPasskeyRegistration)},
		{post, "/auth/passkeys/registration/finish", "register-passkey", recently, "", take(s.postPasskeyRegistrationFinish)},
		{patch, "/auth/passkeys/{id}", "rename-passkey", signedIn, "", take(s.patchPasskey)},
		{del, "/auth/passkeys/{id}", "remove-passkey", recently, "", take(s.deletePasskey)},
		{post, "/auth/passkeys/authentication", "begin-passkey-authentication", anyone, ratelimit.Login, take(s.postPasskeyAuthentication)},
		{post, "/auth/passkeys/authentication/finish", "sign-in-with-passkey", anyone, ratelimit.Login, take(s.postPasskeyAuthenticationFinish)},

		{get, "/.well-known/jwks.json", "jwks", anyone, "", plain(s.getJWKS)},
		{get, "/openapi.json", "openapi", anyone, "", plain(s.getOpenAPI)},
		{get, "/docs", "docs", anyone, "", plain(s.getDocs)},
		{get, "/docs/{file}", "docs-file", anyone, "", plain(s.getDocsFile)},
		{get, "/livez", "livez", anyone, "", plain(s.getLive)},
		{get, "/readyz", "readyz", anyone, "", plain(s.getReady)},
	}
}
