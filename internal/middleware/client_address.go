package middleware

import (
	"fmt"
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// Proxies is the set of networks whose X-Forwarded-For counts. A nil one trusts
// nobody.
type Proxies struct {
	trusted []netip.Prefix
}

// ParseProxies reads addresses and networks.
func ParseProxies(list []string) (*Proxies, error) {
	p := &Proxies{}
	for _, s := range list {
		s = strings.TrimSpace(s)
		prefix, err := netip.ParsePrefix(s)
		if err != nil {
			address, err := netip.ParseAddr(s)
			if err != nil || address.Zone() != "" {
				return nil, fmt.Errorf("trusted proxies: %q is neither an address nor a network", s)
			}
			prefix = netip.PrefixFrom(address, address.BitLen())
		}
		if address := prefix.Addr(); address.Is4In6() {
			bits := prefix.Bits() - 96
			if bits < 0 {
				return nil, fmt.Errorf("trusted proxies: %q is wider than all of IPv4", s)
			}
			prefix = netip.PrefixFrom(address.Unmap(), bits)
		}
		p.trusted = append(p.trusted, prefix.Masked())
	}
	return p, nil
}

// Trusts reports whether r came over a trusted proxy, so that what it says of the
// request that it got counts.
func (p *Proxies) Trusts(r *http.Request) bool {
	peer := readAddress(r.RemoteAddr)
	return p != nil && peer.IsValid() && p.trusts(peer)
}

func (p *Proxies) trusts(a netip.Addr) bool {
	for _, prefix := range p.trusted {
		if prefix.Contains(a) {
			return true
		}
	}
	return false
}

// Client is the address of the client that r came from: the peer's, or if the
// peer is a trusted proxy the right-most address of X-Forwarded-For that is
// not. A hop that cannot be read ends the search, and the peer's address
// counts; one that is empty is passed over (RFC 9110 §5.6.1.2). IPv6 zones are
// dropped and IPv4 in IPv6 is unwrapped.
func (p *Proxies) Client(r *http.Request) netip.Addr {
	peer := readAddress(r.RemoteAddr)
	if p == nil || !peer.IsValid() || !p.trusts(peer) {
		return peer
	}
	client := peer
	lines := r.Header["X-Forwarded-For"]
	for _, line := range slices.Backward(lines) {
		for rest := line; ; {
			comma := strings.LastIndexByte(rest, ',')
			if text := strings.TrimSpace(rest[comma+1:]); text != "" {
				hop := readAddress(text)
				if !hop.IsValid() {
					return peer
				}
				if client = hop; !p.trusts(hop) {
					return client
				}
			}
			if comma < 0 {
				break
			}
			rest = rest[:comma]
		}
	}
	return client
}

// readAddress reads an address with or without a port, and one of IPv6 also in
// brackets without any, as some proxies write it (RFC 3986 §3.2.2). It is not
// valid if s is none of these.
func readAddress(s string) netip.Addr {
	if inner, ok := strings.CutPrefix(s, "["); ok {
		if inner, ok = strings.CutSuffix(inner, "]"); ok && strings.Contains(inner, ":") {
			s = inner
		}
	}
	a, err := netip.ParseAddr(s)
	if err != nil {
		port, err := netip.ParseAddrPort(s)
		if err != nil {
			return netip.Addr{}
		}
		a = port.Addr()
	}
	return a.WithZone("").Unmap()
}

// Network is the part of an address that the access log shows: /24 of IPv4, /48
// of IPv6.
func Network(a netip.Addr) string {
	if !a.IsValid() {
		return ""
	}
	bits := 48
	if a.Is4() {
		bits = 24
	}
	prefix, err := a.Prefix(bits)
	if err != nil {
		return ""
	}
	return prefix.String()
}
