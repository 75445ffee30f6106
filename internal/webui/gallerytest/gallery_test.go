package gallerytest

import (
	"bytes"
	"flag"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/sallyport-auth/sallyport/internal/words"
)

func allWords(t *testing.T) words.All {
	t.Helper()
	all, err := words.Read()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// shared are all states, in our own words, for the tests that look at those.
var shared struct {
	once   sync.Once
	states []State
}

func states(t *testing.T) []State {
	t.Helper()
	shared.once.Do(func() { shared.states = render(t, allWords(t)) })
	return slices.Clone(shared.states)
}

// pages are all states but the mail's own HTML, which is no page of ours.
func pages(states []State) []State {
	return slices.DeleteFunc(states, func(s State) bool { return s.Name == frameState || strings.HasPrefix(s.Name, staticPrefix) })
}

func TestEveryPageInEveryStateIsSound(t *testing.T) {
	t.Parallel()
	all := allWords(t)
	for _, s := range pages(states(t)) {
		t.Run(s.Name+"."+s.Language, func(t *testing.T) {
			t.Parallel()
			wellFormed(t, s.Page)
			doc, err := html.Parse(bytes.NewReader(s.Page))
			if err != nil {
				t.Fatal(err)
			}
			structure(t, doc, s.Language)
			labels(t, doc)
			leadsOn(t, doc, s.Name)
			nothingInline(t, doc)
			ourOwn(t, doc)
			if bytes.Contains(s.Page, []byte("⟦")) {
				t.Error("words are missing from the catalogue")
			}
			if bytes.Contains(s.Page, []byte(galleryPassword)) {
				t.Error("the page holds the password that was typed")
			}
			if bytes.Contains(s.Page, []byte("ZgotmplZ")) {
				t.Error("a template puts an unsafe value into a page")
			}
			if wait := s.Header.Get("Retry-After"); (s.Status == 429 || s.Status == 503) != (wait != "") {
				t.Errorf("status %d with Retry-After %q", s.Status, wait)
			}
			failing, _, _ := strings.Cut(all[s.Language].Text("layout.title_error"), "{")
			failed := bytes.Contains(s.Page, []byte("<title>"+failing))
			if s.Status == http.StatusSeeOther || len(s.Page) == 0 {
				t.Errorf("the scene shows no page: %d to %s", s.Status, s.Header.Get("Location"))
			}
			if bytes.Contains(s.Page, []byte("<b>Lovelace")) {
				t.Error("a name becomes markup")
			}
			if failed != (s.Status >= 400) {
				t.Errorf("status %d, but the title says error: %t", s.Status, failed)
			}
		})
	}
}

// wellFormed checks that every element is closed where it must be: the parser
// of HTML mends what is not, and so would hide it.
func wellFormed(t *testing.T, page []byte) {
	t.Helper()
	void := []string{"meta", "link", "input", "br", "hr", "img"}
	var open []string
	z := html.NewTokenizer(bytes.NewReader(page))
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			break
		}
		raw, _ := z.TagName()
		name := string(raw)
		switch {
		case kind == html.StartTagToken && !slices.Contains(void, name):
			open = append(open, name)
		case kind == html.EndTagToken:
			if len(open) == 0 || open[len(open)-1] != name {
				t.Fatalf("</%s> closes %v", name, open)
			}
			open = open[:len(open)-1]
		}
	}
	if len(open) > 0 {
		t.Errorf("not closed: %v", open)
	}
}

// structure is what a screen reader walks along.
func structure(t *testing.T, doc *html.Node, language string) {
	t.Helper()
	for a, want := range map[atom.Atom]int{atom.H1: 1, atom.Main: 1, atom.Header: 1, atom.Title: 1} {
		if got := len(elements(doc, a)); got != want {
			t.Errorf("%d elements %s, want %d", got, a, want)
		}
	}
	if root := elements(doc, atom.Html); len(root) != 1 || attr(root[0], "lang") != language || attr(root[0], "dir") != "ltr" {
		t.Error("the page does not tell its language or direction")
	}
	heading, title := content(elements(doc, atom.H1)[0]), content(elements(doc, atom.Title)[0])
	if !strings.Contains(title, heading) || len(title) <= len(heading)+3 {
		t.Errorf("the title %q does not say page (%q) and product", title, heading)
	}
	seen := map[string]bool{}
	for n := range doc.Descendants() {
		if id := attr(n, "id"); id != "" {
			if seen[id] {
				t.Errorf("two elements have the id %s", id)
			}
			seen[id] = true
		}
	}
	for n := range doc.Descendants() {
		for _, by := range []string{"aria-describedby", "aria-labelledby", "for"} {
			for id := range strings.FieldsSeq(attr(n, by)) {
				if !seen[id] {
					t.Errorf("%s names %s, which is not there", by, id)
				}
			}
		}
	}
}

// leadsOn looks for a way on from a page, but for two that say that there is
// nothing left to do.
func leadsOn(t *testing.T, doc *html.Node, name string) {
	t.Helper()
	closing := []string{"disown-done", "email-undo-done"}
	main := elements(doc, atom.Main)[0]
	if !slices.Contains(closing, name) && len(elements(main, atom.A))+len(elements(main, atom.Button)) == 0 {
		t.Error("the page leads nowhere")
	}
}

func labels(t *testing.T, doc *html.Node) {
	t.Helper()
	labelled := map[string]bool{}
	for _, l := range elements(doc, atom.Label) {
		labelled[attr(l, "for")] = content(l) != ""
	}
	for _, in := range elements(doc, atom.Input) {
		if attr(in, "type") != "hidden" && !has(in, "hidden") && !labelled[attr(in, "id")] {
			t.Errorf("the input %s has no label", attr(in, "name"))
		}
		if attr(in, "type") == "password" && attr(in, "value") != "" {
			t.Error("a password is filled in")
		}
	}
	for _, b := range append(elements(doc, atom.Button), elements(doc, atom.A)...) {
		if content(b) == "" {
			t.Errorf("a %s says nothing", b.Data)
		}
	}
	for _, f := range elements(doc, atom.Iframe) {
		if attr(f, "title") == "" {
			t.Error("a frame has no title")
		}
	}
}

// nothingInline is what the Content-Security-Policy would refuse.
func nothingInline(t *testing.T, doc *html.Node) {
	t.Helper()
	if len(elements(doc, atom.Style)) > 0 {
		t.Error("the page has a style element")
	}
	for _, s := range elements(doc, atom.Script) {
		if attr(s, "src") == "" || content(s) != "" {
			t.Error("the page has an inline script")
		}
	}
	for n := range doc.Descendants() {
		for _, a := range n.Attr {
			if a.Key == "style" || strings.HasPrefix(a.Key, "on") {
				t.Errorf("<%s> has an inline %s", n.Data, a.Key)
			}
		}
	}
}

// ourOwn checks that the page loads and posts nowhere but here. Links may lead
// to the app and an application behind a proxy, and in a captured mail to where the mail says.
func ourOwn(t *testing.T, doc *html.Node) {
	t.Helper()
	for n := range doc.Descendants() {
		for _, a := range n.Attr {
			loads := a.Key == "src" || a.Key == "action" || a.Key == "srcset" || (a.Key == "href" && n.DataAtom != atom.A)
			if loads && (!strings.HasPrefix(a.Val, "/") || strings.HasPrefix(a.Val, "//")) {
				t.Errorf("<%s %s=%q> leads elsewhere", n.Data, a.Key, a.Val)
			}
			if a.Key == "href" && n.DataAtom == atom.A && strings.HasPrefix(a.Val, "http") &&
				a.Val != "https://harbour.example/" && a.Val != ordersURL+"/" && !strings.HasPrefix(a.Val, "http://localhost:8080/auth/") {
				t.Errorf("a link leads to %s", a.Val)
			}
		}
	}
}

// What people see when they set up an app is as large as it will be.
func TestTheGalleryDrawsARealQRCode(t *testing.T) {
	t.Parallel()
	for _, s := range pages(states(t)) {
		if s.Name != "enrol" {
			continue
		}
		box := regexp.MustCompile(`viewBox="0 0 ([0-9]{2}) [0-9]{2}" shape-rendering`).FindSubmatch(s.Page)
		if box == nil || bytes.Count(s.Page, []byte("v1h-")) < 300 {
			t.Errorf("%s: the drawing is no QR code of an address:\n%s", s.Language, s.Page)
		}
	}
}

func elements(doc *html.Node, a atom.Atom) []*html.Node {
	var found []*html.Node
	for n := range doc.Descendants() {
		if n.Type == html.ElementNode && n.DataAtom == a {
			found = append(found, n)
		}
	}
	return found
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func has(n *html.Node, key string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == key })
}

func content(n *html.Node) string {
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
	}
	return strings.TrimSpace(b.String())
}

// Every key is marked in its own words, so that the pages show which are used.
// What rooms and mails say, and days and months, are tested where they are looked up.
func TestEveryWordOfTheCatalogueIsSeenInTheGallery(t *testing.T) {
	t.Parallel()
	marked := words.Catalogue{}
	for key, text := range allWords(t)[words.English] {
		if !strings.HasPrefix(key, "said.") {
			text = "‹" + key + "›" + text
		}
		marked[key] = text
	}
	var all strings.Builder
	for _, s := range pages(render(t, words.All{words.English: marked})) {
		all.Write(s.Page)
	}
	seen := all.String()
	for key := range marked {
		one, _ := strings.CutSuffix(key, ".one")
		if !strings.Contains(seen, "‹"+key+"›") && !strings.Contains(seen, "‹"+one+".other›") && key != "date.first" &&
			!strings.HasPrefix(key, "said.") && !strings.HasPrefix(key, "rule.") && !strings.HasPrefix(key, "mail.") && !strings.HasPrefix(key, "date.month.") {
			t.Errorf("no page in the gallery shows %s", key)
		}
	}
}

// folder is where make gallery wants it.
var folder = flag.String("gallery", "", "write the gallery to this folder, and leave it there")

func TestTheGalleryCanBeLookedAtWithoutAServer(t *testing.T) {
	t.Parallel()
	dir := *folder
	if dir == "" {
		dir = t.TempDir()
	}
	if err := write(states(t), dir); err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile(filepath.Join(dir, "reset-weak.de.dark.html"))
	if err != nil {
		t.Fatal(err)
	}
	sheet := regexp.MustCompile(`href="(static/sallyport\.[0-9a-f]{16}\.css\.dark\.css)"`).FindSubmatch(page)
	if sheet == nil {
		t.Fatal("the page does not find its style sheet")
	}
	if _, err := os.Stat(filepath.Join(dir, string(sheet[1]))); err != nil {
		t.Error(err)
	}
	index, err := os.ReadFile(filepath.Join(dir, "index.html"))
	if err != nil || !bytes.Contains(index, []byte("reset-weak.de.dark.html")) {
		t.Errorf("the index does not list the page (%v)", err)
	}
}
