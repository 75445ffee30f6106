package hook

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestEveryKindOfEventIsToldOrNot: whoever adds a kind of audit event decides.
func TestEveryKindOfEventIsToldOrNot(t *testing.T) {
	t.Parallel()
	file, err := parser.ParseFile(token.NewFileSet(), "../audit/kinds.go", nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok || !strings.HasPrefix(spec.Names[0].Name, "Kind") {
			return true
		}
		text, ok := spec.Values[0].(*ast.BasicLit)
		if !ok {
			t.Fatalf("%s is no text", spec.Names[0].Name)
		}
		kind, err := strconv.Unquote(text.Value)
		if err != nil {
			t.Fatal(err)
		}
		seen++
		if _, untold := Untold()[kind]; untold == known(kind) {
			t.Errorf("%s is told %v and untold %v; it must be one of them", kind, known(kind), untold)
		}
		return true
	})
	if seen != len(Kinds())+len(Untold()) {
		t.Errorf("there are %d kinds of events, and %d told and %d untold", seen, len(Kinds()), len(Untold()))
	}
}

// TestThePageHasEveryKind: docs/webhooks.md is what make gen writes.
func TestThePageHasEveryKind(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("../../docs/webhooks.md")
	if err != nil {
		t.Fatal(err)
	}
	want, err := Reference(page)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(page)); diff != "" {
		t.Errorf("run make gen: -want +got\n%s", diff)
	}
}
