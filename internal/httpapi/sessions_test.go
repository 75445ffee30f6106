package httpapi_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sallyport-auth/sallyport/internal/httpapi"
)

const (
	firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
	phone   = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.6 Mobile/15E148 Safari/604.1"
)

// loginOn signs in on a device.
func (w *world) loginOn(t *testing.T, email, name, agent string) httpapi.Tokens {
	t.Helper()
	var tokens httpapi.Tokens
	w.do(t, request{
		method: http.MethodPost, path: "/auth/login", header: []string{"User-Agent", agent},
		body: object{"email": email, "password": goodPassword, "device_name": name},
	}).want(t, http.StatusOK, "").read(t, &tokens)
	return tokens
}

func (w *world) list(t *testing.T, path, bearer string) []httpapi.Device {
	t.Helper()
	var got struct{ Items []httpapi.Device }
	w.get(t, path, bearer).want(t, http.StatusOK, "").read(t, &got)
	if got.Items == nil {
		t.Error("items is not a list")
	}
	return got.Items
}

func (w *world) remove(t *testing.T, path, bearer string) reply {
	t.Helper()
	return w.do(t, request{method: http.MethodDelete, path: path, bearer: bearer})
}

func TestDevicesOverHTTP(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	const email = "ada@people.example"
	first := w.join(t, email)
	w.clock.Advance(time.Minute)
	named := w.loginOn(t, email, "<b>Ada's</b> phone", phone)
	list := w.list(t, "/auth/sessions", first.AccessToken)
	if len(list) != 2 || list[0].ID != named.SessionID || list[1].ID != first.SessionID || list[0].Current || !list[1].Current {
		t.Fatalf("got %+v", list)
	}
	want := httpapi.Device{
		ID: named.SessionID, DeviceName: "<b>Ada's</b> phone", Browser: "Safari", System: "iOS", IP: "127.0.0.1",
		CreatedAt: list[0].CreatedAt, LastSeenAt: list[0].CreatedAt, ExpiresAt: list[0].CreatedAt.Add(30 * 24 * time.Hour),
	}
	if diff := cmp.Diff(want, list[0]); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if ended := w.list(t, "/auth/sessions?ended=true", first.AccessToken); len(ended) != 0 {
		t.Errorf("ended: %+v", ended)
	}

	w.remove(t, "/auth/sessions/"+named.SessionID, first.AccessToken).want(t, http.StatusNoContent, "")
	w.get(t, "/auth/me", named.AccessToken).want(t, http.StatusUnauthorized, "invalid_token")
	p := w.post(t, "/auth/refresh", object{"refresh_token": named.RefreshToken}).want(t, http.StatusUnauthorized, "session_ended").problem(t)
	if p.Reason != "ended" || p.Next != "login" {
		t.Errorf("the refusal says %q and %q", p.Reason, p.Next)
	}
	ended := w.list(t, "/auth/sessions?ended=true", first.AccessToken)
	if len(ended) != 1 || ended[0].ID != named.SessionID || ended[0].Reason != "ended" || ended[0].EndedAt == nil {
		t.Errorf("ended: %+v", ended)
	}

	third, fourth := w.loginOn(t, email, "", firefox), w.loginOn(t, email, "", phone)
	w.remove(t, "/auth/sessions", first.AccessToken).want(t, http.StatusNoContent, "")
	for _, tokens := range []httpapi.Tokens{third, fourth} {
		w.get(t, "/auth/me", tokens.AccessToken).want(t, http.StatusUnauthorized, "invalid_token")
	}
	w.get(t, "/auth/me", first.AccessToken).want(t, http.StatusOK, "")
	w.post(t, "/auth/refresh", object{"refresh_token": first.RefreshToken}).want(t, http.StatusOK, "").read(t, &first)
	if list := w.list(t, "/auth/sessions", first.AccessToken); len(list) != 1 {
		t.Errorf("left: %+v", list)
	}
	w.remove(t, "/auth/sessions/"+first.SessionID, first.AccessToken).want(t, http.StatusNoContent, "")
	p = w.post(t, "/auth/refresh", object{"refresh_token": first.RefreshToken}).want(t, http.StatusUnauthorized, "session_ended").problem(t)
	if p.Reason != "logout" {
		t.Errorf("ending the own session says %q", p.Reason)
	}
	for _, sid := range []string{first.SessionID, named.SessionID} {
		if strings.Contains(w.log.String(), sid) {
			t.Error("the log shows a session id")
		}
	}
}

func TestOtherPeoplesSessionsAreNobodys(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ada, bob := w.join(t, "ada@people.example"), w.join(t, "bob@people.example")
	nobody := w.remove(t, "/auth/sessions/0b0f6f7e-5a0c-4d3a-9a53-4f0e2f3b7c11", ada.AccessToken).want(t, http.StatusNotFound, "session_not_found").problem(t)
	for _, path := range []string{bob.SessionID, "x", strings.Repeat("9", 3000), "%00"} {
		got := w.remove(t, "/auth/sessions/"+path, ada.AccessToken).want(t, http.StatusNotFound, "session_not_found").problem(t)
		got.RequestID = nobody.RequestID
		if diff := cmp.Diff(nobody, got); diff != "" {
			t.Errorf("%s is told apart\n%s", path, diff)
		}
	}
	w.get(t, "/auth/me", bob.AccessToken).want(t, http.StatusOK, "")
	for _, r := range []request{
		{method: http.MethodGet, path: "/auth/sessions"},
		{method: http.MethodDelete, path: "/auth/sessions"},
		{method: http.MethodDelete, path: "/auth/sessions/" + bob.SessionID},
	} {
		w.do(t, r).want(t, http.StatusUnauthorized, "token_required")
		r.bearer = bob.RefreshToken
		w.do(t, r).want(t, http.StatusUnauthorized, "invalid_token")
	}
	w.get(t, "/auth/sessions?ended=perhaps", ada.AccessToken).want(t, http.StatusUnprocessableEntity, "invalid_input")
}

// The link is bound to the session that it was mailed about, whoever is signed
// in where it is used.
func TestSayingThisWasNotMe(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	const email = "ada@people.example"
	ada, bob := w.join(t, email), w.join(t, "bob@people.example")
	mails := len(w.box.List(email))
	thief := w.loginOn(t, email, "", phone)
	link := w.linkToken(t, email, mails+1)
	for range 3 {
		got := w.get(t, "/auth/sessions/not-me?token="+link, bob.AccessToken).want(t, http.StatusOK, "")
		if strings.TrimSpace(string(got.body)) != `{"usable":true}` {
			t.Errorf("looking answers %s", got.body)
		}
	}
	w.get(t, "/auth/me", thief.AccessToken).want(t, http.StatusOK, "")
	got := w.do(t, request{method: http.MethodPost, path: "/auth/sessions/not-me", bearer: bob.AccessToken, body: object{"token": link}}).
		want(t, http.StatusOK, "")
	if strings.TrimSpace(string(got.body)) != `{"status":"session_ended"}` {
		t.Errorf("disowning answers %s", got.body)
	}
	w.get(t, "/auth/me", thief.AccessToken).want(t, http.StatusUnauthorized, "invalid_token")
	for _, tokens := range []httpapi.Tokens{ada, bob} {
		w.get(t, "/auth/me", tokens.AccessToken).want(t, http.StatusOK, "")
	}
	p := w.post(t, "/auth/refresh", object{"refresh_token": thief.RefreshToken}).want(t, http.StatusUnauthorized, "session_ended").problem(t)
	if p.Reason != "disowned" {
		t.Errorf("the thief is told %q", p.Reason)
	}
	w.post(t, "/auth/sessions/not-me", object{"token": link}).want(t, http.StatusBadRequest, "invalid_token")
	if got := w.get(t, "/auth/sessions/not-me?token="+link, "").want(t, http.StatusOK, ""); !strings.Contains(string(got.body), "false") {
		t.Errorf("a used link answers %s", got.body)
	}
	reset := w.linkToken(t, email, mails+2)
	w.post(t, "/auth/reset-password", object{"token": reset, "new_password": "a fresh start 81"}).want(t, http.StatusOK, "")
	w.get(t, "/auth/me", ada.AccessToken).want(t, http.StatusUnauthorized, "invalid_token")
}
