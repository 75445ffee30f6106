package httpapi

import (
	"net/http"

	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/middleware"
)

// dispatch parts people from programs: the pages say what is for them, and
// programs get the rest.
func (s *server) dispatch(api http.Handler) http.Handler {
	if s.Pages == nil {
		return api
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		people, byAccept := s.Pages.For(r)
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
	if s.Pages != nil {
		if people, _ := s.Pages.For(r); people {
			s.Pages.Fail(w, r, err)
			return
		}
	}
	s.frame.Fail(w, r, err)
}

// lost answers for a path that is none: to a browser, which says that it wants a
// page, with one.
func (s *server) lost(w http.ResponseWriter, r *http.Request) {
	if s.Pages == nil || r.Method != http.MethodGet && r.Method != http.MethodHead {
		s.frame.Fail(w, r, fault.ErrNotFound)
		return
	}
	w.Header().Add("Vary", "Accept")
	if middleware.NamesPage(r.Header["Accept"]) {
		s.Pages.Fail(w, r, fault.ErrNotFound)
		return
	}
	s.frame.Fail(w, r, fault.ErrNotFound)
}
