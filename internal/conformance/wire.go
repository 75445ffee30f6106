package conformance

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// The paths of such a server, and of Sallyport's mailbox of development.
const (
	pathSignUp       = "/auth/sign_up"
	pathVerify       = "/auth/verify-email"
	pathLogin        = "/auth/login"
	pathRefresh      = "/auth/refresh"
	pathLogout       = "/auth/logout"
	pathRequestReset = "/auth/request-password-reset"
	pathReset        = "/auth/reset-password"
	pathMe           = "/auth/me"
	pathMailbox      = "/dev/mailbox.json"
)

// request is one call. A body is JSON, or a form where that is set.
type request struct {
	method, path string
	base         string // of the first instance if empty
	json         any
	form         url.Values
	bearer       string
	host         string // another Host header
	header       map[string]string
}

// answer is a response that was read to its end. took is the time from the request
// to the first byte.
type answer struct {
	status int
	header http.Header
	body   []byte
	took   time.Duration
}

// maxAnswer bounds what is read of an answer, in bytes.
const maxAnswer = 1 << 20

// object is the body as a JSON object, empty if it is none.
func (r answer) object() map[string]any {
	var o map[string]any
	if json.Unmarshal(r.body, &o) != nil {
		return nil
	}
	return o
}

// member is a string of the body.
func (r answer) member(name string) string {
	text, _ := r.object()[name].(string)
	return text
}

func (r answer) ok() bool { return r.status >= 200 && r.status < 300 }

// refused reports whether the server said no, and meant the caller.
func (r answer) refused() bool { return r.status >= 400 && r.status < 500 }

// String is the answer without its secrets: status, code, and the names of members.
func (r answer) String() string {
	said := strconv.Itoa(r.status)
	if code := cmp.Or(r.member("code"), r.member("error")); code != "" {
		return said + " " + code
	}
	return said + members(r.object())
}

// members are the names in an object.
func members(object map[string]any) string {
	if len(object) == 0 {
		return ""
	}
	return " {" + strings.Join(slices.Sorted(maps.Keys(object)), ", ") + "}"
}

// String is the request without its secrets.
func (r request) String() string {
	said := []string{r.method + " " + strings.SplitN(r.path, "?", 2)[0]}
	if strings.Contains(r.path, "?token=") {
		said[0] += "?token="
	}
	if r.json != nil {
		text, err := json.Marshal(r.json)
		var object map[string]any
		if err == nil && json.Unmarshal(text, &object) == nil {
			said[0] += members(object)
		}
	}
	if r.form != nil {
		said[0] += " form {" + strings.Join(slices.Sorted(maps.Keys(r.form)), ", ") + "}"
	}
	if r.bearer != "" {
		said = append(said, "Bearer")
	}
	if r.host != "" {
		said = append(said, "Host: "+r.host)
	}
	for _, name := range slices.Sorted(maps.Keys(r.header)) {
		if name != "Cookie" && name != "Accept" {
			said = append(said, name+": "+r.header[name])
		}
	}
	return strings.Join(said, ", ")
}

// build makes the request of net/http.
func (s *server) build(ctx context.Context, r request) (*http.Request, error) {
	var body io.Reader
	kind := ""
	switch {
	case r.form != nil:
		body, kind = strings.NewReader(r.form.Encode()), "application/x-www-form-urlencoded"
	case r.json != nil:
		text, err := json.Marshal(r.json)
		if err != nil {
			return nil, err
		}
		body, kind = bytes.NewReader(text), "application/json"
	}
	req, err := http.NewRequestWithContext(ctx, r.method, cmp.Or(r.base, s.base)+r.path, body)
	if err != nil {
		return nil, err
	}
	req.Header.Set("User-Agent", "sallyport-conformance")
	if kind != "" {
		req.Header.Set("Content-Type", kind)
	}
	if r.bearer != "" {
		req.Header.Set("Authorization", "Bearer "+r.bearer)
	}
	for name, value := range r.header {
		req.Header.Set(name, value)
	}
	if r.host != "" {
		req.Host = r.host
	}
	return req, nil
}

// exchange sends a request and reads the answer, and writes nothing down.
func (s *server) exchange(ctx context.Context, r request) (answer, error) {
	req, err := s.build(ctx, r)
	if err != nil {
		return answer{}, err
	}
	began := s.clock.Now()
	resp, err := s.http.Do(req)
	if err != nil {
		return answer{}, unanswered(r, err)
	}
	took := s.clock.Now().Sub(began)
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer))
	if err != nil {
		return answer{}, unanswered(r, err)
	}
	return answer{status: resp.StatusCode, header: resp.Header, body: body, took: took}, nil
}

// unanswered leaves the address out of an error: it may hold a token.
func unanswered(r request, err error) error {
	if inner, ok := errors.AsType[*url.Error](err); ok {
		err = inner.Err
	}
	return fmt.Errorf("%v got no answer: %w", r, err)
}

// send is one exchange, written down.
func (a *attempt) send(ctx context.Context, r request) (answer, error) {
	got, err := a.exchange(ctx, r)
	if err != nil {
		a.note(r, "no answer")
		return got, err
	}
	a.note(r, got.String())
	return got, nil
}

// call is [attempt.send] for a request that may meet a rate limit: it waits as long
// as the server asks for, within the longest wait that is allowed.
func (a *attempt) call(ctx context.Context, r request) (answer, error) {
	for waited := time.Duration(0); ; {
		got, err := a.send(ctx, r)
		if err != nil || got.status != http.StatusTooManyRequests && got.status != http.StatusServiceUnavailable {
			return got, err
		}
		pause := retryAfter(got.header.Get("Retry-After"), a.clock.Now())
		if waited += pause; waited > a.options.MaxWait {
			return got, untried("%s %s was answered %v; the server asks to wait %v, longer than --max-wait %v", r.method, r.path, got, pause, a.options.MaxWait)
		}
		if err := a.wait(ctx, pause, fmt.Sprintf("%d at %s", got.status, r.path)); err != nil {
			return got, err
		}
	}
}

// retryAfter reads the header (RFC 9110 §10.2.3): seconds or a date; one second if
// it says nothing.
func retryAfter(value string, now time.Time) time.Duration {
	if seconds, err := strconv.Atoi(value); err == nil && seconds >= 0 {
		return max(time.Duration(seconds)*time.Second, 100*time.Millisecond)
	}
	if at, err := http.ParseTime(value); err == nil && at.After(now) {
		return at.Sub(now)
	}
	return time.Second
}
