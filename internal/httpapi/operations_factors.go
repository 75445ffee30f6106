package httpapi

import (
	"net/http"

	"github.com/sallyport-auth/sallyport/internal/httpapi/frame"
)

func factorOperations() map[string]frame.Description {
	return map[string]frame.Description{
		"login-mfa": {
			Once: true, Tag: tagSession, Summary: "Finish a sign-in with a second factor",
			Text: "Send `code`, or with the method `passkey` the `credential` and the `ceremony` that " +
				"`/auth/passkeys/authentication` started with this `mfa_token`. A wrong answer does not use up the `mfa_token`. After 20 wrong answers for an account, " +
				"from any place, no answer is accepted for 15 minutes; passwords still are. A refused `mfa_token` does not count as a wrong answer.",
			Answers: ok("The tokens of a new session.", Tokens{}),
			Fails: map[int][]string{
				http.StatusBadRequest: {"invalid_ceremony", "unknown_audience"}, http.StatusUnauthorized: {"invalid_token", "invalid_code", "invalid_passkey"},
				http.StatusForbidden:       {"account_pending_deletion", "token_refused"},
				http.StatusTooManyRequests: {"too_many_attempts"},
			},
		},
		"reauthenticate": {
			Tag: tagSession, Summary: "Reauthenticate",
			Text: "Send `password`. An account with a second factor needs that instead: send `method` and `code`, or with the method `passkey` the `credential` and the `ceremony` that " +
				"`/auth/reauthenticate/passkey` started. The tokens then count as recent for 15 minutes. " +
				"The session stays the same, and `refresh_token` is its newest one.",
			Answers: ok("Tokens of the same session, with a new `auth_time`.", Tokens{}),
			Fails: map[int][]string{
				http.StatusBadRequest:   {"invalid_ceremony"},
				http.StatusUnauthorized: {"invalid_credentials", "invalid_code", "invalid_passkey"}, http.StatusForbidden: {"second_factor_required", "token_refused"},
				http.StatusTooManyRequests: {"rate_limited", "too_many_attempts"}, http.StatusServiceUnavailable: {"busy"},
			},
		},
		"begin-passkey-reauthentication": {
			Tag: tagSession, Summary: "Start to reauthenticate with a passkey",
			Text:    "Starts an authentication ceremony that is valid only for this session. Send the result to `/auth/reauthenticate`. User verification is required.",
			Answers: ok("The input for the browser.", ceremonyBody{}), Fails: map[int][]string{http.StatusConflict: {"no_passkey"}},
		},
		"enrol-totp": {
			Once: true, Tag: tagFactor, Summary: "Start to set up an authenticator app",
			Text: "Returns a secret for RFC 6238 with SHA-1, six digits and 30 seconds. Show `qr_svg`, or let people type `secret`. " +
				"The app becomes a second factor once it is confirmed by a code, within an hour. Starting again replaces the secret.",
			Answers: ok("The secret for the authenticator app, shown only once.", enrolmentBody{}), Fails: map[int][]string{http.StatusConflict: {"totp_enrolled"}},
		},
		"confirm-totp": {
			Once: true, Tag: tagFactor, Summary: "Confirm an authenticator app",
			Text:    "Takes a code of the app. From now on, signing in with the password requires a second factor. Earlier recovery codes stop working. The user is notified by email.",
			Answers: ok("The recovery codes, shown only once.", recoveryCodesBody{}),
			Fails: map[int][]string{
				http.StatusUnauthorized: {"invalid_code"}, http.StatusConflict: {"totp_not_begun", "totp_enrolled"},
				http.StatusTooManyRequests: {"too_many_attempts"},
			},
		},
		"remove-totp": {
			Tag: tagFactor, Summary: "Remove the authenticator app",
			Text: "Ends every other session, because the app may have opened it. The session of the request continues with the " +
				"tokens in the answer. Removing the last second factor also removes the recovery codes. The user is notified by email.",
			Answers: ok("The tokens of a new session that replaces the session of the request.", Tokens{}),
			Fails:   map[int][]string{http.StatusForbidden: {"token_refused"}, http.StatusConflict: {"no_second_factor"}},
		},
		"make-recovery-codes": {
			Once: true, Tag: tagFactor, Summary: "Create new recovery codes",
			Text:    "The earlier codes stop working. The user is notified by email.",
			Answers: ok("The recovery codes, shown only once.", recoveryCodesBody{}), Fails: map[int][]string{http.StatusConflict: {"no_second_factor"}},
		},
	}
}
