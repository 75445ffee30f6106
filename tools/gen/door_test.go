package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// TestGuardHasTheDoorOfTheServer: a token that the one takes, the other takes,
// because both run the same code.
func TestGuardHasTheDoorOfTheServer(t *testing.T) {
	root := filepath.Join("..", "..")
	want, err := doorFiles(root)
	if err != nil {
		t.Fatal(err)
	}
	if len(want) < 5 {
		t.Fatalf("%s has %d files", door, len(want))
	}
	there, err := os.ReadDir(filepath.Join(root, doorCopy))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range there {
		if want[file.Name()] == nil {
			t.Errorf("%s/%s is nowhere in %s: run make gen", doorCopy, file.Name(), door)
		}
	}
	for name, text := range want {
		if got, err := os.ReadFile(filepath.Join(root, doorCopy, name)); err != nil || !bytes.Equal(got, text) {
			t.Errorf("%s/%s differs from %s: run make gen (%v)", doorCopy, name, door, err)
		}
	}
}
