package httpapi

import (
	"net/http"

	"github.com/sallyport-auth/sallyport/internal/httpapi/frame"
)

// oauthFails adds to the codes of 400 what every path of OAuth refuses.
func oauthFails(more ...string) map[int][]string {
	return map[int][]string{
		http.StatusBadRequest: append([]string{"invalid_request"}, more...), http.StatusUnauthorized: {"invalid_client"},
		http.StatusRequestEntityTooLarge: {"invalid_request"}, http.StatusTooManyRequests: {"temporarily_unavailable"},
		http.StatusInternalServerError: {"server_error"}, http.StatusServiceUnavailable: {"temporarily_unavailable"},
	}
}

func oauthOperations() map[string]frame.Description {
	return map[string]frame.Description{
		"revocations": {
			Tag: tagBackends, Summary: "Follow the revocation feed", Security: frame.ClientByHeader(), Query: true,
			Text: "For programs that verify tokens themselves and must hear of every logout. Returns what was revoked since the number `after`, at most 10,000 entries, as a signed page " +
				"(a JWS of the type `revocations+jwt`, signed with the key of access tokens). While there is nothing new, the answer waits for up to `wait` seconds. The guards for Go, Python " +
				"and TypeScript follow the feed; docs/guard.md says how. The client proves who it is by HTTP Basic, or with `private_key_jwt` by an assertion as a bearer token, a new one for each request. With `Accept: text/event-stream` " +
				"pages come as events, each with its id, until the client goes. A stream is for mirrors: its pages do not show that a verifier is current.",
			Answers: []frame.Answer{
				{Status: http.StatusOK, Text: "A page of the feed, as a compact JWS.", Kind: typeJWT},
				{Status: http.StatusOK, Kind: typeStream},
			},
			Fails: map[int][]string{
				http.StatusBadRequest: {"invalid_request"}, http.StatusUnauthorized: {"invalid_client"}, http.StatusForbidden: {"insufficient_scope"},
				http.StatusTooManyRequests: {"rate_limited"}, http.StatusNotImplemented: {"feed_needs_asymmetric_keys"},
			},
		},
		"introspect": {
			Tag: tagBackends, Summary: "Ask whether a token counts", Security: frame.ClientSecret(),
			Text: "For programs that do not verify tokens themselves (RFC 7662). A client may ask about access tokens whose audience is one of its own, and with the scope `introspect` about every token. " +
				"A refresh token is not used up by it. A token that the client may not see has the answer of one that does not exist. With `Accept: application/token-introspection+jwt` " +
				"the answer is signed (RFC 9701), unless tokens are signed with HS256.",
			Answers: []frame.Answer{
				{Status: http.StatusOK, Text: "What the token says, as a compact JWS.", Kind: typeIntrospection},
				{Status: http.StatusOK, Text: "What the token says, if it counts.", Of: []any{introspectedBody{}}},
			},
			Fails: oauthFails(),
		},
		"revoke": {
			Tag: tagBackends, Summary: "Revoke a token of a client's own", Security: frame.ClientSecret(),
			Text: "Ends an access token that the client got (RFC 7009): it is refused everywhere from now on. A token that does not count any more is no error. " +
				"A user is signed out by `/auth/logout`.",
			Answers: ok("The token does not count.", revokedBody{}),
			Fails:   oauthFails("unauthorized_client"),
		},
		"token": {
			Tag: tagBackends, Summary: "Get a token of a client's own", Security: frame.ClientSecret(),
			Text: "For programs that act for no user (RFC 6749 §4.4); docs/clients.md says how they are made. Requests are form-encoded, and errors are those of RFC 6749 §5.2. " +
				"The client proves who it is by HTTP Basic, by `client_id` and `client_secret` in the body, or by an assertion there (RFC 7523), as it was made for, and never in two ways.",
			Answers: ok("An access token.", grantedBody{}),
			Fails:   oauthFails("unsupported_grant_type", "invalid_grant", "unauthorized_client", "invalid_scope", "invalid_target"),
		},
	}
}
