package asset

import (
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
		if plain, err := a.content.Plain(); err != nil || w.Code != http.StatusOK || w.Body.String() != string(plain) {
			t.Errorf("%s: status %d or wrong content", name, w.Code)
		}
		if got := w.Header().Get("Cache-Control"); got != "public, max-age=31536000, immutable" {
			t.Errorf("%s: Cache-Control is %q", name, got)
		}
		if again := ask(a.url, "If-None-Match", w.Header().Get("ETag")); again.Code != http.StatusNotModified {
			t.Errorf("%s: status %d for its own ETag", name, again.Code)
		}
	}
	if got := ask(Prefix + "sallyport.0000000000000000.css").Header().Get("Cache-Control"); got != "no-cache" {
		t.Errorf("the file of another version: Cache-Control is %q", got)
	}
	if w := ask(Prefix + "other.css"); w.Code != http.StatusNotFound {
		t.Errorf("a file that is not there: status %d", w.Code)
	}
}
