package httpapi

import (
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/sallyport-auth/sallyport/internal/httpapi/frame"
)

// describe gives the description of an operation.
func describe(id string) (frame.Description, bool) {
	for _, part := range []map[string]frame.Description{signUpOperations(), sessionOperations(), deviceOperations(), passwordOperations(), passkeyOperations(), factorOperations(), magicLinkOperations(), profileOperations(), leavingOperations(), adminOperations(), oauthOperations(), verifyOperations(), plainOperations()} {
		if d, found := part[id]; found {
			return d, true
		}
	}
	return frame.Description{}, false
}

func signUpOperations() map[string]frame.Description {
	return map[string]frame.Description{
		"sign-up": {
			Once: true, Tag: tagSignUp, Summary: "Sign up",
			Text: "The answer is the same whether or not the email address has an account. If it has one, its owner gets an email about the attempt. " +
				"The account is created when the emailed link is used, or at once if the operator does not require verification.",
			Answers: append(accepted("An email with a link is on its way.", signedUpBody{}),
				frame.Answer{Status: http.StatusCreated, Text: "The account is created (`REQUIRE_VERIFIED_EMAIL=false`).", Of: []any{madeBody{}}}),
			Fails: map[int][]string{
				http.StatusForbidden: {"sign_up_closed", "sign_up_refused"}, http.StatusConflict: {"email_taken"},
				http.StatusUnprocessableEntity: {"invalid_input", "weak_password"}, http.StatusServiceUnavailable: {"busy"},
			},
		},
		"look-at-verification": {
			Tag: tagSignUp, Summary: "Check a verification link",
			Text: "Changes nothing, so that link scanners do no harm. Send `Accept: application/json`; a browser gets a page with a button. " +
				"If the operator allows verification in one click (`VERIFY_EMAIL_ON_GET=true`), it verifies the address and returns the user.",
			Answers: ok("Whether the token would work, or the verified user.", usableBody{}, User{}), Query: true, Page: true,
			Fails: map[int][]string{
				http.StatusBadRequest: {"invalid_token", "password_required"}, http.StatusServiceUnavailable: {"busy"},
			},
		},
		"verify-email": {
			Once: true, Tag: tagSignUp, Summary: "Verify an email address",
			Text: "The token proves access to the mailbox, and nothing else. Add `password`, the one chosen at sign-up, or `new_password` if it is not known. " +
				"A program that also signed up can send its `sign_up_token` instead. The token alone creates the account of its own sign-up. If there is another sign-up for the address, " +
				"from another network or browser, the answer is `password_required`. A wrong password counts as a failed attempt and does not use up the token. With a password, the answer contains the tokens of a " +
				"new session, or asks for the account's second factor. Of any number of calls, exactly one succeeds.",
			Answers: ok("The verified user, with the tokens of a new session if a password was sent.", verifiedBody{}),
			Fails: map[int][]string{
				http.StatusBadRequest: {"invalid_token", "password_required", "unknown_audience"}, http.StatusUnauthorized: {"invalid_credentials"},
				http.StatusUnprocessableEntity: {"invalid_input", "weak_password"}, http.StatusTooManyRequests: {"rate_limited"},
				http.StatusServiceUnavailable: {"busy"},
			},
		},
		"look-at-invitation": {
			Tag: tagSignUp, Summary: "Check an invitation link",
			Text:    "Changes nothing, so that link scanners do no harm. Send `Accept: application/json`; a browser gets a page with a form.",
			Answers: ok("Whether the token would work.", usableBody{}), Query: true, Page: true,
		},
		"accept-invitation": {
			Once: true, Tag: tagSignUp, Summary: "Accept an invitation",
			Text: "Creates the account that an operator offered, with the password and name sent, and signs in. The email address is verified, because the link was emailed to it. " +
				"Works whether or not sign-up is open. Of any number of calls, exactly one succeeds.",
			Answers: ok("The user, with the tokens of a new session.", verifiedBody{}),
			Fails: map[int][]string{
				http.StatusBadRequest: {"invalid_token", "unknown_audience"}, http.StatusUnprocessableEntity: {"invalid_input", "weak_password"},
				http.StatusServiceUnavailable: {"busy"},
			},
		},
		"request-email-verification": {
			Once: true, Tag: tagSignUp, Summary: "Request another verification link",
			Text:    "The answer is the same for every email address. Earlier links keep working.",
			Answers: accepted("If the address is waiting for verification, an email with a link is on its way.", statusBody{}),
		},
	}
}

func sessionOperations() map[string]frame.Description {
	return map[string]frame.Description{
		"settings": {
			Tag: tagSession, Summary: "Settings that a sign-in form needs",
			Text:    "What the operator has chosen: whether sign-up is open, how long a password is, whether links or codes are mailed.",
			Answers: ok("The settings.", Settings{}),
		},
		"login": {
			Once: true, Tag: tagSession, Summary: "Sign in with a password",
			Text: "The answer is `email_not_verified` if the password belongs to a sign-up with an unused link, whether or not the address has an account. " +
				"A browser should keep the cookie of the answer. Guesses by strangers then do not slow it down.",
			Answers: ok("The tokens of a new session. For an account with a second factor: the input for `/auth/login/mfa`.", Tokens{}, mfaRequiredBody{}),
			Fails: map[int][]string{
				http.StatusBadRequest:         {"unknown_audience"},
				http.StatusUnauthorized:       {"invalid_credentials"},
				http.StatusForbidden:          {"email_not_verified", "account_disabled", "account_pending_deletion", "token_refused"},
				http.StatusServiceUnavailable: {"busy"},
			},
		},
		"refresh": {
			Tag: tagSession, Summary: "Exchange a refresh token",
			Text: "Returns a new access token and a new refresh token. If you hold two refresh tokens, keep the one with the higher `refresh_generation`. Within `REFRESH_GRACE` of a rotation, the old token gets the newest one again. " +
				"A refusal says in `next` whether to sign in again or to read the token store again, and `session_ended` gives the `reason`. With `audience`, the access token is for that resource server alone; an unknown one changes nothing.",
			Answers: ok("New tokens of the same session.", Tokens{}), Security: frame.EitherToken(),
			Fails: map[int][]string{http.StatusBadRequest: {"unknown_audience"}, http.StatusForbidden: {"token_refused"}, http.StatusUnauthorized: {
				"session_ended", "session_replaced", "refresh_replayed", "refresh_superseded", "not_issued", "invalid_token", "token_required",
			}},
		},
		"logout": {
			Tag: tagSession, Summary: "Sign out",
			Text: "Ends the session of the token: an access token, even an expired one, or any refresh token of the session. Its access tokens and refresh tokens stop working at once. " +
				"`everywhere` ends every session of the user and needs a token that has not expired. A token for another program (`audience`) ends its own session alone. Repeating the call is not an error.",
			Answers: ok("The session has ended.", receiptBody{}), Security: frame.EitherToken(),
			Fails: map[int][]string{http.StatusUnauthorized: {"token_required", "invalid_token"}},
		},
	}
}

func passwordOperations() map[string]frame.Description {
	return map[string]frame.Description{
		"request-password-reset": {
			Once: true, Tag: tagPassword, Summary: "Request a password reset link",
			Text:    "The answer is the same for every email address.",
			Answers: accepted("If the address has an account, an email with a link is on its way.", statusBody{}),
		},
		"look-at-reset": {
			Tag: tagPassword, Summary: "Check a password reset link",
			Text:    "Changes nothing. Send `Accept: application/json`; a browser gets a form.",
			Answers: ok("Whether the token would work.", usableBody{}), Query: true, Page: true,
		},
		"reset-password": {
			Once: true, Tag: tagPassword, Summary: "Reset the password",
			Text: "Sets a new password with the token of the emailed link. Ends every session of the user, invalidates all other reset links, and notifies the user by email. Does not sign in. " +
				"A refused password does not use up the token.",
			Answers: ok("The password is changed.", statusBody{}),
			Fails: map[int][]string{
				http.StatusBadRequest: {"invalid_token"}, http.StatusUnprocessableEntity: {"invalid_input", "weak_password"},
				http.StatusServiceUnavailable: {"busy"},
			},
		},
		"change-password": {
			Tag: tagPassword, Summary: "Change the password",
			Text:    "Ends every session of the user and opens a new one for the caller. A wrong current password counts as a failed attempt.",
			Answers: ok("The tokens of the new session.", Tokens{}),
			Fails: map[int][]string{
				http.StatusUnauthorized: {"invalid_credentials"}, http.StatusForbidden: {"token_refused"}, http.StatusUnprocessableEntity: {"invalid_input", "weak_password"},
				http.StatusTooManyRequests: {"rate_limited"}, http.StatusServiceUnavailable: {"busy"},
			},
		},
	}
}

func passkeyOperations() map[string]frame.Description {
	return map[string]frame.Description{
		"list-passkeys": {Tag: tagPasskey, Summary: "List the passkeys", Text: "Returns every passkey of the user.", Answers: ok("The passkeys of the user.", passkeysBody{})},
		"begin-passkey-registration": {
			Tag: tagPasskey, Summary: "Start to register a passkey",
			Text: "Starts the registration ceremony. Pass `options.publicKey` to `PublicKeyCredential.parseCreationOptionsFromJSON()` " +
				"and `navigator.credentials.create()`.",
			Answers: ok("The input for the browser.", ceremonyBody{}), Fails: map[int][]string{http.StatusConflict: {"too_many_passkeys"}},
		},
		"register-passkey": {
			Once: true, Tag: tagPasskey, Summary: "Register a passkey",
			Text:    "Completes the registration ceremony. User verification is required. The user is notified by email. From now on, signing in with the password requires a second factor. The first one comes with recovery codes.",
			Answers: []frame.Answer{{Status: http.StatusCreated, Text: "The new passkey.", Of: []any{registeredBody{}}}},
			Fails: map[int][]string{
				http.StatusBadRequest: {"invalid_ceremony"}, http.StatusConflict: {"passkey_exists", "too_many_passkeys"},
				http.StatusUnprocessableEntity: {"unusable_passkey"},
			},
		},
		"rename-passkey": {
			Tag: tagPasskey, Summary: "Rename a passkey", Text: "Changes the name of a passkey.", Answers: ok("The renamed passkey.", Passkey{}),
			Fails: map[int][]string{http.StatusNotFound: {"not_found"}, http.StatusUnprocessableEntity: {"unusable_passkey"}},
		},
		"remove-passkey": {
			Tag: tagPasskey, Summary: "Remove a passkey",
			Text: "Ends every other session, because the passkey may have opened it. The session of the request continues with the tokens in the answer. " +
				"Removing the last second factor also removes the recovery codes. The user is notified by email.",
			Answers: ok("The tokens of a new session that replaces the session of the request.", Tokens{}),
			Fails:   map[int][]string{http.StatusForbidden: {"token_refused"}, http.StatusNotFound: {"not_found"}},
		},
		"begin-passkey-authentication": {
			Tag: tagPasskey, Summary: "Start to sign in with a passkey",
			Text: "Starts the authentication ceremony. It needs no email address. Pass `options.publicKey` to " +
				"`PublicKeyCredential.parseRequestOptionsFromJSON()` and `navigator.credentials.get()`, with `mediation: \"conditional\"` for autofill. " +
				"With an `mfa_token`, it asks for a passkey of that account as the second factor. Send the result to `/auth/login/mfa`.",
			Answers: ok("The input for the browser.", ceremonyBody{}),
			Fails:   map[int][]string{http.StatusUnauthorized: {"invalid_token"}, http.StatusConflict: {"no_passkey"}},
		},
		"sign-in-with-passkey": {
			Once: true, Tag: tagPasskey, Summary: "Sign in with a passkey",
			Text:    "Completes the authentication ceremony. A passkey counts as two factors, so no second factor is required. The claim `amr` contains `mfa`.",
			Answers: ok("The tokens of a new session.", Tokens{}),
			Fails: map[int][]string{
				http.StatusBadRequest: {"invalid_ceremony", "unknown_audience"}, http.StatusUnauthorized: {"invalid_passkey"},
				http.StatusForbidden: {"email_not_verified", "account_disabled", "account_pending_deletion", "token_refused"},
			},
		},
	}
}

func profileOperations() map[string]frame.Description {
	return map[string]frame.Description{
		"read-profile": {
			Tag: tagProfile, Summary: "Read the profile",
			Text:    "Returns the user of the access token. A token for another program (`audience`) sees ID, name and email address alone.",
			Answers: ok("The user.", User{}, UserElsewhere{}),
		},
		"change-profile": {
			Tag: tagProfile, Summary: "Change the profile",
			Text:    "Changes the members that are sent. `metadata` is replaced as a whole.",
			Answers: ok("The changed user.", User{}),
		},
	}
}

func plainOperations() map[string]frame.Description {
	page := func(text, kind string) []frame.Answer {
		return []frame.Answer{{Status: http.StatusOK, Text: text, Kind: kind}}
	}
	return map[string]frame.Description{
		"jwks": {
			Tag: tagBackends, Summary: "Public signing keys", Plain: true,
			Text: "Returns a JWK set (RFC 7517). A key is published before its first signature and until the last token that it signed has expired.",
			Answers: []frame.Answer{{
				Status: http.StatusOK, Text: "The public keys.", Kind: "application/jwk-set+json", Of: []any{keySetSchema()},
			}},
		},
		"metadata": {
			Tag: tagBackends, Summary: "Authorization server metadata", Plain: true,
			Text:    "Returns the metadata of the issuer (RFC 8414). It lists only what this server supports.",
			Answers: ok("The metadata.", metadataBody{}),
		},
		"openapi": {
			Tag: tagBackends, Summary: "OpenAPI description", Plain: true,
			Text: "Returns the description of this API.",
			Answers: []frame.Answer{{
				Status: http.StatusOK, Text: "The description, in OpenAPI 3.1.", Kind: "application/openapi+json",
				Of: []any{&huma.Schema{Type: huma.TypeObject, AdditionalProperties: true}},
			}},
		},
		"docs":      {Tag: tagBackends, Summary: "API reference", Text: "Shows this description as a page, where requests can be tried.", Plain: true, Answers: page("The page.", "text/html")},
		"docs-file": {Tag: tagBackends, Summary: "File of the API reference", Text: "Returns a script or style sheet of `/docs`.", Plain: true, Answers: page("The file.", "text/*"), Fails: map[int][]string{http.StatusNotFound: {"not_found"}}},
		"livez": {
			Tag: tagBackends, Summary: "Liveness", Plain: true,
			Text: "Tells whether the process runs. Restart it only if this fails.", Answers: ok("The process runs.", liveBody{}),
		},
		"readyz": {
			Tag: tagBackends, Summary: "Readiness", Plain: true,
			Text: "Tells whether this instance can answer requests. Send requests only to instances that are ready.",
			Answers: append(ok("The instance is ready.", readyBody{}), frame.Answer{
				Status: http.StatusServiceUnavailable, Text: "The instance is not ready. `checks` names the failing check.", Of: []any{unreadyProblem{}}, Kind: frame.TypeProblem,
			}),
		},
	}
}

func keySetSchema() *huma.Schema {
	return &huma.Schema{
		Type: huma.TypeObject, Required: []string{"keys"},
		Properties: map[string]*huma.Schema{"keys": {
			Type: huma.TypeArray, Items: &huma.Schema{Type: huma.TypeObject, AdditionalProperties: true}, Description: "The keys, each as a JWK (RFC 7517).",
		}},
	}
}

func ok(text string, of ...any) []frame.Answer {
	return []frame.Answer{{Status: http.StatusOK, Text: text, Of: of}}
}

func accepted(text string, of any) []frame.Answer {
	return []frame.Answer{{Status: http.StatusAccepted, Text: text, Of: []any{of}}}
}
