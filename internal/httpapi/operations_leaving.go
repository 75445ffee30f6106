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
			Once: true, Tag: tagProfile, Summary: "Ask for another address",
			Text: "Mails a link to the new address, and tells the present one. Answers the same whether or not the new address has an account; its owner is told. " +
				"A request takes the place of the one before.",
			Answers: accepted("If the address can be the account's, a link is on its way.", statusBody{}),
		},
		"look-at-email-change": {
			Tag: tagProfile, Summary: "Look whether a link to a new address would work",
			Text:    "Changes nothing. With `Accept: application/json`; a browser gets a page with a button.",
			Answers: ok("Whether the token would work.", usableBody{}), Query: true, Page: true,
		},
		"confirm-email": {
			Tag: tagProfile, Summary: "Make a new address the account's",
			Text: "Consumes the token of the mail to the new address, for an access token of the account that asked, or its `password`. Sessions stay; links that were mailed to the old address die. Both addresses are told, and the " +
				"old one gets a link that undoes the change for 7 days. Of any number of calls exactly one succeeds.",
			Answers:  ok("The user, with the new address.", User{}),
			Security: []map[string][]string{{"accessToken": {}}, {}},
			Fails: map[int][]string{
				http.StatusBadRequest: {"invalid_token", "password_required"}, http.StatusUnauthorized: {"invalid_credentials", "invalid_token"},
				http.StatusTooManyRequests: {"rate_limited"}, http.StatusServiceUnavailable: {"busy"},
			},
		},
		"look-at-email-undo": {
			Tag: tagProfile, Summary: "Look whether a link that undoes a change of address would work",
			Text:    "Changes nothing. With `Accept: application/json`; a browser gets a page with a button.",
			Answers: ok("Whether the token would work.", usableBody{}), Query: true, Page: true,
		},
		"undo-email": {
			Tag: tagProfile, Summary: "Put the old address back",
			Text: "Takes the token of the mail to the old address. Every session ends, the password works no more, passkeys and second factors that were added in the 7 " +
				"days before the change was asked for, or since, are removed, and a link to choose a new password is mailed to the old address. Of any number of calls exactly one succeeds. `email_taken` says that " +
				"another account has the old address by now, and has verified it; nothing changes then, and the token stays.",
			Answers: ok("The account has its old address, and a reset link is on its way.", statusBody{}),
			Fails:   map[int][]string{http.StatusBadRequest: {"invalid_token"}, http.StatusConflict: {"email_taken"}, http.StatusServiceUnavailable: {"busy"}},
		},
		"delete-account": {
			Tag: tagProfile, Summary: "Delete the account",
			Text: "Give `password`, or have authenticated a short while ago; an account with a second factor needs that one. Every session ends at once, and the user is told by " +
				"mail. At `erased_at` everything personal is erased. Until then signing in answers `account_pending_deletion` with a `restore_token`.",
			Answers: []frame.Answer{{Status: http.StatusAccepted, Text: "The account is going to be erased.", Of: []any{deletionBody{}}}},
			Fails: map[int][]string{
				http.StatusUnauthorized: {"invalid_credentials"}, http.StatusForbidden: {"reauthentication_required"}, http.StatusServiceUnavailable: {"busy"},
			},
		},
		"restore-account": {
			Tag: tagProfile, Summary: "Keep an account that was deleted",
			Text:    "Takes the `restore_token` of a sign-in. Signs nobody in. Of any number of calls exactly one succeeds.",
			Answers: ok("The account is kept.", statusBody{}),
			Fails:   map[int][]string{http.StatusBadRequest: {"invalid_token"}},
		},
		"export": {
			Tag: tagProfile, Summary: "Everything held about me",
			Text: "One JSON document, as an attachment: profile, changes of address, sessions, passkeys and second factors by name and date, links that were mailed by " +
				"purpose and date, and the user's own audit events. No secrets.",
			Answers: []frame.Answer{{Status: http.StatusOK, Text: "The document.", Of: []any{&huma.Schema{Type: huma.TypeObject, AdditionalProperties: true}}}},
		},
	}
}
