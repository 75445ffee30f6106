package examples_test

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestTheReadmeShowsWhatRuns finds each snippet of the project's README in the
// application of its language, line by line. Those in Go stand in a function there.
func TestTheReadmeShowsWhatRuns(t *testing.T) {
	t.Parallel()
	readme := readFile(t, "../README.md")
	first, _, found := strings.Cut(readme, "\n## ")
	if !found {
		t.Fatal("the README has no first section")
	}
	shown := map[string]bool{}
	for _, block := range regexp.MustCompile("(?s)```(python|js|go)\n(.*?)```").FindAllStringSubmatch(first, -1) {
		language, snippet := block[1], block[2]
		source := map[string]string{"python": "fastapi/main.py", "js": "express/app.js", "go": "net-http/main.go"}[language]
		shown[language] = true
		inFunction := "\t" + strings.ReplaceAll(strings.TrimSuffix(snippet, "\n"), "\n", "\n\t") + "\n"
		if text := readFile(t, source); !strings.Contains(text, "\n"+snippet) && !strings.Contains(text, "\n"+inFunction) {
			t.Errorf("%s does not have what the README shows:\n%s", source, snippet)
		}
	}
	if len(shown) != 3 {
		t.Errorf("the first screen shows %v, want three languages", shown)
	}
}

// TestEveryTutorialIsListed in the index, and is walked.
func TestEveryTutorialIsListed(t *testing.T) {
	t.Parallel()
	index := readFile(t, "README.md")
	runs, err := filepath.Glob("*/run")
	if err != nil {
		t.Fatal(err)
	}
	walked := map[string]bool{}
	for _, tut := range tutorials {
		walked[tut.folder] = true
	}
	for _, run := range runs {
		folder := filepath.Dir(run)
		if !walked[folder] || !strings.Contains(index, "]("+folder+"/README.md)") {
			t.Errorf("%s is walked: %v; the index must list it, too", folder, walked[folder])
		}
	}
	if len(runs) != len(tutorials) {
		t.Errorf("there are %d tutorials, and %d are walked", len(runs), len(tutorials))
	}
}
