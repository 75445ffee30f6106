// Package httphook sends web hooks over HTTP.
//
// A message is one POST. No redirect is followed, no proxy is used, connections are
// not kept, and of an answer no more is read than the caller asks for. Where a
// connection leads is judged by package egress; without TLS it must be named there.
package httphook

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"

	"github.com/sallyport-auth/sallyport/internal/egress"
	"github.com/sallyport-auth/sallyport/internal/hook"
)

// maxHeader bounds the headers of an answer.
const maxHeader = 16 << 10

// Client sends messages. It is safe for concurrent use.
type Client struct {
	secure, plain *http.Client
}

var _ hook.Sender = (*Client)(nil)

// New returns a client that connects by the dialer alone.
func New(dialer *egress.Dialer) *Client {
	secure, plain := transport(), transport()
	secure.DialContext, plain.DialContext = dialer.Dial, dialer.DialNamed
	return &Client{secure: client(secure), plain: client(plain)}
}

func transport() *http.Transport {
	return &http.Transport{
		TLSClientConfig:        &tls.Config{MinVersion: tls.VersionTLS12},
		DisableKeepAlives:      true, // each message is judged by where it goes
		DisableCompression:     true,
		MaxResponseHeaderBytes: maxHeader,
	}
}

func client(t *http.Transport) *http.Client {
	return &http.Client{
		Timeout: hook.SendWithin, Transport: t,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// Send posts a message and gives what the endpoint answered, with so many bytes of it.
func (c *Client) Send(ctx context.Context, to string, m hook.Message, keep int) (hook.Answer, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, to, bytes.NewReader(m.Body))
	if err != nil {
		return hook.Answer{}, withoutURL(err)
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("User-Agent", "Sallyport")
	req.Header.Set("webhook-id", m.ID)
	req.Header.Set("webhook-timestamp", m.Timestamp)
	req.Header.Set("webhook-signature", m.Signature)
	by := c.plain
	if req.URL.Scheme == "https" {
		by = c.secure
	}
	resp, err := by.Do(req)
	if err != nil {
		return hook.Answer{}, withoutURL(err)
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(io.LimitReader(resp.Body, int64(keep)+1))
	if err != nil {
		return hook.Answer{}, fmt.Errorf("read the answer: %w", withoutURL(err))
	}
	answer := hook.Answer{Status: resp.StatusCode, Body: body, Cut: len(body) > keep}
	if answer.Cut {
		answer.Body = body[:keep]
	}
	return answer, nil
}

// withoutURL keeps an error from holding a URL, whose path may be a secret.
func withoutURL(err error) error {
	if e, ok := errors.AsType[*url.Error](err); ok {
		return e.Err
	}
	return err
}
