package e2e_test

import (
	"crypto/sha1"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/apptest"
	"github.com/sallyport-auth/sallyport/internal/words"
)

// What the operator's list and the range service of the tests have.
const (
	inTheList    = "violet umbrella of 1987"
	atTheService = "möwe im nebel am kai"
)

func sha1Of(password string) string { return fmt.Sprintf("%X", sha1.Sum([]byte(password))) }

// rangeService answers as Have I Been Pwned does, while it is not away.
func rangeService(t *testing.T) (address string, away *atomic.Bool) {
	t.Helper()
	away = &atomic.Bool{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if away.Load() {
			w.WriteHeader(http.StatusBadGateway)
			return
		}
		_, _ = io.WriteString(w, strings.Repeat("0", 35)+":7\r\n")
		for _, pw := range []string{atTheService, "password"} {
			if first, rest := sha1Of(pw)[:5], sha1Of(pw)[5:]; r.URL.Path == "/range/"+first {
				_, _ = io.WriteString(w, rest+":2\r\n")
			}
		}
	}))
	t.Cleanup(server.Close)
	return server.URL + "/range", away
}

// TestBreachedPasswordsAreRefusedWhereverAPasswordIsChosen asks each way to a new
// password for one of the embedded set, one of the operator's list and one that the
// range service has.
func TestBreachedPasswordsAreRefusedWhereverAPasswordIsChosen(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "pwned.txt")
	if err := os.WriteFile(file, []byte(sha1Of(inTheList)+":12\r\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	service, away := rangeService(t)
	w := newWorld(t, quiet, "SALLYPORT_PASSWORD_BREACH_FILE="+file, "SALLYPORT_PASSWORD_BREACH_RANGE_URL="+service)
	w.remember(inTheList, atTheService)
	ada, bert := address(t, 1), address(t, 2)
	tokens := w.join(t, ada)
	w.signUp(t, bert, password)
	unclaimed := w.linkToken(t, bert, 1)
	reset := w.asksForReset(t, ada, 2)

	ways := map[string]func(pw string) apptest.Answer{
		"sign-up": func(pw string) apptest.Answer {
			return w.Post(t, "/auth/sign_up", credentials{address(t, 3), pw})
		},
		"reset": func(pw string) apptest.Answer {
			return w.Post(t, "/auth/reset-password", map[string]string{"token": reset, "new_password": pw})
		},
		"the link of a sign-up": func(pw string) apptest.Answer {
			return w.Post(t, "/auth/verify-email", map[string]string{"token": unclaimed, "new_password": pw})
		},
		"change": func(pw string) apptest.Answer {
			return w.Do(t, apptest.Request{
				Method: http.MethodPost, Path: "/auth/change-password", Bearer: tokens.AccessToken,
				Body: map[string]string{"current_password": password, "new_password": pw},
			})
		},
	}
	for name, choose := range ways {
		for _, pw := range []string{"linkedin", inTheList, atTheService} {
			if got := choose(pw); got.Code() != "weak_password" || got.Member(t, "detail") != words.ForPrograms().Said("weak_password.breached") {
				t.Errorf("%s takes %q: %d %s", name, pw, got.Status, got.Body)
			}
		}
		away.Store(true)
		if got := choose("the lazy otter 81"); got.Status != http.StatusServiceUnavailable || got.Header.Get("Retry-After") == "" {
			t.Errorf("%s while the service is away: %d %s", name, got.Status, got.Body)
		}
		away.Store(false)
	}
	w.browser(t).send(t, "/auth/reset-password", "token", reset, "new_password", inTheList).
		want(t, http.StatusUnprocessableEntity, "/auth/reset-password", words.ForPrograms().Said("weak_password.breached"))
	w.login(t, ada, password) // nothing of all that changed anything or spent a link
	for _, name := range []string{"sign-up", "the link of a sign-up", "reset"} {
		if got := ways[name]("the lazy otter 81"); got.Status >= http.StatusBadRequest {
			t.Errorf("%s refuses a good password: %d %s", name, got.Status, got.Body)
		}
	}
}

// TestABreachedListThatCannotBeUsed has the start and the doctor say so, and a
// service that is away while the operator would rather have passwords taken.
func TestABreachedListThatCannotBeUsed(t *testing.T) {
	t.Parallel()
	embeddedOnly(t)
	broken := filepath.Join(t.TempDir(), "passwords.txt")
	if err := os.WriteFile(broken, []byte("password\nqwerty\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	service, away := rangeService(t)
	dir := t.TempDir()
	doctor := func(env ...string) (string, int) {
		out, _, code := apptest.Run(t.Context(), t, apptest.Options{DataDir: dir, Env: env}, nil, "doctor")
		return out, code
	}
	if out, code := doctor("SALLYPORT_PASSWORD_BREACH_FILE=" + broken); code != 1 || !strings.Contains(out, "40 hexadecimal digits") {
		t.Errorf("doctor on a broken file: %d %s", code, out)
	}
	_, err := apptest.TryStart(t, apptest.Options{DataDir: dir, Env: []string{"SALLYPORT_PASSWORD_BREACH_FILE=" + broken}})
	if err == nil || !strings.Contains(err.Error(), "SALLYPORT_PASSWORD_BREACH_FILE") || !strings.Contains(err.Error(), "40 hexadecimal digits") {
		t.Errorf("a start with a broken file: %v", err)
	}
	if out, code := doctor("SALLYPORT_PASSWORD_BREACH_RANGE_URL=" + service); code != 0 || !strings.Contains(out, service+" answers") {
		t.Errorf("doctor on a service: %d %s", code, out)
	}
	away.Store(true)
	if out, code := doctor("SALLYPORT_PASSWORD_BREACH_RANGE_URL=" + service); code != 1 || !strings.Contains(out, "502") {
		t.Errorf("doctor on a service that is away: %d %s", code, out)
	}
	w := newEmbedded(t, "SALLYPORT_PASSWORD_BREACH_RANGE_URL="+service, "SALLYPORT_PASSWORD_BREACH_OUTAGE=accept")
	w.join(t, address(t, 1))
	if !strings.Contains(w.server.Log(), "password is taken unchecked") {
		t.Error("the log does not say that a password was taken unchecked")
	}
	metrics := string(w.server.Ops.Get(t, "/metrics", "").Want(t, http.StatusOK, "").Body)
	if !strings.Contains(metrics, `sallyport_breach_lookup_total{outcome="failed"} 1`) {
		t.Errorf("the lookups are not counted:\n%s", metrics)
	}
}
