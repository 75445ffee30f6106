package httpapi

import (
	"net/http"

	"github.com/sallyport-auth/sallyport/internal/httpapi/frame"
)

// keepKeys is short: a verifier that meets an unknown kid reads the keys again
// anyway, and a key is published long before it signs.
const keepKeys = "public, max-age=300"

// getJWKS publishes the signing keys (RFC 7517 §5).
func (s *server) getJWKS(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/jwk-set+json")
	w.Header().Set("Cache-Control", keepKeys)
	_, _ = w.Write(s.Keys.JWKS())
}

func (s *server) getOpenAPI(w http.ResponseWriter, r *http.Request) { s.docs.Contract(w, r) }

func (s *server) getDocs(w http.ResponseWriter, r *http.Request) { s.docs.Page(w, r) }

func (s *server) getDocsFile(w http.ResponseWriter, r *http.Request) {
	file, ok := s.docs.File(r.PathValue("file"))
	if !ok {
		s.frame.Fail(w, r, frame.ErrNotFound)
		return
	}
	file.ServeHTTP(w, r)
}
