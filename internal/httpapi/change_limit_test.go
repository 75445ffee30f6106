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

// What operators read is limited by user, and apart from what they change.
func TestReadsOfOperatorsAreLimited(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(s *settings) { s.limits.AdminReadsPerMinute = 3 })
	ada, bob := w.operator(t, "ada", "owner"), w.operator(t, "bob", "auditor")
	path := "/admin/api/users/" + bob.ID
	w.get(t, path, ada.token).want(t, http.StatusOK, "")
	w.get(t, path+"/events", ada.token).want(t, http.StatusOK, "")
	search := request{method: http.MethodPost, path: "/admin/api/users/search", bearer: ada.token, body: object{"user": bob.Email}}
	w.do(t, search).want(t, http.StatusOK, "")
	w.do(t, search).want(t, http.StatusTooManyRequests, "rate_limited")
	w.get(t, path, ada.token).want(t, http.StatusTooManyRequests, "rate_limited")
	w.get(t, path, bob.token).want(t, http.StatusOK, "")
	w.do(t, request{method: http.MethodPost, path: path + "/disable", bearer: ada.token, header: []string{"If-Match", "*"}}).want(t, http.StatusOK, "")
}
