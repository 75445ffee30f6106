package guard

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
)

// Refusal is why a request may not pass. It is written as problem details
// (RFC 9457) with the challenge of RFC 6750 §3 or RFC 9470 §3. What a visitor
// reads does not tell what was wrong with a token; the cause, which [Refusal.Unwrap]
// gives, is for the log, and holds no part of the token.
type Refusal struct { //nolint:errname // it is an answer before it is an error
	Status    int    // 400, 401, 403 or 503
	Code      string // permanent, for programs
	Detail    string // one sentence for people
	Challenge string // WWW-Authenticate, empty if there is none

	cause error
}

// Codes of refusals.
const (
	CodeTokenRequired     = "token_required"                    // 401: no token was sent
	CodeInvalidToken      = "invalid_token"                     // 401: malformed, forged, expired, revoked, for another
	CodeStepUp            = "insufficient_user_authentication"  // 401: sign in anew, or with a second factor (RFC 9470)
	CodeMalformedRequest  = "malformed_request"                 // 400: more than one Authorization header
	CodeForbidden         = "forbidden"                         // 403: a role is missing
	CodeInsufficientScope = "insufficient_scope"                // 403: a scope is missing
	CodeNotCurrent        = "not_current"                       // 503: what is revoked is not known
	problemTypes          = "https://sallyport.example/errors/" // the server's
	retryAfter            = 2                                   // seconds
	realm                 = `Bearer realm="sallyport"`
)

// Error gives the code and the cause.
func (r *Refusal) Error() string {
	if r.cause == nil {
		return r.Code
	}
	return r.Code + ": " + r.cause.Error()
}

// Unwrap gives the cause, nil if the code says everything.
func (r *Refusal) Unwrap() error { return r.cause }

// ServeHTTP answers with the refusal.
func (r *Refusal) ServeHTTP(w http.ResponseWriter, _ *http.Request) {
	h := w.Header()
	h.Set("Content-Type", "application/problem+json")
	h.Set("Cache-Control", "no-store")
	if r.Challenge != "" {
		h.Set("WWW-Authenticate", r.Challenge)
	}
	if r.Status == http.StatusServiceUnavailable {
		h.Set("Retry-After", strconv.Itoa(retryAfter))
	}
	w.WriteHeader(r.Status)
	text, err := json.Marshal(struct {
		Type   string `json:"type"`
		Title  string `json:"title"`
		Status int    `json:"status"`
		Code   string `json:"code"`
		Detail string `json:"detail"`
	}{problemTypes + r.Code, http.StatusText(r.Status), r.Status, r.Code, r.Detail})
	if err == nil {
		_, _ = w.Write(text) // who has hung up does not read it
	}
}

func noToken() *Refusal {
	return &Refusal{
		Status: http.StatusUnauthorized, Code: CodeTokenRequired, Challenge: realm,
		Detail: "Send an access token: Authorization: Bearer ...",
	}
}

func twoHeaders() *Refusal {
	return &Refusal{
		Status: http.StatusBadRequest, Code: CodeMalformedRequest, Challenge: realm + `, error="invalid_request"`,
		Detail: "The request has more than one Authorization header.",
	}
}

func invalid(cause error) *Refusal {
	return &Refusal{
		Status: http.StatusUnauthorized, Code: CodeInvalidToken, Challenge: realm + `, error="invalid_token"`,
		Detail: "The access token is missing, malformed, expired or revoked.", cause: cause,
	}
}

func notCurrent(cause error) *Refusal {
	return &Refusal{
		Status: http.StatusServiceUnavailable, Code: CodeNotCurrent,
		Detail: "Whether the access token was revoked cannot be told right now. Try again.", cause: cause,
	}
}

func forbidden(detail string) *Refusal {
	return &Refusal{Status: http.StatusForbidden, Code: CodeForbidden, Detail: detail}
}

func scopeMissing(scope string) *Refusal {
	return &Refusal{
		Status: http.StatusForbidden, Code: CodeInsufficientScope, Detail: "The access token lacks a scope.",
		Challenge: realm + `, error="insufficient_scope", scope="` + quotable(scope) + `"`,
	}
}

// stepUp asks for another proof of who the user is (RFC 9470 §3).
func stepUp(ask, detail string) *Refusal {
	return &Refusal{
		Status: http.StatusUnauthorized, Code: CodeStepUp, Detail: detail,
		Challenge: fmt.Sprintf(`%s, error="insufficient_user_authentication", error_description="%s", %s`, realm, detail, ask),
	}
}

// quotable leaves out what would end a quoted string (RFC 9110 §5.6.4).
func quotable(s string) string {
	return strings.Map(func(c rune) rune {
		if c < ' ' || c == '"' || c == '\\' || c > '~' {
			return -1
		}
		return c
	}, s)
}
