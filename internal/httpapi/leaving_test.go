package httpapi_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/descope/virtualwebauthn"

	"github.com/sallyport-auth/sallyport/internal/httpapi"
	"github.com/sallyport-auth/sallyport/internal/waittest"
)

// linkTo waits for a mail to an address with a link to a path, and gives its
// token.
func (w *world) linkTo(tb testing.TB, to, path string) string {
	tb.Helper()
	return waittest.For(tb, "a mail to "+to+" that leads to "+path, func() (string, bool) {
		for _, m := range w.box.List(to) {
			for _, l := range m.Links {
				if _, token, ok := strings.Cut(l, path+"?token="); ok {
					return token, true
				}
			}
		}
		return "", false
	})
}

func TestAnAddressIsChangedAndPutBack(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	const ada, other = "ada@people.example", "ada@new.example"
	tokens := w.join(t, ada)
	w.join(t, "bob@people.example")
	var answers []string
	for _, address := range []string{"bob@people.example", "free@people.example", other} {
		got := w.do(t, request{method: http.MethodPost, path: "/auth/change-email", bearer: tokens.AccessToken, body: object{"new_email": address}})
		answers = append(answers, string(got.want(t, http.StatusAccepted, "").body))
	}
	if answers[0] != answers[1] || answers[0] != answers[2] {
		t.Errorf("answers differ: %q", answers)
	}
	w.do(t, request{method: http.MethodPost, path: "/auth/change-email", bearer: tokens.AccessToken, body: object{"new_email": "nobody"}}).
		want(t, http.StatusUnprocessableEntity, "invalid_input")
	confirm := w.linkTo(t, other, "/auth/confirm-email")
	look := func(path, token string) string {
		return string(w.get(t, path+"?token="+token, "").want(t, http.StatusOK, "").body)
	}
	if got := look("/auth/confirm-email", confirm); !strings.Contains(got, "true") {
		t.Errorf("looking says %s", got)
	}
	w.post(t, "/auth/confirm-email", object{"token": confirm}).want(t, http.StatusBadRequest, "password_required")
	w.post(t, "/auth/confirm-email", object{"token": confirm, "password": "not what it is"}).want(t, http.StatusUnauthorized, "invalid_credentials")
	w.do(t, request{method: http.MethodPost, path: "/auth/confirm-email", bearer: "garbage", body: object{"token": confirm}}).want(t, http.StatusUnauthorized, "invalid_token")
	stranger := w.join(t, "stranger@people.example")
	w.do(t, request{method: http.MethodPost, path: "/auth/confirm-email", bearer: stranger.AccessToken, body: object{"token": confirm}}).
		want(t, http.StatusBadRequest, "password_required")
	if got := w.do(t, request{method: http.MethodPost, path: "/auth/confirm-email", bearer: tokens.AccessToken, body: object{"token": confirm}}).
		want(t, http.StatusOK, ""); !strings.Contains(string(got.body), `"email":"`+other+`"`) {
		t.Errorf("got %s", got.body)
	}
	w.post(t, "/auth/confirm-email", object{"token": confirm}).want(t, http.StatusBadRequest, "invalid_token")
	w.get(t, "/auth/me", tokens.AccessToken).want(t, http.StatusOK, "")
	undo := w.linkTo(t, ada, "/auth/undo-email")
	if got := look("/auth/undo-email", undo); !strings.Contains(got, "true") {
		t.Errorf("looking says %s", got)
	}
	w.post(t, "/auth/undo-email", object{"token": undo}).want(t, http.StatusOK, "")
	w.post(t, "/auth/undo-email", object{"token": undo}).want(t, http.StatusBadRequest, "invalid_token")
	if got := look("/auth/undo-email", undo); !strings.Contains(got, "false") {
		t.Errorf("looking says %s", got)
	}
	w.get(t, "/auth/me", tokens.AccessToken).want(t, http.StatusUnauthorized, "invalid_token")
	w.linkTo(t, ada, "/auth/reset-password")
}

func TestLeavingAndComingBack(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	const ada = "ada@people.example"
	tokens := w.join(t, ada)
	remove := func(bearer string, body any) reply {
		return w.do(t, request{method: http.MethodDelete, path: "/auth/me", bearer: bearer, body: body})
	}
	w.clock.Advance(14 * time.Minute)
	remove(tokens.AccessToken, object{"password": "a wild guess"}).want(t, http.StatusUnauthorized, "invalid_credentials")
	remove("", nil).want(t, http.StatusUnauthorized, "token_required")
	w.clock.Advance(2 * time.Minute)
	var fresh httpapi.Tokens
	w.post(t, "/auth/refresh", object{"refresh_token": tokens.RefreshToken}).want(t, http.StatusOK, "").read(t, &fresh)
	remove(fresh.AccessToken, nil).want(t, http.StatusForbidden, "reauthentication_required")
	remove(fresh.AccessToken, object{}).want(t, http.StatusForbidden, "reauthentication_required")
	w.get(t, "/auth/me/export", fresh.AccessToken).want(t, http.StatusForbidden, "reauthentication_required")
	w.do(t, request{method: http.MethodPost, path: "/auth/change-email", bearer: fresh.AccessToken, body: object{"new_email": "x@people.example"}}).
		want(t, http.StatusForbidden, "reauthentication_required")

	var gone struct {
		ErasedAt time.Time `json:"erased_at"`
	}
	remove(fresh.AccessToken, object{"password": goodPassword}).want(t, http.StatusAccepted, "").read(t, &gone)
	if d := gone.ErasedAt.Sub(w.clock.Now()); d < 167*time.Hour || d > 168*time.Hour {
		t.Errorf("erased at %v", gone.ErasedAt)
	}
	remove(fresh.AccessToken, object{"password": goodPassword}).want(t, http.StatusUnauthorized, "invalid_token")
	w.post(t, "/auth/login", object{"email": ada, "password": "a wild guess"}).want(t, http.StatusUnauthorized, "invalid_credentials")
	got := w.post(t, "/auth/login", object{"email": ada, "password": goodPassword}).want(t, http.StatusForbidden, "account_pending_deletion")
	var refused struct {
		Restore string `json:"restore_token"`
	}
	got.read(t, &refused)
	w.post(t, "/auth/me/restore", object{"token": refused.Restore}).want(t, http.StatusOK, "")
	w.post(t, "/auth/me/restore", object{"token": refused.Restore}).want(t, http.StatusBadRequest, "invalid_token")
	w.get(t, "/auth/me", fresh.AccessToken).want(t, http.StatusUnauthorized, "invalid_token")
	w.post(t, "/auth/login", object{"email": ada, "password": goodPassword}).want(t, http.StatusOK, "")
}

func TestAnExportIsAnAttachment(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	tokens := w.join(t, "ada@people.example")
	got := w.get(t, "/auth/me/export", tokens.AccessToken).want(t, http.StatusOK, "")
	if kind, as := got.header.Get("Content-Type"), got.header.Get("Content-Disposition"); kind != "application/json" || as != `attachment; filename="account.json"` {
		t.Errorf("it is %q, %q", kind, as)
	}
	var members map[string]json.RawMessage
	got.read(t, &members)
	if !strings.Contains(string(members["user"]), "ada@people.example") || len(members["audit_events"]) < 100 {
		t.Errorf("got %s", got.body)
	}
	w.get(t, "/auth/me/export", "").want(t, http.StatusUnauthorized, "token_required")
}

// A passkey is two factors in one, so it gives the token at once.
func TestAPasskeyKeepsAnAccountToo(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	tokens := w.join(t, "ada@people.example")
	k := newKey(virtualwebauthn.KeyTypeEC2)
	w.register(t, tokens.AccessToken, k)
	w.do(t, request{method: http.MethodDelete, path: "/auth/me", bearer: tokens.AccessToken, body: object{"password": goodPassword}}).
		want(t, http.StatusForbidden, "reauthentication_required") // a password alone is not enough any more
	w.signIn(t, k).want(t, http.StatusOK, "").read(t, &tokens)
	w.do(t, request{method: http.MethodDelete, path: "/auth/me", bearer: tokens.AccessToken}).want(t, http.StatusAccepted, "")
	var refused struct {
		Restore string `json:"restore_token"`
	}
	w.signIn(t, k).want(t, http.StatusForbidden, "account_pending_deletion").read(t, &refused)
	w.post(t, "/auth/me/restore", object{"token": refused.Restore}).want(t, http.StatusOK, "")
	w.signIn(t, k).want(t, http.StatusOK, "")
}
