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
			Tag: tagBackends, Summary: "Follow the revocation feed", Security: frame.ClientSecret(), Query: true,
			Text: "For programs that verify tokens themselves and must hear of every logout. Returns what was revoked since the number `after`, at most 10,000 entries, as a signed page " +
				"(a JWS of the type `revocations+jwt`, signed with the key of access tokens). While there is nothing new, the answer waits for up to `wait` seconds. The guards for Go, Python " +
				"and TypeScript follow the feed; docs/guard.md says how. The client proves who it is by HTTP Basic.",
			Answers: []frame.Answer{{Status: http.StatusOK, Text: "A page of the feed, as a compact JWS.", Kind: "application/jwt"}},
			Fails: map[int][]string{
				http.StatusBadRequest: {"invalid_request"}, http.StatusUnauthorized: {"invalid_client"}, http.StatusForbidden: {"insufficient_scope"},
				http.StatusTooManyRequests: {"rate_limited"}, http.StatusNotImplemented: {"feed_needs_asymmetric_keys"},
			},
		},
		"token": {
			Tag: tagBackends, Summary: "Get a token of a client's own", Security: frame.ClientSecret(),
			Text: "For programs that act for no user (RFC 6749 §4.4); docs/clients.md says how they are made. Requests are form-encoded, and errors are those of RFC 6749 §5.2. " +
				"The client proves who it is by HTTP Basic, or by `client_id` and `client_secret` in the body, as it was made for, and never by both.",
			Answers: ok("An access token.", grantedBody{}),
			Fails:   oauthFails("unsupported_grant_type", "unauthorized_client", "invalid_scope", "invalid_target"),
		},
	}
}
