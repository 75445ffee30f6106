// Package deploy_test holds what stands in this folder, and the Dockerfile, to
// what the program and the engines really take. It needs no container engine
// and no cluster: it reads the files as they would, runs the real program under
// the settings that they give it, and puts the real nginx and the real systemd
// to work on their parts.
package deploy_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/pb33f/jsonschema/v6"
)

// tree is a document of YAML or JSON.
type tree = map[string]any

// needsServers leaves a test out of the quick loop, which has no servers and no
// other programs of the system.
func needsServers(t *testing.T) {
	t.Helper()
	if os.Getenv("SALLYPORT_TEST_ENGINES") == "sqlite" {
		t.Skip("SALLYPORT_TEST_ENGINES=sqlite asks for the quick loop")
	}
}

// readText reads a file of this folder.
func readText(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// documents reads a YAML file. A key that comes twice is an error.
func documents(t *testing.T, text string) []tree {
	t.Helper()
	var docs []tree
	for part := range strings.SplitSeq(text, "\n---\n") {
		var doc tree
		if err := yaml.Unmarshal([]byte(part), &doc); err != nil {
			t.Fatal(err)
		}
		docs = append(docs, plain(t, doc))
	}
	return docs
}

// plain gives doc as JSON would, so that numbers have one type.
func plain(t *testing.T, doc tree) tree {
	t.Helper()
	text, err := json.Marshal(doc)
	if err != nil {
		t.Fatal(err)
	}
	var out tree
	if err := json.Unmarshal(text, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

// at walks down a document, names of members and numbers of items, to what must
// be a T.
func at[T any](t *testing.T, v any, path ...any) T {
	t.Helper()
	for _, step := range path {
		switch s := step.(type) {
		case string:
			m, ok := v.(tree)
			if !ok {
				t.Fatalf("%v: no member %q in %T", path, s, v)
			}
			v = m[s]
		case int:
			list, ok := v.([]any)
			if !ok || s >= len(list) {
				t.Fatalf("%v: no item %d in %T", path, s, v)
			}
			v = list[s]
		}
	}
	is, ok := v.(T)
	if !ok && v != nil {
		t.Fatalf("%v: is %v", path, v)
	}
	return is
}

// texts gives a list of texts.
func texts(v any) []string {
	var out []string
	list, _ := v.([]any)
	for _, item := range list {
		s, _ := item.(string)
		out = append(out, s)
	}
	return out
}

// schema compiles one of testdata.
func schema(t *testing.T, file, part string) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(readText(t, filepath.Join("testdata", file))))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("file:///"+file, doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("file:///" + file + part)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// hold holds a document to a schema.
func hold(t *testing.T, s *jsonschema.Schema, doc tree) {
	t.Helper()
	text, err := json.Marshal(doc)
	if err != nil {
		t.Fatal(err)
	}
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Validate(v); err != nil {
		t.Error(err)
	}
}

// pinned is an image with a version that says what is in it.
var pinned = regexp.MustCompile(`^[a-z0-9./-]+:v?[0-9]+\.[0-9]+\.[0-9]+(-[a-z0-9.]+)?(@sha256:[0-9a-f]{64})?$`)

// longestStop is what a graceful stop of the program takes at most.
const longestStop = 30
