package httpapi

import (
	"net/http"

	"github.com/sallyport-auth/sallyport/internal/httpapi/frame"
	"github.com/sallyport-auth/sallyport/internal/link"
	"github.com/sallyport-auth/sallyport/internal/ratelimit"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// The methods, short enough for the table.
const (
	get   = http.MethodGet
	post  = http.MethodPost
	patch = http.MethodPatch
	del   = http.MethodDelete
)

// route is one line of the surface. id is the name of the operation in the
// contract, where its description stands too (operations.go).
func route(
	method, path, id string, who frame.Who, limit ratelimit.Flow, mount func(*frame.Frame, frame.Route),
) frame.Route {
	d, ok := describe(id)
	if !ok {
		panic("no description of " + id) // a mistake in this package, seen by every test
	}
	return frame.Route{Method: method, Path: path, ID: id, Who: who, Limit: limit, Description: d, Mount: mount}
}

// routes is the whole surface for programs. A test compares it with the
// contract, docs/openapi.json.
func (s *server) routes() []frame.Route {
	var (
		verify, reset, disown = link.Path(store.PurposeVerifyEmail), link.Path(store.PurposeResetPassword), link.Path(store.PurposeDisown)
		confirm, undo, magic  = link.Path(store.PurposeConfirmEmail), link.Path(store.PurposeUndoEmail), link.Path(link.MagicLink)
		invitation            = link.Path(link.Invitation)
	)
	return append(s.adminRoutes(), []frame.Route{
		route(post, "/auth/sign_up", "sign-up", frame.Anyone, ratelimit.SignUp, frame.Take(s.postSignUp)),
		route(get, verify, "look-at-verification", frame.Anyone, ratelimit.OneTime, frame.Take(s.getVerifyEmail)),
		route(post, verify, "verify-email", frame.Anyone, ratelimit.OneTime, frame.Take(s.postVerifyEmail)),
		route(post, "/auth/request-email-verification", "request-email-verification", frame.Anyone, ratelimit.MailRequest, frame.Take(s.postRequestVerification)),

		route(get, invitation, "look-at-invitation", frame.Anyone, ratelimit.OneTime, frame.Take(s.getInvitation)),
		route(post, invitation, "accept-invitation", frame.Anyone, ratelimit.OneTime, frame.Take(s.postInvitation)),

		route(post, "/auth/login", "login", frame.Anyone, ratelimit.Login, frame.Take(s.postLogin)),
		route(post, "/auth/login/mfa", "login-mfa", frame.Anyone, ratelimit.ByAccount, frame.Take(s.postLoginMFA)),
		route(post, "/auth/reauthenticate", "reauthenticate", frame.SignedIn, ratelimit.Login, frame.Take(s.postReauthenticate)),
		route(post, "/auth/reauthenticate/passkey", "begin-passkey-reauthentication", frame.SignedIn, ratelimit.Login, frame.Take(s.postReauthenticatePasskey)),
		route(post, magic, "request-magic-link", frame.Anyone, ratelimit.MailRequest, frame.Take(s.postMagicLink)),
		route(get, magic, "look-at-magic-link", frame.Anyone, ratelimit.OneTime, frame.Take(s.getMagicLink)),
		route(post, magic+"/finish", "sign-in-with-magic-link", frame.Anyone, ratelimit.OneTime, frame.Take(s.postMagicLinkFinish)),
		route(post, "/auth/refresh", "refresh", frame.Anyone, ratelimit.Refresh, frame.Take(s.postRefresh)),
		route(post, "/auth/logout", "logout", frame.Anyone, ratelimit.Logout, frame.Take(s.postLogout)),

		route(get, "/auth/sessions", "list-sessions", frame.SignedIn, "", frame.Take(s.getSessions)),
		route(del, "/auth/sessions", "end-other-sessions", frame.SignedIn, ratelimit.Change, frame.Take(s.deleteSessions)),
		route(del, "/auth/sessions/{id}", "end-session", frame.SignedIn, ratelimit.Change, frame.Take(s.deleteSession)),
		route(get, disown, "look-at-disowning", frame.Anyone, ratelimit.OneTime, frame.Take(s.getDisown)),
		route(post, disown, "disown-session", frame.Anyone, ratelimit.OneTime, frame.Take(s.postDisown)),

		route(post, "/auth/request-password-reset", "request-password-reset", frame.Anyone, ratelimit.MailRequest, frame.Take(s.postRequestReset)),
		route(get, reset, "look-at-reset", frame.Anyone, ratelimit.OneTime, frame.Take(s.getResetPassword)),
		route(post, reset, "reset-password", frame.Anyone, ratelimit.OneTime, frame.Take(s.postResetPassword)),
		route(post, "/auth/change-password", "change-password", frame.SignedIn, ratelimit.Login, frame.Take(s.postChangePassword)),

		route(get, "/auth/me", "read-profile", frame.AnyAudience, "", frame.Take(s.getMe)),
		route(patch, "/auth/me", "change-profile", frame.SignedIn, ratelimit.Change, frame.Take(s.patchMe)),

		route(del, "/auth/me", "delete-account", frame.SignedIn, ratelimit.Login, frame.Take(s.deleteMe)),
		route(post, "/auth/me/restore", "restore-account", frame.Anyone, ratelimit.OneTime, frame.Take(s.postRestore)),
		route(get, "/auth/me/export", "export", frame.Recently, ratelimit.Login, frame.Take(s.getExport)),
		route(post, "/auth/change-email", "change-email", frame.Recently, ratelimit.MailRequest, frame.Take(s.postChangeEmail)),
		route(get, confirm, "look-at-email-change", frame.Anyone, ratelimit.OneTime, frame.Take(s.getConfirmEmail)),
		route(post, confirm, "confirm-email", frame.Anyone, ratelimit.OneTime, frame.Take(s.postConfirmEmail)),
		route(get, undo, "look-at-email-undo", frame.Anyone, ratelimit.OneTime, frame.Take(s.getUndoEmail)),
		route(post, undo, "undo-email", frame.Anyone, ratelimit.OneTime, frame.Take(s.postUndoEmail)),

		route(post, "/auth/mfa/totp", "enrol-totp", frame.Recently, ratelimit.Login, frame.Take(s.postTOTP)),
		route(post, "/auth/mfa/totp/confirm", "confirm-totp", frame.Recently, ratelimit.Login, frame.Take(s.postTOTPConfirm)),
		route(del, "/auth/mfa/totp", "remove-totp", frame.Recently, ratelimit.Login, frame.Take(s.deleteTOTP)),
		route(post, "/auth/mfa/recovery-codes", "make-recovery-codes", frame.Recently, ratelimit.Login, frame.Take(s.postRecoveryCodes)),

		route(get, "/auth/passkeys", "list-passkeys", frame.SignedIn, "", frame.Take(s.getPasskeys)),
		route(post, "/auth/passkeys/registration", "begin-passkey-registration", frame.Recently, ratelimit.Login, frame.Take(s.postPasskeyRegistration)),
		route(post, "/auth/passkeys/registration/finish", "register-passkey", frame.Recently, ratelimit.Login, frame.Take(s.postPasskeyRegistrationFinish)),
		route(patch, "/auth/passkeys/{id}", "rename-passkey", frame.SignedIn, ratelimit.Change, frame.Take(s.patchPasskey)),
		route(del, "/auth/passkeys/{id}", "remove-passkey", frame.Recently, ratelimit.Login, frame.Take(s.deletePasskey)),
		route(post, "/auth/passkeys/authentication", "begin-passkey-authentication", frame.Anyone, ratelimit.Login, frame.Take(s.postPasskeyAuthentication)),
		route(post, "/auth/passkeys/authentication/finish", "sign-in-with-passkey", frame.Anyone, ratelimit.Login, frame.Take(s.postPasskeyAuthenticationFinish)),

		route(get, "/auth/settings", "settings", frame.Anyone, "", frame.Take(s.getSettings)),
		route(post, "/oauth2/token", "token", frame.Anyone, ratelimit.OAuth, frame.FormEncoded[grantBody](s.postToken)),
		route(post, "/oauth2/introspect", "introspect", frame.Anyone, ratelimit.OAuth, frame.FormEncoded[aboutTokenBody](s.postIntrospect)),
		route(post, "/oauth2/revoke", "revoke", frame.Anyone, ratelimit.OAuth, frame.FormEncoded[aboutTokenBody](s.postRevoke)),

		route(get, revocationsPath, "revocations", frame.Anyone, "", frame.Take(s.getRevocations)),
		route(get, verifyPath, "verify", frame.Anyone, "", frame.Elsewhere),
		route(get, verifyPath+segmentRole+"{role}", "verify-role", frame.Anyone, "", frame.Elsewhere),
		route(get, verifyPagePath, "verify-page", frame.Anyone, "", frame.Elsewhere),
		route(get, verifyPagePath+segmentRole+"{role}", "verify-page-role", frame.Anyone, "", frame.Elsewhere),
		route(get, extAuthzPath+segmentVisitor+"/{path}", "verify-ext-authz", frame.Anyone, "", frame.Elsewhere),
		route(get, extAuthzPath+segmentRole+"{role}/{path}", "verify-ext-authz-role", frame.Anyone, "", frame.Elsewhere),

		route(get, "/.well-known/jwks.json", "jwks", frame.Anyone, "", frame.Plain(s.getJWKS)),
		route(get, "/.well-known/oauth-authorization-server", "metadata", frame.Anyone, "", frame.Plain(s.getMetadata)),
		route(get, "/openapi.json", "openapi", frame.Anyone, "", frame.Plain(s.getOpenAPI)),
		route(get, "/docs", "docs", frame.Anyone, "", frame.Plain(s.getDocs)),
		route(get, "/docs/{file}", "docs-file", frame.Anyone, "", frame.Plain(s.getDocsFile)),
		route(get, "/livez", "livez", frame.Anyone, "", frame.Plain(s.getLive)),
		route(get, "/readyz", "readyz", frame.Anyone, "", frame.Plain(s.getReady)),
	}...)
}
