package egress

import "net/netip"

// globalUnicast is all of IPv6 that IANA gives out.
var globalUnicast = netip.MustParsePrefix("2000::/3")

// special are the blocks of IANA's special-purpose address registries (RFC 6890),
// and those that the registries of multicast and reserved addresses add. Some are
// reachable worldwide; nobody's web server stands there.
var special = prefixes(
	"0.0.0.0/8",       // this network (RFC 791 §3.2)
	"10.0.0.0/8",      // private (RFC 1918)
	"100.64.0.0/10",   // shared, carrier-grade NAT (RFC 6598)
	"127.0.0.0/8",     // loopback (RFC 1122 §3.2.1.3)
	"169.254.0.0/16",  // link-local, and metadata of clouds (RFC 3927)
	"172.16.0.0/12",   // private (RFC 1918)
	"192.0.0.0/24",    // protocol assignments (RFC 6890 §2.1)
	"192.0.2.0/24",    // documentation (RFC 5737)
	"192.31.196.0/24", // AS112 (RFC 7535)
	"192.52.193.0/24", // AMT (RFC 7450)
	"192.88.99.0/24",  // 6to4 relays (RFC 7526)
	"192.168.0.0/16",  // private (RFC 1918)
	"192.175.48.0/24", // AS112 (RFC 7534)
	"198.18.0.0/15",   // benchmarks (RFC 2544)
	"198.51.100.0/24", // documentation (RFC 5737)
	"203.0.113.0/24",  // documentation (RFC 5737)
	"224.0.0.0/4",     // multicast (RFC 5771)
	"240.0.0.0/4",     // reserved, and the broadcast address (RFC 1112 §4)

	"2001::/23",         // protocol assignments: Teredo, benchmarks, ORCHID (RFC 2928)
	"2001:db8::/32",     // documentation (RFC 3849)
	"2002::/16",         // 6to4 (RFC 3056), whatever it holds
	"2620:4f:8000::/48", // AS112 (RFC 7534)
	"3fff::/20",         // documentation (RFC 9637)
)

func prefixes(list ...string) (out []netip.Prefix) {
	for _, p := range list {
		out = append(out, netip.MustParsePrefix(p))
	}
	return out
}

// Public reports whether an address is a global unicast one that is not set aside
// for something special.
func Public(a netip.Addr) bool {
	if !a.IsValid() || a.Zone() != "" {
		return false
	}
	a = unwrapped(a)
	if a.Is6() && !globalUnicast.Contains(a) {
		return false
	}
	for _, p := range special {
		if p.Contains(a) {
			return false
		}
	}
	return true
}

// unwrapped takes an IPv4 address out of an IPv6 one that systems carry to it: the
// mapped form (RFC 4291 §2.5.5.2), and ISATAP (RFC 5214 §6.1). What stands in 6to4,
// Teredo, NAT64 and the compatible form is refused with them.
func unwrapped(a netip.Addr) netip.Addr {
	if a.Is4In6() {
		return a.Unmap()
	}
	if b := a.As16(); a.Is6() && b[8]&^2 == 0 && b[9] == 0 && b[10] == 0x5e && b[11] == 0xfe {
		return netip.AddrFrom4([4]byte(b[12:]))
	}
	return a
}
