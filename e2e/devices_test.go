package e2e_test

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/apptest"
	"github.com/sallyport-auth/sallyport/internal/geoip/geoiptest"
)

const (
	firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
	phone   = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.6 Mobile/15E148 Safari/604.1"
)

// shownDevice is a device as clients read it.
type shownDevice struct {
	ID         string    `json:"id"`
	Current    bool      `json:"current"`
	DeviceName string    `json:"device_name"`
	Browser    string    `json:"browser"`
	System     string    `json:"system"`
	IP         string    `json:"ip"`
	Place      string    `json:"place"`
	EndedAt    time.Time `json:"ended_at"`
	Reason     string    `json:"reason"`
}

// loginOn signs in on a device.
func (w *world) loginOn(t *testing.T, email, name, agent string, header ...string) apptest.Tokens {
	t.Helper()
	var tokens apptest.Tokens
	w.Do(t, apptest.Request{
		Method: http.MethodPost, Path: "/auth/login", Header: append([]string{"User-Agent", agent}, header...),
		Body: map[string]string{"email": email, "password": password, "device_name": name},
	}).Want(t, http.StatusOK, "").Read(t, &tokens)
	w.remember(tokens.AccessToken, tokens.RefreshToken)
	return tokens
}

func (w *world) devices(t *testing.T, path, bearer string) []shownDevice {
	t.Helper()
	var list struct {
		Items []shownDevice `json:"items"`
	}
	w.Get(t, path, bearer).Want(t, http.StatusOK, "").Read(t, &list)
	return list.Items
}

func (w *world) endSession(t *testing.T, path, bearer string) apptest.Answer {
	t.Helper()
	return w.Do(t, apptest.Request{Method: http.MethodDelete, Path: path, Bearer: bearer})
}

func TestDevicesAreSeenAndSignedOut(t *testing.T) {
	t.Parallel()
	file := geoiptest.File(t, map[string]geoiptest.Record{"203.0.113.0/24": geoiptest.City("Berlin", "Germany")})
	w := newWorld(t, quiet, "SALLYPORT_GEOIP_FILE="+file, "SALLYPORT_TRUSTED_PROXIES=127.0.0.1,::1")
	email := address(t, 1)
	w.signUp(t, email, password)
	w.verify(t, email, 1)
	laptop := w.loginOn(t, email, "Work", firefox)
	mobile := w.loginOn(t, email, "Ada's phone", phone, "X-Forwarded-For", "203.0.113.7")
	list := w.devices(t, "/auth/sessions", laptop.AccessToken)
	if len(list) != 2 {
		t.Fatalf("got %+v", list)
	}
	got, want := list[0], shownDevice{
		ID: mobile.SessionID, DeviceName: "Ada's phone", Browser: "Safari", System: "iOS", IP: "203.0.113.7", Place: "Berlin, Germany",
	}
	if got != want || !list[1].Current || list[1].Browser != "Firefox" || list[1].Place != "" {
		t.Errorf("got %+v", list)
	}
	m := w.mail(t, email, 2)
	for _, says := range []string{"Device: Safari on iOS", "IP address: 203.0.113.7", "Near: Berlin, Germany", "/auth/sessions/not-me?token="} {
		if !strings.Contains(m.Text, says) {
			t.Errorf("the mail does not say %q:\n%s", says, m.Text)
		}
	}
	w.linkToken(t, email, 2)

	w.endSession(t, "/auth/sessions/"+mobile.SessionID, laptop.AccessToken).Want(t, http.StatusNoContent, "")
	w.Get(t, "/auth/me", mobile.AccessToken).Want(t, http.StatusUnauthorized, "invalid_token")
	refused := w.refresh(t, mobile.RefreshToken).Want(t, http.StatusUnauthorized, "session_ended")
	if reason := refused.Member(t, "reason"); reason != "ended" {
		t.Errorf("the phone is told %q", reason)
	}
	ended := w.devices(t, "/auth/sessions?ended=true", laptop.AccessToken)
	if len(ended) != 1 || ended[0].ID != mobile.SessionID || ended[0].Reason != "ended" || ended[0].EndedAt.IsZero() {
		t.Errorf("ended: %+v", ended)
	}
	others := make([]apptest.Tokens, 0, 5)
	for range 5 {
		others = append(others, w.loginOn(t, email, "", phone))
	}
	w.endSession(t, "/auth/sessions", laptop.AccessToken).Want(t, http.StatusNoContent, "")
	for _, tokens := range others {
		w.Get(t, "/auth/me", tokens.AccessToken).Want(t, http.StatusUnauthorized, "invalid_token")
	}
	laptop = w.refreshed(t, laptop.RefreshToken)
	w.Get(t, "/auth/me", laptop.AccessToken).Want(t, http.StatusOK, "")
	w.endSession(t, "/auth/sessions/"+laptop.SessionID, laptop.AccessToken).Want(t, http.StatusNoContent, "")
	if reason := w.refresh(t, laptop.RefreshToken).Want(t, http.StatusUnauthorized, "session_ended").Member(t, "reason"); reason != "logout" {
		t.Errorf("ending the own session says %q", reason)
	}
}

// Signing a device out holds after a crash, like a logout.
func TestADeviceStaysSignedOutAfterACrash(t *testing.T) {
	t.Parallel()
	w := newEmbedded(t, quiet)
	email := address(t, 1)
	laptop := w.join(t, email)
	gone := w.loginOn(t, email, "", phone)
	w.endSession(t, "/auth/sessions/"+gone.SessionID, laptop.AccessToken).Want(t, http.StatusNoContent, "")
	w.restart(t, w.server.Kill, quiet)
	w.Get(t, "/auth/me", gone.AccessToken).Want(t, http.StatusUnauthorized, "invalid_token")
	w.refresh(t, gone.RefreshToken).Want(t, http.StatusUnauthorized, "session_ended")
	w.Get(t, "/auth/me", laptop.AccessToken).Want(t, http.StatusOK, "")
}

func TestOneOfManyDisownsASession(t *testing.T) {
	t.Parallel()
	w := newWorld(t, quiet)
	email, other := address(t, 1), address(t, 2)
	mine, theirs := w.join(t, email), w.join(t, other)
	thief := w.loginOn(t, email, "<script>alert(1)</script>", phone)
	link := w.linkToken(t, email, 2)
	page := "/auth/sessions/not-me?token=" + link
	for range 5 {
		a := w.Do(t, apptest.Request{Method: http.MethodGet, Path: page, Header: []string{"Accept", "text/html"}}).Want(t, http.StatusOK, "")
		if body := string(a.Body); !strings.Contains(body, "Safari on iOS") || strings.Contains(body, "alert(1)") {
			t.Fatalf("the page:\n%s", body)
		}
		w.Do(t, apptest.Request{Method: http.MethodHead, Path: page})
	}
	if m := w.mail(t, email, 2); strings.Contains(m.Text+m.HTML, "alert(1)") {
		t.Error("the mail repeats what a stranger called the device")
	}
	w.Get(t, "/auth/me", thief.AccessToken).Want(t, http.StatusOK, "") // opening ended nothing

	var wg sync.WaitGroup
	won := make(chan bool, 32)
	form := url.Values{"token": {link}}.Encode()
	for n := range 32 {
		wg.Go(func() {
			r := apptest.Request{Method: http.MethodPost, Path: "/auth/sessions/not-me", Bearer: theirs.AccessToken, Body: map[string]string{"token": link}}
			if n%2 == 0 {
				r = apptest.Request{
					Method: http.MethodPost, Path: "/auth/sessions/not-me", Body: form, Header: []string{"Content-Type", "application/x-www-form-urlencoded"},
				}
			}
			switch a := w.Do(t, r); a.Status {
			case http.StatusOK:
				won <- true
			case http.StatusBadRequest:
			default:
				t.Errorf("answered %d %s", a.Status, a.Body)
			}
		})
	}
	wg.Wait()
	if len(won) != 1 {
		t.Errorf("%d of 32 won, want 1", len(won))
	}
	w.Get(t, "/auth/me", thief.AccessToken).Want(t, http.StatusUnauthorized, "invalid_token")
	if reason := w.refresh(t, thief.RefreshToken).Want(t, http.StatusUnauthorized, "session_ended").Member(t, "reason"); reason != "disowned" {
		t.Errorf("the thief is told %q", reason)
	}
	for _, tokens := range []apptest.Tokens{mine, theirs} {
		w.Get(t, "/auth/me", tokens.AccessToken).Want(t, http.StatusOK, "")
	}
	reset := w.linkToken(t, email, 3)
	w.Post(t, "/auth/reset-password", map[string]string{"token": reset, "new_password": "a fresh start 81"}).Want(t, http.StatusOK, "")
	w.login(t, email, "a fresh start 81")
	if n := len(w.mailsTo(email)); n > 4 { // verification, new device, reset, new password
		t.Errorf("%d mails", n)
	}
}

func TestAFileOfPlacesThatCannotBeUsed(t *testing.T) {
	t.Parallel()
	embeddedOnly(t)
	broken := filepath.Join(t.TempDir(), "places.mmdb")
	if err := os.WriteFile(broken, []byte("no database"), 0o600); err != nil {
		t.Fatal(err)
	}
	good := geoiptest.File(t, map[string]geoiptest.Record{"203.0.113.0/24": geoiptest.City("Berlin", "Germany")})
	dir := t.TempDir()
	doctor := func(file string) (string, int) {
		out, _, code := apptest.Run(t.Context(), t, apptest.Options{DataDir: dir, Env: []string{"SALLYPORT_GEOIP_FILE=" + file}}, nil, "doctor")
		return out, code
	}
	if out, code := doctor(broken); code != 1 || !strings.Contains(out, "SALLYPORT_GEOIP_FILE") || !strings.Contains(out, broken) {
		t.Errorf("doctor on a broken file: %d %s", code, out)
	}
	if out, code := doctor(good); code != 0 || !strings.Contains(out, "Test-City of 2026-01-01") {
		t.Errorf("doctor on a good file: %d %s", code, out)
	}
	_, err := apptest.TryStart(t, apptest.Options{DataDir: dir, Env: []string{"SALLYPORT_GEOIP_FILE=" + broken}})
	if err == nil || !strings.Contains(err.Error(), "SALLYPORT_GEOIP_FILE") {
		t.Errorf("a start with a broken file: %v", err)
	}
}
