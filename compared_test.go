package sallyport_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"
)

// onlyText are the places where a library says in its text alone what happened.
// Each says so in a comment.
var onlyText = []string{
	"internal/store/engine/mysql.go",     // one number for every option that prevents a statement
	"internal/store/engine/transport.go", // pgx has no value for a server without TLS
}

// TestNoErrorIsKnownByItsText finds comparisons of what an error says: sentences
// change, values and codes do not.
func TestNoErrorIsKnownByItsText(t *testing.T) {
	found := map[string]bool{}
	for _, root := range []string{"internal", "cmd", "bench", "tools"} {
		err := fs.WalkDir(os.DirFS("."), root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			set := token.NewFileSet()
			file, err := parser.ParseFile(set, path, nil, parser.SkipObjectResolution)
			if err != nil {
				return err
			}
			ast.Inspect(file, func(n ast.Node) bool {
				if !compares(n) {
					return true
				}
				found[path] = true
				if !slices.Contains(onlyText, path) {
					t.Errorf("%s: an error is known by its text; use errors.Is, errors.AsType or a code", set.Position(n.Pos()))
				}
				return true
			})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, path := range onlyText {
		if !found[path] {
			t.Errorf("%s compares no text any more; take it off the list", path)
		}
	}
}

// compares reports whether a node looks for something in the text of an error.
func compares(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.BinaryExpr:
		return (n.Op == token.EQL || n.Op == token.NEQ) && (isText(n.X) || isText(n.Y))
	case *ast.SwitchStmt:
		return n.Tag != nil && isText(n.Tag)
	case *ast.CallExpr:
		f, ok := n.Fun.(*ast.SelectorExpr)
		if !ok || !slices.ContainsFunc(n.Args, isText) {
			return false
		}
		from, ok := f.X.(*ast.Ident)
		return ok && from.Name == "strings" || strings.HasPrefix(f.Sel.Name, "Match") || strings.HasPrefix(f.Sel.Name, "Find")
	}
	return false
}

// isText reports whether an expression is what an error says.
func isText(e ast.Expr) bool {
	call, ok := e.(*ast.CallExpr)
	if !ok || len(call.Args) > 0 {
		return false
	}
	f, ok := call.Fun.(*ast.SelectorExpr)
	return ok && (f.Sel.Name == "Error" || f.Sel.Name == "GetMessage")
}
