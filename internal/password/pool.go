package password

import (
	"container/list"
	"context"
	"net/netip"
	"slices"
	"sync"
	"time"

	"github.com/sallyport-auth/sallyport/internal/clock"
)

const (
	// patience is how long a request waits for slots, all its hashes together.
	patience = 2 * time.Second
	// strangersShare is what strangers are sure of: one turn in so many, and one place
	// of so many in the queue.
	strangersShare = 4
)

// The classes of those who wait, the first to go first.
const (
	begun    = iota // had a slot before, and have one hash more to make
	known           // a device that signed in to the account before
	stranger        // everybody else
	classes
)

// ticket is the place in the queue of one request, for all its hashes.
type ticket struct {
	network netip.Prefix // of the client; not valid for what is no client's

	mu     sync.Mutex
	known  bool
	served bool
	waited time.Duration
}

type ticketKey struct{}

// WithTicket gives a request its place in the queue for hashing, which all its
// hashes share. Slots are shared between networks: /24 of IPv4, /48 of IPv6.
func WithTicket(ctx context.Context, client netip.Addr) context.Context {
	return context.WithValue(ctx, ticketKey{}, &ticket{network: networkOf(client)})
}

// KnownDevice lets the request of ctx go before strangers: it comes from a device
// that signed in to the account before.
func KnownDevice(ctx context.Context) {
	if t, ok := ctx.Value(ticketKey{}).(*ticket); ok {
		t.mu.Lock()
		t.known = true
		t.mu.Unlock()
	}
}

func ticketOf(ctx context.Context) *ticket {
	if t, ok := ctx.Value(ticketKey{}).(*ticket); ok {
		return t
	}
	return &ticket{}
}

func networkOf(a netip.Addr) netip.Prefix {
	a = a.Unmap().WithZone("")
	bits := 48
	if a.Is4() {
		bits = 24
	}
	network, err := a.Prefix(bits)
	if err != nil {
		return netip.Prefix{} // no address
	}
	return network
}

// class and what is left of the patience.
func (t *ticket) standing() (class int, left time.Duration) {
	t.mu.Lock()
	defer t.mu.Unlock()
	switch {
	case t.served:
		class = begun
	case t.known:
		class = known
	default:
		class = stranger
	}
	return class, patience - t.waited
}

func (t *ticket) note(waited time.Duration, served bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.waited += waited
	t.served = t.served || served
}

// pool hands out slots. Of those that wait, requests that were begun go first,
// then known devices, then strangers; within each the networks take turns. When
// the queue is full, the network with most in it gives up its newest place to a
// network with fewer, so that a flood crowds out itself. A part of the turns and of
// the places is the strangers', so that no number of known devices crowds them out,
// and the rest is the known devices'.
type pool struct {
	clock clock.Clock
	limit int // that may wait

	mu       sync.Mutex
	slots    int // all
	free     int
	waiting  int
	queues   [classes]queue
	knownRun int // known devices that went since a stranger did
}

// queue is those of one class that wait, by network, in the order of turns.
type queue struct {
	size  int
	turns *list.List // of *lane
	lanes map[netip.Prefix]*list.Element
}

// lane is those of one network that wait, in the order of arrival.
type lane struct {
	network netip.Prefix
	waiters []*waiter
}

// waiter is one hash that waits for a slot.
type waiter struct {
	network netip.Prefix
	class   int
	outcome chan bool // has room for one: whether it gets a slot
}

func newPool(slots, limit int, c clock.Clock) *pool {
	p := &pool{clock: c, limit: limit, slots: slots, free: slots}
	for n := range p.queues {
		p.queues[n] = queue{turns: list.New(), lanes: map[netip.Prefix]*list.Element{}}
	}
	return p
}

// acquire waits for a slot, for as long as the ticket of ctx has patience.
//
// Errors: busy.
func (p *pool) acquire(ctx context.Context) (release func(), err error) {
	if err := ctx.Err(); err != nil {
		return nil, ErrBusy.WithCause(err)
	}
	t := ticketOf(ctx)
	class, left := t.standing()
	w, got := p.enter(t.network, class, left > 0)
	switch {
	case got:
		t.note(0, true)
		return p.release, nil
	case w == nil:
		return nil, ErrBusy
	}
	began := p.clock.Now()
	timer := time.NewTimer(left)
	defer timer.Stop()
	select {
	case got = <-w.outcome:
	case <-ctx.Done():
		err = ctx.Err()
		got = p.leave(w)
	case <-timer.C:
		got = p.leave(w)
	}
	t.note(p.clock.Now().Sub(began), got)
	if got && err != nil { // the slot came while the caller went
		p.release()
		got = false
	}
	if !got {
		return nil, ErrBusy.WithCause(err)
	}
	return p.release, nil
}

// enter gives a free slot at once, or a place in the queue, or neither.
func (p *pool) enter(network netip.Prefix, class int, patient bool) (w *waiter, got bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.free > 0 { // then nobody waits
		p.free--
		return nil, true
	}
	if !patient || !p.room(network, class) {
		return nil, false
	}
	w = &waiter{network: network, class: class, outcome: make(chan bool, 1)}
	p.waiting++
	p.queues[class].push(w)
	return w, false
}

// room makes sure of a place in the queue, if need be at the cost of the network
// that has most, in the other class if that has more than its share, or else in the
// same. Requests that were begun always have one: there are no more of them than had
// a slot.
func (p *pool) room(network netip.Prefix, class int) bool {
	if class == begun || p.waiting < p.limit {
		return true
	}
	share := [classes]int{known: p.limit - p.limit/strangersShare, stranger: p.limit / strangersShare}
	other := known + stranger - class
	if p.queues[class].size < share[class] && p.queues[other].size > 0 &&
		(class == known || p.queues[other].size > share[other]) {
		p.crowdOut(p.queues[other].longest())
		return true
	}
	longest := p.queues[class].longest()
	if longest == nil || len(longest.waiters) <= p.queues[class].length(network)+1 {
		return false
	}
	p.crowdOut(longest)
	return true
}

// crowdOut takes the newest place of a network.
func (p *pool) crowdOut(l *lane) {
	w := l.waiters[len(l.waiters)-1]
	p.remove(w)
	w.outcome <- false
}

// leave takes back a place in the queue, and reports whether a slot had come.
func (p *pool) leave(w *waiter) (got bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	select {
	case got = <-w.outcome:
	default:
		p.remove(w)
	}
	return got
}

// release gives the slot to the next that waits.
func (p *pool) release() {
	p.mu.Lock()
	defer p.mu.Unlock()
	w := p.next()
	if w == nil {
		p.free++
		return
	}
	p.waiting--
	w.outcome <- true
}

func (p *pool) next() *waiter {
	order := []int{begun, known, stranger}
	if p.knownRun >= strangersShare-1 {
		order = []int{begun, stranger, known}
	}
	for _, class := range order {
		w := p.queues[class].pop()
		if w == nil {
			continue
		}
		switch class {
		case known:
			p.knownRun++
		case stranger:
			p.knownRun = 0
		}
		return w
	}
	return nil
}

func (p *pool) remove(w *waiter) {
	p.waiting--
	p.queues[w.class].remove(w)
}

func (q *queue) push(w *waiter) {
	q.size++
	if at, ok := q.lanes[w.network]; ok {
		l := laneAt(at)
		l.waiters = append(l.waiters, w)
		return
	}
	q.lanes[w.network] = q.turns.PushBack(&lane{network: w.network, waiters: []*waiter{w}})
}

// pop takes the oldest of the network whose turn it is.
func (q *queue) pop() *waiter {
	at := q.turns.Front()
	if at == nil {
		return nil
	}
	l := laneAt(at)
	w := l.waiters[0]
	l.waiters = slices.Delete(l.waiters, 0, 1)
	q.size--
	q.turns.MoveToBack(at)
	q.tidy(at)
	return w
}

func (q *queue) remove(w *waiter) {
	at, ok := q.lanes[w.network]
	if !ok {
		return
	}
	l := laneAt(at)
	if n := slices.Index(l.waiters, w); n >= 0 {
		l.waiters = slices.Delete(l.waiters, n, n+1)
		q.size--
	}
	q.tidy(at)
}

// tidy forgets a network of which nobody waits.
func (q *queue) tidy(at *list.Element) {
	if l := laneAt(at); len(l.waiters) == 0 {
		q.turns.Remove(at)
		delete(q.lanes, l.network)
	}
}

func (q *queue) length(network netip.Prefix) int {
	if at, ok := q.lanes[network]; ok {
		return len(laneAt(at).waiters)
	}
	return 0
}

// longest is the network with most that wait; of several, the one whose turn
// comes last.
func (q *queue) longest() (found *lane) {
	for at := q.turns.Back(); at != nil; at = at.Prev() {
		if l := laneAt(at); found == nil || len(l.waiters) > len(found.waiters) {
			found = l
		}
	}
	return found
}

func laneAt(at *list.Element) *lane {
	return at.Value.(*lane) //nolint:forcetypeassert // the list holds nothing else
}
