package smtpmail

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"sync"

	gomail "github.com/wneessen/go-mail"
	"github.com/wneessen/go-mail/smtp"
)

// connection is one conversation with the server. The socket is kept beside the
// library's client, which leaves it open when it fails half-way, and which does
// not look at the context while it talks.
type connection struct {
	t      *Transport
	client *gomail.Client
	smtp   *smtp.Client
	socket *socket
	ctx    context.Context // of this conversation and no longer
	end    func()
}

// socket remembers what was dialled, so that it can be closed from outside.
type socket struct {
	mu     sync.Mutex
	conn   net.Conn
	closed bool
}

func (s *socket) set(c net.Conn) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.conn = c
	if s.closed {
		_ = c.Close()
	}
}

func (s *socket) close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = true
	if s.conn != nil {
		_ = s.conn.Close() // only a second close fails
	}
}

// dial connects, with TLS and authentication. The caller closes.
func (t *Transport) dial(ctx context.Context, utf8 bool) (*connection, error) {
	ctx, cancel := context.WithTimeout(ctx, t.opts.SendTimeout)
	c := &connection{t: t, socket: &socket{}, ctx: ctx}
	stop := context.AfterFunc(ctx, c.socket.close)
	c.end = func() { stop(); cancel() }

	if err := c.connect(ctx, utf8); err != nil {
		c.socket.close()
		err = c.fail("connect", err)
		c.end()
		return nil, err
	}
	return c, nil
}

func (c *connection) connect(ctx context.Context, utf8 bool) error {
	// The dial limit closes the socket as well: the library would go on reading.
	ctx, cancel := context.WithTimeout(ctx, c.t.opts.DialTimeout)
	defer cancel()
	stop := context.AfterFunc(ctx, c.socket.close)
	defer stop()

	client, err := c.t.client(utf8, c.open)
	if err != nil {
		return err
	}
	c.client = client
	c.smtp, err = client.DialToSMTPClientWithContext(ctx)
	if err != nil && ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return err
}

// open dials the server and, for implicit TLS, shakes hands.
func (c *connection) open(ctx context.Context, network, address string) (net.Conn, error) {
	var dialer net.Dialer
	raw, err := dialer.DialContext(ctx, network, address)
	if err != nil {
		return nil, err
	}
	c.socket.set(raw)
	if c.t.opts.TLS != ImplicitTLS {
		return raw, nil
	}
	secured := tls.Client(raw, c.t.tlsConfig())
	return secured, secured.HandshakeContext(ctx)
}

// close says goodbye, which may fail, and lets go of the socket.
func (c *connection) close() {
	if err := c.client.CloseWithSMTPClient(c.smtp); err != nil {
		c.t.opts.Log.DebugContext(c.ctx, "mail server left without goodbye", slog.String("server", c.t.address()))
	}
	c.socket.close()
	c.end()
}

// fail names the step that went wrong. A conversation that was cut off says so
// instead of complaining about a closed socket.
func (c *connection) fail(step string, err error) error {
	if cause := context.Cause(c.ctx); cause != nil {
		err = cause
	}
	if errors.Is(err, context.DeadlineExceeded) {
		err = fmt.Errorf("no answer in time: %w", context.DeadlineExceeded)
	}
	return fmt.Errorf("mail server %s: %s: %w", c.t.address(), step, err)
}
