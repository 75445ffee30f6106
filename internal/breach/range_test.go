package breach

import (
	"crypto/sha1"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

func serve(t *testing.T, answer http.HandlerFunc) *Range {
	t.Helper()
	server := httptest.NewServer(answer)
	t.Cleanup(server.Close)
	r := NewRange(server.URL + "/range")
	t.Cleanup(func() { _ = r.Close() })
	return r
}

// others are the rest of a range, and padding.
const others = "0018A45C4D1DEF81644B54AB7F969B88D65:10\r\n00D4F6E8FA6EECAD2A3AA415EEC418D38EC:0\r\n"

func TestARangeIsAskedWithFiveDigits(t *testing.T) {
	t.Parallel()
	sum := sha1.Sum([]byte("password"))
	rest := spell(sum)[told:]
	for name, test := range map[string]struct {
		answer string
		want   bool
	}{
		"listed":                    {others + rest + ":52256179", true},
		"listed, with LF":           {rest + ":1\n" + strings.ReplaceAll(others, "\r", ""), true},
		"listed in lower case":      {strings.ToLower(rest) + ":3\r\n", true},
		"not listed":                {others, false},
		"a padding that is the sum": {others + rest + ":0\r\n", false},
	} {
		r := serve(t, func(w http.ResponseWriter, r *http.Request) {
			if r.Method != http.MethodGet || r.URL.String() != "/range/5BAA6" || r.Header.Get("Add-Padding") != "true" ||
				r.UserAgent() != "Sallyport" || r.ContentLength > 0 {
				t.Errorf("%s: %s %s %v", name, r.Method, r.URL, r.Header)
			}
			_, _ = io.WriteString(w, test.answer)
		})
		if found, err := r.Has(t.Context(), sum); err != nil || found != test.want {
			t.Errorf("%s: %v, %v", name, found, err)
		}
		if err := r.Check(t.Context()); (err == nil) != test.want {
			t.Errorf("%s: the check says %v", name, err)
		}
	}
}

// TestWhatIsNoRangeIsAnError has answers from which nothing can be learned: no
// password passes by them.
func TestWhatIsNoRangeIsAnError(t *testing.T) {
	t.Parallel()
	for name, answer := range map[string]http.HandlerFunc{
		"nothing": func(http.ResponseWriter, *http.Request) {},
		"a page": func(w http.ResponseWriter, _ *http.Request) {
			_, _ = io.WriteString(w, "<html>Sign in to the network</html>")
		},
		"a line that is cut": func(w http.ResponseWriter, _ *http.Request) {
			_, _ = io.WriteString(w, others+"011053FD0102E94D6AE2F8B83D7")
		},
		"not there":         http.NotFound,
		"too many requests": func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTooManyRequests) },
		"a redirect":        func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/elsewhere", http.StatusFound) },
		"an answer cut short": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "9999")
			_, _ = io.WriteString(w, others)
		},
		"an endless answer": func(w http.ResponseWriter, _ *http.Request) {
			for range maxAnswer/len(others) + 2 {
				_, _ = io.WriteString(w, others)
			}
		},
	} {
		if found, err := serve(t, answer).Has(t.Context(), sha1.Sum([]byte("password"))); err == nil || found {
			t.Errorf("%s: %v, %v", name, found, err)
		} else if strings.Contains(strings.ToUpper(err.Error()), "5BAA6") {
			t.Errorf("%s: the error tells of the sum: %v", name, err)
		}
	}
}

func TestASilentServiceIsGivenUpOnInTime(t *testing.T) {
	t.Parallel()
	quit := make(chan struct{})
	r := serve(t, func(w http.ResponseWriter, r *http.Request) {
		_, _ = fmt.Fprint(w, others)
		_ = http.NewResponseController(w).Flush()
		select {
		case <-quit:
		case <-r.Context().Done():
		}
	})
	defer close(quit)
	began := time.Now()
	if _, err := r.Has(t.Context(), sha1.Sum([]byte("password"))); err == nil {
		t.Error("no error")
	}
	if took := time.Since(began); took > 2*time.Second+answerWithin {
		t.Errorf("given up after %s", took)
	}
	gone := httptest.NewServer(nil)
	gone.Close()
	if _, err := NewRange(gone.URL).Has(t.Context(), sha1.Sum([]byte("password"))); err == nil {
		t.Error("nobody there: no error")
	}
}
