package httpapi_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sallyport-auth/sallyport/internal/waittest"
)

func TestTheJourneyFromSignUpToLogout(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	const email = "Ada@people.example"
	signUp := w.post(t, "/auth/sign_up", object{"email": email, "password": goodPassword, "name": "Ada"}).want(t, http.StatusAccepted, "")
	var said map[string]string
	signUp.read(t, &said)
	if said["status"] != "verification_sent" || !strings.HasPrefix(said["sign_up_token"], "sps_") || len(said) != 2 {
		t.Errorf("sign-up answers %s", signUp.body)
	}
	w.post(t, "/auth/login", object{"email": email, "password": goodPassword}).want(t, http.StatusForbidden, "email_not_verified")
	link := w.linkToken(t, email, 1)
	for range 2 {
		if got := w.get(t, "/auth/verify-email?token="+link, "").want(t, http.StatusOK, ""); !strings.Contains(string(got.body), `"usable":true`) {
			t.Errorf("looking at the link answers %s", got.body)
		}
	}
	w.post(t, "/auth/verify-email", object{"token": link}).want(t, http.StatusOK, "")
	w.post(t, "/auth/verify-email", object{"token": link}).want(t, http.StatusBadRequest, "invalid_token")

	tokens := w.login(t, email)
	var shown map[string]any
	w.get(t, "/auth/me", tokens.AccessToken).want(t, http.StatusOK, "").read(t, &shown)
	for _, name := range []string{"created_at", "updated_at"} {
		text, _ := shown[name].(string)
		if at, err := time.Parse(time.RFC3339, text); err != nil || at.Location() != time.UTC {
			t.Errorf("%s is %q", name, text)
		}
		delete(shown, name)
	}
	want := map[string]any{
		"id": tokens.User.ID, "email": email, "email_verified": true, "claimed": true, "name": "Ada", "language": "", "roles": []any{}, "metadata": map[string]any{},
		"mfa":              map[string]any{"totp": false, "passkeys": 0.0, "recovery_codes_left": 0.0},
		"refused_sign_ins": map[string]any{"passwords": 0.0, "codes": 0.0},
	}
	for name, value := range want { // that there are no others is a promise of e2e
		if diff := cmp.Diff(value, shown[name]); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}

	var refreshed map[string]any
	w.post(t, "/auth/refresh", object{"refresh_token": tokens.RefreshToken}).want(t, http.StatusOK, "").read(t, &refreshed)
	if refreshed["token_type"] != "Bearer" || refreshed["expires_in"] != 900.0 || refreshed["session_id"] != tokens.SessionID ||
		refreshed["refresh_generation"] != float64(tokens.RefreshGeneration+1) {
		t.Errorf("the new tokens are %v", refreshed)
	}

	var receipt map[string]any
	w.do(t, request{method: http.MethodPost, path: "/auth/logout", bearer: tokens.AccessToken}).want(t, http.StatusOK, "").read(t, &receipt)
	mark, _ := receipt["mark"].(string)
	if number, _ := receipt["revocation"].(float64); number < 1 || len(mark) != 11 || len(receipt) != 3 {
		t.Errorf("the receipt is %v", receipt)
	}
	w.get(t, "/auth/me", tokens.AccessToken).want(t, http.StatusUnauthorized, "invalid_token")
	ended := w.post(t, "/auth/refresh", object{"refresh_token": refreshed["refresh_token"]}).want(t, http.StatusUnauthorized, "session_ended")
	if p := ended.problem(t); p.Next != "login" || p.Type != "https://sallyport.example/errors/session_ended" || p.Title != "Unauthorized" ||
		p.Status != http.StatusUnauthorized || p.RequestID != ended.header.Get("X-Request-Id") || p.Detail == "" {
		t.Errorf("the problem is %+v", p)
	}
}

func TestForgottenAndChangedPasswords(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	const email = "ada@people.example"
	tokens := w.join(t, email)
	for _, path := range []string{"/auth/request-password-reset", "/auth/request-email-verification"} {
		known := w.post(t, path, object{"email": email}).want(t, http.StatusAccepted, "")
		unknown := w.post(t, path, object{"email": "nobody@people.example"}).want(t, http.StatusAccepted, "")
		if string(known.body) != string(unknown.body) {
			t.Errorf("%s: %s and %s", path, known.body, unknown.body)
		}
	}
	change := func(current, fresh string) reply {
		return w.do(t, request{
			method: http.MethodPost, path: "/auth/change-password", bearer: tokens.AccessToken,
			body: object{"current_password": current, "new_password": fresh},
		})
	}
	wrong := change("not the password", "a fresh start 81").want(t, http.StatusUnauthorized, "invalid_credentials")
	if got := wrong.header.Get("Www-Authenticate"); got != `Bearer realm="sallyport"` {
		t.Errorf("a wrong password asks for %s, as if the token were bad", got)
	}
	change(goodPassword, "short").want(t, http.StatusUnprocessableEntity, "weak_password")
	change(goodPassword, "a fresh start 81").want(t, http.StatusOK, "").read(t, &tokens)
	w.get(t, "/auth/me", tokens.AccessToken).want(t, http.StatusOK, "")

	link := w.linkToken(t, email, 2)
	if strings.HasPrefix(link, "spw_") {
		w.get(t, "/auth/reset-password?token="+link, "").want(t, http.StatusOK, "")
	}
	w.get(t, "/auth/reset-password?token=garbage", "").want(t, http.StatusOK, "")
	w.post(t, "/auth/reset-password", object{"token": "garbage", "new_password": goodPassword}).want(t, http.StatusBadRequest, "invalid_token")
	w.post(t, "/auth/request-password-reset", object{"email": email}).want(t, http.StatusAccepted, "")
	w.resetWith(t, email)
	w.get(t, "/auth/me", tokens.AccessToken).want(t, http.StatusUnauthorized, "invalid_token")
	w.login(t, email)
}

// resetWith finds a reset link that works among the mails, and uses it.
func (w *world) resetWith(t *testing.T, email string) {
	t.Helper()
	token := waittest.For(t, "a reset link that works", func() (string, bool) {
		for _, m := range w.box.List(email) {
			for _, link := range m.Links {
				_, value, _ := strings.Cut(link, "/auth/reset-password?token=")
				if value != "" && strings.Contains(string(w.get(t, "/auth/reset-password?token="+value, "").body), "true") {
					return value, true
				}
			}
		}
		return "", false
	})
	w.post(t, "/auth/reset-password", object{"token": token, "new_password": goodPassword}).want(t, http.StatusOK, "")
}

func TestTheProfileIsChangedMemberByMember(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	tokens := w.join(t, "ada@people.example")
	change := func(body string) reply {
		return w.do(t, request{method: http.MethodPatch, path: "/auth/me", bearer: tokens.AccessToken, body: body})
	}
	type profile struct {
		Name     string          `json:"name"`
		Metadata json.RawMessage `json:"metadata"`
	}
	for _, step := range []struct{ body, name, metadata string }{
		{`{"name":"Countess"}`, "Countess", `{}`},
		{`{"metadata":{"theme":"dark","n":[1,2]}}`, "Countess", `{"n":[1,2],"theme":"dark"}`},
		{`{}`, "Countess", `{"n":[1,2],"theme":"dark"}`},
		{`{"name":"","metadata":{}}`, "", `{}`},
	} {
		var got profile
		change(step.body).want(t, http.StatusOK, "").read(t, &got)
		if got.Name != step.name || string(got.Metadata) != step.metadata {
			t.Errorf("%s: %q and %s", step.body, got.Name, got.Metadata)
		}
	}
	for name, body := range map[string]string{
		"a list": `{"metadata":[]}`, "a string": `{"metadata":"x"}`, "null": `{"metadata":null}`,
		"too large": `{"metadata":{"x":"` + strings.Repeat("y", 4096) + `"}}`,
	} {
		p := change(body).want(t, http.StatusUnprocessableEntity, "invalid_input").problem(t)
		if len(p.Errors) != 1 || p.Errors[0].Field != "metadata" {
			t.Errorf("metadata %s: %+v", name, p.Errors)
		}
	}
	change("").want(t, http.StatusBadRequest, "malformed_request")
}

func TestTheLanguageOfASignUpIsKeptAndCanBeChanged(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	const email = "ada@people.example"
	w.do(t, request{
		method: http.MethodPost, path: "/auth/sign_up", body: object{"email": email, "password": goodPassword},
		header: []string{"Accept-Language", "tlh, de-CH;q=0.9, en;q=0.5"},
	}).want(t, http.StatusAccepted, "")
	w.post(t, "/auth/verify-email", object{"token": w.linkToken(t, email, 1)}).want(t, http.StatusOK, "")
	tokens := w.login(t, email)
	language := func(r reply) string {
		var got struct {
			Language string `json:"language"`
		}
		r.want(t, http.StatusOK, "").read(t, &got)
		return got.Language
	}
	if got := language(w.get(t, "/auth/me", tokens.AccessToken)); got != "de" {
		t.Errorf("after a sign-up in German the language is %q", got)
	}
	change := func(to string) reply {
		return w.do(t, request{method: http.MethodPatch, path: "/auth/me", bearer: tokens.AccessToken, body: object{"language": to}})
	}
	for _, step := range []struct{ to, want string }{{"en", "en"}, {"", ""}, {"de-AT", "de"}, {"DE", "de"}} {
		if got := language(change(step.to)); got != step.want {
			t.Errorf("%q becomes %q, want %q", step.to, got, step.want)
		}
	}
	for _, to := range []string{"tlh", "de_DE", "deutsch", " ", "de, en", "../en", strings.Repeat("de-", 20) + "de", "\x00"} {
		p := change(to).want(t, http.StatusUnprocessableEntity, "invalid_input").problem(t)
		if len(p.Errors) != 1 || p.Errors[0].Field != "language" {
			t.Errorf("%q: %+v", to, p.Errors)
		}
	}
	if got := language(w.get(t, "/auth/me", tokens.AccessToken)); got != "de" {
		t.Errorf("after refused changes the language is %q", got)
	}
}

func TestSignUpWithoutVerification(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(s *settings) { s.noVerification = true })
	var user struct {
		Email         string `json:"email"`
		EmailVerified bool   `json:"email_verified"`
	}
	w.post(t, "/auth/sign_up", object{"email": "ada@people.example", "password": goodPassword}).want(t, http.StatusCreated, "").read(t, &user)
	if user.Email != "ada@people.example" || user.EmailVerified {
		t.Errorf("the user is %+v", user)
	}
	w.post(t, "/auth/sign_up", object{"email": "ADA@people.example", "password": goodPassword}).want(t, http.StatusConflict, "email_taken")
}

func TestVerificationByGetIsForThoseWhoAskForIt(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(s *settings) { s.VerifyEmailOnGet = true })
	const email = "ada@people.example"
	w.post(t, "/auth/sign_up", object{"email": email, "password": goodPassword}).want(t, http.StatusAccepted, "")
	path := "/auth/verify-email?token=" + w.linkToken(t, email, 1)
	w.do(t, request{method: http.MethodHead, path: path}).want(t, http.StatusOK, "")
	w.post(t, "/auth/login", object{"email": email, "password": goodPassword}).want(t, http.StatusForbidden, "email_not_verified")
	if got := w.get(t, path, "").want(t, http.StatusOK, ""); !strings.Contains(string(got.body), email) {
		t.Errorf("GET answers %s", got.body)
	}
	w.get(t, path, "").want(t, http.StatusBadRequest, "invalid_token")
	w.login(t, email)
}

func TestTheTimeZoneOfAUserCanBeChanged(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	tokens := w.join(t, "ada@people.example")
	change := func(to string) reply {
		return w.do(t, request{method: http.MethodPatch, path: "/auth/me", bearer: tokens.AccessToken, body: object{"zoneinfo": to}})
	}
	zone := func(r reply) string {
		var got struct {
			Zoneinfo string `json:"zoneinfo"`
		}
		r.want(t, http.StatusOK, "").read(t, &got)
		return got.Zoneinfo
	}
	for _, to := range []string{"Europe/Paris", "", "UTC", "America/Argentina/ComodRivadavia"} {
		if got := zone(change(to)); got != to {
			t.Errorf("%q becomes %q", to, got)
		}
	}
	for _, to := range []string{"Local", "Europe/Atlantis", "+02:00", "../UTC", "/etc/localtime", " ", "\x00", strings.Repeat("UTC", 30)} {
		p := change(to).want(t, http.StatusUnprocessableEntity, "invalid_input").problem(t)
		if len(p.Errors) != 1 || p.Errors[0].Field != "zoneinfo" {
			t.Errorf("%q: %+v", to, p.Errors)
		}
	}
	if got := zone(w.get(t, "/auth/me", tokens.AccessToken)); got != "America/Argentina/ComodRivadavia" {
		t.Errorf("after refused changes the time zone is %q", got)
	}
}
