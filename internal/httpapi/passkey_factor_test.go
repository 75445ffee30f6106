package httpapi_test

import (
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/descope/virtualwebauthn"

	"github.com/sallyport-auth/sallyport/internal/httpapi"
	"github.com/sallyport-auth/sallyport/internal/token"
)

const again = "/auth/reauthenticate/passkey"

// race lets n calls be made at once.
func (*world) race(n int, call func(n int) reply) []reply {
	answers := make([]reply, n)
	var racers sync.WaitGroup
	for n := range answers {
		racers.Go(func() { answers[n] = call(n) })
	}
	racers.Wait()
	return answers
}

// askedOf begins the ceremony of a second step.
func (w *world) askedOf(tb testing.TB, mfaToken string) ceremony {
	tb.Helper()
	var c ceremony
	w.post(tb, authentication, object{"mfa_token": mfaToken}).want(tb, http.StatusOK, "").read(tb, &c)
	return c
}

// step is the answer that a second step takes.
func (k *key) step(mfaToken string, c ceremony) object {
	body := k.signed(c)
	body["mfa_token"], body["method"] = mfaToken, "passkey"
	return body
}

// proved reauthenticates by a passkey.
func (w *world) proved(tb testing.TB, tokens httpapi.Tokens, k *key) httpapi.Tokens {
	tb.Helper()
	body := k.signed(w.begin(tb, again, tokens.AccessToken))
	body["method"] = "passkey"
	var proved httpapi.Tokens
	w.reauthenticate(tb, tokens.AccessToken, body).want(tb, http.StatusOK, "").read(tb, &proved)
	return proved
}

func (w *world) claims(tb testing.TB, tokens httpapi.Tokens) token.Claims {
	tb.Helper()
	return must(w.options.Verifier.Verify(tb.Context(), tokens.AccessToken))
}

type registered struct {
	httpapi.Passkey

	RecoveryCodes []string `json:"recovery_codes"`
}

// add registers a passkey, and gives the recovery codes that come with it.
func (w *world) add(tb testing.TB, bearer string, k *key) registered {
	tb.Helper()
	var made registered
	body := k.made(tb, w.begin(tb, registration, bearer), "phone")
	w.do(tb, request{method: http.MethodPost, path: registration + "/finish", bearer: bearer, body: body}).want(tb, http.StatusCreated, "").read(tb, &made)
	return made
}

func TestAPasswordAsksForThePasskey(t *testing.T) {
	t.Parallel()
	const email = "ada@people.example"
	w, k := newWorld(t), newKey(virtualwebauthn.KeyTypeEC2)
	first := w.join(t, email)
	made := w.add(t, first.AccessToken, k)
	if len(made.RecoveryCodes) != 10 {
		t.Fatalf("the first factor brings %d recovery codes", len(made.RecoveryCodes))
	}
	a := w.ask(t, email)
	if strings.Join(a.Methods, " ") != "passkey recovery_code" {
		t.Errorf("the methods are %v", a.Methods)
	}
	c := w.askedOf(t, a.MFAToken)
	if options := string(c.Options); !strings.Contains(options, `"allowCredentials":[{`) || !strings.Contains(options, `"userVerification":"preferred"`) {
		t.Errorf("the ceremony asks %s", options)
	}
	w.clock.Advance(time.Minute)
	body, before := k.step(a.MFAToken, c), w.clock.Now().Truncate(time.Second)
	got := w.post(t, "/auth/login/mfa", body).want(t, http.StatusOK, "")
	var tokens httpapi.Tokens
	got.read(t, &tokens)
	if got.header.Get("Set-Cookie") == "" {
		t.Error("the browser is not made known")
	}
	claims := w.claims(t, tokens)
	if !slices.Equal(claims.AMR, []string{"pwd", "hwk", "user", "mfa"}) || claims.ACR != "aal2" || claims.Subject != first.User.ID || claims.AuthTime.Before(before) {
		t.Errorf("the token says %+v", claims)
	}
	w.post(t, "/auth/login/mfa", body).want(t, http.StatusUnauthorized, "invalid_token")
	if want := (httpapi.MFA{Passkeys: 1, RecoveryCodesLeft: 10}); tokens.User.MFA != want {
		t.Errorf("the user has %+v, want %+v", tokens.User.MFA, want)
	}

	// Without the passkey, a recovery code.
	a = w.ask(t, email)
	w.second(t, a.MFAToken, "recovery_code", made.RecoveryCodes[3]).want(t, http.StatusOK, "").read(t, &tokens)
	if tokens.User.MFA.RecoveryCodesLeft != 9 {
		t.Errorf("%d recovery codes are left", tokens.User.MFA.RecoveryCodesLeft)
	}

	other := newKey(virtualwebauthn.KeyTypeRSA)
	if second := w.add(t, tokens.AccessToken, other); len(second.RecoveryCodes) != 0 {
		t.Error("a second passkey brings recovery codes anew")
	}
	a = w.ask(t, email)
	w.post(t, "/auth/login/mfa", other.step(a.MFAToken, w.askedOf(t, a.MFAToken))).want(t, http.StatusOK, "")

	// With the last factor the codes go, and not before.
	for n, list := 0, w.passkeys(t, tokens.AccessToken); n < len(list); n++ {
		w.do(t, request{method: http.MethodDelete, path: "/auth/passkeys/" + list[n].ID, bearer: tokens.AccessToken}).want(t, http.StatusOK, "").read(t, &tokens)
		if want := []int{9, 0}[n]; tokens.User.MFA.RecoveryCodesLeft != want {
			t.Errorf("%d recovery codes are left after %d removals, want %d", tokens.User.MFA.RecoveryCodesLeft, n+1, want)
		}
	}
	w.login(t, email)
}

func TestAPasskeyBesideACodeGenerator(t *testing.T) {
	t.Parallel()
	const email = "ada@people.example"
	w, k := newWorld(t), newKey(virtualwebauthn.KeyTypeEC2)
	tokens := w.join(t, email)
	g := w.enrol(t, tokens.AccessToken)
	w.reauthenticate(t, tokens.AccessToken, object{"method": "totp", "code": g.code(t)}).want(t, http.StatusOK, "").read(t, &tokens)
	made := w.add(t, tokens.AccessToken, k)
	if len(made.RecoveryCodes) != 0 {
		t.Error("a passkey beside a code generator brings recovery codes anew")
	}
	a := w.ask(t, email)
	if strings.Join(a.Methods, " ") != "totp passkey recovery_code" {
		t.Errorf("the methods are %v", a.Methods)
	}
	w.post(t, "/auth/login/mfa", k.step(a.MFAToken, w.askedOf(t, a.MFAToken))).want(t, http.StatusOK, "")
	w.second(t, w.ask(t, email).MFAToken, "totp", g.code(t)).want(t, http.StatusOK, "")
	w.do(t, request{method: http.MethodDelete, path: enrolment, bearer: tokens.AccessToken}).want(t, http.StatusOK, "").read(t, &tokens)
	if want := (httpapi.MFA{Passkeys: 1, RecoveryCodesLeft: 10}); tokens.User.MFA != want {
		t.Errorf("without the code generator the user has %+v, want %+v", tokens.User.MFA, want)
	}
	w.second(t, w.ask(t, email).MFAToken, "recovery_code", g.recovery[0]).want(t, http.StatusOK, "")
}

// TestWhatIsNoAnswerOfASecondStep mixes users, steps, sessions and kinds of
// ceremonies.
func TestWhatIsNoAnswerOfASecondStep(t *testing.T) {
	t.Parallel()
	const adas, bobs = "ada@people.example", "bob@people.example"
	w := newWorld(t)
	k, other := newKey(virtualwebauthn.KeyTypeEC2), newKey(virtualwebauthn.KeyTypeEC2)
	ada, bob := w.join(t, adas), w.join(t, bobs)
	w.register(t, ada.AccessToken, k)
	w.register(t, bob.AccessToken, other)
	ofAda, ofBob := w.ask(t, adas).MFAToken, w.ask(t, bobs).MFAToken
	finish := func(body object) reply {
		t.Helper()
		return w.post(t, "/auth/login/mfa", body)
	}
	with := func(body object, member string, value any) object {
		changed := maps.Clone(body)
		changed[member] = value
		return changed
	}
	const refused, another = "invalid_passkey", "invalid_ceremony"
	asked := w.askedOf(t, ofAda)
	borrowed := *other // Bob's key that says it is Ada's
	borrowed.authenticator.Options.UserHandle = []byte(ada.User.ID)
	nameless := *k
	nameless.authenticator.Options.UserHandle = []byte(bob.User.ID)
	elsewhere := *k
	elsewhere.party.Origin = "https://evil.example"
	copied := *k
	copied.credential.Key = newCredential(virtualwebauthn.KeyTypeEC2).Key
	absent := *k
	absent.authenticator.Options.UserNotPresent = true
	for name, test := range map[string]struct {
		body   object
		status int
		code   string
	}{
		"another's passkey":                       {other.step(ofAda, asked), 401, refused},
		"another's passkey under this name":       {borrowed.step(ofAda, asked), 401, refused},
		"another's handle":                        {nameless.step(ofAda, asked), 401, refused},
		"another key under a known name":          {copied.step(ofAda, asked), 401, refused},
		"another origin":                          {elsewhere.step(ofAda, asked), 401, refused},
		"nobody there":                            {absent.step(ofAda, asked), 401, refused},
		"another challenge":                       {with(k.step(ofAda, w.askedOf(t, ofAda)), "ceremony", asked.Ceremony), 401, refused},
		"no credential at all":                    {with(k.step(ofAda, asked), "credential", object{"id": "x"}), 401, refused},
		"another's step":                          {k.step(ofBob, asked), 400, another},
		"another's ceremony":                      {k.step(ofAda, w.askedOf(t, ofBob)), 400, another},
		"a ceremony of another step of one's own": {k.step(ofAda, w.askedOf(t, w.ask(t, adas).MFAToken)), 400, another},
		"a ceremony to sign in":                   {k.step(ofAda, w.begin(t, authentication, "")), 400, another},
		"a ceremony to reauthenticate":            {k.step(ofAda, w.begin(t, again, ada.AccessToken)), 400, another},
		"a ceremony that was made up":             {with(k.step(ofAda, asked), "ceremony", "v1.AAAA.AAAA"), 400, another},
		"no step":                                 {k.step("spm_none", asked), 401, "invalid_token"},
		"a code":                                  {with(k.step(ofAda, asked), "code", "123456"), 422, "invalid_input"},
		"no ceremony":                             {object{"mfa_token": ofAda, "method": "passkey"}, 422, "invalid_input"},
		"a passkey as a code":                     {with(k.step(ofAda, asked), "method", "totp"), 422, "invalid_input"},
	} {
		if got := finish(test.body); got.status != test.status || got.problem(t).Code != test.code {
			t.Errorf("%s: %d %s, want %d %s", name, got.status, got.body, test.status, test.code)
		}
	}
	// The reverse: an answer of a second step signs nobody in by itself, and makes
	// no session recent.
	w.post(t, authentication+"/finish", k.signed(asked)).want(t, http.StatusBadRequest, another)
	for name, c := range map[string]ceremony{
		"of a second step": asked, "to sign in": w.begin(t, authentication, ""), "of another session": w.begin(t, again, w.passwordAndKey(t, adas, k).AccessToken),
	} {
		body := k.signed(c)
		body["method"] = "passkey"
		if got := w.reauthenticate(t, ada.AccessToken, body); got.status != http.StatusBadRequest || got.problem(t).Code != another {
			t.Errorf("reauthentication by a ceremony %s: %d %s", name, got.status, got.body)
		}
	}
	finish(k.step(ofAda, asked)).want(t, http.StatusOK, "") // none of that spent anything
	late := w.ask(t, adas).MFAToken
	body := k.step(late, w.askedOf(t, late))
	w.clock.Advance(5 * time.Minute)
	finish(body).want(t, http.StatusUnauthorized, "invalid_token")
}

// passwordAndKey signs in with both.
func (w *world) passwordAndKey(tb testing.TB, email string, k *key) httpapi.Tokens {
	tb.Helper()
	step := w.ask(tb, email).MFAToken
	var tokens httpapi.Tokens
	w.post(tb, "/auth/login/mfa", k.step(step, w.askedOf(tb, step))).want(tb, http.StatusOK, "").read(tb, &tokens)
	return tokens
}

func TestStrangersLearnNothingOfPasskeys(t *testing.T) {
	t.Parallel()
	const email = "ada@people.example"
	w, k := newWorld(t), newKey(virtualwebauthn.KeyTypeEC2)
	w.register(t, w.join(t, email).AccessToken, k)
	for _, body := range []any{nil, object{}} {
		got := w.do(t, request{method: http.MethodPost, path: authentication, body: body}).want(t, http.StatusOK, "")
		if strings.Contains(string(got.body), "allowCredentials\":[") {
			t.Errorf("a stranger reads %s", got.body)
		}
	}
	for _, wrong := range []string{"spm_none", "spm_" + strings.Repeat("A", 43)} {
		w.post(t, authentication, object{"mfa_token": wrong}).want(t, http.StatusUnauthorized, "invalid_token")
	}
	w.do(t, request{method: http.MethodPost, path: again}).want(t, http.StatusUnauthorized, "token_required")
	bob := w.join(t, "bob@people.example")
	w.do(t, request{method: http.MethodPost, path: again, bearer: bob.AccessToken}).want(t, http.StatusConflict, "no_passkey")
	g := w.enrol(t, bob.AccessToken)
	if g.key == "" {
		t.Fatal("no generator")
	}
	w.post(t, authentication, object{"mfa_token": w.ask(t, "bob@people.example").MFAToken}).want(t, http.StatusConflict, "no_passkey")
}

// TestUserVerificationIsAskedOfAPasskeyAlone has an authenticator that does not
// verify its user: it proves a possession.
func TestUserVerificationIsAskedOfAPasskeyAlone(t *testing.T) {
	t.Parallel()
	const email = "ada@people.example"
	w, k := newWorld(t), newKey(virtualwebauthn.KeyTypeEC2)
	first := w.join(t, email)
	w.register(t, first.AccessToken, k)
	k.authenticator.Options.UserNotVerified = true
	w.signIn(t, k).want(t, http.StatusUnauthorized, "invalid_passkey")
	body := k.signed(w.begin(t, again, first.AccessToken))
	body["method"] = "passkey"
	w.reauthenticate(t, first.AccessToken, body).want(t, http.StatusUnauthorized, "invalid_passkey")
	tokens := w.passwordAndKey(t, email, k)
	if claims := w.claims(t, tokens); !slices.Equal(claims.AMR, []string{"pwd", "hwk", "mfa"}) || claims.ACR != "aal2" {
		t.Errorf("password and possession are %q, %q", claims.AMR, claims.ACR)
	}
	k.authenticator.Options.UserNotVerified, k.authenticator.Options.BackupState = false, true
	if claims := w.claims(t, w.passwordAndKey(t, email, k)); !slices.Equal(claims.AMR, []string{"pwd", "swk", "user", "mfa"}) {
		t.Errorf("a passkey that is backed up is %q", claims.AMR)
	}
}

func TestASecondStepIsFinishedOnceByAPasskey(t *testing.T) {
	t.Parallel()
	const email = "ada@people.example"
	const racers = 32
	w, k := newWorld(t), newKey(virtualwebauthn.KeyTypeEC2)
	w.register(t, w.join(t, email).AccessToken, k)
	for name, answers := range map[string]func(step string) []object{
		"one answer": func(step string) []object { return slices.Repeat([]object{k.step(step, w.askedOf(t, step))}, racers) },
		"an answer each": func(step string) (all []object) {
			for range racers {
				all = append(all, k.step(step, w.askedOf(t, step)))
			}
			return all
		},
	} {
		step := w.ask(t, email).MFAToken
		bodies := answers(step)
		won := 0
		for _, a := range w.race(racers, func(n int) reply { return w.post(t, "/auth/login/mfa", bodies[n]) }) {
			switch {
			case a.status == http.StatusOK:
				won++
			case a.status == http.StatusBadRequest && a.problem(t).Code == "invalid_ceremony":
			case a.status == http.StatusTooManyRequests: // twenty are counted before any is verified
			default:
				a.want(t, http.StatusUnauthorized, "invalid_token")
			}
		}
		if won != 1 {
			t.Errorf("%s: %d of %d calls signed in", name, won, racers)
		}
	}
	// None of them was a guess.
	w.passwordAndKey(t, email, k)
}

func TestWrongPasskeysCountAsWrongCodes(t *testing.T) {
	t.Parallel()
	const email = "ada@people.example"
	w, k, other := newWorld(t), newKey(virtualwebauthn.KeyTypeEC2), newKey(virtualwebauthn.KeyTypeEC2)
	first := w.join(t, email)
	w.register(t, first.AccessToken, k)
	step := w.ask(t, email).MFAToken
	right := k.step(step, w.askedOf(t, step))
	wrong := other.step(step, w.askedOf(t, step))
	for range 10 {
		w.post(t, "/auth/login/mfa", wrong).want(t, http.StatusUnauthorized, "invalid_passkey")
		w.second(t, step, "recovery_code", "no such code").want(t, http.StatusUnauthorized, "invalid_code")
	}
	body := k.signed(w.begin(t, again, first.AccessToken))
	body["method"] = "passkey"
	w.post(t, "/auth/login/mfa", right).want(t, http.StatusTooManyRequests, "too_many_attempts")
	w.reauthenticate(t, first.AccessToken, body).want(t, http.StatusOK, "") // who is signed in waits for nobody
	w.signIn(t, k).want(t, http.StatusOK, "")                               // nothing to guess there
	w.clock.Advance(15*time.Minute + time.Second)
	w.passwordAndKey(t, email, k)
}

func TestASecondStepSeesACopyOfAPasskey(t *testing.T) {
	t.Parallel()
	const email = "ada@people.example"
	w, k := newWorld(t), newKey(virtualwebauthn.KeyTypeEC2)
	k.credential.Counter = 5
	w.register(t, w.join(t, email).AccessToken, k)
	step := w.ask(t, email).MFAToken
	w.post(t, "/auth/login/mfa", k.step(step, w.askedOf(t, step))).want(t, http.StatusUnauthorized, "invalid_passkey")
	k.credential.Counter = 6
	w.post(t, "/auth/login/mfa", k.step(step, w.askedOf(t, step))).want(t, http.StatusOK, "")
}

func TestAResetLeavesThePasskey(t *testing.T) {
	t.Parallel()
	const email = "ada@people.example"
	w, k := newWorld(t), newKey(virtualwebauthn.KeyTypeEC2)
	w.register(t, w.join(t, email).AccessToken, k)
	half := w.ask(t, email).MFAToken
	body := k.step(half, w.askedOf(t, half))
	w.told(t, email, "A passkey was added")
	sent := len(w.box.List(email))
	w.post(t, "/auth/request-password-reset", object{"email": email}).want(t, http.StatusAccepted, "")
	w.post(t, "/auth/reset-password", object{"token": w.linkToken(t, email, sent+1), "new_password": goodPassword}).want(t, http.StatusOK, "")
	w.post(t, "/auth/login/mfa", body).want(t, http.StatusUnauthorized, "invalid_token")
	w.post(t, authentication, object{"mfa_token": half}).want(t, http.StatusUnauthorized, "invalid_token")
	w.passwordAndKey(t, email, k)
}

func TestRecentAuthenticationByAPasskey(t *testing.T) {
	t.Parallel()
	const email = "ada@people.example"
	w, k := newWorld(t), newKey(virtualwebauthn.KeyTypeEC2)
	first := w.join(t, email)
	w.register(t, first.AccessToken, k)
	renew := func(tokens httpapi.Tokens) reply {
		t.Helper()
		return w.do(t, request{method: http.MethodPost, path: recoveryCodes, bearer: tokens.AccessToken})
	}
	renew(first).want(t, http.StatusForbidden, "reauthentication_required")
	w.reauthenticate(t, first.AccessToken, object{"password": goodPassword}).want(t, http.StatusForbidden, "second_factor_required")
	body := k.signed(w.begin(t, again, first.AccessToken))
	body["method"] = "passkey"
	var proved httpapi.Tokens
	w.reauthenticate(t, first.AccessToken, body).want(t, http.StatusOK, "").read(t, &proved)
	if proved.SessionID != first.SessionID || !slices.Equal(w.claims(t, proved).AMR, []string{"pwd", "hwk", "user", "mfa"}) {
		t.Errorf("afterwards the token says %+v", w.claims(t, proved))
	}
	w.reauthenticate(t, first.AccessToken, body).want(t, http.StatusBadRequest, "invalid_ceremony")
	stranger := newKey(virtualwebauthn.KeyTypeEC2)
	stranger.authenticator.Options.UserHandle = k.authenticator.Options.UserHandle
	body = stranger.signed(w.begin(t, again, first.AccessToken))
	body["method"] = "passkey"
	refused := w.reauthenticate(t, first.AccessToken, body).want(t, http.StatusUnauthorized, "invalid_passkey")
	if strings.Contains(refused.header.Get("Www-Authenticate"), "invalid_token") {
		t.Error("a wrong passkey is taken for a wrong token")
	}
	renew(proved).want(t, http.StatusOK, "")
	var alone httpapi.Tokens
	w.signIn(t, k).want(t, http.StatusOK, "").read(t, &alone)
	renew(alone).want(t, http.StatusOK, "") // two factors in one
	w.clock.Advance(15*time.Minute + time.Second)
	alone = w.refreshed(t, alone)
	renew(alone).want(t, http.StatusForbidden, "reauthentication_required")
	renew(w.proved(t, alone, k)).want(t, http.StatusOK, "")
}

// Whoever is about to be erased keeps the account by the factor that is offered.
func TestAPasskeyKeepsAnAccountThatIsAboutToBeErased(t *testing.T) {
	t.Parallel()
	const email = "ada@people.example"
	w, k := newWorld(t), newKey(virtualwebauthn.KeyTypeEC2)
	tokens := w.join(t, email)
	w.add(t, tokens.AccessToken, k)
	tokens = w.proved(t, tokens, k)
	w.do(t, request{method: http.MethodDelete, path: "/auth/me", bearer: tokens.AccessToken}).want(t, http.StatusAccepted, "")
	a := w.ask(t, email)
	p := w.post(t, "/auth/login/mfa", k.step(a.MFAToken, w.askedOf(t, a.MFAToken))).want(t, http.StatusForbidden, "account_pending_deletion").problem(t)
	if p.Restore == "" {
		t.Fatal("no token keeps the account")
	}
	w.post(t, "/auth/me/restore", object{"token": p.Restore}).want(t, http.StatusOK, "")
}
