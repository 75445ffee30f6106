package httpapi_test

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/httpapi"
	"github.com/sallyport-auth/sallyport/internal/signup"
)

const (
	magicLink       = "/auth/magic-link"
	magicLinkFinish = "/auth/magic-link/finish"
)

type askedByMail struct {
	Status       string `json:"status"`
	RequestToken string `json:"request_token"`
	ExpiresIn    int64  `json:"expires_in"`
}

// mailedIn is what stands in a mail that signs in.
type mailedIn struct{ token, code string }

var sixDigits = regexp.MustCompile(`\n\n([0-9]{6})\n\n`)

func (w *world) askByMail(tb testing.TB, body object) askedByMail {
	tb.Helper()
	var a askedByMail
	w.post(tb, magicLink, body).want(tb, http.StatusAccepted, "").read(tb, &a)
	if a.Status != "sent" || a.ExpiresIn != 900 || !strings.HasPrefix(a.RequestToken, "spq_") {
		tb.Errorf("asking gives %+v", a)
	}
	return a
}

// mailIn waits for the n-th mail to an address, which must be one that signs in.
func (w *world) mailIn(tb testing.TB, to string, n int) mailedIn {
	tb.Helper()
	token := w.linkToken(tb, to, n)
	mails := w.box.List(to)
	m := mails[len(mails)-n]
	found := sixDigits.FindStringSubmatch(m.Text)
	if !strings.HasPrefix(m.Subject, "Sign in to ") || found == nil {
		tb.Fatalf("mail %d is %q:\n%s", n, m.Subject, m.Text)
	}
	return mailedIn{token: token, code: found[1]}
}

func TestSignInByMail(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	const email = "ada@people.example"
	w.join(t, email)
	asked := w.askByMail(t, object{"email": email, "device_name": "Ada's phone"})
	m := w.mailIn(t, email, 2)
	for range 2 {
		if got := w.get(t, magicLink+"?token="+m.token, "").want(t, http.StatusOK, ""); string(got.body) != "{\"usable\":true}\n" {
			t.Errorf("looking at the link gives %s", got.body)
		}
	}
	wrong := "000000"
	if m.code == wrong {
		wrong = "000001"
	}
	refused := w.post(t, magicLinkFinish, object{"request_token": asked.RequestToken, "code": wrong}).want(t, http.StatusUnauthorized, "invalid_code")
	if challenge := refused.header.Get("Www-Authenticate"); strings.Contains(challenge, "invalid_token") {
		t.Errorf("a wrong code is challenged with %q", challenge)
	}
	got := w.post(t, magicLinkFinish, object{"request_token": asked.RequestToken, "code": m.code}).want(t, http.StatusOK, "")
	var tokens httpapi.Tokens
	got.read(t, &tokens)
	if len(got.header.Values("Set-Cookie")) != 1 || tokens.User.Email != email {
		t.Errorf("signing in gives %v and the user %+v", got.header, tokens.User)
	}
	claims := must(w.options.Verifier.Verify(t.Context(), tokens.AccessToken))
	if !slices.Equal(claims.AMR, []string{"email"}) || claims.ACR != "aal1" {
		t.Errorf("amr %v, acr %q", claims.AMR, claims.ACR)
	}
	w.get(t, "/auth/me", tokens.AccessToken).want(t, http.StatusOK, "")
	w.post(t, "/auth/refresh", object{"refresh_token": tokens.RefreshToken}).want(t, http.StatusOK, "")
	if got := w.get(t, magicLink+"?token="+m.token, "").want(t, http.StatusOK, ""); string(got.body) != "{\"usable\":false}\n" {
		t.Errorf("looking at the link of a code that was used gives %s", got.body)
	}
	w.post(t, magicLinkFinish, object{"token": m.token}).want(t, http.StatusBadRequest, "invalid_token")

	w.askByMail(t, object{"email": email})
	w.post(t, magicLinkFinish, object{"token": w.mailIn(t, email, 3).token, "device_name": "another"}).want(t, http.StatusOK, "")
	for name, body := range map[string]object{
		"nothing":       {},
		"both":          {"token": m.token, "request_token": asked.RequestToken, "code": m.code},
		"code alone":    {"code": m.code},
		"request alone": {"request_token": asked.RequestToken},
		"a link's code": {"token": m.token, "code": m.code},
	} {
		if got := w.post(t, magicLinkFinish, body).want(t, http.StatusUnprocessableEntity, "invalid_input"); len(got.problem(t).Errors) != 1 {
			t.Errorf("%s: %s", name, got.body)
		}
	}
	if log := w.log.String(); strings.Contains(log, m.token) || strings.Contains(log, asked.RequestToken) {
		t.Error("a token stands in the log")
	}
}

func TestSignInByMailAsksForTheSecondFactor(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	const email = "ada@people.example"
	g := w.enrol(t, w.join(t, email).AccessToken)
	w.told(t, email, "An authenticator app")
	w.askByMail(t, object{"email": email})
	var a asked
	got := w.post(t, magicLinkFinish, object{"token": w.mailIn(t, email, 3).token}).want(t, http.StatusOK, "")
	got.read(t, &a)
	if !a.MFARequired || a.AccessToken != "" || got.header.Values("Set-Cookie") != nil || !slices.Equal(a.Methods, []string{"totp", "recovery_code"}) {
		t.Fatalf("a link gives %s, %v", got.body, got.header)
	}
	w.second(t, a.MFAToken, "totp", g.code(t)).want(t, http.StatusOK, "")
}

func TestSignInByMailIsOffByDefault(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(s *settings) { s.noMagicLinks = true })
	w.join(t, "ada@people.example")
	for _, email := range []string{"ada@people.example", "nobody@people.example"} {
		w.post(t, magicLink, object{"email": email}).want(t, http.StatusForbidden, "magic_link_off")
	}
	w.get(t, magicLink+"?token=x", "").want(t, http.StatusForbidden, "magic_link_off")
	w.post(t, magicLinkFinish, object{"token": "x"}).want(t, http.StatusForbidden, "magic_link_off")
}

// What strangers can do with sign-ins by mail must not tell whether an address has
// an account, or in what state it is.
func TestSignInByMailTellsStrangersNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	rooms := w.options.SignUps
	for kind, verified := range map[string]bool{"known": true, "unverified": false} {
		must(rooms.Create(t.Context(), signup.Create{Email: kind + "@people.example", Password: goodPassword, Verified: verified}))
	}
	w.post(t, "/auth/sign_up", object{"email": "pending@people.example", "password": goodPassword}).want(t, http.StatusAccepted, "")
	heard := map[string]string{}
	for _, kind := range []string{"nobody", "known", "unverified", "pending"} {
		p := &prober{w: w, email: kind + "@people.example"}
		var requests []string
		hear := func(what string, r reply) {
			p.hear(t, what, r)
			_, _ = fmt.Fprintln(&p.heard, len(r.body), len(r.header), r.header.Get("Content-Type"), r.header.Get("Retry-After"))
		}
		for n := range 6 {
			r := w.post(t, magicLink, object{"email": p.email})
			hear("ask", r)
			var a askedByMail
			r.read(t, &a)
			requests = append(requests, a.RequestToken)
			for range n + 2 {
				hear("guess", w.post(t, magicLinkFinish, object{"request_token": a.RequestToken, "code": "no code"}))
			}
			hear("guess at the first", w.post(t, magicLinkFinish, object{"request_token": requests[0], "code": "no code"}))
		}
		heard[kind] = p.heard.String()
	}
	for kind, said := range heard {
		if said != heard["nobody"] {
			t.Errorf("an address that is %s hears\n%sand nobody\n%s", kind, said, heard["nobody"])
		}
	}
	for _, want := range []string{"invalid_code", "invalid_token", "too_many_attempts"} {
		if !strings.Contains(heard["known"], want) {
			t.Errorf("nobody heard %s", want)
		}
	}
}

func TestSignInByMailIsLimitedPerClient(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(s *settings) { s.limits.MailPerHour, s.limits.TokenPerMinute = 2, 3 })
	for n := range 2 {
		w.askByMail(t, object{"email": fmt.Sprintf("nobody%d@people.example", n)})
	}
	w.post(t, magicLink, object{"email": "nobody@people.example"}).want(t, http.StatusTooManyRequests, "rate_limited")
	w.post(t, "/auth/request-password-reset", object{"email": "nobody@people.example"}).want(t, http.StatusTooManyRequests, "rate_limited")
	for range 2 {
		w.post(t, magicLinkFinish, object{"token": "x"}).want(t, http.StatusBadRequest, "invalid_token")
	}
	w.get(t, magicLink+"?token=x", "").want(t, http.StatusOK, "")
	w.post(t, magicLinkFinish, object{"token": "x"}).want(t, http.StatusTooManyRequests, "rate_limited")
	w.clock.Advance(time.Hour)
	w.askByMail(t, object{"email": "nobody@people.example"})
}
