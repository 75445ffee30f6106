package mailtest

import (
	"net"
	"sync"
)

// gate is a listener that can hang up on everybody.
type gate struct {
	net.Listener

	mu     sync.Mutex
	closed bool
	inside map[net.Conn]bool
}

// Accept waits for somebody who may come in.
func (g *gate) Accept() (net.Conn, error) {
	for {
		c, err := g.Listener.Accept()
		if err != nil {
			return nil, err
		}
		if g.admit(c) {
			return &visitor{Conn: c, gate: g}, nil
		}
		_ = c.Close() // hanging up is all that is wanted
	}
}

func (g *gate) admit(c net.Conn) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if !g.closed {
		g.inside[c] = true
	}
	return !g.closed
}

func (g *gate) shut(closed bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.closed = closed
	if !closed {
		return
	}
	for c := range g.inside {
		_ = c.Close() // hanging up is all that is wanted
		delete(g.inside, c)
	}
}

// visitor is a connection that the gate forgets when it is closed.
type visitor struct {
	net.Conn

	gate *gate
}

// Close leaves.
func (v *visitor) Close() error {
	v.gate.mu.Lock()
	delete(v.gate.inside, v.Conn)
	v.gate.mu.Unlock()
	return v.Conn.Close()
}
