// Command gen writes what is generated into docs: the contract, the error codes,
// the manual of settings, the classes of columns, the answers to the ASVS and the kinds of web hooks; the vectors
// that the clients test with; and the copy of the front door that guard has. Run it from the root of the checkout.
package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/sallyport-auth/sallyport/internal/config"
	"github.com/sallyport-auth/sallyport/internal/hook"
	"github.com/sallyport-auth/sallyport/internal/httpapi"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/tools/asvs"
	"github.com/sallyport-auth/sallyport/tools/errordoc"
	"github.com/sallyport-auth/sallyport/tools/vectors"
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
		"docs/webhooks.md":         hook.Reference,
		"docs/specs/asvs.md":       requirements,
		vectors.Path:               func([]byte) ([]byte, error) { return vectors.Write() },
		vectors.TokensPath:         func([]byte) ([]byte, error) { return vectors.WriteTokens() },
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
	return copyDoor(".")
}

// The front door is written once, in internal/jws, and the Go client, a module of
// its own, has a copy.
const (
	door       = "internal/jws"
	doorCopy   = "guard/internal/jws"
	doorHeader = "// Code generated from " + door + " by tools/gen. DO NOT EDIT.\n\n"
)

// copyDoor makes the copy what the original is, below the root of a checkout.
func copyDoor(root string) error {
	want, err := doorFiles(root)
	if err != nil {
		return err
	}
	there, err := os.ReadDir(filepath.Join(root, doorCopy))
	if err != nil {
		return err
	}
	for _, file := range there {
		if want[file.Name()] == nil {
			if err := os.Remove(filepath.Join(root, doorCopy, file.Name())); err != nil {
				return err
			}
		}
	}
	for name, text := range want {
		if err := os.WriteFile(filepath.Join(root, doorCopy, name), text, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// doorFiles gives the files that the copy must have, by name.
func doorFiles(root string) (map[string][]byte, error) {
	sources, err := filepath.Glob(filepath.Join(root, door, "*.go"))
	if err != nil {
		return nil, err
	}
	files := map[string][]byte{}
	for _, source := range sources {
		if strings.HasSuffix(source, "_test.go") {
			continue
		}
		text, err := os.ReadFile(source)
		if err != nil {
			return nil, err
		}
		files[filepath.Base(source)] = append([]byte(doorHeader), text...)
	}
	return files, nil
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
