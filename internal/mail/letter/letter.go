// Package letter turns what a mail has to say into its subject, its plain text
// and its HTML, in each language that there is.
//
// It owns the templates, embedded in the program: one layout for all languages,
// and in a folder for each language (package words) one file per kind, for text
// and for HTML. An operator may lay files of the same names into a folder, for
// all languages or below it in a folder for one; what is missing there is taken
// from the program. Where there is such a folder, every kind is rendered in
// every language with sample data when the templates are loaded, so a template
// that does not parse, misses a part or names an unknown field is a loud failure
// at start and never a mail that is not sent. Those of the program alone are tried
// by its tests, and cost no time at a start. A file whose name means nothing is
// an error too, because it would be a misspelt override.
//
// A text file defines "subject" and "body", an HTML file "body". The layouts
// define "layout", which takes the body in; layout.html also defines "button"
// and "facts" for the others to use. What the layouts say comes from package words:
// {{.Say "key"}}.
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
	"io/fs"
	"path"
	"slices"
	"strings"
	texttemplate "text/template"
	"unicode"

	"github.com/sallyport-auth/sallyport/internal/words"
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

	Hook, Host, Since string // an endpoint of web hooks, where it is, and since when it fails

	PasskeysLeft bool // a passkey still is a second factor
	SignedOut    bool // the other devices were signed out

	words words.Catalogue
}

// Say gives words in the letter's language; placeholders are filled from pairs of
// name and value.
func (l Letter) Say(key string, pairs ...string) string { return l.words.Text(key, pairs...) }

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
	languages map[string]set
}

// set is the templates of one language.
type set struct {
	words words.Catalogue
	kinds map[string]pair
}

type pair struct {
	text *texttemplate.Template
	html *htmltemplate.Template
}

// Load parses the embedded templates, with the files in override in their place.
// override may be nil. Each kind in kinds must have its templates in each
// language.
func Load(override fs.FS, kinds ...string) (*Templates, error) {
	own, err := fs.Sub(embedded, "templates")
	if err != nil {
		return nil, fmt.Errorf("open embedded templates: %w", err)
	}
	from := source{own: own, override: override}
	if err := from.checkNames(kinds); err != nil {
		return nil, err
	}
	all, err := words.Read()
	if err != nil {
		return nil, err
	}
	t := &Templates{languages: map[string]set{}}
	for language, catalogue := range all {
		s := set{words: catalogue, kinds: map[string]pair{}}
		t.languages[language] = s
		for _, kind := range kinds {
			if s.kinds[kind], err = from.parse(language, kind); err != nil {
				return nil, err
			}
		}
	}
	if override == nil {
		return t, nil // ours do not change after the tests
	}
	return t, t.try()
}

// try renders every kind in every language, with every field set and with none that
// may be empty.
func (t *Templates) try() error {
	for language, s := range t.languages {
		for kind := range s.kinds {
			for _, l := range []Letter{sample(), {Product: "P", Site: "localhost"}} {
				r, err := t.Render(language, kind, l)
				if err != nil {
					return err
				}
				if key := words.Missing(r.Subject + r.Text + r.HTML); key != "" {
					return fmt.Errorf("mail template of kind %q in language %q: there are no words for %s", kind, language, key)
				}
			}
		}
	}
	return nil
}

// Words gives the words of a language that there is.
func (t *Templates) Words(language string) words.Catalogue { return t.languages[language].words }

// Render fills in the templates of a kind in a language.
func (t *Templates) Render(language, kind string, l Letter) (Rendered, error) {
	s := t.languages[language]
	p, ok := s.kinds[kind]
	if !ok {
		return Rendered{}, fmt.Errorf("render mail: no templates for kind %q in language %q", kind, language)
	}
	l.words = s.words
	var subject, text, html strings.Builder
	err := errors.Join(
		p.text.ExecuteTemplate(&subject, "subject", l),
		p.text.ExecuteTemplate(&text, layout, l),
		p.html.ExecuteTemplate(&html, layout, l),
	)
	if err != nil {
		return Rendered{}, fmt.Errorf("render mail %q in language %q: %w", kind, language, err)
	}
	r := Rendered{Subject: oneLine(subject.String()), Text: tidy(text.String()), HTML: tidy(html.String())}
	if r.Subject == "" {
		return Rendered{}, fmt.Errorf("render mail %q in language %q: the subject is empty", kind, language)
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

// read looks for a file of a language, then for the one of all languages.
func (s source) read(language, name string) (string, error) {
	for _, from := range []fs.FS{s.override, s.own} {
		for _, place := range []string{language + "/" + name, name} {
			if from == nil {
				continue
			}
			b, err := fs.ReadFile(from, place)
			if err == nil {
				return string(b), nil
			}
			if !errors.Is(err, fs.ErrNotExist) {
				return "", fmt.Errorf("read mail template: %w", err)
			}
		}
	}
	return "", fmt.Errorf("read mail template: there is no %s in language %q", name, language)
}

func (s source) parse(language, kind string) (pair, error) {
	p := pair{
		text: texttemplate.New(kind).Option("missingkey=error"),
		html: htmltemplate.New(kind).Option("missingkey=error"),
	}
	for _, base := range []string{layout, kind} {
		text, err := s.read(language, base+".txt")
		if err != nil {
			return pair{}, err
		}
		if _, err := p.text.New(base + ".txt").Parse(text); err != nil {
			return pair{}, fmt.Errorf("parse mail template %s/%s.txt: %w", language, base, err)
		}
		html, err := s.read(language, base+".html")
		if err != nil {
			return pair{}, err
		}
		if _, err := p.html.New(base + ".html").Parse(html); err != nil {
			return pair{}, fmt.Errorf("parse mail template %s/%s.html: %w", language, base, err)
		}
	}
	for _, name := range []string{layout, "subject", "body"} {
		if p.text.Lookup(name) == nil || (name != "subject" && p.html.Lookup(name) == nil) {
			return pair{}, fmt.Errorf("mail template of kind %q in language %q: %q is not defined", kind, language, name)
		}
	}
	return p, nil
}

// checkNames refuses an override that nothing would ever read.
func (s source) checkNames(kinds []string) error {
	if s.override == nil {
		return nil
	}
	languages := words.Languages()
	for _, folder := range append([]string{"."}, languages...) {
		entries, err := fs.ReadDir(s.override, folder)
		if folder != "." && errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return fmt.Errorf("read folder of mail templates: %w", err)
		}
		for _, e := range entries {
			name := path.Join(folder, e.Name())
			ext := path.Ext(e.Name())
			base := strings.TrimSuffix(e.Name(), ext)
			if e.IsDir() || (ext != ".txt" && ext != ".html") || base == layout || slices.Contains(kinds, base) {
				continue
			}
			return fmt.Errorf("mail template %s is of no kind; there are %s and %s", name, layout, strings.Join(kinds, ", "))
		}
	}
	return nil
}
