package asvs

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
)

const root = "../.."

// TestEvidenceExists fails when a test or a page that an answer rests on is
// gone or has another name.
func TestEvidenceExists(t *testing.T) {
	file, err := os.Open(filepath.Join(root, "docs/specs/asvs.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := Read(file)
	if err != nil {
		t.Fatal(err)
	}
	tests := testsOf(t)
	for _, r := range rows {
		for _, e := range r.Evidence {
			if page(e) {
				if _, err := os.Stat(filepath.Join(root, e)); err != nil {
					t.Errorf("%s: %s is not there", r.ID, e)
				}
				continue
			}
			if dot := strings.LastIndex(e, "."); !tests[path.Join(e[:dot], e[dot+1:])] {
				t.Errorf("%s: there is no test %s", r.ID, e)
			}
		}
	}
}

// testsOf gives the tests of the repository, each by its folder and its name.
func testsOf(t *testing.T) map[string]bool {
	t.Helper()
	found := map[string]bool{}
	err := filepath.WalkDir(root, func(name string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(name, "_test.go") {
			return err
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		folder, err := filepath.Rel(root, filepath.Dir(name))
		if err != nil {
			return err
		}
		for _, declared := range f.Decls {
			if fn, ok := declared.(*ast.FuncDecl); ok && fn.Recv == nil {
				found[path.Join(filepath.ToSlash(folder), fn.Name.Name)] = true
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestReadRefuses(t *testing.T) {
	const head = "id,level,subject,answer,evidence,note\n"
	for name, row := range map[string]string{
		"an answer that is none":           "1.1.1,1,x,perhaps,,\n",
		"met without anything to show":     "1.1.1,1,x,met,,\n",
		"not met without a reason":         "1.1.1,1,x,no,,\n",
		"a requirement that stands twice":  "1.1.1,1,x,no,,y\n1.1.1,1,x,no,,y\n",
		"fewer rows than the standard has": "1.1.1,1,x,no,,y\n",
	} {
		if _, err := Read(strings.NewReader(head + row)); err == nil {
			t.Errorf("%s is taken", name)
		}
	}
}
