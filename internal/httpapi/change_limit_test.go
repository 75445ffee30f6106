package httpapi_test

import (
	"net/http"
	"testing"
)

// What a user changes is limited by user: neither an attacker with many addresses
// nor a neighbour with the same one matters.
func TestChangesAreLimitedByUser(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(s *settings) { s.limits.ChangePerMinute = 3 })
	ada, bob := w.join(t, "ada@people.example"), w.join(t, "bob@people.example")
	change := func(bearer string) reply {
		return w.do(t, request{method: http.MethodPatch, path: "/auth/me", bearer: bearer, body: object{"name": "A"}})
	}
	for range 3 {
		change(ada.AccessToken).want(t, http.StatusOK, "")
	}
	change(ada.AccessToken).want(t, http.StatusTooManyRequests, "rate_limited")
	w.do(t, request{method: http.MethodDelete, path: "/auth/sessions", bearer: ada.AccessToken}).want(t, http.StatusTooManyRequests, "rate_limited")
	change(bob.AccessToken).want(t, http.StatusOK, "")
	w.get(t, "/auth/me", ada.AccessToken).want(t, http.StatusOK, "")
}
