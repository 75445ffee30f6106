package letter_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/sallyport-auth/sallyport/internal/mail/letter"
	"github.com/sallyport-auth/sallyport/internal/words"
)

func folder(files map[string]string) fstest.MapFS {
	m := fstest.MapFS{}
	for name, content := range files {
		m[name] = &fstest.MapFile{Data: []byte(content)}
	}
	return m
}

func said() letter.Letter {
	return letter.Letter{Product: "Tor & Söhne", Site: "auth.example", Link: "https://auth.example/x?token=t", Name: "Zoë"}
}

func TestOperatorsFilesTakeTheirPlaceAndOursTheRest(t *testing.T) {
	t.Parallel()
	templates, err := letter.Load(folder(map[string]string{
		"verify_email.txt": `{{define "subject"}}Bitte
			bestätigen: {{.Product}}{{end}}{{define "body"}}Hier: {{.Link}}{{end}}`,
		"README.md": "notes are nobody's business",
	}), "verify_email", "reset_password")
	if err != nil {
		t.Fatal(err)
	}
	got, err := templates.Render("en", "verify_email", said())
	if err != nil {
		t.Fatal(err)
	}
	if got.Subject != "Bitte bestätigen: Tor & Söhne" {
		t.Errorf("subject: got %q", got.Subject)
	}
	if !strings.Contains(got.Text, "Hello Zoë,\n\nHier: https://auth.example/x?token=t\n") {
		t.Errorf("our layout does not hold their body: %s", got.Text)
	}
	if !strings.Contains(got.HTML, "Confirm this address") || !strings.Contains(got.HTML, "Tor &amp; Söhne") {
		t.Errorf("the HTML that they left alone is not ours: %s", got.HTML)
	}
	if _, err := templates.Render("en", "account_exists", said()); err == nil {
		t.Error("a kind that was not loaded was rendered")
	}
}

func TestAnOperatorsFileOfALanguageGoesBeforeOneOfAll(t *testing.T) {
	t.Parallel()
	file := func(says string) string {
		return `{{define "subject"}}` + says + `{{end}}{{define "body"}}` + says + `{{end}}`
	}
	templates, err := letter.Load(folder(map[string]string{
		"verify_email.txt": file("for all"), "de/verify_email.txt": file("auf Deutsch"), "de/reset_password.txt": file("Deutsch allein"),
		"de/README.md": "notes", "drafts/reset.txt": "nobody reads it",
	}), "verify_email", "reset_password")
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ language, kind, want string }{
		{"en", "verify_email", "for all"},
		{"de", "verify_email", "auf Deutsch"},
		{"en", "reset_password", "Choose a new password for Tor & Söhne"},
		{"de", "reset_password", "Deutsch allein"},
	} {
		if got, err := templates.Render(test.language, test.kind, said()); err != nil || got.Subject != test.want {
			t.Errorf("%s in %s: %q, want %q; %v", test.kind, test.language, got.Subject, test.want, err)
		}
	}
}

// Every language says the same: its templates name what those of English name.
func TestEveryLanguageHasTheSameTemplatesAndPlaceholders(t *testing.T) {
	t.Parallel()
	read := func(language string) map[string][]string {
		files, err := filepath.Glob(filepath.Join("templates", language, "*"))
		if err != nil {
			t.Fatal(err)
		}
		found := map[string][]string{}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			names := regexp.MustCompile(`\.[A-Z][A-Za-z]+|(define|template) "[a-z]+"`).FindAllString(string(text), -1)
			slices.Sort(names)
			found[filepath.Base(file)] = slices.Compact(names)
		}
		return found
	}
	want := read(words.English)
	if len(want) < 50 {
		t.Fatalf("there are %d English templates", len(want))
	}
	for _, language := range words.Languages() {
		if diff := cmp.Diff(want, read(language)); diff != "" {
			t.Errorf("templates in %s differ from English:\n%s", language, diff)
		}
	}
	entries, err := os.ReadDir("templates")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.IsDir() && !slices.Contains(words.Languages(), e.Name()) {
			t.Errorf("there are templates in %s, and no words", e.Name())
		}
	}
}

func TestTemplatesThatCannotBeUsedAreLoud(t *testing.T) {
	t.Parallel()
	for name, files := range map[string]map[string]string{
		"text that does not parse":       {"verify_email.txt": `{{define "subject"}}`},
		"HTML that does not parse":       {"verify_email.html": `{{if}}`},
		"HTML that cannot be escaped":    {"verify_email.html": `{{define "body"}}<a href="{{if .Name}}"{{end}}>{{end}}`},
		"a text without a subject":       {"verify_email.txt": `{{define "body"}}x{{end}}`},
		"an empty subject":               {"verify_email.txt": `{{define "subject"}} {{end}}{{define "body"}}x{{end}}`},
		"a field that is not there":      {"verify_email.txt": `{{define "subject"}}x{{end}}{{define "body"}}{{.Token}}{{end}}`},
		"a field behind a condition":     {"verify_email.html": `{{define "body"}}{{with .Name}}{{$.Nickname}}{{end}}{{end}}`},
		"a layout that is no layout":     {"layout.html": `<p>`},
		"words that are not there":       {"de/verify_email.html": `{{define "body"}}{{.Say "mail.nothing"}}{{end}}`},
		"a misspelt name in a language":  {"de/verify-email.html": `{{define "body"}}x{{end}}`},
		"a misspelt name":                {"verify-email.html": `{{define "body"}}x{{end}}`},
		"a body that is missing in HTML": {"verify_email.html": `<p>x</p>`},
	} {
		if _, err := letter.Load(folder(files), "verify_email"); err == nil {
			t.Errorf("%s: accepted", name)
		} else if !strings.Contains(err.Error(), "template") && !strings.Contains(err.Error(), "verify_email") {
			t.Errorf("%s: %v does not say where", name, err)
		}
	}
}

func TestHTMLIsEscaped(t *testing.T) {
	t.Parallel()
	templates, err := letter.Load(nil, "session_replayed")
	if err != nil {
		t.Fatal(err)
	}
	l := said()
	l.Name = `<b onclick="x">`
	l.Facts = []letter.Fact{{Label: "Device", Value: `"><script>alert(1)</script>`}}
	l.Home = "javascript:alert(1)"
	got, err := templates.Render("en", "session_replayed", l)
	if err != nil {
		t.Fatal(err)
	}
	for _, raw := range []string{"<b ", "<script>", `href="javascript`} {
		if strings.Contains(got.HTML, raw) {
			t.Errorf("%q is markup in %s", raw, got.HTML)
		}
	}
}
