package session

import (
	"fmt"
	"slices"
	"time"
)

// epoch is when every history begins.
var epoch = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// world plays a history. It knows clients and promises, and of the rules only
// what the operator sets.
type world struct {
	bank      bank
	grace     time.Duration
	recovery  time.Duration
	roundTrip time.Duration

	now    time.Duration // since epoch, by nobody's clock
	behind time.Duration // of the database's clock
	queue  []delivery

	wallet  coin             // the owner's store
	spentAt map[int64]moment // when the owner's generation was first exchanged
	busy    []time.Duration  // until when a tab has its call outstanding
	loot    []coin           // what the thief holds, newest last
	ledger  *ledger          // nil if there is no thief
	log     []reply
}

type moment = time.Time

// delivery is something under way.
type delivery struct {
	at time.Duration
	do func() error
}

func newWorld(b bank, k kindOfHistory, l limits) *world {
	w := &world{
		bank: b, grace: l.grace, recovery: l.recovery, roundTrip: k.roundTrip,
		spentAt: map[int64]moment{}, busy: make([]time.Duration, k.tabs),
	}
	if k.thieves {
		w.ledger = newLedger(l.grace, l.recovery)
	}
	return w
}

// play gives the first promise that the history breaks.
func (w *world) play(h history) error {
	w.wallet = w.bank.open()
	for n, e := range h.steps {
		if err := w.advance(w.now + e.pause); err != nil {
			return fmt.Errorf("before step %d: %w", n, err)
		}
		if err := w.take(e); err != nil {
			return fmt.Errorf("step %d: %w", n, err)
		}
	}
	if err := w.advance(w.now + w.roundTrip); err != nil {
		return fmt.Errorf("at the end: %w", err)
	}
	return w.goesOn()
}

func (w *world) take(e event) error {
	switch e.who {
	case owner:
		w.call(e)
	case thief:
		return w.rob(e)
	case clockSetBack:
		w.behind += e.out
	}
	return nil
}

// database is the time by the database's clock.
func (w *world) database() moment { return epoch.Add(w.now - w.behind) }

// advance lets time pass, delivers what is under way, and makes the owner come
// back within the recovery time.
func (w *world) advance(to time.Duration) error {
	for {
		back, must := w.comeBack()
		switch first := w.first(); {
		case first != nil && first.at <= to && (!must || first.at <= back):
			w.queue = w.queue[1:]
			w.now = max(w.now, first.at)
			if err := first.do(); err != nil {
				return err
			}
		case must && back <= to:
			w.now = max(w.now, back)
			if err := w.promptCall(); err != nil {
				return err
			}
		default:
			w.now = max(w.now, to)
			return nil
		}
	}
}

// first is what is delivered next.
func (w *world) first() *delivery {
	if len(w.queue) == 0 {
		return nil
	}
	slices.SortStableFunc(w.queue, func(a, b delivery) int { return int(a.at - b.at) })
	d := w.queue[0]
	return &d
}

// comeBack is when an owner whose answers were lost must call at the latest.
func (w *world) comeBack() (time.Duration, bool) {
	spent, ok := w.spentAt[w.wallet.generation]
	if !ok || w.ledger.over() {
		return 0, false
	}
	return spent.Add(w.recovery).Sub(epoch) + w.behind - w.roundTrip - 10*time.Second, true
}

// call is what an honest tab does.
func (w *world) call(e event) {
	if w.busy[e.tab] > w.now {
		return
	}
	c := w.wallet // read before each call
	w.busy[e.tab] = w.now + w.roundTrip
	if e.lost == request {
		return
	}
	w.queue = append(w.queue, delivery{w.now + e.out, func() error {
		got, err := w.present(owner, c, e.instance)
		if err != nil || got == nil || e.lost == answer {
			return err
		}
		w.queue = append(w.queue, delivery{w.now + e.back, func() error {
			w.busy[e.tab] = w.now
			w.keep(*got)
			return nil
		}})
		return nil
	}})
}

// keep is how an honest client stores an answer.
func (w *world) keep(c coin) {
	if c.generation > w.wallet.generation {
		w.wallet = c
	}
}

// promptCall is a call of which nothing is lost or late.
func (w *world) promptCall() error {
	got, err := w.present(owner, w.wallet, 0)
	if err == nil && got != nil {
		w.keep(*got)
	}
	if got == nil {
		w.now += 10 * time.Second // told to retry
	}
	return err
}

// rob lets the thief copy the owner's store, or present what it holds.
func (w *world) rob(e event) error {
	if e.steal {
		w.loot = append(w.loot, w.wallet)
		w.ledger.stolen(w.wallet.generation)
		return nil
	}
	if len(w.loot) == 0 {
		return nil
	}
	got, err := w.present(thief, w.loot[max(0, len(w.loot)-1-e.nth)], e.instance)
	if err == nil && got != nil {
		w.loot = append(w.loot, *got)
	}
	return err
}

// present gives a coin to the bank and checks the promise.
func (w *world) present(who actor, c coin, instance int) (*coin, error) {
	now := w.database()
	r, got := w.bank.present(c, now, instance)
	w.log = append(w.log, r)
	if w.ledger != nil {
		if err := w.ledger.record(who, c.generation, now, r, got.generation); err != nil {
			return nil, err
		}
	} else if r == signIn {
		return nil, fmt.Errorf("an honest client that presents g%d is logged out", c.generation)
	}
	if r != answered {
		return nil, nil
	}
	if _, ok := w.spentAt[c.generation]; !ok && who == owner && got.generation > c.generation {
		w.spentAt[c.generation] = now
	}
	return &got, nil
}

// goesOn checks that an honest client is not left alone with "retry" either:
// once the clock has caught up, it gets an answer.
func (w *world) goesOn() error {
	if w.ledger != nil {
		return nil
	}
	until := w.now + w.behind + 5*w.grace
	for w.now <= until {
		got, err := w.present(owner, w.wallet, 0)
		if err != nil || got != nil {
			return err
		}
		w.now += w.grace
	}
	return fmt.Errorf("an honest client with g%d is told to retry for ever", w.wallet.generation)
}
