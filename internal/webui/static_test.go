package webui

import (
	"net/http"
	"strings"
	"testing"
)

func TestAnAssetOfAnotherVersionIsNotKept(t *testing.T) {
	t.Parallel()
	s := opened(t)
	for _, path := range []string{"/static/sallyport.0123456789abcdef.css", "/static/sallyport.css"} {
		p := s.get(t, path).want(t, http.StatusOK, ":root")
		if got := p.Header.Get("Cache-Control"); got != "no-cache" {
			t.Errorf("%s: Cache-Control is %q", path, got)
		}
	}
	for _, path := range []string{"/static/", "/static/nothing.css", "/static/sallyport", "/static/sallyport.js", "/static/..%2fwebui.go"} {
		if p := s.get(t, path); p.StatusCode != http.StatusNotFound || strings.Contains(p.text, ":root") {
			t.Errorf("%s answers %d", path, p.StatusCode)
		}
	}
}
