package e2e_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/apptest"
	"github.com/sallyport-auth/sallyport/internal/waittest"
)

// byMail turns on what signs in by mail.
const byMail = "SALLYPORT_MAGIC_LINK=both"

var mailedCode = regexp.MustCompile(`\n\n([0-9]{6})\n\n`)

// askByMail asks to sign in by mail, and gives what binds the code.
func (w *world) askByMail(t *testing.T, email string) string {
	t.Helper()
	request := w.Post(t, "/auth/magic-link", map[string]string{"email": email}).Want(t, http.StatusAccepted, "").Member(t, "request_token")
	w.remember(request)
	return request
}

// mailAbout waits for the nth mail to an address whose subject begins so, and
// gives its text.
func (w *world) mailAbout(t *testing.T, to, subject string, nth int) (text string) {
	t.Helper()
	waittest.Until(t, fmt.Sprintf("mail %d to %s: %s", nth, to, subject), func() bool {
		n := 0
		for _, m := range w.mailsTo(to) {
			if !strings.HasPrefix(m.Header.Get("Subject"), subject) {
				continue
			}
			if n++; n == nth {
				text = strings.ReplaceAll(m.Text, "\r\n", "\n")
			}
		}
		return n >= nth
	})
	return text
}

// signInMail waits for the nth mail to an address that signs in, and gives its
// link's token and its code.
func (w *world) signInMail(t *testing.T, to string, nth int) (token, code string) {
	t.Helper()
	text := w.mailAbout(t, to, "Sign in to ", nth)
	link, digits := linkPattern.FindStringSubmatch(text), mailedCode.FindStringSubmatch(text)
	if link == nil || digits == nil {
		t.Fatalf("mail %d that signs %s in:\n%s", nth, to, text)
	}
	w.remember(link[2])
	return link[2], digits[1]
}

// TestSignInByMailThroughTheBinary races a link against its code, and has
// strangers try what is not theirs.
func TestSignInByMailThroughTheBinary(t *testing.T) {
	t.Parallel()
	w := newWorld(t, quiet, byMail)
	ada, bob := address(t, 1), address(t, 2)
	w.join(t, ada)
	w.join(t, bob)

	request := w.askByMail(t, ada)
	token, code := w.signInMail(t, ada, 1)
	foreign := w.askByMail(t, bob)
	w.Post(t, "/auth/magic-link/finish", map[string]string{"request_token": foreign, "code": code}).Want(t, http.StatusUnauthorized, "invalid_code")
	look := apptest.Request{Method: http.MethodGet, Path: "/auth/magic-link?token=" + token, Header: []string{"Accept", "application/json"}}
	if usable := w.Do(t, look).Want(t, http.StatusOK, ""); !strings.Contains(string(usable.Body), "true") {
		t.Errorf("the link looks %s", usable.Body)
	}
	const racers = 32
	answers := make([]apptest.Answer, racers)
	var racing sync.WaitGroup
	for n := range racers {
		body := map[string]string{"token": token}
		if n%2 == 1 {
			body = map[string]string{"request_token": request, "code": code}
		}
		racing.Go(func() { answers[n] = w.Post(t, "/auth/magic-link/finish", body) })
	}
	racing.Wait()
	var tokens apptest.Tokens
	won := 0
	for _, a := range answers {
		if a.Status == http.StatusOK {
			won++
			a.Read(t, &tokens)
			continue
		}
		a.Want(t, http.StatusBadRequest, "invalid_token")
	}
	if won != 1 {
		t.Fatalf("%d of %d calls with one mail signed in", won, racers)
	}
	w.remember(tokens.AccessToken, tokens.RefreshToken)
	w.Get(t, "/auth/me", tokens.AccessToken).Want(t, http.StatusOK, "")
	w.refreshed(t, tokens.RefreshToken)
	if usable := w.Do(t, look).Want(t, http.StatusOK, ""); !strings.Contains(string(usable.Body), "false") {
		t.Errorf("the used link looks %s", usable.Body)
	}

	// A newer mail, which a stranger may have asked for, ends no older one; a reset ends both.
	w.askByMail(t, ada)
	older, _ := w.signInMail(t, ada, 2)
	request = w.askByMail(t, ada)
	newer, code := w.signInMail(t, ada, 3)
	if usable := w.Do(t, apptest.Request{
		Method: http.MethodGet, Path: "/auth/magic-link?token=" + older, Header: []string{"Accept", "application/json"},
	}).Want(t, http.StatusOK, ""); !strings.Contains(string(usable.Body), "true") {
		t.Errorf("the older link looks %s", usable.Body)
	}
	w.Post(t, "/auth/request-password-reset", map[string]string{"email": ada}).Want(t, http.StatusAccepted, "")
	w.Post(t, "/auth/reset-password", map[string]string{"token": w.resetToken(t, ada, 1), "new_password": "a fresh start 81"}).Want(t, http.StatusOK, "")
	w.Post(t, "/auth/magic-link/finish", map[string]string{"token": older}).Want(t, http.StatusBadRequest, "invalid_token")
	w.Post(t, "/auth/magic-link/finish", map[string]string{"token": newer}).Want(t, http.StatusBadRequest, "invalid_token")
	w.Post(t, "/auth/magic-link/finish", map[string]string{"request_token": request, "code": code}).Want(t, http.StatusBadRequest, "invalid_token")

	// A second factor is never skipped.
	g := w.enrol(t, w.login(t, bob, password).AccessToken)
	w.askByMail(t, bob)
	var asked struct {
		MFAToken string `json:"mfa_token"`
	}
	token, _ = w.signInMail(t, bob, 2)
	w.Post(t, "/auth/magic-link/finish", map[string]string{"token": token}).Want(t, http.StatusOK, "").Read(t, &asked)
	w.Post(t, "/auth/login/mfa", second(asked.MFAToken, "recovery_code", g.RecoveryCodes[0])).Want(t, http.StatusOK, "").Read(t, &tokens)
	w.Get(t, "/auth/me", tokens.AccessToken).Want(t, http.StatusOK, "")
}

func TestSignInByMailIsOffByDefault(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.Post(t, "/auth/magic-link", map[string]string{"email": address(t, 1)}).Want(t, http.StatusForbidden, "magic_link_off")
	w.Post(t, "/auth/magic-link/finish", map[string]string{"token": "x"}).Want(t, http.StatusForbidden, "magic_link_off")
}

// TestAPersonSignsInByMailOnThePages asks in one browser, and uses the mail there
// and in another.
func TestAPersonSignsInByMailOnThePages(t *testing.T) {
	t.Parallel()
	w := newWorld(t, byMail)
	email := address(t, 1)
	w.join(t, email)
	desk, phone := w.browser(t), w.browser(t)
	desk.open(t, "/account/devices").want(t, http.StatusOK, "/sign-in", `href="/sign-in/mail?return_to=%2faccount%2fdevices"`)
	desk.open(t, "/sign-in/mail").want(t, http.StatusOK, "/sign-in/mail", "Sign in with email")
	desk.send(t, "/sign-in/mail", "email", email, "return_to", "/account/devices").want(t, http.StatusOK, "/sign-in/mail/code", email)
	token, code := w.signInMail(t, email, 1)
	wrong := "000000"
	if code == wrong {
		wrong = "000001"
	}
	desk.send(t, "/sign-in/mail/code", "code", wrong).want(t, http.StatusUnprocessableEntity, "/sign-in/mail/code", "This code is wrong")
	phone.send(t, "/sign-in/mail/code", "code", code).want(t, http.StatusOK, "/sign-in/mail", "another browser asked for it")
	desk.send(t, "/sign-in/mail/code", "code", code).want(t, http.StatusOK, "/account/devices", "This browser")
	phone.open(t, "/auth/magic-link?token="+token).want(t, http.StatusBadRequest, "/auth/magic-link", "can’t be used")

	// An address without an account is shown the same, and no mail goes there.
	stranger := w.browser(t)
	stranger.send(t, "/sign-in/mail", "email", address(t, 9)).want(t, http.StatusOK, "/sign-in/mail/code", "If there is an account")
	stranger.send(t, "/sign-in/mail/code", "code", "123456").want(t, http.StatusUnprocessableEntity, "/sign-in/mail/code", "This code is wrong")

	desk.send(t, "/sign-out").want(t, http.StatusOK, "/sign-in", "You are signed out")
	desk.send(t, "/sign-in/mail", "email", email).want(t, http.StatusOK, "/sign-in/mail/code", email)
	token, code = w.signInMail(t, email, 2)
	for range 2 {
		phone.open(t, "/auth/magic-link?token="+token).want(t, http.StatusOK, "/auth/magic-link", email)
	}
	phone.send(t, "/auth/magic-link", "token", token).want(t, http.StatusOK, "/account", email)
	desk.send(t, "/sign-in/mail/code", "code", code).want(t, http.StatusOK, "/sign-in/mail", "This email can’t be used in this browser")
	desk.open(t, "/account").want(t, http.StatusOK, "/sign-in", "<h1>Sign in</h1>")
	if n := len(w.mailsTo(address(t, 9))); n != 0 {
		t.Errorf("%d mails went to an address without an account", n)
	}
}
