package sallyport_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestArchitectureNamesEveryRoom and nothing that is not there.
func TestArchitectureNamesEveryRoom(t *testing.T) {
	const page = "docs/architecture.md"
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	_, rooms, found := strings.Cut(string(text), "## Every room")
	if !found {
		t.Fatalf("%s has no list of rooms", page)
	}
	for _, line := range floors {
		for room := range strings.FieldsSeq(line) {
			if !strings.Contains(rooms, "`internal/"+room+"`") && !strings.Contains(rooms, "`"+room+"`") {
				t.Errorf("%s does not say what %s is for", page, room)
			}
		}
	}
	for _, row := range regexp.MustCompile(`\]\(([^)#:]+)\)(.*)`).FindAllStringSubmatch(string(text), -1) {
		place := filepath.Join("docs", row[1])
		if _, err := os.Stat(place); err != nil {
			t.Errorf("%s leads to %s, which is not there", page, row[1])
		}
		for _, name := range regexp.MustCompile("`([a-z_]+\\.go)`").FindAllStringSubmatch(row[2], -1) {
			if _, err := os.Stat(filepath.Join(filepath.Dir(place), name[1])); err != nil {
				t.Errorf("%s names %s beside %s, which is not there", page, name[1], row[1])
			}
		}
	}
}

// TestDecisionsAreNumberedOnce in the name and in the heading, without gaps.
func TestDecisionsAreNumberedOnce(t *testing.T) {
	pages, err := filepath.Glob("docs/decisions/*.md")
	if err != nil || len(pages) == 0 {
		t.Fatal("there are no decisions", err)
	}
	for n, page := range pages {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		if number := n + 1; !strings.HasPrefix(filepath.Base(page), fmt.Sprintf("%04d-", number)) || !strings.HasPrefix(string(text), fmt.Sprintf("# %d. ", number)) {
			t.Errorf("%s is not decision %d by its name and its heading", page, number)
		}
	}
}
