// Package gallerytest shows every hosted page in every state: people do what leads to
// it, through the real handlers of package webui and over real rooms, in each
// language. The pages are written light and dark, to be looked at without a server
// and to be checked by tests.
//
// [scenes] lists them. A page or a state that is not there has not been looked
// at.
package gallerytest

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	"log/slog"
	"maps"
	"net/http"
	"net/netip"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/password"
	"github.com/sallyport-auth/sallyport/internal/roomtest"
	"github.com/sallyport-auth/sallyport/internal/webui"
	"github.com/sallyport-auth/sallyport/internal/webui/frame"
	"github.com/sallyport-auth/sallyport/internal/words"
)

// State is a page in one of its states, as the handlers answered it.
type State struct {
	Name     string // fit for a file's name
	Shows    string // what it is, for the list
	Language string
	Status   int
	Header   http.Header
	Page     []byte
}

// Write writes every page in every state to dir, with the files they need and
// an index.html, to be looked at in a browser.
func Write(t *testing.T, dir string) error {
	t.Helper()
	return write(render(t, nil), dir)
}

func write(states []State, dir string) error {
	if err := os.MkdirAll(filepath.Join(dir, "static"), 0o750); err != nil {
		return fmt.Errorf("make folder of the gallery: %w", err)
	}
	var err error
	write := func(name string, content []byte) error {
		if err := os.WriteFile(filepath.Join(dir, filepath.FromSlash(name)), content, 0o600); err != nil {
			return fmt.Errorf("write %s of the gallery: %w", name, err)
		}
		return nil
	}
	for _, s := range states {
		if strings.HasPrefix(s.Name, staticPrefix) {
			err = errors.Join(err, write(s.Name, s.Page))
			if path.Ext(s.Name) == ".css" {
				err = errors.Join(err, write(s.Name+".light.css", inScheme(s.Page, false)), write(s.Name+".dark.css", inScheme(s.Page, true)))
			}
			continue
		}
		// Files lie beside each other, not under a server's root.
		page := bytes.ReplaceAll(s.Page, []byte(`="/`+staticPrefix), []byte(`="`+staticPrefix))
		page = frameAddress().ReplaceAll(page, []byte(`src="`+frameState+`.`+s.Language+`.light.html"`))
		for _, scheme := range []string{"light", "dark"} {
			one := bytes.ReplaceAll(page, []byte(`.css"`), []byte(`.css.`+scheme+`.css"`))
			err = errors.Join(err, write(s.Name+"."+s.Language+"."+scheme+".html", one))
		}
	}
	states = slices.DeleteFunc(states, func(s State) bool { return strings.HasPrefix(s.Name, staticPrefix) })
	var index bytes.Buffer
	err = errors.Join(err, indexPage().Execute(&index, states))
	return errors.Join(err, write("index.html", index.Bytes()))
}

// inScheme gives a style sheet as it is in one scheme, whatever the browser
// prefers.
func inScheme(sheet []byte, dark bool) []byte {
	query := "not all"
	scheme := "color-scheme: light;"
	if dark {
		query, scheme = "all", "color-scheme: dark;"
	}
	sheet = bytes.ReplaceAll(sheet, []byte("@media (prefers-color-scheme: dark)"), []byte("@media "+query))
	return bytes.ReplaceAll(sheet, []byte("color-scheme: light dark;"), []byte(scheme))
}

func indexPage() *template.Template {
	return template.Must(template.New("index").Parse(`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Gallery</title><meta name="viewport" content="width=device-width"></head>
<body><h1>Every page in every state</h1><ul>
{{range .}}<li>{{.Name}} ({{.Language}}): <a href="{{.Name}}.{{.Language}}.light.html">light</a>, <a href="{{.Name}}.{{.Language}}.dark.html">dark</a>. {{.Shows}} ({{.Status}})</li>
{{end}}</ul></body>
</html>
`))
}

// staticPrefix begins the names of files that pages need.
const staticPrefix = "static/"

// render has everything happen that leads to the scenes, in each language of the
// words given or, without, of ours, and fetches the files that their pages name.
func render(t *testing.T, all words.All) []State {
	t.Helper()
	w := newWorld(t, all)
	languages := words.Languages()
	if all != nil {
		languages = slices.Sorted(maps.Keys(all))
	}
	var states []State
	files := map[string]State{}
	for _, s := range scenes() {
		for _, language := range languages {
			b := w.browser(t, s, language)
			s.leads(b)
			state := b.shown
			state.Name, state.Shows, state.Language = s.name, s.shows, language
			states = append(states, state)
			for _, address := range fileAddress().FindAllStringSubmatch(string(state.Page), -1) {
				b.get("/" + address[1])
				b.shown.Name, b.shown.Language = address[1], language
				files[address[1]] = b.shown
			}
		}
	}
	return slices.AppendSeq(states, maps.Values(files))
}

func fileAddress() *regexp.Regexp { return regexp.MustCompile(`="/(static/[^"]+)"`) }

// scene is a page in a state, and what leads to it: what is answered last is the
// page.
type scene struct {
	name, shows string
	leads       func(b *browser)
	setting
}

// setting is what a scene wants of the server.
type setting struct {
	noApp   bool   // AppURL is not set
	noMail  bool   // nothing was captured
	closed  bool   // nobody may sign up
	onGet   bool   // opening a verification link may be enough
	loose   bool   // accounts are made at sign-up
	byMail  string // "link", "code" or "both": people can sign in by mail
	product string
	factors bool // operators need two
	inside  bool // operators come from a network of their own

	overview string // which one
}

// world is the rooms, and the servers over them.
type world struct {
	words         words.All
	strict, loose *roomtest.House
	box           *mailbox
	sites         map[setting]http.Handler
}

// ordersURL is an application behind a proxy.
const ordersURL = "https://orders.harbour.example"

// berlin is where every IP address is.
type berlin struct{}

// Of names the place.
func (berlin) Of(string) string { return "Berlin, Germany" }

func newWorld(t *testing.T, all words.All) *world {
	t.Helper()
	inBerlin := func(o *roomtest.Settings) { o.Places, o.Applications = berlin{}, []string{ordersURL} }
	return &world{
		words: all, strict: roomtest.New(t, inBerlin), loose: roomtest.New(t, inBerlin, roomtest.Unverified),
		box: newBox(t), sites: map[setting]http.Handler{},
	}
}

// house is the rooms that a scene is about.
func (w *world) house(s setting) *roomtest.House {
	if s.loose {
		return w.loose
	}
	return w.strict
}

// site is the server that a scene wants.
func (w *world) site(t *testing.T, s setting) http.Handler {
	t.Helper()
	if built := w.sites[s]; built != nil {
		return built
	}
	h := w.house(s)
	o := webui.Options{
		Options: frame.Options{
			Rooms: h.Pages(), Limits: h.Limits, Log: slog.New(slog.DiscardHandler), SessionTTL: time.Hour, Words: w.words,
			Passwords: password.Rules{Min: 8, Max: 256, Product: "Harbour Books"},
			Product:   "Harbour Books", PublicURL: publicURL, AppURL: "https://harbour.example/",
		},
		Visitors: h.Visitors, SignUpOpen: !s.closed, VerifyEmailOnGet: s.onGet, VerifyEmailTTL: time.Hour, Box: w.box.full, Clock: w.box.clock,
	}
	if s.product != "" {
		o.Product = s.product
	}
	if s.byMail != "" {
		o.MailsLink, o.MailsCode = s.byMail != "code", s.byMail != "link"
	}
	if s.factors {
		o.Gate = h.OperatorsFrom(s.factors)
	}
	if s.inside {
		o.Gate = h.OperatorsFrom(s.factors, netip.MustParsePrefix("192.0.2.0/24"))
	}
	if s.overview != "" {
		o.Overview = overviewOf(t, s.overview)
	}
	if s.noApp {
		o.AppURL = ""
	}
	if s.noMail {
		o.Box = w.box.empty
	}
	built, err := webui.New(o)
	if err != nil {
		t.Fatal(err)
	}
	w.sites[s] = built
	return built
}
