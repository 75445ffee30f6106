package config

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/spf13/pflag"
)

// home is the least that a process has.
const home = "HOME=/home/ada"

func load(t *testing.T, environ ...string) (Config, Origins, error) {
	t.Helper()
	return Load(Sources{Environ: append([]string{home}, environ...), goos: "linux"})
}

func mustLoad(t *testing.T, environ ...string) (Config, Origins) {
	t.Helper()
	c, o, err := load(t, environ...)
	if err != nil {
		t.Fatalf("Load: %v", err)
	}
	return c, o
}

func write(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func flags(t *testing.T, args ...string) *pflag.FlagSet {
	t.Helper()
	set := pflag.NewFlagSet("test", pflag.ContinueOnError)
	AddFlags(set)
	if err := set.Parse(args); err != nil {
		t.Fatal(err)
	}
	return set
}

func TestAFileOfSecretsThatEverybodyReadsIsToldOf(t *testing.T) {
	t.Parallel()
	key := strings.Repeat("a", 43)
	for _, test := range []struct {
		name, setting, text string
		mode                os.FileMode
		told                bool
	}{
		{"a settings file with a secret", "SALLYPORT_CONFIG", "secret_key: " + key, 0o644, true},
		{"of the owner and the group", "SALLYPORT_CONFIG", "secret_key: " + key, 0o640, false},
		{"without a secret", "SALLYPORT_CONFIG", "log_level: info", 0o644, false},
		{"with the name of a secret's file", "SALLYPORT_CONFIG", "smtp_password_file: /none", 0o644, false},
		{"a dotenv file with a secret", "SALLYPORT_ENV_FILE", "SALLYPORT_SECRET_KEY=" + key, 0o604, true},
		{"under the predecessor's name", "SALLYPORT_ENV_FILE", "MAIL_PASSWORD=hunter2\nMAIL_SERVER=mail.example\nMAIL_USERNAME=u", 0o644, true},
	} {
		path := write(t, "settings", test.text)
		if err := os.Chmod(path, test.mode); err != nil {
			t.Fatal(err)
		}
		_, o, _ := load(t, test.setting+"="+path) // what else is wrong is no matter here
		if told := strings.Contains(strings.Join(o.Warnings, "\n"), "chmod 600 "+path); told != test.told {
			t.Errorf("%s: warnings %q", test.name, o.Warnings)
		}
	}
}

func TestNothingIsNeededToStart(t *testing.T) {
	t.Parallel()
	c, o := mustLoad(t)
	want := Default()
	want.DataDir = "/home/ada/.local/share/sallyport"
	if diff := cmp.Diff(want, c, cmpopts.IgnoreUnexported(Config{})); diff != "" {
		t.Errorf("not the defaults (-want +got):\n%s", diff)
	}
	if !c.Embedded() || !c.IsLocal() || !c.MailboxOn() || c.SMTPTLS != TLSStart || c.SessionTTL != 90*day || !c.RateLimits {
		t.Errorf("defaults: %+v", c)
	}
	if got := c.SQLitePath(); got != "/home/ada/.local/share/sallyport/sallyport.db" {
		t.Errorf("database at %s", got)
	}
	if c.EffectiveAudience() != "http://localhost:8080" || c.EffectiveMailFrom() != "sallyport@localhost" {
		t.Errorf("audience %s, sender %s", c.EffectiveAudience(), c.EffectiveMailFrom())
	}
	if len(o.Warnings) != 0 || o.Of("SALLYPORT_LISTEN") != "default" {
		t.Errorf("warnings %q, listen from %s", o.Warnings, o.Of("SALLYPORT_LISTEN"))
	}
}

func TestLaterSourcesWin(t *testing.T) {
	t.Parallel()
	file := write(t, "sallyport.yaml", "audience: file\nlog_level: warn\nsign_up: closed\nmail_from_name: file\n")
	dotenv := write(t, ".env", "SALLYPORT_AUDIENCE=dotenv\nSALLYPORT_LOG_LEVEL=error\nSALLYPORT_SIGN_UP=closed\n")
	c, o, err := Load(Sources{
		Environ: []string{
			home, "SALLYPORT_CONFIG=" + file, "SALLYPORT_ENV_FILE=" + dotenv,
			"SALLYPORT_AUDIENCE=environment", "SALLYPORT_LOG_LEVEL=debug",
		},
		Flags: flags(t, "--audience", "flag"),
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct{ name, got, want, origin string }{
		{"AUDIENCE", c.Audience, "flag", "flag --audience"},
		{"LOG_LEVEL", c.LogLevel, "debug", "environment SALLYPORT_LOG_LEVEL"},
		{"SIGN_UP", c.SignUp, "closed", "file " + dotenv + " SALLYPORT_SIGN_UP"},
		{"MAIL_FROM_NAME", c.MailFromName, "file", "file " + file},
		{"PASSWORD_HASH", c.PasswordHash, "argon2id", "default"},
	} {
		if origin := o.Of(prefix + row.name); row.got != row.want || origin != row.origin {
			t.Errorf("%s is %q from %q, want %q from %q", row.name, row.got, origin, row.want, row.origin)
		}
	}
}

func TestFlagsNameTheFiles(t *testing.T) {
	t.Parallel()
	file := write(t, "sallyport.yaml", "audience: file\n")
	dotenv := write(t, ".env", "SALLYPORT_MAIL_FROM_NAME=dotenv\n")
	c, _, err := Load(Sources{Environ: []string{home}, Flags: flags(t, "--config", file, "--env-file", dotenv)})
	if err != nil || c.Audience != "file" || c.MailFromName != "dotenv" {
		t.Errorf("audience %q, sender %q, %v", c.Audience, c.MailFromName, err)
	}
}

func TestEmptyCountsAsUnset(t *testing.T) {
	t.Parallel()
	file := write(t, "sallyport.yaml", "audience:\nsign_up: \"\"\nlog_level: warn\n")
	c, o, err := Load(Sources{
		Environ: []string{home, "SALLYPORT_CONFIG=" + file, "SALLYPORT_SIGN_UP=", "SALLYPORT_LOG_LEVEL=", "SALLYPORT_NONSENSE="},
		Flags:   flags(t, "--log-level", ""),
	})
	if err != nil || c.SignUp != "open" || c.LogLevel != "warn" || o.Of("SALLYPORT_SIGN_UP") != "default" {
		t.Errorf("sign-up %q, level %q, %v", c.SignUp, c.LogLevel, err)
	}
}

func TestUnknownNamesAreErrors(t *testing.T) {
	t.Parallel()
	file := write(t, "sallyport.yaml", "publik_url: https://auth.example\n")
	_, _, err := load(t,
		"SALLYPORT_PUBLC_URL=x", "SALLYPORT_UTTERLY_DIFFERENT_THING=x", "SALLYPORT_AUDIENCE_FILE=x", "SALLYPORT_CONFIG="+file,
		"SALLYPORT_TEST_ENGINES=sqlite", "SALLYPORT_SERVICE_HOST=10.0.0.1", "SALLYPORT_PORT=tcp://10.0.0.1:80",
		"SALLYPORT_PORT_80_TCP_ADDR=10.0.0.1", "OTHER_THING=x")
	want := []string{
		"SALLYPORT_AUDIENCE_FILE in the environment is not a setting; did you mean SALLYPORT_AUDIENCE?",
		"SALLYPORT_PUBLC_URL in the environment is not a setting; did you mean SALLYPORT_PUBLIC_URL?",
		"SALLYPORT_UTTERLY_DIFFERENT_THING in the environment is not a setting; `sallyport config --manual` lists them all",
		file + ": publik_url is not a setting; did you mean public_url?",
	}
	if diff := cmp.Diff(want, problems(err)); diff != "" {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
}

func TestSecretsComeFromFiles(t *testing.T) {
	t.Parallel()
	path := write(t, "smtp", "two\nlines\n\n")
	c, o := mustLoad(t, "SALLYPORT_SMTP_HOST=mail", "SALLYPORT_SMTP_USERNAME=u", "SALLYPORT_SMTP_PASSWORD_FILE="+path)
	if c.SMTPPassword != "two\nlines\n" {
		t.Errorf("password %q, want one line end less", c.SMTPPassword)
	}
	if got := o.Of("SALLYPORT_SMTP_PASSWORD"); got != "environment SALLYPORT_SMTP_PASSWORD_FILE" {
		t.Errorf("origin %q", got)
	}
	file := write(t, "sallyport.yaml", "smtp_password_file: "+path+"\n")
	if c, _ = mustLoad(t, "SALLYPORT_CONFIG="+file); c.SMTPPassword == "" {
		t.Error("the file's twin was not read")
	}
	c, _, err := Load(Sources{Environ: []string{home}, Flags: flags(t, "--smtp-password-file", path)})
	if err != nil || c.SMTPPassword == "" {
		t.Errorf("the flag's twin was not read: %v", err)
	}
	for name, environ := range map[string][]string{
		"both forms":       {"SALLYPORT_SMTP_PASSWORD_FILE=" + path, "SALLYPORT_SMTP_PASSWORD=x"},
		"no such file":     {"SALLYPORT_SMTP_PASSWORD_FILE=" + path + ".gone"},
		"an empty file":    {"SALLYPORT_SMTP_PASSWORD_FILE=" + write(t, "empty", "\n")},
		"too large":        {"SALLYPORT_SMTP_PASSWORD_FILE=" + write(t, "large", strings.Repeat("x", maxSourceBytes+1))},
		"a folder":         {"SALLYPORT_SMTP_PASSWORD_FILE=" + t.TempDir()},
		"no secret at all": {"SALLYPORT_SMTP_HOST_FILE=" + path},
	} {
		if _, _, err := load(t, environ...); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

func TestEveryMistakeIsReportedWithoutItsValue(t *testing.T) {
	t.Parallel()
	_, _, err := load(t,
		"SALLYPORT_SMTP_PORT=canary", "SALLYPORT_SESSION_TTL=canary", "SALLYPORT_RATE_LIMITS=canary",
		"SALLYPORT_SECRET_KEY=canary", "SALLYPORT_PUBLIC_URL=https://canary:canary@auth.example",
		"SALLYPORT_DATABASE_URL=oracle://canary@db", "SALLYPORT_JWT_ALGORITHM=HS256", "SALLYPORT_JWT_KEY=canary",
		"SALLYPORT_REDIS_URL=canary", "SALLYPORT_LOG_LEVEL=canary", "SALLYPORT_TRUSTED_PROXIES=canary", "MAIL_PORT=canary")
	list := problems(err)
	for _, name := range []string{
		"SMTP_PORT", "SESSION_TTL", "RATE_LIMITS", "SECRET_KEY", "PUBLIC_URL", "DATABASE_URL", "JWT_KEY", "REDIS_URL", "LOG_LEVEL",
		"TRUSTED_PROXIES",
	} {
		if !strings.Contains(strings.Join(list, "\n"), prefix+name+" ") {
			t.Errorf("nothing is said about %s", name)
		}
	}
	if strings.Contains(err.Error(), "canary") {
		t.Errorf("a value is repeated:\n%v", err)
	}
}

func problems(err error) []string {
	if e, ok := err.(*Error); ok { //nolint:errorlint // Load promises the type itself
		return e.Problems
	}
	return nil
}

func TestTheDataFolderFollowsTheSystem(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, goos string
		environ    []string
		want       string
	}{
		{"home", "linux", []string{"HOME=/h"}, "/h/.local/share/sallyport"},
		{"XDG", "linux", []string{"HOME=/h", "XDG_DATA_HOME=/d"}, "/d/sallyport"},
		{"XDG must be absolute", "linux", []string{"HOME=/h", "XDG_DATA_HOME=d"}, "/h/.local/share/sallyport"},
		{"macOS", "darwin", []string{"HOME=/h", "XDG_DATA_HOME=/d"}, "/h/Library/Application Support/Sallyport"},
		{"set", "linux", []string{"HOME=/h", "SALLYPORT_DATA_DIR=here"}, "here"},
		{"no home", "linux", nil, ""},
	} {
		c, _, err := Load(Sources{Environ: test.environ, goos: test.goos})
		if c.DataDir != test.want {
			t.Errorf("%s: %q, want %q", test.name, c.DataDir, test.want)
		}
		if missing := test.want == ""; missing != (err != nil) || missing && !strings.Contains(err.Error(), "SALLYPORT_DATA_DIR") {
			t.Errorf("%s: error %v", test.name, err)
		}
	}
}

func TestValuesAreWrittenInManyWays(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]time.Duration{
		"90d": 90 * day, "1d12h": 36 * time.Hour, "15m": 15 * time.Minute, " 2s ": 2 * time.Second, "0": 0, "0d": 0, "1.5h": 90 * time.Minute,
	} {
		if got, err := ParseDuration(raw); err != nil || got != want {
			t.Errorf("%q is %v, %v, want %v", raw, got, err, want)
		}
	}
	for _, raw := range []string{"", "d", "15", "-1s", "-1d", "1d-2h", "1h1d", "99999d", "1w", "1d2d", "+1d", "1e3d"} {
		if got, err := ParseDuration(raw); err == nil {
			t.Errorf("%q passes as %v", raw, got)
		}
	}
	for d, want := range map[time.Duration]string{
		90 * day: "90d", 24 * time.Hour: "24h", 36 * time.Hour: "36h", 15 * time.Minute: "15m", 30 * time.Second: "30s", 0: "0s",
		90 * time.Minute: "1h30m", 10*time.Hour + 20*time.Second: "10h0m20s", 100 * time.Minute: "1h40m",
	} {
		if got := formatDuration(d); got != want {
			t.Errorf("%v is written %q, want %q", d, got, want)
		}
	}
	for raw, want := range map[string]bool{"true": true, "ON": true, "yes": true, "1": true, "False": false, "off": false, "no": false, "0": false} {
		if got, err := parseBool(raw); err != nil || got != want {
			t.Errorf("%q is %v, %v", raw, got, err)
		}
	}
	c, _ := mustLoad(t, "SALLYPORT_CORS_ORIGINS=https://a.example, https://b.example,,", "SALLYPORT_RATE_LIMITS=off", "SALLYPORT_SESSION_TTL=7d")
	if diff := cmp.Diff([]string{"https://a.example", "https://b.example"}, c.CORSOrigins); diff != "" || c.RateLimits || c.SessionTTL != 7*day {
		t.Errorf("origins %v, limits %v, ttl %v", c.CORSOrigins, c.RateLimits, c.SessionTTL)
	}
}

// Origins are compared byte for byte, so they are kept as browsers spell them,
// and those of apps as they are.
func TestOriginsAreKeptAsClientsSpellThem(t *testing.T) {
	t.Parallel()
	const app = "android:apk-key-hash:nLSu7wVTbnMOxLgC52f2faTnvIbXQrUwn_wcCrE-sjs"
	c, _ := mustLoad(t, "SALLYPORT_PUBLIC_URL=HTTPS://Auth.Example.com:443/", "SALLYPORT_PASSKEY_RP_ID=example.com",
		"SALLYPORT_PASSKEY_ORIGINS=https://App.example.com:443,https://example.com:8443,"+app,
		"SALLYPORT_CORS_ORIGINS=https://app.example.com,capacitor://localhost,safari-web-extension://0F1E2D3C", "SALLYPORT_CORS_HEADERS=sentry-trace, X-Client",
		"SALLYPORT_SMTP_HOST=mail.example.com", "SALLYPORT_MAIL_FROM=auth@example.com")
	if diff := cmp.Diff([]string{"https://auth.example.com", "https://app.example.com", "https://example.com:8443", app}, c.EffectivePasskeyOrigins()); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"https://app.example.com", "capacitor://localhost", "safari-web-extension://0F1E2D3C"}, c.CORSOrigins); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"sentry-trace", "X-Client"}, c.CORSHeaders); diff != "" {
		t.Error(diff)
	}
}
