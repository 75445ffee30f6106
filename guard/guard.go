// Package guard protects the routes of a program with the access tokens of a
// Sallyport server: without a call per request, and with a logout that counts
// everywhere within a second or so.
//
//	g, err := guard.New(ctx, guard.Config{
//		Issuer: "https://auth.example.com", Audience: "https://api.example.com",
//		ClientID: "orders", ClientSecret: secret,
//	})
//	mux.Handle("GET /orders", g.Require(guard.Role("staff"))(orders))
//	user, _ := guard.UserFrom(r.Context())
//
// # What is checked
//
// A token comes through the same strict door as at the server: one spelling, a
// header of alg, kid and typ alone, the algorithm fixed by the key, signatures in
// canonical form, typ at+jwt, iss exactly ours, our audience among aud, integer
// times, iat and nbf at most 60 s ahead, exp without leeway. HS256 is not
// supported: a guard holds public keys only. A bounded cache remembers what was verified by
// the SHA-256 of the token; expiry, revocation, the key and how current the guard
// is are looked at every time.
//
// # What is revoked
//
// The guard follows the server's signed feed of revocations with one request at a
// time, which the server holds until there is something new. It keeps every entry
// until it expires, up to Config.MaxEntries. A page counts only if it is signed by
// a published key, with its own typ, for this client, with the nonce of this
// request, from the number that was asked for. The guard stands at a number and
// its mark, 64 random bits: if the server shows another history, a head below that
// number, or another mark in its place, it has lost revocations; the guard then
// reads from the beginning and forgets nothing meanwhile. After another history it
// first reads the keys anew, and until keys and feed were read nothing passes.
//
// # Current
//
// An entry refuses a token, however old the feed is. A token without an entry passes
// only while the guard is current: the last request that found everything began at most
// Config.MaxStaleness ago, counted from the server's own last look at its database,
// by the monotonic clock, the wall clock agrees within a second, and the server's is at
// most 60 s from it, since the server drops entries by its own. Otherwise
// Config.NotCurrent decides: [Refuse] answers 503 (the default), [Ask] asks the
// server about each token, [Allow] lets pass what no entry refuses. Beginning and end
// are logged. A guard that holds more entries than it may, or meets an entry that it
// does not understand, is not current.
//
// # Keys
//
// Keys are read at the start, when their max-age is over (at most 5 min), on an
// unknown kid at most every 10 s, and after another history. A key that is gone is
// dropped with every cached token that it signed. While the server does not
// answer, keys stay valid for up to 24 h.
//
// # Never
//
// It never follows a redirect, never sends the secret over plain HTTP except to this
// machine, never looks for tokens in query strings or cookies, never writes a token,
// a claim or a secret to the log, and never takes a client's own token for a user.
package guard

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"time"
)

// startLimit is how long the first complete reading may take.
const startLimit = 10 * time.Second

// Guard verifies tokens. It is safe for concurrent use.
type Guard struct {
	conf    Config
	tick    func() reading
	fetch   fetcher
	keys    *keyring
	table   *table
	feed    *follower
	cache   *cache
	watches watches
	asking  chan struct{} // introspections under way
	stop    context.CancelFunc
	running sync.WaitGroup

	mu      sync.Mutex
	changed chan struct{} // closed after the next request for the feed
}

// New reads the keys and the whole feed, and then follows until [Guard.Close]. It
// fails if that takes longer than 10 s, or at once if the server refuses the client.
// ctx bounds the start alone.
func New(ctx context.Context, c Config) (*Guard, error) {
	if err := c.complete(); err != nil {
		return nil, fmt.Errorf("guard: %w", err)
	}
	g := newGuard(&c)
	ctx, cancel := context.WithTimeout(ctx, startLimit)
	defer cancel()
	for pause := firstBackoff; ; pause *= 2 {
		err := g.keys.renew(ctx)
		if err == nil {
			break
		}
		if hopeless(err) || !sleep(ctx, pause) {
			return nil, fmt.Errorf("guard: %w", err)
		}
	}
	background, stop := context.WithCancel(context.WithoutCancel(ctx))
	g.stop = stop
	g.running.Go(func() { g.feed.run(background) })
	g.running.Go(func() { g.keys.run(background) })
	g.running.Go(func() { g.report(background) })
	if err := g.await(ctx, func(s *standing) bool { return s.ready }); err != nil {
		g.Close()
		return nil, fmt.Errorf("guard: the revocation feed could not be read: %w", err)
	}
	return g, nil
}

func newGuard(c *Config) *Guard {
	g := &Guard{
		conf: *c, tick: c.tick, table: newTable(c.MaxEntries), cache: newCache(c.CacheSize),
		asking: make(chan struct{}, askSlots), changed: make(chan struct{}),
	}
	g.fetch = fetcher{conf: &g.conf, base: strings.TrimSuffix(c.URL, "/")}
	g.keys = &keyring{fetch: g.fetch.public, tick: c.tick, log: c.Log, reading: make(chan struct{}, 1)}
	now := c.tick()
	g.feed = &follower{
		conf: &g.conf, fetch: g.fetch, tick: c.tick, keys: g.keys, table: g.table, changed: g.looked,
		nonce: rand.Text, wait: (c.MaxStaleness / 4).Truncate(100 * time.Millisecond), swept: now, builtAt: now, base: now,
	}
	g.feed.now.Store(&standing{})
	return g
}

// Close stops following. Afterwards the guard is soon not current.
func (g *Guard) Close() {
	g.stop()
	g.running.Wait()
}

// Status says how good the guard is.
func (g *Guard) Status() Status {
	now, s := g.tick(), g.feed.now.Load()
	status := Status{
		Current: g.feed.current(now), History: s.history, Number: s.place.number, Entries: int(g.table.size.Load()), Err: s.err,
	}
	if s.ready {
		status.Age = now.since(s.asOf)
	}
	if set := g.keys.current.Load(); set != nil {
		status.Keys = len(set.byID)
	}
	return status
}

// WaitFor returns once every revocation up to a number was applied: the number
// of a logout's receipt, say. From then on this guard refuses what that revoked.
func (g *Guard) WaitFor(ctx context.Context, number int64) error {
	return g.await(ctx, func(s *standing) bool { return s.complete && s.place.number >= number })
}

// await returns once the feed stands as is wanted. It fails at once if trying
// again cannot help.
func (g *Guard) await(ctx context.Context, wanted func(*standing) bool) error {
	for {
		g.mu.Lock()
		changed := g.changed
		g.mu.Unlock()
		s := g.feed.now.Load()
		switch {
		case wanted(s):
			return nil
		case hopeless(s.err):
			return s.err
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return errors.Join(ctx.Err(), s.err)
		}
	}
}

// looked is called after each request for the feed.
func (g *Guard) looked() {
	g.look()
	g.mu.Lock()
	close(g.changed)
	g.changed = make(chan struct{})
	g.mu.Unlock()
	if g.conf.Metrics != nil {
		g.conf.Metrics.Followed(g.Status())
	}
}

// look ends the watches of tokens that are over.
func (g *Guard) look() {
	now := g.tick()
	g.watches.endIf(func(t *Token) bool { return g.over(t, now) })
}

// over reports whether a token was revoked, or its key is no longer published.
func (g *Guard) over(t *Token, now reading) bool {
	return g.table.revokes(t) || !g.keys.holds(t, now)
}

// report logs when the guard stops and begins to be current.
func (g *Guard) report(ctx context.Context) {
	was := false
	began := g.tick()
	for sleep(ctx, g.feed.wait) {
		now := g.tick()
		is := g.feed.current(now)
		switch {
		case is && !was:
			g.conf.Log.InfoContext(ctx, "sallyport: the guard is current", slog.Duration("after", now.mono-began.mono))
		case was && !is:
			began = now
			g.conf.Log.ErrorContext(ctx, "sallyport: the guard is not current", slog.String("policy", g.conf.NotCurrent.String()),
				slog.Bool("full", g.table.partial.Load()), slog.Any("error", g.feed.now.Load().err))
		}
		was = is
	}
}
