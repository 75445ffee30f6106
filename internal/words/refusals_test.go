package words_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/words"
)

// keys are those of the catalogue that the sources name in calls of package fault,
// each with a place. Of a rule that anybody can break, not programs alone, people
// are told as well.
func keys(t *testing.T) map[string]token.Position {
	t.Helper()
	found := map[string]token.Position{}
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			key := func(arg int) string {
				l, ok := call.Args[arg].(*ast.BasicLit)
				if !ok {
					t.Errorf("%s: the key is not written out", set.Position(call.Pos()))
					return ""
				}
				text, _ := strconv.Unquote(l.Value)
				return text
			}
			at := set.Position(call.Pos())
			switch name(call.Fun, file.Name.Name) {
			case "fault.New":
				found["said."+key(1)] = at
			case "WithWords":
				found["said."+key(0)] = at
			case "fault.Wrong":
				found["rule."+key(1)] = at
				if !strings.Contains(filepath.ToSlash(path), "/httpapi/") {
					found["said.rule."+key(1)] = at
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// name is what a call in a package calls, as far as it is about faults.
func name(fun ast.Expr, in string) string {
	switch f := fun.(type) {
	case *ast.SelectorExpr:
		if from, ok := f.X.(*ast.Ident); ok && from.Name == "fault" {
			return "fault." + f.Sel.Name
		}
		return f.Sel.Name
	case *ast.Ident:
		if in == "fault" {
			return "fault." + f.Name
		}
	}
	return ""
}

func TestEveryRefusalHasWordsAndEveryWordIsSaid(t *testing.T) {
	t.Parallel()
	used := keys(t)
	for language, c := range read(t) {
		for key, at := range used {
			if _, ok := c[key]; !ok && (language == words.English || !strings.HasPrefix(key, "rule.")) {
				t.Errorf("%s: %s.json has no %s", at, language, key)
			}
		}
		for key := range c {
			if _, ok := used[key]; !ok && (strings.HasPrefix(key, "said.") || strings.HasPrefix(key, "rule.")) {
				t.Errorf("%s.json: nothing is refused with %s", language, key)
			}
		}
	}
}
