package sallyport_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"github.com/sallyport-auth/sallyport/internal/words"
)

// everywhere is what all that people read is, in docs/words.md.
const everywhere = "everywhere"

// names gives what docs/words.md calls each language that there is.
func names() map[string]string {
	all := map[string]string{}
	for _, tag := range words.Languages() {
		all[tag] = display.English.Tags().Name(language.Make(tag))
	}
	return all
}

// avoided are the words that docs/words.md bans, by where it bans them.
func avoided(t *testing.T) map[string]*regexp.Regexp {
	t.Helper()
	_, table, found := strings.Cut(readFile(t, "docs/words.md"), "## Words to avoid")
	if !found {
		t.Fatal("docs/words.md has no words to avoid")
	}
	lists := map[string][]string{}
	for line := range strings.Lines(table) {
		cells := strings.Split(line, "|")
		if len(cells) != 5 || strings.TrimSpace(cells[1]) == "not" || strings.HasPrefix(cells[1], "-") {
			continue
		}
		where := strings.TrimSpace(cells[3])
		for word := range strings.SplitSeq(cells[1], ",") {
			lists[where] = append(lists[where], regexp.QuoteMeta(strings.TrimSpace(word)))
		}
	}
	places := append(slices.Collect(maps.Values(names())), everywhere)
	for where := range lists {
		if !slices.Contains(places, where) {
			t.Fatalf("docs/words.md bans words in %s", where)
		}
	}
	for _, where := range []string{"English", everywhere} { // a further language may ban nothing
		if lists[where] == nil {
			t.Fatalf("docs/words.md bans no words in %s", where)
		}
	}
	patterns := map[string]*regexp.Regexp{}
	for where, list := range lists {
		insensitive := "(?i)"
		if where == "German" {
			insensitive = "" // Email is no German word, and email is part of many names
		}
		patterns[where] = regexp.MustCompile(insensitive + `(^|[^\p{L}\d_-])(` + strings.Join(list, "|") + `)($|[^\p{L}\d_])`)
	}
	return patterns
}

// TestNoTextHasAWordToAvoid looks for the words in all that people read.
func TestNoTextHasAWordToAvoid(t *testing.T) {
	avoid := avoided(t)
	look := func(where, list, text string) {
		if avoid[list] == nil {
			return
		}
		for line := range strings.Lines(text) {
			if m := avoid[list].FindStringSubmatch(line); m != nil {
				t.Errorf("%s says %q (docs/words.md): %.160s", where, m[2], strings.TrimSpace(line))
			}
		}
	}
	all, err := words.Read()
	if err != nil {
		t.Fatal(err)
	}
	lists := map[string][]string{}
	for language, name := range names() {
		lists[language] = []string{name}
	}
	lists[words.English] = append(lists[words.English], everywhere)
	for language, catalogue := range all {
		for key, text := range catalogue {
			for _, list := range lists[language] {
				if list != "English" || !strings.HasPrefix(key, "rule.") { // programs read rules
					look(language+".json "+key, list, text)
				}
			}
		}
	}
	markup := regexp.MustCompile(`\{\{.*?\}\}|<[^>]*>`)
	for language, lists := range lists {
		for _, file := range glob(t, "internal/mail/letter/templates/"+language+"/*") {
			for _, list := range lists {
				look(file, list, markup.ReplaceAllString(readFile(t, file), ""))
			}
		}
	}
	look("docs/configuration.yaml", "everywhere", readFile(t, "docs/configuration.yaml"))
	look("docs/openapi.json", "everywhere", readFile(t, "docs/openapi.json"))
	code := regexp.MustCompile("(?s)```.*?```|`[^`]*`")
	for _, file := range glob(t, "*.md", "docs/*.md", "docs/admin/*.md", "docs/moving/*.md", "docs/operations/*.md", "docs/security/*.md", "docs/specs/*.md", "examples/*.md", "examples/*/*.md") {
		if file != "docs/words.md" { // decisions keep the words of their day
			look(file, "everywhere", code.ReplaceAllString(readFile(t, file), ""))
		}
	}
	for _, file := range glob(t, "cmd/sallyport/*.go", "internal/*/*.go", "internal/*/*/*.go") {
		if !strings.HasSuffix(file, "_test.go") && !strings.Contains(file, "/storetest/") && !strings.Contains(file, "/gallery/") {
			look(file, "everywhere", sentences(t, file))
		}
	}
}

func TestWordsToAvoidAreFound(t *testing.T) {
	avoid := avoided(t)
	for text, list := range map[string]string{
		"Your e-mail address": "everywhere", "Your e‑mail": "everywhere", "Code generators are on.": "everywhere", "ask whoever": "everywhere",
		"We mailed you a link.": "English", "Log in": "English", "It works no more.": "English", "Der Knopf": "German", "Hast du es": "German", "Ihre Email ist": "German",
	} {
		if !avoid[list].MatchString(text) {
			t.Errorf("%q is not found", text)
		}
	}
	for text, list := range map[string]string{
		"Your email address, e-mailer": "everywhere", "the file code_generator": "everywhere", "Open the mailbox": "English", "/auth/login": "German",
		"Ihre E-Mail-Adresse, das Produkt": "German", "die E‑Mails": "German",
	} {
		if m := avoid[list].FindString(text); m != "" {
			t.Errorf("%q has %q, which is no word to avoid", text, m)
		}
	}
}

// sentences are the string literals of a file that have a space, one a line.
func sentences(t *testing.T, file string) string {
	t.Helper()
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	ast.Inspect(parsed, func(n ast.Node) bool {
		if l, ok := n.(*ast.BasicLit); ok && l.Kind == token.STRING && strings.Contains(l.Value, " ") {
			if text, err := strconv.Unquote(l.Value); err == nil {
				all.WriteString(text + "\n")
			}
		}
		return true
	})
	return all.String()
}

func glob(t *testing.T, patterns ...string) (files []string) {
	t.Helper()
	for _, pattern := range patterns {
		found, err := filepath.Glob(pattern)
		if err != nil || len(found) == 0 {
			t.Fatalf("%s finds nothing: %v", pattern, err)
		}
		files = append(files, found...)
	}
	return files
}

func readFile(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
