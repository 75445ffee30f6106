package otlp

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	collogs "go.opentelemetry.io/proto/otlp/collector/logs/v1"
	coltrace "go.opentelemetry.io/proto/otlp/collector/trace/v1"
	"google.golang.org/protobuf/proto"
)

const (
	// attemptLimit bounds one attempt, from the connection to the last byte.
	attemptLimit = 10 * time.Second
	connectLimit = 5 * time.Second
	// maxAnswer bounds what is read of an answer.
	maxAnswer = 64 << 10
	// longestRetryAfter bounds how long a collector can ask us to wait.
	longestRetryAfter = 30 * time.Second
)

// newClient returns the client of the exporters: certificates verified, no
// redirects, no proxy from the environment, bounded in time and size.
func newClient(o Options) *http.Client {
	return &http.Client{
		Timeout: attemptLimit,
		CheckRedirect: func(*http.Request, []*http.Request) error {
			return http.ErrUseLastResponse // it would carry the credentials away
		},
		Transport: bounded{&http.Transport{
			DialContext:            (&net.Dialer{Timeout: connectLimit}).DialContext,
			TLSClientConfig:        &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: o.RootCAs},
			TLSHandshakeTimeout:    connectLimit,
			ForceAttemptHTTP2:      true,
			MaxIdleConns:           2,
			IdleConnTimeout:        90 * time.Second,
			MaxResponseHeaderBytes: maxAnswer,
		}},
	}
}

// answer is what came of one attempt. The exporters tell it in a text that holds
// the answer's body; this does not.
type answer struct {
	status     int // 0 while none came
	retryAfter time.Duration
	rejected   uint64 // of a batch that was taken
	err        error  // why none came
}

type answerKey struct{}

// attempt runs one export and gives what came of it.
func attempt(ctx context.Context, export func(context.Context) error) answer {
	a := &answer{}
	if err := export(context.WithValue(ctx, answerKey{}, a)); err != nil && a.status == 0 && a.err == nil {
		a.err = err // it never came to a request
	}
	return *a
}

func (a answer) taken() bool { return a.status >= 200 && a.status <= 299 }

// again reports whether the same batch may succeed later (OTLP/HTTP
// specification, "Failures").
func (a answer) again() bool {
	switch a.status {
	case http.StatusTooManyRequests, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return true
	}
	return a.status == 0
}

// reason is for people, and holds nothing that the collector wrote.
func (a answer) reason() string {
	if a.status != 0 {
		return strings.TrimSpace(fmt.Sprintf("%d %s", a.status, http.StatusText(a.status)))
	}
	if e, ok := errors.AsType[*url.Error](a.err); ok {
		return e.Err.Error()
	}
	if a.err == nil {
		return "no answer"
	}
	return a.err.Error()
}

// bounded reads an answer whole, up to a bound, and keeps what matters of it.
type bounded struct{ next *http.Transport }

// RoundTrip sends one attempt.
func (b bounded) RoundTrip(r *http.Request) (*http.Response, error) {
	resp, err := b.next.RoundTrip(r)
	told, ok := r.Context().Value(answerKey{}).(*answer)
	if !ok {
		told = &answer{}
	}
	if err != nil {
		told.err = err
		return nil, err
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer))
	if err != nil {
		told.err = err
		return nil, err
	}
	told.status = resp.StatusCode
	told.retryAfter = retryAfter(resp.Header.Get("Retry-After"))
	if told.taken() && strings.HasPrefix(resp.Header.Get("Content-Type"), "application/x-protobuf") {
		told.rejected = rejected(r.URL.Path, body)
	}
	resp.Body, resp.ContentLength = io.NopCloser(bytes.NewReader(nil)), 0
	return resp, nil
}

// CloseIdleConnections is for http.Client.
func (b bounded) CloseIdleConnections() { b.next.CloseIdleConnections() }

// rejected reads how many records of a batch were not taken.
func rejected(path string, body []byte) uint64 {
	var n int64
	if strings.HasSuffix(path, "/logs") {
		var answer collogs.ExportLogsServiceResponse
		if proto.Unmarshal(body, &answer) == nil {
			n = answer.GetPartialSuccess().GetRejectedLogRecords()
		}
	} else {
		var answer coltrace.ExportTraceServiceResponse
		if proto.Unmarshal(body, &answer) == nil {
			n = answer.GetPartialSuccess().GetRejectedSpans()
		}
	}
	return uint64(max(n, 0))
}

// retryAfter reads the header in seconds (RFC 9110 §10.2.3); its other form, a
// date, counts as none.
func retryAfter(header string) time.Duration {
	n, err := strconv.Atoi(strings.TrimSpace(header))
	if err != nil || n < 0 {
		return 0
	}
	return min(time.Duration(min(n, 3600))*time.Second, longestRetryAfter)
}
