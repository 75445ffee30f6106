package token

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/cluster"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/waittest"
)

func TestNewsAddsEntriesAndNeverMovesThePosition(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	l := w.newList(t, deaf, unhurried)
	w.revoke(t, w.session(w.person(t)))
	if _, err := l.catchUp(t.Context(), false); err != nil {
		t.Fatal(err)
	}
	before := l.Applied()
	next := func(change func(*store.Revocation)) store.Revocation {
		r := *l.New(store.RevokedSession, id.Random(), 0, w.clock.Now())
		r.Number = before.Number + 1
		change(&r)
		return r
	}
	known := next(func(*store.Revocation) {})
	l.seen.add(known)
	for name, c := range map[string]struct {
		history string
		entry   store.Revocation
		refused bool
		looks   bool
	}{
		"the number that comes next":   {before.HistoryID, next(func(*store.Revocation) {}), true, true},
		"a gap":                        {before.HistoryID, next(func(r *store.Revocation) { r.Number += 7 }), true, true},
		"a number that was applied":    {before.HistoryID, next(func(r *store.Revocation) { r.Number-- }), true, true},
		"an entry that is known":       {before.HistoryID, known, true, true},
		"a number and an entry so":     {before.HistoryID, func() store.Revocation { r := known; r.Number--; return r }(), true, false},
		"another history":              {"another", next(func(*store.Revocation) {}), false, true},
		"a kind of a later version":    {before.HistoryID, next(func(r *store.Revocation) { r.Kind = "later" }), false, true},
		"one that never would be over": {before.HistoryID, next(func(r *store.Revocation) { r.ExpiresAt = r.ExpiresAt.AddDate(9, 0, 0) }), true, true},
	} {
		l.hear(cluster.News{History: c.history, Revocations: []store.Revocation{c.entry}})
		looks := false
		select {
		case <-l.nudge:
			looks = true
		default:
		}
		p := person{session: store.Session{ID: c.entry.Subject}}
		if refused := errors.Is(l.Check(t.Context(), claimsFor(p)), ErrRevoked); refused != c.refused || looks != c.looks {
			t.Errorf("%s: refused %v, looks %v; want %v, %v", name, refused, looks, c.refused, c.looks)
		}
		if at := l.Applied(); at != before {
			t.Errorf("%s moved the position from %+v to %+v", name, before, at)
		}
	}
	if !l.Fresh() {
		t.Error("news spoiled the list")
	}
	w.clock.Advance(testTTL + entryMargin + 2*time.Second)
	if _, err := l.catchUp(t.Context(), true); err != nil {
		t.Fatal(err)
	}
	if l.sweep(); l.seen.len() != 0 {
		t.Errorf("%d entries of news have outlived every token", l.seen.len())
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
	if n := w.faulty.asked.Load(); n != 0 {
		t.Errorf("%d checks were answered by SQL; the counter should do", n)
	}
	w.clock.Advance(time.Hour) // staleness is no matter to it
	live := claimsFor(w.person(t))
	wantLive(t, strict, live, "an hour later")
	w.faulty.down.Store(true)
	if err := strict.Check(t.Context(), live); !errors.Is(err, fault.ErrUnavailable) {
		t.Errorf("without SQL: got %v, want unavailable", err)
	}
	w.faulty.down.Store(false)
	w.faulty.hang.Store(true)
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
	w.feedBecomes(t, "history_id = '"+restored+"'")
	wantLive(t, strict, live, "after a restore")
	if w.faulty.asked.Load() == 0 {
		t.Error("memory of another history said yes")
	}
	run(t, strict)
	waittest.Until(t, "the list is built anew", func() bool {
		return strict.Applied().HistoryID == restored
	})
}

func TestChecksThatWaitTogetherShareALook(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	strict := w.newList(t, strictly)
	live := claimsFor(w.person(t))
	before := w.faulty.heads.Load()
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
	if n := w.faulty.heads.Load() - before; n > checks/2 {
		t.Errorf("%d checks at once read the feed %d times", checks, n)
	}
}

func TestRunEndsWithItsContext(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.faulty.hang.Store(true)
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
