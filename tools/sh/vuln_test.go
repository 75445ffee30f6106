// Package sh_test tries the scripts that the Makefile calls.
package sh_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestVulnerabilitiesAreRedAndAnUnreachableDatabaseIsNot has a program in
// govulncheck's place that ends as it does, and says what it says.
func TestVulnerabilitiesAreRedAndAnUnreachableDatabaseIsNot(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		what, says string
		ends       string
		red        bool
		warns      bool
	}{
		{"nothing found", "No vulnerabilities found.", "0", false, false},
		{"a vulnerability", "Vulnerability #1: GO-2025-0001", "3", true, false},
		{"no database", `govulncheck: fetching vulnerabilities: Get "https://vuln.go.dev/index/modules.json.gz": dial tcp: no such host`, "1", false, true},
		{"a program that does not compile", "govulncheck: loading packages: there are errors with the provided package patterns", "1", true, false},
	} {
		program := filepath.Join(t.TempDir(), "govulncheck")
		text := "#!/bin/sh\ncat <<'END'\n" + test.says + "\nEND\nexit " + test.ends + "\n"
		if err := os.WriteFile(program, []byte(text), 0o700); err != nil {
			t.Fatal(err)
		}
		out, err := exec.CommandContext(t.Context(), "./vuln", program, "./...").CombinedOutput()
		if (err != nil) != test.red || strings.Contains(string(out), "NOT CHECKED") != test.warns || !strings.Contains(string(out), test.says) {
			t.Errorf("%s: %v\n%s", test.what, err, out)
		}
	}
}
