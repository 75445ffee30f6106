package main

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

// TestRelease builds the release of this machine twice and looks at it. make
// release builds all of it.
func TestRelease(t *testing.T) {
	t.Parallel()
	here := []target{{runtime.GOOS, runtime.GOARCH}}
	build := func() release {
		r := release{root: "../..", out: t.TempDir(), version: "v0.0.0-test", time: time.Unix(1700000000, 0).UTC()}
		if err := r.build(t.Context(), here); err != nil {
			t.Fatal(err)
		}
		return r
	}
	r := build()
	if err := r.check(t.Context(), here); err != nil {
		t.Fatal(err)
	}
	sums := func(r release) string {
		text, err := os.ReadFile(filepath.Join(r.out, sumsFile))
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	if first, second := sums(r), sums(build()); first != second {
		t.Errorf("two builds differ:\n%s\n%s", first, second)
	}

	// The check notices what it is for.
	for name, spoil := range map[string]func(r release) error{
		"a byte changed on the way": func(r release) error {
			return appendTo(r.archive(here[0]), " ")
		},
		"another version was asked for": func(release) error { return nil },
		"the bill is of something else": func(r release) error {
			text, err := os.ReadFile(r.bill(here[0]))
			if err == nil {
				err = os.WriteFile(r.bill(here[0]), []byte(strings.Replace(string(text), `"version": "v1.`, `"version": "v9.`, 1)), 0o600)
			}
			if err != nil {
				return err
			}
			return r.sum()
		},
	} {
		spoilt := r
		spoilt.out = t.TempDir()
		if err := os.CopyFS(spoilt.out, os.DirFS(r.out)); err != nil {
			t.Fatal(err)
		}
		if name == "another version was asked for" {
			spoilt.version = "v0.0.1"
		}
		if err := spoil(spoilt); err != nil {
			t.Fatal(err)
		}
		if err := spoilt.check(t.Context(), here); err == nil {
			t.Errorf("%s, and the check is content", name)
		}
	}
}

func appendTo(path, text string) error {
	f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	_, err = f.WriteString(text)
	return err
}

func TestVersionsThatAreNoNamesAreRefused(t *testing.T) {
	t.Parallel()
	for _, version := range []string{"", "../v1", "v1 2", "-x"} {
		if err := run(t.Context(), version, t.TempDir(), everywhere, false); err == nil || !strings.Contains(err.Error(), "version") {
			t.Errorf("%q: %v", version, err)
		}
	}
}
