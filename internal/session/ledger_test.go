package session

import (
	"fmt"
	"time"
)

// ledger watches what two parties are answered and says when a thief gets more
// than the promise allows. It knows nothing of parents and flags: it counts who
// was given which generation.
//
// Up to the newest generation that both know, the parties are one line. What
// either is given beyond is its own. The promise is then: once one party went on
// from what is its own, the other is not answered any more, unless it comes
// within the grace of the newest token and is given the same one. And a refusal
// outside of four graces ends the session for both.
type ledger struct {
	grace, recovery time.Duration

	known   [2]map[int64]bool
	madeAt  map[int64]time.Time
	spentAt map[int64]time.Time // first exchanged for a newer one
	newest  int64
	shared  int64   // newest that both know
	ownUsed [2]bool // went on from what is its own
	ended   bool
}

func newLedger(grace, recovery time.Duration) *ledger {
	return &ledger{
		grace: grace, recovery: recovery,
		known:   [2]map[int64]bool{owner: {0: true}, thief: {}},
		madeAt:  map[int64]time.Time{0: epoch},
		spentAt: map[int64]time.Time{},
	}
}

// over reports whether the session has ended. Without a thief there is no
// ledger, and it never does.
func (l *ledger) over() bool { return l != nil && l.ended }

// stolen notes that the thief copied generation g from the owner.
func (l *ledger) stolen(g int64) {
	l.known[thief][g] = true
	if g > l.shared {
		l.shared, l.ownUsed = g, [2]bool{}
	}
}

// record notes one presentation of g and the reply, generation n if answered.
func (l *ledger) record(who actor, g int64, now time.Time, r reply, n int64) error {
	switch {
	case r == signIn:
		l.ended = true
		return nil
	case l.ended:
		return fmt.Errorf("g%d is answered %d after the session ended", g, r)
	case r == retry && now.Sub(l.madeAt[l.newest]) > 4*l.grace:
		return fmt.Errorf("g%d is refused, but the session goes on", g)
	case r == retry:
		return nil
	}
	other := owner + thief - who
	converges := l.known[other][n]
	if l.ownUsed[other] && !converges {
		return fmt.Errorf("g%d is answered with g%d, although the other party went on without it", g, n)
	}
	fresh := n > l.newest
	if err := l.exchange(g, now, n); err != nil {
		return err
	}
	l.known[who][n] = true
	switch {
	case converges:
		l.shared, l.ownUsed = max(l.shared, n), [2]bool{}
	case g > l.shared && (fresh || g == n):
		l.ownUsed[who] = true
	}
	return nil
}

// exchange checks the times of an answer.
func (l *ledger) exchange(g int64, now time.Time, n int64) error {
	if n <= l.newest {
		if g < n && now.Sub(l.madeAt[n]) > l.grace {
			return fmt.Errorf("g%d is answered with g%d past the grace", g, n)
		}
		return nil
	}
	first, before := l.spentAt[g]
	if !before {
		l.spentAt[g] = now
	} else if now.Sub(first) > l.recovery {
		return fmt.Errorf("g%d works %v after it was spent", g, now.Sub(first))
	}
	l.newest, l.madeAt[n] = n, now
	return nil
}
