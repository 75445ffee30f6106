package breach

import (
	"bufio"
	"context"
	"crypto/sha1" //nolint:gosec // see breach.go
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"
)

const (
	// answerWithin bounds a look-up, from the connection to the last byte: who waits
	// for it waits for a hash besides.
	answerWithin = 1500 * time.Millisecond
	// told is how many digits of a sum the service learns.
	told = 5
	// maxAnswer is ten times what Have I Been Pwned answers, padding included.
	maxAnswer = 1 << 20
	// idleFor is how long a connection is kept for the next look-up.
	idleFor = time.Minute
)

// errAnswer is returned for an answer that is no range.
var errAnswer = errors.New("the answer is no list of sums and counts")

// Range asks a service for the sums that begin with the same five digits, and looks
// for the rest among them: GET <url>/<five digits>, answered by lines of 35 digits,
// a colon and a count. It is the interface of Have I Been Pwned. The service learns
// those five digits and nothing else; it is asked to pad its answer (Add-Padding),
// so that its length tells a listener nothing either. It is safe for concurrent use.
//
// A look-up takes 1.5 s at most. It follows no redirect, and uses no proxy from the
// environment.
type Range struct {
	url    string
	client *http.Client
}

// NewRange returns the client of a service at an address such as
// https://api.pwnedpasswords.com/range.
func NewRange(address string) *Range {
	return &Range{url: strings.TrimRight(address, "/") + "/", client: &http.Client{
		Timeout:       answerWithin,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{
			DialContext:            (&net.Dialer{}).DialContext,
			TLSClientConfig:        &tls.Config{MinVersion: tls.VersionTLS12},
			ForceAttemptHTTP2:      true,
			MaxIdleConnsPerHost:    2,
			IdleConnTimeout:        idleFor,
			MaxResponseHeaderBytes: 16 << 10,
		},
	}}
}

// Close closes the connections that are kept.
func (r *Range) Close() error {
	r.client.CloseIdleConnections()
	return nil
}

// Has reports whether the service lists a sum. A count of 0 is padding.
func (r *Range) Has(ctx context.Context, sum [sha1.Size]byte) (bool, error) {
	found, err := r.ask(ctx, spell(sum))
	if e, ok := errors.AsType[*url.Error](err); ok {
		err = e.Err // the URL holds digits of the sum
	}
	if err != nil {
		return false, fmt.Errorf("ask for breached passwords at %s: %w", r.url, err)
	}
	return found, nil
}

// Check asks for a password that every such service has.
func (r *Range) Check(ctx context.Context) error {
	found, err := r.Has(ctx, sha1.Sum([]byte("password"))) //nolint:gosec // see breach.go
	if err == nil && !found {
		err = fmt.Errorf("%s does not know the most common password of all", r.url)
	}
	return err
}

func (r *Range) ask(ctx context.Context, sum string) (bool, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, r.url+sum[:told], nil)
	if err != nil {
		return false, err
	}
	req.Header.Set("Add-Padding", "true")
	req.Header.Set("User-Agent", "Sallyport")
	resp, err := r.client.Do(req)
	if err != nil {
		return false, err
	}
	defer func() { _ = resp.Body.Close() }()
	if resp.StatusCode != http.StatusOK {
		return false, fmt.Errorf("the answer is %d %s", resp.StatusCode, http.StatusText(resp.StatusCode))
	}
	return search(resp.Body, sum[told:])
}

// search reads a range to its end. One that is cut off, too long or empty says
// nothing about what it lacks.
func search(answer io.Reader, rest string) (found bool, err error) {
	bounded := io.LimitedReader{R: answer, N: maxAnswer}
	scanner := bufio.NewScanner(&bounded)
	for scanner.Scan() {
		line := strings.TrimSuffix(scanner.Text(), "\r")
		suffix, count, ok := strings.Cut(line, ":")
		if !ok || len(suffix) != digits-told || strings.Trim(suffix, "0123456789abcdefABCDEF") != "" ||
			count == "" || strings.Trim(count, "0123456789") != "" {
			return false, errAnswer
		}
		found = found || strings.EqualFold(suffix, rest) && strings.Trim(count, "0") != ""
	}
	if err := scanner.Err(); err != nil {
		return false, err
	}
	if bounded.N == 0 || bounded.N == maxAnswer {
		return false, errAnswer
	}
	return found, nil
}
