package token

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/store"
)

func TestEntriesOutliveEveryTokenTheyCouldRefuse(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	at := w.clock.Now()
	if got, want := w.list.New(store.RevokedToken, id.Random(), 0, at).ExpiresAt.Sub(at), testTTL+3*time.Minute; got != want {
		t.Errorf("an entry lives %v, want %v", got, want)
	}
	// A longer setting: the other instance waits until this one can know.
	begin := time.Now()
	longer := w.newList(t, func(o *RevocationsOptions) {
		o.AccessTokenTTL, o.MaxStaleness = time.Hour, 300*time.Millisecond
	})
	if took := time.Since(begin); took < 300*time.Millisecond {
		t.Errorf("the start with a longer lifetime took only %v", took)
	}
	if _, err := w.list.catchUp(t.Context(), false); err != nil {
		t.Fatal(err)
	}
	begin = time.Now()
	shorter := w.newList(t, func(o *RevocationsOptions) { o.AccessTokenTTL, o.MaxStaleness = time.Minute, time.Minute })
	if took := time.Since(begin); took > 30*time.Second {
		t.Errorf("the start with a shorter lifetime took %v", took)
	}
	for name, l := range map[string]*Revocations{"old": w.list, "longer": longer, "shorter": shorter} {
		if got, want := l.New(store.RevokedToken, id.Random(), 0, at).ExpiresAt.Sub(at), time.Hour+3*time.Minute; got != want {
			t.Errorf("%s: an entry lives %v, want %v", name, got, want)
		}
	}
}

func TestExpiredEntriesLeaveMemoryAndSQL(t *testing.T) {
	t.Parallel()
	w := newWorld(t, unhurried)
	early, late := w.person(t), w.person(t)
	w.revoke(t, w.session(early), w.list.New(store.RevokedUser, early.user.ID, 9, w.clock.Now()),
		w.list.New(store.RevokedToken, id.Random(), 0, w.clock.Now()))
	w.clock.Advance(10 * time.Minute)
	w.revoke(t, w.session(late))
	if _, err := w.list.catchUp(t.Context(), true); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		w.list.sweep()
		if err := w.list.Maintain(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if n := w.list.seen.len(); n != 4 {
		t.Errorf("%d entries are held before any expired, want 4", n)
	}

	w.clock.Advance(testTTL + entryMargin - 10*time.Minute + 3*time.Second)
	w.list.sweep()
	if n := w.list.seen.len(); n != 1 || len(w.list.seen.queue) != 1 {
		t.Errorf("%d entries are held, %d queued, want 1", n, len(w.list.seen.queue))
	}
	wantRevoked(t, w.list, claimsFor(late), "what has not expired")
	// The rows stay for an hour more: lists find their own places by them.
	for _, step := range []struct {
		after time.Duration
		left  int
	}{{0, 4}, {time.Hour - 10*time.Second, 4}, {10 * time.Second, 1}} {
		w.clock.Advance(step.after)
		if err := w.list.Maintain(t.Context()); err != nil {
			t.Fatal(err)
		}
		page, err := w.db.Direct().Revocations.From(t.Context(), 0, time.Unix(0, 0), 10)
		left := page.Revocations
		if err != nil || len(left) != step.left || left[len(left)-1].Subject != late.session.ID {
			t.Errorf("after %v SQL still has %v (%v), want %d", step.after, left, err, step.left)
		}
	}
	again := w.newList(t, unhurried)
	if at := again.Applied(); at != w.head(t) || at.Number != 4 {
		t.Errorf("a list that starts later has applied up to %+v, want 4", at)
	}
}

func TestMaintainTrustsTheSlowerClock(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.person(t)
	w.revoke(t, w.session(p))
	w.clock.SkewDatabase(24 * time.Hour) // the database's clock is wrong
	if err := w.list.Maintain(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.clock.SkewDatabase(-24 * time.Hour)
	w.clock.Advance(24 * time.Hour) // now ours is
	if err := w.list.Maintain(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.clock.Advance(-24 * time.Hour)
	wantRevoked(t, w.newList(t), claimsFor(p), "after a purge by wrong clocks")
}

func TestFullListEvictsNothingAndAsksSQL(t *testing.T) {
	t.Parallel()
	w := newWorld(t, unhurried, func(o *RevocationsOptions) { o.MaxEntries = 20 })
	var people []person
	for range 40 {
		p := w.person(t)
		w.revoke(t, w.session(p))
		if _, err := w.db.Direct().Sessions.Revoke(t.Context(), p.session.ID, store.ReasonLogout, w.clock.Now()); err != nil {
			t.Fatal(err)
		}
		people = append(people, p)
	}
	if n := w.list.seen.len(); n != 20 {
		t.Errorf("%d entries are held with a bound of 20", n)
	}
	if w.list.Fresh() {
		t.Error("a list that lacks entries calls itself fresh")
	}
	again := w.newList(t, unhurried, func(o *RevocationsOptions) { o.MaxEntries = 20 })
	for _, p := range people {
		wantRevoked(t, w.list, claimsFor(p), "over the bound")
		wantRevoked(t, again, claimsFor(p), "over the bound, after a restart")
	}
	live := w.person(t)
	before := w.faulty.asked.Load()
	wantLive(t, w.list, claimsFor(live), "over the bound")
	if w.faulty.asked.Load() == before {
		t.Error("memory said yes although it lacks entries")
	}
	w.faulty.down.Store(true)
	if err := w.list.Check(t.Context(), claimsFor(live)); err == nil {
		t.Error("memory said yes although it lacks entries and SQL is gone")
	}
	w.faulty.down.Store(false)

	w.clock.Advance(testTTL + entryMargin + time.Minute)
	w.list.sweep()
	if _, err := w.list.catchUp(t.Context(), true); err != nil {
		t.Fatal(err)
	}
	if !w.list.Fresh() {
		t.Error("the list does not recover when its entries have expired")
	}
}

func TestEntryOfAnUnknownKindIsLeftToSQL(t *testing.T) {
	t.Parallel()
	w := newWorld(t, unhurried)
	w.revoke(t, w.list.New("realm", "main", 0, w.clock.Now()))
	if w.list.Fresh() {
		t.Error("the list is sure although it cannot read an entry")
	}
}

// hands are two clocks that a test moves apart.
type hands struct {
	mono time.Duration
	wall time.Time
}

func (h *hands) tick() reading { return reading{mono: h.mono, wall: h.wall} }

func TestClocksThatPartMakeTheListDoubt(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name       string
		mono, wall time.Duration // how far each goes on
		fresh      bool
	}{
		{"both go on", time.Second, time.Second, true},
		{"both go on too far", 3 * time.Second, 3 * time.Second, false},
		{"the machine was suspended", 10 * time.Millisecond, time.Hour, false},
		{"the wall clock was set forward a little", 10 * time.Millisecond, 1900 * time.Millisecond, false},
		{"the wall clock was set back", time.Second, -time.Hour, false},
		{"the wall clock is slewed", time.Second, 1001 * time.Millisecond, true},
		{"time stands still", 0, 0, true},
		{"the monotonic clock runs backwards", -time.Second, -time.Second, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			h := &hands{mono: time.Hour, wall: w.clock.Now().Round(0)}
			w.list.tick = h.tick
			if _, err := w.list.catchUp(t.Context(), true); err != nil {
				t.Fatal(err)
			}
			h.mono, h.wall = h.mono+test.mono, h.wall.Add(test.wall)
			if got := w.list.Fresh(); got != test.fresh {
				t.Errorf("fresh is %v", got)
			}
			if _, err := w.list.catchUp(t.Context(), true); err != nil {
				t.Fatal(err)
			}
			if !w.list.Fresh() {
				t.Error("not fresh after a look")
			}
		})
	}
}

// TestClockThatJumpsAheadAndBackRevivesNothing: while the clock is ahead, the
// entry looks expired and is dropped; when it is set right again the token is
// alive, and so must be the entry.
func TestClockThatJumpsAheadAndBackRevivesNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.person(t)
	w.revoke(t, w.session(p))
	h := &hands{mono: time.Hour, wall: w.clock.Now().Round(0)}
	w.list.tick = h.tick
	look := func() {
		t.Helper()
		if _, err := w.list.catchUp(t.Context(), true); err != nil {
			t.Fatal(err)
		}
		w.list.sweep()
	}
	look()
	wantRevoked(t, w.list, claimsFor(p), "at first")
	h.wall = h.wall.Add(24 * time.Hour)
	look()
	look()
	if n := w.list.seen.len(); n != 0 {
		t.Errorf("%d entries are held a day ahead", n)
	}
	h.wall, h.mono = h.wall.Add(-24*time.Hour), h.mono+time.Millisecond
	if w.list.Fresh() {
		t.Error("memory is trusted right after the clock was set back")
	}
	look()
	before := w.faulty.asked.Load()
	wantRevoked(t, w.list, claimsFor(p), "after the clock was set right")
	if w.faulty.asked.Load() != before {
		t.Error("only SQL remembered it")
	}
}

func TestViewKeepsTheLaterOfTwoEntries(t *testing.T) {
	t.Parallel()
	now := time.Unix(1_700_000_000, 0)
	for _, order := range [][2]int{{0, 1}, {1, 0}} {
		v, user := newView(10), id.Random()
		entries := []store.Revocation{
			{Kind: store.RevokedUser, Subject: user, Epoch: 4, ExpiresAt: now.Add(time.Minute)},
			{Kind: store.RevokedUser, Subject: user, Epoch: 7, ExpiresAt: now.Add(time.Hour)},
		}
		for _, n := range order {
			v.add(entries[n])
			v.add(entries[n])
		}
		s := subjects{userID: binary(user), epoch: 6}
		v.sweep(now.Add(10*time.Minute), 100)
		if !v.revokes(&s) || v.len() != 1 {
			t.Errorf("order %v: the later entry was dropped with the earlier", order)
		}
		v.sweep(now.Add(2*time.Hour), 100)
		if v.len() != 0 || len(v.queue) != 0 {
			t.Errorf("order %v: %d entries and %d queued are left", order, v.len(), len(v.queue))
		}
	}
}

func TestMaintainReportsAndGivesUp(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := w.list.Maintain(ctx); !errors.Is(err, context.Canceled) {
		t.Error(fmt.Errorf("got %w, want canceled", err))
	}
}
