package sallyport_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// dangerous are imports that the product does without, each with the packages
// that may have it all the same, and why.
var dangerous = map[string]map[string]string{
	"os/exec":       {"apptest": "starts the program for tests", "fleet": "starts servers for tests"},
	"math/rand":     {},
	"math/rand/v2":  waits,
	"unsafe":        {},
	"C":             {},
	"plugin":        {},
	"encoding/gob":  {},
	"encoding/xml":  {"webui/brand": "reads the operator's logo; resolves no entity"},
	"text/template": {"mail/letter": "the plain text of mails"},
}

// waits are the packages whose random numbers only spread attempts over time.
var waits = map[string]string{
	"cluster/redis": "waits", "hook": "waits", "jobs": "waits", "store": "waits", "store/schema": "waits", "store/sqlrun": "waits", "telemetry/otlp": "waits",
}

// tables are files whose patterns stand in a table of their own.
var tables = []string{"internal/words/words.go"}

// TestSourcesKeepOutWhatIsDangerous holds the product to what
// docs/security/connections.md says of it: no programs are started, no memory is
// touched past Go's rules, no random number can be guessed, no HTML goes round
// the escaping of html/template, and no pattern is made of what somebody sent.
func TestSourcesKeepOutWhatIsDangerous(t *testing.T) {
	used := map[string]bool{}
	walkSources(t, func(path, from string, imports []string) {
		for _, imp := range imports {
			allowed, listed := dangerous[imp]
			if _, ok := allowed[from]; listed && !ok {
				t.Errorf("%s imports %s", path, imp)
			}
			used[imp+" in "+from] = true
		}
		for _, complaint := range complaintsOf(t, path) {
			t.Error(complaint)
		}
	})
	for imp, allowed := range dangerous {
		for from := range allowed {
			if !used[imp+" in "+from] {
				t.Errorf("%s may import %s, and does not any more", from, imp)
			}
		}
	}
}

// unescaped are the types of html/template that go round its escaping.
var unescaped = []string{"HTML", "HTMLAttr", "CSS", "JS", "JSStr", "URL", "Srcset"}

// complaintsOf names conversions of text into unescaped HTML, and patterns that
// are not written in the source. The one conversion that is wanted has a comment
// for the linter, with its reason.
func complaintsOf(t *testing.T, path string) []string {
	t.Helper()
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, path, nil, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	explained := map[int]bool{}
	for _, group := range file.Comments {
		for _, c := range group.List {
			explained[set.Position(c.Pos()).Line] = strings.HasPrefix(c.Text, "//nolint:gosec // ")
		}
	}
	var complaints []string
	ast.Inspect(file, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		called, ok := call.Fun.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		of, ok := called.X.(*ast.Ident)
		where := set.Position(call.Pos())
		switch {
		case !ok:
		case of.Name == "template" && slices.Contains(unescaped, called.Sel.Name) && !explained[where.Line]:
			complaints = append(complaints, where.String()+": text becomes HTML that is not escaped")
		case of.Name == "regexp" && strings.Contains(called.Sel.Name, "Compile") && !written(call.Args[0]) && !slices.Contains(tables, filepath.ToSlash(path)):
			complaints = append(complaints, where.String()+": a pattern that does not stand in the source")
		}
		return true
	})
	return complaints
}

// written reports whether a pattern stands in the source: a literal, or a list of
// them that is joined.
func written(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.BasicLit:
		_, err := strconv.Unquote(e.Value)
		return err == nil
	case *ast.CallExpr: // strings.Join([]string{...}, "|")
		list, ok := e.Args[0].(*ast.CompositeLit)
		return ok && !slices.ContainsFunc(list.Elts, func(e ast.Expr) bool { return !written(e) })
	default:
		return false
	}
}

// endings are what ends sessions in the store, and the files that may ask for it.
var endings = map[string][]string{
	"Sessions.Revoke":     {"internal/session/revoke.go", "internal/session/replace.go"},
	"Sessions.RevokeMany": {"internal/session/revoke.go"},
	"Sessions.RevokeAll":  {"internal/session/end_all.go"},
	"Users.RaiseEpoch":    {"internal/session/end_all.go"},
	// Clients have no sessions.
	"Revocations.Append":   {"internal/session/revoke.go", "internal/session/end_all.go", "internal/client/disable.go", "internal/client/revoke_token.go"},
	"Sessions.RevokeEvery": {"internal/restore/restore.go"}, // of everybody, while nobody is served
	"Users.RaiseEpochs":    {"internal/restore/restore.go"}, // likewise
}

// TestSourcesEndSessionsInOneRoom makes sure that nobody ends a session and forgets
// the audit event, or the entry in the revocation list by which access tokens die.
func TestSourcesEndSessionsInOneRoom(t *testing.T) {
	used := map[string]bool{}
	walkSources(t, func(path, from string, _ []string) {
		if from == "store" || strings.HasPrefix(from, "store/") { // what they are, and what is promised of them
			return
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			method, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			table, ok := method.X.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			name := table.Sel.Name + "." + method.Sel.Name
			allowed, ends := endings[name]
			if ends && !slices.Contains(allowed, filepath.ToSlash(path)) {
				t.Errorf("%s calls %s; package session ends sessions", path, name)
			}
			used[name+" in "+filepath.ToSlash(path)] = true
			return true
		})
	})
	for name, allowed := range endings {
		for _, path := range allowed {
			if !used[name+" in "+path] {
				t.Errorf("%s may call %s, and does not any more", path, name)
			}
		}
	}
}

// TestScriptsKeepOutWhatIsDangerous holds the scripts of the pages to the same:
// text stays text, nothing is run that was sent, nothing is kept in the browser.
func TestScriptsKeepOutWhatIsDangerous(t *testing.T) {
	refused := map[string]*regexp.Regexp{
		"text becomes HTML":           regexp.MustCompile(`\.(inner|outer)HTML\s*\+?=[^=]|insertAdjacentHTML|document\.write|createContextualFragment|srcdoc`),
		"text is run":                 regexp.MustCompile(`\beval\b|new Function|setTimeout\(\s*["'` + "`" + `]|javascript:`),
		"something stays":             regexp.MustCompile(`localStorage|sessionStorage|indexedDB|document\.cookie`),
		"messages of other windows":   regexp.MustCompile(`postMessage|["']message["']`),
		"a name that others can take": regexp.MustCompile(`\bwindow\.\w+\s*=[^=]|\bdocument\.\w+\s*=[^=]|__proto__`),
	}
	scripts := 0
	err := fs.WalkDir(os.DirFS("."), "internal", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".js" || filepath.Base(filepath.Dir(path)) == "files" {
			return err // the files of the documentation page are another project's
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		scripts++
		if !strings.Contains(string(text), `"use strict";`) || !strings.Contains(string(text), "(() => {") {
			t.Errorf("%s is not strict, or has names that every script sees", path)
		}
		for what, pattern := range refused {
			if found := pattern.Find(text); found != nil {
				t.Errorf("%s: %s: %s", path, what, found)
			}
		}
		return nil
	})
	if err != nil || scripts == 0 {
		t.Fatalf("%d scripts read: %v", scripts, err)
	}
}
