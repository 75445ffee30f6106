package conformance_test

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"

	"github.com/go-jose/go-jose/v4"

	"github.com/sallyport-auth/sallyport/internal/clock"
)

// faults are what servers get wrong, one for each row at least, by the row that it
// loses. A fault behaves: it answers from an account, a session or a token that it
// should not have, wherever that can be done from outside.
func faults() map[string]fault {
	return map[string]fault{
		"sign-up: takes a password of one character":       shortPassword,
		"unverified-login: signs in at sign-up":            tokensAtSignUp,
		"verify-email: a link works twice":                 linkTwice,
		"login: caches may keep tokens":                    cachedTokens,
		"refresh: fails at what is no token":               failsAtJunk,
		"rotation-race: every racer has a line of its own": siblings,
		"lost-answer: a retry is a replay":                 noRetry,
		"swapped-answers: a shared answer works once":      sharedOnce,
		"refresh-replay: only the copy is refused":         replayAlone,
		"logout-access-token: lives until it expires":      statelessLogout,
		"logout-refresh-token: ends no session":            loggedInAgain,
		"logout-elsewhere: another instance never hears":   deafInstance,
		"reset-password: the old password stays good":      bothPasswords,
		"reset-race: looks first, and spends later":        everyRacer,
		"reset-ends-sessions: who is in stays in":          stayIn,
		"mailed-link-host: believes the Host header":       believedHost,
		"scanned-verify-link: HEAD runs what GET runs":     headVerifies,
		"scanned-reset-link: HEAD spends the link":         headResets,
		"submitted-form: the button needs no password":     bareForm,
		"guess-limit: wrong passwords are not counted":     uncounted,
		"lockout: no device is known":                      unknownDevice,
		"token-altered: any signature of the right length": anySignature,
		"token-algorithm: alg none":                        algNone,
		"token-algorithm: HS256 with the public key":       publicKeyAsSecret,
		"token-spelling: takes padding away":               padding,
		"token-expired: nobody looks at exp":               forever,
		"enumeration-login: there is no such user":         noSuchUser,
		"enumeration-sign-up: the address is taken":        addressTaken,
		"enumeration-reset: no such address":               noSuchAddress,
		"wiped-redis: the block-list is in Redis alone":    listInRedis,
		"timing-login: hashes only where there is one":     slower("/auth/login"),
		"timing-sign-up: hashes only where there is none":  slower("/auth/sign_up"),
		"timing-reset: mails while one waits":              slower("/auth/request-password-reset"),
	}
}

func none(f *faulty, r exchange) reply { return f.pass(r) }

func shortPassword(f *faulty, r exchange) reply {
	got := f.pass(r)
	if r.is(http.MethodPost, "/auth/sign_up") && got.status == http.StatusUnprocessableEntity && len(member(r.body, "password")) == 1 {
		return says(http.StatusAccepted, `{"status":"verification_sent"}`)
	}
	return got
}

func tokensAtSignUp(f *faulty, r exchange) reply {
	got := f.pass(r)
	if r.is(http.MethodPost, "/auth/sign_up") && got.ok() {
		got.body = append([]byte(`{"access_token":"at","refresh_token":"rt",`), got.body[1:]...)
	}
	return got
}

func linkTwice(f *faulty, r exchange) reply {
	got := f.pass(r)
	if r.is(http.MethodPost, "/auth/verify-email") {
		return f.again("verify", member(r.body, "token"), got)
	}
	return got
}

func cachedTokens(f *faulty, r exchange) reply {
	got := f.pass(r)
	if r.is(http.MethodPost, "/auth/login") && got.ok() {
		got.header.Del("Cache-Control")
	}
	return got
}

func failsAtJunk(f *faulty, r exchange) reply {
	got := f.pass(r)
	if r.is(http.MethodPost, "/auth/refresh") && member(got.body, "code") == "invalid_token" {
		return says(http.StatusInternalServerError, `{"code":"internal"}`)
	}
	return got
}

// refreshing tells whether others present a refresh token at this moment.
func refreshing(f *faulty, token string) (company bool, leave func()) {
	company = f.count("refreshing", token, 1) > 1
	return company, func() { f.count("refreshing", token, -1) }
}

func siblings(f *faulty, r exchange) reply {
	if !r.is(http.MethodPost, "/auth/refresh") {
		return f.pass(r)
	}
	token := member(r.body, "refresh_token")
	company, leave := refreshing(f, token)
	defer leave()
	if owner := f.look(func() string { return f.owner[token] }); company && owner != "" {
		return f.signIn(r, owner)
	}
	return f.pass(r)
}

func noRetry(f *faulty, r exchange) reply {
	if !r.is(http.MethodPost, "/auth/refresh") {
		return f.pass(r)
	}
	token := member(r.body, "refresh_token")
	company, leave := refreshing(f, token)
	defer leave()
	spent := f.knows(func() bool { return f.newest(token) == 1 })
	if spent && !company && f.count("rested", token, 0) > 0 {
		return says(http.StatusUnauthorized, `{"code":"session_ended","next":"login"}`)
	}
	defer time.AfterFunc(500*time.Millisecond, func() { f.count("rested", token, 1) })
	return f.pass(r)
}

// newest is how many exchanges ago a token was the newest.
func (f *faulty) newest(token string) int {
	children := map[string]string{}
	for child, parent := range f.parent {
		children[parent] = child
	}
	n := 0
	for next := children[token]; next != ""; next = children[next] {
		n++
	}
	return n
}

func sharedOnce(f *faulty, r exchange) reply {
	if !r.is(http.MethodPost, "/auth/refresh") {
		return f.pass(r)
	}
	token := member(r.body, "refresh_token")
	if f.count("given", token, 0) > 1 && f.count("presented", token, 1) > 1 {
		return says(http.StatusUnauthorized, `{"code":"session_ended","next":"login"}`)
	}
	got := f.pass(r)
	if next := member(got.body, "refresh_token"); next != token {
		f.count("given", next, 1)
	}
	return got
}

func replayAlone(f *faulty, r exchange) reply {
	if r.is(http.MethodPost, "/auth/refresh") && f.knows(func() bool { return f.newest(member(r.body, "refresh_token")) > 1 }) {
		return says(http.StatusUnauthorized, `{"code":"refresh_replayed"}`)
	}
	return f.pass(r)
}

// remembered shows the profile to dead tokens where a fault lets them live.
func remembered(f *faulty, r exchange, lives func(token string) bool) reply {
	got := f.pass(r)
	if !r.is(http.MethodGet, "/auth/me") || got.ok() {
		return got
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if old, there := f.shown[r.bearer()]; there && lives(r.bearer()) {
		return old
	}
	return got
}

func statelessLogout(f *faulty, r exchange) reply {
	return remembered(f, r, func(token string) bool { return f.loggedOut[token] })
}

// listInRedis is a logout that is written down in Redis, and nowhere else.
func listInRedis(f *faulty, r exchange) reply {
	if r.is(http.MethodPost, "/auth/logout") {
		if err := f.redis.Set(r.Context(), "gone:"+r.bearer(), "1", time.Hour).Err(); err != nil {
			panic(http.ErrAbortHandler)
		}
	}
	return remembered(f, r, func(token string) bool {
		listed, err := f.redis.Exists(r.Context(), "gone:"+token).Result()
		return err == nil && listed == 0 && f.loggedOut[token]
	})
}

func deafInstance(f *faulty, r exchange) reply {
	return remembered(f, r, func(string) bool { return true })
}

func loggedInAgain(f *faulty, r exchange) reply {
	got := f.pass(r)
	if !r.is(http.MethodPost, "/auth/refresh") || got.ok() {
		return got
	}
	token := member(r.body, "refresh_token")
	if f.knows(func() bool { return f.loggedOut[f.access[token]] }) {
		return f.signIn(r, f.look(func() string { return f.owner[token] }))
	}
	return got
}

func bothPasswords(f *faulty, r exchange) reply {
	got := f.pass(r)
	switch email := member(r.body, "email"); {
	case r.is(http.MethodPost, "/auth/reset-password") && got.ok():
		f.mu.Lock()
		f.passwords["renewed"] += " " + member(r.body, "new_password")
		f.mu.Unlock()
	case r.is(http.MethodPost, "/auth/login") && !got.ok() && f.knows(func() bool { return f.forgot[email] && f.passwords[email] == member(r.body, "password") }):
		for password := range strings.FieldsSeq(f.look(func() string { return f.passwords["renewed"] })) {
			if in := f.ask(r, "/auth/login", map[string]string{"email": email, "password": password}); in.ok() {
				return in
			}
		}
	}
	return got
}

// everyRacer holds the first use of a link until others have looked as well.
func everyRacer(f *faulty, r exchange) reply {
	if !r.is(http.MethodPost, "/auth/reset-password") {
		return f.pass(r)
	}
	token := member(r.body, "token")
	company := f.count("resetting", token, 1) > 1
	defer f.count("resetting", token, -1)
	got := f.pass(r)
	clock.Sleep(r.Context(), 50*time.Millisecond)
	if company {
		return says(http.StatusOK, `{"status":"password_reset"}`)
	}
	return got
}

func stayIn(f *faulty, r exchange) reply {
	return remembered(f, r, func(token string) bool { return !f.loggedOut[token] && f.forgot[f.owner[token]] })
}

var linkHost = regexp.MustCompile(`http://[^/\s"]+/auth/reset-password`)

func believedHost(f *faulty, r exchange) reply {
	if r.is(http.MethodPost, "/auth/request-password-reset") && r.Host == "attacker.example" {
		f.count("lied", member(r.body, "email"), 1)
	}
	got := f.pass(r)
	if r.URL.Path == "/dev/mailbox.json" && f.count("lied", r.URL.Query().Get("to"), 0) > 0 {
		got.body = linkHost.ReplaceAll(got.body, []byte("http://attacker.example/auth/reset-password"))
	}
	return got
}

func headVerifies(f *faulty, r exchange) reply {
	if token := r.URL.Query().Get("token"); r.is(http.MethodHead, "/auth/verify-email") {
		f.ask(r, "/auth/verify-email", map[string]string{"token": token})
	}
	return f.pass(r)
}

func headResets(f *faulty, r exchange) reply {
	if token := r.URL.Query().Get("token"); r.is(http.MethodHead, "/auth/reset-password") {
		f.ask(r, "/auth/reset-password", map[string]string{"token": token, "new_password": rand.Text()})
	}
	return f.pass(r)
}

func bareForm(f *faulty, r exchange) reply {
	if r.is(http.MethodPost, "/auth/verify-email") && strings.HasPrefix(r.Header.Get("Content-Type"), "application/x-www-form-urlencoded") {
		form, _ := url.ParseQuery(string(r.body))
		return f.ask(r, "/auth/verify-email", map[string]string{"token": form.Get("token")})
	}
	return f.pass(r)
}

func uncounted(f *faulty, r exchange) reply {
	email, password := member(r.body, "email"), member(r.body, "password")
	if wanted := f.look(func() string { return f.passwords[email] }); r.is(http.MethodPost, "/auth/login") && wanted != "" && password != wanted &&
		!f.knows(func() bool { return f.forgot[email] }) {
		return f.pass(r.with(map[string]string{"email": strings.ToLower(rand.Text()) + "@nobody.example", "password": password}))
	}
	return f.pass(r)
}

func unknownDevice(f *faulty, r exchange) reply {
	if r.is(http.MethodPost, "/auth/login") {
		r = r.with(map[string]string{"email": member(r.body, "email"), "password": member(r.body, "password")})
		r.Header.Del("Cookie")
	}
	return f.pass(r)
}

// accepted shows the profile to a token that says the same as a live one, if a fault
// takes it for true.
func accepted(f *faulty, r exchange, takes func(forged, live []string) bool) reply {
	got := f.pass(r)
	forged := strings.Split(r.bearer(), ".")
	if !r.is(http.MethodGet, "/auth/me") || got.ok() || len(forged) != 3 {
		return got
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	for token, shown := range f.shown {
		if live := strings.Split(token, "."); len(live) == 3 && live[1] == forged[1] && takes(forged, live) {
			return shown
		}
	}
	return got
}

func anySignature(f *faulty, r exchange) reply {
	return accepted(f, r, func(forged, live []string) bool {
		raw, err := base64.RawURLEncoding.Strict().DecodeString(forged[2])
		return err == nil && len(raw) == 64 && forged[0] == live[0] && forged[2] != live[2]
	})
}

// algorithm is what the header of a token names.
func algorithm(header string) string {
	raw, _ := base64.RawURLEncoding.DecodeString(header)
	return member(raw, "alg")
}

func algNone(f *faulty, r exchange) reply {
	return accepted(f, r, func(forged, _ []string) bool { return strings.EqualFold(algorithm(forged[0]), "none") })
}

func publicKeyAsSecret(f *faulty, r exchange) reply {
	if algorithm(strings.Split(r.bearer(), ".")[0]) != "HS256" {
		return f.pass(r)
	}
	secret := f.publishedPEM(r.Context())
	return accepted(f, r, func(forged, _ []string) bool {
		mac := hmac.New(sha256.New, secret)
		mac.Write([]byte(forged[0] + "." + forged[1]))
		return forged[2] == base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
	})
}

func padding(f *faulty, r exchange) reply {
	r.Header.Set("Authorization", strings.TrimRight(r.Header.Get("Authorization"), "="))
	return f.pass(r)
}

func forever(f *faulty, r exchange) reply {
	return remembered(f, r, func(token string) bool {
		raw, _ := base64.RawURLEncoding.DecodeString(strings.Split(token, ".")[1])
		var claims struct {
			Exp int64 `json:"exp"`
		}
		return json.Unmarshal(raw, &claims) == nil && !f.loggedOut[token] && claims.Exp <= clock.System{}.Now().Unix()
	})
}

func noSuchUser(f *faulty, r exchange) reply {
	got := f.pass(r)
	if r.is(http.MethodPost, "/auth/login") && got.status == http.StatusUnauthorized && !f.knows(func() bool { return f.verified[member(r.body, "email")] }) {
		return says(http.StatusNotFound, `{"code":"no_such_user"}`)
	}
	return got
}

func addressTaken(f *faulty, r exchange) reply {
	taken := f.knows(func() bool { return f.verified[member(r.body, "email")] })
	if got := f.pass(r); !r.is(http.MethodPost, "/auth/sign_up") || !taken {
		return got
	}
	return says(http.StatusConflict, `{"code":"email_taken"}`)
}

func noSuchAddress(f *faulty, r exchange) reply {
	got := f.pass(r)
	if r.is(http.MethodPost, "/auth/request-password-reset") && !f.knows(func() bool { return f.verified[member(r.body, "email")] }) {
		return says(http.StatusNotFound, `{"code":"no_such_user"}`)
	}
	return got
}

// slower takes its time where there is an account.
func slower(path string) fault {
	return func(f *faulty, r exchange) reply {
		if r.is(http.MethodPost, path) && f.knows(func() bool { return f.verified[member(r.body, "email")] }) {
			clock.Sleep(r.Context(), 150*time.Millisecond)
		}
		return f.pass(r)
	}
}

// publishedPEM is the server's key as a careless verifier reads it.
func (f *faulty) publishedPEM(ctx context.Context) []byte {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, f.upstream+"/.well-known/jwks.json", nil)
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	resp, err := f.http.Do(req)
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	defer resp.Body.Close()
	var set jose.JSONWebKeySet
	if err := json.NewDecoder(resp.Body).Decode(&set); err != nil || len(set.Keys) == 0 {
		panic(http.ErrAbortHandler)
	}
	der, err := x509.MarshalPKIXPublicKey(set.Keys[0].Key)
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	return pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der})
}
