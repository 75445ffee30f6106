package httpapi

import (
	"net/http"

	"github.com/sallyport-auth/sallyport/internal/httpapi/frame"
)

// deviceOperations describes what users do about where they are signed in.
func deviceOperations() map[string]frame.Description {
	none := func(text string) []frame.Answer { return []frame.Answer{{Status: http.StatusNoContent, Text: text}} }
	return map[string]frame.Description{
		"list-sessions": {
			Tag: tagSession, Summary: "List the signed-in devices",
			Text:    "Returns the sessions of the user, one page at a time. With `ended=true`, it returns those that ended in the last 30 days, with the reason.",
			Answers: ok("One page of sessions.", devicesBody{}), Query: true,
		},
		"end-session": {
			Tag: tagSession, Summary: "Sign out one device",
			Text: "Ends a session. Its refresh token and access tokens stop working at once. Ending the session of the request signs it out. Repeating the call is not an error. " +
				"The answer is the same for another user's session and for an unknown one.",
			Answers: none("The session has ended."),
			Fails:   map[int][]string{http.StatusNotFound: {"session_not_found"}},
		},
		"end-other-sessions": {
			Tag: tagSession, Summary: "Sign out all other devices",
			Text:    "Ends every session of the user except the session of the request, which keeps its tokens.",
			Answers: none("The other sessions have ended."),
		},
		"look-at-disowning": {
			Tag: tagSession, Summary: "Check a “this was not me” link",
			Text:    "Changes nothing. Send `Accept: application/json`; a browser gets a page with a button.",
			Answers: ok("Whether the token would work.", usableBody{}), Query: true, Page: true,
		},
		"disown-session": {
			Tag: tagSession, Summary: "Report a sign-in as not mine",
			Text: "Takes the token of the email about a new device. Ends that session and emails the user a link to " +
				"choose a new password. Needs no access token. Of any number of calls, exactly one succeeds.",
			Answers: ok("The session has ended, and an email with a reset link is on its way.", statusBody{}),
			Fails:   map[int][]string{http.StatusBadRequest: {"invalid_token"}, http.StatusServiceUnavailable: {"busy"}},
		},
	}
}
