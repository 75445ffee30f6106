// Package letter turns what a mail has to say into its subject, its plain text
// and its HTML.
//
// It owns the templates: one layout and one file per kind, for text and for
// HTML, embedded in the program. An operator may lay files of the same names
// into a folder; what is missing there is taken from the program. Every kind is
// rendered once with sample data when the templates are loaded, so a template
// that does not parse, misses a part or names an unknown field is a loud failure
// at start and never a mail that is not sent. A file whose name means nothing is
// an error too, because it would be a misspelt override.
//
// A text file defines "subject" and "body", an HTML file "body". The layouts
// define "layout", which takes the body in; layout.html also defines "button"
// and "facts" for the others to use.
//
// Threats: what users typed must not become markup, a header or a link.
// html/template escapes it in HTML; the subject is cut to one line; and the
// caller hands over names that cannot be mistaken for an address
// (package mail, PlainName).
//
// This package never sends, never reads settings and never decides whom to tell
// what. It is apart from mail because rooms do not render HTML.
package letter

import (
	"embed"
	"errors"
	"fmt"
	htmltemplate "html/template"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	texttemplate "text/template"
	"unicode"
)

//go:embed templates
var embedded embed.FS

const layout = "layout"

// Letter is what a template may say. Every field but Product and Site may be
// empty.
type Letter struct {
	Product string // the sender's name
	Site    string // host of the public URL
	Home    string // address of the application
	Name    string // of the recipient, fit for a greeting
	Link    string // with the token, whole
	Code    string // six digits that may stand in the link's place
	Until   string // when the link and the code stop working
	Facts   []Fact // circumstances of what is reported

	Typed   string // the name that whoever signed up typed; nobody knows who that is
	Cleared bool   // what else there was to sign in with is gone

	PasskeysLeft bool // a passkey still is a second factor
	SignedOut    bool // the other devices were signed out
}

// Fact is one circumstance: where, when, on which device.
type Fact struct {
	Label, Value string
}

// Rendered is a letter ready to be addressed. Subject is one line.
type Rendered struct {
	Subject, Text, HTML string
}

// Templates is a parsed set of templates. It is immutable and safe for
// concurrent use.
type Templates struct {
	kinds map[string]pair
}

type pair struct {
	text *texttemplate.Template
	html *htmltemplate.Template
}

// Load parses the embedded templates, with the files in override in their place.
// override may be nil. Each kind in kinds must have its templates.
func Load(override fs.FS, kinds ...string) (*Templates, error) {
	own, err := fs.Sub(embedded, "templates")
	if err != nil {
		return nil, fmt.Errorf("open embedded templates: %w", err)
	}
	from := source{own: own, override: override}
	if err := from.checkNames(kinds); err != nil {
		return nil, err
	}
	t := &Templates{kinds: map[string]pair{}}
	for _, kind := range kinds {
		p, err := from.parse(kind)
		if err != nil {
			return nil, err
		}
		t.kinds[kind] = p
		if _, err := t.Render(kind, sample()); err != nil {
			return nil, err
		}
		if _, err := t.Render(kind, Letter{Product: "P", Site: "localhost"}); err != nil {
			return nil, err
		}
	}
	return t, nil
}

// Render fills in the templates of a kind.
func (t *Templates) Render(kind string, l Letter) (Rendered, error) {
	p, ok := t.kinds[kind]
	if !ok {
		return Rendered{}, fmt.Errorf("render mail: no templates for kind %q", kind)
	}
	var subject, text, html strings.Builder
	err := errors.Join(
		p.text.ExecuteTemplate(&subject, "subject", l),
		p.text.ExecuteTemplate(&text, layout, l),
		p.html.ExecuteTemplate(&html, layout, l),
	)
	if err != nil {
		return Rendered{}, fmt.Errorf("render mail %q: %w", kind, err)
	}
	r := Rendered{Subject: oneLine(subject.String()), Text: tidy(text.String()), HTML: tidy(html.String())}
	if r.Subject == "" {
		return Rendered{}, fmt.Errorf("render mail %q: the subject is empty", kind)
	}
	return r, nil
}

// oneLine makes a header value of s: no line ends or other control characters.
func oneLine(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r)
	}), " ")
}

// tidy ends s with one line end and leaves at most one empty line in a row, so
// that templates may be laid out for their readers.
func tidy(s string) string {
	lines := strings.Split(strings.ReplaceAll(s, "\r\n", "\n"), "\n")
	for n := range lines {
		lines[n] = strings.TrimRight(lines[n], " \t")
	}
	lines = slices.CompactFunc(lines, func(a, b string) bool { return a == "" && b == "" })
	return strings.Trim(strings.Join(lines, "\n"), "\n") + "\n"
}

// sample has every field set.
func sample() Letter {
	return Letter{
		Product: "Product", Site: "auth.example", Home: "https://app.example", Name: "Ada",
		Link: "https://auth.example/page?token=sample", Code: "123456", Until: "2 January 2006, 15:04 UTC",
		Facts: []Fact{{"Device", "Laptop"}}, PasskeysLeft: true, SignedOut: true,
	}
}

// source finds template files: the operator's first, then ours.
type source struct {
	own, override fs.FS
}

func (s source) read(name string) (string, error) {
	if s.override != nil {
		b, err := fs.ReadFile(s.override, name)
		if err == nil {
			return string(b), nil
		}
		if !errors.Is(err, fs.ErrNotExist) {
			return "", fmt.Errorf("read mail template: %w", err)
		}
	}
	b, err := fs.ReadFile(s.own, name)
	if err != nil {
		return "", fmt.Errorf("read mail template: %w", err)
	}
	return string(b), nil
}

func (s source) parse(kind string) (pair, error) {
	p := pair{
		text: texttemplate.New(kind).Option("missingkey=error"),
		html: htmltemplate.New(kind).Option("missingkey=error"),
	}
	for _, base := range []string{layout, kind} {
		text, err := s.read(base + ".txt")
		if err != nil {
			return pair{}, err
		}
		if _, err := p.text.New(base + ".txt").Parse(text); err != nil {
			return pair{}, fmt.Errorf("parse mail template %s.txt: %w", base, err)
		}
		html, err := s.read(base + ".html")
		if err != nil {
			return pair{}, err
		}
		if _, err := p.html.New(base + ".html").Parse(html); err != nil {
			return pair{}, fmt.Errorf("parse mail template %s.html: %w", base, err)
		}
	}
	for _, name := range []string{layout, "subject", "body"} {
		if p.text.Lookup(name) == nil || (name != "subject" && p.html.Lookup(name) == nil) {
			return pair{}, fmt.Errorf("mail template of kind %q: %q is not defined", kind, name)
		}
	}
	// html/template escapes on first use and cannot be parsed into afterwards;
	// doing it here keeps Render free of writes.
	return p, p.html.ExecuteTemplate(io.Discard, layout, sample())
}

// checkNames refuses an override that nothing would ever read.
func (s source) checkNames(kinds []string) error {
	if s.override == nil {
		return nil
	}
	entries, err := fs.ReadDir(s.override, ".")
	if err != nil {
		return fmt.Errorf("read folder of mail templates: %w", err)
	}
	for _, e := range entries {
		ext := path.Ext(e.Name())
		base := strings.TrimSuffix(e.Name(), ext)
		if e.IsDir() || (ext != ".txt" && ext != ".html") || base == layout || slices.Contains(kinds, base) {
			continue
		}
		return fmt.Errorf("mail template %s is of no kind; there are %s and %s", e.Name(), layout, strings.Join(kinds, ", "))
	}
	return nil
}
