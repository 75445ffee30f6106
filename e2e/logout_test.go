package e2e_test

import (
	"net/http"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/apptest"
)

type receipt struct {
	Revocation int64  `json:"revocation"`
	RevokedAt  string `json:"revoked_at"`
}

func (w *world) logout(t *testing.T, bearer string, body any) apptest.Answer {
	t.Helper()
	return w.Do(t, apptest.Request{Method: http.MethodPost, Path: "/auth/logout", Bearer: bearer, Body: body})
}

func TestEveryWayToLogOut(t *testing.T) {
	t.Parallel()
	w := newWorld(t, quiet)
	email := address(t, 1)
	w.join(t, email)
	tests := []struct {
		name string
		out  func(t *testing.T, tokens apptest.Tokens) apptest.Answer
	}{
		{"with the access token", func(t *testing.T, s apptest.Tokens) apptest.Answer { return w.logout(t, s.AccessToken, nil) }},
		{"with an empty object", func(t *testing.T, s apptest.Tokens) apptest.Answer {
			return w.logout(t, s.AccessToken, map[string]string{})
		}},
		{"with the refresh token in the body", func(t *testing.T, s apptest.Tokens) apptest.Answer {
			return w.logout(t, "", map[string]string{"refresh_token": s.RefreshToken})
		}},
		{"with the refresh token as bearer", func(t *testing.T, s apptest.Tokens) apptest.Answer {
			return w.logout(t, s.RefreshToken, nil)
		}},
		{"with an older refresh token of the session, which is no replay", func(t *testing.T, s apptest.Tokens) apptest.Answer {
			w.refreshed(t, s.RefreshToken)
			return w.logout(t, "", map[string]string{"refresh_token": s.RefreshToken})
		}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := w.login(t, email, password)
			other := w.login(t, email, password)
			var first, second receipt
			test.out(t, s).Want(t, http.StatusOK, "").Read(t, &first)
			if first.Revocation == 0 || first.RevokedAt == "" {
				t.Errorf("the receipt is %+v", first)
			}
			w.dead(t, s.AccessToken)
			w.refresh(t, s.RefreshToken).Want(t, http.StatusUnauthorized, "session_ended")
			w.logout(t, "", map[string]string{"refresh_token": s.RefreshToken}).Want(t, http.StatusOK, "").Read(t, &second)
			if second.RevokedAt != first.RevokedAt {
				t.Errorf("a second logout says %+v, the first said %+v", second, first)
			}
			w.Get(t, "/auth/me", other.AccessToken).Want(t, http.StatusOK, "")
		})
	}
}

func TestLogoutEverywhereNeedsALiveTokenAndEndsAll(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	email := address(t, 1)
	one := w.join(t, email)
	two := w.login(t, email, password)
	everywhere := map[string]bool{"everywhere": true}
	w.logout(t, "", everywhere).Want(t, http.StatusUnauthorized, "")
	w.logout(t, one.AccessToken, everywhere).Want(t, http.StatusOK, "")
	for _, s := range []apptest.Tokens{one, two} {
		w.dead(t, s.AccessToken)
		w.refresh(t, s.RefreshToken).Want(t, http.StatusUnauthorized, "session_ended")
	}
	w.logout(t, two.AccessToken, everywhere).Want(t, http.StatusUnauthorized, "")
	w.login(t, email, password)
}

func TestLogoutWithNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	a := w.logout(t, "", nil).Want(t, http.StatusUnauthorized, "")
	if a.Header.Get("WWW-Authenticate") == "" {
		t.Error("401 without WWW-Authenticate")
	}
	w.logout(t, "garbage", nil).Want(t, http.StatusUnauthorized, "invalid_token")
}

func TestChangingThePasswordKeepsTheCallerSignedIn(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	email := address(t, 1)
	here := w.join(t, email)
	there := w.login(t, email, password)
	change := func(current, fresh string) apptest.Answer {
		return w.Do(t, apptest.Request{
			Method: http.MethodPost, Path: "/auth/change-password", Bearer: here.AccessToken,
			Body: map[string]string{"current_password": current, "new_password": fresh},
		})
	}
	change("wrong", "a fresh start 81").Want(t, http.StatusUnauthorized, "invalid_credentials")
	change(password, "short").Want(t, http.StatusUnprocessableEntity, "weak_password")
	w.Get(t, "/auth/me", here.AccessToken).Want(t, http.StatusOK, "")

	var fresh apptest.Tokens
	change(password, "a fresh start 81").Want(t, http.StatusOK, "").Read(t, &fresh)
	w.Get(t, "/auth/me", fresh.AccessToken).Want(t, http.StatusOK, "")
	w.dead(t, here.AccessToken)
	replaced := w.refresh(t, here.RefreshToken).Want(t, http.StatusUnauthorized, "session_replaced")
	if got := next(t, replaced); got != "retry" {
		t.Errorf("next is %q, want retry", got)
	}
	w.refresh(t, there.RefreshToken).Want(t, http.StatusUnauthorized, "session_ended")
	w.refreshed(t, fresh.RefreshToken)
	w.Post(t, "/auth/login", credentials{email, password}).Want(t, http.StatusUnauthorized, "invalid_credentials")
	w.mail(t, email, 2)
}
