package ratelimit

import (
	"context"
	"log/slog"
	"net/netip"
	"time"

	"github.com/sallyport-auth/sallyport/internal/cluster"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// Flow is what a client address does.
type Flow string

// The flows that are limited per client address.
const (
	SignUp      Flow = "sign_up"
	Login       Flow = "login"   // and change of password: both hash
	MailRequest Flow = "mail"    // reset and resend
	OneTime     Flow = "token"   // one-time tokens presented
	Refresh     Flow = "refresh" // refresh tokens presented
	Logout      Flow = "logout"  // as many as refreshes, and apart: no flood of those keeps anybody signed in
	// OAuth is what programs ask for under /oauth2/: it is limited per client address,
	// and once the program has said who it is, per program ([Program]).
	OAuth Flow = "oauth"
	// Change is what somebody who is signed in changes; it is limited per user
	// ([User]), because their neighbours change nothing of theirs.
	Change Flow = "change"
	// AdminRead is what an operator looks at; it is limited per user as well, and apart
	// from what they change, so that reading every account takes its time.
	AdminRead Flow = "admin_read"
	// ByAccount marks what is limited by a counter of the account alone ([Codes]):
	// it has no limit per client address, unless an Idempotency-Key comes along.
	ByAccount Flow = "by_account"
)

// Options says how much each flow may do. Log may be nil.
type Options struct {
	On               bool
	Log              *slog.Logger
	SignUpPerHour    int
	LoginPerMinute   int
	MailPerHour      int
	TokenPerMinute   int
	RefreshPerMinute int
	ChangePerMinute  int
	OAuthPerMinute   int

	AdminReadsPerMinute int
}

// Limits limits flows per client address. It is safe for concurrent use.
type Limits struct {
	on      bool
	log     *slog.Logger
	buckets cluster.Buckets
	rates   map[Flow]cluster.Rate
}

// New returns limits that are kept in buckets.
func New(buckets cluster.Buckets, o Options) *Limits {
	log := o.Log
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	return &Limits{on: o.On, log: log, buckets: buckets, rates: map[Flow]cluster.Rate{
		SignUp:      {Burst: o.SignUpPerHour, Period: time.Hour},
		Login:       {Burst: o.LoginPerMinute, Period: time.Minute},
		MailRequest: {Burst: o.MailPerHour, Period: time.Hour},
		OneTime:     {Burst: o.TokenPerMinute, Period: time.Minute},
		Refresh:     {Burst: o.RefreshPerMinute, Period: time.Minute},
		Logout:      {Burst: o.RefreshPerMinute, Period: time.Minute},
		Change:      {Burst: o.ChangePerMinute, Period: time.Minute},
		OAuth:       {Burst: o.OAuthPerMinute, Period: time.Minute},
		AdminRead:   {Burst: o.AdminReadsPerMinute, Period: time.Minute},
	}}
}

// Allow spends one unit of a flow's budget for a client address, which has been
// through [Client], and in some flows of the networks around it. Over a limit it
// returns rate_limited with the time to wait. If the buckets fail it allows: what must hold is counted in SQL.
func (l *Limits) Allow(ctx context.Context, flow Flow, address string) error {
	if !l.on || flow == ByAccount {
		return nil
	}
	list := []Network{{Name: address, Share: 100}}
	if flow.shared() {
		list = flowNetworks(address)
	}
	for _, n := range list {
		allowed, wait, err := l.buckets.Take(ctx, store.DefaultRealm+"|"+string(flow)+"|"+n.Name, n.of(l.rates[flow]))
		if err != nil {
			l.log.WarnContext(ctx, "rate limit not checked", slog.String("flow", string(flow)), slog.Any("error", err))
			return nil
		}
		if !allowed {
			return limited(wait)
		}
	}
	return nil
}

// PerUser reports whether a flow is limited per user ([User]), and not per client
// address.
func (f Flow) PerUser() bool { return f == Change || f == AdminRead }

// shared reports whether the networks around an address are counted as well. They
// are where a stranger causes mail or rows. A sign-in is counted by networks only
// where it fails ([Failures]), and what needs a session or a token that cannot be
// guessed not at all: a neighbour who attacks must not lock people out of what
// they are signed in to.
func (f Flow) shared() bool { return f == SignUp || f == MailRequest }

// User is the name under which a user is limited. No address is written like it.
func User(id string) string { return "user|" + id }

// Program is the name under which a client (RFC 6749 §2) is limited.
func Program(clientID string) string { return "client|" + clientID }

// ipv6Network is how much of an IPv6 address counts as one client.
const ipv6Network = 64

// Client is the name under which an address is limited: an IPv4 address, also
// one in its IPv6 form, or the /64 of an IPv6 address.
func Client(addr netip.Addr) string {
	addr = addr.Unmap().WithZone("")
	if !addr.Is6() {
		return addr.String()
	}
	return netip.PrefixFrom(addr, ipv6Network).Masked().String()
}
