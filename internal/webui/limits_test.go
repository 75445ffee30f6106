package webui_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"testing"
)

// TestEveryFormHasALimit walks all routes of the pages by their source: whatever
// answers a POST counts it, itself or by what it calls.
func TestEveryFormHasALimit(t *testing.T) {
	t.Parallel()
	calls, routes := map[string][]string{}, []ast.Expr{}
	for _, pattern := range []string{"*.go", "home/*.go", "frame/*.go"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range files {
			if !strings.HasSuffix(name, "_test.go") {
				readCalls(t, name, calls, &routes)
			}
		}
	}
	// It writes a cookie in the browser, and nothing here.
	free := map[string]bool{"PostLanguage": true}
	posts := 0
	for _, route := range routes {
		for _, handler := range selectors(route) {
			if !strings.HasPrefix(handler, "post") && handler != "PostLanguage" && handler != "pressable" {
				continue
			}
			posts++
			counted := counts(handler, calls, 4) || counts("changing", calls, 4) && strings.Contains(strings.Join(selectors(route), " "), "changing")
			if counted == free[handler] {
				t.Errorf("%s: counted %v, want %v", handler, counted, !free[handler])
			}
		}
	}
	if posts < 25 {
		t.Errorf("only %d routes that take a form were found", posts)
	}
}

// readCalls notes what each function of a file calls, and what it mounts.
func readCalls(t *testing.T, name string, calls map[string][]string, routes *[]ast.Expr) {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range file.Decls {
		fn, ok := d.(*ast.FuncDecl)
		if !ok || fn.Body == nil {
			continue
		}
		calls[fn.Name.Name] = append(calls[fn.Name.Name], selectors(fn.Body)...)
		ast.Inspect(fn.Body, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			if f, ok := call.Fun.(*ast.SelectorExpr); ok && f.Sel.Name == "Handle" && len(call.Args) == 2 {
				*routes = append(*routes, call.Args[1])
			}
			return true
		})
	}
}

func selectors(n ast.Node) (names []string) {
	ast.Inspect(n, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok {
			names = append(names, s.Sel.Name)
		}
		return true
	})
	return names
}

// counts reports whether a function reaches Limits.Allow. What it calls is known
// by name alone.
func counts(fn string, calls map[string][]string, depth int) bool {
	for _, called := range calls[fn] {
		if called == "Allow" || depth > 0 && called != fn && counts(called, calls, depth-1) {
			return true
		}
	}
	return false
}
