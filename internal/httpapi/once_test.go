package httpapi_test

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/fleet/fleettest"
	"github.com/sallyport-auth/sallyport/internal/httpapi"
	"github.com/sallyport-auth/sallyport/internal/httpapi/frame"
)

// keyed sends a request with an Idempotency-Key.
func (w *world) keyed(tb testing.TB, key, path, bearer string, body any) reply {
	tb.Helper()
	return w.do(tb, request{method: http.MethodPost, path: path, bearer: bearer, body: body, header: []string{frame.HeaderIdempotencyKey, key}})
}

// The same request with the same key is answered the same, to the byte, and does
// what it does once: a sign-in, a step towards one, a sign-up.
func TestTheSameKeyAndBodyAnswerTheSameOnce(t *testing.T) {
	t.Parallel()
	const email = "ada@people.example"
	w := newWorld(t)
	mine := w.join(t, email)
	right := object{"email": email, "password": goodPassword}
	same := func(what, path, bearer string, status int, body any) reply {
		t.Helper()
		key := "8e03978e-" + strings.ReplaceAll(what, " ", "-")
		first := w.keyed(t, key, path, bearer, body).want(t, status, "")
		again := w.keyed(t, key, path, bearer, body).want(t, status, "")
		if !bytes.Equal(first.body, again.body) || strings.Join(first.header.Values("Set-Cookie"), "|") != strings.Join(again.header.Values("Set-Cookie"), "|") ||
			first.header.Get("Content-Type") != again.header.Get("Content-Type") || first.header.Get("Cache-Control") != again.header.Get("Cache-Control") {
			t.Errorf("%s: %s %v\nand again\n%s %v", what, first.body, first.header, again.body, again.header)
		}
		return first
	}
	var in httpapi.Tokens
	if r := same("login", "/auth/login", "", http.StatusOK, right); len(r.header.Values("Set-Cookie")) != 1 {
		t.Errorf("the sign-in sets %v", r.header.Values("Set-Cookie"))
	} else {
		r.read(t, &in)
	}
	w.get(t, "/auth/me", in.AccessToken).want(t, http.StatusOK, "")
	if n := len(w.list(t, "/auth/sessions", mine.AccessToken)); n != 2 {
		t.Errorf("%d sessions, want 2", n)
	}
	same("sign-up", "/auth/sign_up", "", http.StatusAccepted, object{"email": "bob@people.example", "password": goodPassword})
	w.linkToken(t, "bob@people.example", 1)
	same("another address", "/auth/change-email", mine.AccessToken, http.StatusAccepted, object{"new_email": "new@people.example"})
	g := w.enrol(t, mine.AccessToken)
	same("a step", "/auth/login", "", http.StatusOK, object{"email": email, "password": goodPassword, "device_name": "phone"})
	same("the second step", "/auth/login/mfa", "", http.StatusOK, object{"mfa_token": w.ask(t, email).MFAToken, "method": "totp", "code": g.code(t)})
	w.told(t, "new@people.example", "")
	if n := len(w.box.List("bob@people.example")); n != 1 {
		t.Errorf("%d mails came of one sign-up", n)
	}
}

func TestWhatAKeyIsNotGoodFor(t *testing.T) {
	t.Parallel()
	const email, path = "ada@people.example", "/auth/login"
	w := newWorld(t)
	mine := w.join(t, email)
	right, wrong := object{"email": email, "password": goodPassword}, object{"email": email, "password": "not it at all"}
	for _, key := range []string{strings.Repeat("k", 65), "with space", "schl\u00fcssel"} {
		p := w.keyed(t, key, path, "", right).want(t, http.StatusUnprocessableEntity, "invalid_input").problem(t)
		if len(p.Errors) != 1 || p.Errors[0].Field != frame.HeaderIdempotencyKey {
			t.Errorf("a key %q: %+v", key, p.Errors)
		}
	}
	w.do(t, request{
		method: http.MethodPost, path: path, body: right,
		header: []string{frame.HeaderIdempotencyKey, "one", frame.HeaderIdempotencyKey, "two"},
	}).want(t, http.StatusUnprocessableEntity, "invalid_input")
	// A refusal is not kept, and is counted each time as ever.
	w.keyed(t, "refused", path, "", wrong).want(t, http.StatusUnauthorized, "invalid_credentials")
	w.keyed(t, "refused", path, "", right).want(t, http.StatusOK, "")
	// Another body with the key of an answer.
	w.keyed(t, "refused", path, "", wrong).want(t, http.StatusUnprocessableEntity, "idempotency_key_reused")
	// Somebody else's key is another key.
	bob := w.join(t, "bob@people.example")
	w.keyed(t, "mine", "/auth/mfa/totp", mine.AccessToken, nil).want(t, http.StatusOK, "")
	var other struct {
		URI string `json:"otpauth_uri"`
	}
	w.keyed(t, "mine", "/auth/mfa/totp", bob.AccessToken, nil).want(t, http.StatusOK, "").read(t, &other)
	if !strings.Contains(other.URI, "bob") {
		t.Errorf("bob is answered %s", other.URI)
	}
	// Where it says nothing of keys they are nothing.
	w.keyed(t, strings.Repeat("k", 65), "/auth/refresh", "", object{"refresh_token": bob.RefreshToken}).want(t, http.StatusOK, "")
	w.clock.Advance(10 * time.Minute)
	w.keyed(t, "refused", path, "", wrong).want(t, http.StatusUnauthorized, "invalid_credentials")
}

// The first answer of a sign-in is worth nothing once its session has moved on: the
// same request is answered the newest token, and nothing once the session ended.
func TestTheAnswerOfASignInIsNotRepeatedOnceItsSessionMovedOn(t *testing.T) {
	t.Parallel()
	const email, path = "ada@people.example", "/auth/login"
	w := newWorld(t)
	w.join(t, email)
	right := object{"email": email, "password": goodPassword}
	var first, again httpapi.Tokens
	w.keyed(t, "one", path, "", right).want(t, http.StatusOK, "").read(t, &first)
	next := w.refreshed(t, first)
	w.keyed(t, "one", path, "", right).want(t, http.StatusOK, "").read(t, &again)
	if again.SessionID != first.SessionID || again.RefreshToken != next.RefreshToken || again.RefreshGeneration != 1 {
		t.Errorf("answered generation %d, want the newest", again.RefreshGeneration)
	}
	w.get(t, "/auth/me", again.AccessToken).want(t, http.StatusOK, "")
	w.do(t, request{method: http.MethodPost, path: "/auth/logout", bearer: again.AccessToken, body: object{}}).want(t, http.StatusOK, "")
	w.keyed(t, "one", path, "", right).want(t, http.StatusUnauthorized, "session_ended")
}

// Two sessions of a user share no keys.
func TestAKeyBelongsToASession(t *testing.T) {
	t.Parallel()
	const email = "ada@people.example"
	w := newWorld(t)
	mine := w.join(t, email)
	var other httpapi.Tokens
	w.post(t, "/auth/login", object{"email": email, "password": goodPassword}).want(t, http.StatusOK, "").read(t, &other)
	first := w.keyed(t, "one", "/auth/mfa/totp", mine.AccessToken, nil).want(t, http.StatusOK, "")
	second := w.keyed(t, "one", "/auth/mfa/totp", other.AccessToken, nil).want(t, http.StatusOK, "")
	if bytes.Equal(first.body, second.body) {
		t.Errorf("another session is answered %s", second.body)
	}
	again := w.keyed(t, "one", "/auth/mfa/totp", w.refreshed(t, mine).AccessToken, nil).want(t, http.StatusOK, "")
	if !bytes.Equal(first.body, again.body) {
		t.Error("the session is not answered the same after a refresh")
	}
}

// Of 32 times the same sign-in at once one session comes, on every engine, and
// whoever is answered is answered that one.
func TestOfManyOfOneSignInOneSessionComes(t *testing.T) {
	t.Parallel()
	const email, racers = "ada@people.example", 32
	fleettest.OnEachEngine(t, func(t *testing.T, engine string) {
		w := newWorld(t, func(s *settings) { s.url = fleettest.Database(t, engine) })
		mine := w.join(t, email)
		right := object{"email": email, "password": goodPassword}
		var wg sync.WaitGroup
		var mu sync.Mutex
		sessions := map[string]int{}
		for range racers {
			wg.Go(func() {
				for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); {
					r := w.keyed(t, "one", "/auth/login", "", right)
					if r.status == http.StatusConflict {
						r.want(t, http.StatusConflict, "request_in_progress")
						continue
					}
					var in httpapi.Tokens
					r.want(t, http.StatusOK, "").read(t, &in)
					mu.Lock()
					defer mu.Unlock()
					sessions[in.SessionID]++
					return
				}
				t.Error("no answer came")
			})
		}
		wg.Wait()
		if len(sessions) != 1 {
			t.Errorf("they were answered %v", sessions)
		}
		if n := len(w.list(t, "/auth/sessions", mine.AccessToken)); n != 2 {
			t.Errorf("%d sessions, want 2", n)
		}
	})
}

// Each request with a key writes a row before anything that it says is checked, so
// where nothing else limits a client address, one with a key counts as a sign-in.
func TestKeysAreLimitedByAddressWhereTheirRouteIsNot(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(s *settings) { s.limits.LoginPerMinute = 3 })
	rubbish := object{"mfa_token": "spm_rubbish", "method": "totp", "code": "123456"}
	for n := range 3 {
		w.keyed(t, fmt.Sprint("key", n), "/auth/login/mfa", "", rubbish).want(t, http.StatusUnauthorized, "invalid_token")
	}
	refused := w.keyed(t, "one-more", "/auth/login/mfa", "", rubbish).want(t, http.StatusTooManyRequests, "rate_limited")
	if refused.header.Get("Retry-After") == "" {
		t.Error("it does not say when to come again")
	}
	// Without a key nothing is written, and no address waits for its neighbours.
	w.post(t, "/auth/login/mfa", rubbish).want(t, http.StatusUnauthorized, "invalid_token")
	w.clock.Advance(time.Minute)
	w.keyed(t, "one-more", "/auth/login/mfa", "", rubbish).want(t, http.StatusUnauthorized, "invalid_token")
}
