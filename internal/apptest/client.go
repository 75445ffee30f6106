package apptest

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"sync/atomic"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/waittest"
)

// Client talks to a server as a backend or a browser would. It follows no
// redirects and keeps cookies only if Jar is set.
type Client struct {
	URL  string
	HTTP *http.Client
	// Seen, if set, is given the body of every call and of its answer, so that a
	// test can know every secret that was used. It may be called concurrently.
	Seen func(body, answer []byte)
	// Sent is how many requests went out.
	Sent atomic.Int64
}

// NewClient returns a client of the server at url.
func NewClient(url string) *Client {
	return &Client{URL: url, HTTP: &http.Client{
		Timeout:       waittest.Patience,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport:     &http.Transport{MaxIdleConnsPerHost: 64},
	}}
}

// Answer is a response that was read to its end.
type Answer struct {
	Status int
	Header http.Header
	Body   []byte
}

// Request describes one call. Body is sent as JSON unless it is a string or
// bytes, which are sent as they are; Header pairs are name, value, name, value.
type Request struct {
	Method, Path string
	Body         any
	Bearer       string
	Header       []string
}

// Do sends a request. It fails the test only if no answer came.
func (c *Client) Do(t testing.TB, r Request) Answer {
	t.Helper()
	a, err := c.Try(t, r)
	if err != nil {
		t.Fatalf("%s %s: %v", r.Method, r.Path, err)
	}
	return a
}

// Try is [Client.Do] for a server that may be gone.
func (c *Client) Try(t testing.TB, r Request) (Answer, error) {
	t.Helper()
	var body []byte
	contentType := "application/json"
	switch b := r.Body.(type) {
	case nil:
		contentType = ""
	case string:
		body = []byte(b)
	case []byte:
		body = b
	default:
		var err error
		if body, err = json.Marshal(b); err != nil {
			t.Fatal(err)
		}
	}
	req, err := http.NewRequestWithContext(t.Context(), r.Method, c.URL+r.Path, bytes.NewReader(body))
	if err != nil {
		return Answer{}, err
	}
	if contentType != "" {
		req.Header.Set("Content-Type", contentType)
	}
	if r.Bearer != "" {
		req.Header.Set("Authorization", "Bearer "+r.Bearer)
	}
	for n := 0; n+1 < len(r.Header); n += 2 {
		req.Header.Set(r.Header[n], r.Header[n+1])
	}
	if host := req.Header.Get("Host"); host != "" {
		req.Host = host // net/http ignores the header
	}
	c.Sent.Add(1)
	resp, err := c.HTTP.Do(req)
	if err != nil {
		return Answer{}, err
	}
	defer func() { _ = resp.Body.Close() }()
	text, err := io.ReadAll(resp.Body)
	if c.Seen != nil {
		c.Seen(body, text)
	}
	return Answer{Status: resp.StatusCode, Header: resp.Header, Body: text}, err
}

// Post sends a JSON body.
func (c *Client) Post(t testing.TB, path string, body any) Answer {
	t.Helper()
	return c.Do(t, Request{Method: http.MethodPost, Path: path, Body: body})
}

// Get reads a path with an access token, or without if it is empty.
func (c *Client) Get(t testing.TB, path, bearer string) Answer {
	t.Helper()
	return c.Do(t, Request{Method: http.MethodGet, Path: path, Bearer: bearer})
}

// Read decodes the body into v.
func (a Answer) Read(t testing.TB, v any) {
	t.Helper()
	if err := json.Unmarshal(a.Body, v); err != nil {
		t.Fatalf("answer %d is no JSON: %v\n%s", a.Status, err, a.Body)
	}
}

// Member reads a top-level string of the body.
func (a Answer) Member(t testing.TB, name string) string {
	t.Helper()
	var object map[string]any
	a.Read(t, &object)
	s, _ := object[name].(string)
	return s
}

// Code is the problem code, or empty for an answer that is none.
func (a Answer) Code() string {
	var problem struct {
		Code string `json:"code"`
	}
	_ = json.Unmarshal(a.Body, &problem)
	return problem.Code
}

// Want fails the test unless the answer has the status and, if code is not
// empty, the problem code.
func (a Answer) Want(t testing.TB, status int, code string) Answer {
	t.Helper()
	if a.Status != status || code != "" && a.Code() != code {
		t.Fatalf("got %d %s, want %d %s\n%s", a.Status, a.Code(), status, code, a.Body)
	}
	return a
}

// Tokens is the answer to a sign-in.
type Tokens struct {
	AccessToken       string `json:"access_token"`
	RefreshToken      string `json:"refresh_token"`
	TokenType         string `json:"token_type"`
	ExpiresIn         int    `json:"expires_in"`
	SessionID         string `json:"session_id"`
	RefreshGeneration int64  `json:"refresh_generation"`
	User              User   `json:"user"`
}

// User is a user as the API shows it.
type User struct {
	ID            string         `json:"id"`
	Email         string         `json:"email"`
	EmailVerified bool           `json:"email_verified"`
	Claimed       bool           `json:"claimed"`
	Name          string         `json:"name"`
	Roles         []string       `json:"roles"`
	Metadata      map[string]any `json:"metadata"`
}
