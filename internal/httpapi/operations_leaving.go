package httpapi

import (
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/sallyport-auth/sallyport/internal/httpapi/frame"
)

// leavingOperations describes how users change their address, take their data
// along and leave.
func leavingOperations() map[string]frame.Description {
	return map[string]frame.Description{
		"change-email": {
			Once: true, Tag: tagProfile, Summary: "Request a new email address",
			Text: "Emails a link to the new address and notifies the current one. The answer is the same whether or not the new address has an account. If it has one, its owner is notified instead. " +
				"A new request replaces the previous one.",
			Answers: accepted("If the address is available, an email with a link is on its way.", statusBody{}),
		},
		"look-at-email-change": {
			Tag: tagProfile, Summary: "Check a link that confirms a new email address",
			Text:    "Changes nothing. Send `Accept: application/json`; a browser gets a page with a button.",
			Answers: ok("Whether the token would work.", usableBody{}), Query: true, Page: true,
		},
		"confirm-email": {
			Tag: tagProfile, Summary: "Confirm a new email address",
			Text: "Takes the token of the email to the new address, with an access token of the account or its `password`. Sessions continue, and links that were emailed to the old address stop working. Both addresses are notified. The " +
				"old one gets a link that can undo the change for 7 days. Of any number of calls, exactly one succeeds.",
			Answers:  ok("The user, with the new address.", User{}),
			Security: []map[string][]string{{"accessToken": {}}, {}},
			Fails: map[int][]string{
				http.StatusBadRequest: {"invalid_token", "password_required"}, http.StatusUnauthorized: {"invalid_credentials", "invalid_token"},
				http.StatusTooManyRequests: {"rate_limited"}, http.StatusServiceUnavailable: {"busy"},
			},
		},
		"look-at-email-undo": {
			Tag: tagProfile, Summary: "Check a link that undoes a change of email address",
			Text:    "Changes nothing. Send `Accept: application/json`; a browser gets a page with a button.",
			Answers: ok("Whether the token would work.", usableBody{}), Query: true, Page: true,
		},
		"undo-email": {
			Tag: tagProfile, Summary: "Undo a change of email address",
			Text: "Takes the token of the email to the old address. Every session ends, and the password stops working. Passkeys and second factors added since the request for the change, or in the 7 " +
				"days before it, are removed. A link to choose a new password is emailed to the old address. Of any number of calls, exactly one succeeds. If another account has verified the old address in the " +
				"meantime, the answer is `email_taken`; nothing changes, and the token keeps working.",
			Answers: ok("The account has its old address again, and an email with a reset link is on its way.", statusBody{}),
			Fails:   map[int][]string{http.StatusBadRequest: {"invalid_token"}, http.StatusConflict: {"email_taken"}, http.StatusServiceUnavailable: {"busy"}},
		},
		"delete-account": {
			Tag: tagProfile, Summary: "Delete the account",
			Text: "Send `password`, or reauthenticate first; an account with a second factor needs to reauthenticate with it. Every session ends at once, and the user is notified by " +
				"email. All personal data is erased at `erased_at`. Until then, signing in is refused with `account_pending_deletion` and a `restore_token`.",
			Answers: []frame.Answer{{Status: http.StatusAccepted, Text: "The account will be erased.", Of: []any{deletionBody{}}}},
			Fails: map[int][]string{
				http.StatusUnauthorized: {"invalid_credentials"}, http.StatusForbidden: {"reauthentication_required"}, http.StatusConflict: {"last_owner"},
				http.StatusServiceUnavailable: {"busy"},
			},
		},
		"restore-account": {
			Tag: tagProfile, Summary: "Keep a deleted account",
			Text:    "Takes the `restore_token` of a refused sign-in. Does not sign in. Of any number of calls, exactly one succeeds.",
			Answers: ok("The account is kept.", statusBody{}),
			Fails:   map[int][]string{http.StatusBadRequest: {"invalid_token"}},
		},
		"export": {
			Tag: tagProfile, Summary: "Export the account",
			Text: "Returns one JSON document as an attachment: profile, changes of email address, sessions, passkeys and second factors with name and date, emailed links with " +
				"purpose and date, and the user's own audit events. It contains no secrets.",
			Answers: []frame.Answer{{Status: http.StatusOK, Text: "The document.", Of: []any{&huma.Schema{Type: huma.TypeObject, AdditionalProperties: true}}}},
		},
	}
}
