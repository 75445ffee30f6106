package httpapi_test

import (
	"cmp"
	"net/http"
	"strings"
	"testing"

	"github.com/descope/virtualwebauthn"

	"github.com/sallyport-auth/sallyport/internal/httpapi"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// expire lets a session reach its idle limit in the database, while its access
// token still passes the verifier of this instance.
func (w *world) expire(tb testing.TB, sessionID string) {
	tb.Helper()
	s := must(w.store.Direct().Sessions.View(tb.Context(), sessionID)).Session
	now := w.clock.Now()
	moved := must(w.store.Direct().Sessions.Advance(tb.Context(), store.Advance{
		SessionID: s.ID, From: s.RefreshState, To: s.RefreshState, Now: now, IdleExpiresAt: now, UserAgent: s.UserAgent, Address: s.Address,
	}))
	if !moved {
		tb.Fatal("the session did not stand")
	}
}

// Every operation that changes something for a signed-in user holds the session
// that asks, in its transaction. The verifier alone is not enough: it goes by
// what this instance knows, and by the moment at which the request came.
func TestNoCallOfAnExpiredSessionChangesAnything(t *testing.T) {
	t.Parallel()
	const newPassword = "purple elephants 48"
	type call struct {
		body   any
		id     string // of what the path names
		bearer string // if not the one of the sign-in
	}
	withBody := func(body any) func(*testing.T, *world, httpapi.Tokens) call {
		return func(*testing.T, *world, httpapi.Tokens) call { return call{body: body} }
	}
	withTOTP := func(t *testing.T, w *world, tokens httpapi.Tokens) call {
		var proved httpapi.Tokens
		code := w.enrol(t, tokens.AccessToken).code(t)
		w.reauthenticate(t, tokens.AccessToken, object{"method": "totp", "code": code}).want(t, http.StatusOK, "").read(t, &proved)
		return call{bearer: proved.AccessToken}
	}
	withPasskey := func(body any) func(*testing.T, *world, httpapi.Tokens) call {
		return func(t *testing.T, w *world, tokens httpapi.Tokens) call {
			k := newKey(virtualwebauthn.KeyTypeEC2)
			made := w.register(t, tokens.AccessToken, k)
			return call{body: body, id: made.ID, bearer: w.proved(t, tokens, k).AccessToken}
		}
	}
	tests := map[string]func(*testing.T, *world, httpapi.Tokens) call{
		"reauthenticate":  withBody(object{"password": goodPassword}),
		"change-profile":  withBody(object{"name": "Mallory"}),
		"change-email":    withBody(object{"new_email": "thief@people.example"}),
		"change-password": withBody(object{"current_password": goodPassword, "new_password": newPassword}),
		"delete-account":  withBody(object{"password": goodPassword}),
		"export":          withBody(nil),
		"end-other-sessions": func(t *testing.T, w *world, _ httpapi.Tokens) call {
			w.login(t, "ada@people.example")
			return call{}
		},
		"end-session": func(t *testing.T, w *world, _ httpapi.Tokens) call {
			return call{id: w.login(t, "ada@people.example").SessionID}
		},
		"enrol-totp": withBody(nil),
		"confirm-totp": func(t *testing.T, w *world, tokens httpapi.Tokens) call {
			return call{body: object{"code": w.enrolling(t, tokens.AccessToken).code(t)}}
		},
		"remove-totp":         withTOTP,
		"make-recovery-codes": withTOTP,
		"register-passkey": func(t *testing.T, w *world, tokens httpapi.Tokens) call {
			return call{body: newKey(virtualwebauthn.KeyTypeEC2).made(t, w.begin(t, registration, tokens.AccessToken), "phone")}
		},
		"rename-passkey": withPasskey(object{"name": "Mallory's"}),
		"remove-passkey": withPasskey(nil),
	}
	// These only read, or make a ceremony, which is sealed and not stored.
	reading := map[string]bool{
		"list-sessions": true, "read-profile": true, "list-passkeys": true,
		"begin-passkey-registration": true, "begin-passkey-reauthentication": true,
	}
	for _, route := range httpapi.Routes() {
		prepare := tests[route.ID]
		switch {
		case !route.SignedIn || reading[route.ID]:
			continue
		case strings.HasPrefix(route.Path, "/admin/"): // TestAnExpiredSessionAdministersNothing
			continue
		case prepare == nil:
			t.Errorf("%s takes an access token: add it here", route.ID)
			continue
		}
		t.Run(route.ID, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			tokens := w.join(t, "ada@people.example")
			c := prepare(t, w, tokens)
			w.expire(t, tokens.SessionID)
			before := w.events(t)
			r := request{method: route.Method, path: withID(route.Path, c.id), body: c.body, bearer: cmp.Or(c.bearer, tokens.AccessToken)}
			w.do(t, r).want(t, http.StatusUnauthorized, "invalid_token")
			if after := w.events(t); after != before {
				t.Errorf("%d audit events came of it", after-before)
			}
		})
	}
}

// withID names what a path is about.
func withID(path, id string) string { return strings.ReplaceAll(path, "{id}", id) }

// events counts what the trail holds.
func (w *world) events(tb testing.TB) int {
	tb.Helper()
	return len(must(w.store.Direct().Audit.List(tb.Context(), store.AuditFilter{}, store.Page{Limit: 1000})))
}
