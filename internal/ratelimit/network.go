package ratelimit

import (
	"context"
	"log/slog"
	"net/netip"
	"time"

	"github.com/sallyport-auth/sallyport/internal/cluster"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// Network is a network that a client address lies in, and how much more of a
// limit it gets than the address alone.
type Network struct {
	Name string
	// Share is the network's limit, in hundredths of the address's.
	Share int
}

// failureNetworks are the networks whose failed sign-ins are counted: an IPv4
// address and its /24; the /64, /56 and /48 of an IPv6 address, because one
// customer has one of these. Sizes grow, and slowly: a network that sprays one
// password each from all its addresses has little more than one of them.
func failureNetworks(client string) []Network {
	return networks(client, []share{{24, 150}}, []share{{56, 150}, {48, 230}})
}

// flowNetworks are the networks whose requests are counted, beside the address,
// in flows that anybody can use up.
func flowNetworks(client string) []Network {
	return networks(client, []share{{24, 800}}, []share{{56, 400}, {48, 1600}})
}

// share is the part of a limit that a network gets whose prefix has so many bits.
type share struct{ bits, hundredths int }

// networks lists what a name of [Client] lies in, the smallest first, the name
// itself among them. What is no address is its own and only network.
func networks(client string, v4, v6 []share) []Network {
	list := []Network{{Name: client, Share: 100}}
	addr, err := netip.ParseAddr(client)
	wider := v4
	if err != nil {
		prefix, err := netip.ParsePrefix(client)
		if err != nil {
			return list
		}
		addr, wider = prefix.Addr(), v6
	}
	for _, s := range wider {
		list = append(list, Network{Name: netip.PrefixFrom(addr, s.bits).Masked().String(), Share: s.hundredths})
	}
	return list
}

// of is a rate of which a network gets its share.
func (n Network) of(rate cluster.Rate) cluster.Rate {
	return cluster.Rate{Burst: max(1, rate.Burst*n.Share/100), Period: rate.Period}
}

// FailureWindow is how long failed sign-ins are remembered against networks.
const FailureWindow = 15 * time.Minute

// everywhere is the name of the bucket of all networks together.
const everywhere = "*"

// Of what may fail from everywhere, one part in reservePart is kept for networks
// that have not failed lately: freshTries in [FailureWindow] from an address, its
// /24 or /48, and freshWide hundredths of that from its /16 or /32.
const (
	reservePart = 2
	freshTries  = 2
	freshWide   = 800
)

// freshNetworks are the networks whose use of the reserve is counted. The last is
// what a provider has: a /32 is 65,536 times a /48, and a few of those are cheap.
func freshNetworks(client string) []Network {
	return networks(client, []share{{24, 100}, {16, freshWide}}, []share{{48, 100}, {32, freshWide}})
}

// Reserve gives how many of the failures a minute that are let through from
// everywhere are for networks that have not failed lately, and how many tries such a
// network has in [FailureWindow]. The reserve holds what it gets in that time, so
// that it lasts where many of them try at once.
func Reserve(inAllPerMinute int) (perMinute, fresh int) {
	return inAllPerMinute / reservePart, freshTries
}

// FailureOptions says how many sign-ins may fail from devices that are not known:
// PerAddress in [FailureWindow] from a client address, InAllPerMinute from
// everywhere together, of which half are a reserve. Log may be nil.
type FailureOptions struct {
	On             bool
	Log            *slog.Logger
	PerAddress     int
	InAllPerMinute int
}

// Failures slows down somebody who tries a few passwords at each of many accounts
// (password spraying), which no counter of one account sees: by networks, which
// are cheap to have many addresses in, and in all, which holds against any number
// of networks. Known devices never wait here. Like every bucket, these may be
// lost; the counters of accounts stand in SQL. It is safe for concurrent use.
//
// What is for everywhere is in two parts. A few dozen networks that fail all the
// time hold the first empty; the second, the reserve, gives each network a few
// tries in [FailureWindow] and no more, so that people elsewhere sign in on new
// devices meanwhile.
type Failures struct {
	on         bool
	log        *slog.Logger
	buckets    cluster.Buckets
	perAddress cluster.Rate
	inAll      bucketOf
	reserve    bucketOf
}

// NewFailures returns counters that are kept in buckets.
func NewFailures(buckets cluster.Buckets, o FailureOptions) *Failures {
	log := o.Log
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	reserve, _ := Reserve(o.InAllPerMinute)
	return &Failures{
		on: o.On, log: log, buckets: buckets,
		perAddress: cluster.Rate{Burst: o.PerAddress, Period: FailureWindow},
		inAll:      bucketOf{failed + everywhere, cluster.Rate{Burst: o.InAllPerMinute - reserve, Period: time.Minute}},
		reserve:    bucketOf{fresh + everywhere, cluster.Rate{Burst: reserve * int(FailureWindow/time.Minute), Period: FailureWindow}},
	}
}

// Failure is a try that is counted as one that failed until it is given back.
type Failure struct {
	failures *Failures
	taken    []bucketOf
}

// bucketOf is one bucket and how large it is.
type bucketOf struct {
	key  string
	rate cluster.Rate
}

// The buckets of networks, and of their use of the reserve.
const (
	failed = store.DefaultRealm + "|failed|"
	fresh  = store.DefaultRealm + "|fresh|"
)

// Take counts a try of a device that is not known, before anything is verified,
// so that no number of concurrent tries gets past the limits. Over one it returns
// rate_limited with the time to wait. What a network refuses is counted nowhere
// else; what is refused because too much fails everywhere stays counted against its
// networks, so that they do not ask without end. The address is the
// client's own, as [netip.Addr.String] writes it. If the buckets fail it allows:
// what must hold is counted in SQL.
func (f *Failures) Take(ctx context.Context, address string) (Failure, error) {
	try := Failure{failures: f}
	if f == nil || !f.on {
		return try, nil
	}
	client := address
	if addr, err := netip.ParseAddr(address); err == nil {
		client = Client(addr)
	}
	for _, n := range failureNetworks(client) {
		if ok, wait := try.take(ctx, bucketOf{failed + n.Name, n.of(f.perAddress)}); !ok {
			try.GiveBack(ctx)
			return Failure{}, limited(wait)
		}
	}
	ok, wait := try.take(ctx, f.inAll)
	if !ok && !try.takeReserve(ctx, client) {
		return Failure{}, limited(wait)
	}
	return try, nil
}

// take spends one unit of a bucket, and reports whether there was one.
func (t *Failure) take(ctx context.Context, b bucketOf) (ok bool, wait time.Duration) {
	ok, wait, err := t.failures.buckets.Take(ctx, b.key, b.rate)
	if err != nil {
		t.failures.log.WarnContext(ctx, "rate limit not checked", slog.String("flow", "failed sign-in"), slog.Any("error", err))
		return true, 0
	}
	if ok {
		t.taken = append(t.taken, b)
	}
	return ok, wait
}

// takeReserve spends one of the tries that the networks of a client have of the
// reserve, and one of the reserve. Those of the networks are spent if the reserve is
// empty, too: however many networks there are, each asks for its share and no more.
func (t *Failure) takeReserve(ctx context.Context, client string) bool {
	if t.failures.reserve.rate.Burst == 0 {
		return false
	}
	for _, n := range freshNetworks(client) {
		rate := n.of(cluster.Rate{Burst: freshTries, Period: FailureWindow})
		if ok, _ := t.take(ctx, bucketOf{fresh + n.Name, rate}); !ok {
			return false
		}
	}
	ok, _ := t.take(ctx, t.failures.reserve)
	return ok
}

// GiveBack takes back a try that did not fail, or that nobody looked at. That the
// caller's time has run out does not stop it.
func (t *Failure) GiveBack(ctx context.Context) {
	ctx = context.WithoutCancel(ctx)
	for _, b := range t.taken {
		if err := t.failures.buckets.GiveBack(ctx, b.key, b.rate); err != nil {
			t.failures.log.WarnContext(ctx, "rate limit not given back", slog.String("flow", "failed sign-in"), slog.Any("error", err))
		}
	}
}
