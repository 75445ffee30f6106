package letter_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/sallyport-auth/sallyport/internal/mail/letter"
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
	got, err := templates.Render("verify_email", said())
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
	if _, err := templates.Render("account_exists", said()); err == nil {
		t.Error("a kind that was not loaded was rendered")
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
	got, err := templates.Render("session_replayed", l)
	if err != nil {
		t.Fatal(err)
	}
	for _, raw := range []string{"<b ", "<script>", `href="javascript`} {
		if strings.Contains(got.HTML, raw) {
			t.Errorf("%q is markup in %s", raw, got.HTML)
		}
	}
}
