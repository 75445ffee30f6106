package config

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

const manualPath = "../../docs/configuration.yaml"

var update = flag.Bool("update", false, "rewrite golden files")

func TestTheManualIsCommitted(t *testing.T) {
	t.Parallel()
	var manual bytes.Buffer
	if err := Manual(&manual); err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(manualPath, manual.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	committed, err := os.ReadFile(manualPath)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(committed), manual.String()); diff != "" {
		t.Errorf("docs/configuration.yaml is out of date; run make gen (-committed +generated):\n%s", diff)
	}
}

// TestTheManualIsAFileThatLoads uncomments every key: what results must be the
// defaults.
func TestTheManualIsAFileThatLoads(t *testing.T) {
	t.Parallel()
	var manual bytes.Buffer
	if err := Manual(&manual); err != nil {
		t.Fatal(err)
	}
	mustLoad(t, "SALLYPORT_CONFIG="+write(t, "commented.yaml", manual.String()))
	var file strings.Builder
	for line := range strings.Lines(manual.String()) {
		if rest, ok := strings.CutPrefix(line, "#"); ok && rest[0] >= 'a' && rest[0] <= 'z' {
			line = rest
		}
		file.WriteString(line)
	}
	got, o := mustLoad(t, "SALLYPORT_CONFIG="+write(t, "all.yaml", file.String()))
	want, _ := mustLoad(t)
	want.ConfigFile = got.ConfigFile
	if diff := cmp.Diff(want, got, cmpopts.IgnoreUnexported(Config{})); diff != "" {
		t.Errorf("the manual does not say the defaults (-want +got):\n%s", diff)
	}
	if from := o.Of("SALLYPORT_RATE_LIMITS"); !strings.HasPrefix(from, "file ") {
		t.Errorf("the uncommented file was not read: %s", from)
	}
}

func TestEverySettingIsDescribed(t *testing.T) {
	t.Parallel()
	seen := map[string]string{}
	for n, s := range settings() {
		if !strings.HasPrefix(s.name, prefix) || s.doc == "" || n == 0 && s.group == "" {
			t.Errorf("setting %d %q lacks a name, a sentence or a chapter", n, s.name)
		}
		for _, name := range append([]string{s.name, "--" + s.flag()}, s.aliases...) {
			if other, ok := seen[name]; ok {
				t.Errorf("%s names %s and %s", name, s.name, other)
			}
			seen[name] = s.name
		}
	}
}

func TestDescribeMasksSecrets(t *testing.T) {
	t.Parallel()
	c, o, err := load(t,
		"SALLYPORT_SECRET_KEY=MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=", "SALLYPORT_SMTP_PASSWORD=canary",
		"SALLYPORT_DATABASE_URL=mysql://canary:canary@db:3306/users?password=canary", "SALLYPORT_REDIS_URL=redis://:canary@cache/0",
		"SALLYPORT_JWT_KEY=canary", "BetterStack=canary", "SALLYPORT_PUBLIC_URL=http://canary:canary@localhost",
		"SALLYPORT_CORS_ORIGINS=http://ada:canary@localhost,http://canary@localhost", "SALLYPORT_APP_URL=http://canary@[")
	if err == nil {
		t.Error("accepted")
	}
	text, err := json.Marshal(Describe(c, o))
	if err != nil || bytes.Contains(text, []byte("canary")) || bytes.Contains(text, []byte("MDEy")) {
		t.Errorf("%v, %s", err, text)
	}
	got := map[string]Row{}
	for _, row := range Describe(c, o) {
		got[row.Name] = row
	}
	for _, want := range []Row{
		{"SALLYPORT_DATABASE_URL", "mysql://********@db:3306/users?********", "environment SALLYPORT_DATABASE_URL"},
		{"SALLYPORT_REDIS_URL", "redis://********@cache/0", "environment SALLYPORT_REDIS_URL"},
		{"SALLYPORT_SMTP_PASSWORD", "********", "environment SALLYPORT_SMTP_PASSWORD"},
		{"SALLYPORT_BETTER_STACK_TOKEN", "********", "environment BetterStack (alias)"},
		{"SALLYPORT_SMTP_USERNAME", "", "default"},
		{"SALLYPORT_RATE_LIMITS", "on", "default"},
		{"SALLYPORT_SESSION_TTL", "90d", "default"},
		{"SALLYPORT_MAIL_FROM", "sallyport@localhost", "default"},
	} {
		if diff := cmp.Diff(want, got[want.Name]); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
	c, o = mustLoad(t, "SALLYPORT_DATA_DIR=/srv/sallyport")
	for _, row := range Describe(c, o) {
		if row.Name == "SALLYPORT_DATABASE_URL" && row.Value != "sqlite:///srv/sallyport/sallyport.db" {
			t.Errorf("the effective database is shown as %q", row.Value)
		}
	}
}
