package httpapi

import (
	"mime"
	"net/http"
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
	case strings.HasPrefix(p, "/static/"), strings.HasPrefix(p, "/dev/"), strings.HasPrefix(p, "/account/"), strings.HasPrefix(p, "/sign-in/") && p != "/sign-in/":
		return true
	case slices.Contains([]string{"/sign-in", "/sign-up", "/sign-out", "/forgot-password", "/check-mail", "/account", "/language"}, p):
		return true
	case p == "/" && (r.Method == http.MethodGet || r.Method == http.MethodHead):
		w.Header().Add("Vary", "Accept")
		return len(r.Header["Accept"]) > 0 && middleware.WantsPage(r.Header["Accept"])
	case slices.Contains([]string{"/auth/verify-email", "/auth/reset-password", "/auth/sessions/not-me", "/auth/confirm-email", "/auth/undo-email", "/auth/magic-link"}, p):
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
