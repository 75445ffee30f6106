package sallyport_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// The shape budget: what a reader feels. Lines of a package, the rooms that it
// imports and the methods of an interface have no limit: limits built walls that
// no reader wanted.
const (
	maxFileLines     = 450 // one in ten may be longer, up to maxLongFileLines
	maxLongFileLines = 700
	maxFuncLines     = 150
	maxTestFuncLines = 200
)

// sourceFile is a parsed hand-written file.
type sourceFile struct {
	path  string
	test  bool
	lines int
	set   *token.FileSet
	ast   *ast.File
}

func TestShape(t *testing.T) {
	packages := map[string][]sourceFile{}
	for _, f := range parseAll(t) {
		packages[filepath.Dir(f.path)] = append(packages[filepath.Dir(f.path)], f)
		checkFunctions(t, f)
	}
	var long, total int
	for dir, files := range packages {
		lines, commented := 0, false
		for _, f := range files {
			if f.test {
				continue
			}
			lines += f.lines
			commented = commented || f.ast.Doc != nil
			total++
			if f.lines > maxFileLines {
				long++
			}
			if f.lines > maxLongFileLines {
				t.Errorf("%s has %d lines; split it by what a newcomer would look for", f.path, f.lines)
			}
		}
		if lines > 0 && !commented {
			t.Errorf("%s has no package comment", dir)
		}
	}
	if long*10 > total {
		t.Errorf("%d of %d files are longer than %d lines", long, total, maxFileLines)
	}
}

func checkFunctions(t *testing.T, f sourceFile) {
	t.Helper()
	limit := maxFuncLines
	if f.test {
		limit = maxTestFuncLines
	}
	for _, decl := range f.ast.Decls {
		fn, ok := decl.(*ast.FuncDecl)
		if !ok {
			continue
		}
		if lines := f.set.Position(fn.End()).Line - f.set.Position(fn.Pos()).Line + 1; lines > limit {
			t.Errorf("%s: %s has %d lines, more than %d", f.path, fn.Name, lines, limit)
		}
		if fn.Name.Name == "init" && fn.Recv == nil && !f.test {
			t.Errorf("%s: has an init function; what a package needs, its constructor takes", f.path)
		}
	}
}

// parseAll parses every hand-written Go file of the module.
func parseAll(t *testing.T) []sourceFile {
	t.Helper()
	var files []sourceFile
	err := fs.WalkDir(os.DirFS("."), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && slices.Contains([]string{".git", "testdata", "node_modules", ".tools", ".data"}, d.Name()) {
			return fs.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(path, ".go") {
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		set := token.NewFileSet()
		parsed, err := parser.ParseFile(set, path, text, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil || ast.IsGenerated(parsed) {
			return err
		}
		files = append(files, sourceFile{
			path: path, test: strings.HasSuffix(path, "_test.go"), lines: strings.Count(string(text), "\n"), set: set, ast: parsed,
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
