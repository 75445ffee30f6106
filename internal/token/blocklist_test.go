package token

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/cluster"
	"github.com/sallyport-auth/sallyport/internal/cluster/local"
	"github.com/sallyport-auth/sallyport/internal/cluster/redis"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/fleet"
	"github.com/sallyport-auth/sallyport/internal/fleet/fleettest"
	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/waittest"
)

// shared is a Redis and a connection of one instance to it.
func shared(t *testing.T) (*fleet.Redis, *redis.Cluster) {
	t.Helper()
	server := fleettest.StartRedis(t, fleet.Options{})
	return server, connect(t, server.URL())
}

func connect(t *testing.T, url string) *redis.Cluster {
	t.Helper()
	c, err := redis.Open(t.Context(), redis.Options{
		URL: url, Clock: clock.System{}, Log: slog.New(slog.DiscardHandler), Buckets: local.NewBuckets(clock.System{}, 0),
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	})
	return c
}

// blocking lists are strict and share a block-list.
func blocking(c *redis.Cluster) func(*RevocationsOptions) {
	return func(o *RevocationsOptions) { o.Strict, o.BlockList, o.Feed = true, c.BlockList, c.Feed }
}

// patient lets a look take as long as a busy machine needs, where a test is not
// about time: it looks again.
type patient struct{ cluster.BlockList }

func (p patient) Look(ctx context.Context, history string, s cluster.Suspect) (seen cluster.Sight, err error) {
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(time.Millisecond) {
		if seen, err = p.BlockList.Look(context.WithoutCancel(ctx), history, s); err == nil {
			break
		}
	}
	return seen, err
}

// vouched waits until the block-list is complete up to the feed.
func (w *world) vouched(t *testing.T, b cluster.BlockList) {
	t.Helper()
	waittest.Until(t, "the block-list is complete", func() bool {
		complete, err := b.Complete(t.Context())
		head, err2 := w.db.Direct().Feed.Head(t.Context())
		return errors.Join(err, err2) == nil && complete == head
	})
}

func TestBlockListAnswersWhenMemoryCannot(t *testing.T) {
	t.Parallel()
	_, c := shared(t)
	w := newWorld(t, blocking(c), func(o *RevocationsOptions) { o.BlockList = patient{c.BlockList} })
	run(t, w.list)
	ended, live, byToken, byUser := w.person(t), w.person(t), w.person(t), w.person(t)
	ofToken, now := claimsFor(byToken), w.clock.Now()
	w.revoke(t, w.session(ended), w.list.New(store.RevokedToken, ofToken.ID, 0, now),
		w.list.New(store.RevokedUser, byUser.user.ID, byUser.user.Epoch+1, now))
	w.vouched(t, c.BlockList)

	// This one's memory holds one entry: it is never complete.
	small := w.newList(t, strictly, deaf, func(o *RevocationsOptions) {
		o.MaxEntries, o.BlockList = 1, patient{c.BlockList}
	})
	asked := w.faulty.asked.Load()
	wantRevoked(t, small, claimsFor(ended), "the session")
	wantRevoked(t, small, ofToken, "the token")
	wantRevoked(t, small, claimsFor(byUser), "the epoch")
	wantLive(t, small, claimsFor(live), "vouched for")
	wantLive(t, small, claimsFor(byToken), "another token of the session")
	if n := w.faulty.asked.Load() - asked; n != 0 {
		t.Errorf("SQL was asked %d times though the block-list vouches", n)
	}

	// A hit is a no, also while SQL is away. Nothing else is a yes then.
	w.faulty.down.Store(true)
	wantRevoked(t, small, claimsFor(ended), "without SQL")
	if err := small.Check(t.Context(), claimsFor(live)); !errors.Is(err, fault.ErrUnavailable) {
		t.Errorf("without SQL: %v, want unavailable", err)
	}
}

// quiet is a block-list that nobody tells anything, as when a publishing is
// lost.
type quiet struct{ cluster.BlockList }

func (quiet) Append(context.Context, cluster.Stretch) error { return nil }

func TestMarkerThatLagsOrIsAnotherFeedsLetsMemoryOrSQLAnswer(t *testing.T) {
	t.Parallel()
	_, c := shared(t)
	w := newWorld(t, unhurried) // commits, and tells the block-list nothing
	setMarker := func(to store.FeedHead) {
		t.Helper()
		seen, err := c.BlockList.Complete(t.Context())
		if err == nil {
			err = c.BlockList.Fill(t.Context(), seen, func(yield func(cluster.Stretch, error) bool) {
				yield(cluster.Stretch{From: store.FeedHead{HistoryID: to.HistoryID}, To: to.Position}, nil)
			})
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	strict := func(o *RevocationsOptions) { o.Strict, o.BlockList = true, patient{quiet{c.BlockList}} }
	whole, small := w.newList(t, strict), w.newList(t, strict, func(o *RevocationsOptions) { o.MaxEntries = 1 })
	setMarker(w.head(t))
	first, second := w.person(t), w.person(t)
	w.revoke(t, w.session(first), w.session(second)) // the marker lags by two
	live := claimsFor(w.person(t))
	for name, l := range map[string]*Revocations{"whole": whole, "small": small} {
		// SQL knows a session's end by its row too, which is not changed here.
		asked := w.faulty.asked.Load()
		wantLive(t, l, live, name)
		if n := w.faulty.asked.Load() - asked; (n == 0) != (name == "whole") {
			t.Errorf("%s: SQL was asked %d times", name, n)
		}
		_ = l.Check(t.Context(), claimsFor(first))
		wantRevoked(t, whole, claimsFor(second), name)
	}
	for what, change := range map[string]func(*store.FeedHead){
		"another history":       func(h *store.FeedHead) { h.HistoryID = "h2" },
		"ahead of the database": func(h *store.FeedHead) { h.Number++ },
		"another mark":          func(h *store.FeedHead) { h.Mark++ },
		"no mark":               func(h *store.FeedHead) { h.Mark = 0 },
	} {
		to := w.head(t)
		change(&to)
		setMarker(to)
		asked := w.faulty.asked.Load()
		wantLive(t, small, live, what)
		wantRevoked(t, whole, claimsFor(first), what)
		if w.faulty.asked.Load() == asked {
			t.Errorf("%s: the marker was believed", what)
		}
	}
	setMarker(w.head(t)) // a lie: it shows that the marker decides
	asked := w.faulty.asked.Load()
	wantLive(t, small, live, "vouched for")
	if w.faulty.asked.Load() != asked {
		t.Error("SQL was asked though the marker equals the feed")
	}
}

func TestBlockListIsMended(t *testing.T) {
	t.Parallel()
	server, c := shared(t)
	w := newWorld(t, blocking(c), func(o *RevocationsOptions) { o.BlockList = quiet{c.BlockList} })
	w.revoke(t, w.session(w.person(t)))
	other := w.newList(t, blocking(c))
	run(t, other)
	w.vouched(t, c.BlockList) // it was missing
	for range 3 {
		w.revoke(t, w.session(w.person(t)), w.session(w.person(t)))
		w.vouched(t, c.BlockList) // it lagged
	}
	var ended []person
	for range 30 {
		p := w.person(t)
		w.revoke(t, w.session(p))
		ended = append(ended, p)
	}
	if err := server.FlushAll(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.vouched(t, c.BlockList) // it was wiped
	history := other.Applied().HistoryID
	for _, p := range ended {
		seen, err := c.BlockList.Look(t.Context(), history, cluster.Suspect{Session: p.session.ID})
		if err != nil || !seen.Revoked {
			t.Errorf("an entry is not there: %+v, %v", seen, err)
		}
	}
	restored := "another history"
	w.feedBecomes(t, "history_id = '"+restored+"'")
	waittest.Until(t, "the marker follows the history", func() bool {
		complete, err := c.BlockList.Complete(t.Context())
		return err == nil && complete.HistoryID == restored
	})
}

func TestMarkerDoesNotPassARevocationOfAnUnknownKind(t *testing.T) {
	t.Parallel()
	_, c := shared(t)
	w := newWorld(t, unhurried)
	l := w.newList(t, blocking(c))
	if err := l.mendNow(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.vouched(t, c.BlockList)
	w.revoke(t, w.list.New("later", id.Random(), 0, w.clock.Now()))
	if _, err := l.catchUp(t.Context(), false); err != nil {
		t.Fatal(err)
	}
	if err := l.mendNow(t.Context()); !errors.Is(err, errKind) {
		t.Errorf("mended over it: %v", err)
	}
	if complete, err := c.BlockList.Complete(t.Context()); err != nil || complete.Number != 0 {
		t.Errorf("the marker is at %+v, %v", complete, err)
	}
}

// TestNoRevokedTokenPassesWhileRedisIsWiped is the promise: several strict
// instances, logouts on all of them, and a Redis that forgets everything over
// and over.
func TestNoRevokedTokenPassesWhileRedisIsWiped(t *testing.T) {
	t.Parallel()
	server, c := shared(t)
	w := newWorld(t, unhurried, blocking(c))
	run(t, w.list)
	lists := []*Revocations{w.list}
	for range 2 {
		l := w.newList(t, unhurried, blocking(connect(t, server.URL())))
		run(t, l)
		lists = append(lists, l)
	}
	small := w.newList(t, blocking(connect(t, server.URL())), func(o *RevocationsOptions) { o.MaxEntries = 1 })
	run(t, small)
	lists = append(lists, small)

	end := time.Now().Add(5 * time.Second)
	var work sync.WaitGroup
	var checks, wipes, passed atomic.Int64
	goOn := func() bool { return time.Now().Before(end) && passed.Load() == 0 }
	live := claimsFor(w.person(t))
	for n := range 3 {
		work.Go(func() {
			for goOn() {
				p := w.person(t)
				w.revoke(t, w.session(p))
				// SQL must say so too, for whoever asks it.
				if _, err := w.db.Direct().Sessions.Revoke(t.Context(), p.session.ID, store.ReasonLogout, w.clock.Now()); err != nil {
					t.Error(err)
				}
				for _, l := range lists {
					if err := l.Check(t.Context(), claimsFor(p)); err == nil {
						t.Errorf("logout %d: a revoked token passed", n)
						passed.Add(1)
					}
					if err := l.Check(t.Context(), live); err != nil && !errors.Is(err, fault.ErrUnavailable) {
						t.Errorf("a valid token: %v", err)
					}
					checks.Add(2)
				}
			}
		})
	}
	work.Go(func() {
		for goOn() {
			if server.FlushAll(t.Context()) == nil {
				wipes.Add(1)
			}
			clock.Sleep(t.Context(), 40*time.Millisecond)
		}
	})
	work.Wait()
	t.Logf("%d checks, %d wipes", checks.Load(), wipes.Load())
	w.vouched(t, c.BlockList)
}

func TestFrozenRedisDelaysStrictChecksOnceAndLittle(t *testing.T) {
	server, c := shared(t)
	w := newWorld(t, unhurried, blocking(c))
	run(t, w.list)
	w.vouched(t, c.BlockList)
	p, live := w.person(t), claimsFor(w.person(t))
	wantLive(t, w.list, live, "before")
	server.Pause()
	defer server.Resume()
	begin := time.Now()
	wantLive(t, w.list, live, "frozen")
	first := time.Since(begin)
	var longest time.Duration
	for range 50 {
		begin = time.Now()
		wantLive(t, w.list, live, "frozen")
		longest = max(longest, time.Since(begin))
	}
	begin = time.Now()
	w.revoke(t, w.session(p))
	logout := time.Since(begin)
	wantRevoked(t, w.list, claimsFor(p), "frozen")
	t.Logf("the first check took %v, later ones up to %v, a logout %v", first, longest, logout)
	if first > 100*time.Millisecond+time.Second/2 || longest > time.Second/4 || logout > publishLimit+time.Second {
		t.Error("too long")
	}
	server.Resume()
	w.vouched(t, c.BlockList)
	wantRevoked(t, w.list, claimsFor(p), "and back")
}
