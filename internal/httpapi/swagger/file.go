package swagger

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/sallyport-auth/sallyport/internal/secret"
)

// How long answers may be kept.
const (
	keepForever = "public, max-age=31536000, immutable"
	// revalidate: keep it, but ask whether it is still the same.
	revalidate = "no-cache"
)

// file is an answer that does not depend on the request. It is kept plain or
// compressed.
type file struct {
	kind    string
	plain   []byte
	zipped  []byte
	etag    string
	caching string
}

func newFile(kind string, plain []byte) *file {
	return &file{kind: kind, plain: plain, etag: etag(plain), caching: revalidate}
}

// etag is a strong validator (RFC 9110 §8.8.3).
func etag(body []byte) string {
	sum := sha256.Sum256(body)
	return `"` + secret.Encode(sum[:12]) + `"`
}

// ServeHTTP answers with the form that the client understands, or with 304 if
// it has it already.
func (f *file) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Cache-Control", f.caching)
	zip := f.zipped != nil && acceptsGzip(r)
	tag := f.etag
	if f.zipped != nil {
		h.Add("Vary", "Accept-Encoding")
		if zip {
			tag = strings.TrimSuffix(tag, `"`) + `-gzip"`
		}
	}
	h.Set("ETag", tag)
	if matches(r.Header.Get("If-None-Match"), tag) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	h.Set("Content-Type", f.kind)
	switch {
	case zip:
		h.Set("Content-Encoding", "gzip")
		_, _ = w.Write(f.zipped)
	case f.plain != nil:
		_, _ = w.Write(f.plain)
	default:
		_ = unzip(w, f.zipped)
	}
}

func unzip(w io.Writer, zipped []byte) error {
	reader, err := gzip.NewReader(bytes.NewReader(zipped))
	if err != nil {
		return fmt.Errorf("open embedded file: %w", err)
	}
	_, err = io.Copy(w, reader) //nolint:gosec // our own file
	return err
}

// matches reports whether an If-None-Match names tag (RFC 9110 §13.1.2).
func matches(header, tag string) bool {
	for field := range strings.SplitSeq(header, ",") {
		if field = strings.TrimPrefix(strings.TrimSpace(field), "W/"); field == tag || field == "*" {
			return true
		}
	}
	return false
}

func acceptsGzip(r *http.Request) bool {
	for _, line := range r.Header["Accept-Encoding"] {
		for field := range strings.SplitSeq(line, ",") {
			coding, parameters, _ := strings.Cut(strings.TrimSpace(field), ";")
			if strings.TrimSpace(coding) == "gzip" {
				parameters = strings.ReplaceAll(parameters, " ", "")
				return !strings.HasPrefix(parameters, "q=0") || strings.Trim(parameters, "q=0.") != ""
			}
		}
	}
	return false
}
