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
			Tag: tagSession, Summary: "Where am I signed in",
			Text:    "The devices of the user, a page at a time. With `ended=true` those that were signed out in the last 30 days, with the reason.",
			Answers: ok("The devices.", devicesBody{}), Query: true,
		},
		"end-session": {
			Tag: tagSession, Summary: "Sign one device out",
			Text: "Its refresh token and its access tokens stop working at once. Ending the session that asks is a logout. Repeating it is no error. " +
				"Somebody else's session and one that never was are answered alike.",
			Answers: none("The session has ended."),
			Fails:   map[int][]string{http.StatusNotFound: {"session_not_found"}},
		},
		"end-other-sessions": {
			Tag: tagSession, Summary: "Sign every other device out",
			Text:    "The session that asks goes on, with its tokens.",
			Answers: none("The others have ended."),
		},
		"look-at-disowning": {
			Tag: tagSession, Summary: "Look whether a link “this was not me” would work",
			Text:    "Changes nothing. With `Accept: application/json`; a browser gets a page with a button.",
			Answers: ok("Whether the token would work.", usableBody{}), Query: true, Page: true,
		},
		"disown-session": {
			Tag: tagSession, Summary: "Say that a sign-in was not mine",
			Text: "Takes the token of the mail about a new device. Ends the session that it was mailed about, whoever asks, and mails the user a link to " +
				"choose a new password. Of any number of calls exactly one succeeds.",
			Answers: ok("The session has ended, and a reset link is on its way.", statusBody{}),
			Fails:   map[int][]string{http.StatusBadRequest: {"invalid_token"}, http.StatusServiceUnavailable: {"busy"}},
		},
	}
}
