package config

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

const hmacKey = "0123456789abcdef0123456789abcdef"

func TestThePredecessorsEnvironmentIsUnderstood(t *testing.T) {
	t.Parallel()
	dotenv := write(t, ".env", `
DATABASE_URL=mysql+aiomysql://app:hunter2@db:3306/users
JWT_key=`+hmacKey+`
Alogrithm=HS256
MAIL_USERNAME=mailer
MAIL_PASSWORD="hunter2"
MAIL_SERVER=smtp.example.com
MAIL_PORT=465
MAIL_FROM=auth@example.com
MAIL_FROM_NAME=People
Domain=auth.example.com
URL_REDIS=cache
REDIS_PORT=6380
CELERY_BROKER_URL=redis://cache:6380/1
CELERY_RESULT_BACKEND=redis://cache:6380/2
BetterStack=hunter2
SOMETHING_ELSE=1
`)
	c, o := mustLoad(t, "SALLYPORT_ENV_FILE="+dotenv)
	for _, row := range []struct{ name, got, want string }{
		{"DATABASE_URL", c.DatabaseURL, "mysql://app:hunter2@db:3306/users"},
		{"JWT_KEY", c.JWTKey, hmacKey},
		{"JWT_ALGORITHM", c.JWTAlgorithm, HS256},
		{"SMTP_USERNAME", c.SMTPUsername, "mailer"},
		{"SMTP_PASSWORD", c.SMTPPassword, "hunter2"},
		{"SMTP_HOST", c.SMTPHost, "smtp.example.com"},
		{"MAIL_FROM", c.MailFrom, "auth@example.com"},
		{"MAIL_FROM_NAME", c.MailFromName, "People"},
		{"PUBLIC_URL", c.PublicURL, "https://auth.example.com"},
		{"REDIS_URL", c.RedisURL, "redis://cache:6380"},
		{"BETTER_STACK_TOKEN", c.BetterStack, "hunter2"},
	} {
		if origin := o.Of(prefix + row.name); row.got != row.want || !strings.HasSuffix(origin, "(alias)") {
			t.Errorf("%s is %q from %q, want %q", row.name, row.got, origin, row.want)
		}
	}
	if c.SMTPPort != 465 || c.SMTPTLS != TLSImplicit || c.Embedded() || c.SQLitePath() != "" {
		t.Errorf("read as %+v", c)
	}
	said := strings.Join(o.Warnings, "\n")
	if len(o.Warnings) != 1 || !strings.Contains(said, "SECRET_KEY") || strings.Contains(said, "hunter2") {
		t.Errorf("warnings: %s", said)
	}
}

func TestASecretKeyIsAskedForWhereInstancesShareADatabase(t *testing.T) {
	t.Parallel()
	const key = "SALLYPORT_SECRET_KEY=c2FsbHlwb3J0IHNhbGx5cG9ydCBzYWxseXBvcnQgMDE="
	for _, test := range []struct {
		name    string
		environ []string
		refused bool
	}{
		{"ours, with a key", []string{"SALLYPORT_DATABASE_URL=mysql://db/users", key}, false},
		{"ours, without", []string{"SALLYPORT_DATABASE_URL=mysql://db/users"}, true},
		{"an alias that names no driver", []string{"DATABASE_URL=postgres://db/users"}, true},
		{"the predecessor's, which had no key", []string{"DATABASE_URL=mysql+aiomysql://db/users"}, false},
		{"ours wins over the predecessor's", []string{"DATABASE_URL=mysql+aiomysql://db/users", "SALLYPORT_DATABASE_URL=mysql://db/users"}, true},
		{"embedded", nil, false},
	} {
		_, _, err := load(t, test.environ...)
		if refused := err != nil && strings.Contains(err.Error(), "SECRET_KEY"); refused != test.refused {
			t.Errorf("%s: %v", test.name, err)
		}
	}
}

func TestAliasesAreTranslated(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		environ string
		got     func(Config) string
		want    string
	}{
		{"Domain=localhost:8000", func(c Config) string { return c.PublicURL }, "http://localhost:8000"},
		{"Domain=127.0.0.1:8000/", func(c Config) string { return c.PublicURL }, "http://127.0.0.1:8000"},
		{"Domain=localhost:", func(c Config) string { return c.PublicURL + " " + c.Listen }, "http://localhost:8080 127.0.0.1:8080"},
		{"Domain=localhost: SALLYPORT_LISTEN=:9000", func(c Config) string { return c.PublicURL + " " + c.Listen }, "http://localhost:9000 :9000"},
		{"Domain=http://localhost: SALLYPORT_LISTEN=:9000", func(c Config) string { return c.PublicURL }, "http://localhost:9000"},
		{"Domain=auth.example.com: MAIL_SERVER=m", func(c Config) string { return c.PublicURL + " " + c.Listen }, "https://auth.example.com 127.0.0.1:8080"},
		{"Domain=localhost:8000", func(c Config) string { return c.Listen }, "127.0.0.1:8000"},
		{"Domain=localhost:8000 SALLYPORT_LISTEN=127.0.0.1:9000", func(c Config) string { return c.Listen }, "127.0.0.1:9000"},
		{"Domain=http://auth.example.com:8000 MAIL_SERVER=m", func(c Config) string { return c.Listen }, ":8000"},
		{"Domain=auth.example.com:8443 MAIL_SERVER=m", func(c Config) string { return c.PublicURL + " " + c.Listen }, "https://auth.example.com:8443 127.0.0.1:8080"},
		{"BetterStack=(Optional)", func(c Config) string { return c.BetterStack }, ""},
		{"Domain=http://localhost:8000/", func(c Config) string { return c.PublicURL }, "http://localhost:8000"},
		{"URL_REDIS=cache", func(c Config) string { return c.RedisURL }, "redis://cache:6379"},
		{"URL_REDIS=cache:1 REDIS_PORT=2", func(c Config) string { return c.RedisURL }, "redis://cache:1"},
		{"URL_REDIS=rediss://:pw@cache/3 REDIS_PORT=2", func(c Config) string { return c.RedisURL }, "rediss://:pw@cache:2/3"},
		{"URL_REDIS=redis+sentinel://a,b/m REDIS_PORT=2", func(c Config) string { return c.RedisURL }, "redis+sentinel://a,b/m"},
		{"URL_REDIS=redis REDIS_PORT=tcp://10.0.0.1:6380", func(c Config) string { return c.RedisURL }, "redis://redis:6380"},
		{"URL_REDIS=redis://localhost: REDIS_PORT=2", func(c Config) string { return c.RedisURL }, "redis://localhost:2"},
		{"URL_REDIS=cache:1 REDIS_PORT=tcp://10.0.0.1", func(c Config) string { return c.RedisURL }, "redis://cache:1"},
		{"MAIL_SERVER=m MAIL_PORT=tcp://10.0.0.1:25", func(c Config) string { return strconv.Itoa(c.SMTPPort) }, "25"},
		{"REDIS_PORT=2", func(c Config) string { return c.RedisURL }, ""},
		{"CELERY_BROKER_URL=redis://q:1/0", func(c Config) string { return c.RedisURL }, "redis://q:1/0"},
		{"CELERY_BROKER_URL=amqp://q CELERY_RESULT_BACKEND=redis://r:1/0", func(c Config) string { return c.RedisURL }, "redis://r:1/0"},
		{"CELERY_BROKER_URL=amqp://q", func(c Config) string { return c.RedisURL }, ""},
		{"Alogrithm=rs256", func(c Config) string { return c.JWTAlgorithm }, RS256},
		{"DATABASE_URL=sqlite+aiosqlite:////srv/users.db", func(c Config) string { return c.DatabaseURL }, "sqlite:////srv/users.db"},
	} {
		c, _ := mustLoad(t, strings.Fields(test.environ)...)
		if got := test.got(c); got != test.want {
			t.Errorf("%s gives %q, want %q", test.environ, got, test.want)
		}
	}
}

// TestWhatIsSaidOfAnAliasNamesIt has each of the predecessor's names hold
// something that is refused.
func TestWhatIsSaidOfAnAliasNamesIt(t *testing.T) {
	t.Parallel()
	for _, environ := range []string{
		"DATABASE_URL=oracle://db/users", "Alogrithm=HS256 JWT_key=short", "Alogrithm=HS512", "MAIL_SERVER=smtp.example.com:25",
		"MAIL_SERVER=m MAIL_PORT=70000", "MAIL_SERVER=m MAIL_PORT=many", "MAIL_SERVER=m MAIL_USERNAME=u", "MAIL_FROM=People<a@b.example>", "MAIL_FROM_NAME=a\x07b",
		"Domain=https://auth.example.com/path", "Domain=auth.example.com", "URL_REDIS=http://cache", "URL_REDIS=cache REDIS_PORT=many",
		"BetterStack=a,token",
	} {
		pairs := strings.Fields(environ)
		alias, _, _ := strings.Cut(pairs[len(pairs)-1], "=")
		_, _, err := load(t, pairs...)
		if err == nil || !strings.Contains(err.Error(), alias) {
			t.Errorf("%s: %v", environ, err)
		}
	}
	c, o := mustLoad(t, "Domain=http://auth.example.com", "MAIL_SERVER=m")
	if said := strings.Join(o.Warnings, "\n"); !strings.Contains(said, "Domain (SALLYPORT_PUBLIC_URL) has http") {
		t.Errorf("warnings: %s", said)
	}
	if got := c.Named("SALLYPORT_SMTP_HOST and SALLYPORT_SMTP_PORT"); got != "MAIL_SERVER (SALLYPORT_SMTP_HOST) and SALLYPORT_SMTP_PORT" {
		t.Errorf("named %q", got)
	}
}

// TestAKeyThatOthersCanReadIsUsedAndSpokenOf treats both ways to give the key
// alike.
func TestAKeyThatOthersCanReadIsUsedAndSpokenOf(t *testing.T) {
	t.Parallel()
	for mode, warned := range map[os.FileMode]bool{0o600: false, 0o660: false, 0o644: true} {
		dir := t.TempDir()
		path := filepath.Join(dir, "secret.key")
		if err := os.WriteFile(path, []byte("c2FsbHlwb3J0IHNhbGx5cG9ydCBzYWxseXBvcnQgMDE="), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
		for _, way := range []string{"SALLYPORT_DATA_DIR=" + dir, "SALLYPORT_SECRET_KEY_FILE=" + path} {
			_, o := mustLoad(t, way)
			if said := strings.Join(o.Warnings, "\n"); strings.Contains(said, path+" holds the secret key") != warned {
				t.Errorf("%v, %s: warnings %q", mode, way, said)
			}
		}
	}
}

func TestOurOwnNameWinsOverAnAlias(t *testing.T) {
	t.Parallel()
	file := write(t, "sallyport.yaml", "smtp_host: ours.example\n")
	c, o := mustLoad(t, "SALLYPORT_CONFIG="+file, "MAIL_SERVER=theirs.example", "SALLYPORT_SMTP_PORT=25", "MAIL_PORT=25")
	if c.SMTPHost != "ours.example" || len(o.Warnings) != 1 || !strings.Contains(o.Warnings[0], "MAIL_SERVER is set too and differs") {
		t.Errorf("host %s, warnings %q", c.SMTPHost, o.Warnings)
	}
}

func TestThePredecessorsKeyIsOnlyForHS256(t *testing.T) {
	t.Parallel()
	c, o := mustLoad(t, "JWT_key=short")
	if c.JWTKey != "" || c.JWTAlgorithm != ES256 || len(o.Warnings) != 1 || o.Of("SALLYPORT_JWT_KEY") != "default" {
		t.Errorf("key %q for %s, warnings %q", c.JWTKey, c.JWTAlgorithm, o.Warnings)
	}
	for name, environ := range map[string][]string{
		"too short":       {"JWT_key=short", "Alogrithm=HS256"},
		"missing":         {"Alogrithm=HS256"},
		"not used":        {"SALLYPORT_JWT_KEY=" + hmacKey},
		"other algorithm": {"JWT_key=" + hmacKey, "Alogrithm=HS512"},
	} {
		if _, _, err := load(t, environ...); err == nil || !strings.Contains(err.Error(), "SALLYPORT_JWT_") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
