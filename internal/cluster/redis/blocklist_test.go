package redis

import (
	"context"
	"errors"
	"iter"
	"log/slog"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/cluster"
	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/waittest"
)

const history = "h1"

func revocation(number int64, kind store.RevocationKind, subject string, epoch int64) store.Revocation {
	now := time.Now()
	return store.Revocation{
		Number: number, Mark: markOf(number), Kind: kind, Subject: subject, Epoch: epoch, RevokedAt: now, ExpiresAt: now.Add(time.Hour),
	}
}

// session is the revocation of a session that is named after its number.
func session(number int64) store.Revocation {
	return revocation(number, store.RevokedSession, "s"+strconv.FormatInt(number, 10), 0)
}

func sessions(from, to int64) (rows []store.Revocation) {
	for n := from + 1; n <= to; n++ {
		rows = append(rows, session(n))
	}
	return rows
}

// markOf is the mark of a number. Marks differ in bits that a number in a script
// does not hold.
func markOf(number int64) store.Mark { return store.Mark(number) - 1<<62 }

// at is a position in the feed.
func at(n int64) store.FeedHead {
	return store.FeedHead{HistoryID: history, Position: store.Position{Number: n, Mark: markOf(n)}}
}

func stretch(from, to int64) cluster.Stretch {
	return cluster.Stretch{From: at(from), To: at(to).Position, Revocations: sessions(from, to)}
}

// all is the stretches that lead to a position, one without rows if there are
// none.
func all(to store.FeedHead, rows ...[]store.Revocation) iter.Seq2[cluster.Stretch, error] {
	if len(rows) == 0 {
		rows = append(rows, nil)
	}
	return func(yield func(cluster.Stretch, error) bool) {
		from := store.FeedHead{HistoryID: to.HistoryID}
		for n, page := range rows {
			s := cluster.Stretch{From: from, To: to.Position, Revocations: page}
			if n < len(rows)-1 {
				s.To = page[len(page)-1].Position()
			}
			if !yield(s, nil) {
				return
			}
			from.Position = s.To
		}
	}
}

func fill(t *testing.T, b *BlockList, seen, to store.FeedHead, rows ...[]store.Revocation) {
	t.Helper()
	if err := b.Fill(t.Context(), seen, all(to, rows...)); err != nil {
		t.Fatalf("Fill: %v", err)
	}
}

func look(t *testing.T, b *BlockList, s cluster.Suspect) cluster.Sight {
	t.Helper()
	seen, err := b.Look(t.Context(), history, s)
	if err != nil {
		t.Fatalf("Look: %v", err)
	}
	return seen
}

func wantComplete(t *testing.T, b *BlockList, want store.FeedHead) {
	t.Helper()
	got, err := b.Complete(t.Context())
	if err != nil || got != want {
		t.Errorf("the marker is at %+v (%v), want %+v", got, err, want)
	}
	if seen := look(t, b, cluster.Suspect{}); seen.Complete != want {
		t.Errorf("a look saw the marker at %+v, want %+v", seen.Complete, want)
	}
}

func add(t *testing.T, b *BlockList, s cluster.Stretch) {
	t.Helper()
	if err := b.Append(t.Context(), s); err != nil {
		t.Fatalf("Append: %v", err)
	}
}

func TestBlockListRefusesTokenSessionAndEpoch(t *testing.T) {
	t.Parallel()
	b := unhurried(open(t, startRedis(t).URL())).BlockList
	fill(t, b, store.FeedHead{}, at(4), []store.Revocation{
		revocation(1, store.RevokedToken, "t1", 0), revocation(2, store.RevokedSession, "s1", 0),
		revocation(3, store.RevokedUser, "u1", 5), revocation(4, store.RevokedClient, "c1", 7),
	})
	for name, c := range map[string]struct {
		suspect cluster.Suspect
		revoked bool
	}{
		"the token":         {cluster.Suspect{Token: "t1", Session: "s2", User: "u2"}, true},
		"the session":       {cluster.Suspect{Token: "t2", Session: "s1", User: "u2"}, true},
		"an older epoch":    {cluster.Suspect{Token: "t2", Session: "s2", User: "u1", Epoch: 4}, true},
		"the epoch":         {cluster.Suspect{Token: "t2", Session: "s2", User: "u1", Epoch: 5}, false},
		"somebody else":     {cluster.Suspect{Token: "t2", Session: "s2", User: "u2"}, false},
		"a client's token":  {cluster.Suspect{Token: "t1", Client: "c2", Epoch: 7}, true},
		"a client's epoch":  {cluster.Suspect{Token: "t2", Client: "c1", Epoch: 7}, false},
		"an older one":      {cluster.Suspect{Token: "t2", Client: "c1", Epoch: 6}, true},
		"a user named so":   {cluster.Suspect{Token: "t2", Session: "s2", User: "c1"}, false},
		"a client named so": {cluster.Suspect{Token: "t2", Client: "u1"}, false},
		"names of others":   {cluster.Suspect{Token: "s1", Session: "u1", User: "t1"}, false},
	} {
		seen := look(t, b, c.suspect)
		if seen.Revoked != c.revoked || !c.revoked && seen.Complete != at(4) {
			t.Errorf("%s: %+v", name, seen)
		}
	}
	if seen, err := b.Look(t.Context(), "h2", cluster.Suspect{Session: "s1"}); err != nil || seen.Revoked {
		t.Errorf("another history: %+v, %v", seen, err)
	}
	key := b.entry(history, store.RevokedSession, "s1")
	if left := b.link.calls.PTTL(t.Context(), key).Val(); left > time.Hour || left < 50*time.Minute {
		t.Errorf("an entry for an hour lives for %v", left)
	}
	// A shorter life and a lower epoch change nothing.
	short := revocation(5, store.RevokedUser, "u1", 3)
	short.ExpiresAt = time.Now().Add(time.Second)
	gone := revocation(6, store.RevokedSession, "gone", 0)
	gone.ExpiresAt = time.Now().Add(-time.Second)
	add(t, b, cluster.Stretch{From: at(4), To: at(6).Position, Revocations: []store.Revocation{short, gone}})
	if !look(t, b, cluster.Suspect{User: "u1", Epoch: 4}).Revoked {
		t.Error("an epoch was lowered")
	}
	if left := b.link.calls.PTTL(t.Context(), b.entry(history, store.RevokedUser, "u1")).Val(); left < 50*time.Minute {
		t.Errorf("a life was shortened to %v", left)
	}
	wantComplete(t, b, at(6))
}

func TestBlockListMarkerMovesOnlyOverWhatIsAdded(t *testing.T) {
	t.Parallel()
	b := unhurried(open(t, startRedis(t).URL())).BlockList
	add(t, b, stretch(0, 2))
	wantComplete(t, b, store.FeedHead{}) // nobody knows what was before
	fill(t, b, store.FeedHead{}, at(2), sessions(0, 2))
	wantComplete(t, b, at(2))
	add(t, b, stretch(2, 3))
	wantComplete(t, b, at(3))
	add(t, b, stretch(4, 5)) // 4 is missing
	wantComplete(t, b, at(3))
	if !look(t, b, cluster.Suspect{Session: "s5"}).Revoked {
		t.Error("an entry that does not carry on is not there")
	}
	add(t, b, stretch(3, 4)) // late
	wantComplete(t, b, at(4))
	add(t, b, stretch(4, 5)) // again
	wantComplete(t, b, at(5))
	add(t, b, stretch(1, 4)) // again, and old
	wantComplete(t, b, at(5))
	add(t, b, stretch(4, 6)) // overlaps: who looks next moves it
	wantComplete(t, b, at(5))
	add(t, b, stretch(5, 6))
	add(t, b, cluster.Stretch{From: at(6), To: at(9).Position}) // all of it has expired
	wantComplete(t, b, at(9))
	for what, change := range map[string]func(*store.FeedHead){
		"another history":                         func(h *store.FeedHead) { h.HistoryID = "h2" },
		"a number that was given out twice":       func(h *store.FeedHead) { h.Mark++ },
		"a position of an earlier version's rows": func(h *store.FeedHead) { h.Mark = 0 },
	} {
		other := stretch(9, 10)
		change(&other.From)
		add(t, b, other)
		wantComplete(t, b, at(9))
		if got, err := b.Complete(t.Context()); err != nil || got != at(9) {
			t.Errorf("%s moved the marker to %+v, %v", what, got, err)
		}
	}
	add(t, b, stretch(9, 9+3*batchSize+1)) // in several steps
	wantComplete(t, b, at(9+3*batchSize+1))
}

// TestBlockListFillerLosesItsRight breaks in between the batches of a filler.
func TestBlockListFillerLosesItsRight(t *testing.T) {
	t.Parallel()
	for name, breakIn := range map[string]func(t *testing.T, c *Cluster){
		"a wipe": func(t *testing.T, c *Cluster) {
			t.Helper()
			if err := c.link.calls.FlushAll(t.Context()).Err(); err != nil {
				t.Fatal(err)
			}
		},
		"a wipe, and another filler that begins": func(t *testing.T, c *Cluster) {
			t.Helper()
			if err := c.link.calls.FlushAll(t.Context()).Err(); err != nil {
				t.Fatal(err)
			}
			err := c.BlockList.step(t.Context(), c.BlockList.begin, nil, "another", fillLease.Milliseconds(), "", "0", "0")
			if err != nil {
				t.Fatal(err)
			}
		},
		"the end of the lease": func(t *testing.T, c *Cluster) {
			t.Helper()
			if err := c.link.calls.PExpire(t.Context(), c.BlockList.prefix+fillingKey, time.Millisecond).Err(); err != nil {
				t.Fatal(err)
			}
			waittest.Until(t, "the lease ends", func() bool {
				return c.link.calls.Exists(t.Context(), c.BlockList.prefix+fillingKey).Val() == 0
			})
		},
		"a replica that lacks the last batch takes over": func(t *testing.T, c *Cluster) {
			t.Helper()
			c.link.calls.Del(t.Context(), c.BlockList.entry(history, store.RevokedSession, "s2"))
			c.link.calls.HSet(t.Context(), c.BlockList.prefix+fillingKey, "batches", 1)
		},
		"SQL that fails": nil,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := unhurried(open(t, startRedis(t).URL()))
			b := c.BlockList
			broken := errors.New("broken")
			err := b.Fill(t.Context(), store.FeedHead{}, func(yield func(cluster.Stretch, error) bool) {
				_ = yield(stretch(0, 1), nil) && yield(stretch(1, 2), nil)
				if breakIn == nil {
					yield(cluster.Stretch{}, broken)
					return
				}
				breakIn(t, c)
				yield(stretch(2, 3), nil)
			})
			if err == nil || breakIn == nil && !errors.Is(err, broken) {
				t.Errorf("Fill: %v", err)
			}
			wantComplete(t, b, store.FeedHead{})
			if breakIn == nil { // it gave its right back
				fill(t, b, store.FeedHead{}, at(3), sessions(0, 3))
			}
		})
	}
}

func TestBlockListIsFilledByOneAtATime(t *testing.T) {
	t.Parallel()
	server := startRedis(t)
	const fillers = 8
	var lists []*BlockList
	for range fillers {
		lists = append(lists, unhurried(open(t, server.URL(), func(o *Options) { o.Realm = "shared" })).BlockList)
	}
	var mu sync.Mutex
	inside, filled := 0, 0
	var done sync.WaitGroup
	for _, b := range lists {
		done.Go(func() {
			err := b.Fill(t.Context(), store.FeedHead{}, func(yield func(cluster.Stretch, error) bool) {
				mu.Lock()
				if inside++; inside > 1 {
					t.Error("two fill at once")
				}
				mu.Unlock()
				_ = yield(stretch(0, 1), nil) && yield(stretch(1, 2), nil)
				mu.Lock()
				inside--
				mu.Unlock()
			})
			mu.Lock()
			defer mu.Unlock()
			if err == nil {
				filled++
			} else if !errors.Is(err, cluster.ErrFilling) {
				t.Errorf("Fill: %v", err)
			}
		})
	}
	done.Wait()
	if filled != 1 {
		t.Errorf("%d filled it", filled)
	}
	wantComplete(t, lists[0], at(2))
	// Whoever saw the marker elsewhere must look again.
	elsewhere := at(2)
	elsewhere.Mark++
	for _, seen := range []store.FeedHead{at(1), elsewhere} {
		if err := lists[1].Fill(t.Context(), seen, all(at(9))); !errors.Is(err, cluster.ErrFilling) {
			t.Errorf("Fill over a marker that it did not see: %v", err)
		}
	}
	// A marker of another history, or ahead of the database, is replaced.
	other := at(1)
	other.HistoryID = "h2"
	fill(t, lists[1], at(2), other, nil)
	got, err := lists[0].Complete(t.Context())
	if err != nil || got != other {
		t.Errorf("the marker is at %+v, %v", got, err)
	}
}

// TestBlockListMarkerNeverStandsWithoutItsEntries wipes the server again and
// again while some fill and others add.
func TestBlockListMarkerNeverStandsWithoutItsEntries(t *testing.T) {
	t.Parallel()
	server := startRedis(t)
	shared := func(o *Options) { o.Realm = "shared" }
	var number struct {
		sync.Mutex
		n int64
	}
	ctx, stop := context.WithTimeout(t.Context(), 4*time.Second)
	defer stop()
	var work sync.WaitGroup
	for range 3 {
		b := unhurried(open(t, server.URL(), shared)).BlockList
		work.Go(func() { // commits, and is sometimes late to tell
			for ctx.Err() == nil {
				number.Lock()
				number.n++
				n := number.n
				number.Unlock()
				_ = b.Append(ctx, stretch(n-1, n))
				time.Sleep(time.Millisecond)
			}
		})
		work.Go(func() { // mends
			for ctx.Err() == nil {
				seen, err := b.Complete(ctx)
				number.Lock()
				n := number.n
				number.Unlock()
				switch {
				case err != nil || seen == at(n):
				case seen.HistoryID == history:
					_ = b.Append(ctx, stretch(seen.Number, n))
				default:
					_ = b.Fill(ctx, seen, all(at(n), sessions(0, n/2), sessions(n/2, n)))
				}
			}
		})
	}
	work.Go(func() {
		for ctx.Err() == nil {
			time.Sleep(50 * time.Millisecond)
			_ = server.FlushAll(ctx)
		}
	})
	b := unhurried(open(t, server.URL(), shared)).BlockList
	vouched := 0
	for ctx.Err() == nil {
		// Whatever the marker covers must be there in the same instant.
		number.Lock()
		n := number.n
		number.Unlock()
		for _, s := range []int64{1, n / 2, n} {
			seen, err := b.Look(ctx, history, cluster.Suspect{Session: "s" + strconv.FormatInt(s, 10)})
			switch {
			case err != nil || seen.Revoked:
			case seen.Complete.Number >= s && s > 0:
				t.Fatalf("the marker is at %d and entry %d is not there", seen.Complete.Number, s)
			}
		}
		if seen, err := b.Look(ctx, history, cluster.Suspect{}); err == nil && seen.Complete.Number > 0 {
			vouched++
		}
	}
	work.Wait()
	if vouched == 0 {
		t.Error("there never was a marker")
	}
	t.Logf("%d looks found a marker, %d entries were added", vouched, number.n)
}

func TestBlockListIsNotBelievedWhereKeysMayBeEvicted(t *testing.T) {
	t.Parallel()
	server := startRedis(t, "--maxmemory-policy", "volatile-lru")
	var said strings.Builder
	clk := clock.NewFake()
	c := unhurried(open(t, server.URL(), func(o *Options) {
		o.Log = slog.New(slog.NewTextHandler(&said, nil))
		o.Clock = clk
	}))
	b := c.BlockList
	if err := b.Fill(t.Context(), store.FeedHead{}, all(at(1), sessions(0, 1))); !errors.Is(err, errEvicts) {
		t.Errorf("Fill: %v", err)
	}
	set := func(policy string) {
		t.Helper()
		if err := c.link.calls.ConfigSet(t.Context(), "maxmemory-policy", policy).Err(); err != nil {
			t.Fatal(err)
		}
		clk.Advance(policyEvery + time.Second)
	}
	if err := b.Check(t.Context()); !errors.Is(err, errEvicts) {
		t.Errorf("Check: %v", err)
	}
	set("noeviction")
	if err := b.Check(t.Context()); err != nil {
		t.Errorf("Check: %v", err)
	}
	fill(t, b, store.FeedHead{}, at(1), sessions(0, 1))
	wantComplete(t, b, at(1))
	set("allkeys-random")
	for range 10 {
		if seen := look(t, b, cluster.Suspect{}); seen.Complete != (store.FeedHead{}) {
			t.Fatalf("vouched by %+v", seen.Complete)
		}
	}
	if !look(t, b, cluster.Suspect{Session: "s1"}).Revoked {
		t.Error("a hit is a no all the same")
	}
	if n := strings.Count(said.String(), "may evict"); n != 2 {
		t.Errorf("the log heard of it %d times:\n%s", n, said.String())
	}
	set("noeviction")
	wantComplete(t, b, at(1))
}

func TestBlockListIsNotBelievedWhileClocksDiffer(t *testing.T) {
	t.Parallel()
	clk := clock.NewFake()
	b := unhurried(open(t, startRedis(t).URL(), func(o *Options) { o.Clock = clk })).BlockList
	for _, apart := range []time.Duration{5 * time.Minute, -5 * time.Minute} {
		fill(t, b, store.FeedHead{}, at(1), sessions(0, 1))
		wantComplete(t, b, at(1))
		clk.Advance(apart)
		if seen := look(t, b, cluster.Suspect{}); seen.Complete != (store.FeedHead{}) {
			t.Errorf("%v apart: vouched by %+v", apart, seen.Complete)
		}
		if err := b.Fill(t.Context(), store.FeedHead{}, all(at(1), sessions(0, 1))); err == nil {
			t.Errorf("%v apart: filled", apart)
		}
		add(t, b, stretch(1, 2))
		clk.Advance(-apart)
		// Entries may have expired while the clock was wrong.
		wantComplete(t, b, store.FeedHead{})
	}
}

func TestBlockListOfAFrozenRedisIsAnErrorSoon(t *testing.T) {
	t.Parallel()
	server := startRedis(t)
	c := open(t, server.URL(), func(o *Options) { o.Realm = id.Random() })
	server.Pause()
	defer server.Resume()
	for n := range 20 {
		begin := time.Now()
		if _, err := c.BlockList.Look(t.Context(), history, cluster.Suspect{}); err == nil {
			t.Fatal("a frozen server vouched")
		}
		if took := time.Since(begin); took > 100*time.Millisecond+slack {
			t.Errorf("look %d took %v", n, took)
		}
	}
}
