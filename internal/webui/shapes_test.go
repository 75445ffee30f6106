package webui

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/sallyport-auth/sallyport/internal/roomtest"
	"github.com/sallyport-auth/sallyport/internal/webui/asset"
	"github.com/sallyport-auth/sallyport/internal/webui/frame"
	"github.com/sallyport-auth/sallyport/internal/words"
)

func TestTemplatesOfTheOperatorTakeThePlaceOfOurs(t *testing.T) {
	t.Parallel()
	s := opened(t, func(o *Options) {
		o.Templates = fstest.MapFS{
			"sign-in.html": {Data: []byte(`{{define "main"}}<main><h1>{{.Heading}}</h1><p>Ahoy</p>{{template "form" .Form}}</main>{{end}}`)},
			"README.txt":   {Data: []byte("notes")},
		}
	})
	s.get(t, signInPath).want(t, http.StatusOK, "<p>Ahoy</p>")
	s.get(t, signUpPath).want(t, http.StatusOK, "Create an account")
}

// TestEveryTemplateOfOursWorks tries them as a start with an operator's folder does.
func TestEveryTemplateOfOursWorks(t *testing.T) {
	t.Parallel()
	opened(t, func(o *Options) { o.Templates = fstest.MapFS{} })
}

func TestATemplateThatDoesNotWorkSaysWhere(t *testing.T) {
	t.Parallel()
	h := roomtest.New(t)
	for name, test := range map[string]struct{ file, text, says string }{
		"it does not parse":                      {"sign-in.html", "{{define \"main\"}}\n<p>{{if}}</p>{{end}}", "sign-in.html:2"},
		"it names an unknown field":              {"sign-up.html", "{{define \"main\"}}\n\n<p>{{.Passwort}}</p>{{end}}", "sign-up.html:3"},
		"it names a field of another page":       {"sign-up.html", "{{define \"main\"}}<p>{{.Email}}</p>{{end}}", "sign-up.html:1"},
		"it names an unknown field for the rest": {"sign-in.html", "{{define \"main\"}}{{if .SignUp}}{{else}}\n{{.Passwort}}{{end}}{{end}}", "sign-in.html:2"},
		"it names an unknown asset":              {"account.html", "{{define \"main\"}}\n<img src=\"{{asset \"x.png\"}}\">{{end}}", "account.html:2"},
		"it breaks out of its markup":            {"notice.html", "{{define \"main\"}}\n<a href=\"{{.Heading}}{{if .Retry}}\"{{end}}></a>{{end}}", "notice.html:2"},
		"the layout is broken":                   {"layout.html", "{{define \"layout\"}}{{.Nothing}}{{end}}", "layout.html:1"},
		"it takes nobody's place":                {"signin.html", "", "signin.html"},
	} {
		o := Options{
			Options: frame.Options{
				Rooms: h.Pages(), Limits: h.Limits, Log: slog.New(slog.DiscardHandler),
				PublicURL: "http://localhost", Templates: fstest.MapFS{test.file: {Data: []byte(test.text)}},
			},
			Clock: h.Clock,
		}
		_, err := New(o)
		if err == nil || !strings.Contains(err.Error(), test.says) {
			t.Errorf("%s: %v, want an error that names %s", name, err, test.says)
		}
	}
}

func TestTheBrandIsShown(t *testing.T) {
	t.Parallel()
	s := opened(t, func(o *Options) {
		o.Brand = map[string][]byte{"logo.svg": []byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`), "brand.css": []byte(":root{--accent:#b00020}")}
		o.Product = `A & <B>`
	})
	p := s.get(t, signInPath).want(t, http.StatusOK, "<span>A &amp; &lt;B&gt;</span>")
	files := 0
	for part := range strings.SplitSeq(p.text, `"`) {
		if !strings.HasPrefix(part, asset.Prefix+"logo.") && !strings.HasPrefix(part, asset.Prefix+"brand.") {
			continue
		}
		files++
		f := s.get(t, part).want(t, http.StatusOK, "")
		if !strings.Contains(f.Header.Get("Cache-Control"), "immutable") || !strings.Contains(f.Header.Get("Content-Security-Policy"), "default-src 'none'") {
			t.Errorf("%s: %v", part, f.Header)
		}
	}
	if files != 2 {
		t.Errorf("%d files of the brand are named, want 2:\n%s", files, p.text)
	}
}

// A template is parsed when its page is first shown, which may be by many at once.
func TestPagesAreFirstShownToManyAtOnce(t *testing.T) {
	t.Parallel()
	s := opened(t)
	var visits sync.WaitGroup
	for _, path := range []string{signInPath, signUpPath, forgotPath, signOutPath, "/nothing", signInPath, signUpPath} {
		for _, language := range words.Languages() {
			visits.Go(func() {
				r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil)
				r.Header.Set("Accept-Language", language)
				w := httptest.NewRecorder()
				s.Config.Handler.ServeHTTP(w, r)
				if !strings.Contains(w.Body.String(), `<html lang="`+language+`"`) || !strings.Contains(w.Body.String(), "</html>") {
					t.Errorf("%s in %s: %d\n%s", path, language, w.Code, w.Body)
				}
			})
		}
	}
	visits.Wait()
}
