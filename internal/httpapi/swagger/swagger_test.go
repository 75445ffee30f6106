package swagger

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"strings"
	"testing"
)

func newTestDocs(t *testing.T) *Docs {
	t.Helper()
	d, err := New([]byte(`{"openapi":"3.1.0"}`), "/docs/")
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func ask(handler http.Handler, header ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	for n := 0; n < len(header); n += 2 {
		r.Header.Set(header[n], header[n+1])
	}
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, r)
	return w
}

func TestThePageLoadsOnlyItsOwnFiles(t *testing.T) {
	t.Parallel()
	d := newTestDocs(t)
	w := ask(http.HandlerFunc(d.Page))
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
		file, ok := d.File(name)
		if !ok {
			t.Errorf("there is no %s", name)
			continue
		}
		found++
		if got := ask(file).Header().Get("Cache-Control"); got != keepForever {
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
	if _, ok := d.File("../swagger.go"); ok {
		t.Error("a file outside was found")
	}
}

func TestFilesAreSentInTheFormThatWasAskedFor(t *testing.T) {
	t.Parallel()
	zipped, err := read("swagger-ui.css", "text/css")
	if err != nil {
		t.Fatal(err)
	}
	for accept, coding := range map[string]string{
		"gzip, deflate, br": "gzip", "br;q=1.0, gzip;q=0.8": "gzip", "": "", "identity": "", "gzip;q=0": "", "gzip; q=0.000": "",
	} {
		w := ask(zipped, "Accept-Encoding", accept)
		if got := w.Header().Get("Content-Encoding"); got != coding {
			t.Errorf("%q: coding %q, want %q", accept, got, coding)
		}
		if w.Header().Get("Vary") != "Accept-Encoding" {
			t.Errorf("%q: no Vary", accept)
		}
		again := ask(zipped, "Accept-Encoding", accept, "If-None-Match", `"x", `+w.Header().Get("ETag"))
		if again.Code != http.StatusNotModified || again.Body.Len() != 0 {
			t.Errorf("%q: asked again: %d", accept, again.Code)
		}
	}
	if ask(zipped, "If-None-Match", `"other"`).Code != http.StatusOK {
		t.Error("another validator matches")
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
		var plain bytes.Buffer
		if err := unzip(&plain, f.zipped); err != nil {
			t.Fatal(err)
		}
		if sum := sha256.Sum256(plain.Bytes()); hex.EncodeToString(sum[:]) != string(row[2]) {
			t.Errorf("%s is another file than the README says", row[1])
		}
	}
}
