package token

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/cluster"
	"github.com/sallyport-auth/sallyport/internal/cluster/local"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/waittest"
)

// unhurried lists stay fresh however slow the test runs.
func unhurried(o *RevocationsOptions) { o.MaxStaleness = time.Hour }

// deaf lists hear no news.
func deaf(o *RevocationsOptions) { o.Feed = local.NewFeed() }

func strictly(o *RevocationsOptions) { o.Strict = true }

func wantRevoked(t *testing.T, l *Revocations, c Claims, what string) {
	t.Helper()
	if err := l.Check(t.Context(), c); !errors.Is(err, ErrRevoked) {
		t.Errorf("%s: got %v, want revoked", what, err)
	}
}

func wantLive(t *testing.T, l *Revocations, c Claims, what string) {
	t.Helper()
	if err := l.Check(t.Context(), c); err != nil {
		t.Errorf("%s: got %v, want it live", what, err)
	}
}

func TestRevocationsRefuseTokenSessionAndEpoch(t *testing.T) {
	t.Parallel()
	w := newWorld(t, unhurried)
	byToken, bySession, byUser, bystander := w.person(t), w.person(t), w.person(t), w.person(t)
	ofToken := claimsFor(byToken)
	now := w.clock.Now()
	w.revoke(
		t, w.list.New(store.RevokedToken, ofToken.ID, 0, now), w.session(bySession),
		w.list.New(store.RevokedUser, byUser.user.ID, 5, now),
	)
	wantRevoked(t, w.list, ofToken, "the token")
	wantLive(t, w.list, claimsFor(byToken), "another token of the session")
	wantRevoked(t, w.list, claimsFor(bySession), "a token of the session")
	for epoch, revoked := range map[int64]bool{0: true, 4: true, 5: false, 6: false} {
		c := claimsFor(byUser)
		c.UserEpoch = epoch
		if got := errors.Is(w.list.Check(t.Context(), c), ErrRevoked); got != revoked {
			t.Errorf("epoch %d of a user at 5: revoked %v", epoch, got)
		}
	}
	wantLive(t, w.list, claimsFor(bystander), "somebody else")
	if n := w.faulty.asked.Load(); n != 0 {
		t.Errorf("%d checks went to SQL although the list is fresh", n)
	}
	if at := w.list.Applied(); at != w.head(t) || at.Number != 3 || at.Mark == 0 {
		t.Errorf("applied up to %+v", at)
	}
}

func TestRevocationsOfRacersCountWhenTheirTransactionReturns(t *testing.T) {
	t.Parallel()
	w := newWorld(t, unhurried)
	var racers sync.WaitGroup
	for range 8 {
		people := []person{w.person(t), w.person(t), w.person(t), w.person(t), w.person(t)}
		racers.Go(func() {
			for _, p := range people {
				wantLive(t, w.list, claimsFor(p), "before its logout")
				n := w.revoke(t, w.session(p), w.list.New(store.RevokedToken, id.Random(), 0, w.clock.Now()))
				wantRevoked(t, w.list, claimsFor(p), "after its logout")
				if at := w.list.Applied(); at.Number < n[1] {
					t.Errorf("receipt %d, but %d are applied", n[1], at.Number)
				}
			}
		})
	}
	racers.Wait()
	if n := w.faulty.asked.Load(); n != 0 {
		t.Errorf("%d checks went to SQL", n)
	}
	if at := w.list.Applied(); at != w.head(t) || at.Number != 80 {
		t.Errorf("%+v is applied of 80", at)
	}
}

func TestRevocationsReachOtherInstances(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*RevocationsOptions){
		"by news": func(o *RevocationsOptions) { o.Poll = time.Hour; unhurried(o) },
		"by poll": func(o *RevocationsOptions) { deaf(o); unhurried(o) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			other := w.newList(t, change)
			run(t, other)
			waittest.Until(t, "the other instance hears", func() bool {
				p := w.person(t)
				number := w.revoke(t, w.session(p))[0]
				for range 100 {
					if other.Applied().Number >= number {
						return errors.Is(other.Check(t.Context(), claimsFor(p)), ErrRevoked)
					}
					time.Sleep(time.Millisecond)
				}
				return false
			})
			if w.faulty.asked.Load() != 0 {
				t.Error("SQL was asked instead")
			}
		})
	}
}

func TestRevocationsSurviveARestart(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	var ended []person
	for range 30 {
		p := w.person(t)
		w.revoke(t, w.session(p))
		ended = append(ended, p)
	}
	live := w.person(t)
	again := w.newList(t, unhurried)
	for _, p := range ended {
		wantRevoked(t, again, claimsFor(p), "after a restart")
	}
	wantLive(t, again, claimsFor(live), "after a restart")
	if before, after := w.list.Applied(), again.Applied(); before != after {
		t.Errorf("applied up to %+v before, %+v after", before, after)
	}
	if w.faulty.asked.Load() != 0 {
		t.Error("SQL was asked instead")
	}
}

func TestStaleListAsksSQLAndSaysUnavailableWithoutIt(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	other := w.newList(t, deaf) // follows nothing
	p, live := w.person(t), w.person(t)
	w.revoke(t, w.session(p))
	if _, err := w.db.Direct().Sessions.Revoke(t.Context(), p.session.ID, store.ReasonLogout, w.clock.Now()); err != nil {
		t.Fatal(err)
	}
	w.clock.Advance(3 * time.Second)
	if other.Fresh() {
		t.Fatal("fresh although nothing was read for 3 s")
	}
	wantRevoked(t, other, claimsFor(p), "when stale")
	wantLive(t, other, claimsFor(live), "when stale")
	if n := w.faulty.asked.Load(); n != 2 {
		t.Errorf("SQL was asked %d times", n)
	}

	w.faulty.down.Store(true)
	if err := other.Check(t.Context(), claimsFor(live)); !errors.Is(err, fault.ErrUnavailable) {
		t.Errorf("without SQL: got %v, want unavailable", err)
	}
	wantRevoked(t, w.list, claimsFor(p), "without SQL, but known")
	w.faulty.down.Store(false)

	w.faulty.hang.Store(true)
	begin := time.Now()
	if err := other.Check(t.Context(), claimsFor(live)); !errors.Is(err, fault.ErrUnavailable) {
		t.Errorf("with SQL that hangs: got %v, want unavailable", err)
	}
	if took := time.Since(begin); took > 2*time.Second {
		t.Errorf("the answer took %v", took)
	}
	w.faulty.hang.Store(false)
	run(t, other)
	waittest.Until(t, "the list is fresh again", other.Fresh)
	wantRevoked(t, other, claimsFor(p), "when fresh again")
}

func TestSQLKnowsMoreThanTheList(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	disabled, raised, gone, live := w.person(t), w.person(t), w.person(t), w.person(t)
	ctx, now, direct := t.Context(), w.clock.Now(), w.db.Direct()
	_, err1 := direct.Users.SetStatus(ctx, disabled.user.ID, store.UserActive, store.UserDisabled, now)
	_, err2 := direct.Users.RaiseEpoch(ctx, raised.user.ID, raised.user.Epoch, now)
	if err := errors.Join(err1, err2); err != nil {
		t.Fatal(err)
	}
	gone.session.ID = id.Random()
	ended := claimsFor(w.person(t))
	w.revoke(t, w.list.New(store.RevokedToken, ended.ID, 0, now))
	w.clock.Advance(time.Minute)
	other := NewRevocations(w.list.opts) // never started
	for name, c := range map[string]Claims{
		"disabled": claimsFor(disabled), "epoch raised": claimsFor(raised), "session gone": claimsFor(gone), "token ended": ended,
	} {
		wantRevoked(t, other, c, name)
	}
	wantLive(t, other, claimsFor(live), "a list that never started")
}

func TestAnotherHistoryOrALowerCounterLetsTheListBeginAgain(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]string{
		"another history": "history_id = 'another history'",
		"a lower counter": "number = number - 1",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, unhurried)
			ghost := w.person(t) // in memory only: the database has lost it
			w.list.mu.Lock()
			w.list.seen.add(*w.session(ghost))
			w.list.mu.Unlock()
			real1, real2 := w.person(t), w.person(t)
			w.revoke(t, w.session(real1), w.session(real2))
			wantRevoked(t, w.list, claimsFor(ghost), "before")

			w.feedBecomes(t, change)
			if _, err := w.list.catchUp(t.Context(), false); !errors.Is(err, errStale) {
				t.Errorf("a request that must not rebuild got %v", err)
			}
			if _, err := w.list.catchUp(t.Context(), true); err != nil {
				t.Fatal(err)
			}
			wantRevoked(t, w.list, claimsFor(real1), "after")
			wantRevoked(t, w.list, claimsFor(real2), "after")
			wantRevoked(t, w.list, claimsFor(ghost), "what the database does not have: a no is not taken back")
			head, err := w.store.Direct().Feed.Head(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if at := w.list.Applied(); at.HistoryID != head.HistoryID {
				t.Errorf("applied up to %+v, want the history of %+v", at, head)
			}
		})
	}
}

func TestListIsNotFreshWhileItIsBuiltAnew(t *testing.T) {
	t.Parallel()
	w := newWorld(t, unhurried)
	restored := "another history"
	w.feedBecomes(t, "history_id = '"+restored+"'")
	p, live := w.person(t), w.person(t)
	w.revoke(t, w.session(p))
	gate := make(chan struct{})
	w.list.opts.Store = w.store.Around(gated(gate))
	done := make(chan error, 1)
	go func() {
		_, err := w.list.catchUp(t.Context(), true)
		done <- err
	}()
	waittest.Until(t, "the rebuild begins", func() bool { return !w.list.Fresh() })
	wantRevoked(t, w.list, claimsFor(p), "known, while the list is built anew")
	before := w.faulty.asked.Load()
	wantLive(t, w.list, claimsFor(live), "while the list is built anew")
	if w.faulty.asked.Load() == before {
		t.Error("memory said yes while it was not complete")
	}
	during := w.person(t)
	w.revoke(t, w.session(during)) // committed here in the meantime
	close(gate)
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	wantRevoked(t, w.list, claimsFor(during), "what was committed in the meantime")
	wantRevoked(t, w.list, claimsFor(p), "after")
	if !w.list.Fresh() {
		t.Error("not fresh afterwards")
	}
}

// gated lets a read of the list wait, so that a test can look at a list in the
// middle of a rebuild.
func gated(gate chan struct{}) store.Around {
	return func(_ context.Context, statement string, _ []any, do func() error) error {
		err := do()
		if strings.HasPrefix(statement, readsPage) {
			<-gate // what is committed meanwhile is not in what was read
		}
		return err
	}
}

// stuckFeed publishes for ever, whatever its context says.
type stuckFeed struct {
	cluster.Feed
	stuck chan struct{}
}

func (f stuckFeed) Publish(context.Context, string, []store.Revocation) error {
	<-f.stuck
	return errors.New("lost")
}

func TestPublishingNeverHoldsUpALogout(t *testing.T) {
	t.Parallel()
	feed := stuckFeed{local.NewFeed(), make(chan struct{})}
	defer close(feed.stuck)
	w := newWorld(t, unhurried, func(o *RevocationsOptions) { o.Feed = feed })
	for n := range publishSlots + 4 {
		p := w.person(t)
		begin := time.Now()
		w.revoke(t, w.session(p))
		if took := time.Since(begin); took > publishLimit+time.Second {
			t.Errorf("logout %d took %v", n, took)
		}
		wantRevoked(t, w.list, claimsFor(p), "although nobody was told")
	}
}

func TestCommittedBeforeStartIsApplied(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	early := NewRevocations(w.list.opts)
	p := w.person(t)
	r := w.session(p)
	early.Committed(t.Context(), store.Effects{})
	w.revoke(t, r)
	early.Committed(t.Context(), store.Effects{Revocations: []store.Revocation{*r}})
	wantRevoked(t, early, claimsFor(p), "before the start")
	if err := early.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	wantRevoked(t, early, claimsFor(p), "after the start")
}

func TestListDoesNotStartWithoutTheDatabase(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.faulty.down.Store(true)
	if err := NewRevocations(w.list.opts).Start(t.Context()); err == nil {
		t.Error("started without having read the list")
	}
}
