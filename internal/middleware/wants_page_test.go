package middleware_test

import (
	"testing"

	"github.com/sallyport-auth/sallyport/internal/middleware"
)

func TestWantsPage(t *testing.T) {
	t.Parallel()
	for accept, want := range map[string]bool{
		"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8": true,
		"application/json":                        false,
		"application/json, text/plain, */*":       false,
		"application/json;q=0.9, text/html;q=0.8": false,
		"text/html, application/json":             true,
		"*/*":                                     true,
		"text/*":                                  true,
		"application/*":                           false,
		"application/json;q=0, */*":               true,
		"text/html;q=0, */*":                      false,
		"text/html;q=0, application/json":         false,
		"TEXT/HTML":                               true,
		"image/png":                               true,
		"text/html;q=nonsense, application/json":  false,
		"":                                        true,
	} {
		if got := middleware.WantsPage([]string{accept}); got != want {
			t.Errorf("%q: %v, want %v", accept, got, want)
		}
	}
	if !middleware.WantsPage(nil) {
		t.Error("whoever says nothing gets no page")
	}
}

func FuzzWantsPage(f *testing.F) {
	f.Add("text/html;q=0.9, */*;q=,;;,")
	f.Fuzz(func(_ *testing.T, accept string) { middleware.WantsPage([]string{accept, accept}) })
}
