package password

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"runtime"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/crypto/bcrypt"

	"github.com/sallyport-auth/sallyport/internal/clock"
)

func TestSlotsAreAtMostTheProcessors(t *testing.T) {
	t.Parallel()
	h, err := New(Options{Argon2MemoryKiB: 64, Argon2Passes: 1, Slots: 1 << 10})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := h.pool.slots, runtime.GOMAXPROCS(0); got != want {
		t.Errorf("%d slots, want %d", got, want)
	}
}

// queued is a hash that somebody waits to make.
type queued struct {
	name    string
	release func()
	err     error
}

// line is a pool with one slot that is taken, and those who wait for it.
type line struct {
	*pool
	t    *testing.T
	done chan queued
}

func newLine(t *testing.T, limit int) (l *line, release func()) {
	t.Helper()
	l = &line{pool: newPool(1, limit, clock.System{}), t: t, done: make(chan queued, 1000)}
	release, err := l.acquire(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return l, release
}

// join lets somebody wait, behind all that wait already.
func (l *line) join(name string, ctx context.Context) {
	l.t.Helper()
	go func() {
		release, err := l.acquire(ctx)
		l.done <- queued{name, release, err}
	}()
	synctest.Wait()
}

func (l *line) joinKnown(name string, ctx context.Context) {
	l.t.Helper()
	KnownDevice(ctx)
	l.join(name, ctx)
}

func (l *line) from(address string) context.Context {
	return WithTicket(l.t.Context(), netip.MustParseAddr(address))
}

// served lets all that wait go, one by one, and names them in their order.
func (l *line) served(release func()) []string {
	l.t.Helper()
	var names []string
	for {
		release()
		synctest.Wait()
		select {
		case q := <-l.done:
			if q.err != nil {
				l.t.Fatalf("%s: %v", q.name, q.err)
			}
			names, release = append(names, q.name), q.release
		default:
			return names
		}
	}
}

// empty reports whether the pool remembers nobody.
func (l *line) empty() bool {
	for _, q := range l.queues {
		if q.size != 0 || len(q.lanes) != 0 || q.turns.Len() != 0 {
			return false
		}
	}
	return l.waiting == 0 && l.free == l.slots
}

func TestNetworksTakeTurns(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l, release := newLine(t, 100)
		for n, address := range []string{
			"192.0.2.1", "192.0.2.77", "192.0.2.200", "::ffff:192.0.2.9", "198.51.100.1", "2001:db8:1:1::1", "2001:db8:1:2::2", "2001:db8:2::1",
		} {
			l.join(strconv.Itoa(n), l.from(address))
		}
		l.join("none", t.Context())
		want := []string{"0", "4", "5", "7", "none", "1", "6", "2", "3"}
		if got := l.served(release); !slices.Equal(got, want) || !l.empty() {
			t.Errorf("got %v, want %v, and nobody left", got, want)
		}
	})
}

func TestAFloodCrowdsOutItself(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l, release := newLine(t, 4)
		refused := func(want string) {
			t.Helper()
			synctest.Wait()
			select {
			case q := <-l.done:
				if q.name != want || !errors.Is(q.err, ErrBusy) {
					t.Errorf("%s: %v; want %s to be told busy", q.name, q.err, want)
				}
			default:
				t.Errorf("nobody is told busy, want %s", want)
			}
		}
		for n := range 4 {
			l.join(fmt.Sprint("flood ", n), l.from("192.0.2.1"))
		}
		l.join("flood 4", l.from("192.0.2.2"))
		refused("flood 4")
		l.join("ada", l.from("198.51.100.1"))
		refused("flood 3")
		l.join("bob", l.from("203.0.113.1"))
		refused("flood 2")
		for n := range 20 {
			name := fmt.Sprint("later ", n)
			l.join(name, l.from("192.0.2.3"))
			refused(name)
		}
		l.join("eve", l.from("2001:db8::1"))
		refused("flood 1")
		// All networks have one by now: a fifth is owed no place.
		l.join("zoe", l.from("2001:db8:1::1"))
		refused("zoe")
		mine := l.from("2001:db8:7::1")
		KnownDevice(mine)
		l.join("known", mine)
		refused("eve") // the stranger whose turn is last
		want := []string{"known", "flood 0", "ada", "bob"}
		if got := l.served(release); !slices.Equal(got, want) || !l.empty() {
			t.Errorf("got %v, want %v, and nobody left", got, want)
		}
	})
}

func TestKnownDevicesGoFirstAndStrangersGoOn(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l, release := newLine(t, 100)
		for n := range 2 {
			l.join(fmt.Sprint("s", n), l.from("192.0.2.1"))
		}
		for n := range 6 {
			ctx := l.from("198.51.100.1")
			KnownDevice(ctx)
			l.join(fmt.Sprint("k", n), ctx)
		}
		want := []string{"k0", "k1", "k2", "s0", "k3", "k4", "k5", "s1"}
		if got := l.served(release); !slices.Equal(got, want) {
			t.Errorf("got %v, want %v", got, want)
		}
	})
}

// However many known devices come, a share of the places and one turn in four are
// the strangers'.
func TestKnownDevicesDoNotCrowdOutStrangers(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l, release := newLine(t, 8)
		for n := range 8 {
			l.joinKnown(fmt.Sprint("k", n), l.from(fmt.Sprintf("198.51.%d.1", n)))
		}
		l.join("s0", l.from("192.0.2.1"))
		l.join("s1", l.from("203.0.113.1"))
		l.join("s2", l.from("203.0.113.2")) // two of eight places are theirs
		for n := 8; n < 20; n++ {
			l.joinKnown(fmt.Sprint("k", n), l.from(fmt.Sprintf("198.51.%d.1", n)))
		}
		for range 3 + 12 {
			if q := <-l.done; !errors.Is(q.err, ErrBusy) || q.name == "s0" || q.name == "s1" {
				t.Errorf("%s: %v; want the later ones to be told busy", q.name, q.err)
			}
		}
		want := []string{"k0", "k1", "k2", "s0", "k3", "k4", "k5", "s1"}
		if got := l.served(release); !slices.Equal(got, want) || !l.empty() {
			t.Errorf("got %v, want %v, and nobody left", got, want)
		}
	})
}

// Nor do strangers crowd out known devices: all places but their share are theirs to
// take back.
func TestStrangersDoNotCrowdOutKnownDevices(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l, release := newLine(t, 8)
		for n := range 8 {
			l.join(fmt.Sprint("s", n), l.from(fmt.Sprintf("198.51.%d.1", n)))
		}
		for n := range 6 {
			l.joinKnown(fmt.Sprint("k", n), l.from(fmt.Sprintf("203.0.%d.1", n)))
			if q := <-l.done; q.name != fmt.Sprint("s", 7-n) || !errors.Is(q.err, ErrBusy) {
				t.Errorf("%s: %v; want the stranger whose turn is last to be told busy", q.name, q.err)
			}
		}
		want := []string{"k0", "k1", "k2", "s0", "k3", "k4", "k5", "s1"}
		if got := l.served(release); !slices.Equal(got, want) || !l.empty() {
			t.Errorf("got %v, want %v, and nobody left", got, want)
		}
	})
}

func TestARequestQueuesOnceForAllItsHashes(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l, release := newLine(t, 1)
		mine := l.from("192.0.2.1")
		l.join("first hash", mine)
		release()
		first := <-l.done
		l.join("another", l.from("198.51.100.1"))
		first.release() // between its hashes another may go
		other := <-l.done
		l.join("waits", l.from("203.0.113.1")) // the queue is full now
		l.join("second hash", mine)
		want := []string{"second hash", "waits"}
		if got := l.served(other.release); first.name != "first hash" || !slices.Equal(got, want) || !l.empty() {
			t.Errorf("got %v, want %v", got, want)
		}
	})
}

// TestPatienceIsTwoSecondsForAllHashes has the requests that law 8 speaks of: one
// that gets no slot, and one that had to wait for its first.
func TestPatienceIsTwoSecondsForAllHashes(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l, release := newLine(t, 9)
		began := time.Now()
		if _, err := l.acquire(l.from("192.0.2.1")); !errors.Is(err, ErrBusy) || time.Since(began) != 2*time.Second {
			t.Errorf("%v after %v, want busy after 2s", err, time.Since(began))
		}
		mine := l.from("192.0.2.1")
		l.join("first", mine)
		time.Sleep(1500 * time.Millisecond) // in the bubble's time
		release()
		first := <-l.done
		time.Sleep(time.Hour) // a slow hash is no waiting
		l.join("second", mine)
		began = time.Now()
		if q := <-l.done; !errors.Is(q.err, ErrBusy) || time.Since(began) != 500*time.Millisecond {
			t.Errorf("%v after %v, want busy after the 0.5s that were left", q.err, time.Since(began))
		}
		first.release()
		if release, err := l.acquire(mine); err != nil {
			t.Errorf("a slot that is free: %v", err)
		} else {
			release()
		}
		if !l.empty() {
			t.Error("somebody is left")
		}
	})
}

func TestWhoeverLeavesTakesNoSlot(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l, release := newLine(t, 9)
		ctx, leave := context.WithCancel(l.from("192.0.2.1"))
		l.join("leaves", ctx)
		l.join("stays", l.from("192.0.2.1"))
		leave()
		if q := <-l.done; q.name != "leaves" || !errors.Is(q.err, ErrBusy) || !errors.Is(q.err, context.Canceled) {
			t.Errorf("%s: got %v, want busy because of leaving", q.name, q.err)
		}
		if got := l.served(release); !slices.Equal(got, []string{"stays"}) || !l.empty() {
			t.Errorf("got %v", got)
		}
	})
}

// TestThePoolRemembersNoMoreThanTheQueue sends each hash from a network of its
// own, and lets the slot go to each that comes and goes in every way there is.
func TestThePoolRemembersNoMoreThanTheQueue(t *testing.T) {
	t.Parallel()
	const callers, limit = 2000, 16
	p := newPool(2, limit, clock.System{})
	var running, most, served atomic.Int32
	var wg sync.WaitGroup
	for n := range callers {
		wg.Go(func() {
			ctx, leave := context.WithCancel(WithTicket(t.Context(), netip.AddrFrom4([4]byte{10, byte(n >> 8), byte(n), 1})))
			defer leave()
			if n%7 == 0 {
				go leave()
			}
			if n%5 == 0 {
				KnownDevice(ctx)
			}
			for range 2 {
				release, err := p.acquire(ctx)
				if err != nil {
					continue
				}
				served.Add(1)
				if now := running.Add(1); now > most.Load() {
					most.Store(now)
				}
				p.mu.Lock()
				lanes := len(p.queues[known].lanes) + len(p.queues[stranger].lanes)
				p.mu.Unlock()
				if lanes > limit {
					t.Errorf("%d networks are remembered, want %d at most", lanes, limit)
				}
				runtime.Gosched()
				running.Add(-1)
				release()
			}
		})
	}
	wg.Wait()
	if l := (&line{pool: p}); !l.empty() || most.Load() > 2 || served.Load() == 0 {
		t.Errorf("%d at once, %d served, %d free, %d waiting", most.Load(), served.Load(), p.free, p.waiting)
	}
}

// TestADecoyCostsWhatAHashCosts asks the libraries themselves: a decoy that they
// could not read would be refused without any work.
func TestADecoyCostsWhatAHashCosts(t *testing.T) {
	t.Parallel()
	b := bcryptScheme{cost: minBcryptCost}
	if err := bcrypt.CompareHashAndPassword([]byte(b.decoy()), []byte("x")); !errors.Is(err, bcrypt.ErrMismatchedHashAndPassword) {
		t.Errorf("bcrypt: got %v, want a mismatch after the work", err)
	}
	for _, s := range []scheme{b, argon2id{memoryKiB: 64, passes: 3}} {
		stored, err := parse(s.decoy())
		if err != nil || !s.same(stored) {
			t.Errorf("%T: the decoy is not of the present setting: %v", s, err)
		}
	}
}

func TestTheCommonListIsWhole(t *testing.T) {
	t.Parallel()
	list, err := readCommon()
	if err != nil {
		t.Fatal(err)
	}
	if len(list) != 49_233 {
		t.Errorf("%d common passwords, want 49,233", len(list))
	}
	for _, pw := range []string{"password", "12345678", "qwertyuiop", "iloveyou"} {
		if !list.has(pw) {
			t.Errorf("%s is not in the list", pw)
		}
	}
	if list.has("") || list.has("violet umbrella 27") {
		t.Error("what is not common is in the list")
	}
}
