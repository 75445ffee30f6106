package e2e_test

import (
	"net/http"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/apptest"
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

// codeOf waits for the nth mail to an address and gives its code.
func (w *world) codeOf(t *testing.T, to string, nth int) string {
	t.Helper()
	text := strings.ReplaceAll(w.mail(t, to, nth).Text, "\r\n", "\n")
	found := mailedCode.FindStringSubmatch(text)
	if found == nil {
		t.Fatalf("mail %d to %s has no code:\n%s", nth, to, text)
	}
	return found[1]
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
	token, code := w.linkToken(t, ada, 2), w.codeOf(t, ada, 2)
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

	// A newer mail takes the place of the older; a reset ends both.
	w.askByMail(t, ada)
	older := w.linkToken(t, ada, 3)
	request = w.askByMail(t, ada)
	newer := w.linkToken(t, ada, 4)
	w.Post(t, "/auth/magic-link/finish", map[string]string{"token": older}).Want(t, http.StatusBadRequest, "invalid_token")
	w.Post(t, "/auth/request-password-reset", map[string]string{"email": ada}).Want(t, http.StatusAccepted, "")
	w.Post(t, "/auth/reset-password", map[string]string{"token": w.linkToken(t, ada, 5), "new_password": "a fresh start 81"}).Want(t, http.StatusOK, "")
	w.Post(t, "/auth/magic-link/finish", map[string]string{"token": newer}).Want(t, http.StatusBadRequest, "invalid_token")
	w.Post(t, "/auth/magic-link/finish", map[string]string{"request_token": request, "code": w.codeOf(t, ada, 4)}).Want(t, http.StatusBadRequest, "invalid_token")

	// A second factor is never skipped.
	g := w.enrol(t, w.login(t, bob, password).AccessToken)
	w.askByMail(t, bob)
	var asked struct {
		MFAToken string `json:"mfa_token"`
	}
	mails := len(w.mailsTo(bob))
	apptest.Eventually(t, "the mail that signs in", func() bool {
		mails = len(w.mailsTo(bob))
		return mails > 0 && strings.HasPrefix(w.mailsTo(bob)[mails-1].Header.Get("Subject"), "Sign in to")
	})
	w.Post(t, "/auth/magic-link/finish", map[string]string{"token": w.linkToken(t, bob, mails)}).Want(t, http.StatusOK, "").Read(t, &asked)
	w.Post(t, "/auth/login/mfa", second(asked.MFAToken, "recovery_code", g.RecoveryCodes[0])).Want(t, http.StatusOK, "").Read(t, &tokens)
	w.Get(t, "/auth/me", tokens.AccessToken).Want(t, http.StatusOK, "")
}

func TestSignInByMailIsOffByDefault(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.Post(t, "/auth/magic-link", map[string]string{"email": address(t, 1)}).Want(t, http.StatusForbidden, "magic_link_off")
	w.Post(t, "/auth/magic-link/finish", map[string]string{"token": "x"}).Want(t, http.StatusForbidden, "magic_link_off")
}
