// Command gen writes what is generated into docs: the contract, the error codes,
// the manual of settings, the classes of columns and the answers to the ASVS. Run it from the root of the
// checkout.
package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/sallyport-auth/sallyport/internal/config"
	"github.com/sallyport-auth/sallyport/internal/httpapi"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/tools/asvs"
	"github.com/sallyport-auth/sallyport/tools/errordoc"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

func run() error {
	for name, generate := range map[string]func(published []byte) ([]byte, error){
		"docs/openapi.json":        func([]byte) ([]byte, error) { return httpapi.OpenAPI() },
		"docs/errors.md":           errorCodes,
		"docs/configuration.yaml":  manual,
		"docs/security/columns.md": columns,
		"docs/specs/asvs.md":       requirements,
	} {
		published, err := os.ReadFile(name)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		text, err := generate(published)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		if err := os.WriteFile(name, text, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// errorCodes refuses to unpublish a code in passing.
func errorCodes(published []byte) ([]byte, error) {
	rows, err := errordoc.Collect(os.DirFS("."))
	if err != nil {
		return nil, err
	}
	if broken := errordoc.Broken(published, rows); broken != nil {
		return nil, fmt.Errorf("codes are permanent, and these are gone or have another status: %s", strings.Join(broken, ", "))
	}
	return errordoc.Write(rows), nil
}

func manual([]byte) ([]byte, error) {
	var text bytes.Buffer
	err := config.Manual(&text)
	return text.Bytes(), err
}

// columns renders what store.Tables says.
func columns([]byte) ([]byte, error) {
	var text bytes.Buffer
	text.WriteString("# Columns\n\nGenerated from `internal/store/tables.go` by `make gen`. The classes are those of [data.md](data.md).\n")
	for _, table := range store.Tables() {
		fmt.Fprintf(&text, "\n## %s\n\nWhen a user is erased, their rows are %s.", table.Name, table.Erased)
		if len(table.Stays) > 0 {
			fmt.Fprintf(&text, " What stays: %s.", strings.Join(table.Stays, ", "))
		}
		text.WriteString("\n\n| column | class | in an export |\n|---|---|---|\n")
		for _, c := range table.Columns {
			shown := "`" + c.Export + "`"
			if c.Export == "" {
				shown = "no"
			} else if why, unshown := strings.CutPrefix(c.Export, "- "); unshown {
				shown = "no: " + why
			}
			fmt.Fprintf(&text, "| %s | %s | %s |\n", c.Name, c.Class, shown)
		}
	}
	return text.Bytes(), nil
}

// requirements renders the answers to the ASVS.
func requirements([]byte) ([]byte, error) {
	answers, err := os.Open("docs/specs/asvs.csv")
	if err != nil {
		return nil, err
	}
	defer answers.Close()
	rows, err := asvs.Read(answers)
	if err != nil {
		return nil, err
	}
	return asvs.Write(rows, "../../"), nil
}
