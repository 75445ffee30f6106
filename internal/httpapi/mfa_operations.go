package httpapi

import "net/http"

func factorOperations() map[string]description {
	return map[string]description{
		"login-mfa": {
			tag: tagSession, summary: "Finish a sign-in with a second factor",
			text: "The `mfa_token` is checked first, and a refusal of it counts for nothing. A wrong code does not spend it. After 20 wrong codes of an account, " +
				"wherever they were given, none is taken for 15 minutes; passwords go on.",
			answers: ok("Tokens of a new session.", Tokens{}),
			fails: map[int][]string{
				http.StatusUnauthorized: {"invalid_token", "invalid_code"}, http.StatusTooManyRequests: {"too_many_attempts"},
			},
		},
		"reauthenticate": {
			tag: tagSession, summary: "Prove once more that it is you",
			text: "Give `password`, or `method` and `code` of a second factor; an account that has one needs it. For 15 minutes from then the tokens count as recent. " +
				"The session stays the same, and `refresh_token` is its newest one: whoever holds that already goes on with it.",
			answers: ok("Tokens of the same session, with a fresh `auth_time`.", Tokens{}),
			fails: map[int][]string{
				http.StatusUnauthorized: {"invalid_credentials", "invalid_code"}, http.StatusForbidden: {"second_factor_required"},
				http.StatusTooManyRequests: {"rate_limited", "too_many_attempts"}, http.StatusServiceUnavailable: {"busy"},
			},
		},
		"enrol-totp": {
			tag: tagFactor, summary: "Begin to enrol a code generator",
			text: "RFC 6238 with SHA-1, six digits and 30 seconds. It is no factor until a code of it was confirmed; within an hour, and beginning again takes its place. " +
				"Draw `qr_svg`, or let people type `secret`.",
			answers: ok("What the code generator needs to know, shown once.", enrolmentBody{}), fails: map[int][]string{http.StatusConflict: {"totp_enrolled"}},
		},
		"confirm-totp": {
			tag: tagFactor, summary: "Confirm a code generator by a code of it",
			text:    "From now on the account's password asks for a code. The owner is told by mail.",
			answers: ok("The recovery codes, shown once.", recoveryCodesBody{}),
			fails: map[int][]string{
				http.StatusUnauthorized: {"invalid_code"}, http.StatusConflict: {"totp_not_begun", "totp_enrolled"},
				http.StatusTooManyRequests: {"too_many_attempts"},
			},
		},
		"remove-totp": {
			tag: tagFactor, summary: "Remove the code generator",
			text: "The recovery codes go with it. Every other session ends, because any of them may have been opened with it; the one that asks goes on with the " +
				"tokens in the answer. The owner is told by mail.",
			answers: ok("Tokens of a new session in place of the one that asks.", Tokens{}), fails: map[int][]string{http.StatusConflict: {"no_second_factor"}},
		},
		"make-recovery-codes": {
			tag: tagFactor, summary: "Make new recovery codes",
			text:    "The old ones work no more. The owner is told by mail.",
			answers: ok("The recovery codes, shown once.", recoveryCodesBody{}), fails: map[int][]string{http.StatusConflict: {"no_second_factor"}},
		},
	}
}
