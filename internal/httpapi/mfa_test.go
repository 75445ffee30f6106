package httpapi_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/descope/virtualwebauthn"
	"github.com/pquerna/otp/totp"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/audit/audittest"
	"github.com/sallyport-auth/sallyport/internal/httpapi"
	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/waittest"
)

const (
	enrolment     = "/auth/mfa/totp"
	confirmation  = "/auth/mfa/totp/confirm"
	recoveryCodes = "/auth/mfa/recovery-codes"
)

// generator is somebody's code generator and recovery codes.
type generator struct {
	w        *world
	key      string
	recovery []string
}

// code waits until the generator shows a code that was not used.
func (g *generator) code(tb testing.TB) string {
	tb.Helper()
	g.w.clock.Advance(time.Minute)
	return must(totp.GenerateCode(g.key, g.w.clock.Now()))
}

// enrolling begins to enrol a code generator.
func (w *world) enrolling(tb testing.TB, bearer string) *generator {
	tb.Helper()
	var begun struct {
		Secret     string `json:"secret"`
		OTPAuthURI string `json:"otpauth_uri"`
		QRSVG      string `json:"qr_svg"`
	}
	w.do(tb, request{method: http.MethodPost, path: enrolment, bearer: bearer}).want(tb, http.StatusOK, "").read(tb, &begun)
	if !strings.HasPrefix(begun.OTPAuthURI, "otpauth://totp/Sallyport:") || !strings.Contains(begun.OTPAuthURI, "secret="+begun.Secret+"&") || !strings.HasPrefix(begun.QRSVG, "<svg ") {
		tb.Errorf("enrolling gives %+v", begun)
	}
	return &generator{w: w, key: begun.Secret}
}

func (g *generator) confirm(tb testing.TB, bearer string) reply {
	tb.Helper()
	return g.w.do(tb, request{method: http.MethodPost, path: confirmation, bearer: bearer, body: object{"code": g.code(tb)}})
}

type codes struct {
	RecoveryCodes []string `json:"recovery_codes"`
}

// enrol enrols a code generator.
func (w *world) enrol(tb testing.TB, bearer string) *generator {
	tb.Helper()
	g := w.enrolling(tb, bearer)
	var c codes
	g.confirm(tb, bearer).want(tb, http.StatusOK, "").read(tb, &c)
	if g.recovery = c.RecoveryCodes; len(g.recovery) != 10 {
		tb.Fatalf("%d recovery codes", len(g.recovery))
	}
	return g
}

type asked struct {
	MFARequired bool     `json:"mfa_required"`
	MFAToken    string   `json:"mfa_token"`
	Methods     []string `json:"methods"`
	ExpiresIn   int64    `json:"expires_in"`
	AccessToken string   `json:"access_token"`
}

// ask gives what the password gives.
func (w *world) ask(tb testing.TB, email string) asked {
	tb.Helper()
	var a asked
	got := w.post(tb, "/auth/login", object{"email": email, "password": goodPassword}).want(tb, http.StatusOK, "")
	got.read(tb, &a)
	if !a.MFARequired || a.ExpiresIn != 300 || a.AccessToken != "" || got.header.Values("Set-Cookie") != nil {
		tb.Errorf("the password gives %s, %v", got.body, got.header)
	}
	return a
}

func (w *world) second(tb testing.TB, token, method, code string) reply {
	tb.Helper()
	return w.post(tb, "/auth/login/mfa", object{"mfa_token": token, "method": method, "code": code})
}

func (w *world) reauthenticate(tb testing.TB, bearer string, body object) reply {
	tb.Helper()
	return w.do(tb, request{method: http.MethodPost, path: "/auth/reauthenticate", bearer: bearer, body: body})
}

// told waits until somebody has a mail with a subject.
func (w *world) told(tb testing.TB, to, subject string) {
	tb.Helper()
	waittest.Until(tb, fmt.Sprintf("a mail %q to %s", subject, to), func() bool {
		return slices.ContainsFunc(w.box.List(to), func(m mail.Captured) bool { return strings.HasPrefix(m.Subject, subject) })
	})
}

func TestACodeGeneratorFromEnrolmentToRemoval(t *testing.T) {
	t.Parallel()
	const ada = "ada@people.example"
	w := newWorld(t)
	first := w.join(t, ada)
	g := w.enrol(t, first.AccessToken)
	w.told(t, ada, "An authenticator app was added")
	w.do(t, request{method: http.MethodPost, path: enrolment, bearer: first.AccessToken}).want(t, http.StatusForbidden, "reauthentication_required")

	a := w.ask(t, ada)
	if strings.Join(a.Methods, " ") != "totp recovery_code" {
		t.Errorf("the methods are %v", a.Methods)
	}
	w.second(t, a.MFAToken, "totp", "000000").want(t, http.StatusUnauthorized, "invalid_code")
	var signedIn httpapi.Tokens
	got := w.second(t, a.MFAToken, "totp", g.code(t)).want(t, http.StatusOK, "")
	got.read(t, &signedIn)
	if got.header.Get("Set-Cookie") == "" {
		t.Error("the browser is not made known")
	}
	if want := (httpapi.MFA{TOTP: true, RecoveryCodesLeft: 10}); signedIn.User.MFA != want {
		t.Errorf("the user has %+v, want %+v", signedIn.User.MFA, want)
	}
	w.second(t, a.MFAToken, "totp", g.code(t)).want(t, http.StatusUnauthorized, "invalid_token")

	a = w.ask(t, ada)
	w.second(t, a.MFAToken, "recovery_code", g.recovery[4]).want(t, http.StatusOK, "").read(t, &signedIn)
	if signedIn.User.MFA.RecoveryCodesLeft != 9 {
		t.Errorf("%d recovery codes are left", signedIn.User.MFA.RecoveryCodesLeft)
	}
	w.told(t, ada, "A recovery code was used")
	w.second(t, w.ask(t, ada).MFAToken, "recovery_code", g.recovery[4]).want(t, http.StatusUnauthorized, "invalid_code")

	w.do(t, request{method: http.MethodPost, path: enrolment, bearer: signedIn.AccessToken}).want(t, http.StatusConflict, "totp_enrolled")
	var renewed codes
	w.do(t, request{method: http.MethodPost, path: recoveryCodes, bearer: signedIn.AccessToken}).want(t, http.StatusOK, "").read(t, &renewed)
	w.told(t, ada, "New recovery codes")
	a = w.ask(t, ada)
	w.second(t, a.MFAToken, "recovery_code", g.recovery[5]).want(t, http.StatusUnauthorized, "invalid_code")
	w.second(t, a.MFAToken, "recovery_code", renewed.RecoveryCodes[0]).want(t, http.StatusOK, "")

	var next httpapi.Tokens
	w.do(t, request{method: http.MethodDelete, path: enrolment, bearer: signedIn.AccessToken}).want(t, http.StatusOK, "").read(t, &next)
	w.told(t, ada, "The authenticator app was removed")
	if next.User.MFA != (httpapi.MFA{}) {
		t.Errorf("afterwards the user has %+v", next.User.MFA)
	}
	w.get(t, "/auth/me", signedIn.AccessToken).want(t, http.StatusUnauthorized, "invalid_token")
	w.get(t, "/auth/me", next.AccessToken).want(t, http.StatusOK, "")
	w.post(t, "/auth/refresh", object{"refresh_token": first.RefreshToken}).want(t, http.StatusUnauthorized, "session_ended")
	w.post(t, "/auth/refresh", object{"refresh_token": signedIn.RefreshToken}).want(t, http.StatusUnauthorized, "session_replaced")
	w.login(t, ada)
	w.do(t, request{method: http.MethodDelete, path: enrolment, bearer: next.AccessToken}).want(t, http.StatusConflict, "no_second_factor")
	w.do(t, request{method: http.MethodPost, path: recoveryCodes, bearer: next.AccessToken}).want(t, http.StatusConflict, "no_second_factor")
}

func TestAnEnrolmentIsNoFactor(t *testing.T) {
	t.Parallel()
	const ada = "ada@people.example"
	w := newWorld(t)
	tokens := w.join(t, ada)
	confirm := func(code string) reply {
		return w.do(t, request{method: http.MethodPost, path: confirmation, bearer: tokens.AccessToken, body: object{"code": code}})
	}
	confirm("123456").want(t, http.StatusConflict, "totp_not_begun")
	older := w.enrolling(t, tokens.AccessToken)
	g := w.enrolling(t, tokens.AccessToken)
	if w.login(t, ada).User.MFA.TOTP {
		t.Error("an enrolment is a factor")
	}
	confirm(older.code(t)).want(t, http.StatusUnauthorized, "invalid_code")
	answers := make([]reply, 8)
	code := g.code(t)
	var racers sync.WaitGroup
	for n := range answers {
		racers.Go(func() { answers[n] = confirm(code) })
	}
	racers.Wait()
	won := 0
	for _, a := range answers {
		switch a.status {
		case http.StatusOK:
			won++
		case http.StatusForbidden: // the password alone is not recent any more
			a.want(t, http.StatusForbidden, "reauthentication_required")
		default:
			a.want(t, http.StatusConflict, "totp_enrolled")
		}
	}
	if won != 1 {
		t.Errorf("%d of %d calls confirmed", won, len(answers))
	}
	w.reauthenticate(t, tokens.AccessToken, object{"method": "totp", "code": g.code(t)}).want(t, http.StatusOK, "").read(t, &tokens)
	confirm(g.code(t)).want(t, http.StatusConflict, "totp_enrolled")

	bob := w.join(t, "bob@people.example")
	late := w.enrolling(t, bob.AccessToken)
	w.clock.Advance(time.Hour)
	again := w.login(t, "bob@people.example")
	late.confirm(t, again.AccessToken).want(t, http.StatusConflict, "totp_not_begun")
}

func TestRecentAuthenticationNeedsBothFactors(t *testing.T) {
	t.Parallel()
	const ada = "ada@people.example"
	w := newWorld(t)
	first := w.join(t, ada)
	g := w.enrol(t, first.AccessToken)
	renew := func(bearer string) reply {
		return w.do(t, request{method: http.MethodPost, path: recoveryCodes, bearer: bearer})
	}
	for _, path := range []string{enrolment, recoveryCodes, registration} { // recent, by a password alone
		w.do(t, request{method: http.MethodPost, path: path, bearer: first.AccessToken}).want(t, http.StatusForbidden, "reauthentication_required")
	}
	w.do(t, request{method: http.MethodDelete, path: enrolment, bearer: first.AccessToken}).want(t, http.StatusForbidden, "reauthentication_required")
	for name, body := range map[string]object{
		"nothing": {}, "half": {"method": "totp"}, "the other half": {"code": "123456"},
		"both": {"password": goodPassword, "method": "totp", "code": "123456"},
	} {
		if got := w.reauthenticate(t, first.AccessToken, body); got.status != http.StatusUnprocessableEntity {
			t.Errorf("%s: %d %s", name, got.status, got.body)
		}
	}
	w.reauthenticate(t, first.AccessToken, object{"password": goodPassword}).want(t, http.StatusForbidden, "second_factor_required")
	refused := w.reauthenticate(t, first.AccessToken, object{"method": "totp", "code": "000000"}).want(t, http.StatusUnauthorized, "invalid_code")
	if strings.Contains(refused.header.Get("Www-Authenticate"), "invalid_token") {
		t.Error("a wrong code is taken for a wrong token")
	}
	var proved httpapi.Tokens
	w.reauthenticate(t, first.AccessToken, object{"method": "totp", "code": g.code(t)}).want(t, http.StatusOK, "").read(t, &proved)
	if proved.SessionID != first.SessionID || proved.RefreshToken != first.RefreshToken || proved.RefreshGeneration != first.RefreshGeneration {
		t.Error("the session or its refresh token is another one")
	}
	renew(proved.AccessToken).want(t, http.StatusOK, "")
	renew(w.refreshed(t, proved).AccessToken).want(t, http.StatusOK, "") // carried through
	w.clock.Advance(15*time.Minute + time.Second)
	later := w.refreshed(t, proved)
	renew(later.AccessToken).want(t, http.StatusForbidden, "reauthentication_required")

	// A new password keeps the two factors and makes nothing recent.
	var changed httpapi.Tokens
	w.do(t, request{
		method: http.MethodPost, path: "/auth/change-password", bearer: later.AccessToken,
		body: object{"current_password": goodPassword, "new_password": "another umbrella 28"},
	}).want(t, http.StatusOK, "").read(t, &changed)
	renew(changed.AccessToken).want(t, http.StatusForbidden, "reauthentication_required")
	w.reauthenticate(t, changed.AccessToken, object{"method": "totp", "code": g.code(t)}).want(t, http.StatusOK, "").read(t, &changed)
	renew(changed.AccessToken).want(t, http.StatusOK, "")
}

func TestAResetLeavesTheFactor(t *testing.T) {
	t.Parallel()
	const ada = "ada@people.example"
	w := newWorld(t)
	g := w.enrol(t, w.join(t, ada).AccessToken)
	half := w.ask(t, ada)
	w.told(t, ada, "An authenticator app was added")
	sent := len(w.box.List(ada))
	w.post(t, "/auth/request-password-reset", object{"email": ada}).want(t, http.StatusAccepted, "")
	token := w.linkToken(t, ada, sent+1)
	w.post(t, "/auth/reset-password", object{"token": token, "new_password": goodPassword + "!"}).want(t, http.StatusOK, "")
	w.second(t, half.MFAToken, "totp", g.code(t)).want(t, http.StatusUnauthorized, "invalid_token")
	var a asked
	w.post(t, "/auth/login", object{"email": ada, "password": goodPassword + "!"}).want(t, http.StatusOK, "").read(t, &a)
	if !a.MFARequired {
		t.Error("a reset skips the factor")
	}
	w.second(t, a.MFAToken, "totp", g.code(t)).want(t, http.StatusOK, "")
}

func TestTooManyWrongCodesAreTold(t *testing.T) {
	t.Parallel()
	const ada = "ada@people.example"
	w := newWorld(t)
	first := w.join(t, ada)
	g := w.enrol(t, first.AccessToken)
	a := w.ask(t, ada)
	for range 20 {
		w.second(t, a.MFAToken, "recovery_code", "no such code").want(t, http.StatusUnauthorized, "invalid_code")
	}
	w.second(t, a.MFAToken, "totp", g.code(t)).want(t, http.StatusTooManyRequests, "too_many_attempts")
	w.ask(t, ada) // passwords go on
	for range 20 {
		w.reauthenticate(t, first.AccessToken, object{"method": "totp", "code": "no code"}).want(t, http.StatusUnauthorized, "invalid_code")
	}
	w.reauthenticate(t, first.AccessToken, object{"method": "totp", "code": g.code(t)}).want(t, http.StatusTooManyRequests, "too_many_attempts")
}

// Somebody who stole a session and knows the password makes themselves another
// session by every new password. None of those is as many codes as there are tries.
func TestANewPasswordGivesASessionNoMoreCodes(t *testing.T) {
	t.Parallel()
	const ada = "ada@people.example"
	w := newWorld(t)
	g := w.enrol(t, w.join(t, ada).AccessToken)
	var stolen httpapi.Tokens
	w.second(t, w.ask(t, ada).MFAToken, "totp", g.code(t)).want(t, http.StatusOK, "").read(t, &stolen)
	w.clock.Advance(15*time.Minute + time.Second)
	w.post(t, "/auth/refresh", object{"refresh_token": stolen.RefreshToken}).want(t, http.StatusOK, "").read(t, &stolen)
	for range 20 {
		w.reauthenticate(t, stolen.AccessToken, object{"method": "recovery_code", "code": "no such code"}).want(t, http.StatusUnauthorized, "invalid_code")
	}
	const chosen = "another umbrella 28"
	w.do(t, request{
		method: http.MethodPost, path: "/auth/change-password", bearer: stolen.AccessToken,
		body: object{"current_password": goodPassword, "new_password": chosen},
	}).want(t, http.StatusOK, "").read(t, &stolen)
	w.reauthenticate(t, stolen.AccessToken, object{"method": "recovery_code", "code": "no such code"}).want(t, http.StatusTooManyRequests, "too_many_attempts")

	// Nor is what the change answered as a device.
	var a asked
	w.post(t, "/auth/login", object{"email": ada, "password": chosen}).want(t, http.StatusOK, "").read(t, &a)
	answer := func() reply {
		return w.post(t, "/auth/login/mfa", object{
			"mfa_token": a.MFAToken, "method": "recovery_code", "code": "no such code", "device_token": stolen.DeviceToken,
		})
	}
	for range 20 {
		w.second(t, a.MFAToken, "recovery_code", "no such code").want(t, http.StatusUnauthorized, "invalid_code")
	}
	answer().want(t, http.StatusTooManyRequests, "too_many_attempts")
}

// Whoever stole the password and uses the codes up is rid of by a reset: the owner
// signs in at once, and the thief cannot get that far again.
func TestAResetGivesTheOwnerTheirCodesBack(t *testing.T) {
	t.Parallel()
	const ada, again = "ada@people.example", goodPassword + "!"
	w := newWorld(t)
	g := w.enrol(t, w.join(t, ada).AccessToken)
	a := w.ask(t, ada)
	w.told(t, ada, "An authenticator app was added")
	exhaust := func(token string) {
		t.Helper()
		for range 20 {
			w.second(t, token, "recovery_code", "no such code").want(t, http.StatusUnauthorized, "invalid_code")
		}
		w.second(t, token, "totp", g.code(t)).want(t, http.StatusTooManyRequests, "too_many_attempts")
	}
	reset := func(password string) (a asked) {
		t.Helper()
		sent := len(w.box.List(ada))
		w.post(t, "/auth/request-password-reset", object{"email": ada}).want(t, http.StatusAccepted, "")
		token := w.linkToken(t, ada, sent+1)
		w.post(t, "/auth/reset-password", object{"token": token, "new_password": password}).want(t, http.StatusOK, "")
		w.post(t, "/auth/login", object{"email": ada, "password": password}).want(t, http.StatusOK, "").read(t, &a)
		return a
	}
	exhaust(a.MFAToken)
	half := a
	a = reset(again)
	w.second(t, half.MFAToken, "totp", g.code(t)).want(t, http.StatusUnauthorized, "invalid_token")
	w.second(t, a.MFAToken, "totp", g.code(t)).want(t, http.StatusOK, "")
}

// Whoever knows the password and guesses codes keeps nobody out who signs in on
// a device that is known.
func TestGuessedCodesDoNotKeepAKnownDeviceOut(t *testing.T) {
	t.Parallel()
	const ada = "ada@people.example"
	w := newWorld(t)
	g := w.enrol(t, w.join(t, ada).AccessToken)
	var known httpapi.Tokens
	w.second(t, w.ask(t, ada).MFAToken, "totp", g.code(t)).want(t, http.StatusOK, "").read(t, &known)
	a := w.ask(t, ada)
	for range 20 {
		w.second(t, a.MFAToken, "recovery_code", "no such code").want(t, http.StatusUnauthorized, "invalid_code")
	}
	answer := func(device string) reply {
		return w.post(t, "/auth/login/mfa", object{
			"mfa_token": a.MFAToken, "method": "recovery_code", "code": g.recovery[0], "device_token": device,
		})
	}
	answer("spk_garbage").want(t, http.StatusTooManyRequests, "too_many_attempts")
	answer(known.DeviceToken).want(t, http.StatusOK, "")
}

// Whoever had the password before there was a factor kept a device_token of every
// sign-in. They are no counters of codes: only a device that signed in with the
// factor has one.
func TestDevicesThatProvedNoFactorShareTheCodesOfStrangers(t *testing.T) {
	t.Parallel()
	const ada = "ada@people.example"
	w := newWorld(t)
	mine := w.join(t, ada)
	var hoard []string
	for range 5 {
		hoard = append(hoard, w.login(t, ada).DeviceToken)
	}
	g := w.enrol(t, mine.AccessToken)
	var known httpapi.Tokens
	w.second(t, w.ask(t, ada).MFAToken, "totp", g.code(t)).want(t, http.StatusOK, "").read(t, &known)
	a := w.ask(t, ada)
	guess := func(device, method, code string) reply {
		return w.post(t, "/auth/login/mfa", object{"mfa_token": a.MFAToken, "method": method, "code": code, "device_token": device})
	}
	for n := range 20 {
		guess(hoard[n%len(hoard)], "recovery_code", "no such code").want(t, http.StatusUnauthorized, "invalid_code")
	}
	right := g.code(t)
	for _, device := range append(hoard, mine.DeviceToken, "spk_garbage") {
		guess(device, "totp", right).want(t, http.StatusTooManyRequests, "too_many_attempts")
	}
	guess(known.DeviceToken, "totp", right).want(t, http.StatusOK, "")
}

// Whoever presents what is spent learns nothing and costs little: the trail holds
// as much of it as of wrong codes, and no more.
func TestWhatIsSpentIsNotRecordedWithoutEnd(t *testing.T) {
	t.Parallel()
	const email = "ada@people.example"
	w := newWorld(t)
	g := w.enrol(t, w.join(t, email).AccessToken)
	a := w.ask(t, email)
	code := g.code(t)
	w.second(t, a.MFAToken, "totp", code).want(t, http.StatusOK, "")
	again := w.ask(t, email)
	for range 30 {
		w.second(t, a.MFAToken, "totp", "000000").want(t, http.StatusUnauthorized, "invalid_token")
		w.second(t, again.MFAToken, "totp", code).want(t, http.StatusUnauthorized, "invalid_code")
	}
	spent := slices.DeleteFunc(audittest.List(t, w.store, ""), func(e store.AuditEvent) bool {
		return e.Reason != audit.ReasonConsumed && e.Reason != audit.ReasonSpentCode
	})
	if len(spent) != 20 {
		t.Errorf("of 60 spent answers %d are recorded or counted", len(spent))
	}
}

// Whoever is signed in when the account gets its first second factor, without
// having proved it, is signed out: a session that was stolen before, above all. A
// factor that joins another ends nothing.
func TestTheFirstSecondFactorSignsOutElsewhere(t *testing.T) {
	t.Parallel()
	const email = "ada@people.example"
	for name, test := range map[string]struct {
		subject string
		first   func(t *testing.T, w *world, bearer string, phone *key) *generator
		second  func(t *testing.T, w *world, tokens httpapi.Tokens, g *generator, phone *key)
	}{
		"a code generator": {
			subject: "An authenticator app was added",
			first:   func(t *testing.T, w *world, bearer string, _ *key) *generator { t.Helper(); return w.enrol(t, bearer) },
			second: func(t *testing.T, w *world, tokens httpapi.Tokens, g *generator, phone *key) {
				t.Helper()
				w.reauthenticate(t, tokens.AccessToken, object{"method": "totp", "code": g.code(t)}).want(t, http.StatusOK, "").read(t, &tokens)
				w.register(t, tokens.AccessToken, phone)
			},
		},
		"a passkey": {
			subject: "A passkey was added",
			first: func(t *testing.T, w *world, bearer string, phone *key) *generator {
				t.Helper()
				w.register(t, bearer, phone)
				return nil
			},
			second: func(t *testing.T, w *world, tokens httpapi.Tokens, _ *generator, phone *key) {
				t.Helper()
				w.enrol(t, w.proved(t, tokens, phone).AccessToken)
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w, phone := newWorld(t), newKey(virtualwebauthn.KeyTypeEC2)
			mine := w.join(t, email)
			stolen := w.login(t, email)
			g := test.first(t, w, mine.AccessToken, phone)
			if p := w.post(t, "/auth/refresh", object{"refresh_token": stolen.RefreshToken}).want(t, http.StatusUnauthorized, "session_ended").problem(t); p.Reason != "factor_added" {
				t.Errorf("the reason is %q", p.Reason)
			}
			w.get(t, "/auth/me", stolen.AccessToken).want(t, http.StatusUnauthorized, "invalid_token")
			w.get(t, "/auth/me", mine.AccessToken).want(t, http.StatusOK, "")
			w.told(t, email, test.subject)
			if m := w.box.List(email)[0]; !strings.Contains(strings.Join(strings.Fields(m.Text), " "), "Your other devices were signed out.") {
				t.Errorf("the mail does not say it:\n%s", m.Text)
			}
			w.clock.Advance(time.Minute)
			in := w.signedIn(t, email, g, phone)
			test.second(t, w, mine, g, phone)
			w.get(t, "/auth/me", in.AccessToken).want(t, http.StatusOK, "")
		})
	}
}

// signedIn signs in with the password and the factor that there is.
func (w *world) signedIn(tb testing.TB, email string, g *generator, k *key) (tokens httpapi.Tokens) {
	tb.Helper()
	if g == nil {
		return w.passwordAndKey(tb, email, k)
	}
	w.second(tb, w.ask(tb, email).MFAToken, "totp", g.code(tb)).want(tb, http.StatusOK, "").read(tb, &tokens)
	return tokens
}
