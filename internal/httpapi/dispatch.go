package httpapi

import (
	"mime"
	"net/http"
	"slices"
	"strings"

	"github.com/sallyport-auth/sallyport/internal/httpapi/frame"
	"github.com/sallyport-auth/sallyport/internal/link"
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
		people, byAccept := forPeople(r)
		if byAccept {
			w.Header().Add("Vary", "Accept")
		}
		if people {
			s.Pages.ServeHTTP(w, r)
			return
		}
		api.ServeHTTP(w, r)
	})
}

// fail answers a request that stopped before or in a handler in the form of
// whoever sent it: a person gets a page.
func (s *server) fail(w http.ResponseWriter, r *http.Request, err error) {
	if people, _ := forPeople(r); people && s.Pages != nil {
		s.Pages.Fail(w, r, err)
		return
	}
	s.frame.Fail(w, r, err)
}

// lost answers for a path that is none: to a browser, which says that it wants a
// page, with one.
func (s *server) lost(w http.ResponseWriter, r *http.Request) {
	if s.Pages == nil || r.Method != http.MethodGet && r.Method != http.MethodHead {
		s.frame.Fail(w, r, frame.ErrNotFound)
		return
	}
	w.Header().Add("Vary", "Accept")
	if middleware.NamesPage(r.Header["Accept"]) {
		s.Pages.Fail(w, r, frame.ErrNotFound)
		return
	}
	s.frame.Fail(w, r, frame.ErrNotFound)
}

// forPeople reports whether a request is for pages, and whether its Accept header
// decided that.
func forPeople(r *http.Request) (yes, byAccept bool) {
	looks := r.Method == http.MethodGet || r.Method == http.MethodHead
	switch p := r.URL.Path; {
	case strings.HasPrefix(p, "/static/"), strings.HasPrefix(p, "/dev/"), strings.HasPrefix(p, "/account/"), strings.HasPrefix(p, "/sign-in/") && p != "/sign-in/":
		return true, false
	case slices.Contains([]string{"/sign-in", "/sign-up", "/sign-out", "/forgot-password", "/check-mail", "/account", "/language", "/.well-known/change-password"}, p):
		return true, false
	case p == "/" && looks:
		return len(r.Header["Accept"]) > 0 && middleware.WantsPage(r.Header["Accept"]), true
	case slices.Contains(link.Paths(), p):
		if looks {
			return middleware.WantsPage(r.Header["Accept"]), true
		}
		kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
		return r.Method == http.MethodPost && err == nil && kind == "application/x-www-form-urlencoded", false
	}
	return false, false
}
