package httpapi

import (
	"net/http"

	"github.com/sallyport-auth/sallyport/internal/httpapi/frame"
)

func factorOperations() map[string]frame.Description {
	return map[string]frame.Description{
		"login-mfa": {
			Once: true, Tag: tagSession, Summary: "Finish a sign-in with a second factor",
			Text: "The `mfa_token` is checked first, and a refusal of it counts for nothing. Give `code`, or with the method `passkey` the `ceremony` that " +
				"`/auth/passkeys/authentication` began with this `mfa_token`, and `credential`. A wrong answer does not spend it. After 20 wrong answers of an account, " +
				"wherever they were given, none is taken for 15 minutes; passwords go on.",
			Answers: ok("Tokens of a new session.", Tokens{}),
			Fails: map[int][]string{
				http.StatusBadRequest: {"invalid_ceremony"}, http.StatusUnauthorized: {"invalid_token", "invalid_code", "invalid_passkey"},
				http.StatusForbidden:       {"account_pending_deletion"},
				http.StatusTooManyRequests: {"too_many_attempts"},
			},
		},
		"reauthenticate": {
			Tag: tagSession, Summary: "Prove once more that it is you",
			Text: "Give `password`, or `method` with `code` of a second factor; an account that has one needs it. With the method `passkey` give the `ceremony` that " +
				"`/auth/reauthenticate/passkey` began, and `credential`. For 15 minutes from then the tokens count as recent. " +
				"The session stays the same, and `refresh_token` is its newest one: whoever holds that already goes on with it.",
			Answers: ok("Tokens of the same session, with a fresh `auth_time`.", Tokens{}),
			Fails: map[int][]string{
				http.StatusBadRequest:   {"invalid_ceremony"},
				http.StatusUnauthorized: {"invalid_credentials", "invalid_code", "invalid_passkey"}, http.StatusForbidden: {"second_factor_required"},
				http.StatusTooManyRequests: {"rate_limited", "too_many_attempts"}, http.StatusServiceUnavailable: {"busy"},
			},
		},
		"begin-passkey-reauthentication": {
			Tag: tagSession, Summary: "Begin to prove by a passkey that it is you",
			Text:    "The first half of an authentication ceremony for this session alone; `/auth/reauthenticate` takes the answer. User verification is required.",
			Answers: ok("What the browser needs.", ceremonyBody{}), Fails: map[int][]string{http.StatusConflict: {"no_passkey"}},
		},
		"enrol-totp": {
			Once: true, Tag: tagFactor, Summary: "Begin to enrol a code generator",
			Text: "RFC 6238 with SHA-1, six digits and 30 seconds. It is no factor until a code of it was confirmed; within an hour, and beginning again takes its place. " +
				"Draw `qr_svg`, or let people type `secret`.",
			Answers: ok("What the code generator needs to know, shown once.", enrolmentBody{}), Fails: map[int][]string{http.StatusConflict: {"totp_enrolled"}},
		},
		"confirm-totp": {
			Once: true, Tag: tagFactor, Summary: "Confirm a code generator by a code of it",
			Text:    "From now on the account's password asks for a second factor. Recovery codes of before work no more. The owner is told by mail.",
			Answers: ok("The recovery codes, shown once.", recoveryCodesBody{}),
			Fails: map[int][]string{
				http.StatusUnauthorized: {"invalid_code"}, http.StatusConflict: {"totp_not_begun", "totp_enrolled"},
				http.StatusTooManyRequests: {"too_many_attempts"},
			},
		},
		"remove-totp": {
			Tag: tagFactor, Summary: "Remove the code generator",
			Text: "The recovery codes go with the last second factor. Every other session ends, because any of them may have been opened with it; the one that asks goes on with the " +
				"tokens in the answer. The owner is told by mail.",
			Answers: ok("Tokens of a new session in place of the one that asks.", Tokens{}), Fails: map[int][]string{http.StatusConflict: {"no_second_factor"}},
		},
		"make-recovery-codes": {
			Once: true, Tag: tagFactor, Summary: "Make new recovery codes",
			Text:    "The old ones work no more. The owner is told by mail.",
			Answers: ok("The recovery codes, shown once.", recoveryCodesBody{}), Fails: map[int][]string{http.StatusConflict: {"no_second_factor"}},
		},
	}
}
