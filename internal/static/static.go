// Package static answers with content that does not depend on the request: the
// files of pages, the contract, the documentation.
//
// Content is sent compressed where the client accepts gzip and it saves
// anything. Each encoding has an ETag of its own, made from the content, so that
// a client that has it already is answered 304 (RFC 9110 §8.8.3, §15.4.5). The
// other encoding is made on the first request for it, and kept.
package static

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

// How long answers may be kept.
const (
	// Forever is for addresses that change with the content.
	Forever = "public, max-age=31536000, immutable"
	// Revalidate lets it be kept, and asked for again each time.
	Revalidate = "no-cache"
)

// Content is what is sent. It is safe for concurrent use.
type Content struct {
	contentType string
	hash        string
	plain       func() ([]byte, error)
	zipped      func() ([]byte, error) // nil bytes where it saves nothing
}

// New makes an answer of plain content.
func New(contentType string, plain []byte) *Content {
	return &Content{
		contentType: contentType, hash: hashOf(plain),
		plain:  func() ([]byte, error) { return plain, nil },
		zipped: sync.OnceValues(func() ([]byte, error) { return zip(plain) }),
	}
}

// NewZipped makes an answer of content that gzip has compressed.
func NewZipped(contentType string, zipped []byte) *Content {
	return &Content{
		contentType: contentType, hash: hashOf(zipped),
		plain:  sync.OnceValues(func() ([]byte, error) { return unzip(zipped) }),
		zipped: func() ([]byte, error) { return zipped, nil },
	}
}

func hashOf(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:8])
}

// zip gives nothing if compressed content is no shorter.
func zip(plain []byte) ([]byte, error) {
	var z bytes.Buffer
	w := gzip.NewWriter(&z)
	_, err := w.Write(plain)
	if err = errors.Join(err, w.Close()); err != nil {
		return nil, fmt.Errorf("compress: %w", err)
	}
	if z.Len() >= len(plain) {
		return nil, nil
	}
	return z.Bytes(), nil
}

func unzip(zipped []byte) ([]byte, error) {
	r, err := gzip.NewReader(bytes.NewReader(zipped))
	if err != nil {
		return nil, fmt.Errorf("decompress: %w", err)
	}
	plain, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("decompress: %w", err)
	}
	return plain, nil
}

// Hash names the content, in hexadecimal digits.
func (c *Content) Hash() string { return c.hash }

// Plain gives the content as it is without compression. It fails for what gzip
// has not compressed.
func (c *Content) Plain() ([]byte, error) { return c.plain() }

// Serve answers with the content, or 500 if it cannot be decompressed. caching is
// Forever or Revalidate.
func (c *Content) Serve(w http.ResponseWriter, r *http.Request, caching string) {
	body, coding, err := c.negotiate(r.Header["Accept-Encoding"])
	if err != nil {
		http.Error(w, http.StatusText(http.StatusInternalServerError), http.StatusInternalServerError)
		return
	}
	h := w.Header()
	h.Set("Content-Type", c.contentType)
	h.Add("Vary", "Accept-Encoding")
	h.Set("Cache-Control", caching)
	etag := c.hash
	if coding != "" {
		h.Set("Content-Encoding", coding)
		etag += "-" + coding
	}
	h.Set("ETag", `"`+etag+`"`)
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(body))
}

// negotiate chooses what a client gets.
func (c *Content) negotiate(accept []string) (body []byte, coding string, err error) {
	if acceptsGzip(accept) {
		if body, err = c.zipped(); err != nil || body != nil {
			return body, "gzip", err
		}
	}
	body, err = c.plain()
	return body, "", err
}

// acceptsGzip reports whether Accept-Encoding names gzip and does not give it the
// weight 0 (RFC 9110 §12.5.3).
func acceptsGzip(accept []string) bool {
	for part := range strings.SplitSeq(strings.Join(accept, ","), ",") {
		coding, params, _ := strings.Cut(part, ";")
		if !strings.EqualFold(strings.TrimSpace(coding), "gzip") {
			continue
		}
		weight, given := strings.CutPrefix(strings.ReplaceAll(params, " ", ""), "q=")
		q, err := strconv.ParseFloat(weight, 64)
		return !given || (err == nil && q > 0)
	}
	return false
}
