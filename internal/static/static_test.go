package static_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/static"
)

func ask(c *static.Content, header ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodGet, "/", http.NoBody)
	for n := 0; n < len(header); n += 2 {
		r.Header.Add(header[n], header[n+1])
	}
	w := httptest.NewRecorder()
	c.Serve(w, r, static.Revalidate)
	return w
}

func zipped(t *testing.T, plain string) []byte {
	t.Helper()
	var z bytes.Buffer
	w := gzip.NewWriter(&z)
	if _, err := io.WriteString(w, plain); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return z.Bytes()
}

// sent is the content of an answer, decompressed.
func sent(t *testing.T, w *httptest.ResponseRecorder) string {
	t.Helper()
	var body io.Reader = w.Body
	if w.Header().Get("Content-Encoding") == "gzip" {
		z, err := gzip.NewReader(body)
		if err != nil {
			t.Fatal(err)
		}
		body = z
	}
	plain, err := io.ReadAll(body)
	if err != nil {
		t.Fatal(err)
	}
	return string(plain)
}

func TestContentIsSentInTheFormThatIsAskedFor(t *testing.T) {
	t.Parallel()
	plain := strings.Repeat("a { color: red }\n", 100)
	for form, c := range map[string]*static.Content{
		"plain":  static.New("text/css", []byte(plain)),
		"zipped": static.NewZipped("text/css", zipped(t, plain)),
	} {
		for accept, coding := range map[string]string{
			"gzip, deflate, br": "gzip", "br;q=1.0, gzip;q=0.8": "gzip", "GZIP": "gzip",
			"": "", "identity": "", "gzip;q=0": "", "gzip; q=0.000": "", "gzipped": "", "gzip;q=x": "",
		} {
			w := ask(c, "Accept-Encoding", accept)
			if got := w.Header().Get("Content-Encoding"); got != coding || sent(t, w) != plain {
				t.Errorf("%s, %q: coding %q, want %q, or other content", form, accept, got, coding)
			}
			if w.Header().Get("Vary") != "Accept-Encoding" || w.Header().Get("Content-Type") != "text/css" {
				t.Errorf("%s, %q: %v", form, accept, w.Header())
			}
			again := ask(c, "Accept-Encoding", accept, "If-None-Match", `"x", `+w.Header().Get("ETag"))
			if again.Code != http.StatusNotModified || again.Body.Len() != 0 {
				t.Errorf("%s, %q: status %d for its own ETag", form, accept, again.Code)
			}
		}
		if ask(c).Header().Get("ETag") == ask(c, "Accept-Encoding", "gzip").Header().Get("ETag") {
			t.Errorf("%s: two encodings share an ETag", form)
		}
		if ask(c, "Accept-Encoding", "br", "Accept-Encoding", "gzip").Header().Get("Content-Encoding") != "gzip" {
			t.Errorf("%s: the second line of Accept-Encoding is not read", form)
		}
		if ask(c, "If-None-Match", `"other"`).Code != http.StatusOK {
			t.Errorf("%s: another ETag matches", form)
		}
	}
}

func TestContentThatCannotShrinkIsSentPlain(t *testing.T) {
	t.Parallel()
	w := ask(static.New("text/plain", []byte("ok")), "Accept-Encoding", "gzip")
	if w.Header().Get("Content-Encoding") != "" || w.Body.String() != "ok" {
		t.Errorf("%v %q", w.Header(), w.Body)
	}
}

func TestBrokenContentIsAnError(t *testing.T) {
	t.Parallel()
	c := static.NewZipped("text/plain", []byte("not gzip"))
	if w := ask(c); w.Code != http.StatusInternalServerError || w.Header().Get("ETag") != "" {
		t.Errorf("status %d, %v", w.Code, w.Header())
	}
}
