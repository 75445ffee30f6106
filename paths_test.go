package sallyport_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/link"
)

// TestAPathStandsInOnePlace holds every path of a page to one literal in what
// ships and in the tools: links' in the table of link purposes, the others in
// webui/frame. Templates ask for a path by its name. Sentences may tell of one.
// Package conformance has its own: it tries servers that are not ours.
func TestAPathStandsInOnePlace(t *testing.T) {
	t.Parallel()
	const table = "internal/webui/frame/paths.go"
	wanted := map[string]string{} // the file that has it, by path
	for _, p := range link.Paths() {
		wanted[p] = "internal/link/link.go"
	}
	for _, p := range constants(t, table) {
		wanted[p] = table
	}
	if len(wanted) < 15 {
		t.Fatalf("there are more paths than %v", wanted)
	}
	seen := map[string][]string{}
	look := func(name, text string) {
		for p := range wanted {
			if strings.Contains(text, p) && regexp.MustCompile(`(^|["'`+"`"+`=])`+regexp.QuoteMeta(p)+`($|[^A-Za-z0-9_-])`).MatchString(text) {
				seen[p] = append(seen[p], name)
			}
		}
	}
	for _, root := range []string{"internal", "cmd", "tools"} {
		err := fs.WalkDir(os.DirFS("."), root, func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || strings.HasSuffix(name, "_test.go") || strings.Contains(name, "/testdata/") || strings.HasPrefix(filepath.ToSlash(name), "internal/conformance/") {
				return err
			}
			switch filepath.Ext(name) {
			case ".go":
				for _, text := range literals(t, name) {
					look(name, text)
				}
			case ".html", ".js":
				raw, err := os.ReadFile(name)
				look(name, string(raw))
				return err
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for p, where := range wanted {
		if len(seen[p]) != 1 || seen[p][0] != where {
			t.Errorf("%s stands in %v, want %s alone", p, seen[p], where)
		}
	}
}

func parseFile(t *testing.T, name string) *ast.File {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	return file
}

// constants are those of a file that are written out: the roots that other paths
// are built on.
func constants(t *testing.T, name string) (texts []string) {
	t.Helper()
	ast.Inspect(parseFile(t, name), func(n ast.Node) bool {
		if v, ok := n.(*ast.ValueSpec); ok && len(v.Values) == 1 {
			if l, ok := v.Values[0].(*ast.BasicLit); ok {
				texts = append(texts, strings.Trim(l.Value, `"`))
			}
		}
		return true
	})
	return texts
}

// literals are the strings of a file. Comments and the words of the contract,
// which are tags of fields, lead nowhere.
func literals(t *testing.T, name string) (texts []string) {
	t.Helper()
	ast.Inspect(parseFile(t, name), func(n ast.Node) bool {
		if f, ok := n.(*ast.Field); ok {
			f.Tag = nil
		}
		if l, ok := n.(*ast.BasicLit); ok && l.Kind == token.STRING {
			texts = append(texts, strings.Trim(l.Value, "`\""))
		}
		return true
	})
	return texts
}
