package vectors

import (
	"crypto/x509"
	"encoding/pem"
	"strconv"
	"strings"

	"github.com/sallyport-auth/sallyport/internal/jws"
)

const (
	userID    = "5f0c1d7e-2a6b-4c8d-9e0f-1a2b3c4d5e6f"
	sessionID = "0b7f6a52-93c1-4d0e-8a4b-6c5d7e8f9a0b"
	tokenID   = "c3d2e1f0-1a2b-4c3d-9e8f-7a6b5c4d3e2f"
)

// payload is a user's, with one claim changed: replaced, or left out if it is to
// be nothing.
func payload(name, value string) string {
	return object([][2]string{
		{"iss", quote(Issuer)},
		{"sub", quote(userID)},
		{"aud", quote(Audience)},
		{"client_id", quote("app")},
		{"iat", strconv.Itoa(Now - 60)},
		{"exp", strconv.Itoa(Now + 840)},
		{"jti", quote(tokenID)},
		{"sid", quote(sessionID)},
		{"uep", "3"},
		{"auth_time", strconv.Itoa(Now - 600)},
		{"amr", `["pwd","otp","mfa"]`},
		{"roles", `["staff"]`},
	}, name, value)
}

// machinePayload is a client's own.
func machinePayload(name, value string) string {
	return object([][2]string{
		{"iss", quote(Issuer)},
		{"sub", quote("billing")},
		{"aud", quote(Audience)},
		{"client_id", quote("billing")},
		{"iat", strconv.Itoa(Now - 60)},
		{"exp", strconv.Itoa(Now + 840)},
		{"jti", quote(tokenID)},
		{"uep", "1"},
		{"scope", quote("orders:read")},
	}, name, value)
}

func object(members [][2]string, name, value string) string {
	var out []string
	found := name == ""
	for _, m := range members {
		if m[0] == name {
			m[1], found = value, true
		}
		if m[1] != "" {
			out = append(out, quote(m[0])+":"+m[1])
		}
	}
	if !found && value != "" {
		out = append(out, quote(name)+":"+value)
	}
	return "{" + strings.Join(out, ",") + "}"
}

func quote(s string) string { return `"` + s + `"` }

func tokens(published []Key, stranger Key) []Token {
	es, ed, rs := published[0], published[1], published[2]
	good := func(name, value string) string {
		return es.compact(header(es, jws.TypeAccessToken), payload(name, value))
	}
	all := []Token{
		{Name: "ES256", Why: "as the server makes it", Verdict: Accept, Kind: "user", Token: good("", "")},
		{Name: "EdDSA", Why: "as the server makes it", Verdict: Accept, Kind: "user", Token: ed.compact(header(ed, jws.TypeAccessToken), payload("", ""))},
		{Name: "RS256", Why: "as the server makes it", Verdict: Accept, Kind: "user", Token: rs.compact(header(rs, jws.TypeAccessToken), payload("", ""))},
		{Name: "machine", Why: "a client's own: no sid, sub is client_id", Verdict: Accept, Kind: "client", Token: es.compact(header(es, jws.TypeAccessToken), machinePayload("", ""))},
	}
	for _, c := range []struct{ name, claim, value, why string }{
		{"aud a list", "aud", `["https://other.example.com",` + quote(Audience) + `]`, "RFC 7519 4.1.3: one of several"},
		{"unknown claims", "plan", `{"name":"gold"}`, "RFC 7519 4: ignored"},
		{"no roles", "roles", "", "a list that would be empty is left out"},
		{"iat a little ahead", "iat", strconv.Itoa(Now + 60), "clocks may differ by 60 s"},
		{"nbf a little ahead", "nbf", strconv.Itoa(Now + 60), "clocks may differ by 60 s"},
		{"the last second", "exp", strconv.Itoa(Now + 1), "not over yet"},
		{"a name in escapes", "client_id", `"\u0061pp"`, "the same string, written otherwise"},
	} {
		all = append(all, Token{Name: c.name, Why: c.why, Verdict: Accept, Kind: "user", Token: good(c.claim, c.value)})
	}
	for _, c := range []struct{ name, claim, value, why string }{
		{"expired", "exp", strconv.Itoa(Now), "exp has no leeway"},
		{"exp a string", "exp", quote(strconv.Itoa(Now + 840)), "not a NumericDate"},
		{"exp with a fraction", "exp", strconv.Itoa(Now+840) + ".0", "another spelling of the same number"},
		{"exp with an exponent", "exp", "1.8e9", "another spelling of a number"},
		{"exp negative", "exp", "-1", "before 1970"},
		{"exp zero", "exp", "0", "never"},
		{"exp null", "exp", "null", "no number"},
		{"exp true", "exp", "true", "no number"},
		{"exp beyond 9999", "exp", "253402300800", "no time that can be written"},
		{"no exp", "exp", "", "RFC 9068 2.2: required"},
		{"exp before iat", "exp", strconv.Itoa(Now - 60), "no lifetime"},
		{"EXP", "EXP", "1", "accepted: names do not fold their case, so this one is unknown"},
		{"iat too far ahead", "iat", strconv.Itoa(Now + 61), "from the future"},
		{"no iat", "iat", "", "RFC 9068 2.2: required"},
		{"nbf too far ahead", "nbf", strconv.Itoa(Now + 61), "not yet valid"},
		{"nbf a string", "nbf", quote("1"), "not a NumericDate"},
		{"another issuer", "iss", quote("https://evil.example.com"), "not ours"},
		{"iss with a slash", "iss", quote(Issuer + "/"), "compared as it stands"},
		{"iss a list", "iss", `[` + quote(Issuer) + `]`, "not a string"},
		{"another audience", "aud", quote("https://other.example.com"), "for somebody else"},
		{"aud a list of others", "aud", `["https://other.example.com"]`, "for somebody else"},
		{"aud an empty list", "aud", `[]`, "for nobody"},
		{"aud with a number", "aud", `[1,` + quote(Audience) + `]`, "not a list of strings"},
		{"aud an object", "aud", `{"a":` + quote(Audience) + `}`, "neither a string nor a list"},
		{"no aud", "aud", "", "for nobody"},
		{"no sub", "sub", "", "RFC 9068 2.2: required"},
		{"sub empty", "sub", quote(""), "nobody"},
		{"sub not a UUID", "sub", quote("1"), "a user without the form of one"},
		{"sub in capitals", "sub", quote(strings.ToUpper(userID)), "one spelling of an identifier"},
		{"no sid", "sid", "", "a user without a session cannot be logged out"},
		{"sid not a UUID", "sid", quote("x"), "cannot be found in the feed"},
		{"no jti", "jti", "", "RFC 9068 2.2: required"},
		{"jti not a UUID", "jti", quote("x"), "cannot be found in the feed"},
		{"no client_id", "client_id", "", "RFC 9068 2.2: required"},
		{"no uep", "uep", "", "whether all tokens of the user were revoked cannot be told"},
		{"uep a string", "uep", quote("3"), "not an integer"},
		{"uep negative", "uep", "-1", "not an epoch"},
		{"no auth_time", "auth_time", "", "of a user it is required"},
		{"amr a string", "amr", quote("pwd"), "not a list"},
		{"roles a string", "roles", quote("staff"), "not a list"},
		{"roles with null", "roles", `["staff",null]`, "not a list of strings"},
		{"scope a list", "scope", `["a"]`, "not a string"},
		{"cnf", "cnf", `{"jkt":"x"}`, "bound to a key: not a bearer token"},
		{"nested too deep", "deep", strings.Repeat("[", 40) + strings.Repeat("]", 40), "deeper than anybody needs"},
		{"a member twice deep down", "deep", `{"a":[{"x":1,"x":2}]}`, "two parsers see two things"},
		{"half a surrogate pair", "name", `"\ud800"`, "not Unicode"},
	} {
		verdict, kind := Refuse, ""
		if strings.HasPrefix(c.why, "accepted: ") {
			verdict, kind = Accept, "user"
		}
		all = append(all, Token{Name: c.name, Why: strings.TrimPrefix(c.why, "accepted: "), Verdict: verdict, Kind: kind, Token: good(c.claim, c.value)})
	}
	return append(append(append(all, machines(es)...), headers(es, ed, rs, stranger)...), spellings(es)...)
}

// machines are tokens that are neither quite a user's nor a client's.
func machines(es Key) (all []Token) {
	for _, c := range []struct{ name, claim, value, why string }{
		{"machine of another", "sub", quote("orders"), "sub is not client_id"},
		{"machine with a user's id", "client_id", quote(userID), "sub is not client_id"},
		{"machine with a session", "sid", quote(sessionID), "its sub is no user"},
		{"machine with auth_time", "auth_time", strconv.Itoa(Now), "nobody signed in"},
		{"machine with amr", "amr", `["pwd"]`, "nobody signed in"},
		{"machine without uep", "uep", "", "whether the client was disabled cannot be told"},
	} {
		all = append(all, Token{Name: c.name, Why: c.why, Verdict: Refuse, Token: es.compact(header(es, jws.TypeAccessToken), machinePayload(c.claim, c.value))})
	}
	both := strings.Replace(machinePayload("client_id", quote(userID)), quote("billing"), quote(userID), 1)
	return append(all, Token{
		Name: "machine that looks like a user", Why: "sub and client_id are a user's id", Verdict: Refuse,
		Token: es.compact(header(es, jws.TypeAccessToken), both),
	})
}

// headers are tokens whose payload is good and rightly signed.
func headers(es, ed, rs, stranger Key) (all []Token) {
	refuse := func(name, why, token string) {
		all = append(all, Token{Name: name, Why: why, Verdict: Refuse, Token: token})
	}
	h, p := header(es, jws.TypeAccessToken), payload("", "")
	open := strings.TrimSuffix(h, "}")
	for _, c := range []struct{ name, header, why string }{
		{"no typ", strings.Replace(h, `,"typ":"at+jwt"`, "", 1), "RFC 9068 4: must be at+jwt"},
		{"typ JWT", strings.Replace(h, "at+jwt", "JWT", 1), "an ID token, say"},
		{"typ of the feed", strings.Replace(h, "at+jwt", "revocations+jwt", 1), "a page is no token"},
		{"typ in capitals", strings.Replace(h, "at+jwt", "AT+JWT", 1), "one spelling"},
		{"typ with application/", strings.Replace(h, "at+jwt", "application/at+jwt", 1), "one spelling"},
		{"typ twice", open + `,"typ":"at+jwt"}`, "a member twice"},
		{"alg none", strings.Replace(h, "ES256", "none", 1), "RFC 8725 3.2"},
		{"alg None", strings.Replace(h, "ES256", "None", 1), "RFC 8725 3.2"},
		{"alg of another key", strings.Replace(h, "ES256", "EdDSA", 1), "the key fixes the algorithm"},
		{"alg in small letters", strings.Replace(h, "ES256", "es256", 1), "one spelling"},
		{"alg twice", open + `,"alg":"none"}`, "a member twice"},
		{"no alg", strings.Replace(h, `"alg":"ES256",`, "", 1), "required"},
		{"no kid", `{"alg":"ES256","typ":"at+jwt"}`, "nothing selects the key"},
		{"kid a number", `{"alg":"ES256","kid":1,"typ":"at+jwt"}`, "not a string"},
		{"kid unknown", strings.Replace(h, es.KID, stranger.KID, 1), "a key that is not published"},
		{"kid of another key", strings.Replace(h, es.KID, ed.KID, 1), "the key fixes the algorithm"},
		{"kid a path", strings.Replace(h, es.KID, "../../dev/null", 1), "kid only selects"},
		{"crit", open + `,"crit":["exp"]}`, "no extension is understood"},
		{"b64 false", open + `,"crit":["b64"],"b64":false}`, "RFC 7797: not understood"},
		{"b64 true", open + `,"b64":true}`, "an unknown member"},
		{"jku", open + `,"jku":"https://evil.example.com/jwks"}`, "nothing in a token points anywhere"},
		{"jwk", open + `,"jwk":` + string(must(stranger.private.Public().JWK("x"))) + `}`, "nothing in a token is a key"},
		{"x5c", open + `,"x5c":["AA"]}`, "nothing in a token is a key"},
		{"cty", open + `,"cty":"JWT"}`, "a token in a token"},
		{"zip", open + `,"zip":"DEF"}`, "an unknown member"},
		{"ALG", open + `,"ALG":"none"}`, "an unknown member"},
		{"header a list", "[" + h + "]", "not an object"},
		{"header with a tail", h + "{}", "not one object"},
		{"header with a byte order mark", "\ufeff" + h, "not JSON"},
	} {
		refuse(c.name, c.why, es.compact(c.header, p))
	}
	der := must(x509.MarshalPKIXPublicKey(rs.public()))
	confused := strings.Replace(header(rs, jws.TypeAccessToken), "RS256", "HS256", 1)
	refuse("HS256 with the public key in PEM", "RFC 8725 2.1: a public key is no shared one",
		hs256(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der}), confused, p))
	refuse("HS256 with the public key in DER", "RFC 8725 2.1: a public key is no shared one", hs256(der, confused, p))
	refuse("HS256 with the empty key", "there is no shared key", hs256(nil, strings.Replace(h, "ES256", "HS256", 1), p))
	refuse("signed by a stranger", "with the kid of a published key", stranger.compact(h, p))
	refuse("alg none without a signature", "RFC 8725 3.2", jws.Encode([]byte(`{"alg":"none","typ":"at+jwt"}`))+"."+jws.Encode([]byte(p))+".")
	for _, c := range []struct{ name, payload, why string }{
		{"payload a list", "[" + p + "]", "not an object"},
		{"payload empty", "", "not an object"},
		{"payload with a tail", p + " {}", "not one object"},
		{"a claim twice", strings.TrimSuffix(p, "}") + `,"sub":` + quote(tokenID) + `}`, "two parsers see two things"},
		{"a claim twice in escapes", strings.TrimSuffix(p, "}") + `,"\u0073ub":` + quote(tokenID) + `}`, "the same name, written otherwise"},
		{"payload not UTF-8", strings.Replace(p, "staff", "st\xffff", 1), "not Unicode"},
		{"a token in a token", quote(es.compact(h, p)), "nested"},
	} {
		refuse(c.name, c.why, es.compact(h, c.payload))
	}
	return all
}

// spellings are other texts of a good token.
func spellings(es Key) (all []Token) {
	raw := es.compact(header(es, jws.TypeAccessToken), payload("", ""))
	parts := strings.Split(raw, ".")
	h, p, s := parts[0], parts[1], parts[2]
	altered := []byte(p)
	altered[len(altered)/2] ^= 1
	for _, c := range []struct{ name, why, token string }{
		{"empty", "no token", ""},
		{"altered", "one bit of the payload", h + "." + string(altered) + "." + s},
		{"signature cut", "not 64 bytes", raw[:len(raw)-2]},
		{"signature longer", "not 64 bytes", raw + "AA"},
		{"no signature", "an empty segment", h + "." + p + "."},
		{"two segments", "not three", h + "." + p},
		{"four segments", "not three", raw + ".AA"},
		{"padded", "not canonical base64url", raw + "=="},
		{"standard alphabet", "not base64url", h + "." + p + "." + strings.NewReplacer("-", "+", "_", "/").Replace(s[:85]) + "+"},
		{"unused bits", "not canonical base64url", unusedBit(raw)},
		{"a line end behind", "not canonical base64url", raw + "\n"},
		{"a line end within", "not canonical base64url", h + "." + p[:9] + "\r\n" + p[9:] + "." + s},
		{"a space in front", "not canonical base64url", " " + raw},
		{"the larger s", "a second spelling of the signature", otherS(raw)},
		{"signature in DER", "not r and s", der(raw)},
		{"JSON serialization", "RFC 7515 7.2 is not offered", `{"payload":"` + p + `","protected":"` + h + `","signature":"` + s + `"}`},
		{"too long", "more than 8 KiB", es.compact(header(es, jws.TypeAccessToken), payload("pad", quote(strings.Repeat("a", 7000))))},
	} {
		all = append(all, Token{Name: c.name, Why: c.why, Verdict: Refuse, Token: c.token})
	}
	return all
}
