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
	for _, name := range files {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		doc := html.NewTokenizer(strings.NewReader(actions.ReplaceAllString(string(raw), "")))
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
