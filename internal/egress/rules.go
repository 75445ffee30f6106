package egress

import (
	"fmt"
	"net/netip"
	"strings"
)

// Rules are exceptions: addresses that may be connected to although they are not
// public.
type Rules []rule

// rule is a prefix, at one port or, with 0, at every port.
type rule struct {
	prefix netip.Prefix
	port   uint16
}

// ParseRules reads a list of addresses and prefixes, each with a port or without:
// "10.1.2.3", "10.0.0.0/8", "127.0.0.1:8000", "[fd00::/8]:443". Names are refused,
// because a rule counts after the look-up.
func ParseRules(list []string) (Rules, error) {
	var rules Rules
	for _, text := range list {
		r, err := parseRule(strings.TrimSpace(text))
		if err != nil {
			return nil, err
		}
		rules = append(rules, r)
	}
	return rules, nil
}

func parseRule(text string) (r rule, err error) {
	where := text
	if n := strings.LastIndexByte(text, ':'); n >= 0 && (strings.Count(text, ":") == 1 || text[n-min(n, 1)] == ']') {
		port, err := netip.ParseAddrPort("0.0.0.0" + text[n:])
		if err != nil || port.Port() == 0 {
			return r, fmt.Errorf("%q does not end in a port", text)
		}
		where, r.port = text[:n], port.Port()
	}
	if strings.HasPrefix(where, "[") && strings.HasSuffix(where, "]") {
		where = where[1 : len(where)-1]
	}
	r.prefix, err = netip.ParsePrefix(where)
	if err != nil {
		a, err := netip.ParseAddr(where)
		if err != nil || a.Zone() != "" {
			return r, fmt.Errorf("%q is neither an address nor a prefix", text)
		}
		a = unwrapped(a)
		r.prefix = netip.PrefixFrom(a, a.BitLen())
	}
	if r.prefix != r.prefix.Masked() || r.prefix.Addr().Is4In6() {
		return r, fmt.Errorf("%q is not the beginning of a network", text)
	}
	return r, nil
}

// name reports whether a rule names an address at this port.
func (rs Rules) name(to netip.AddrPort) bool {
	for _, r := range rs {
		if r.prefix.Contains(to.Addr()) && (r.port == 0 || r.port == to.Port()) {
			return true
		}
	}
	return false
}

// namePort reports whether a rule names an address and its port.
func (rs Rules) namePort(to netip.AddrPort) bool {
	for _, r := range rs {
		if r.prefix.Contains(to.Addr()) && r.port == to.Port() {
			return true
		}
	}
	return false
}
