// Package security_test holds the pages of this folder to the program.
package security_test

import (
	"bufio"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const root = "../.."

// TestEveryCryptographicImportIsInTheInventory compares the table "Inventory"
// with the imports of the product.
func TestEveryCryptographicImportIsInTheInventory(t *testing.T) {
	listed := map[string][]string{}
	for _, cells := range rowsOf(t, "cryptography.md", "## Inventory") {
		listed[strings.Trim(cells[0], "`")] = fields(cells[1])
	}
	if diff := cmp.Diff(cryptographicImports(t), listed); diff != "" {
		t.Errorf("cryptography.md lists other imports than there are (-there +listed):\n%s", diff)
	}
}

func cryptographicImports(t *testing.T) map[string][]string {
	t.Helper()
	found := map[string][]string{}
	for _, folder := range []string{"cmd", "internal"} {
		err := filepath.WalkDir(filepath.Join(root, folder), func(name string, _ fs.DirEntry, err error) error {
			if err != nil || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
				return err
			}
			f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
			if err != nil {
				return err
			}
			dir, err := filepath.Rel(root, filepath.Dir(name))
			if err != nil {
				return err
			}
			dir = filepath.ToSlash(dir)
			for _, spec := range f.Imports {
				imported, err := strconv.Unquote(spec.Path.Value)
				if err != nil {
					return err
				}
				first, _, _ := strings.Cut(imported, "/")
				cryptography := first == "crypto" || strings.HasPrefix(imported, "golang.org/x/crypto/")
				if cryptography && !slices.Contains(found[dir], imported) {
					found[dir] = append(found[dir], imported)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, imports := range found {
		slices.Sort(imports)
	}
	return found
}

// rowsOf gives the cells of the first table below a heading of a page.
func rowsOf(t *testing.T, page, heading string) [][]string {
	t.Helper()
	f, err := os.Open(page)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var rows [][]string
	below := false
	for lines := bufio.NewScanner(f); lines.Scan(); {
		line := lines.Text()
		below = below || line == heading
		switch {
		case below && strings.HasPrefix(line, "|"):
			cells := strings.Split(strings.Trim(line, "|"), "|")
			for n := range cells {
				cells[n] = strings.TrimSpace(cells[n])
			}
			rows = append(rows, cells)
		case below && len(rows) > 0:
			return rows[2:] // without its head
		}
	}
	if len(rows) < 3 {
		t.Fatalf("%s has no table below %q", page, heading)
	}
	return rows[2:]
}

func fields(cell string) []string {
	var names []string
	for name := range strings.SplitSeq(cell, ",") {
		if name = strings.TrimSpace(name); name != "" {
			names = append(names, name)
		}
	}
	return names
}
