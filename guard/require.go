package guard

import (
	"context"
	"log/slog"
	"net/http"
	"slices"
	"strings"
)

// Require lets a request through to the handler if it carries a token that
// [Guard.Verify] takes and that has what is asked for, all of it. The handler
// finds who it is by [UserFrom]. Everybody else gets a [Refusal].
//
// A client that acts for itself passes only where a [Scope] is asked for; the
// handler finds it by [ClientFrom].
func (g *Guard) Require(needs ...Need) func(http.Handler) http.Handler {
	needs = slices.Clone(needs)
	if !slices.ContainsFunc(needs, func(n Need) bool { return n.machine }) {
		needs = append(needs, people)
	}
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			raw, refusal := bearer(r)
			if refusal != nil {
				refusal.ServeHTTP(w, r)
				return
			}
			t, refusal := g.decide(r.Context(), raw, needs)
			if refusal != nil {
				g.conf.Log.DebugContext(r.Context(), "sallyport: refused", slog.Any("error", refusal))
				refusal.ServeHTTP(w, r)
				return
			}
			next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), passKey{}, &pass{guard: g, token: t})))
		})
	}
}

// bearer gives the token of a request (RFC 6750 §2.1). Tokens in query strings
// and bodies are not looked at.
func bearer(r *http.Request) (string, *Refusal) {
	headers := r.Header.Values("Authorization")
	switch len(headers) {
	case 0:
		return "", noToken()
	case 1:
	default:
		return "", twoHeaders()
	}
	scheme, raw, ok := strings.Cut(headers[0], " ")
	if !ok || !strings.EqualFold(scheme, "Bearer") {
		return "", noToken()
	}
	return strings.TrimLeft(raw, " "), nil
}

// pass is what the context of a request that was let through carries.
type pass struct {
	guard *Guard
	token *Token
}

type passKey struct{}

// UserFrom gives the user whose request it is, and false if it is nobody's: the
// request did not come through [Guard.Require], or a client acts for itself.
func UserFrom(ctx context.Context) (*User, bool) {
	p, ok := ctx.Value(passKey{}).(*pass)
	if !ok || p.token.User == nil {
		return nil, false
	}
	return p.token.User, true
}

// ClientFrom gives the client that acts for itself, and false if it is a user's
// request or nobody's.
func ClientFrom(ctx context.Context) (*Client, bool) {
	p, ok := ctx.Value(passKey{}).(*pass)
	if !ok || p.token.Client == nil {
		return nil, false
	}
	return p.token.Client, true
}
