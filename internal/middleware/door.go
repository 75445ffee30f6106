package middleware

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"sync"
	"sync/atomic"
	"time"
)

const (
	// settleFor is how long a handshake that began before the door was shut may
	// take to end. Nobody is let in later.
	settleFor = 200 * time.Millisecond
	// quietFor is how long a kept connection must have been quiet before it is
	// closed. A request that comes at that very moment is lost (RFC 9112 §9.5);
	// it is rare on a connection that has been quiet.
	quietFor = 500 * time.Millisecond
	// lookFor is how long a quiet connection is looked at once more.
	lookFor = 10 * time.Millisecond
	// lookEvery is how often connections are looked through.
	lookEvery = 20 * time.Millisecond
)

// errEmpty is returned by a shut door when everybody outside has come in.
var errEmpty = errors.New("the listener is shut and its backlog is empty")

// door is a listener that can be shut without turning away who stands in it.
//
// When a listening socket is closed, Linux resets the connections in its
// backlog: their clients have been told that they are connected, and may have
// sent a request. So a shut door begins no new handshakes, accepts until the
// backlog is empty, and only then closes.
type door struct {
	*net.TCPListener

	isShut  atomic.Bool
	refused sync.Once

	mu    sync.Mutex
	conns map[*conn]struct{}
}

func newDoor(l *net.TCPListener) *door {
	return &door{TCPListener: l, conns: map[*conn]struct{}{}}
}

// shut makes Accept return errEmpty as soon as the backlog is empty.
func (d *door) shut() {
	d.isShut.Store(true)
	_ = d.SetDeadline(time.Unix(1, 0)) // wakes Accept
}

// Accept lets the next one in.
func (d *door) Accept() (net.Conn, error) {
	for {
		tcp, err := d.AcceptTCP()
		switch {
		case err == nil:
			return d.let(tcp), nil
		case !d.isShut.Load() || !errors.Is(err, os.ErrDeadlineExceeded):
			return nil, err
		}
		raw, err := d.SyscallConn()
		if err != nil {
			return nil, err
		}
		// Where the system cannot refuse, a client that comes between the last
		// look and the end of the socket is reset.
		d.refused.Do(func() { refuse(raw) })
		some, err := anyone(raw, settleFor)
		if err != nil {
			return nil, err
		}
		if !some {
			return nil, errors.Join(errEmpty, d.Close())
		}
		if err := d.SetDeadline(now().Add(settleFor)); err != nil {
			return nil, err
		}
	}
}

func (d *door) let(tcp *net.TCPConn) *conn {
	c := &conn{TCPConn: tcp, door: d, waits: true, since: now()}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.conns[c] = struct{}{}
	return c
}

// inside lists who is in.
func (d *door) inside() []*conn {
	d.mu.Lock()
	defer d.mu.Unlock()
	all := make([]*conn, 0, len(d.conns))
	for c := range d.conns {
		all = append(all, c)
	}
	return all
}

// wait returns when nobody is in any more, and asks those to leave who have
// been quiet.
func (d *door) wait(ctx context.Context) error {
	began := now()
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	for {
		left := d.inside()
		if len(left) == 0 {
			return nil
		}
		for _, c := range left {
			c.ask(began)
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("%d connections were cut off: %w", len(left), ctx.Err())
		case <-tick.C:
		}
	}
}

// conn is a connection that ends by itself, once it is asked to, when no request
// is under way. Only its reader knows that: from outside, a connection whose
// next request was just read looks like an idle one.
type conn struct {
	*net.TCPConn

	door *door

	mu    sync.Mutex
	kept  bool      // has been answered, and may bring another request
	waits bool      // nothing of the next request was read
	since time.Time // of the last answer
	asked bool
}

// changed hears from the server what a connection is about.
func changed(nc net.Conn, state http.ConnState) {
	c, ok := nc.(*conn)
	if !ok {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	switch state {
	case http.StateIdle:
		c.kept, c.waits, c.since = true, true, now()
	case http.StateActive:
		c.kept, c.waits = false, false
	case http.StateNew, http.StateHijacked, http.StateClosed:
	}
}

// ask has the connection end if it has been quiet for long enough. The server
// may overwrite the deadline that wakes the reader, so this is said again and
// again.
func (c *conn) ask(began time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if since := max(c.since.UnixNano(), began.UnixNano()); !c.kept || !c.waits || now().UnixNano()-since < int64(quietFor) {
		return
	}
	c.asked = true
	_ = c.SetReadDeadline(time.Unix(1, 0))
}

// Read reads. A reader that was asked to leave looks once more, and leaves if
// there is nothing.
func (c *conn) Read(p []byte) (int, error) {
	n, err := c.TCPConn.Read(p)
	if within := c.woken(n, err); within > 0 {
		if err := c.SetReadDeadline(now().Add(within)); err != nil {
			return 0, err
		}
		if n, err = c.TCPConn.Read(p); within == lookFor && errors.Is(err, os.ErrDeadlineExceeded) {
			return 0, io.EOF
		}
	}
	if n > 0 {
		c.mu.Lock()
		c.waits = false
		c.mu.Unlock()
	}
	return n, err
}

// woken tells for how long to read again after a read that ended because its
// connection was asked to leave: what began comes to its end. It is 0 after any
// other read.
func (c *conn) woken(n int, err error) time.Duration {
	if n > 0 || !errors.Is(err, os.ErrDeadlineExceeded) {
		return 0
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case !c.asked || !c.kept:
		return 0
	case c.waits:
		return lookFor
	default:
		return readHeaderTimeout
	}
}

// Close closes it.
func (c *conn) Close() error {
	c.door.mu.Lock()
	delete(c.door.conns, c)
	c.door.mu.Unlock()
	return c.TCPConn.Close()
}

// now is the system's time, by which the system keeps deadlines.
func now() time.Time {
	return time.Now() //nolint:forbidigo // deadlines of sockets are the system's
}
