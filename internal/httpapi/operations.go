package httpapi

import (
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/sallyport-auth/sallyport/internal/httpapi/frame"
)

// describe gives the description of an operation.
func describe(id string) (frame.Description, bool) {
	for _, part := range []map[string]frame.Description{signUpOperations(), sessionOperations(), deviceOperations(), passwordOperations(), passkeyOperations(), factorOperations(), magicLinkOperations(), profileOperations(), leavingOperations(), plainOperations()} {
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
			Text: "Answers the same whether or not the address has an account; its owner gets a mail that says so. " +
				"The account is made when the mailed link is used. Where the operator does not require verification, the account is made at once.",
			Answers: append(accepted("A link is on its way.", signedUpBody{}),
				frame.Answer{Status: http.StatusCreated, Text: "The account is made (`REQUIRE_VERIFIED_EMAIL=false`).", Of: []any{madeBody{}}}),
			Fails: map[int][]string{
				http.StatusForbidden: {"sign_up_closed"}, http.StatusConflict: {"email_taken"},
				http.StatusUnprocessableEntity: {"invalid_input", "weak_password"}, http.StatusServiceUnavailable: {"busy"},
			},
		},
		"look-at-verification": {
			Tag: tagSignUp, Summary: "Look whether a verification link would work",
			Text: "Changes nothing, so that link scanners may ask. With `Accept: application/json`; a browser gets a page with a button. " +
				"Where the operator wants links that verify in one click (`VERIFY_EMAIL_ON_GET=true`), it verifies and answers the user.",
			Answers: ok("Whether the token would work, or the user.", usableBody{}, User{}), Query: true, Page: true,
			Fails: map[int][]string{
				http.StatusBadRequest: {"invalid_token", "password_required"}, http.StatusServiceUnavailable: {"busy"},
			},
		},
		"verify-email": {
			Once: true, Tag: tagSignUp, Summary: "Verify an address",
			Text: "The token shows that its bearer reads the mailbox, and nothing else. `password` is the one that was chosen at sign-up; `new_password` is for whoever does not know it; " +
				"`sign_up_token` says that the link is used by the program that signed up. The token alone makes the account of its own sign-up, unless one from another network or browser " +
				"stands for the address: then the answer is `password_required`. A wrong password counts as a guess and spends nothing. With a password the answer has the tokens of a " +
				"new session as well, or asks for the second factor of an account that keeps one. Of any number of calls exactly one succeeds.",
			Answers: ok("The user, whose address is verified now, and the tokens of a new session if a password came along.", verifiedBody{}),
			Fails: map[int][]string{
				http.StatusBadRequest: {"invalid_token", "password_required"}, http.StatusUnauthorized: {"invalid_credentials"},
				http.StatusUnprocessableEntity: {"invalid_input", "weak_password"}, http.StatusTooManyRequests: {"rate_limited"},
				http.StatusServiceUnavailable: {"busy"},
			},
		},
		"request-email-verification": {
			Once: true, Tag: tagSignUp, Summary: "Ask for another verification link",
			Text:    "Answers the same for every address. Older links of the address go on, and no sign-up changes.",
			Answers: accepted("If there is something to verify, a link is on its way.", statusBody{}),
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
			Text: "`email_not_verified` is answered to the password of a sign-up whose link was not used, whether or not the address has an account. " +
				"A browser should keep the cookie that comes along: then strangers who guess at the account do not slow its owner down.",
			Answers: ok("Tokens of a new session; or, for an account with a second factor, what `/auth/login/mfa` needs.", Tokens{}, mfaRequiredBody{}),
			Fails: map[int][]string{
				http.StatusUnauthorized:       {"invalid_credentials"},
				http.StatusForbidden:          {"email_not_verified", "account_disabled", "account_pending_deletion"},
				http.StatusServiceUnavailable: {"busy"},
			},
		},
		"refresh": {
			Tag: tagSession, Summary: "Exchange a refresh token",
			Text: "Keep the newer token: the one with the higher `refresh_generation`. Within `REFRESH_GRACE` of a rotation the newest token is answered again. " +
				"`next` in a refusal says whether to sign in again or to read the token store again; `session_ended` comes with the `reason`.",
			Answers: ok("Tokens of the same session.", Tokens{}), Security: frame.EitherToken(),
			Fails: map[int][]string{http.StatusUnauthorized: {
				"session_ended", "session_replaced", "refresh_replayed", "refresh_superseded", "not_issued", "invalid_token", "token_required",
			}},
		},
		"logout": {
			Tag: tagSession, Summary: "Log out",
			Text: "Takes an access token, also one that has expired, or any refresh token of the session. `everywhere` ends every session of the user and needs a live token. " +
				"Repeating it is no error. Afterwards neither the access tokens nor the refresh tokens of the session work.",
			Answers: ok("A receipt.", receiptBody{}), Security: frame.EitherToken(),
			Fails: map[int][]string{http.StatusUnauthorized: {"token_required", "invalid_token"}},
		},
	}
}

func passwordOperations() map[string]frame.Description {
	return map[string]frame.Description{
		"request-password-reset": {
			Once: true, Tag: tagPassword, Summary: "Ask for a reset link",
			Text:    "Answers the same for every address.",
			Answers: accepted("If the address has an account, a link is on its way.", statusBody{}),
		},
		"look-at-reset": {
			Tag: tagPassword, Summary: "Look whether a reset link would work",
			Text:    "Changes nothing. With `Accept: application/json`; a browser gets a form.",
			Answers: ok("Whether the token would work.", usableBody{}), Query: true, Page: true,
		},
		"reset-password": {
			Once: true, Tag: tagPassword, Summary: "Set a new password with a mailed token",
			Text: "Ends every session of the user, consumes every outstanding reset token and tells the user by mail. Signs nobody in. " +
				"A password that is refused does not spend the token.",
			Answers: ok("The password is changed.", statusBody{}),
			Fails: map[int][]string{
				http.StatusBadRequest: {"invalid_token"}, http.StatusUnprocessableEntity: {"invalid_input", "weak_password"},
				http.StatusServiceUnavailable: {"busy"},
			},
		},
		"change-password": {
			Tag: tagPassword, Summary: "Change the password",
			Text:    "Ends every session of the user and opens a new one for the caller. Wrong current passwords count as guesses.",
			Answers: ok("Tokens of the new session.", Tokens{}),
			Fails: map[int][]string{
				http.StatusUnauthorized: {"invalid_credentials"}, http.StatusUnprocessableEntity: {"invalid_input", "weak_password"},
				http.StatusTooManyRequests: {"rate_limited"}, http.StatusServiceUnavailable: {"busy"},
			},
		},
	}
}

func passkeyOperations() map[string]frame.Description {
	return map[string]frame.Description{
		"list-passkeys": {Tag: tagPasskey, Summary: "List the passkeys", Answers: ok("They.", passkeysBody{})},
		"begin-passkey-registration": {
			Tag: tagPasskey, Summary: "Begin to register a passkey",
			Text: "The first half of the registration ceremony. Hand `options.publicKey` to `PublicKeyCredential.parseCreationOptionsFromJSON()` " +
				"and `navigator.credentials.create()`.",
			Answers: ok("What the browser needs.", ceremonyBody{}), Fails: map[int][]string{http.StatusConflict: {"too_many_passkeys"}},
		},
		"register-passkey": {
			Once: true, Tag: tagPasskey, Summary: "Register a passkey",
			Text:    "The second half. User verification is required. The owner is told by mail. From now on the account's password asks for a second factor; if this is the first, there are recovery codes.",
			Answers: []frame.Answer{{Status: http.StatusCreated, Text: "The passkey.", Of: []any{registeredBody{}}}},
			Fails: map[int][]string{
				http.StatusBadRequest: {"invalid_ceremony"}, http.StatusConflict: {"passkey_exists", "too_many_passkeys"},
				http.StatusUnprocessableEntity: {"unusable_passkey"},
			},
		},
		"rename-passkey": {
			Tag: tagPasskey, Summary: "Rename a passkey", Answers: ok("The passkey as changed.", Passkey{}),
			Fails: map[int][]string{http.StatusNotFound: {"not_found"}, http.StatusUnprocessableEntity: {"unusable_passkey"}},
		},
		"remove-passkey": {
			Tag: tagPasskey, Summary: "Remove a passkey",
			Text: "Every other session ends, because any of them may have been opened with it; the one that asks goes on with the tokens in the answer. " +
				"With the last second factor the recovery codes go. The owner is told by mail.",
			Answers: ok("Tokens of a new session in place of the one that asks.", Tokens{}),
			Fails:   map[int][]string{http.StatusNotFound: {"not_found"}},
		},
		"begin-passkey-authentication": {
			Tag: tagPasskey, Summary: "Begin to sign in with a passkey",
			Text: "The first half of the authentication ceremony. Nobody says who they are: hand `options.publicKey` to " +
				"`PublicKeyCredential.parseRequestOptionsFromJSON()` and `navigator.credentials.get()`, with `mediation: \"conditional\"` for autofill. " +
				"With an `mfa_token` the passkeys of that account are asked for, as its second factor, and `/auth/login/mfa` takes the answer.",
			Answers: ok("What the browser needs.", ceremonyBody{}),
			Fails:   map[int][]string{http.StatusUnauthorized: {"invalid_token"}, http.StatusConflict: {"no_passkey"}},
		},
		"sign-in-with-passkey": {
			Once: true, Tag: tagPasskey, Summary: "Sign in with a passkey",
			Text:    "The second half. A passkey is two factors in one, so none is asked for afterwards; `amr` says `mfa`.",
			Answers: ok("Tokens of a new session.", Tokens{}),
			Fails: map[int][]string{
				http.StatusBadRequest: {"invalid_ceremony"}, http.StatusUnauthorized: {"invalid_passkey"},
				http.StatusForbidden: {"email_not_verified", "account_disabled", "account_pending_deletion"},
			},
		},
	}
}

func profileOperations() map[string]frame.Description {
	return map[string]frame.Description{
		"read-profile": {Tag: tagProfile, Summary: "Who am I", Answers: ok("The user.", User{})},
		"change-profile": {
			Tag: tagProfile, Summary: "Change name or metadata",
			Text:    "What is left out stays. `metadata` replaces the whole object.",
			Answers: ok("The user as changed.", User{}),
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
			Text: "A JWK set (RFC 7517). A key is published before it signs and until the last token that it signed has expired.",
			Answers: []frame.Answer{{
				Status: http.StatusOK, Text: "The keys.", Kind: "application/jwk-set+json", Of: []any{keySetSchema()},
			}},
		},
		"metadata": {
			Tag: tagBackends, Summary: "What there is, for programs that know the issuer", Plain: true,
			Text:    "Authorization server metadata (RFC 8414). It holds what is there and nothing else.",
			Answers: ok("The metadata.", metadataBody{}),
		},
		"openapi": {
			Tag: tagBackends, Summary: "This contract", Plain: true,
			Answers: []frame.Answer{{
				Status: http.StatusOK, Text: "OpenAPI 3.1.", Kind: "application/openapi+json",
				Of: []any{&huma.Schema{Type: huma.TypeObject, AdditionalProperties: true}},
			}},
		},
		"docs":      {Tag: tagBackends, Summary: "A page to read and try this contract", Plain: true, Answers: page("The page.", "text/html")},
		"docs-file": {Tag: tagBackends, Summary: "A file of that page", Plain: true, Answers: page("The file.", "text/*"), Fails: map[int][]string{http.StatusNotFound: {"not_found"}}},
		"livez": {
			Tag: tagBackends, Summary: "Whether the process lives", Plain: true,
			Text: "Restart the process on this alone.", Answers: ok("It does.", liveBody{}),
		},
		"readyz": {
			Tag: tagBackends, Summary: "Whether to send requests here", Plain: true,
			Answers: append(ok("All that is needed is there.", readyBody{}), frame.Answer{
				Status: http.StatusServiceUnavailable, Text: "Something is missing; `checks` says what.", Of: []any{unreadyProblem{}}, Kind: frame.TypeProblem,
			}),
		},
	}
}

func keySetSchema() *huma.Schema {
	return &huma.Schema{
		Type: huma.TypeObject, Required: []string{"keys"},
		Properties: map[string]*huma.Schema{"keys": {
			Type: huma.TypeArray, Items: &huma.Schema{Type: huma.TypeObject, AdditionalProperties: true},
		}},
	}
}

func ok(text string, of ...any) []frame.Answer {
	return []frame.Answer{{Status: http.StatusOK, Text: text, Of: of}}
}

func accepted(text string, of any) []frame.Answer {
	return []frame.Answer{{Status: http.StatusAccepted, Text: text, Of: []any{of}}}
}
