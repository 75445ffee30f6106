package httpapi

import (
	"net/http"

	"github.com/sallyport-auth/sallyport/internal/httpapi/frame"
)

func magicLinkOperations() map[string]frame.Description {
	off := []string{"magic_link_off"}
	return map[string]frame.Description{
		"request-magic-link": {
			Once: true, Tag: tagSession, Summary: "Ask for a link or a code to sign in with",
			Text: "Off unless the operator sets `SALLYPORT_MAGIC_LINK`. Answers the same for every address. A mail that was asked for before stops working. " +
				"The mail brings a link, a six-digit code, or both; the code works only with the `request_token` of this answer.",
			Answers: accepted("If the address has an account, a mail is on its way.", magicLinkAskedBody{}),
			Fails:   map[int][]string{http.StatusForbidden: off},
		},
		"look-at-magic-link": {
			Tag: tagSession, Summary: "Look whether a mailed link would sign in",
			Text:    "Changes nothing, so that link scanners may ask. With `Accept: application/json`; a browser gets a page with a button.",
			Answers: ok("Whether the token would work.", usableBody{}), Query: true, Page: true,
			Fails: map[int][]string{http.StatusForbidden: off},
		},
		"sign-in-with-magic-link": {
			Once: true, Tag: tagSession, Summary: "Sign in with a mailed link or code",
			Text: "Give the `token` of the link; or `request_token` and `code`. Of any number of calls with one mail exactly one signs in. The link works wherever it is " +
				"opened. A request takes five codes, and an address 20 wrong ones in 24 hours (`too_many_attempts`); links go on. `amr` says `email`.",
			Answers: ok("Tokens of a new session; or, for an account with a second factor, what `/auth/login/mfa` needs.", Tokens{}, mfaRequiredBody{}),
			Fails: map[int][]string{
				http.StatusBadRequest: {"invalid_token"}, http.StatusUnauthorized: {"invalid_code"},
				http.StatusForbidden:       {"magic_link_off", "account_disabled", "account_pending_deletion"},
				http.StatusTooManyRequests: {"too_many_attempts"},
			},
		},
	}
}
