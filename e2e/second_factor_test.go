package e2e_test

import (
	"net/http"
	"os/exec"
	"strings"
	"sync"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/apptest"
	"github.com/sallyport-auth/sallyport/internal/waittest"
)

// oath asks a second implementation of RFC 6238 for the code at a time, such as
// "now" or "+30 seconds".
func oath(t *testing.T, key, at string) string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "oathtool", "--totp", "--base32", "--now", at, key).Output()
	if err != nil {
		t.Fatalf("oathtool: %v", err)
	}
	return strings.TrimSpace(string(out))
}

// generator is somebody's code generator and recovery codes.
type generator struct {
	Secret        string   `json:"secret"`
	RecoveryCodes []string `json:"recovery_codes"`
}

func (w *world) enrol(t *testing.T, bearer string) generator {
	t.Helper()
	var g generator
	w.Do(t, apptest.Request{Method: http.MethodPost, Path: "/auth/mfa/totp", Bearer: bearer}).Want(t, http.StatusOK, "").Read(t, &g)
	w.Do(t, apptest.Request{
		Method: http.MethodPost, Path: "/auth/mfa/totp/confirm", Bearer: bearer, Body: map[string]string{"code": oath(t, g.Secret, "now")},
	}).Want(t, http.StatusOK, "").Read(t, &g)
	if len(g.RecoveryCodes) != 10 {
		t.Fatalf("%d recovery codes", len(g.RecoveryCodes))
	}
	return g
}

// ask gives the mfa_token that the password gives.
func (w *world) ask(t *testing.T, email string) string {
	t.Helper()
	var asked struct {
		MFARequired bool   `json:"mfa_required"`
		MFAToken    string `json:"mfa_token"`
	}
	got := w.Post(t, "/auth/login", credentials{email, password}).Want(t, http.StatusOK, "")
	got.Read(t, &asked)
	if !asked.MFARequired || strings.Contains(string(got.Body), "access_token") {
		t.Fatalf("the password gives %s", got.Body)
	}
	return asked.MFAToken
}

func second(token, method, code string) map[string]string {
	return map[string]string{"mfa_token": token, "method": method, "code": code}
}

// TestASecondFactorIsAskedForAndWorksOnce has the binary take the codes of a
// second implementation.
func TestASecondFactorIsAskedForAndWorksOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t, quiet)
	email := address(t, 1)
	g := w.enrol(t, w.join(t, email).AccessToken)

	w.Post(t, "/auth/login/mfa", second(w.ask(t, email), "totp", oath(t, g.Secret, "now"))).Want(t, http.StatusUnauthorized, "invalid_code")
	code := oath(t, g.Secret, "+30 seconds") // that of the confirmation is spent
	const racers = 32
	steps, answers := make([]string, racers), make([]apptest.Answer, racers)
	for n := range steps {
		steps[n] = w.ask(t, email)
	}
	var racing sync.WaitGroup
	for n := range racers {
		racing.Go(func() { answers[n] = w.Post(t, "/auth/login/mfa", second(steps[n], "totp", code)) })
	}
	racing.Wait()
	var tokens apptest.Tokens
	won := 0
	for _, a := range answers {
		switch a.Status {
		case http.StatusOK:
			won++
			a.Read(t, &tokens)
		case http.StatusTooManyRequests:
			a.Want(t, http.StatusTooManyRequests, "too_many_attempts")
		default:
			a.Want(t, http.StatusUnauthorized, "invalid_code")
		}
	}
	if won != 1 {
		t.Fatalf("%d of %d calls with one code signed in", won, racers)
	}
	w.Get(t, "/auth/me", tokens.AccessToken).Want(t, http.StatusOK, "")

	// What the code proved is recent, and a recovery code stands in for it.
	w.Do(t, apptest.Request{Method: http.MethodPost, Path: "/auth/mfa/recovery-codes", Bearer: tokens.AccessToken}).
		Want(t, http.StatusOK, "").Read(t, &g)
	step := w.ask(t, email)
	w.Post(t, "/auth/login/mfa", second(step, "recovery_code", g.RecoveryCodes[0])).Want(t, http.StatusOK, "").Read(t, &tokens)
	w.Post(t, "/auth/login/mfa", second(step, "recovery_code", g.RecoveryCodes[1])).Want(t, http.StatusUnauthorized, "invalid_token")
	waittest.Until(t, "the owner is told", func() bool {
		for _, m := range w.mailsTo(email) {
			if strings.HasPrefix(m.Header.Get("Subject"), "A recovery code was used") {
				return true
			}
		}
		return false
	})
	w.Do(t, apptest.Request{Method: http.MethodDelete, Path: "/auth/mfa/totp", Bearer: tokens.AccessToken}).Want(t, http.StatusOK, "").Read(t, &tokens)
	w.Get(t, "/auth/me", tokens.AccessToken).Want(t, http.StatusOK, "")
	w.Post(t, "/auth/login", credentials{email, password}).Want(t, http.StatusOK, "").Read(t, &tokens)
	w.Get(t, "/auth/me", tokens.AccessToken).Want(t, http.StatusOK, "")
}
