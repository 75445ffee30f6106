package e2e_test

import (
	"fmt"
	"net/http"
	"strconv"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/apptest"
)

// TestEveryFlowHasALimitThatSaysWhenToComeBack goes over each limit per client
// address, also for addresses that have no account.
func TestEveryFlowHasALimitThatSaysWhenToComeBack(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "SALLYPORT_LIMIT_SIGN_UP_PER_HOUR=3", "SALLYPORT_LIMIT_LOGIN_PER_MINUTE=3",
		"SALLYPORT_LIMIT_MAIL_REQUESTS_PER_HOUR=3", "SALLYPORT_LIMIT_TOKEN_PER_MINUTE=3", "SALLYPORT_LIMIT_REFRESH_PER_MINUTE=3",
		"SALLYPORT_TRUSTED_PROXIES=127.0.0.1", byMail)
	email := func(n int) map[string]string { return map[string]string{"email": address(t, n)} }
	flows := []struct {
		name  string
		paths []string // that share one limit
		body  func(n int) any
	}{
		{"sign-up", []string{"/auth/sign_up"}, func(n int) any { return credentials{address(t, n), password} }},
		{"login", []string{"/auth/login"}, func(n int) any { return credentials{address(t, n), password} }},
		{"mail", []string{"/auth/request-password-reset", "/auth/request-email-verification", "/auth/magic-link"}, func(n int) any { return email(n) }},
		{"tokens", []string{"/auth/verify-email"}, func(int) any { return map[string]string{"token": "garbage"} }},
		{"refresh", []string{"/auth/refresh"}, func(int) any { return map[string]string{"refresh_token": "garbage"} }},
	}
	for _, flow := range flows {
		call := func(n int, from string) apptest.Answer {
			return w.Do(t, apptest.Request{
				Method: http.MethodPost, Path: flow.paths[n%len(flow.paths)], Body: flow.body(n),
				Header: []string{"X-Forwarded-For", from},
			})
		}
		first := call(0, "192.0.2.7")
		for n := range 2 {
			if a := call(n+1, "192.0.2.7"); a.Status != first.Status {
				t.Errorf("%s, call %d: %d %s", flow.name, n+2, a.Status, a.Body)
			}
		}
		a := call(3, "192.0.2.7").Want(t, http.StatusTooManyRequests, "rate_limited")
		if after, err := strconv.Atoi(a.Header.Get("Retry-After")); err != nil || after < 1 || after > 3600 {
			t.Errorf("%s: Retry-After is %q", flow.name, a.Header.Get("Retry-After"))
		}
		if a := call(4, "192.0.2.8"); a.Status != first.Status {
			t.Errorf("%s: another client is limited as well: %d", flow.name, a.Status)
		}
	}
	// Reset shares the limit of one-time tokens with verification.
	w.Do(t, apptest.Request{
		Method: http.MethodPost, Path: "/auth/reset-password", Body: map[string]string{"token": "garbage", "new_password": password},
		Header: []string{"X-Forwarded-For", "192.0.2.7"},
	}).Want(t, http.StatusTooManyRequests, "rate_limited")
}

// TestWithoutLimitsOnlyGuessesAreCounted is what a load test asks for.
func TestWithoutLimitsOnlyGuessesAreCounted(t *testing.T) {
	t.Parallel()
	w := newWorld(t, quiet, "SALLYPORT_LIMIT_REFRESH_PER_MINUTE=1", "SALLYPORT_ARGON2_MEMORY_KIB=64")
	for range 5 {
		w.refresh(t, "garbage").Want(t, http.StatusUnauthorized, "invalid_token")
	}
	for n := range 11 {
		status, code := http.StatusUnauthorized, "invalid_credentials"
		if n == 10 {
			status, code = http.StatusTooManyRequests, "rate_limited"
		}
		w.Post(t, "/auth/login", credentials{address(t, 1), fmt.Sprintf("guess number %d", n)}).Want(t, status, code)
	}
}
