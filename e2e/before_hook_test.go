package e2e_test

import (
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/apptest"
	"github.com/sallyport-auth/sallyport/internal/fleet"
	"github.com/sallyport-auth/sallyport/internal/jws"
	"github.com/sallyport-auth/sallyport/internal/waittest"
)

// TestTheProgramOfTheManualSaysNo: the example of docs/webhooks.md is asked by the
// server that ships, before a sign-up and before tokens, and what it says reaches the
// API, the page and the token.
func TestTheProgramOfTheManualSaysNo(t *testing.T) {
	t.Parallel()
	w := newWorld(t, thisMachine, "SALLYPORT_RATE_LIMITS=off") // it is asked again and again until it counts
	port, err := fleet.FreePort()
	if err != nil {
		t.Fatal(err)
	}
	hookID, secret := w.addHook(t, "--url", "http://127.0.0.1:"+strconv.Itoa(port)+"/ask", "--before-sign-up", "--before-token")
	// Nobody is there to answer: closed.
	stranger := credentials{address(t, 1), password}
	waittest.Until(t, "the server to ask", func() bool {
		return w.Post(t, "/auth/sign_up", stranger).Status == http.StatusServiceUnavailable
	})
	program := startExample(t, secret, port)
	waittest.Until(t, "an answer", func() bool { return w.Post(t, "/auth/sign_up", stranger).Status == http.StatusForbidden })
	const says = "Use your address at example.com."
	if a := w.Post(t, "/auth/sign_up", stranger).Want(t, http.StatusForbidden, "sign_up_refused"); a.Member(t, "detail") != says {
		t.Errorf("people are told %q", a.Member(t, "detail"))
	}
	w.browser(t).send(t, "/sign-up", "email", stranger.Email, "password", password).want(t, http.StatusForbidden, "/sign-up", says)

	email := strings.Replace(address(t, 2), "people.example", "example.com", 1)
	tokens := w.join(t, email)
	var refreshed apptest.Tokens
	w.refresh(t, tokens.RefreshToken).Want(t, http.StatusOK, "").Read(t, &refreshed)
	w.remember(refreshed.AccessToken, refreshed.RefreshToken)
	for _, token := range []string{tokens.AccessToken, refreshed.AccessToken} {
		j, err := jws.Parse(token, jws.MaxToken)
		if err != nil || !strings.Contains(string(j.Payload), `"plan":"gold"`) {
			t.Errorf("the token says %s (%v)", j.Payload, err)
		}
	}
	w.Do(t, apptest.Request{Path: "/auth/me", Bearer: refreshed.AccessToken}).Want(t, http.StatusOK, "")
	w.browser(t).send(t, "/sign-in", "email", email, "password", password).want(t, http.StatusOK, "/account", email)

	// A program that is gone lets nobody in, and nobody out either; a sign-out goes on.
	if err := program.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = program.Wait()
	w.Post(t, "/auth/login", credentials{email, password}).Want(t, http.StatusServiceUnavailable, "unavailable")
	w.refresh(t, refreshed.RefreshToken).Want(t, http.StatusServiceUnavailable, "unavailable")
	w.Post(t, "/auth/logout", map[string]string{"refresh_token": refreshed.RefreshToken}).Want(t, http.StatusOK, "")
	w.hook(t, "disable", hookID)
	waittest.Until(t, "nobody to be asked", func() bool { return w.Post(t, "/auth/login", credentials{email, password}).Status == http.StatusOK })
}

// TestClaimsForWhichATokenHasNoRoom: what operators know of a user and what the
// program adds are too long together. Nothing is opened or exchanged by then: whoever
// is refused signs in and goes on once there is room, with the same refresh token.
func TestClaimsForWhichATokenHasNoRoom(t *testing.T) {
	t.Parallel()
	for _, outage := range []string{"refuse", "accept"} {
		t.Run(outage, func(t *testing.T) {
			t.Parallel()
			claims := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, _ *http.Request) {
				_, _ = rw.Write([]byte(`{"allow":true,"claims":{"rights":"` + strings.Repeat("r", 3500) + `"}}`))
			}))
			t.Cleanup(claims.Close)
			w := newWorld(t, thisMachine, "SALLYPORT_CLAIMS=about=app_metadata.about", "SALLYPORT_BEFORE_TOKEN_OUTAGE="+outage, "SALLYPORT_RATE_LIMITS=off")
			email := address(t, 1)
			tokens := w.join(t, email)
			w.addHook(t, "--url", claims.URL, "--before-token")
			says := func(a apptest.Answer, claim string) bool {
				a.Want(t, http.StatusOK, "")
				j, err := jws.Parse(a.Member(t, "access_token"), jws.MaxToken)
				return err == nil && strings.Contains(string(j.Payload), `"`+claim+`":`)
			}
			signIn := func() apptest.Answer { return w.Post(t, "/auth/login", credentials{email, password}) }
			waittest.Until(t, "the program to be asked", func() bool { return says(signIn(), "rights") })

			before := len(w.devices(t, "/auth/sessions", tokens.AccessToken))
			about := func(change ...string) {
				args := append([]string{"user", "app-metadata", email}, change...)
				if _, stderr, code := apptest.Run(t.Context(), t, w.operator(), nil, args...); code != 0 {
					t.Fatalf("%v: %d\n%s", args, code, stderr)
				}
			}
			about("--set", "about="+strings.Repeat("a", 1000))
			login, refresh := signIn(), w.refresh(t, tokens.RefreshToken)
			if outage == "accept" {
				for name, a := range map[string]apptest.Answer{"sign-in": login, "refresh": refresh} {
					if says(a, "rights") || !says(a, "about") {
						t.Errorf("%s: the token has claims of the program, or none of the server", name)
					}
				}
				return
			}
			login.Want(t, http.StatusServiceUnavailable, "unavailable")
			refresh.Want(t, http.StatusServiceUnavailable, "unavailable")
			if n := len(w.devices(t, "/auth/sessions", tokens.AccessToken)); n != before {
				t.Errorf("%d sessions, before the sign-in that was refused %d", n, before)
			}
			about("--remove", "about")
			if again := w.refreshed(t, tokens.RefreshToken); again.RefreshGeneration != tokens.RefreshGeneration+1 {
				t.Errorf("generation %d follows %d: the refusals exchanged something", again.RefreshGeneration, tokens.RefreshGeneration)
			}
		})
	}
}

// startExample starts the program of the manual.
func startExample(t *testing.T, secret string, port int) *exec.Cmd {
	t.Helper()
	page, err := os.ReadFile("../docs/webhooks.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, found := strings.Cut(string(page), "```js\n// ask.mjs\n")
	code, _, closed := strings.Cut(rest, "```")
	if !found || !closed {
		t.Fatal("the manual has no ask.mjs")
	}
	if _, err := os.Stat("contract/node_modules/standardwebhooks"); err != nil {
		needContractTools(t)
		t.Fatal("the library is not installed: make test-needs")
	}
	run := exec.CommandContext(t.Context(), "node", "--input-type=module", "-")
	run.Dir, run.Stdin, run.Stderr = "contract", strings.NewReader(code), os.Stderr
	run.Env = append(os.Environ(), "HOOK_SECRET="+secret, "PORT="+strconv.Itoa(port))
	if err := run.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = run.Process.Kill(); _ = run.Wait() })
	return run
}
