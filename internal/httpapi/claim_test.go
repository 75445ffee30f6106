package httpapi_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/waittest"
)

// from is a request by another browser.
func from(agent, path string, body object) request {
	return request{method: http.MethodPost, path: path, body: body, header: []string{"User-Agent", agent}}
}

// signUp signs up by a browser and gives the sign_up_token.
func (w *world) signUp(t *testing.T, agent, email, password string) string {
	t.Helper()
	var said struct {
		SignUpToken string `json:"sign_up_token"`
	}
	w.do(t, from(agent, "/auth/sign_up", object{"email": email, "password": password, "name": "Ada"})).want(t, http.StatusAccepted, "").read(t, &said)
	return said.SignUpToken
}

// shown is what a verification answers.
type shown struct {
	Email        string `json:"email"`
	Verified     bool   `json:"email_verified"`
	Claimed      bool   `json:"claimed"`
	AccessToken  string `json:"access_token"`
	RefreshToken string `json:"refresh_token"`
	MFARequired  bool   `json:"mfa_required"`
	MFAToken     string `json:"mfa_token"`
}

func (w *world) verify(t *testing.T, agent string, body object) (s shown) {
	t.Helper()
	w.do(t, from(agent, "/auth/verify-email", body)).want(t, http.StatusOK, "").read(t, &s)
	return s
}

func TestALinkComesWithThePassword(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	const email, theirs = "ada@people.example", "planted by a stranger 5"
	w.signUp(t, "Stranger/1", email, theirs)
	link := w.linkToken(t, email, 1)
	own := w.signUp(t, "Owner/1", email, goodPassword)
	ownLink := w.linkToken(t, email, 2)
	refuse := func(body object, status int, code string) {
		t.Helper()
		w.do(t, from("Owner/1", "/auth/verify-email", body)).want(t, status, code)
	}
	refuse(object{"token": ownLink}, http.StatusBadRequest, "password_required")
	refuse(object{"token": link, "sign_up_token": own}, http.StatusBadRequest, "password_required")
	refuse(object{"token": link, "password": "a wrong guess"}, http.StatusUnauthorized, "invalid_credentials")
	refuse(object{"token": link, "new_password": "12345678"}, http.StatusUnprocessableEntity, "weak_password")
	refuse(object{"token": link, "password": goodPassword, "new_password": goodPassword}, http.StatusUnprocessableEntity, "invalid_input")
	refuse(object{"token": "spv_garbage", "password": goodPassword}, http.StatusBadRequest, "invalid_token")
	s := w.verify(t, "Owner/1", object{"token": link, "password": goodPassword})
	if s.Email != email || !s.Verified || !s.Claimed || s.AccessToken == "" || s.RefreshToken == "" {
		t.Errorf("answered %+v", s)
	}
	w.get(t, "/auth/me", s.AccessToken).want(t, http.StatusOK, "")
	w.post(t, "/auth/login", object{"email": email, "password": theirs}).want(t, http.StatusUnauthorized, "invalid_credentials")
	refuse(object{"token": ownLink, "password": goodPassword}, http.StatusBadRequest, "invalid_token")
}

func TestAProgramThatSignedUpBringsItsToken(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	const email = "ada@people.example"
	own := w.signUp(t, "Backend/1", email, goodPassword)
	link := w.linkToken(t, email, 1)
	w.signUp(t, "Stranger/1", email, "planted by a stranger 5")
	s := w.verify(t, "Elsewhere/1", object{"token": link, "sign_up_token": own})
	if !s.Claimed || s.AccessToken != "" {
		t.Errorf("answered %+v", s)
	}
	w.login(t, email)
}

func TestALinkAloneFromElsewhereClaimsNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	const email = "ada@people.example"
	w.signUp(t, "Owner/1", email, goodPassword)
	first := w.linkToken(t, email, 1)
	if s := w.verify(t, "Elsewhere/1", object{"token": first}); !s.Verified || s.Claimed || s.AccessToken != "" {
		t.Errorf("answered %+v", s)
	}
	tokens := w.login(t, email)
	totp := w.enrol(t, tokens.AccessToken)
	claim := waittest.For(t, "another link", func() (string, bool) {
		newest := w.linkTo(t, email, "/auth/verify-email")
		return newest, newest != first
	})
	w.do(t, from("Elsewhere/1", "/auth/verify-email", object{"token": claim})).want(t, http.StatusBadRequest, "password_required")
	s := w.verify(t, "Elsewhere/1", object{"token": claim, "password": goodPassword})
	if !s.Claimed || !s.MFARequired || s.MFAToken == "" || s.AccessToken != "" {
		t.Errorf("an account that keeps a factor answered %+v", s)
	}
	w.post(t, "/auth/login/mfa", object{"mfa_token": s.MFAToken, "method": "totp", "code": totp.code(t)}).want(t, http.StatusOK, "")
}

func TestAnAccountMadeAtOnceGivesATokenAsWell(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(s *settings) { s.noVerification = true })
	const email = "ada@people.example"
	answer := w.do(t, from("Backend/1", "/auth/sign_up", object{"email": email, "password": goodPassword})).want(t, http.StatusCreated, "")
	var said struct {
		SignUpToken string `json:"sign_up_token"`
		Claimed     bool   `json:"claimed"`
	}
	answer.read(t, &said)
	if !strings.HasPrefix(said.SignUpToken, "sps_") || said.Claimed {
		t.Errorf("answered %s", answer.body)
	}
	if s := w.verify(t, "Elsewhere/1", object{"token": w.linkToken(t, email, 1), "sign_up_token": said.SignUpToken}); !s.Claimed || !s.Verified {
		t.Errorf("answered %+v", s)
	}
}
