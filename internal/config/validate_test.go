package config

import (
	"strings"
	"testing"
	"time"
)

func TestSettingsThatCannotWorkAreRefused(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ name, environ, want string }{
		{"no port", "LISTEN=localhost", "LISTEN must be an address and a port"},
		{"a port by name", "LISTEN=localhost:http", "LISTEN must be"},
		{"one port for two", "OPS_LISTEN=127.0.0.1:8080", "OPS_LISTEN must differ"},
		{"no scheme", "PUBLIC_URL=auth.example", "PUBLIC_URL must be a full URL"},
		{"another scheme", "PUBLIC_URL=ftp://localhost", "must be a full URL"},
		{"no host", "PUBLIC_URL=https://:8080", "must be a full URL"},
		{"a path", "PUBLIC_URL=http://localhost/auth", "must not have a path"},
		{"two slashes", "PUBLIC_URL=http://localhost//", "must end with the host"},
		{"a query", "PUBLIC_URL=http://localhost?x=1", "must end with the host"},
		{"an empty query", "PUBLIC_URL=http://localhost/?", "must end with the host"},
		{"a fragment", "PUBLIC_URL=http://localhost#x", "must end with the host"},
		{"a user", "PUBLIC_URL=http://ada@localhost", "must not hold a user name"},
		{"a bad port", "PUBLIC_URL=http://localhost:99999", "has a port that is none"},
		{"an empty port", "PUBLIC_URL=http://localhost:", "has a port that is none"},
		{"not ASCII", "PUBLIC_URL=https://bücher.example SMTP_HOST=mail", "xn--"},
		{"a public server without mail", "PUBLIC_URL=https://auth.example", "SMTP_HOST is not set"},
		{"a local-looking host", "PUBLIC_URL=http://localhost.example", "SMTP_HOST is not set"},
		{"an app without scheme", "APP_URL=www.example", "APP_URL must be a full URL"},
		{"a script for an app", "APP_URL=javascript:alert(1)", "APP_URL must be a full URL"},
		{"a database in memory", "DATABASE_URL=sqlite://:memory:", "in memory"},
		{"an unknown engine", "DATABASE_URL=oracle://db/x", "DATABASE_URL must be"},
		{"a path for a database", "DATABASE_URL=/srv/users.db", "DATABASE_URL must be"},
		{"no connections", "DATABASE_CONNECTIONS=0", "DATABASE_CONNECTIONS must be between 1 and 1000"},
		{"a short key", "SECRET_KEY=c2hvcnQ=", "5 bytes; at least 32 are needed"},
		{"no base64", "SECRET_KEY=%%%", "openssl rand -base64 32"},
		{"a port in the host", "SMTP_HOST=mail:25", "the port goes to"},
		{"a URL for a host", "SMTP_HOST=smtp://mail", "must be a host name alone"},
		{"port 0", "SMTP_HOST=mail SMTP_PORT=0", "SMTP_PORT must be a port"},
		{"half a login", "SMTP_HOST=mail SMTP_USERNAME=x", "set both or neither"},
		{"unknown protection", "SMTP_TLS=ssl", "must be starttls, implicit or none"},
		{"a sender with a name", "MAIL_FROM=<a@b.example>", "must be a bare email address"},
		{"a sender without a host", "MAIL_FROM=ada", "must be a bare email address"},
		{"a line end in a header", "MAIL_FROM_NAME=a\nBcc:x", "control characters"},
		{"an unknown algorithm", "JWT_ALGORITHM=none", "must be ES256, EdDSA, RS256 or HS256"},
		{"an audience with blanks", "AUDIENCE=a\tb", "AUDIENCE must be"},
		{"tokens for ever", "ACCESS_TOKEN_TTL=30d", "must be between 1s and 24h"},
		{"tokens by the millisecond", "ACCESS_TOKEN_TTL=1500ms", "must be whole seconds"},
		{"no lifetime", "SESSION_TTL=0", "SESSION_TTL must be between"},
		{"a long grace", "REFRESH_GRACE=1h", "REFRESH_GRACE must be between 0s and 10m"},
		{"short passwords", "PASSWORD_MIN_LENGTH=7", "must be between 8 and 64"},
		{"a range without a host", "PASSWORD_BREACH_RANGE_URL=api.pwnedpasswords.com/range", "PASSWORD_BREACH_RANGE_URL must be a full URL"},
		{"a range in a query", "PASSWORD_BREACH_RANGE_URL=https://mirror.example/range?x=", "PASSWORD_BREACH_RANGE_URL must be a full URL"},
		{"a third way without an answer about a sign-up", "BEFORE_SIGN_UP_OUTAGE=wait", "BEFORE_SIGN_UP_OUTAGE must be refuse or accept"},
		{"a third way without an answer about tokens", "BEFORE_TOKEN_OUTAGE=wait", "BEFORE_TOKEN_OUTAGE must be refuse or accept"},
		{"a third way in an outage", "PASSWORD_BREACH_OUTAGE=wait", "PASSWORD_BREACH_OUTAGE must be refuse or accept"},
		{"a memory bomb", "ARGON2_MEMORY_KIB=99999999", "ARGON2_MEMORY_KIB must be between"},
		{"many passes over much memory", "ARGON2_MEMORY_KIB=1048576 ARGON2_PASSES=5", "ARGON2_PASSES times"},
		{"a cheap bcrypt", "BCRYPT_COST=9", "BCRYPT_COST must be between 10 and 16"},
		{"an endless hash", "BCRYPT_COST=31", "BCRYPT_COST must be between"},
		{"a limit of 0", "LIMIT_LOGIN_PER_MINUTE=0", "RATE_LIMITS=off"},
		{"passkeys on a page", "PASSKEY_ORIGINS=https://app.example/x", "entry 1 must not have a path"},
		{"passkeys of another domain", "PASSKEY_ORIGINS=https://app.example", "PASSKEY_RP_ID must be the host of each origin"},
		{"passkeys of a lookalike", "PASSKEY_RP_ID=ocalhost", "PASSKEY_RP_ID must be the host of each origin"},
		{"passkeys of an app without its key", "PASSKEY_ORIGINS=android:apk-key-hash:nLSu7wVT", "entry 1 must end with the SHA-256"},
		{"passkeys of an app in hexadecimal", "PASSKEY_ORIGINS=android:apk-key-hash:" + strings.Repeat("0f", 32), "entry 1 must end with the SHA-256"},
		{"passkeys of an app of iOS", "PASSKEY_ORIGINS=ios:bundle-id:example", "entry 1 must be a full URL"},
		{"an audience that manages accounts", "AUDIENCE=https://a.example AUDIENCES=https://b.example,https://a.example", "entry 2 is SALLYPORT_AUDIENCE"},
		{"the public URL as another audience", "AUDIENCES=http://localhost:8080", "entry 1 is SALLYPORT_AUDIENCE"},
		{"an audience in another script", "AUDIENCES=https://é.example", "AUDIENCES entry 1 must be at most 255 ASCII characters"},
		{"any origin", "CORS_ORIGINS=*", "entry 1 has a *"},
		{"every origin below one", "CORS_ORIGINS=https://a.example,https://*.example.com", "entry 2 has a *, and origins are compared exactly"},
		{"an origin with its standard port", "CORS_ORIGINS=https://a.example:443", "entry 1 must be an origin"},
		{"an origin in capitals", "CORS_ORIGINS=https://A.example", "entry 1 must be an origin"},
		{"an app with a path", "CORS_ORIGINS=capacitor://localhost/index.html", "entry 1 must be an origin"},
		{"an app without a host", "CORS_ORIGINS=app:", "entry 1 must be an origin"},
		{"a file", "CORS_ORIGINS=file://", "entry 1 must be an origin"},
		{"a header with a colon", "CORS_HEADERS=sentry-trace,x:", "entry 2 must be the name of a header"},
		{"every header", "CORS_HEADERS=*", "entry 1 must be the name of a header"},
		{"the null origin", "CORS_ORIGINS=null", "entry 1 must be an origin"},
		{"an origin with a path", "CORS_ORIGINS=https://a.example,https://b.example/x", "entry 2 must be an origin"},
		{"any application", "FORWARD_ORIGINS=https://*.example.com", "entry 1 has a *"},
		{"an application with a path", "FORWARD_ORIGINS=https://a.example,https://b.example/app", "entry 2 must not have a path"},
		{"an application of another scheme", "FORWARD_ORIGINS=ftp://a.example", "entry 1 must be a full URL"},
		{"an application with a user", "FORWARD_ORIGINS=https://ada@a.example", "entry 1 must not hold a user name"},
		{"the public URL as an application", "FORWARD_ORIGINS=http://LOCALHOST:8080/", "entry 1 is SALLYPORT_PUBLIC_URL"},
		{"an application in plain HTTP beside HTTPS", "PUBLIC_URL=https://auth.example SMTP_HOST=mail FORWARD_ORIGINS=http://a.example TRUSTED_PROXIES=10.0.0.1", "entry 1 is plain HTTP"},
		{"applications without a proxy", "FORWARD_ORIGINS=https://a.example", "needs your proxy in SALLYPORT_TRUSTED_PROXIES"},
		{"an origin with a slash", "CORS_ORIGINS=https://a.example/", "entry 1 must be an origin"},
		{"a proxy by name", "TRUSTED_PROXIES=proxy", "entry 1 must be an address"},
		{"no workers for the mailbox page", "WORKERS=0", "only this process can fill it"},
		{"fewer workers than none", "WORKERS=-1", "between 0 and 256"},
		{"everybody is a proxy", "TRUSTED_PROXIES=10.0.0.1,0.0.0.0/0", "entry 2 trusts everybody"},
		{"everybody in IPv4, written as IPv6", "TRUSTED_PROXIES=::ffff:0.0.0.0/96", "entry 1 trusts everybody"},
		{"everybody in IPv6", "TRUSTED_PROXIES=::/0", "entry 1 trusts everybody"},
		{"an unknown word", "SIGN_UP=maybe", "must be open, invite or closed"},
		{"a way to sign in by mail that there is not", "MAGIC_LINK=on", "must be off, link, code or both"},
		{"a mail that works for weeks", "MAGIC_LINK_TTL=14d", "MAGIC_LINK_TTL must be between 1s and 24h"},
		{"no code may be wrong", "LIMIT_MAILED_CODE_TRIES=0", "LIMIT_MAILED_CODE_TRIES"},
		{"another unknown word", "LOG_FORMAT=xml", "must be text or json"},
	} {
		var environ []string
		for pair := range strings.SplitSeq(test.environ, " ") {
			environ = append(environ, prefix+pair)
		}
		_, _, err := load(t, environ...)
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s (%q): error %v, want %q", test.name, test.environ, err, test.want)
		}
	}
}

func TestSettingsThatWork(t *testing.T) {
	t.Parallel()
	for _, environ := range []string{
		"PUBLIC_URL=http://localhost:8080/", "PUBLIC_URL=http://[::1]:8080", "PUBLIC_URL=HTTPS://Auth.Example SMTP_HOST=mail",
		"LISTEN=127.0.0.1:0 OPS_LISTEN=127.0.0.1:0", "LISTEN=:8080", "REFRESH_GRACE=0 REFRESH_RECOVERY=0",
		"TRUSTED_PROXIES=127.0.0.1,10.0.0.0/8,fd00::/8", "JWT_ALGORITHM=eddsa", "SMTP_HOST=::1", "SMTP_HOST=10.0.0.1",
		"WORKERS=0 SMTP_HOST=mail", "WORKERS=1",
		"DATABASE_URL=sqlite://users.db", "CORS_ORIGINS=http://localhost:3000", "APP_URL=https://www.example/welcome?x=1",
		"SECRET_KEY=MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=,MTEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY",
	} {
		var pairs []string
		for pair := range strings.FieldsSeq(environ) {
			pairs = append(pairs, prefix+pair)
		}
		if _, _, err := load(t, pairs...); err != nil {
			t.Errorf("%s: %v", environ, err)
		}
	}
	if c, _ := mustLoad(t, "SALLYPORT_PUBLIC_URL=HTTPS://Auth.Example/", "SALLYPORT_SMTP_HOST=mail"); c.PublicURL != "https://auth.example" ||
		c.IsLocal() || c.EffectiveMailFrom() != "sallyport@auth.example" {
		t.Errorf("public URL %s, sender %s", c.PublicURL, c.EffectiveMailFrom())
	}
}

func TestRiskySettingsAreWarnedOf(t *testing.T) {
	t.Parallel()
	for environ, want := range map[string]string{
		"LISTEN=:8080":        "/dev/mailbox",
		"LISTEN=0.0.0.0:8080": "/dev/mailbox",
		"SMTP_PASSWORD=x":     "mail goes to /dev/mailbox",
		"SMTP_HOST=m SMTP_USERNAME=u SMTP_PASSWORD=p SMTP_TLS=none": "in clear",
		"PUBLIC_URL=http://auth.example SMTP_HOST=m":                "travel in clear",
		"RATE_LIMITS=off":              "load tests",
		"LIMIT_PASSWORD_TRIES=1000":    "800-63B",
		"REQUIRE_VERIFIED_EMAIL=false": "strangers can find out",
		"ARGON2_MEMORY_KIB=4096":       "cheaper than OWASP",
		"DATABASE_URL=mysql://db/users SECRET_KEY=c2FsbHlwb3J0IHNhbGx5cG9ydCBzYWxseXBvcnQgMDE=": "REDIS_URL is not set",
		"OTLP_ENDPOINT=http://collector.example":                                                "travel in clear",
		"OTLP_ENDPOINT=https://collector.example:4317":                                          "gRPC",
	} {
		var pairs []string
		for pair := range strings.FieldsSeq(environ) {
			pairs = append(pairs, prefix+pair)
		}
		_, o := mustLoad(t, pairs...)
		if len(o.Warnings) != 1 || !strings.Contains(o.Warnings[0], want) {
			t.Errorf("%s: warnings %q, want %q", environ, o.Warnings, want)
		}
	}
}

func TestAWorkerWantsAMailServerAndSomethingToDo(t *testing.T) {
	t.Parallel()
	for environ, want := range map[string]string{
		"SALLYPORT_SMTP_HOST=mail":                     "",
		"SALLYPORT_LOG_LEVEL=info":                     "SALLYPORT_SMTP_HOST is not set: this process would put mail into a mailbox that no page shows",
		"SALLYPORT_SMTP_HOST=mail SALLYPORT_WORKERS=0": "SALLYPORT_WORKERS must be 1 or more here",
	} {
		c, _ := mustLoad(t, strings.Fields(environ)...)
		err := c.ValidateWorker()
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", environ, err, want)
		}
	}
}

func TestSigningInByMailIsOffUnlessItIsNamed(t *testing.T) {
	t.Parallel()
	for word, want := range map[string][2]bool{"": {}, "off": {}, "link": {true, false}, "CODE": {false, true}, "both": {true, true}} {
		c, _ := mustLoad(t, "SALLYPORT_MAGIC_LINK="+word)
		if got := [2]bool{c.MagicLinkByLink(), c.MagicLinkByCode()}; got != want {
			t.Errorf("%q: by link and by code %v, want %v", word, got, want)
		}
	}
	file := write(t, "sallyport.yaml", "magic_link: off\n")
	if c, _ := mustLoad(t, "SALLYPORT_CONFIG="+file); c.MagicLink != "off" || c.MagicLinkTTL != 15*time.Minute {
		t.Errorf("the file says off and the setting is %q for %s", c.MagicLink, c.MagicLinkTTL)
	}
}
