package config_test

import (
	"bytes"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/spf13/pflag"

	"github.com/sallyport-auth/sallyport/internal/config"
)

var update = flag.Bool("update", false, "rewrite golden files")

func load(t *testing.T, args []string, env ...string) (config.Config, config.Origins, error) {
	t.Helper()
	flags := pflag.NewFlagSet("test", pflag.ContinueOnError)
	config.AddFlags(flags)
	if err := flags.Parse(args); err != nil {
		t.Fatal(err)
	}
	return config.Load(config.Sources{Environ: append([]string{"HOME=" + t.TempDir()}, env...), Flags: flags})
}

func TestDefaultsServeOnThisMachine(t *testing.T) {
	t.Parallel()
	c, origins, err := load(t, nil)
	if err != nil {
		t.Fatal(err)
	}
	if c.Listen != "127.0.0.1:8080" || c.SessionTTL != 90*24*time.Hour || !c.RateLimits || !c.MailboxOn() || !c.IsLocal() ||
		!c.Embedded() || c.EffectiveAudience() != "http://localhost:8080" || c.DataDir == "" {
		t.Errorf("the defaults are %+v", c)
	}
	if len(origins.Warnings) != 0 {
		t.Errorf("the defaults warn: %v", origins.Warnings)
	}
}

func TestFlagsWinOverEnvironmentOverFile(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "sallyport.yaml")
	write(t, file, "listen: 127.0.0.1:1\nops_listen: 127.0.0.1:2\naudience: from-file\n")
	c, origins, err := load(t, []string{"--listen", "127.0.0.1:5"},
		"SALLYPORT_CONFIG="+file, "SALLYPORT_LISTEN=127.0.0.1:3", "SALLYPORT_OPS_LISTEN=127.0.0.1:4")
	if err != nil {
		t.Fatal(err)
	}
	if c.Listen != "127.0.0.1:5" || c.OpsListen != "127.0.0.1:4" || c.Audience != "from-file" {
		t.Errorf("got %s, %s, %s", c.Listen, c.OpsListen, c.Audience)
	}
	for name, want := range map[string]string{
		"SALLYPORT_LISTEN": "flag --listen", "SALLYPORT_OPS_LISTEN": "environment SALLYPORT_OPS_LISTEN",
		"SALLYPORT_AUDIENCE": "file " + file, "SALLYPORT_SIGN_UP": "default",
	} {
		if got := origins.Of(name); got != want {
			t.Errorf("%s comes from %q, want %q", name, got, want)
		}
	}
}

func TestWhatIsWrongIsSaidAllAtOnceAndWithoutValues(t *testing.T) {
	t.Parallel()
	_, _, err := load(t, nil,
		"SALLYPORT_LISTN=127.0.0.1:1", "SALLYPORT_SESSION_TTL=canary-ttl", "SALLYPORT_JWT_ALGORITHM=canary-none",
		"SALLYPORT_PUBLIC_URL=https://auth.example.com/canary-path", "SALLYPORT_BCRYPT_COST=99")
	problem, ok := errors.AsType[*config.Error](err)
	if !ok || len(problem.Problems) < 5 {
		t.Fatalf("got %v, want five problems", err)
	}
	if strings.Contains(err.Error(), "canary") {
		t.Errorf("the error repeats a value: %v", err)
	}
	for _, want := range []string{
		"SALLYPORT_LISTEN", "SALLYPORT_SESSION_TTL", "SALLYPORT_JWT_ALGORITHM", "SALLYPORT_PUBLIC_URL", "SALLYPORT_BCRYPT_COST", "SMTP",
	} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("nothing is said of %s:\n%v", want, err)
		}
	}
}

func TestWhatIsRefused(t *testing.T) {
	t.Parallel()
	for name, env := range map[string][]string{
		"HS256 without a key":            {"SALLYPORT_JWT_ALGORITHM=HS256"},
		"HS256 with a short key":         {"SALLYPORT_JWT_ALGORITHM=HS256", "SALLYPORT_JWT_KEY=short"},
		"a shared key for ES256":         {"SALLYPORT_JWT_KEY=0123456789abcdef0123456789abcdef"},
		"any origin":                     {"SALLYPORT_CORS_ORIGINS=*"},
		"a name for a proxy":             {"SALLYPORT_TRUSTED_PROXIES=proxy.local"},
		"a public server, no mail":       {"SALLYPORT_PUBLIC_URL=https://auth.example.com"},
		"a sender with a name":           {"SALLYPORT_MAIL_FROM=Ada <ada@example.com>"},
		"a user name without a password": {"SALLYPORT_SMTP_HOST=mail.example.com", "SALLYPORT_SMTP_USERNAME=auth"},
		"value and file":                 {"SALLYPORT_SECRET_KEY=x", "SALLYPORT_SECRET_KEY_FILE=/dev/null"},
	} {
		if _, _, err := load(t, nil, env...); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

func TestWhatIsNotOursIsLeftAlone(t *testing.T) {
	t.Parallel()
	_, _, err := load(t, nil, "SALLYPORT_TEST_ENGINES=sqlite", "SALLYPORT_SERVICE_HOST=10.0.0.1", "SALLYPORT_PORT=tcp://10.0.0.1:80",
		"SALLYPORT_PORT_80_TCP=tcp://10.0.0.1:80", "PATH=/bin", "SALLYPORT_AUDIENCE=")
	if err != nil {
		t.Error(err)
	}
}

func TestSecretsComeFromFilesAndAreMasked(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "password")
	write(t, file, "canary-smtp\n")
	c, origins, err := load(t, nil, "SALLYPORT_SMTP_HOST=localhost", "SALLYPORT_SMTP_USERNAME=auth",
		"SALLYPORT_SMTP_PASSWORD_FILE="+file, "SALLYPORT_DATABASE_URL=mysql://user:canary-db@db/users")
	if err != nil {
		t.Fatal(err)
	}
	if c.SMTPPassword != "canary-smtp" {
		t.Errorf("got %q", c.SMTPPassword)
	}
	for _, row := range config.Describe(c, origins) {
		if strings.Contains(row.Value, "canary") {
			t.Errorf("%s shows its value: %s", row.Name, row.Value)
		}
	}
}

const predecessor = `DATABASE_URL="mysql+aiomysql://root:pw@localhost:3306/auth"
JWT_key='0123456789abcdef0123456789abcdef'
Alogrithm=HS256
MAIL_USERNAME=auth@example.com
MAIL_PASSWORD=pw # app password
MAIL_SERVER=smtp.example.com
MAIL_PORT=465
MAIL_FROM=auth@example.com
MAIL_FROM_NAME="Auth Service"
Domain=auth.example.com
URL_REDIS=redis
REDIS_PORT=6380
CELERY_BROKER_URL=redis://redis:6380/0
BetterStack=token
`

func TestThePredecessorsEnvironment(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), ".env")
	write(t, file, predecessor)
	c, origins, err := load(t, []string{"--env-file", file})
	if err != nil {
		t.Fatal(err)
	}
	got := []string{
		c.DatabaseURL, c.JWTKey, c.JWTAlgorithm, c.SMTPUsername, c.SMTPPassword, c.SMTPHost, c.SMTPTLS, c.MailFrom,
		c.MailFromName, c.PublicURL, c.RedisURL, c.BetterStack,
	}
	want := []string{
		"mysql://root:pw@localhost:3306/auth", "0123456789abcdef0123456789abcdef", "HS256", "auth@example.com", "pw",
		"smtp.example.com", "implicit", "auth@example.com", "Auth Service", "https://auth.example.com",
		"redis://redis:6380", "token",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if text := strings.Join(origins.Warnings, "\n"); !strings.Contains(text, "REDIS") || !strings.Contains(text, "BETTER_STACK") {
		t.Errorf("what this build does not use is not said: %s", text)
	}
	c, origins, err = load(t, []string{"--env-file", file, "--public-url", "https://login.example.com"})
	if err != nil || c.PublicURL != "https://login.example.com" || !strings.Contains(strings.Join(origins.Warnings, "\n"), "Domain") {
		t.Errorf("our own name does not win, or nothing is said: %s, %v, %v", c.PublicURL, origins.Warnings, err)
	}
}

func TestTheManualIsCommitted(t *testing.T) {
	t.Parallel()
	var manual bytes.Buffer
	if err := config.Manual(&manual); err != nil {
		t.Fatal(err)
	}
	const path = "../../docs/configuration.yaml"
	if *update {
		write(t, path, manual.String())
	}
	committed, err := os.ReadFile(path)
	if err != nil || string(committed) != manual.String() {
		t.Errorf("%s is out of date: run make gen (%v)", path, err)
	}
	// The manual is itself a settings file, once its settings are uncommented.
	var file strings.Builder
	for line := range strings.Lines(manual.String()) {
		key, value, ok := strings.Cut(strings.TrimPrefix(line, "#"), ": ")
		if ok && strings.HasPrefix(line, "#") && !strings.HasPrefix(line, "# ") && strings.TrimSpace(value) != "" {
			file.WriteString(key + ": " + value)
		}
	}
	yaml := filepath.Join(t.TempDir(), "all.yaml")
	write(t, yaml, file.String())
	c, _, err := load(t, []string{"--config", yaml})
	if err != nil || c.SessionTTL != 90*24*time.Hour {
		t.Errorf("the manual's own defaults are refused: %v", err)
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
