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

func TestNamesPage(t *testing.T) {
	t.Parallel()
	for accept, want := range map[string]bool{
		"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8": true,
		"TEXT/HTML;q=0.5":                         true,
		"text/html, application/json":             true,
		"application/json;q=0.9, text/html;q=0.8": false,
		"application/json":                        false,
		"*/*":                                     false,
		"text/*":                                  false,
		"text/html;q=0, text/plain":               false,
		"image/png":                               false,
		"":                                        false,
	} {
		if got := middleware.NamesPage([]string{accept}); got != want {
			t.Errorf("%q: %v, want %v", accept, got, want)
		}
	}
	if middleware.NamesPage(nil) || !middleware.NamesPage([]string{"image/png", "text/html"}) {
		t.Error("the header is read by its first line alone, or where there is none")
	}
}

func FuzzWantsPage(f *testing.F) {
	f.Add("text/html;q=0.9, */*;q=,;;,")
	f.Fuzz(func(_ *testing.T, accept string) { middleware.WantsPage([]string{accept, accept}) })
}
