package frame

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

func TestNoWordStandsInATemplate(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("templates/*.html")
	if err != nil || len(files) == 0 {
		t.Fatal(err)
	}
	actions := regexp.MustCompile(`(?s)\{\{.*?\}\}`)
	inHead := regexp.MustCompile(`<noscript>(.*?)</noscript>`)
	for _, name := range files {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		// What a head holds for browsers without scripts is markup, which the
		// tokenizer takes for text.
		markup := inHead.ReplaceAllString(actions.ReplaceAllString(string(raw), ""), "$1")
		doc := html.NewTokenizer(strings.NewReader(markup))
		code := false
		for kind := doc.Next(); kind != html.ErrorToken; kind = doc.Next() {
			if tag, _ := doc.TagName(); string(tag) == "code" {
				code = kind == html.StartTagToken
			}
			if text := strings.TrimSpace(string(doc.Text())); kind == html.TextToken && !code && strings.ContainsFunc(text, isLetter) {
				t.Errorf("%s says %q, which no translation reaches", name, text)
			}
		}
	}
}

func isLetter(r rune) bool { return r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' }
