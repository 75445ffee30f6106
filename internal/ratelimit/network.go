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

// FailureOptions says how many sign-ins may fail from devices that are not known:
// PerAddress in [FailureWindow] from a client address, InAllPerMinute from
// everywhere together. Log may be nil.
type FailureOptions struct {
	On             bool
	Log            *slog.Logger
	PerAddress     int
	InAllPerMinute int
}

// Failures slows down whoever tries a few passwords at each of many accounts
// (password spraying), which no counter of one account sees: by networks, which
// are cheap to have many addresses in, and in all, which holds against any number
// of networks. Known devices never wait here. Like every bucket, these may be
// lost; the counters of accounts stand in SQL. It is safe for concurrent use.
type Failures struct {
	on         bool
	log        *slog.Logger
	buckets    cluster.Buckets
	perAddress cluster.Rate
	inAll      cluster.Rate
}

// NewFailures returns counters that are kept in buckets.
func NewFailures(buckets cluster.Buckets, o FailureOptions) *Failures {
	log := o.Log
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	return &Failures{
		on: o.On, log: log, buckets: buckets,
		perAddress: cluster.Rate{Burst: o.PerAddress, Period: FailureWindow},
		inAll:      cluster.Rate{Burst: o.InAllPerMinute, Period: time.Minute},
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

// Take counts a try of a device that is not known, before anything is verified,
// so that no number of concurrent tries gets past the limits. Over one it returns
// rate_limited with the time to wait, and counts nothing. The address is the
// client's own, as [netip.Addr.String] writes it. If the buckets fail it allows:
// what must hold is counted in SQL.
func (f *Failures) Take(ctx context.Context, address string) (Failure, error) {
	try := Failure{failures: f}
	if f == nil || !f.on {
		return try, nil
	}
	for _, b := range f.bucketsOf(address) {
		allowed, wait, err := f.buckets.Take(ctx, b.key, b.rate)
		switch {
		case err != nil:
			f.log.WarnContext(ctx, "rate limit not checked", slog.String("flow", "failed sign-in"), slog.Any("error", err))
		case !allowed:
			try.GiveBack(ctx)
			return Failure{}, limited(wait)
		default:
			try.taken = append(try.taken, b)
		}
	}
	return try, nil
}

func (f *Failures) bucketsOf(address string) []bucketOf {
	client := address
	if addr, err := netip.ParseAddr(address); err == nil {
		client = Client(addr)
	}
	const prefix = store.DefaultRealm + "|failed|"
	var list []bucketOf
	for _, n := range failureNetworks(client) {
		list = append(list, bucketOf{prefix + n.Name, n.of(f.perAddress)})
	}
	return append(list, bucketOf{prefix + everywhere, f.inAll})
}

// GiveBack takes back a try that did not fail, or that nobody looked at. That the
// caller's time has run out does not stop it.
func (t Failure) GiveBack(ctx context.Context) {
	ctx = context.WithoutCancel(ctx)
	for _, b := range t.taken {
		if err := t.failures.buckets.GiveBack(ctx, b.key, b.rate); err != nil {
			t.failures.log.WarnContext(ctx, "rate limit not given back", slog.String("flow", "failed sign-in"), slog.Any("error", err))
		}
	}
}
