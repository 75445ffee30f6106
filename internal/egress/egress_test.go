package egress_test

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/net/dns/dnsmessage"

	"github.com/sallyport-auth/sallyport/internal/egress"
)

// TestPublicAddresses is the table of what is public. Each refused row leads, on
// some system, to what only this machine or its network reaches.
func TestPublicAddresses(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]bool{
		"0.0.0.0": false, "0.1.2.3": false, "10.0.0.1": false, "10.255.255.255": false, "11.0.0.1": true,
		"100.63.255.255": true, "100.64.0.1": false, "100.127.255.255": false, "100.128.0.1": true,
		"127.0.0.1": false, "127.255.255.254": false, "169.253.0.1": true, "169.254.169.254": false, "169.254.170.2": false,
		"172.15.0.1": true, "172.16.0.1": false, "172.31.255.255": false, "172.32.0.1": true,
		"192.0.0.1": false, "192.0.0.9": false, "192.0.0.170": false, "192.0.1.1": true, "192.0.2.1": false, "192.31.196.1": false,
		"192.52.193.1": false, "192.88.99.1": false, "192.168.0.1": false, "192.169.0.1": true, "192.175.48.1": false,
		"198.17.0.1": true, "198.18.0.1": false, "198.19.255.255": false, "198.20.0.1": true, "198.51.100.7": false,
		"203.0.113.1": false, "224.0.0.1": false, "239.255.255.250": false, "240.0.0.1": false, "255.255.255.255": false,
		"8.8.8.8": true, "223.255.255.1": true,
		// IPv6, and IPv4 within it.
		"::": false, "::1": false, "::2": false, "::127.0.0.1": false, "::8.8.8.8": false,
		"::ffff:127.0.0.1": false, "::ffff:10.0.0.1": false, "::ffff:169.254.169.254": false, "::ffff:7f00:1": false, "::ffff:8.8.8.8": true,
		"::ffff:0:127.0.0.1": false, "::ffff:0:8.8.8.8": false,
		"64:ff9b::127.0.0.1": false, "64:ff9b::8.8.8.8": false, "64:ff9b:1::a00:1": false, "64:ff9b:1:ffff::1": false,
		"100::1": false, "100:0:0:1::1": false, "2001::1": false, "2001:0:7f00:1::": false, "2001:0:4136:e378:8000:63bf:3fff:fdd2": false,
		"2001:2::1": false, "2001:10::1": false, "2001:20::1": false, "2001:30::1": false, "2001:1ff::1": false, "2001:200::1": true,
		"2001:db8::1": false, "2001:4860:4860::8888": true,
		"2002::1": false, "2002:7f00:1::": false, "2002:a00:1::1": false, "2002:c0a8:101::1": false, "2002:808:808::1": false,
		"2620:4f:8000::1": false, "2a00:1450:4001::1": true, "2606:4700::1111": true, "3fff::1": false, "3fff:1000::1": true,
		"2a00:1450::5efe:10.0.0.1": false, "2a00:1450::200:5efe:127.0.0.1": false, "2a00:1450::200:5efe:8.8.8.8": true,
		"4000::1": false, "5f00::1": false, "fc00::1": false, "fd12:3456::1": false, "fe80::1": false, "fe80::1%eth0": false, "fe80::5efe:8.8.8.8": true,
		"fec0::1": false, "ff02::1": false, "ff0e::1": false, "2a00:1450::1%eth0": false,
	} {
		if got := egress.Public(netip.MustParseAddr(address)); got != want {
			t.Errorf("%s: public %v, want %v", address, got, want)
		}
	}
	if egress.Public(netip.Addr{}) {
		t.Error("no address at all is public")
	}
}

// target is a TCP listener that counts who came.
type target struct {
	net.Listener
	port uint16
	came atomic.Int32
}

func listen(t *testing.T) *target {
	t.Helper()
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	tg := &target{Listener: l, port: netip.MustParseAddrPort(l.Addr().String()).Port()}
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			tg.came.Add(1)
			_ = c.Close()
		}
	}()
	t.Cleanup(func() { _ = l.Close(); <-done })
	return tg
}

// TestSpellingsOfThisMachine dials a real listener by every spelling that has ever
// reached one. Not one connection arrives, and the one that a rule names does.
func TestSpellingsOfThisMachine(t *testing.T) {
	t.Parallel()
	tg := listen(t)
	refusing := egress.New(egress.Options{Timeout: 5 * time.Second})
	for _, host := range []string{
		"127.0.0.1", "127.1", "127.0.1", "127.0.0.2", "2130706433", "0x7f000001", "0x7f.0.0.1", "0177.0.0.1", "017700000001", "127.0.0.1.",
		"0", "0.0.0.0", "localhost", "LOCALHOST", "::1", "[::1]", "::", "::ffff:127.0.0.1", "::ffff:7f00:1", "0:0:0:0:0:ffff:127.0.0.1",
		"::127.0.0.1", "64:ff9b::127.0.0.1", "2002:7f00:1::", "::1%lo", "①②⑦.0.0.1", "127。0。0。1", "127.0.0.1%00", "",
	} {
		c, err := refusing.Dial(t.Context(), "tcp", net.JoinHostPort(host, strconv.Itoa(int(tg.port))))
		if err == nil {
			_ = c.Close()
			t.Errorf("%q was connected to", host)
		}
	}
	if n := tg.came.Load(); n != 0 {
		t.Fatalf("%d connections arrived, want none", n)
	}
	rules, err := egress.ParseRules([]string{"127.0.0.1"})
	if err != nil {
		t.Fatal(err)
	}
	c, err := egress.New(egress.Options{Rules: rules, Timeout: 5 * time.Second}).Dial(t.Context(), "tcp", tg.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	_ = c.Close()
}

// nameServer answers the questions of a resolver: the first look-up of a name with
// the first address, later ones with the next.
func nameServer(t *testing.T, answers ...[4]byte) *net.Resolver {
	t.Helper()
	pc, err := (&net.ListenConfig{}).ListenPacket(t.Context(), "udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		asked := 0
		for buf := make([]byte, 1500); ; {
			n, from, err := pc.ReadFrom(buf)
			if err != nil {
				return
			}
			var q dnsmessage.Message
			if q.Unpack(buf[:n]) != nil || len(q.Questions) != 1 {
				continue
			}
			a := dnsmessage.Message{Header: dnsmessage.Header{ID: q.ID, Response: true, RecursionAvailable: true}, Questions: q.Questions}
			if q.Questions[0].Type == dnsmessage.TypeA {
				a.Answers = []dnsmessage.Resource{{
					Header: dnsmessage.ResourceHeader{Name: q.Questions[0].Name, Type: dnsmessage.TypeA, Class: dnsmessage.ClassINET},
					Body:   &dnsmessage.AResource{A: answers[min(asked, len(answers)-1)]},
				}}
				asked++
			}
			packed, err := a.Pack()
			if err != nil {
				continue
			}
			_, _ = pc.WriteTo(packed, from)
		}
	}()
	t.Cleanup(func() { _ = pc.Close(); <-done })
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "udp", pc.LocalAddr().String())
	}}
}

// TestANameThatIsBoundAnew: a name leads to a harmless address the first time and to
// this machine the second time. Every connection is judged by where it goes.
func TestANameThatIsBoundAnew(t *testing.T) {
	t.Parallel()
	tg := listen(t)
	rules, err := egress.ParseRules([]string{"127.0.0.2"})
	if err != nil {
		t.Fatal(err)
	}
	d := egress.New(egress.Options{
		Rules: rules, Timeout: 5 * time.Second, Resolver: nameServer(t, [4]byte{127, 0, 0, 2}, [4]byte{127, 0, 0, 1}),
	})
	where := net.JoinHostPort("rebind.example.com", strconv.Itoa(int(tg.port)))
	if _, err := d.Dial(t.Context(), "tcp", where); errors.Is(err, egress.ErrRefused) {
		t.Errorf("the address that a rule names is refused: %v", err)
	}
	if _, err := d.Dial(t.Context(), "tcp", where); !errors.Is(err, egress.ErrRefused) {
		t.Errorf("the second look-up leads to this machine: %v, want it refused", err)
	}
	if n := tg.came.Load(); n != 0 {
		t.Errorf("%d connections arrived, want none", n)
	}
}

func TestRulesNameAddressesAndPorts(t *testing.T) {
	t.Parallel()
	rules, err := egress.ParseRules([]string{"10.1.2.3", "10.9.0.0/16", "127.0.0.1:8000", "fd00::/8", "[fc00::1]:443", "[fc01::/16]:443", "::ffff:10.7.7.7"})
	if err != nil {
		t.Fatal(err)
	}
	d := egress.New(egress.Options{Rules: rules})
	for to, want := range map[string]bool{
		"10.1.2.3:1": true, "10.1.2.4:1": false, "10.9.255.1:80": true, "10.10.0.1:80": false, "[::ffff:10.1.2.3]:1": true, "10.7.7.7:1": true,
		"127.0.0.1:8000": true, "127.0.0.1:8001": false, "127.0.0.2:8000": false,
		"[fd12::1]:1": true, "[fc00::1]:443": true, "[fc00::1]:80": false, "[fc01::9]:443": true, "8.8.8.8:443": true,
	} {
		if err := d.Check(netip.MustParseAddrPort(to)); (err == nil) != want {
			t.Errorf("%s: %v, want allowed %v", to, err, want)
		}
	}
	for _, bad := range []string{"", "localhost", "example.com:80", "10.0.0.1/8", "10.0.0.0/8:0", "10.0.0.0/8:x", "10.0.0.0/33", "fe80::1%eth0", "[::1", "::ffff:10.0.0.0/104", ":80", ":"} {
		if rules, err := egress.ParseRules([]string{bad}); err == nil {
			t.Errorf("the rule %q is taken for %v", bad, rules)
		}
	}
}

// TestOwnListeners: a rule for an address does not open the server's own ports on
// it; a rule that names the port does.
func TestOwnListeners(t *testing.T) {
	t.Parallel()
	rules, err := egress.ParseRules([]string{"127.0.0.0/8", "127.0.0.1:9090"})
	if err != nil {
		t.Fatal(err)
	}
	own := func() ([]net.Addr, error) {
		return []net.Addr{&net.IPNet{IP: net.IPv4(11, 1, 1, 1), Mask: net.CIDRMask(24, 32)}, &net.IPNet{IP: net.ParseIP("2a00:1450::1"), Mask: net.CIDRMask(64, 128)}}, nil
	}
	o := egress.Options{Rules: rules, OwnPorts: []uint16{8080, 9090}, Interfaces: own}
	d := egress.New(o)
	for to, want := range map[string]bool{
		"127.0.0.1:8080": false, "127.9.9.9:8080": false, "127.0.0.1:9090": true, "127.0.0.1:80": true,
		"11.1.1.1:8080": false, "11.1.1.1:443": true, "11.1.1.2:8080": true, "[::ffff:11.1.1.1]:8080": false,
		"[2a00:1450::1]:8080": false, "[2a00:1450::2]:8080": true,
	} {
		if err := d.Check(netip.MustParseAddrPort(to)); (err == nil) != want {
			t.Errorf("%s: %v, want allowed %v", to, err, want)
		}
	}
	o.Interfaces = func() ([]net.Addr, error) { return nil, errors.New("no") }
	if err := egress.New(o).Check(netip.MustParseAddrPort("8.8.8.8:8080")); !errors.Is(err, egress.ErrRefused) {
		t.Errorf("an own port on a machine of unknown addresses: %v, want it refused", err)
	}
}

// TestWithoutTLS: what crosses no internet may go in clear, and nothing else.
func TestWithoutTLS(t *testing.T) {
	t.Parallel()
	tg := listen(t)
	rules, err := egress.ParseRules([]string{"127.0.0.1"})
	if err != nil {
		t.Fatal(err)
	}
	d := egress.New(egress.Options{Rules: rules, Timeout: time.Second})
	c, err := d.DialNamed(t.Context(), "tcp", tg.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	_ = c.Close()
	if _, err := d.DialNamed(t.Context(), "tcp", "8.8.8.8:80"); !errors.Is(err, egress.ErrRefused) {
		t.Errorf("a public address without TLS: %v, want it refused", err)
	}
}
