package guard

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"
)

// statusError is an answer that is none of what was asked.
type statusError struct {
	status int
	code   string // of its problem details, if it has any
}

func (e *statusError) Error() string {
	if e.code != "" {
		return fmt.Sprintf("the server answers %d %s", e.status, e.code)
	}
	return fmt.Sprintf("the server answers %d", e.status)
}

// hopeless reports whether trying again cannot help: the client is unknown, may
// not read the feed, or the server has none or is elsewhere.
func hopeless(err error) bool {
	var e *statusError
	if !errors.As(err, &e) {
		return false
	}
	switch e.status {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		return true
	case http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound, http.StatusNotImplemented, http.StatusBadRequest:
		return true
	}
	return false
}

// fetcher talks to the server.
type fetcher struct {
	conf *Config
	base string // without a slash at the end
}

// get gives the body of an answer to a request with client authentication.
func (f fetcher) get(ctx context.Context, path string, limit int64) ([]byte, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, f.base+path, http.NoBody)
	if err != nil {
		return nil, err
	}
	f.authenticate(r)
	body, _, err := f.do(r, limit)
	return body, err
}

// public gives the body and header of the server's own answer to anybody's request:
// a cache between may not answer from memory (RFC 9111 §5.2.1.4).
func (f fetcher) public(ctx context.Context, path string, limit int64) ([]byte, http.Header, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, f.base+path, http.NoBody)
	if err != nil {
		return nil, nil, err
	}
	r.Header.Set("Cache-Control", "no-cache")
	return f.do(r, limit)
}

// post sends a form with client authentication.
func (f fetcher) post(ctx context.Context, path string, form url.Values, limit int64) ([]byte, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, f.base+path, strings.NewReader(form.Encode()))
	if err != nil {
		return nil, err
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Accept", "application/json")
	f.authenticate(r)
	body, _, err := f.do(r, limit)
	return body, err
}

// authenticate names the client (RFC 6749 §2.3.1: both are form-encoded first).
func (f fetcher) authenticate(r *http.Request) {
	r.SetBasicAuth(url.QueryEscape(f.conf.ClientID), url.QueryEscape(f.conf.ClientSecret))
}

func (f fetcher) do(r *http.Request, limit int64) ([]byte, http.Header, error) {
	answer, err := f.conf.HTTPClient.Do(r) //nolint:gosec // the address is of the configuration
	if err != nil {
		var u *url.Error
		if errors.As(err, &u) {
			err = u.Err // the URL holds the nonce
		}
		return nil, nil, err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(io.LimitReader(answer.Body, limit+1))
	switch {
	case err != nil:
		return nil, nil, fmt.Errorf("read the answer: %w", err)
	case answer.StatusCode != http.StatusOK:
		return nil, nil, &statusError{status: answer.StatusCode, code: codeOf(answer.Header, body)}
	case int64(len(body)) > limit:
		return nil, nil, fmt.Errorf("the answer has more than %d bytes", limit)
	}
	return body, answer.Header, nil
}

// codeOf is the code of problem details, or the error of OAuth, for the log.
func codeOf(h http.Header, body []byte) string {
	var said struct {
		Code  string `json:"code"`
		Error string `json:"error"`
	}
	kind, _, err := mime.ParseMediaType(h.Get("Content-Type"))
	if err != nil || !strings.HasSuffix(kind, "json") || json.Unmarshal(body, &said) != nil {
		return ""
	}
	code := said.Code
	if code == "" {
		code = said.Error
	}
	return printable(code)
}

// printable keeps what a stranger wrote out of the log, unless it looks like a
// code.
func printable(s string) string {
	if len(s) > 64 || strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789_") != "" {
		return ""
	}
	return s
}

// noRedirects refuses to be sent elsewhere: the secret would go along.
func noRedirects(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
