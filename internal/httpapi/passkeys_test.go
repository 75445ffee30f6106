package httpapi_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/descope/virtualwebauthn"

	"github.com/sallyport-auth/sallyport/internal/httpapi"
	"github.com/sallyport-auth/sallyport/internal/words"
)

// key is somebody's authenticator with one credential, made by a second
// implementation of WebAuthn.
type key struct {
	party         virtualwebauthn.RelyingParty
	authenticator virtualwebauthn.Authenticator
	credential    virtualwebauthn.Credential
}

// wholeKey is the length of a COSE_Key of P-256 whose coordinates have 32 bytes
// each. The other implementation drops leading zeros, which RFC 9053 §7.1.1
// forbids, and such a key is refused.
const wholeKey = 77

func newCredential(kind virtualwebauthn.KeyType) virtualwebauthn.Credential {
	for {
		c := virtualwebauthn.NewCredential(kind)
		if kind != virtualwebauthn.KeyTypeEC2 || len(c.Key.AttestationData()) == wholeKey {
			return c
		}
	}
}

func newKey(kind virtualwebauthn.KeyType) *key {
	k := &key{
		party:         virtualwebauthn.RelyingParty{ID: "localhost", Name: "Sallyport", Origin: publicURL},
		authenticator: virtualwebauthn.NewAuthenticator(), credential: newCredential(kind),
	}
	k.authenticator.Options.BackupEligible = true
	return k
}

type ceremony struct {
	Ceremony string          `json:"ceremony"`
	Options  json.RawMessage `json:"options"`
}

// begin is the first half of a ceremony.
func (w *world) begin(tb testing.TB, path, bearer string) ceremony {
	tb.Helper()
	var c ceremony
	w.do(tb, request{method: http.MethodPost, path: path, bearer: bearer}).want(tb, http.StatusOK, "").read(tb, &c)
	return c
}

// made is what a browser sends once the authenticator made a credential.
func (k *key) made(tb testing.TB, c ceremony, name string) object {
	tb.Helper()
	var options struct {
		PublicKey struct {
			User struct {
				ID string `json:"id"`
			} `json:"user"`
		} `json:"publicKey"`
	}
	if err := json.Unmarshal(c.Options, &options); err != nil {
		tb.Fatal(err)
	}
	parsed := must(virtualwebauthn.ParseAttestationOptions(string(c.Options)))
	k.authenticator.Options.UserHandle = []byte(parsed.UserID)
	answer := virtualwebauthn.CreateAttestationResponse(k.party, k.authenticator, k.credential, *parsed)
	return object{"ceremony": c.Ceremony, "credential": json.RawMessage(answer), "name": name}
}

// signed is what a browser sends once the authenticator signed.
func (k *key) signed(c ceremony) object {
	parsed := must(virtualwebauthn.ParseAssertionOptions(string(c.Options)))
	answer := virtualwebauthn.CreateAssertionResponse(k.party, k.authenticator, k.credential, *parsed)
	return object{"ceremony": c.Ceremony, "credential": json.RawMessage(answer)}
}

const (
	registration   = "/auth/passkeys/registration"
	authentication = "/auth/passkeys/authentication"
)

// register registers a new passkey.
func (w *world) register(tb testing.TB, bearer string, k *key) httpapi.Passkey {
	tb.Helper()
	var p httpapi.Passkey
	body := k.made(tb, w.begin(tb, registration, bearer), "Ada's phone")
	w.do(tb, request{method: http.MethodPost, path: registration + "/finish", bearer: bearer, body: body}).want(tb, http.StatusCreated, "").read(tb, &p)
	return p
}

// signIn signs in with a passkey.
func (w *world) signIn(tb testing.TB, k *key) reply {
	tb.Helper()
	return w.post(tb, authentication+"/finish", k.signed(w.begin(tb, authentication, "")))
}

func (w *world) passkeys(tb testing.TB, bearer string) []httpapi.Passkey {
	tb.Helper()
	var list struct {
		Items []httpapi.Passkey `json:"items"`
	}
	w.get(tb, "/auth/passkeys", bearer).want(tb, http.StatusOK, "").read(tb, &list)
	return list.Items
}

func TestAPasskeyFromRegistrationToRemoval(t *testing.T) {
	t.Parallel()
	for _, kind := range []virtualwebauthn.KeyType{virtualwebauthn.KeyTypeEC2, virtualwebauthn.KeyTypeRSA} {
		w, k := newWorld(t), newKey(kind)
		ada := w.join(t, "ada@people.example")
		made := w.register(t, ada.AccessToken, k)
		if got := w.passkeys(t, ada.AccessToken); len(got) != 1 || got[0] != made || made.Name != "Ada's phone" || made.LastUsedAt != nil {
			t.Errorf("listed are %+v, made was %+v", got, made)
		}
		var tokens httpapi.Tokens
		w.signIn(t, k).want(t, http.StatusOK, "").read(t, &tokens)
		if tokens.User.MFA.Passkeys != 1 {
			t.Errorf("the user has %d passkeys", tokens.User.MFA.Passkeys)
		}
		claims := must(w.options.Verifier.Verify(t.Context(), tokens.AccessToken))
		if !slices.Equal(claims.AMR, []string{"hwk", "user", "mfa"}) || claims.Subject != ada.User.ID {
			t.Errorf("a passkey signs in as %q with %q", claims.Subject, claims.AMR)
		}
		var renamed httpapi.Passkey
		w.do(t, request{
			method: http.MethodPatch, path: "/auth/passkeys/" + made.ID, bearer: ada.AccessToken, body: object{"name": "laptop"},
		}).want(t, http.StatusOK, "").read(t, &renamed)
		if renamed.Name != "laptop" || renamed.LastUsedAt == nil {
			t.Errorf("renamed is %+v", renamed)
		}
		w.do(t, request{method: http.MethodDelete, path: "/auth/passkeys/" + made.ID, bearer: ada.AccessToken}).
			want(t, http.StatusForbidden, "reauthentication_required") // a password alone is not recent any more
		ada = w.proved(t, ada, k)
		var next httpapi.Tokens
		w.do(t, request{method: http.MethodDelete, path: "/auth/passkeys/" + made.ID, bearer: ada.AccessToken}).want(t, http.StatusOK, "").read(t, &next)
		w.get(t, "/auth/me", ada.AccessToken).want(t, http.StatusUnauthorized, "invalid_token")
		w.get(t, "/auth/me", tokens.AccessToken).want(t, http.StatusUnauthorized, "invalid_token")
		w.get(t, "/auth/me", next.AccessToken).want(t, http.StatusOK, "")
		w.post(t, "/auth/refresh", object{"refresh_token": ada.RefreshToken}).want(t, http.StatusUnauthorized, "session_replaced")
		w.post(t, "/auth/refresh", object{"refresh_token": tokens.RefreshToken}).want(t, http.StatusUnauthorized, "session_ended")
		w.signIn(t, k).want(t, http.StatusUnauthorized, "invalid_passkey")
		w.subjects(t, "ada@people.example", "A passkey was added", "A passkey was removed")
	}
}

// subjects waits until each of the subjects has begun a mail.
func (w *world) subjects(tb testing.TB, to string, begin ...string) {
	tb.Helper()
	for _, subject := range begin {
		w.told(tb, to, subject)
	}
}

func TestWhoeverMayNotRegisterAPasskey(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ada, bob := w.join(t, "ada@people.example"), w.join(t, "bob@people.example")
	finish := func(bearer string, body object) reply {
		t.Helper()
		return w.do(t, request{method: http.MethodPost, path: registration + "/finish", bearer: bearer, body: body})
	}
	w.do(t, request{method: http.MethodPost, path: registration}).want(t, http.StatusUnauthorized, "token_required")
	k := newKey(virtualwebauthn.KeyTypeEC2)
	begun := w.begin(t, registration, ada.AccessToken)
	body := k.made(t, begun, "phone")
	finish(bob.AccessToken, body).want(t, http.StatusBadRequest, "invalid_ceremony")
	finish(w.login(t, "ada@people.example").AccessToken, body).want(t, http.StatusBadRequest, "invalid_ceremony") // another session
	finish(ada.AccessToken, object{"ceremony": "v1.AAAA.AAAA", "credential": body["credential"]}).want(t, http.StatusBadRequest, "invalid_ceremony")
	finish(ada.AccessToken, object{"ceremony": w.begin(t, authentication, "").Ceremony, "credential": body["credential"]}).
		want(t, http.StatusBadRequest, "invalid_ceremony")
	finish(ada.AccessToken, object{"ceremony": w.begin(t, registration, ada.AccessToken).Ceremony, "credential": body["credential"]}).
		want(t, http.StatusUnprocessableEntity, "unusable_passkey") // an answer to another challenge
	finish(ada.AccessToken, object{"ceremony": begun.Ceremony, "credential": object{"id": "x"}}).want(t, http.StatusUnprocessableEntity, "unusable_passkey")

	elsewhere := newKey(virtualwebauthn.KeyTypeEC2)
	elsewhere.party.Origin = "https://localhost.evil.example"
	finish(ada.AccessToken, elsewhere.made(t, begun, "")).want(t, http.StatusUnprocessableEntity, "unusable_passkey")
	unverified := newKey(virtualwebauthn.KeyTypeEC2)
	unverified.authenticator.Options.UserNotVerified = true
	finish(ada.AccessToken, unverified.made(t, begun, "")).want(t, http.StatusUnprocessableEntity, "unusable_passkey")

	finish(ada.AccessToken, body).want(t, http.StatusCreated, "")
	ada = w.proved(t, ada, k)
	finish(ada.AccessToken, body).want(t, http.StatusBadRequest, "invalid_ceremony") // finishing twice
	finish(bob.AccessToken, k.made(t, w.begin(t, registration, bob.AccessToken), "")).want(t, http.StatusConflict, "passkey_exists")

	late := k.made(t, w.begin(t, registration, ada.AccessToken), "")
	w.clock.Advance(5 * time.Minute)
	finish(ada.AccessToken, late).want(t, http.StatusBadRequest, "invalid_ceremony")
	w.clock.Advance(9 * time.Minute)
	mine := w.passkeys(t, ada.AccessToken)[0].ID
	w.do(t, request{method: http.MethodDelete, path: "/auth/passkeys/" + mine, bearer: bob.AccessToken}).want(t, http.StatusNotFound, "not_found")
	w.do(t, request{method: http.MethodPatch, path: "/auth/passkeys/" + mine, bearer: bob.AccessToken, body: object{"name": "x"}}).
		want(t, http.StatusNotFound, "not_found")
	w.clock.Advance(time.Minute + time.Second)
	old := w.refreshed(t, ada)
	w.do(t, request{method: http.MethodPost, path: registration, bearer: old.AccessToken}).want(t, http.StatusForbidden, "reauthentication_required")
	w.do(t, request{method: http.MethodDelete, path: "/auth/passkeys/" + mine, bearer: old.AccessToken}).
		want(t, http.StatusForbidden, "reauthentication_required")
}

// refreshed exchanges a refresh token.
func (w *world) refreshed(tb testing.TB, tokens httpapi.Tokens) httpapi.Tokens {
	tb.Helper()
	var next httpapi.Tokens
	w.post(tb, "/auth/refresh", object{"refresh_token": tokens.RefreshToken}).want(tb, http.StatusOK, "").read(tb, &next)
	return next
}

func TestWhatDoesNotSignInWithAPasskey(t *testing.T) {
	t.Parallel()
	w, k := newWorld(t), newKey(virtualwebauthn.KeyTypeEC2)
	ada := w.join(t, "ada@people.example")
	bob := w.join(t, "bob@people.example")
	w.register(t, ada.AccessToken, k)
	ada = w.proved(t, ada, k)
	finish := func(body object) reply {
		t.Helper()
		return w.post(t, authentication+"/finish", body)
	}
	refused := func(what string, change func(k *key)) {
		t.Helper()
		other := *k
		change(&other)
		if got := finish(other.signed(w.begin(t, authentication, ""))); got.status != http.StatusUnauthorized || got.problem(t).Code != "invalid_passkey" {
			t.Errorf("%s: %d %s", what, got.status, got.body)
		}
	}
	refused("an unknown credential", func(k *key) { k.credential = newCredential(virtualwebauthn.KeyTypeEC2) })
	refused("another key under a known name", func(k *key) {
		k.credential.Key = newCredential(virtualwebauthn.KeyTypeEC2).Key
	})
	refused("another origin", func(k *key) { k.party.Origin = "https://evil.example" })
	refused("our origin in other letters", func(k *key) { k.party.Origin = strings.ToUpper(publicURL) })
	refused("our origin and more", func(k *key) { k.party.Origin = publicURL + "/" })
	refused("an app that is not listed", func(k *key) { k.party.Origin = "android:apk-key-hash:" + strings.Repeat("A", 43) })
	refused("another relying party", func(k *key) { k.party.ID = "evil.example" })
	refused("a user who was not verified", func(k *key) { k.authenticator.Options.UserNotVerified = true })
	refused("nobody there", func(k *key) { k.authenticator.Options.UserNotPresent = true })
	refused("somebody else's handle", func(k *key) { k.authenticator.Options.UserHandle = []byte(bob.User.ID) })
	refused("no handle", func(k *key) { k.authenticator.Options.UserHandle = nil })
	refused("no longer backup eligible", func(k *key) { k.authenticator.Options.BackupEligible = false })

	first, second := w.begin(t, authentication, ""), w.begin(t, authentication, "")
	mixed := k.signed(first)
	mixed["ceremony"] = second.Ceremony
	finish(mixed).want(t, http.StatusUnauthorized, "invalid_passkey")
	finish(object{"ceremony": w.begin(t, registration, ada.AccessToken).Ceremony, "credential": mixed["credential"]}).
		want(t, http.StatusBadRequest, "invalid_ceremony")
	late := k.signed(first)
	w.clock.Advance(5 * time.Minute)
	finish(late).want(t, http.StatusBadRequest, "invalid_ceremony")
}

func TestAPasskeyAnswerSignsInOnce(t *testing.T) {
	t.Parallel()
	w, k := newWorld(t), newKey(virtualwebauthn.KeyTypeEC2)
	w.register(t, w.join(t, "ada@people.example").AccessToken, k)
	body := k.signed(w.begin(t, authentication, ""))
	answers := w.race(32, func(int) reply { return w.post(t, authentication+"/finish", body) })
	won := 0
	for _, a := range answers {
		if a.status == http.StatusOK {
			won++
			continue
		}
		a.want(t, http.StatusBadRequest, "invalid_ceremony")
	}
	if won != 1 {
		t.Errorf("%d of %d calls with one answer signed in", won, len(answers))
	}
}

func TestASignCountThatDoesNotRiseIsRefused(t *testing.T) {
	t.Parallel()
	w, k := newWorld(t), newKey(virtualwebauthn.KeyTypeEC2)
	k.credential.Counter = 5
	w.register(t, w.join(t, "ada@people.example").AccessToken, k)
	w.signIn(t, k).want(t, http.StatusUnauthorized, "invalid_passkey")
	k.credential.Counter = 6
	w.signIn(t, k).want(t, http.StatusOK, "")
	k.credential.Counter = 0
	w.signIn(t, k).want(t, http.StatusUnauthorized, "invalid_passkey")
	k.credential.Counter = 7
	w.signIn(t, k).want(t, http.StatusOK, "")
}

// TestAPasskeyMayBecomeBackupEligible as some password managers have it.
func TestAPasskeyMayBecomeBackupEligible(t *testing.T) {
	t.Parallel()
	w, k := newWorld(t), newKey(virtualwebauthn.KeyTypeEC2)
	k.authenticator.Options.BackupEligible = false
	ada := w.join(t, "ada@people.example")
	w.register(t, ada.AccessToken, k)
	w.signIn(t, k).want(t, http.StatusOK, "")
	k.authenticator.Options.BackupEligible, k.authenticator.Options.BackupState = true, true
	var tokens httpapi.Tokens
	w.signIn(t, k).want(t, http.StatusOK, "").read(t, &tokens)
	claims := must(w.options.Verifier.Verify(t.Context(), tokens.AccessToken))
	if !slices.Contains(claims.AMR, "swk") || !w.passkeys(t, tokens.AccessToken)[0].BackedUp {
		t.Errorf("a passkey that is backed up signs in with %q", claims.AMR)
	}
	k.authenticator.Options.BackupEligible, k.authenticator.Options.BackupState = false, false
	if p := w.signIn(t, k).want(t, http.StatusUnauthorized, "invalid_passkey").problem(t); p.Detail != words.ForPrograms().Said("invalid_passkey.changed") {
		t.Errorf("the owner is told %q", p.Detail)
	}
	// Nobody else hears it: the flag counts once the key has signed.
	other := *k
	other.credential.Key = newCredential(virtualwebauthn.KeyTypeEC2).Key
	if p := w.signIn(t, &other).want(t, http.StatusUnauthorized, "invalid_passkey").problem(t); strings.Contains(p.Detail, "anew") {
		t.Errorf("somebody else is told %q", p.Detail)
	}
}

// as gives a value that has the type that is known of it.
func as[T any](tb testing.TB, value any) T {
	tb.Helper()
	typed, ok := value.(T)
	if !ok {
		tb.Fatalf("%T where a %T is known to be", value, typed)
	}
	return typed
}

// extended adds what an extension answered to what a browser sends.
func extended(tb testing.TB, body object, outputs object) object {
	tb.Helper()
	var credential object
	if err := json.Unmarshal(as[json.RawMessage](tb, body["credential"]), &credential); err != nil {
		tb.Fatal(err)
	}
	credential["clientExtensionResults"] = outputs
	body["credential"] = credential
	return body
}

// WebAuthn L3 §7.1 step 19, §7.2 step 18: Safari answers appid for every security
// key, and some password managers more, without being asked.
func TestAnswersOfExtensionsThatWereNotAskedForAreIgnored(t *testing.T) {
	t.Parallel()
	w, k := newWorld(t), newKey(virtualwebauthn.KeyTypeEC2)
	outputs := object{"appid": false, "credProps": object{"rk": true}, "prf": object{"enabled": true}, "example": 1}
	ada := w.join(t, "ada@people.example")
	body := extended(t, k.made(t, w.begin(t, registration, ada.AccessToken), ""), outputs)
	w.do(t, request{method: http.MethodPost, path: registration + "/finish", bearer: ada.AccessToken, body: body}).want(t, http.StatusCreated, "")
	w.post(t, authentication+"/finish", extended(t, k.signed(w.begin(t, authentication, "")), outputs)).want(t, http.StatusOK, "")
	mfaToken := w.ask(t, "ada@people.example").MFAToken
	w.post(t, "/auth/login/mfa", extended(t, k.step(mfaToken, w.askedOf(t, mfaToken)), outputs)).want(t, http.StatusOK, "")
}

func TestAnAppOfAndroidHasPasskeys(t *testing.T) {
	t.Parallel()
	const app = "android:apk-key-hash:nLSu7wVTbnMOxLgC52f2faTnvIbXQrUwn_wcCrE-sjs"
	w, k := newWorld(t, func(s *settings) { s.passkeyOrigins = []string{app} }), newKey(virtualwebauthn.KeyTypeEC2)
	k.party.Origin = app
	w.register(t, w.join(t, "ada@people.example").AccessToken, k)
	w.signIn(t, k).want(t, http.StatusOK, "")
	k.party.Origin = "android:apk-key-hash:NLSu7wVTbnMOxLgC52f2faTnvIbXQrUwn_wcCrE-sjs"
	w.signIn(t, k).want(t, http.StatusUnauthorized, "invalid_passkey")
}

// offCurve moves the public key of a new credential off its curve.
func offCurve(tb testing.TB, made json.RawMessage, cose []byte) object {
	tb.Helper()
	var credential object
	if err := json.Unmarshal(made, &credential); err != nil {
		tb.Fatal(err)
	}
	response := as[map[string]any](tb, credential["response"])
	attestation := must(base64.RawURLEncoding.DecodeString(as[string](tb, response["attestationObject"])))
	moved := bytes.Clone(cose)
	moved[len(moved)-1] ^= 1
	if !bytes.Contains(attestation, cose) {
		tb.Fatal("the key is not in the attestation")
	}
	response["attestationObject"] = base64.RawURLEncoding.EncodeToString(bytes.Replace(attestation, cose, moved, 1))
	return credential
}

// Off-curve points and their like are refused by package passkey; that they are
// looked at, this shows.
func TestAPublicKeyThatProvesNothingIsNotRegistered(t *testing.T) {
	t.Parallel()
	w, k := newWorld(t), newKey(virtualwebauthn.KeyTypeEC2)
	ada := w.join(t, "ada@people.example")
	c := w.begin(t, registration, ada.AccessToken)
	body := k.made(t, c, "")
	body["credential"] = offCurve(t, as[json.RawMessage](t, body["credential"]), k.credential.Key.AttestationData())
	w.do(t, request{method: http.MethodPost, path: registration + "/finish", bearer: ada.AccessToken, body: body}).want(t, http.StatusUnprocessableEntity, "unusable_passkey")

	var options struct {
		PublicKey struct {
			Parameters []struct {
				Algorithm int `json:"alg"`
			} `json:"pubKeyCredParams"`
		} `json:"publicKey"`
	}
	if err := json.Unmarshal(c.Options, &options); err != nil {
		t.Fatal(err)
	}
	var asked []int
	for _, p := range options.PublicKey.Parameters {
		asked = append(asked, p.Algorithm)
	}
	if !slices.Equal(asked, []int{-7, -8, -257}) {
		t.Errorf("algorithms %v are asked for", asked)
	}
}

func TestAUserHasTwentyPasskeysAtMost(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ada := w.join(t, "ada@people.example")
	first := newKey(virtualwebauthn.KeyTypeEC2)
	w.register(t, ada.AccessToken, first)
	ada = w.proved(t, ada, first)
	const racers = 32
	var last object
	var begun []object
	for range racers {
		begun = append(begun, newKey(virtualwebauthn.KeyTypeEC2).made(t, w.begin(t, registration, ada.AccessToken), ""))
	}
	last = newKey(virtualwebauthn.KeyTypeEC2).made(t, w.begin(t, registration, ada.AccessToken), "")
	answers := w.race(racers, func(n int) reply {
		return w.do(t, request{method: http.MethodPost, path: registration + "/finish", bearer: ada.AccessToken, body: begun[n]})
	})
	won := 0
	for _, a := range answers {
		if a.status == http.StatusCreated {
			won++
			continue
		}
		a.want(t, http.StatusConflict, "too_many_passkeys")
	}
	if got := len(w.passkeys(t, ada.AccessToken)); won != 19 || got != 20 {
		t.Errorf("beside one passkey %d of %d calls registered another, and there are %d", won, racers, got)
	}
	w.do(t, request{method: http.MethodPost, path: registration, bearer: ada.AccessToken}).want(t, http.StatusConflict, "too_many_passkeys")
	w.do(t, request{method: http.MethodPost, path: registration + "/finish", bearer: ada.AccessToken, body: last}).
		want(t, http.StatusConflict, "too_many_passkeys")
}
