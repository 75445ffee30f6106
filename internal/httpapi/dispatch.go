package httpapi

import (
	"mime"
	"net/http"
	"path"
	"slices"
	"strings"

	"github.com/sallyport-auth/sallyport/internal/middleware"
)

// dispatch parts people from programs. Pages go to people: their own paths, the
// root for whoever would rather have a page, and at the paths that mailed links
// lead to whatever a browser asks for or its form posts. Programs get the rest.
func (s *server) dispatch(api http.Handler) http.Handler {
	if s.Pages == nil {
		return api
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if forPeople(w, r) {
			s.Pages.ServeHTTP(w, r)
			return
		}
		api.ServeHTTP(w, r)
	})
}

func forPeople(w http.ResponseWriter, r *http.Request) bool {
	switch p := r.URL.Path; {
	case strings.HasPrefix(p, "/static/"), strings.HasPrefix(p, "/dev/"), strings.HasPrefix(p, "/account/"):
		return true
	case slices.Contains([]string{"/sign-in", "/sign-up", "/sign-out", "/forgot-password", "/check-mail", "/account", "/language"}, p):
		return true
	case p == "/" && (r.Method == http.MethodGet || r.Method == http.MethodHead):
		w.Header().Add("Vary", "Accept")
		return len(r.Header["Accept"]) > 0 && middleware.WantsPage(r.Header["Accept"])
	case p == "/auth/verify-email", p == "/auth/reset-password", p == "/auth/sessions/not-me":
		switch r.Method {
		case http.MethodGet, http.MethodHead:
			w.Header().Add("Vary", "Accept")
			return middleware.WantsPage(r.Header["Accept"])
		case http.MethodPost:
			kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
			return err == nil && kind == "application/x-www-form-urlencoded"
		}
	}
	return false
}

// serveAPI is the mux with problem details where it would answer in plain text,
// and without its redirects: a path that is not clean is none.
func (s *server) serveAPI(w http.ResponseWriter, r *http.Request) {
	if p := r.URL.Path; p == "" || p[0] != '/' || path.Clean(p) != p {
		s.fail(w, r, errNotFound)
		return
	}
	if handler, pattern := s.mux.Handler(r); pattern == "" {
		s.unmatched(w, r, handler)
		return
	}
	s.mux.ServeHTTP(w, r)
}

// unmatched answers for a path or a method that the mux does not know. handler
// is the mux's own answer, which knows the methods that it does know.
func (s *server) unmatched(w http.ResponseWriter, r *http.Request, handler http.Handler) {
	plain := &muted{header: http.Header{}}
	handler.ServeHTTP(plain, r)
	allow := plain.header.Get("Allow")
	if allow == "" {
		s.fail(w, r, errNotFound)
		return
	}
	w.Header().Set("Allow", allow+", OPTIONS")
	if r.Method == http.MethodOptions {
		w.WriteHeader(http.StatusNoContent)
		return
	}
	s.fail(w, r, errMethod)
}

// muted takes an answer that nobody is to see.
type muted struct{ header http.Header }

// Header is where the answer's headers go.
func (m *muted) Header() http.Header { return m.header }

// WriteHeader drops the status.
func (m *muted) WriteHeader(int) {}

// Write drops the body.
func (m *muted) Write(p []byte) (int, error) { return len(p), nil }
