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

// The shape budget: what a newcomer can hold in their head. These are the hard
// limits; the aims are half of them.
const (
	maxFileLines     = 450 // one in ten may be longer, up to maxLongFileLines
	maxLongFileLines = 700
	maxFuncLines     = 150
	maxTestFuncLines = 200
	maxPackageLines  = 2500
	maxMethods       = 8
	maxFanOut        = 10
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
		if !f.test {
			checkDeclarations(t, f)
		}
	}
	var long, total int
	for dir, files := range packages {
		lines, commented := 0, false
		fanOut := map[string]bool{}
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
			for _, spec := range f.ast.Imports {
				if imp := strings.Trim(spec.Path.Value, `"`); strings.HasPrefix(imp, module) {
					fanOut[imp] = true
				}
			}
		}
		if lines > maxPackageLines {
			t.Errorf("%s has %d lines, more than %d", dir, lines, maxPackageLines)
		}
		if lines > 0 && !commented {
			t.Errorf("%s has no package comment", dir)
		}
		vocabulary := []string{"fault", "id", "secret", "clock", "telemetry"}
		for _, word := range vocabulary {
			delete(fanOut, module+word)
		}
		if room := strings.TrimPrefix(dir, "internal/"); room != "app" && room != dir && len(fanOut) > maxFanOut {
			t.Errorf("%s imports %d rooms, more than %d", dir, len(fanOut), maxFanOut)
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

func checkDeclarations(t *testing.T, f sourceFile) {
	t.Helper()
	ast.Inspect(f.ast, func(n ast.Node) bool {
		if i, ok := n.(*ast.InterfaceType); ok && i.Methods.NumFields() > maxMethods {
			t.Errorf("%s: an interface with %d methods, more than %d", f.set.Position(i.Pos()), i.Methods.NumFields(), maxMethods)
		}
		return true
	})
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
