package e2e_test

import (
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/apptest"
	"github.com/sallyport-auth/sallyport/internal/soaktest"
	"github.com/sallyport-auth/sallyport/internal/waittest"
)

func TestALinkScannerSpendsNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t, quiet)
	email := address(t, 1)
	w.signUp(t, email, password)
	token := w.linkToken(t, email, 1)
	path := "/auth/verify-email?token=" + token
	for range 50 {
		a := w.Do(t, apptest.Request{Method: http.MethodGet, Path: path, Header: []string{"Accept", "text/html"}}).
			Want(t, http.StatusOK, "")
		if !strings.Contains(a.Header.Get("Content-Type"), "text/html") {
			t.Fatalf("the page is %s", a.Header.Get("Content-Type"))
		}
		w.Do(t, apptest.Request{Method: http.MethodHead, Path: path})
	}
	asJSON := apptest.Request{Method: http.MethodGet, Path: path, Header: []string{"Accept", "application/json"}}
	if a := w.Do(t, asJSON).Want(t, http.StatusOK, ""); !strings.Contains(string(a.Body), `"usable":true`) {
		t.Errorf("got %s", a.Body)
	}
	// The person types the password and clicks the button.
	form := url.Values{"token": {token}, "password": {password}}.Encode()
	w.Do(t, apptest.Request{
		Method: http.MethodPost, Path: "/auth/verify-email", Body: form,
		Header: []string{"Content-Type", "application/x-www-form-urlencoded"},
	}).Want(t, http.StatusSeeOther, "")
	w.login(t, email, password)
	if a := w.Do(t, asJSON).Want(t, http.StatusOK, ""); !strings.Contains(string(a.Body), `"usable":false`) {
		t.Errorf("got %s", a.Body)
	}
}

func TestALinkScannerSpendsNoResetLinkEither(t *testing.T) {
	t.Parallel()
	w := newWorld(t, quiet)
	email := address(t, 1)
	tokens := w.join(t, email)
	w.Post(t, "/auth/request-password-reset", map[string]string{"email": email}).Want(t, http.StatusAccepted, "")
	token := w.linkToken(t, email, 2)
	path := "/auth/reset-password?token=" + token
	for range 50 {
		w.Do(t, apptest.Request{Method: http.MethodGet, Path: path, Header: []string{"Accept", "text/html"}}).Want(t, http.StatusOK, "")
	}
	w.Get(t, "/auth/me", tokens.AccessToken).Want(t, http.StatusOK, "")
	// The person fills in the form.
	form := url.Values{"token": {token}, "new_password": {"a fresh start 81"}}.Encode()
	w.Do(t, apptest.Request{
		Method: http.MethodPost, Path: "/auth/reset-password", Body: form,
		Header: []string{"Content-Type", "application/x-www-form-urlencoded"},
	})
	w.login(t, email, "a fresh start 81")
	w.dead(t, tokens.AccessToken)
}

func TestAnExpiredSignUpIsGone(t *testing.T) {
	t.Parallel()
	w := newWorld(t, quiet, "SALLYPORT_VERIFY_EMAIL_TTL=1s")
	email := address(t, 1)
	w.signUp(t, email, password)
	var token string
	waittest.Until(t, "a link comes before it expires, and expires", func() bool {
		if token == "" {
			if len(w.mailsTo(email)) == 0 {
				w.signUp(t, email, password) // a mail that was slower than a second is not sent
				return false
			}
			token = w.linkToken(t, email, 1)
		}
		asJSON := apptest.Request{Method: http.MethodGet, Path: "/auth/verify-email?token=" + token, Header: []string{"Accept", "application/json"}}
		return strings.Contains(string(w.Do(t, asJSON).Want(t, http.StatusOK, "").Body), `"usable":false`)
	})
	w.Post(t, "/auth/verify-email", map[string]string{"token": token}).Want(t, http.StatusBadRequest, "invalid_token")
	w.Do(t, apptest.Request{
		Method: http.MethodGet, Path: "/auth/verify-email?token=" + token, Header: []string{"Accept", "text/html"},
	}).Want(t, http.StatusBadRequest, "")
	waittest.Until(t, "the sign-up is forgotten", func() bool {
		return w.Post(t, "/auth/login", credentials{email, password}).Code() == "invalid_credentials"
	})
}

func TestALinkWorksOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t, append(cheapHash, quiet)...) // sixteen resets at once hash sixteen passwords
	for n := range soaktest.Rounds(t, 20) {
		email := address(t, n)
		w.signUp(t, email, password)
		token := w.linkToken(t, email, 1)
		w.oneOf(t, "/auth/verify-email", map[string]string{"token": token})
		w.login(t, email, password)
		w.Post(t, "/auth/request-password-reset", map[string]string{"email": email}).Want(t, http.StatusAccepted, "")
		reset := w.linkToken(t, email, 2)
		w.oneOf(t, "/auth/reset-password", map[string]string{"token": reset, "new_password": "a fresh start 81"})
	}
}

// oneOf sends the same request sixteen times at once and expects exactly one
// success. Who is told "not now" asks again, as the answer says. The one whose
// token it was may be among them, if nobody heard what came of its COMMIT.
func (w *world) oneOf(t *testing.T, path string, body any) {
	t.Helper()
	var wg sync.WaitGroup
	var notNow atomic.Int64
	answers := make([]apptest.Answer, 16)
	for n := range answers {
		wg.Go(func() {
			waittest.Until(t, path+" is answered", func() bool {
				from := time.Now()
				answers[n] = w.Post(t, path, body)
				late := isNotNow(answers[n], time.Since(from))
				if late {
					notNow.Add(1)
				}
				return !late
			})
		})
	}
	wg.Wait()
	won := 0
	for _, a := range answers {
		if a.Status == http.StatusOK {
			won++
		} else {
			a.Want(t, http.StatusBadRequest, "invalid_token")
		}
	}
	if won > 1 || won == 0 && notNow.Load() == 0 {
		t.Fatalf("%s: %d of 16 succeeded, want exactly one", path, won)
	}
}

func TestExpiredSpentAndForeignTokensAreRefusedAlike(t *testing.T) {
	t.Parallel()
	w := newWorld(t, quiet, "SALLYPORT_VERIFY_EMAIL_TTL=1h", "SALLYPORT_RESET_PASSWORD_TTL=1s")
	email := address(t, 1)
	w.signUp(t, email, password)
	older := w.linkToken(t, email, 1)
	w.Post(t, "/auth/request-email-verification", map[string]string{"email": email}).Want(t, http.StatusAccepted, "")
	current := w.linkToken(t, email, 2)
	refuse := func(path string, body map[string]string) apptest.Answer {
		t.Helper()
		return w.Post(t, path, body).Want(t, http.StatusBadRequest, "invalid_token")
	}
	first := refuse("/auth/verify-email", map[string]string{"token": "spv_" + strings.Repeat("A", 44)})
	same(t, first, refuse("/auth/verify-email", map[string]string{"token": "garbage"}))
	refuse("/auth/reset-password", map[string]string{"token": current, "new_password": password})
	w.Post(t, "/auth/verify-email", map[string]string{"token": current}).Want(t, http.StatusOK, "")
	same(t, first, refuse("/auth/verify-email", map[string]string{"token": current}))
	same(t, first, refuse("/auth/verify-email", map[string]string{"token": older}))

	w.Post(t, "/auth/request-password-reset", map[string]string{"email": email}).Want(t, http.StatusAccepted, "")
	expired := w.linkToken(t, email, 3)
	page := apptest.Request{
		Method: http.MethodGet, Path: "/auth/reset-password?token=" + expired, Header: []string{"Accept", "text/html"},
	}
	waittest.Until(t, "the reset link expires", func() bool { return w.Do(t, page).Status == http.StatusBadRequest })
	refuse("/auth/reset-password", map[string]string{"token": expired, "new_password": "a fresh start 81"})
	w.login(t, email, password)
}

func TestAWeakPasswordDoesNotSpendTheResetToken(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	email := address(t, 1)
	w.join(t, email)
	w.Post(t, "/auth/request-password-reset", map[string]string{"email": email}).Want(t, http.StatusAccepted, "")
	token := w.linkToken(t, email, 2)
	for _, weak := range []string{"short", "password123", email, strings.Repeat("x", 10_000)} {
		w.Post(t, "/auth/reset-password", map[string]string{"token": token, "new_password": weak}).
			Want(t, http.StatusUnprocessableEntity, "weak_password")
	}
	w.Post(t, "/auth/reset-password", map[string]string{"token": token, "new_password": "a fresh start 81"}).
		Want(t, http.StatusOK, "")
}

func TestAResetEndsEverySessionAndEveryOtherResetLink(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	email := address(t, 1)
	phone := w.join(t, email)
	laptop := w.login(t, email, password)
	for n := range 2 {
		w.Post(t, "/auth/request-password-reset", map[string]string{"email": email}).Want(t, http.StatusAccepted, "")
		w.mail(t, email, 2+n)
	}
	w.Post(t, "/auth/reset-password", map[string]string{"token": w.linkToken(t, email, 2), "new_password": "a fresh start 81"}).
		Want(t, http.StatusOK, "")
	w.Post(t, "/auth/reset-password", map[string]string{"token": w.linkToken(t, email, 3), "new_password": "another start 82"}).
		Want(t, http.StatusBadRequest, "invalid_token")
	for _, device := range []apptest.Tokens{phone, laptop} {
		w.dead(t, device.AccessToken)
		w.refresh(t, device.RefreshToken).Want(t, http.StatusUnauthorized, "session_ended")
	}
}

func TestOneClickVerificationBySetting(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "SALLYPORT_VERIFY_EMAIL_ON_GET=true")
	email := address(t, 1)
	w.signUp(t, email, password)
	token := w.linkToken(t, email, 1)
	w.Do(t, apptest.Request{
		Method: http.MethodGet, Path: "/auth/verify-email?token=" + token, Header: []string{"Accept", "text/html"},
	}).Want(t, http.StatusOK, "")
	w.login(t, email, password)
}

func TestSignUpWithoutVerificationBySetting(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "SALLYPORT_REQUIRE_VERIFIED_EMAIL=false")
	email := address(t, 1)
	w.Post(t, "/auth/sign_up", credentials{email, password}).Want(t, http.StatusCreated, "")
	w.Post(t, "/auth/sign_up", credentials{strings.ToUpper(email), password}).Want(t, http.StatusConflict, "email_taken")
	if w.login(t, email, password).User.EmailVerified {
		t.Error("an address counts as verified before its link was used")
	}
	w.verify(t, email, 1)
	if !w.login(t, email, password).User.EmailVerified {
		t.Error("an address does not count as verified after its link was used")
	}
}
