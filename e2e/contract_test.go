package e2e_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/apptest"
	"github.com/sallyport-auth/sallyport/internal/fleet/fleettest"
	"github.com/sallyport-auth/sallyport/internal/soaktest"
)

const (
	contract      = "docs/openapi.json"
	contractTools = "e2e/contract"
	// python is the environment that `make test` installs
	// e2e/contract/requirements.txt into.
	python = ".tools/contract/bin"
	// codegen makes Go of the contract; `make test` builds it.
	codegen = ".tools/oapi-codegen-v2.8.2"
	// nimbus is the folder of the library that e2e/contract/nimbus/pom.xml names.
	nimbus = ".tools/nimbus-10.9.1"
	// contractPatience bounds one tool. Each takes less than a minute on two cores
	// that have nothing else to do.
	contractPatience = 10 * time.Minute
)

// needContractTools skips in the quick loop, and in the clustered form, where
// the contract is the same.
func needContractTools(t *testing.T) {
	t.Helper()
	switch {
	case len(fleettest.Servers(t)) == 0:
		t.Skip("the quick loop has neither npm nor Python")
	case clusteredForm():
		t.Skip("the contract does not depend on the form")
	}
	for _, file := range []string{contractTools + "/node_modules/.bin/redocly", python + "/schemathesis", codegen, nimbus} {
		if _, err := os.Stat(filepath.Join("..", file)); err != nil {
			t.Fatalf("what reads the contract is not installed (%v): make test-needs", err)
		}
	}
}

// contractTool runs a program in a folder, and gives what it said.
func contractTool(t *testing.T, dir string, env []string, name string, args ...string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), contractPatience)
	defer cancel()
	run := exec.CommandContext(ctx, name, args...)
	run.Dir = dir
	// Nothing is told to anybody, or asked of anybody but the server.
	run.Env = append(append(os.Environ(), "REDOCLY_TELEMETRY=off", "REDOCLY_SUPPRESS_UPDATE_NOTICE=true", "PYTHONDONTWRITEBYTECODE=1"), env...)
	said, err := run.CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", strings.Join(run.Args, " "), err, said)
	}
	return string(said)
}

func npmTool(name string) string { return "./" + contractTools + "/node_modules/.bin/" + name }

func TestTheContractPassesTheLintersOfOthers(t *testing.T) {
	t.Parallel()
	needContractTools(t)
	contractTool(t, "..", nil, npmTool("redocly"), "lint", contract, "--config", contractTools+"/redocly.yaml")
	contractTool(t, "..", nil, npmTool("spectral"), "lint", contract, "--ruleset", contractTools+"/spectral.yaml", "--fail-severity", "warn")
}

// TestClientsMadeOfTheContractWalk from sign-up to logout: generated from the
// contract alone, compiled, and held to the real server.
func TestClientsMadeOfTheContractWalk(t *testing.T) {
	t.Parallel()
	needContractTools(t)
	w := &world{}
	w.start(t, apptest.Options{})
	finished := func(said string) {
		t.Helper()
		if !strings.HasSuffix(said, "done\n") {
			t.Errorf("the walk did not reach its end: %s", said)
		}
	}
	t.Run("TypeScript", func(t *testing.T) {
		t.Parallel()
		dir := typeScript(t)
		contractTool(t, "..", nil, npmTool("openapi-typescript"), contract, "-o", filepath.Join(dir, "out/contract.d.ts"))
		contractTool(t, "..", nil, npmTool("tsc"), "-p", dir)
		finished(contractTool(t, "..", nil, "node", filepath.Join(dir, "out/walk.js"), w.URL, address(t, 1)))
	})
	t.Run("Python", func(t *testing.T) {
		t.Parallel()
		dir := t.TempDir()
		contractTool(t, "..", nil, python+"/openapi-python-client", "generate", "--path", contract, "--output-path", filepath.Join(dir, "sallyport_client"),
			"--meta", "none", "--config", contractTools+"/python-client.yaml", "--fail-on-warning")
		contractTool(t, "..", nil, python+"/python", "-m", "compileall", "-q", dir)
		finished(contractTool(t, "..", []string{"PYTHONPATH=" + dir}, python+"/python", contractTools+"/walk.py", w.URL, address(t, 2)))
	})
	t.Run("Go", func(t *testing.T) {
		t.Parallel()
		dir := copied(t, "go/walk.go", "go/go.mod", "go/go.sum")
		if err := os.Mkdir(filepath.Join(dir, "client"), 0o700); err != nil {
			t.Fatal(err)
		}
		contractTool(t, "..", nil, "./"+codegen, "-package", "client", "-generate", "types,client", "-o", filepath.Join(dir, "client/client.go"), contract)
		contractTool(t, dir, nil, "go", "build", "-o", "walk", ".")
		finished(contractTool(t, dir, nil, "./walk", w.URL, address(t, 3)))
	})
}

// copied is a folder with files of contract.
func copied(t *testing.T, files ...string) string {
	t.Helper()
	dir := t.TempDir()
	for _, file := range files {
		text, err := os.ReadFile(filepath.Join("contract", file))
		if err == nil {
			err = os.WriteFile(filepath.Join(dir, filepath.Base(file)), text, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// typeScript makes a folder with the walk, beside the packages it needs.
func typeScript(t *testing.T) string {
	t.Helper()
	dir := copied(t, "walk.ts", "tsconfig.json", "package.json")
	packages, err := filepath.Abs("contract/node_modules")
	if err == nil {
		err = os.Symlink(packages, filepath.Join(dir, "node_modules"))
	}
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// TestSchemathesisFindsNothing that contract/schemathesis.toml does not list with
// a reason: every answer has a status and a body that the contract describes,
// whatever is sent.
func TestSchemathesisFindsNothing(t *testing.T) {
	t.Parallel()
	needContractTools(t)
	w := &world{}
	w.start(t, apptest.Options{Env: []string{"SALLYPORT_RATE_LIMITS=off", "SALLYPORT_MAGIC_LINK=both"}})
	examples := 5
	if soaktest.Soaking() {
		examples = 100
	}
	soaktest.Report(t, "examples-per-operation-at-most", examples)
	root, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	// It keeps what it found in the folder where it runs, for the next time.
	contractTool(t, t.TempDir(), nil, filepath.Join(root, python, "schemathesis"), "--config-file", filepath.Join(root, contractTools, "schemathesis.toml"),
		"run", w.URL+"/openapi.json", "--checks", "all", "--phases", "examples,coverage,fuzzing", "--max-examples", strconv.Itoa(examples),
		"--generation-deterministic", "--no-color")
}
