package httpapi

import "net/http"

// deviceOperations describes what users do about where they are signed in.
func deviceOperations() map[string]description {
	none := func(text string) []answer { return []answer{{status: http.StatusNoContent, text: text}} }
	return map[string]description{
		"list-sessions": {
			tag: tagSession, summary: "Where am I signed in",
			text:    "The devices of the user. With `ended=true` those that were signed out in the last 30 days, with the reason.",
			answers: ok("The devices.", devicesBody{}), query: true,
		},
		"end-session": {
			tag: tagSession, summary: "Sign one device out",
			text: "Its refresh token and its access tokens stop working at once. Ending the session that asks is a logout. Repeating it is no error. " +
				"Somebody else's session and one that never was are answered alike.",
			answers: none("The session has ended."),
			fails:   map[int][]string{http.StatusNotFound: {"session_not_found"}},
		},
		"end-other-sessions": {
			tag: tagSession, summary: "Sign every other device out",
			text:    "The session that asks goes on, with its tokens.",
			answers: none("The others have ended."),
		},
		"look-at-disowning": {
			tag: tagSession, summary: "Look whether a link “this was not me” would work",
			text:    "Changes nothing. With `Accept: application/json`; a browser gets a page with a button.",
			answers: ok("Whether the token would work.", usableBody{}), query: true,
		},
		"disown-session": {
			tag: tagSession, summary: "Say that a sign-in was not mine",
			text: "Takes the token of the mail about a new device. Ends the session that it was mailed about, whoever asks, and mails the user a link to " +
				"choose a new password. Of any number of calls exactly one succeeds.",
			answers: ok("The session has ended, and a reset link is on its way.", statusBody{}),
			fails:   map[int][]string{http.StatusBadRequest: {"invalid_token"}},
		},
	}
}
