package e2e_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/apptest"
	"github.com/sallyport-auth/sallyport/internal/waittest"
)

// userCommand runs sallyport user with --json beside the server and reads what it
// says.
func userCommand[T any](t *testing.T, w *world, args ...string) (said T) {
	t.Helper()
	out, errs, code := apptest.Run(t.Context(), t, w.operator(), strings.NewReader(""), append(append([]string{"user"}, args...), "--json")...)
	if code != 0 {
		t.Fatalf("user %v: %d %s", args, code, errs)
	}
	if err := json.Unmarshal([]byte(out), &said); err != nil {
		t.Fatalf("user %v says %s: %v", args, out, err)
	}
	return said
}

// TestOperatorsLookAfterUsers by commands, while the server runs: what they end is
// over for it within the time in which instances hear of each other.
func TestOperatorsLookAfterUsers(t *testing.T) {
	t.Parallel()
	w := newWorld(t, append(cheapHash, quiet)...)
	email := address(t, 1)
	tokens := w.join(t, email)
	refused := func(tokens apptest.Tokens, reason string) {
		t.Helper()
		waittest.Within(t, lateness, "the server refuses the access token", func() bool {
			return w.Get(t, "/auth/me", tokens.AccessToken).Status == http.StatusUnauthorized
		})
		var problem struct{ Reason string }
		w.refresh(t, tokens.RefreshToken).Want(t, http.StatusUnauthorized, "session_ended").Read(t, &problem)
		if problem.Reason != reason {
			t.Errorf("the session ended by %q, want %q", problem.Reason, reason)
		}
	}

	userCommand[map[string]any](t, w, "sign-out", email)
	refused(tokens, "operator")
	tokens = w.login(t, email, password)
	roles := userCommand[struct{ Roles []string }](t, w, "roles", email, "--add", "editor", "--add", "admin")
	if strings.Join(roles.Roles, " ") != "admin editor" {
		t.Errorf("the roles are %v", roles.Roles)
	}
	refused(tokens, "roles_changed")
	tokens = w.login(t, email, password)
	if got := strings.Join(tokens.User.Roles, " "); got != "admin editor" {
		t.Errorf("signed in with the roles %q", got)
	}
	type shown struct {
		ID, Email, Status string
		Devices           []struct {
			SessionID string `json:"session_id"`
		}
	}
	if ada := userCommand[shown](t, w, "show", tokens.User.ID); ada.Email != email || ada.Status != "active" || len(ada.Devices) != 1 {
		t.Errorf("shown is %+v", ada)
	}
	if all := userCommand[[]shown](t, w, "list"); len(all) != 1 || all[0].ID != tokens.User.ID {
		t.Errorf("listed are %+v", all)
	}
	userCommand[map[string]any](t, w, "disable", email)
	refused(tokens, "disabled")
	w.Post(t, "/auth/login", credentials{email, password}).Want(t, http.StatusForbidden, "account_disabled")
	w.Post(t, "/auth/login", credentials{email, "something else 27"}).Want(t, http.StatusUnauthorized, "invalid_credentials")
	userCommand[map[string]any](t, w, "enable", email)
	w.login(t, email, password)

	for _, c := range []struct {
		args string
		code int
		says string
	}{
		{"show", 2, "name one user"},
		{"show nobody@example.com", 1, "There is no such user."},
		{"disable nobody@example.com", 1, "There is no such user."},
		{"roles " + email + " --add a,b", 1, "role must have 1 to 64 letters"},
		{"list --limit 0", 2, "--limit must be 1 or more"},
	} {
		_, errs, code := apptest.Run(t.Context(), t, w.operator(), strings.NewReader(""), append([]string{"user"}, strings.Fields(c.args)...)...)
		if code != c.code || !strings.Contains(errs, c.says) {
			t.Errorf("user %s: %d %s, want %d and %q", c.args, code, errs, c.code, c.says)
		}
	}
	for _, args := range []string{"list", "show " + email, "roles " + email, "disable " + email} {
		out, errs, code := apptest.Run(t.Context(), t, w.operator(), strings.NewReader(""), append([]string{"user"}, strings.Fields(args)...)...)
		if code != 0 || !strings.Contains(out, email) || strings.Contains(out, "{") {
			t.Errorf("user %s for people: %d %s %s", args, code, out, errs)
		}
	}
}
