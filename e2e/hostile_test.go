package e2e_test

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/apptest"
	"github.com/sallyport-auth/sallyport/internal/waittest"
)

// TestBadInputIsRefusedAndNeverEchoed sends what nobody should send to every
// path that takes a body, and looks for it in the answer and in the log.
func TestBadInputIsRefusedAndNeverEchoed(t *testing.T) {
	t.Parallel()
	w := newWorld(t, quiet, byMail)
	tokens := w.join(t, address(t, 1))
	const canary = "canary-b7e1c0"
	members := map[string]string{
		"/auth/sign_up":                    `"email":"a@b.example","password":"` + canary + `"`,
		"/auth/login":                      `"email":"a@b.example","password":"` + canary + `"`,
		"/auth/refresh":                    `"refresh_token":"` + canary + `"`,
		"/auth/logout":                     `"refresh_token":"` + canary + `"`,
		"/auth/verify-email":               `"token":"` + canary + `"`,
		"/auth/request-email-verification": `"email":"` + canary + `"`,
		"/auth/request-password-reset":     `"email":"` + canary + `"`,
		"/auth/magic-link":                 `"email":"` + canary + `"`,
		"/auth/magic-link/finish":          `"request_token":"` + canary + `","code":"` + canary + `"`,
		"/auth/reset-password":             `"token":"` + canary + `","new_password":"` + canary + `"`,
		"/auth/change-password":            `"current_password":"` + canary + `","new_password":"` + canary + `"`,
	}
	bodies := func(good string) map[string]string {
		return map[string]string{
			"unknown member":       `{` + good + `,"admin":"` + canary + `"}`,
			"cut short":            `{` + good,
			"trailing data":        `{` + good + `}` + canary,
			"an array":             `[` + `"` + canary + `"]`,
			"a string":             `"` + canary + `"`,
			"nothing at all":       ``,
			"not UTF-8":            `{` + good + `,"x":"` + "\xff\xfe" + `"}`,
			"numbers for strings":  `{"email":1,"password":2,"token":3,"refresh_token":4,"new_password":5,"current_password":6}`,
			"nulls":                `{"email":null,"password":null,"token":null,"refresh_token":null,"new_password":null}`,
			"NUL bytes":            `{"email":"a\u0000@b.example","password":"` + canary + `\u0000"}`,
			"a deep nest":          strings.Repeat(`{"email":`, 5000),
			"a megabyte":           `{` + good + `,"x":"` + strings.Repeat("y", 1<<20) + `"}`,
			"a member twice":       `{` + good + `,` + good + `}`,
			"header injection":     `{"email":"a@b.example\r\nBcc: ` + canary + `@c.example","password":"` + canary + `"}`,
			"a very long password": `{"email":"a@b.example","password":"` + strings.Repeat("p", 10_000) + `"}`,
		}
	}
	for path, good := range members {
		for name, body := range bodies(good) {
			a := w.Do(t, apptest.Request{Method: http.MethodPost, Path: path, Body: body, Bearer: tokens.AccessToken})
			if path == "/auth/logout" && a.Status == http.StatusOK {
				tokens = w.login(t, tokens.User.Email, password)
				continue
			}
			if a.Status >= http.StatusInternalServerError || a.Status < http.StatusBadRequest {
				t.Errorf("%s, %s: %d %s", path, name, a.Status, a.Body)
			}
			if bytes.Contains(a.Body, []byte(canary)) || bytes.Contains(a.Body, []byte("pppp")) {
				t.Errorf("%s, %s: the answer echoes what was sent: %s", path, name, a.Body)
			}
			if got := a.Header.Get("Content-Type"); got != "application/problem+json" {
				t.Errorf("%s, %s: the refusal is %q", path, name, got)
			}
		}
	}
	if strings.Contains(w.log(), canary) {
		t.Error("the log shows what was sent")
	}
}

func TestHostileNamesAndAddresses(t *testing.T) {
	t.Parallel()
	w := newWorld(t, quiet)
	for name, body := range map[string]map[string]string{
		"header injection in the name": {"email": address(t, 1), "password": password, "name": "Ada\r\nBcc: eve@people.example"},
		"NUL in the name":              {"email": address(t, 1), "password": password, "name": "Ada\x00"},
		"a name too long":              {"email": address(t, 1), "password": password, "name": strings.Repeat("n", 101)},
		"two addresses":                {"email": "a@people.example, b@people.example", "password": password},
		"an address with a name":       {"email": "Ada <a@people.example>", "password": password},
		"no address":                   {"email": "ada", "password": password},
	} {
		a := w.Post(t, "/auth/sign_up", body)
		if a.Status != http.StatusUnprocessableEntity {
			t.Errorf("%s: got %d, want 422", name, a.Status)
		}
	}
	// HTML in a name is somebody's name, and must not become markup.
	email := address(t, 2)
	w.Post(t, "/auth/sign_up", map[string]string{"email": email, "password": password, "name": `<img src=x onerror="1">`}).
		Want(t, http.StatusAccepted, "")
	if html := w.mail(t, email, 1).HTML; html == "" || strings.Contains(html, "<img src=x") {
		t.Error("a name became markup in the mail")
	}
}

func TestWrongPathsMethodsAndTypes(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	tests := []struct {
		name   string
		r      apptest.Request
		status int
	}{
		{"no such path", apptest.Request{Method: http.MethodGet, Path: "/auth/nothing"}, http.StatusNotFound},
		{"wrong method", apptest.Request{Method: http.MethodDelete, Path: "/auth/login"}, http.StatusMethodNotAllowed},
		{"a form where JSON is wanted", apptest.Request{
			Method: http.MethodPost, Path: "/auth/login", Body: "email=a",
			Header: []string{"Content-Type", "application/x-www-form-urlencoded"},
		}, http.StatusUnsupportedMediaType},
		{"text where JSON is wanted", apptest.Request{
			Method: http.MethodPost, Path: "/auth/login", Body: "{}", Header: []string{"Content-Type", "text/plain"},
		}, http.StatusUnsupportedMediaType},
		{"no token", apptest.Request{Method: http.MethodGet, Path: "/auth/me"}, http.StatusUnauthorized},
		{"a refresh token as access token", apptest.Request{Method: http.MethodGet, Path: "/auth/me", Bearer: "spr_AAAA"}, http.StatusUnauthorized},
	}
	for _, test := range tests {
		a := w.Do(t, test.r)
		if a.Status != test.status {
			t.Errorf("%s: got %d, want %d", test.name, a.Status, test.status)
		}
		if got := a.Header.Get("Content-Type"); got != "application/problem+json" || a.Code() == "" {
			t.Errorf("%s: the refusal is %q with code %q", test.name, got, a.Code())
		}
		if a.Header.Get("X-Request-Id") == "" {
			t.Errorf("%s: no X-Request-ID", test.name)
		}
	}
}

func TestLimitsPerClientAddressSayWhenToComeBack(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "SALLYPORT_LIMIT_SIGN_UP_PER_HOUR=3", "SALLYPORT_TRUSTED_PROXIES=127.0.0.1")
	signUp := func(n int, from string) apptest.Answer {
		return w.Do(t, apptest.Request{
			Method: http.MethodPost, Path: "/auth/sign_up", Body: credentials{address(t, n), password},
			Header: []string{"X-Forwarded-For", from},
		})
	}
	for n := range 3 {
		signUp(n, fmt.Sprintf("2001:db8::%d", n+1)).Want(t, http.StatusAccepted, "")
	}
	a := signUp(3, "2001:db8::ffff").Want(t, http.StatusTooManyRequests, "rate_limited")
	if a.Header.Get("Retry-After") == "" {
		t.Error("429 without Retry-After")
	}
	signUp(4, "2001:db8:0:1::1").Want(t, http.StatusAccepted, "")
	// Whoever writes the header themselves is not believed past the proxy.
	signUp(5, "192.0.2.1, 2001:db8::1").Want(t, http.StatusTooManyRequests, "rate_limited")
}

func TestAnAddressGetsFiveMailsAnHourFromStrangers(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	email := address(t, 1)
	w.join(t, email)
	for range 8 {
		w.Post(t, "/auth/request-password-reset", map[string]string{"email": email}).Want(t, http.StatusAccepted, "")
	}
	// The notice of a new password is not counted, and comes after the others.
	w.Post(t, "/auth/reset-password", map[string]string{"token": w.linkToken(t, email, 2), "new_password": "a fresh start 81"}).
		Want(t, http.StatusOK, "")
	waittest.Until(t, "the notice", func() bool {
		for _, m := range w.mailsTo(email) {
			if strings.Contains(m.Subject, "changed") {
				return true
			}
		}
		return false
	})
	if got := len(w.mailsTo(email)); got != 7 { // kinds are counted apart: the link of the sign-up is none of the five
		t.Errorf("%d mails, want the sign-up's, five and the notice", got)
	}
}
