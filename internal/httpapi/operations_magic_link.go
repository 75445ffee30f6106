package httpapi

import (
	"net/http"

	"github.com/sallyport-auth/sallyport/internal/httpapi/frame"
)

func magicLinkOperations() map[string]frame.Description {
	off := []string{"magic_link_off"}
	return map[string]frame.Description{
		"request-magic-link": {
			Once: true, Tag: tagSession, Summary: "Request a sign-in link or code",
			Text: "Emails a link, a six-digit code, or both, as the operator has set in `SALLYPORT_MAGIC_LINK`; it is off by default. The answer is the same for every email address. " +
				"The email of an earlier request stops working. The code works only with the `request_token` of this answer.",
			Answers: accepted("If the address has an account, an email is on its way.", magicLinkAskedBody{}),
			Fails:   map[int][]string{http.StatusForbidden: off},
		},
		"look-at-magic-link": {
			Tag: tagSession, Summary: "Check a sign-in link",
			Text:    "Changes nothing, so that link scanners do no harm. Send `Accept: application/json`; a browser gets a page with a button.",
			Answers: ok("Whether the token would work.", usableBody{}), Query: true, Page: true,
			Fails: map[int][]string{http.StatusForbidden: off},
		},
		"sign-in-with-magic-link": {
			Once: true, Tag: tagSession, Summary: "Sign in with an emailed link or code",
			Text: "Send the `token` of the link, or `request_token` and `code`. Of any number of calls with one email, exactly one signs in. The link works on any " +
				"device. A request accepts five attempts at the code, and an email address 20 wrong codes in 24 hours (`too_many_attempts`); links keep working. The claim `amr` contains `email`.",
			Answers: ok("The tokens of a new session. For an account with a second factor: the input for `/auth/login/mfa`.", Tokens{}, mfaRequiredBody{}),
			Fails: map[int][]string{
				http.StatusBadRequest: {"invalid_token", "unknown_audience"}, http.StatusUnauthorized: {"invalid_code"},
				http.StatusForbidden:       {"magic_link_off", "account_disabled", "account_pending_deletion", "token_refused"},
				http.StatusTooManyRequests: {"too_many_attempts"},
			},
		},
	}
}
