package swagger

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/static"
)

func newTestDocs(t *testing.T) *Docs {
	t.Helper()
	d, err := New([]byte(`{"openapi":"3.1.0"}`), "/docs/")
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestThePageLoadsOnlyItsOwnFiles(t *testing.T) {
	t.Parallel()
	d := newTestDocs(t)
	w := httptest.NewRecorder()
	d.Page(w, httptest.NewRequest(http.MethodGet, "/docs", nil))
	page := w.Body.String()
	links := regexp.MustCompile(`(?:src|href)="([^"]+)"`).FindAllStringSubmatch(page, -1)
	found := 0
	for _, link := range links {
		name, ok := strings.CutPrefix(link[1], "/docs/")
		if !ok {
			if link[1] != "data:," && link[1] != "/openapi.json" {
				t.Errorf("the page names %s", link[1])
			}
			continue
		}
		w := httptest.NewRecorder()
		if !d.File(w, httptest.NewRequest(http.MethodGet, link[1], nil), name) {
			t.Errorf("there is no %s", name)
			continue
		}
		found++
		if got := w.Header().Get("Cache-Control"); got != static.Forever {
			t.Errorf("%s: %q", name, got)
		}
	}
	if found != 5 {
		t.Errorf("the page names %d files of ours", found)
	}
	if strings.Contains(page, "<script>") || strings.Contains(page, "style=") || strings.Contains(page, "{{") {
		t.Error("the page has inline script or style, or an unknown file")
	}
	if got := w.Header().Get("Content-Security-Policy"); !strings.Contains(got, "script-src 'self';") || strings.Contains(got, "unsafe") {
		t.Errorf("the policy is %q", got)
	}
	if d.File(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/", nil), "../swagger.go") {
		t.Error("a file outside was found")
	}
}

// TestFilesAreWhatTheReadmeSays compares the embedded files with the sums of the
// package that they came from.
func TestFilesAreWhatTheReadmeSays(t *testing.T) {
	t.Parallel()
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	rows := regexp.MustCompile(`\| (\S+) \| ([0-9a-f]{64}) \|`).FindAllSubmatch(readme, -1)
	if len(rows) != 2 {
		t.Fatalf("%d files in the table", len(rows))
	}
	for _, row := range rows {
		f, err := read(string(row[1]), "")
		if err != nil {
			t.Fatal(err)
		}
		plain, err := f.Plain()
		if err != nil {
			t.Fatal(err)
		}
		if sum := sha256.Sum256(plain); hex.EncodeToString(sum[:]) != string(row[2]) {
			t.Errorf("%s is another file than the README says", row[1])
		}
	}
}
