package fleet

import (
	"bytes"
	"context"
	"errors"
	"net"
	"sync"
	"sync/atomic"
	"time"
)

// Proxy passes TCP connections on to a server, and can make them slow, silence
// them, cut them, or swallow an answer.
type Proxy struct {
	Addr string // where clients connect to

	to       string
	listener net.Listener
	delay    atomic.Int64 // nanoseconds, per piece and direction
	refuse   atomic.Bool
	trap     atomic.Pointer[trap]

	mu     sync.Mutex
	conns  map[net.Conn]bool
	silent chan struct{} // closed when silence ends; nil while there is none
	done   sync.WaitGroup
}

// trap springs when a client sends what it waits for.
type trap struct {
	request []byte
	sprung  chan struct{}
	once    sync.Once
}

// NewProxy listens on a free port for connections to the address to.
func NewProxy(ctx context.Context, to string) (*Proxy, error) {
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	p := &Proxy{Addr: l.Addr().String(), to: to, listener: l, conns: map[net.Conn]bool{}}
	p.done.Go(func() { p.accept(context.WithoutCancel(ctx)) })
	return p, nil
}

// Close cuts every connection and listens no more.
func (p *Proxy) Close() {
	_ = p.listener.Close()
	p.refuse.Store(true)
	p.Cut()
	p.Silence(false)
	p.done.Wait()
}

// Delay holds back every piece that passes, in both directions.
func (p *Proxy) Delay(d time.Duration) { p.delay.Store(int64(d)) }

// Silence holds everything back, in both directions, as a network does that is cut
// and tells nobody, until it is called with false.
func (p *Proxy) Silence(on bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch {
	case on && p.silent == nil:
		p.silent = make(chan struct{})
	case !on && p.silent != nil:
		close(p.silent)
		p.silent = nil
	}
}

// heard waits until there is no silence.
func (p *Proxy) heard() {
	p.mu.Lock()
	silent := p.silent
	p.mu.Unlock()
	if silent != nil {
		<-silent
	}
}

// Cut ends every connection there is.
func (p *Proxy) Cut() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for c := range p.conns {
		_ = c.Close()
	}
}

// Refuse ends new connections at once, until it is called with false.
func (p *Proxy) Refuse(on bool) { p.refuse.Store(on) }

// SwallowAnswer waits for a client to send a piece that contains request, passes
// it on, and cuts that connection once the server answers, without passing the
// answer on: the server has done it, and the client cannot know. It works once.
// The channel is closed when it has happened.
func (p *Proxy) SwallowAnswer(request string) <-chan struct{} {
	t := &trap{request: []byte(request), sprung: make(chan struct{})}
	p.trap.Store(t)
	return t.sprung
}

func (p *Proxy) accept(ctx context.Context) {
	for {
		client, err := p.listener.Accept()
		if errors.Is(err, net.ErrClosed) {
			return
		}
		if err != nil {
			continue
		}
		if p.refuse.Load() {
			_ = client.Close()
			continue
		}
		server, err := (&net.Dialer{}).DialContext(ctx, "tcp", p.to)
		if err != nil {
			_ = client.Close()
			continue
		}
		p.hold(client, server)
		var swallow atomic.Pointer[trap]
		p.done.Go(func() {
			p.pass(server, client, func(piece []byte) bool {
				if t := p.trap.Load(); t != nil && bytes.Contains(piece, t.request) && p.trap.CompareAndSwap(t, nil) {
					swallow.Store(t)
				}
				return true
			})
		})
		p.done.Go(func() {
			p.pass(client, server, func([]byte) bool {
				t := swallow.Load()
				if t != nil {
					t.once.Do(func() { close(t.sprung) })
				}
				return t == nil
			})
		})
	}
}

func (p *Proxy) hold(conns ...net.Conn) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, c := range conns {
		p.conns[c] = true
	}
	if p.refuse.Load() { // closed meanwhile
		for _, c := range conns {
			_ = c.Close()
		}
	}
}

// pass copies from one side to the other for as long as may allows.
func (p *Proxy) pass(to, from net.Conn, may func(piece []byte) bool) {
	defer func() {
		_, _ = to.Close(), from.Close()
		p.mu.Lock()
		delete(p.conns, to)
		delete(p.conns, from)
		p.mu.Unlock()
	}()
	piece := make([]byte, 64<<10)
	for {
		n, err := from.Read(piece)
		if n > 0 {
			if d := p.delay.Load(); d > 0 {
				time.Sleep(time.Duration(d))
			}
			p.heard()
			if !may(piece[:n]) {
				return
			}
			if _, err := to.Write(piece[:n]); err != nil {
				return
			}
		}
		if err != nil {
			return
		}
	}
}
