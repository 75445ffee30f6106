package ratelimit_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/netip"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/cluster/local"
	"github.com/sallyport-auth/sallyport/internal/ratelimit"
)

// The defaults of the settings.
const (
	failuresPerAddress = 30
	failuresInAll      = 120
)

func newFailures(clk clock.Clock) *ratelimit.Failures {
	return ratelimit.NewFailures(local.NewBuckets(clk, 0), ratelimit.FailureOptions{
		On: true, PerAddress: failuresPerAddress, InAllPerMinute: failuresInAll,
	})
}

// spray lets each of n addresses try once, and says how many were let through.
func spray(ctx context.Context, t *testing.T, f *ratelimit.Failures, n int, address func(int) string) (passed int) {
	t.Helper()
	for i := range n {
		switch _, err := f.Take(ctx, address(i)); {
		case err == nil:
			passed++
		case !errors.Is(err, ratelimit.ErrLimited):
			t.Fatal(err)
		}
	}
	return passed
}

func TestANetworkThatSpraysGetsLittleMoreThanOneAddress(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name    string
		n, most int
		address func(int) string
	}{
		{"one address", 250, 30, func(int) string { return "198.51.100.7" }},
		{"one address in its IPv6 form", 250, 30, func(int) string { return "::ffff:198.51.100.7" }},
		{"a /24", 250, 45, func(i int) string { return fmt.Sprintf("198.51.100.%d", i) }},
		{"a /64", 400, 30, func(i int) string { return fmt.Sprintf("2001:db8:1:2::%x", i+1) }},
		{"a /56", 200, 45, func(i int) string { return fmt.Sprintf("2001:db8:1:1%02x::1", i) }},
		{"a /48", 400, 62, func(i int) string { return fmt.Sprintf("2001:db8:1:%x::1", i<<7) }},
		{"256 /16s, one /24 of each", 256, 256, func(i int) string { return fmt.Sprintf("%d.10.0.1", i) }},
		{"everywhere", 4000, 60 + 900, func(i int) string { return fmt.Sprintf("%d.%d.0.1", i%250, i/250) }},
		{"a /32", 4000, 76, func(i int) string { return fmt.Sprintf("2001:db8:%x::1", i) }},
		{"everywhere in IPv6", 4000, 60 + 900, func(i int) string { return fmt.Sprintf("2001:%x::1", i) }},
		{"no address", 400, 30, func(int) string { return "" }},
	} {
		if got := spray(t.Context(), t, newFailures(clock.NewFake()), test.n, test.address); got < test.most || got > test.most+1 {
			t.Errorf("%s: %d of %d tries were let through, want %d", test.name, got, test.n, test.most)
		}
	}
}

func TestATryThatDidNotFailCostsNothing(t *testing.T) {
	t.Parallel()
	f := newFailures(clock.NewFake())
	late, cancel := context.WithCancel(t.Context())
	cancel()
	for n := range 1000 {
		try, err := f.Take(t.Context(), "198.51.100.7")
		if err != nil {
			t.Fatalf("sign-in %d: %v", n+1, err)
		}
		try.GiveBack(late)
	}
	// What a wider network refuses is not taken from the address either.
	spray(t.Context(), t, f, 60, func(i int) string { return fmt.Sprintf("198.51.100.%d", i+10) })
	for range 100 {
		if _, err := f.Take(t.Context(), "198.51.100.7"); !errors.Is(err, ratelimit.ErrLimited) {
			t.Fatalf("in a network that is used up: %v", err)
		}
	}
	if got := spray(t.Context(), t, f, 200, func(i int) string { return fmt.Sprintf("10.%d.0.1", i) }); got < 75 {
		t.Errorf("refusals used up what is there for everybody: %d are left of 120 less 45", got)
	}
}

// A few networks that fail all the time use up what is for everybody, and not what
// is kept for others: people elsewhere sign in on new devices meanwhile, with one
// mistyped password each.
func TestAFewNetworksHoldNobodyUp(t *testing.T) {
	t.Parallel()
	for _, attack := range []struct {
		name     string
		networks int
		address  func(int) string
	}{
		{"40 networks", 40, func(i int) string { return fmt.Sprintf("10.%d.0.1", i) }},
		{"250 networks", 250, func(i int) string { return fmt.Sprintf("10.%d.0.1", i) }},
		{"the /48s of a provider", 500, func(i int) string { return fmt.Sprintf("2001:db8:%x::1", i) }},
	} {
		clk := clock.NewFake()
		f, people, passed := newFailures(clk), 0, 0
		for second := range 1000 {
			clk.Advance(time.Second)
			passed += spray(t.Context(), t, f, attack.networks, attack.address)
			if second%30 != 0 {
				continue
			}
			people++
			home := fmt.Sprintf("203.%d.113.9", people)
			if _, err := f.Take(t.Context(), home); err != nil {
				t.Fatalf("%s: after %d s the first try of somebody elsewhere: %v", attack.name, second, err)
			}
			try, err := f.Take(t.Context(), home)
			if err != nil {
				t.Fatalf("%s: after %d s the second try of somebody elsewhere: %v", attack.name, second, err)
			}
			try.GiveBack(t.Context())
		}
		if most := failuresInAll * (17 + 15); passed > most {
			t.Errorf("%s: %d of the attacker's tries were let through in 17 minutes, want %d at most", attack.name, passed, most)
		}
	}
}

// What is refused because too much fails everywhere counts against its network.
func TestARefusalForAllIsNotGivenBack(t *testing.T) {
	t.Parallel()
	clk := clock.NewFake()
	f := newFailures(clk)
	spray(t.Context(), t, f, 4000, func(i int) string { return fmt.Sprintf("%d.%d.0.1", i%250, i/250) })
	spray(t.Context(), t, f, 1000, func(int) string { return "198.51.100.7" })
	clk.Advance(time.Minute)
	if got := spray(t.Context(), t, f, 1000, func(int) string { return "198.51.100.7" }); got > 3 {
		t.Errorf("an address that was refused a thousand times has %d tries a minute later, want those that came since", got)
	}
}

func TestFailuresRacersGetNoMoreThanTheLimit(t *testing.T) {
	t.Parallel()
	f := newFailures(clock.System{})
	var passed atomic.Int64
	var racers sync.WaitGroup
	for n := range 250 {
		racers.Go(func() {
			if _, err := f.Take(t.Context(), fmt.Sprintf("198.51.100.%d", n)); err == nil {
				passed.Add(1)
			}
		})
	}
	racers.Wait()
	if got := passed.Load(); got > 45 {
		t.Errorf("%d of 250 racers from a /24 were let through, want 45", got)
	}
}

func TestFailuresThatAreOffOrLostRefuseNobody(t *testing.T) {
	t.Parallel()
	var none *ratelimit.Failures
	for name, f := range map[string]*ratelimit.Failures{
		"none": none,
		"off":  ratelimit.NewFailures(local.NewBuckets(clock.System{}, 0), ratelimit.FailureOptions{PerAddress: 1, InAllPerMinute: 1}),
		"lost": ratelimit.NewFailures(brokenBuckets{}, ratelimit.FailureOptions{On: true, PerAddress: 1, InAllPerMinute: 1}),
	} {
		for range 3 {
			try, err := f.Take(t.Context(), "192.0.2.1")
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
			try.GiveBack(t.Context())
		}
	}
}

// An office behind one NAT works: people sign in on devices that are new, one in
// five of them mistypes, and nobody is told to wait. The figures are those of
// docs/operations/limits.md.
func TestAnOfficeBehindOneAddressWorks(t *testing.T) {
	t.Parallel()
	for _, office := range []struct {
		name   string
		people int           // who sign in on a device that is new
		within time.Duration // spread evenly, by chance
		most   int           // may be told to wait
	}{
		{"40 at once, on new computers", 40, time.Minute, 0},
		{"200 in the first hour of a day", 200, time.Hour, 0},
		{"1000 over a working day", 1000, 8 * time.Hour, 0},
	} {
		chance := rand.New(rand.NewPCG(1, 2))
		waited := 0
		for range 100 {
			waited += workday(t, chance, office.people, office.within)
		}
		t.Logf("%s: %d of %d were told to wait", office.name, waited, 100*office.people)
		if waited > office.most {
			t.Errorf("%s: %d of %d were told to wait, want %d at most", office.name, waited, 100*office.people, office.most)
		}
	}
}

// workday lets people sign in from one address, and counts those who are told to
// wait. One try in five is mistyped, and tried once more.
func workday(t *testing.T, chance *rand.Rand, people int, within time.Duration) (waited int) {
	t.Helper()
	clk := clock.NewFake()
	f := newFailures(clk)
	for range people {
		clk.Advance(time.Duration(chance.ExpFloat64() * float64(within) / float64(people)))
		for mistyped := true; mistyped; {
			try, err := f.Take(t.Context(), "203.0.113.9")
			if err != nil {
				waited++
				break
			}
			if mistyped = chance.IntN(5) == 0; !mistyped {
				try.GiveBack(t.Context())
			}
		}
	}
	return waited
}

func TestMailIsLimitedByNetworksAsWell(t *testing.T) {
	t.Parallel()
	limits := ratelimit.New(local.NewBuckets(clock.NewFake(), 0), ratelimit.Options{
		On: true, MailPerHour: 2, SignUpPerHour: 2, LoginPerMinute: 2,
	})
	through := func(flow ratelimit.Flow, n int, address func(int) string) (passed int) {
		for i := range n {
			if limits.Allow(t.Context(), flow, ratelimit.Client(netip.MustParseAddr(address(i)))) == nil {
				passed++
			}
		}
		return passed
	}
	four := func(i int) string { return fmt.Sprintf("198.51.100.%d", i) }
	six := func(i int) string { return fmt.Sprintf("2001:db8:1:%x::1", i<<6) }
	for _, flow := range []ratelimit.Flow{ratelimit.MailRequest, ratelimit.SignUp} {
		if got := through(flow, 200, four); got != 16 {
			t.Errorf("%s: a /24 gets %d, want 16", flow, got)
		}
		if got := through(flow, 200, six); got != 32 {
			t.Errorf("%s: a /48 gets %d, want 32", flow, got)
		}
	}
	// Neighbours of an attacker are signed in and sign in as ever.
	if got := through(ratelimit.Login, 200, four); got != 200 {
		t.Errorf("logins of a /24: %d were let through, want all", got)
	}
}
