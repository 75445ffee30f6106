package token

import (
	"crypto/elliptic"
	"encoding/base64"
	"encoding/json"
	"errors"
	"maps"
	"math/big"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/google/go-cmp/cmp"

	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/jws"
	"github.com/sallyport-auth/sallyport/internal/keys"
	"github.com/sallyport-auth/sallyport/internal/secret"
)

func TestIssuedTokensVerifyWithEachAlgorithm(t *testing.T) {
	t.Parallel()
	for _, alg := range []string{keys.ES256, keys.EdDSA, keys.RS256, keys.HS256} {
		t.Run(alg, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.useKeys(t, alg)
			w.door = w.newDoor(0)
			g := w.grant(w.person(t))
			g.Scope, g.ACR, g.Roles = "read write", "aal2", nil
			raw, want, err := w.issuer.Issue(g)
			if err != nil {
				t.Fatal(err)
			}
			for _, sight := range []string{"first", "second"} {
				got, err := w.door.Verify(t.Context(), raw)
				if err != nil {
					t.Fatalf("%s sight: %v", sight, err)
				}
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("%s sight (-issued +verified):\n%s", sight, diff)
				}
			}
		})
	}
}

func TestTokenHasExactlyTheClaimsOfTheDesign(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	raw, c := w.issue(t, w.person(t))
	j, err := jws.Parse(raw, jws.MaxToken)
	if err != nil {
		t.Fatal(err)
	}
	var got map[string]any
	if err := json.Unmarshal(j.Payload, &got); err != nil {
		t.Fatal(err)
	}
	want := map[string]any{
		"iss": testIssuer, "sub": c.Subject, "aud": testIssuer, "client_id": "sallyport",
		"iat": float64(c.IssuedAt.Unix()), "exp": float64(c.IssuedAt.Unix() + 900), "jti": c.ID, "sid": c.SessionID,
		"uep": float64(3), "auth_time": float64(c.AuthTime.Unix()), "amr": []any{"pwd"}, "roles": []any{"admin", "user"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("claims (-want +got):\n%s", diff)
	}
	if j.Algorithm != keys.ES256 || j.KeyID != published(t, w.ring) || j.Type != "at+jwt" {
		t.Errorf("alg %q, kid %q, typ %q", j.Algorithm, j.KeyID, j.Type)
	}
}

func TestLifetimeIsCountedFromTheReadNotFromTheSignature(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	g := w.grant(w.person(t))
	w.clock.Advance(10 * time.Minute) // paused before signing
	raw, c, err := w.issuer.Issue(g)
	if err != nil {
		t.Fatal(err)
	}
	if want := g.ReadAt.Truncate(time.Second).Add(testTTL); !c.ExpiresAt.Equal(want) {
		t.Errorf("expires at %v, want %v", c.ExpiresAt, want)
	}
	if _, err := w.door.Verify(t.Context(), raw); err != nil {
		t.Error(err)
	}
	w.clock.Advance(5*time.Minute + time.Second)
	if _, err := w.door.Verify(t.Context(), raw); !errors.Is(err, ErrInvalidToken) {
		t.Errorf("got %v, want invalid_token", err)
	}
	g.ReadAt = time.Time{}
	if _, _, err := w.issuer.Issue(g); err == nil {
		t.Error("a token was issued without the time of the read")
	}
}

func TestATokenExpiresWithItsSessionAtTheLatest(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	g := w.grant(w.person(t))
	g.ReadAt = g.ReadAt.Truncate(time.Second).Add(300 * time.Millisecond)
	for _, test := range []struct {
		name       string
		left, want time.Duration // of the session, of the token
	}{
		{"a long session", time.Hour, testTTL},
		{"as long as the token", testTTL, testTTL},
		{"less than the token", 5 * time.Minute, 5 * time.Minute},
		{"exp is a whole second, and not after the end", 90*time.Second + 600*time.Millisecond, 90 * time.Second},
		{"the last second that counts", 700 * time.Millisecond, time.Second},
		{"no second left", 699 * time.Millisecond, 0},
		{"over", -time.Minute, 0},
	} {
		g.SessionEndsAt = g.ReadAt.Add(test.left)
		_, c, err := w.issuer.Issue(g)
		if test.want == 0 {
			if !errors.Is(err, ErrSessionOver) {
				t.Errorf("%s: %v, want ErrSessionOver", test.name, err)
			}
			continue
		}
		if got := c.ExpiresAt.Sub(c.IssuedAt); err != nil || got != test.want || c.ExpiresAt.After(g.SessionEndsAt) {
			t.Errorf("%s: %v (%v), want %v", test.name, got, err, test.want)
		}
	}
	g.SessionEndsAt = time.Time{}
	if _, _, err := w.issuer.Issue(g); err == nil {
		t.Error("a token was issued without the end of its session")
	}
}

func TestGolangJWTVerifiesOurTokens(t *testing.T) {
	t.Parallel()
	for _, alg := range []string{keys.ES256, keys.EdDSA} {
		w := newWorld(t)
		w.useKeys(t, alg)
		raw, c := w.issue(t, w.person(t))
		set := jwks(t, w.ring)
		parsed, err := jwt.Parse(raw, func(tok *jwt.Token) (any, error) {
			kid, _ := tok.Header["kid"].(string)
			return set[kid], nil
		}, jwt.WithValidMethods([]string{alg}), jwt.WithIssuer(testIssuer), jwt.WithAudience(testIssuer),
			jwt.WithExpirationRequired(), jwt.WithIssuedAt(), jwt.WithTimeFunc(w.clock.Now), jwt.WithStrictDecoding())
		if err != nil {
			t.Errorf("%s: the second opinion is %v", alg, err)
			continue
		}
		if sub, err := parsed.Claims.GetSubject(); err != nil || sub != c.Subject {
			t.Errorf("%s: sub is %q (%v)", alg, sub, err)
		}
	}
}

// sign signs any header and payload with the active key.
func (w *world) sign(tb testing.TB, header, payload string) string {
	tb.Helper()
	k, err := w.ring.Active()
	if err != nil {
		tb.Fatal(err)
	}
	input := secret.Encode([]byte(header)) + "." + secret.Encode([]byte(payload))
	sig, err := k.Sign([]byte(input))
	if err != nil {
		tb.Fatal(err)
	}
	return input + "." + secret.Encode(sig)
}

func (w *world) goodHeader(tb testing.TB) string {
	tb.Helper()
	k, err := w.ring.Active()
	if err != nil {
		tb.Fatal(err)
	}
	return `{"alg":"ES256","kid":"` + k.ID() + `","typ":"at+jwt"}`
}

func (w *world) goodClaims() map[string]any {
	now := w.clock.Now().Unix()
	return map[string]any{
		"iss": testIssuer, "sub": id.Random(), "aud": testIssuer, "client_id": "sallyport", "iat": now,
		"exp": now + 900, "jti": id.Random(), "sid": id.Random(), "uep": 0, "auth_time": now,
		"amr": []string{"pwd"},
	}
}

func encode(tb testing.TB, v any) string {
	tb.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		tb.Fatal(err)
	}
	return string(text)
}

func refuse(t *testing.T, w *world, name, raw string) {
	t.Helper()
	for round := range 2 {
		_, err := w.door.Verify(t.Context(), raw)
		var f *fault.Error
		if !errors.As(err, &f) || f.Kind != fault.Unauthenticated || f.Code != "invalid_token" {
			t.Errorf("%s, round %d: got %v, want invalid_token", name, round, err)
			return
		}
		if f.Words != ErrInvalidToken.Words {
			t.Errorf("%s: the answer tells more than that: %q", name, f.Words)
		}
		if len(raw) > 40 && strings.Contains(err.Error(), raw[len(raw)-20:]) {
			t.Errorf("%s: the error holds the token", name)
		}
	}
	if c, err := w.door.VerifyExpired(t.Context(), raw); !errors.Is(err, ErrInvalidToken) && (err != nil || w.door.Ours(c)) {
		t.Errorf("%s: VerifyExpired says %v", name, err)
	}
}

func accept(t *testing.T, w *world, name, raw string) {
	t.Helper()
	if _, err := w.door.Verify(t.Context(), raw); err != nil {
		t.Errorf("%s: got %v, want it accepted", name, err)
	}
}

// Authlib refuses a token whose roles are there and empty.
func TestAListOfNoRolesIsLeftOut(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, roles := range [][]string{nil, {}, {"admin"}} {
		g := w.grant(w.person(t))
		g.Roles = roles
		raw, _, err := w.issuer.Issue(g)
		if err != nil {
			t.Fatal(err)
		}
		payload, err := base64.RawURLEncoding.DecodeString(strings.Split(raw, ".")[1])
		if err != nil {
			t.Fatal(err)
		}
		if has := strings.Contains(string(payload), `"roles"`); has != (len(roles) > 0) {
			t.Errorf("roles %q are written as %s", roles, payload)
		}
	}
}

func TestDoorRefusesClaimsThatAreNotExactlyRight(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	head, now := w.goodHeader(t), w.clock.Now().Unix()
	with := func(name string, value any) string {
		c := w.goodClaims()
		c[name] = value
		return w.sign(t, head, encode(t, c))
	}
	accept(t, w, "the unchanged claims", w.sign(t, head, encode(t, w.goodClaims())))
	for name := range w.goodClaims() {
		c := w.goodClaims()
		delete(c, name)
		refuse(t, w, "without "+name, w.sign(t, head, encode(t, c)))
		refuse(t, w, name+" null", with(name, nil))
		refuse(t, w, name+" an object", with(name, map[string]any{}))
		refuse(t, w, name+" true", with(name, true))
		refuse(t, w, name+" empty text", with(name, ""))
		c[strings.ToUpper(name)] = w.goodClaims()[name]
		refuse(t, w, name+" in capitals", w.sign(t, head, encode(t, c)))
	}
	for _, name := range []string{"iat", "exp", "auth_time", "uep", "nbf"} {
		for _, spelling := range []string{`"1700000000"`, "1.7e9", "1700000000.0", "-1", "1e300", "99999999999999999999"} {
			refuse(t, w, name+" as "+spelling, with(name, json.RawMessage(spelling)))
		}
	}
	for name, value := range map[string]any{
		"iss": testIssuer + "/", "aud": "https://ID.example", "sub": strings.ToUpper(id.Random()), "jti": "1",
		"sid": "urn:uuid:" + id.Random(), "exp": int64(253402300800), "iat": now + 120, "nbf": now + 120,
		"roles": []any{1}, "amr": "pwd", "scope": 7, "acr": "", "cnf": map[string]any{"jkt": "x"}, "auth_time": 0,
	} {
		refuse(t, w, name+" wrong", with(name, value))
	}
	for _, aud := range []any{[]string{}, []string{"other"}, testIssuer[:len(testIssuer)-1], []any{testIssuer, 1}, []any{[]string{testIssuer}}} {
		refuse(t, w, "aud wrong", with("aud", aud))
	}
	for name, roles := range map[string]any{"null": nil, "an object": map[string]any{}, "true": true, "a text": "admin", "empty text": ""} {
		refuse(t, w, "roles "+name, with("roles", roles))
	}
	accept(t, w, "roles", with("roles", []string{"admin"}))
	accept(t, w, "roles that are none", with("roles", []string{}))
	accept(t, w, "aud a list", with("aud", []string{"other", testIssuer}))
	accept(t, w, "a clock that is a little ahead", with("iat", now+30))
	accept(t, w, "nbf past", with("nbf", now))
	accept(t, w, "a claim of a later version", with("new", map[string]any{"a": 1}))

	good := encode(t, w.goodClaims())
	open := strings.TrimSuffix(good, "}")
	for name, payload := range map[string]string{
		"duplicate claim":           open + `,"sub":"` + id.Random() + `"}`,
		"duplicate by escape":       open + `,"s\u0075b":"` + id.Random() + `"}`,
		"duplicate nested":          open + `,"x":{"y":[{"a":1,"a":1}]}}`,
		"invalid UTF-8":             open + ",\"x\":\"\xff\"}",
		"half a surrogate pair":     open + `,"x":"\ud800"}`,
		"replacement character":     open + `,"x":"` + "\ufffd" + `"}`,
		"byte order mark":           "\ufeff" + good,
		"trailing data":             good + "{}",
		"a comment":                 good + "//",
		"an array":                  "[" + good + "]",
		"nothing":                   "",
		"null":                      "null",
		"nested too deep":           open + `,"x":` + strings.Repeat("[", 50) + strings.Repeat("]", 50) + "}",
		"NaN":                       open + `,"x":NaN}`,
		"a signature over no JSON":  "foo",
		"an empty object":           "{}",
		"exp twice, once in a list": strings.Replace(good, `"exp":`, `"exp":[1],"exp":`, 1),
	} {
		refuse(t, w, name, w.sign(t, head, payload))
	}
	plain := w.goodClaims()
	maps.Copy(plain, map[string]any{"SUB": id.Random()})
	raw := w.sign(t, head, encode(t, plain))
	if c, err := w.door.Verify(t.Context(), raw); err != nil || c.Subject != plain["sub"] {
		t.Errorf(`"SUB" beside "sub" gives %q (%v)`, c.Subject, err)
	}
}

func TestDoorRefusesHeadersThatAreNotExactlyOurs(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	payload, head := encode(t, w.goodClaims()), w.goodHeader(t)
	open := strings.TrimSuffix(head, "}")
	accept(t, w, "the unchanged header", w.sign(t, head, payload))
	for name, h := range map[string]string{
		"no typ":                 strings.Replace(head, `,"typ":"at+jwt"`, "", 1),
		"typ JWT":                strings.Replace(head, "at+jwt", "JWT", 1),
		"typ in capitals":        strings.Replace(head, "at+jwt", "AT+JWT", 1),
		"typ with application/":  strings.Replace(head, "at+jwt", "application/at+jwt", 1),
		"typ with a parameter":   strings.Replace(head, "at+jwt", "at+jwt;v=1", 1),
		"typ a list":             strings.Replace(head, `"at+jwt"`, `["at+jwt"]`, 1),
		"typ twice":              open + `,"typ":"at+jwt"}`,
		"alg none":               strings.Replace(head, "ES256", "none", 1),
		"alg empty":              strings.Replace(head, "ES256", "", 1),
		"alg of another key":     strings.Replace(head, "ES256", "HS256", 1),
		"alg in small letters":   strings.Replace(head, "ES256", "es256", 1),
		"alg missing":            strings.Replace(head, `"alg":"ES256",`, "", 1),
		"alg twice":              open + `,"alg":"none"}`,
		"kid a number":           `{"alg":"ES256","kid":1,"typ":"at+jwt"}`,
		"kid missing":            `{"alg":"ES256","typ":"at+jwt"}`,
		"kid unknown":            `{"alg":"ES256","kid":"` + secret.Encode(secret.Bytes(32)) + `","typ":"at+jwt"}`,
		"kid a path":             `{"alg":"ES256","kid":"../../dev/null","typ":"at+jwt"}`,
		"kid an injection":       `{"alg":"ES256","kid":"' OR '1'='1","typ":"at+jwt"}`,
		"crit":                   open + `,"crit":["exp"]}`,
		"b64 false":              open + `,"crit":["b64"],"b64":false}`,
		"jku":                    open + `,"jku":"https://evil.example/jwks"}`,
		"jwk":                    open + `,"jwk":{"kty":"oct","k":"AA"}}`,
		"x5u":                    open + `,"x5u":"https://evil.example/"}`,
		"x5c":                    open + `,"x5c":["AA"]}`,
		"cty":                    open + `,"cty":"JWT"}`,
		"zip":                    open + `,"zip":"DEF"}`,
		"an unknown member":      open + `,"x":1}`,
		"alg in another case":    open + `,"ALG":"none"}`,
		"a list":                 "[" + head + "]",
		"trailing data":          head + " {}",
		"not JSON":               "ES256",
		"nothing but whitespace": " ",
	} {
		refuse(t, w, name, w.sign(t, h, payload))
	}
}

func TestDoorAcceptsOneSpellingOfAToken(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	raw, _ := w.issue(t, w.person(t))
	parts := strings.Split(raw, ".")
	h, p, s := parts[0], parts[1], parts[2]
	accept(t, w, "the token as issued", raw)
	for name, other := range map[string]string{
		"nothing":             "",
		"trailing newline":    raw + "\n",
		"leading space":       " " + raw,
		"padding":             raw + "==",
		"padding in payload":  h + "." + p + "=." + s,
		"CRLF in signature":   h + "." + p + "." + s[:20] + "\r\n" + s[20:],
		"newline in header":   h[:10] + "\n" + h[10:] + "." + p + "." + s,
		"unused bits":         h + "." + p + "." + bumpLast(s),
		"standard alphabet":   h + "." + p + "." + strings.NewReplacer("-", "+", "_", "/").Replace(s) + "+",
		"fourth segment":      raw + ".",
		"fourth segment more": raw + ".x",
		"two segments":        h + "." + p,
		"no signature":        h + "." + p + ".",
		"no header":           "." + p + "." + s,
		"no payload":          h + ".." + s,
		"signature cut":       raw[:len(raw)-2],
		"signature longer":    raw + "AA",
		"scheme in front":     "Bearer " + raw,
		"NUL":                 raw + "\x00",
		"full-width dot":      h + "．" + p + "." + s,
		"JSON serialization":  `{"payload":"` + p + `","protected":"` + h + `","signature":"` + s + `"}`,
		"DER signature":       h + "." + p + "." + der(t, s),
		"second spelling":     h + "." + p + "." + otherS(t, s),
		"too long":            raw + strings.Repeat("A", jws.MaxToken),
	} {
		refuse(t, w, name, other)
	}
	for n := range raw {
		changed := []byte(raw)
		changed[n] ^= 1
		if _, err := w.door.Verify(t.Context(), string(changed)); err == nil {
			t.Fatalf("a token with byte %d changed is accepted", n)
		}
	}
}

// bumpLast sets a bit that the last character of base64url does not use.
func bumpLast(s string) string {
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
	n := strings.IndexByte(alphabet, s[len(s)-1])
	return s[:len(s)-1] + alphabet[n|1:n|1+1]
}

func der(t *testing.T, s string) string {
	t.Helper()
	sig, err := secret.Decode(s)
	if err != nil {
		t.Fatal(err)
	}
	text := append([]byte{0x30, 70, 2, 33, 0}, sig[:32]...)
	return secret.Encode(append(append(text, 2, 33, 0), sig[32:]...))
}

func otherS(t *testing.T, s string) string {
	t.Helper()
	sig, err := secret.Decode(s)
	if err != nil {
		t.Fatal(err)
	}
	v := new(big.Int).Sub(elliptic.P256().Params().N, new(big.Int).SetBytes(sig[32:]))
	v.FillBytes(sig[32:])
	return secret.Encode(sig)
}

func TestDoorTakesThePublicKeyForNoSharedKey(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	forger := newWorld(t)
	forger.useKeys(t, keys.HS256)
	raw, _ := forger.issue(t, forger.person(t))
	refuse(t, w, "a token of another server", raw)
	h := strings.Replace(w.goodHeader(t), "ES256", "HS256", 1)
	refuse(t, w, "the right kid with another algorithm", forger.sign(t, h, encode(t, w.goodClaims())))
}

func TestExpiryAndRevocationAreCheckedOnEverySight(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	run(t, w.list)
	p := w.person(t)
	raw, _ := w.issue(t, p)
	other, _ := w.issue(t, w.person(t))
	for range 2 {
		accept(t, w, "a live token", raw)
	}
	w.revoke(t, w.session(p))
	if _, err := w.door.Verify(t.Context(), raw); !errors.Is(err, ErrInvalidToken) {
		t.Errorf("after its session ended: %v", err)
	}
	if c, err := w.door.VerifyExpired(t.Context(), raw); err != nil || c.SessionID != p.session.ID {
		t.Errorf("for logout a revoked token gives %v (%v)", c, err)
	}
	accept(t, w, "somebody else's token", other)
	w.clock.Advance(testTTL)
	refuseExpired(t, w, other)
}

func refuseExpired(t *testing.T, w *world, raw string) {
	t.Helper()
	if _, err := w.door.Verify(t.Context(), raw); !errors.Is(err, ErrInvalidToken) || !errors.Is(err, errExpired) {
		t.Errorf("got %v, want expired", err)
	}
	if _, err := w.door.VerifyExpired(t.Context(), raw); err != nil {
		t.Errorf("for logout an expired token gives %v", err)
	}
	if _, err := w.door.Verify(t.Context(), raw); !errors.Is(err, ErrInvalidToken) {
		t.Errorf("after VerifyExpired: %v", err)
	}
}

// A user's token for another program is not ours, on the first sight and on the next.
func TestATokenForAnotherProgramIsNotOurs(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	run(t, w.list)
	p := w.person(t)
	g := w.grant(p)
	g.Audience = "https://api.example"
	raw, issued, err := w.issuer.Issue(g)
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if _, err := w.door.Verify(t.Context(), raw); !errors.Is(err, ErrInvalidToken) {
			t.Errorf("the door says %v", err)
		}
		c, err := w.door.VerifyUser(t.Context(), raw)
		if diff := cmp.Diff(issued, c); err != nil || diff != "" || w.door.Ours(c) {
			t.Errorf("%v, ours %v, %s", err, w.door.Ours(c), diff)
		}
	}
	if c, err := w.door.VerifyExpired(t.Context(), raw); err != nil || c.SessionID != issued.SessionID {
		t.Errorf("the door for logout says %v", err)
	}
	w.revoke(t, w.session(p))
	if _, err := w.door.VerifyUser(t.Context(), raw); !errors.Is(err, ErrRevoked) {
		t.Errorf("a revoked one: %v", err)
	}
}

func TestCachedTokensDieWithTheirKey(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	raw, c := w.issue(t, w.person(t))
	accept(t, w, "a live token", raw)
	kid := published(t, w.ring)
	past := w.clock.Now().Add(-time.Second)
	if ok, err := w.db.Direct().SigningKeys.Retire(t.Context(), kid, past); err != nil || !ok {
		t.Fatal(ok, err)
	}
	if err := w.ring.Maintain(t.Context()); err != nil {
		t.Fatal(err)
	}
	if !w.clock.Now().Before(c.ExpiresAt) {
		t.Fatal("the token is over anyway")
	}
	refuse(t, w, "a token whose key is gone", raw)
}

func TestDoorSaysUnavailableWhenItCannotTell(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	raw, _ := w.issue(t, w.person(t))
	w.faulty.down.Store(true)
	w.clock.Advance(time.Minute) // nobody follows, so the list is stale
	if _, err := w.door.Verify(t.Context(), raw); !errors.Is(err, fault.ErrUnavailable) {
		t.Errorf("got %v, want unavailable", err)
	}
}
