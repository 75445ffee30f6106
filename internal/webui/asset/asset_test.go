package asset

import (
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"testing"
)

func TestAssetsAreKeptForGoodUnderAHashedName(t *testing.T) {
	t.Parallel()
	all, err := Load(os.DirFS("../frame/static"))
	if err != nil {
		t.Fatal(err)
	}
	ask := func(path string, header ...string) *httptest.ResponseRecorder {
		r := httptest.NewRequest(http.MethodGet, path, http.NoBody)
		for i := 0; i+1 < len(header); i += 2 {
			r.Header.Set(header[i], header[i+1])
		}
		w := httptest.NewRecorder()
		if !all.Serve(w, r) {
			w.WriteHeader(http.StatusNotFound)
		}
		return w
	}
	for name, a := range all {
		w := ask(a.url)
		if w.Code != http.StatusOK || w.Body.String() != string(a.plain) {
			t.Errorf("%s: status %d or wrong content", name, w.Code)
		}
		if got := w.Header().Get("Cache-Control"); got != "public, max-age=31536000, immutable" {
			t.Errorf("%s: Cache-Control is %q", name, got)
		}
		again := ask(a.url, "If-None-Match", w.Header().Get("ETag"))
		if again.Code != http.StatusNotModified || again.Body.Len() != 0 {
			t.Errorf("%s: status %d for its own ETag", name, again.Code)
		}
	}
	css := all["sallyport.css"]
	w := ask(css.url, "Accept-Encoding", "br, gzip;q=0.5")
	if w.Header().Get("Content-Encoding") != "gzip" || w.Header().Get("Vary") != "Accept-Encoding" {
		t.Errorf("not zipped: %v", w.Header())
	}
	if plain := ask(css.url).Header().Get("ETag"); plain == w.Header().Get("ETag") {
		t.Error("two encodings share an ETag")
	}
	z, err := gzip.NewReader(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	if b, err := io.ReadAll(z); err != nil || string(b) != string(css.plain) {
		t.Errorf("unzipped content differs (%v)", err)
	}
	for _, refusal := range []string{"", "identity", "gzip;q=0", "gzip; q=0.0", "gzipped", "gzip;q=x"} {
		if acceptsGzip(refusal) {
			t.Errorf("%q gets gzip", refusal)
		}
	}
}
