package e2e_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/apptest"
)

// TestAStoredSecretThatCannotBeReadIsARefusalLikeAnyOther has what an import or a
// hand in the table left behind: a password's hash of a form that is not read, and
// a code generator's secret that does not open. Nobody outside can tell either
// from a wrong answer; the operator is told.
func TestAStoredSecretThatCannotBeReadIsARefusalLikeAnyOther(t *testing.T) {
	t.Parallel()
	w := newWorld(t, quiet)
	const foreign = "$6$rounds=5000$saltsaltsalt$hashhashhash"
	email, withFactor := address(t, 1), address(t, 2)
	tokens := w.join(t, email)
	g := w.enrol(t, w.join(t, withFactor).AccessToken)
	w.remember("saltsaltsalt", "hashhashhash")
	db := w.database(t)
	for statement, args := range map[string][]any{
		`UPDATE credentials SET secret = ? WHERE kind = 'password' AND user_id = (SELECT id FROM users WHERE email_canonical = ?)`:           {foreign, email},
		`UPDATE totp SET secret_sealed = replace(secret_sealed, '.', '.A') WHERE user_id = (SELECT id FROM users WHERE email_canonical = ?)`: {withFactor},
	} {
		if res, err := db.ExecContext(t.Context(), statement, args...); err != nil {
			t.Fatal(err)
		} else if n, err := res.RowsAffected(); n != 1 || err != nil {
			t.Fatalf("%d rows changed, %v", n, err)
		}
	}

	unknown := w.Post(t, "/auth/login", credentials{address(t, 9), password}).Want(t, http.StatusUnauthorized, "invalid_credentials")
	got := w.Post(t, "/auth/login", credentials{email, password}).Want(t, http.StatusUnauthorized, "invalid_credentials")
	if a, b := unknown.Member(t, "detail"), got.Member(t, "detail"); a != b {
		t.Errorf("an unknown address is told %q, this one %q", a, b)
	}
	for _, r := range []apptest.Request{
		{Method: http.MethodPost, Path: "/auth/reauthenticate", Body: map[string]string{"password": password}},
		{Method: http.MethodPost, Path: "/auth/change-password", Body: map[string]string{"current_password": password, "new_password": "a fresh start 81"}},
		{Method: http.MethodDelete, Path: "/auth/me", Body: map[string]string{"password": password}},
	} {
		r.Bearer = tokens.AccessToken
		w.Do(t, r).Want(t, http.StatusUnauthorized, "invalid_credentials")
	}
	for range 9 { // a live session's tries are counted apart
		w.Post(t, "/auth/login", credentials{email, password}).Want(t, http.StatusUnauthorized, "invalid_credentials")
	}
	w.Post(t, "/auth/login", credentials{email, password}).Want(t, http.StatusTooManyRequests, "rate_limited")
	if log := w.log(); strings.Count(log, "stored password cannot be read") != 13 || !strings.Contains(log, `"form":"$6$"`) {
		t.Errorf("the log does not name the form at each of thirteen tries:\n%s", log)
	}

	step := w.ask(t, withFactor)
	w.Post(t, "/auth/login/mfa", second(step, "totp", oath(t, g.Secret, "+30 seconds"))).Want(t, http.StatusUnauthorized, "invalid_code")
	w.Post(t, "/auth/login/mfa", second(step, "recovery_code", g.RecoveryCodes[0])).Want(t, http.StatusOK, "")

	for counter, want := range map[string]float64{
		`sallyport_unreadable_secret_total{outcome="password"}`: 13, `sallyport_unreadable_secret_total{outcome="totp"}`: 1,
	} {
		if got := w.figure(t, counter); got != want {
			t.Errorf("%s is %v, want %v", counter, got, want)
		}
	}
	out, errs, code := apptest.Run(t.Context(), t, w.operator(), nil, "doctor")
	for _, want := range []string{"1 stored passwords cannot be read (1 $6$): users " + tokens.User.ID, "1 secrets of authenticator apps cannot be decrypted"} {
		if code != 0 || !strings.Contains(out, want) {
			t.Errorf("doctor does not say %q: %d %s %s", want, code, out, errs)
		}
	}

	w.Post(t, "/auth/request-password-reset", map[string]string{"email": email}).Want(t, http.StatusAccepted, "")
	w.Post(t, "/auth/reset-password", map[string]string{
		"token": w.resetToken(t, email, 1), "new_password": "a fresh start 81",
	}).Want(t, http.StatusOK, "")
	w.login(t, email, "a fresh start 81")
}
