package sh_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestAProgramInstalledByHandIsNotFound puts a program where somebody would who
// made a test pass by hand.
func TestAProgramInstalledByHandIsNotFound(t *testing.T) {
	t.Parallel()
	byHand, dir := t.TempDir(), filepath.Join(t.TempDir(), "path")
	if err := os.WriteFile(filepath.Join(byHand, "by-hand"), []byte("#!/bin/sh\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	needs := filepath.Join(t.TempDir(), "Makefile")
	if err := os.WriteFile(needs, []byte("test-needs:\n\t./tools/sh/need gcc libc6-dev gcc\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), "./bare-path", dir, needs)
	cmd.Env = append(os.Environ(), "PATH="+byHand+":"+os.Getenv("PATH"))
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	path := strings.TrimSpace(string(out))
	if _, err := exec.LookPath("dpkg-query"); err != nil {
		if !strings.HasPrefix(path, byHand+":") {
			t.Errorf("without dpkg the path is %s, want it as it was", path)
		}
		return
	}
	found := func(name string) bool {
		for _, folder := range filepath.SplitList(path) {
			if info, err := os.Stat(filepath.Join(folder, name)); err == nil && info.Mode()&0o111 != 0 {
				return true
			}
		}
		return false
	}
	for _, name := range []string{"sh", "sed", "awk", "go", "gcc", "ld"} { // ld is gcc's
		if !found(name) {
			t.Errorf("%s is not on the path %s", name, path)
		}
	}
	for _, name := range []string{"by-hand", "nginx", "redis-server"} {
		if found(name) {
			t.Errorf("%s is on the path, and nobody needs it", name)
		}
	}
}
