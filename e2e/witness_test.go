package e2e_test

import (
	"fmt"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/soaktest"
	"github.com/sallyport-auth/sallyport/internal/waittest"
)

// witnesses are backends in each language, which are asked all the time.
type witnesses struct {
	of    []*witness
	world *world
	email string
}

// startWitnesses starts a backend in each language, which reaches the server at an
// address.
func startWitnesses(t *testing.T, w *world, server string) *witnesses {
	t.Helper()
	all := &witnesses{world: w, email: address(t, 1)}
	staleness := 2 * time.Second
	if soaktest.Soaking() {
		staleness = guardStaleness
	}
	alive := w.join(t, all.email).AccessToken
	client := w.client(t, "orders")
	for _, l := range languages(t) {
		b := w.backend(t, l, client, server, staleness)
		reportRequests(t, b.Client)
		all.of = append(all.of, &witness{backend: b, alive: alive, staleness: staleness})
	}
	return all
}

// endure has people sign out before an outage, in it and after it, and holds the
// backends to what they promise all the while.
func (a *witnesses) endure(t *testing.T, o outage) {
	t.Helper()
	a.current(t)
	stop := make(chan struct{})
	var watching sync.WaitGroup
	for _, w := range a.of {
		watching.Go(func() { w.watch(t, stop) })
	}
	defer watching.Wait()
	defer close(stop)
	lasts := soaktest.For(t, 3*time.Second, 30*time.Second)
	a.signOut(t) // and what breaks may break before the backends hear of it
	o.begin(t)
	begun := time.Now()
	if o.cutsOff {
		a.hearNothing(begun)
	}
	for n := 0; time.Since(begun) < lasts; n++ {
		if o.canSignOut && n%10 == 0 {
			a.signOut(t)
		}
		hold(t, 100*time.Millisecond)
	}
	a.hearNothing(time.Time{})
	if o.cutsOff {
		a.wereDeaf()
	}
	o.end(t)
	ended := time.Now()
	for _, w := range a.of {
		if told := w.toldSince(begun); told != o.cutsOff {
			t.Errorf("the program in %s said that it was not current: %v, want %v", w.language, told, o.cutsOff)
		}
	}
	a.current(t)
	t.Logf("all are current %v after the end", time.Since(ended).Round(time.Millisecond))
	a.signOut(t)
	for _, w := range a.of {
		waittest.Until(t, "the program in "+w.language+" refuses all who signed out", func() bool { return w.refusesAll(t) })
	}
}

// current waits until every backend lets in who is signed in.
func (a *witnesses) current(t *testing.T) {
	t.Helper()
	for _, w := range a.of {
		waittest.Until(t, "the program in "+w.language+" is current", func() bool {
			return w.Get(t, "/orders", w.alive).Status == http.StatusOK
		})
	}
}

// signOut ends a session whose token every backend has seen.
func (a *witnesses) signOut(t *testing.T) {
	t.Helper()
	s := a.world.login(t, a.email, password)
	for _, w := range a.of {
		_ = w.Get(t, "/orders", s.AccessToken) // 503 while it is not current
	}
	a.world.logout(t, s.AccessToken, nil).Want(t, http.StatusOK, "")
	at := time.Now()
	for _, w := range a.of {
		w.mu.Lock()
		w.dead = append(w.dead, &signedOut{token: s.AccessToken, at: at})
		w.mu.Unlock()
	}
}

// hearNothing says that since a moment no backend hears anything; zero, that they do.
func (a *witnesses) hearNothing(since time.Time) {
	for _, w := range a.of {
		w.mu.Lock()
		w.cutSince = since
		w.mu.Unlock()
	}
}

// wereDeaf says that no backend has heard anything for so long that none is current.
// To be so again each has to ask anew, and is told of every logout up to now.
func (a *witnesses) wereDeaf() {
	now := time.Now()
	for _, w := range a.of {
		w.mu.Lock()
		for _, s := range w.dead {
			s.knownFrom = now
		}
		w.mu.Unlock()
	}
}

// witness is a backend that is asked about a token that counts, and about those of
// ended sessions. It is held to these promises:
//
//   - It takes no token later than its knowledge may be old, and while it hears of
//     revocations no later than an instance may be to hear of another's.
//   - While it has heard nothing for longer than that, it says so, and takes none.
//   - Having said that it is not current, it takes no token again of a session that ended
//     before it could be.
//   - Having refused a token, it never takes it again.
type witness struct {
	*backend

	alive     string
	staleness time.Duration // how old its knowledge may be

	mu       sync.Mutex
	dead     []*signedOut
	cutSince time.Time
	told     time.Time // when it last said that it is not current
}

// signedOut is a token of a session that ended.
type signedOut struct {
	token string
	at    time.Time // when the logout had been answered
	// refused is when the first refusal came, and knownFrom from when on nothing but
	// a refusal or that it cannot tell will do; zero, as long as that is not known.
	refused, knownFrom time.Time
}

// mayBeTaken says why a token must not be taken that was presented at a moment, and
// nothing if it may be: within late of the logout, by a backend that hears.
func (s *signedOut) mayBeTaken(asked time.Time, late time.Duration) error {
	after := func(moment time.Time) bool { return !moment.IsZero() && asked.After(moment) }
	since := asked.Sub(s.at)
	switch {
	case after(s.refused):
		return fmt.Errorf("takes a token again %v after the logout", since)
	case after(s.knownFrom):
		return fmt.Errorf("was not current, and takes a token %v after the logout", since)
	case since > late:
		return fmt.Errorf("still takes a token %v after the logout", since)
	}
	return nil
}

// watch asks until stop is closed.
func (w *witness) watch(t *testing.T, stop <-chan struct{}) {
	t.Helper()
	for n := 0; ; n++ {
		select {
		case <-stop:
			return
		case <-time.After(10 * time.Millisecond):
		}
		w.askAlive(t)
		w.mu.Lock()
		dead := w.dead
		w.mu.Unlock()
		if len(dead) > 0 {
			w.askDead(t, dead[len(dead)-1])
			w.askDead(t, dead[n%len(dead)])
		}
	}
}

func (w *witness) askAlive(t *testing.T) {
	t.Helper()
	cutSince := w.cut()
	asked := time.Now()
	switch a := w.Get(t, "/orders", w.alive); {
	case a.Status == http.StatusServiceUnavailable && a.Code() == "not_current" && a.Header.Get("Retry-After") != "":
		w.mu.Lock()
		w.told = asked
		w.mu.Unlock()
	case a.Status != http.StatusOK:
		t.Errorf("the program in %s answers %d %s to who is signed in", w.language, a.Status, a.Body)
	case w.deaf(cutSince, asked):
		t.Errorf("the program in %s has heard nothing for %v, and says that it is current", w.language, asked.Sub(cutSince))
	}
}

// deaf reports whether nothing was heard, from a moment until now, for too long
// when it was asked.
func (w *witness) deaf(since, asked time.Time) bool {
	return !since.IsZero() && since.Equal(w.cut()) && asked.Sub(since) > w.staleness
}

func (w *witness) cut() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.cutSince
}

// askDead reports whether a token is refused.
func (w *witness) askDead(t *testing.T, s *signedOut) bool {
	t.Helper()
	cutSince := w.cut()
	asked := time.Now()
	a := w.Get(t, "/orders", s.token)
	deaf := w.deaf(cutSince, asked)
	late := w.staleness
	if cutSince.IsZero() {
		late = min(late, lateness)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	switch {
	case a.Status == http.StatusUnauthorized:
		if s.refused.IsZero() {
			s.refused = time.Now()
		}
	case a.Status == http.StatusServiceUnavailable && a.Code() == "not_current":
	case a.Status != http.StatusOK:
		t.Errorf("the program in %s answers %d %s to who signed out", w.language, a.Status, a.Body)
	case deaf:
		t.Errorf("the program in %s has heard nothing for %v, and takes a token", w.language, asked.Sub(cutSince))
	default:
		if err := s.mayBeTaken(asked, late); err != nil {
			t.Errorf("the program in %s %v", w.language, err)
		}
	}
	return a.Status == http.StatusUnauthorized
}

// refusesAll reports whether every token of an ended session is refused.
func (w *witness) refusesAll(t *testing.T) bool {
	t.Helper()
	w.mu.Lock()
	dead := w.dead
	w.mu.Unlock()
	all := true
	for _, s := range dead {
		all = w.askDead(t, s) && all
	}
	return all
}

func (w *witness) toldSince(moment time.Time) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.told.After(moment)
}

func TestAWitnessKnowsWhatIsPromised(t *testing.T) {
	t.Parallel()
	out := time.Now()
	at := func(seconds float64) time.Time { return out.Add(time.Duration(seconds * float64(time.Second))) }
	for _, test := range []struct {
		name  string
		token signedOut
		asked time.Time
		may   bool
	}{
		{"just signed out", signedOut{}, at(1.9), true},
		{"signed out long ago", signedOut{}, at(2.1), false},
		{"refused after it was asked for", signedOut{refused: at(1)}, at(0.9), true},
		{"refused before", signedOut{refused: at(1)}, at(1.1), false},
		{"signed out while nothing was heard, which lasts", signedOut{knownFrom: at(1)}, at(0.9), true},
		{"signed out while nothing was heard, which is over", signedOut{knownFrom: at(1)}, at(1.1), false},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			test.token.at = out
			if err := test.token.mayBeTaken(test.asked, 2*time.Second); (err == nil) != test.may {
				t.Errorf("may be taken: %v, want %v", err, test.may)
			}
		})
	}
}
