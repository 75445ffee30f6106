// Package egress decides where this server may connect to when somebody else chose
// the address: web hooks, and whatever is fetched from a URL that was registered.
//
// # What it stops
//
// Server-side request forgery: a URL that leads to what only this machine or its
// network can reach. The address is judged after the name was resolved, on the
// very connection that is about to be made ([net.Dialer.ControlContext]). So the
// spelling of a URL, a name that resolves to something else the second time (DNS
// rebinding), and a name with a public and a private address come to the same.
//
// # What it allows
//
// Global unicast addresses alone, by IANA's special-purpose registries: of IPv6
// what lies in 2000::/3, without the blocks that are set aside there (Teredo, 6to4,
// documentation, benchmarks), and of IPv4 what is not private, shared, local, for
// documentation, multicast or reserved. An IPv4 address that is wrapped into IPv6
// is judged as what it is. [Rules] name more, one address, prefix or port at a
// time.
//
// The server's own listeners are refused on every address of this machine, unless a
// rule names the port as well.
//
// A NAT64 gateway under a prefix of its own (RFC 6052 §2.2) cannot be told from
// any other network: where there is one, a firewall has to do this.
//
// No proxy is ever used, and nothing here reads the environment.
package egress

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"slices"
	"syscall"
	"time"
)

// ErrRefused is wrapped by the error of a connection that may not be made.
var ErrRefused = errors.New("this server does not connect to such an address")

// Options is what a Dialer needs. Everything may be empty but Timeout.
type Options struct {
	// Rules name what may be connected to although it is not public.
	Rules Rules
	// OwnPorts are the ports of the process's own listeners.
	OwnPorts []uint16
	// Timeout bounds the look-up of a name and the connection.
	Timeout time.Duration
	// Resolver looks names up; nil for the machine's own.
	Resolver *net.Resolver
	// Interfaces lists the addresses of this machine; nil for [net.InterfaceAddrs].
	Interfaces func() ([]net.Addr, error)
}

// Dialer connects to where it is allowed to. It is safe for concurrent use.
type Dialer struct {
	opts Options
}

// New returns a dialer.
func New(o Options) *Dialer {
	if o.Interfaces == nil {
		o.Interfaces = net.InterfaceAddrs
	}
	return &Dialer{opts: o}
}

// Dial connects to host:port by TCP, to public addresses and to those that a rule
// names. The error wraps [ErrRefused] if every address was refused.
func (d *Dialer) Dial(ctx context.Context, network, address string) (net.Conn, error) {
	return d.dial(ctx, network, address, d.Check)
}

// DialNamed connects as [Dialer.Dial] does, to nothing but what a rule names: for
// what must not cross the internet in clear.
func (d *Dialer) DialNamed(ctx context.Context, network, address string) (net.Conn, error) {
	return d.dial(ctx, network, address, func(to netip.AddrPort) error {
		if !d.opts.Rules.name(plain(to)) {
			return fmt.Errorf("%s without TLS: %w", to.Addr(), ErrRefused)
		}
		return d.Check(to)
	})
}

func (d *Dialer) dial(ctx context.Context, network, address string, check func(netip.AddrPort) error) (net.Conn, error) {
	dialer := net.Dialer{
		Timeout: d.opts.Timeout, Resolver: d.opts.Resolver, KeepAlive: -1,
		ControlContext: func(_ context.Context, network, address string, _ syscall.RawConn) error {
			if network != "tcp4" && network != "tcp6" {
				return fmt.Errorf("network %s: %w", network, ErrRefused)
			}
			to, err := netip.ParseAddrPort(address)
			if err != nil {
				return fmt.Errorf("%q: %w", address, ErrRefused)
			}
			return check(to)
		},
	}
	return dialer.DialContext(ctx, network, address)
}

// Check says whether the dialer connects to an address. The error wraps
// [ErrRefused].
func (d *Dialer) Check(to netip.AddrPort) error {
	to = plain(to)
	switch named, own := d.opts.Rules.name(to), d.own(to); {
	case own && !d.opts.Rules.namePort(to):
		return fmt.Errorf("%s is a listener of this server: %w", to, ErrRefused)
	case named || Public(to.Addr()):
		return nil
	}
	return fmt.Errorf("%s is not a public address: %w", to.Addr(), ErrRefused)
}

// own reports whether an address may be a listener of this process. If the
// machine's addresses cannot be listed, every address may.
func (d *Dialer) own(to netip.AddrPort) bool {
	if !slices.Contains(d.opts.OwnPorts, to.Port()) {
		return false
	}
	if to.Addr().IsLoopback() || to.Addr().IsUnspecified() {
		return true
	}
	list, err := d.opts.Interfaces()
	if err != nil {
		return true
	}
	for _, a := range list {
		if p, err := netip.ParsePrefix(a.String()); err == nil && p.Addr().Unmap().WithZone("") == to.Addr() {
			return true
		}
	}
	return false
}

// plain takes an address out of its IPv6 form and drops the zone, which says over
// which interface and not where to.
func plain(to netip.AddrPort) netip.AddrPort {
	return netip.AddrPortFrom(unwrapped(to.Addr()).WithZone(""), to.Port())
}
