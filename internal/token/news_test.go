package token

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/sallyport-auth/sallyport/internal/cluster"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// TestNewsLostDoubledAndOutOfOrderMissesNothing drives a list with news as bad
// as the port allows, and holds it to three promises: it never claims a number
// of which it lacks an entry; it never refuses what nobody revoked; and after
// one look it knows everything.
func TestNewsLostDoubledAndOutOfOrderMissesNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	rapid.Check(t, func(rt *rapid.T) {
		l := w.newList(t, unhurried, deaf)
		history, base := l.Applied()
		var committed []store.Revocation
		live := Claims{ID: id.Random(), SessionID: id.Random(), Subject: id.Random(), UserEpoch: 1}
		invariant := func() {
			rt.Helper()
			_, applied := l.Applied()
			if most := base + int64(len(committed)); applied > most || applied < base {
				rt.Fatalf("applied is %d; numbers %d to %d exist", applied, base, most)
			}
			for _, r := range committed {
				c := live
				c.SessionID = r.Subject
				l.mu.RLock()
				s := subjectsOf(c)
				known := l.seen.revokes(&s)
				l.mu.RUnlock()
				if r.Number <= applied && !known {
					rt.Fatalf("%d is claimed to be applied, but %d is missing", applied, r.Number)
				}
			}
			l.mu.RLock()
			defer l.mu.RUnlock()
			if s := subjectsOf(live); l.seen.revokes(&s) {
				rt.Fatal("somebody whom nobody revoked is refused")
			}
		}
		for range rapid.IntRange(1, 25).Draw(rt, "steps") {
			switch rapid.SampledFrom([]string{"commit", "news", "stale news", "foreign news", "look"}).Draw(rt, "step") {
			case "commit": // by another instance
				var rs []*store.Revocation
				for range rapid.IntRange(1, 3).Draw(rt, "rows") {
					rs = append(rs, l.New(store.RevokedSession, id.Random(), 0, w.clock.Now()))
				}
				w.revoke(t, rs...)
				for _, r := range rs {
					committed = append(committed, *r)
				}
			case "news":
				if len(committed) > 0 {
					from := rapid.IntRange(0, len(committed)-1).Draw(rt, "from")
					to := rapid.IntRange(from, len(committed)).Draw(rt, "to")
					part := slices.Clone(committed[from:to])
					if rapid.Bool().Draw(rt, "reversed") {
						slices.Reverse(part)
					}
					l.hear(cluster.News{History: history, Revocations: part})
				}
			case "stale news":
				l.hear(cluster.News{History: history})
			case "foreign news":
				bad := *l.New(store.RevokedSession, live.SessionID, 0, w.clock.Now())
				_, bad.Number = l.Applied()
				bad.Number++
				l.hear(cluster.News{History: "another", Revocations: []store.Revocation{bad}})
			case "look":
				if _, err := l.catchUp(t.Context(), false); err != nil {
					rt.Fatal(err)
				}
				if _, applied := l.Applied(); applied != base+int64(len(committed)) {
					rt.Fatalf("after a look %d are applied of %d", applied, base+int64(len(committed)))
				}
			}
			invariant()
		}
	})
}

func TestNewsThatDoesNotFitMakesTheListLook(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	l := w.newList(t, deaf, unhurried)
	history, n := l.Applied()
	for name, news := range map[string]cluster.News{
		"a gap":           {History: history, Revocations: []store.Revocation{{Number: n + 2, Kind: store.RevokedToken, Subject: id.Random()}}},
		"another history": {History: "x"},
	} {
		l.hear(news)
		select {
		case <-l.nudge:
		default:
			t.Errorf("%s does not make the list look", name)
		}
	}
	l.hear(cluster.News{History: history, Revocations: []store.Revocation{{Number: n}}})
	select {
	case <-l.nudge:
		t.Error("old news makes the list look")
	default:
	}
}

func TestStrictCheckMissesNothingThatIsCommitted(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	strict := w.newList(t, strictly, deaf) // hears nothing and does not run
	var racers sync.WaitGroup
	for range 6 {
		people := []person{w.person(t), w.person(t), w.person(t)}
		racers.Go(func() {
			for _, p := range people {
				wantLive(t, strict, claimsFor(p), "before")
				w.revoke(t, w.session(p)) // by the other instance
				wantRevoked(t, strict, claimsFor(p), "at once")
			}
		})
	}
	racers.Wait()
	if n := w.store.asked.Load(); n != 0 {
		t.Errorf("%d checks were answered by SQL; the counter should do", n)
	}
	w.clock.Advance(time.Hour) // staleness is no matter to it
	live := claimsFor(w.person(t))
	wantLive(t, strict, live, "an hour later")
	w.store.down.Store(true)
	if err := strict.Check(t.Context(), live); !errors.Is(err, fault.ErrUnavailable) {
		t.Errorf("without SQL: got %v, want unavailable", err)
	}
	w.store.down.Store(false)
	w.store.hang.Store(true)
	begin := time.Now()
	if err := strict.Check(t.Context(), live); !errors.Is(err, fault.ErrUnavailable) || time.Since(begin) > 2*time.Second {
		t.Errorf("with SQL that hangs: %v after %v", err, time.Since(begin))
	}
}

func TestStrictCheckAsksSQLWhenTheListMustBeBuiltAnew(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	strict := w.newList(t, strictly)
	live := claimsFor(w.person(t))
	restored := "another history"
	w.store.history.Store(&restored)
	wantLive(t, strict, live, "after a restore")
	if w.store.asked.Load() == 0 {
		t.Error("memory of another history said yes")
	}
	run(t, strict)
	until(t, "the list is built anew", func() bool {
		history, _ := strict.Applied()
		return history == restored
	})
}

func TestChecksThatWaitTogetherShareALook(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	strict := w.newList(t, strictly)
	live := claimsFor(w.person(t))
	before := w.store.heads.Load()
	const checks = 400
	var racers sync.WaitGroup
	gate := make(chan struct{})
	for range checks {
		racers.Go(func() {
			<-gate
			if err := strict.Check(t.Context(), live); err != nil {
				t.Error(err)
			}
		})
	}
	strict.looking <- struct{}{} // somebody looks; all of them wait
	close(gate)
	time.Sleep(50 * time.Millisecond)
	<-strict.looking
	racers.Wait()
	if n := w.store.heads.Load() - before; n > checks/2 {
		t.Errorf("%d checks at once read the feed %d times", checks, n)
	}
}

func TestRunEndsWithItsContext(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.store.hang.Store(true)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- w.list.Run(ctx) }()
	cancel()
	select {
	case err := <-ended:
		if err != nil {
			t.Errorf("Run: %v", err)
		}
	case <-time.After(patience):
		t.Fatal("Run outlives its context")
	}
}
