package httpapi

import (
	"net/http"
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// description is what the contract says of an operation beyond its input. fails
// holds the codes that only it has; plain ones answer without the common
// refusals.
type description struct {
	tag, summary, text string
	answers            []answer
	fails              map[int][]string
	security           []map[string][]string
	query, plain       bool
}

// answer is one way in which an operation succeeds. of holds a value of each
// type that the body may have, and is empty for text; kind is its media type if
// it is not JSON.
type answer struct {
	status int
	text   string
	of     []any
	kind   string
}

// schemaName takes "Body" off the names of request and answer types, and keeps
// what is left capital.
func schemaName(t reflect.Type, hint string) string {
	return strings.TrimSuffix(huma.DefaultSchemaNamer(t, hint), "Body")
}

// schema is that of one of several types, or of text.
func (s *server) schema(of []any) *huma.Schema {
	registry := s.api.OpenAPI().Components.Schemas
	var each []*huma.Schema
	for _, v := range of {
		if ready, ok := v.(*huma.Schema); ok {
			each = append(each, ready)
			continue
		}
		each = append(each, registry.Schema(reflect.TypeOf(v), true, ""))
	}
	switch len(each) {
	case 0:
		return &huma.Schema{Type: huma.TypeString}
	case 1:
		return each[0]
	}
	return &huma.Schema{OneOf: each}
}

// Security of paths that take either token, or none.
func eitherToken() []map[string][]string {
	return []map[string][]string{{schemeAccess: {}}, {schemeRefresh: {}}, {}}
}

func ok(text string, of ...any) []answer {
	return []answer{{status: http.StatusOK, text: text, of: of}}
}

func accepted(text string, of any) []answer {
	return []answer{{status: http.StatusAccepted, text: text, of: []any{of}}}
}

// describe gives the description of an operation.
func describe(id string) (description, bool) {
	for _, part := range []map[string]description{signUpOperations(), sessionOperations(), deviceOperations(), passwordOperations(), passkeyOperations(), factorOperations(), profileOperations(), plainOperations()} {
		if d, found := part[id]; found {
			return d, true
		}
	}
	return description{}, false
}

func signUpOperations() map[string]description {
	return map[string]description{
		"sign-up": {
			tag: tagSignUp, summary: "Sign up",
			text: "Answers the same whether or not the address has an account; its owner gets a mail that says so. " +
				"The account is made when the mailed link is used. Where the operator does not require verification, the account is made at once.",
			answers: append(accepted("A link is on its way.", statusBody{}),
				answer{status: http.StatusCreated, text: "The account is made (`REQUIRE_VERIFIED_EMAIL=false`).", of: []any{User{}}}),
			fails: map[int][]string{
				http.StatusForbidden: {"sign_up_closed"}, http.StatusConflict: {"email_taken"},
				http.StatusUnprocessableEntity: {"invalid_input", "weak_password"}, http.StatusServiceUnavailable: {"busy"},
			},
		},
		"look-at-verification": {
			tag: tagSignUp, summary: "Look whether a verification link would work",
			text: "Changes nothing, so that link scanners may ask. With `Accept: application/json`; a browser gets a page with a button. " +
				"Where the operator wants links that verify in one click (`VERIFY_EMAIL_ON_GET=true`), it verifies and answers the user.",
			answers: ok("Whether the token would work, or the user.", usableBody{}, User{}), query: true,
			fails: map[int][]string{http.StatusBadRequest: {"invalid_token"}},
		},
		"verify-email": {
			tag: tagSignUp, summary: "Verify an address",
			text:    "Consumes the token. Of any number of calls exactly one succeeds.",
			answers: ok("The user, whose address is verified now.", User{}),
			fails:   map[int][]string{http.StatusBadRequest: {"invalid_token"}},
		},
		"request-email-verification": {
			tag: tagSignUp, summary: "Ask for another verification link",
			text:    "Answers the same for every address. Older links of the address stop working.",
			answers: accepted("If there is something to verify, a link is on its way.", statusBody{}),
		},
	}
}

func sessionOperations() map[string]description {
	return map[string]description{
		"login": {
			tag: tagSession, summary: "Sign in with a password",
			text: "`email_not_verified` is answered to the password of a sign-up whose link was not used, whether or not the address has an account. " +
				"A browser should keep the cookie that comes along: then strangers who guess at the account do not slow its owner down.",
			answers: ok("Tokens of a new session; or, for an account with a second factor, what `/auth/login/mfa` needs.", Tokens{}, mfaRequiredBody{}),
			fails: map[int][]string{
				http.StatusUnauthorized:       {"invalid_credentials"},
				http.StatusForbidden:          {"email_not_verified", "account_disabled", "account_pending_deletion"},
				http.StatusServiceUnavailable: {"busy"},
			},
		},
		"refresh": {
			tag: tagSession, summary: "Exchange a refresh token",
			text: "Keep the newer token: the one with the higher `refresh_generation`. Within `REFRESH_GRACE` of a rotation the newest token is answered again. " +
				"`next` in a refusal says whether to sign in again or to read the token store again; `session_ended` comes with the `reason`.",
			answers: ok("Tokens of the same session.", Tokens{}), security: eitherToken(),
			fails: map[int][]string{http.StatusUnauthorized: {
				"session_ended", "session_replaced", "refresh_replayed", "refresh_superseded", "not_issued", "invalid_token", "token_required",
			}},
		},
		"logout": {
			tag: tagSession, summary: "Log out",
			text: "Takes an access token, also one that has expired, or any refresh token of the session. `everywhere` ends every session of the user and needs a live token. " +
				"Repeating it is no error. Afterwards neither the access tokens nor the refresh tokens of the session work.",
			answers: ok("A receipt.", receiptBody{}), security: eitherToken(),
			fails: map[int][]string{http.StatusUnauthorized: {"token_required", "invalid_token"}},
		},
	}
}

func passwordOperations() map[string]description {
	return map[string]description{
		"request-password-reset": {
			tag: tagPassword, summary: "Ask for a reset link",
			text:    "Answers the same for every address.",
			answers: accepted("If the address has an account, a link is on its way.", statusBody{}),
		},
		"look-at-reset": {
			tag: tagPassword, summary: "Look whether a reset link would work",
			text:    "Changes nothing. With `Accept: application/json`; a browser gets a form.",
			answers: ok("Whether the token would work.", usableBody{}), query: true,
		},
		"reset-password": {
			tag: tagPassword, summary: "Set a new password with a mailed token",
			text: "Ends every session of the user, consumes every outstanding reset token and tells the user by mail. Signs nobody in. " +
				"A password that is refused does not spend the token.",
			answers: ok("The password is changed.", statusBody{}),
			fails: map[int][]string{
				http.StatusBadRequest: {"invalid_token"}, http.StatusUnprocessableEntity: {"invalid_input", "weak_password"},
				http.StatusServiceUnavailable: {"busy"},
			},
		},
		"change-password": {
			tag: tagPassword, summary: "Change the password",
			text:    "Ends every session of the user and opens a new one for the caller. Wrong current passwords count as guesses.",
			answers: ok("Tokens of the new session.", Tokens{}),
			fails: map[int][]string{
				http.StatusUnauthorized: {"invalid_credentials"}, http.StatusUnprocessableEntity: {"invalid_input", "weak_password"},
				http.StatusTooManyRequests: {"rate_limited"}, http.StatusServiceUnavailable: {"busy"},
			},
		},
	}
}

func passkeyOperations() map[string]description {
	return map[string]description{
		"list-passkeys": {tag: tagPasskey, summary: "List the passkeys", answers: ok("They.", passkeysBody{})},
		"begin-passkey-registration": {
			tag: tagPasskey, summary: "Begin to register a passkey",
			text: "The first half of the registration ceremony. Hand `options.publicKey` to `PublicKeyCredential.parseCreationOptionsFromJSON()` " +
				"and `navigator.credentials.create()`.",
			answers: ok("What the browser needs.", ceremonyBody{}), fails: map[int][]string{http.StatusConflict: {"too_many_passkeys"}},
		},
		"register-passkey": {
			tag: tagPasskey, summary: "Register a passkey",
			text:    "The second half. User verification is required. The owner is told by mail.",
			answers: []answer{{status: http.StatusCreated, text: "The passkey.", of: []any{Passkey{}}}},
			fails: map[int][]string{
				http.StatusBadRequest: {"invalid_ceremony"}, http.StatusConflict: {"passkey_exists", "too_many_passkeys"},
				http.StatusUnprocessableEntity: {"unusable_passkey"},
			},
		},
		"rename-passkey": {
			tag: tagPasskey, summary: "Rename a passkey", answers: ok("The passkey as changed.", Passkey{}),
			fails: map[int][]string{http.StatusNotFound: {"not_found"}, http.StatusUnprocessableEntity: {"unusable_passkey"}},
		},
		"remove-passkey": {
			tag: tagPasskey, summary: "Remove a passkey",
			text: "Every other session ends, because any of them may have been opened with it; the one that asks goes on with the tokens in the answer. " +
				"The owner is told by mail.",
			answers: ok("Tokens of a new session in place of the one that asks.", Tokens{}),
			fails:   map[int][]string{http.StatusNotFound: {"not_found"}},
		},
		"begin-passkey-authentication": {
			tag: tagPasskey, summary: "Begin to sign in with a passkey",
			text: "The first half of the authentication ceremony. Nobody says who they are: hand `options.publicKey` to " +
				"`PublicKeyCredential.parseRequestOptionsFromJSON()` and `navigator.credentials.get()`, with `mediation: \"conditional\"` for autofill.",
			answers: ok("What the browser needs.", ceremonyBody{}),
		},
		"sign-in-with-passkey": {
			tag: tagPasskey, summary: "Sign in with a passkey",
			text:    "The second half. A passkey is two factors in one, so none is asked for afterwards; `amr` says `mfa`.",
			answers: ok("Tokens of a new session.", Tokens{}),
			fails: map[int][]string{
				http.StatusBadRequest: {"invalid_ceremony"}, http.StatusUnauthorized: {"invalid_passkey"},
				http.StatusForbidden: {"email_not_verified", "account_disabled", "account_pending_deletion"},
			},
		},
	}
}

func profileOperations() map[string]description {
	return map[string]description{
		"read-profile": {tag: tagProfile, summary: "Who am I", answers: ok("The user.", User{})},
		"change-profile": {
			tag: tagProfile, summary: "Change name or metadata",
			text:    "What is left out stays. `metadata` replaces the whole object.",
			answers: ok("The user as changed.", User{}),
		},
	}
}

func plainOperations() map[string]description {
	page := func(text, kind string) []answer { return []answer{{status: http.StatusOK, text: text, kind: kind}} }
	return map[string]description{
		"jwks": {
			tag: tagBackends, summary: "Public signing keys", plain: true,
			text: "A JWK set (RFC 7517). A key is published before it signs and until the last token that it signed has expired.",
			answers: []answer{{
				status: http.StatusOK, text: "The keys.", kind: "application/jwk-set+json", of: []any{keySetSchema()},
			}},
		},
		"openapi": {
			tag: tagBackends, summary: "This contract", plain: true,
			answers: []answer{{
				status: http.StatusOK, text: "OpenAPI 3.1.", kind: "application/openapi+json",
				of: []any{&huma.Schema{Type: huma.TypeObject, AdditionalProperties: true}},
			}},
		},
		"docs":      {tag: tagBackends, summary: "A page to read and try this contract", plain: true, answers: page("The page.", "text/html")},
		"docs-file": {tag: tagBackends, summary: "A file of that page", plain: true, answers: page("The file.", "text/*"), fails: map[int][]string{http.StatusNotFound: {"not_found"}}},
		"livez": {
			tag: tagBackends, summary: "Whether the process lives", plain: true,
			text: "Restart the process on this alone.", answers: ok("It does.", liveBody{}),
		},
		"readyz": {
			tag: tagBackends, summary: "Whether to send requests here", plain: true,
			answers: append(ok("All that is needed is there.", readyBody{}), answer{
				status: http.StatusServiceUnavailable, text: "Something is missing; `checks` says what.", of: []any{unreadyProblem{}}, kind: typeProblem,
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
