package config

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestTheSettingsFileIsRead(t *testing.T) {
	t.Parallel()
	file := write(t, "sallyport.yaml", `
# Comments count for nothing.
public_url: https://auth.example/
smtp_host: mail.example
smtp_port: 465
rate_limits: off
require_verified_email: true
session_ttl: 7d
cors_origins: [https://a.example, "https://b.example"]
trusted_proxies: 10.0.0.0/8, 127.0.0.1
`)
	c, _ := mustLoad(t, "SALLYPORT_CONFIG="+file)
	if c.PublicURL != "https://auth.example" || c.SMTPPort != 465 || c.SMTPTLS != TLSImplicit || c.RateLimits || c.SessionTTL != 7*day {
		t.Errorf("read as %+v", c)
	}
	if len(c.CORSOrigins) != 2 || len(c.TrustedProxyNetworks()) != 2 {
		t.Errorf("lists: %v, %v", c.CORSOrigins, c.TrustedProxyNetworks())
	}
}

func TestASettingsFileThatIsWrongIsRefusedWithoutItsValues(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ text, want string }{
		"no YAML":                {"smtp_password: {canary\nx: ]", "not a YAML mapping"},
		"a tab":                  {"smtp_password:\n\t- canary", "not a YAML mapping"},
		"a list":                 {"- canary\n- canary", "not a YAML mapping"},
		"text alone":             {"canary", "not a YAML mapping"},
		"a key twice":            {"audience: canary\naudience: canary", "line 2: a key comes twice"},
		"a number for text":      {"smtp_password: 0123", "smtp_password: must be text: put it in quotes"},
		"a mapping for text":     {"smtp_password:\n  canary: canary", "must be text"},
		"a word for a number":    {"smtp_port: canary", "must be a whole number"},
		"a fraction":             {"smtp_port: 1.5", "smtp_port: must be a whole number"},
		"a number for a span":    {"session_ttl: 900", "must be a duration such as"},
		"a list of numbers":      {"cors_origins: [1, 2]", "must be a list of texts"},
		"the file's own setting": {"config: canary", "config cannot be set in the file"},
		"the name in capitals":   {"SALLYPORT_AUDIENCE: canary", "is not a setting"},
	} {
		_, _, err := load(t, "SALLYPORT_CONFIG="+write(t, "sallyport.yaml", test.text))
		if err == nil || !strings.Contains(err.Error(), test.want) || strings.Contains(err.Error(), "canary") {
			t.Errorf("%s: error %v, want %q", name, err, test.want)
		}
	}
	if _, _, err := load(t, "SALLYPORT_CONFIG=/nonexistent/sallyport.yaml"); err == nil {
		t.Error("a file that is not there passes")
	}
}

func TestAnEmptySettingsFileSetsNothing(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "# nothing\n", "---\n"} {
		mustLoad(t, "SALLYPORT_CONFIG="+write(t, "sallyport.yaml", text))
	}
}

func TestDotenvFiles(t *testing.T) {
	t.Parallel()
	got, err := parseDotenv("\ufeff# comment\n\nA=1\n  export B = two words # comment\r\nC='# $x \\n it\\'s'\n" +
		"D=\"a\\nb \\\"q\\\" \\$x \\z\" # comment\nE=\nF=a#b\nG=\"two\nlines\"\nH=''\nA=last")
	want := map[string]string{
		"A": "last", "B": "two words", "C": `# $x \n it's`, "D": "a\nb \"q\" $x \\z", "E": "", "F": "a#b", "G": "two\nlines", "H": "",
	}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
	for text, line := range map[string]string{
		"A=1\ncanary": "line 2", "A='canary": "line 1", "A=\"x\ny\"\nB=\"canary\" canary": "line 3", "=canary": "line 1", "A B=canary": "line 1",
	} {
		if _, err := parseDotenv(text); err == nil || !strings.HasPrefix(err.Error(), line) || strings.Contains(err.Error(), "canary") {
			t.Errorf("%q: error %v, want %s", text, err, line)
		}
	}
}

func FuzzDotenv(f *testing.F) {
	f.Add("A=1\nexport B='x' # y\nC=\"\\n\"\n")
	f.Fuzz(func(t *testing.T, text string) {
		values, err := parseDotenv(text)
		for name := range values {
			if name == "" {
				t.Errorf("a value without a name, %v", err)
			}
		}
	})
}
