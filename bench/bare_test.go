package main

import (
	"os"
	"path/filepath"
	"testing"
)

// TestTheBareVerifierTakesItsToken keeps the bench working, which nothing else
// runs in CI.
func TestTheBareVerifierTakesItsToken(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	v, err := newVerifier(t.Context(), dir, false)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(filepath.Join(dir, "token"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := v.Verify(t.Context(), string(raw)); err != nil {
		t.Error(err)
	}
}
