package session

import (
	"fmt"
	"strings"
	"time"

	"pgregory.net/rapid"
)

// A history is what happens to one session: steps in order, each after a pause.
// It is data, so that the same one can be played against different rules and
// different stores, and be printed.
type history struct {
	tabs  int
	steps []event
}

// actor says whose step it is.
type actor int

const (
	owner actor = iota
	thief
	clockSetBack
)

// event is one step. For the owner: a tab reads the store, its request takes
// out to arrive, the answer takes back to be stored, and either may be lost. A
// thief presents, at once, the token that is nth from the newest it holds, or
// copies the owner's store.
type event struct {
	who      actor
	pause    time.Duration
	tab      int
	out      time.Duration
	back     time.Duration
	lost     loss
	nth      int
	steal    bool
	instance int
}

// loss says which half of a call is lost.
type loss int

const (
	nothing loss = iota
	request
	answer
)

func (h history) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d tabs\n", h.tabs)
	for _, e := range h.steps {
		fmt.Fprintf(&b, "+%v ", e.pause)
		switch e.who {
		case owner:
			fmt.Fprintf(&b, "tab %d calls, %v out, %v back, loses %d", e.tab, e.out, e.back, e.lost)
		case thief:
			fmt.Fprintf(&b, "thief steals %v, presents its newest but %d", e.steal, e.nth)
		case clockSetBack:
			fmt.Fprintf(&b, "the clock is set back by %v", e.out)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// kindOfHistory says what may happen in one.
type kindOfHistory struct {
	tabs      int           // at most so many
	thieves   bool          // a token is copied
	setBacks  bool          // the database's clock is set back
	roundTrip time.Duration // from reading the store to writing the answer, at most
	length    int           // at most so many steps
	losses    []loss        // what is lost now and then
}

// Pauses cluster where the rules change their mind: at once, around the grace,
// around four graces, hours, around the recovery time, days.
var pauses = []time.Duration{
	0, 1 * s, 5 * s, 29 * s, 31 * s, 40 * s, 61 * s, 100 * s, 2 * m, 3 * m, 10 * m, hrs, 8 * hrs, 23 * hrs, 25 * hrs, 72 * hrs,
}

// histories draws histories of a kind.
func histories(k kindOfHistory) *rapid.Generator[history] {
	return rapid.Custom(func(t *rapid.T) history {
		h := history{tabs: rapid.IntRange(1, k.tabs).Draw(t, "tabs")}
		for n := range rapid.IntRange(3, k.length).Draw(t, "length") {
			e := event{
				pause:    rapid.SampledFrom(pauses).Draw(t, "pause") + time.Duration(rapid.IntRange(0, 2000).Draw(t, "ms"))*time.Millisecond,
				instance: rapid.IntRange(0, 3).Draw(t, "instance"),
			}
			kinds := []actor{owner, owner, owner}
			if k.thieves {
				kinds = append(kinds, thief, thief)
			}
			if k.setBacks {
				kinds = append(kinds, clockSetBack)
			}
			switch e.who = rapid.SampledFrom(kinds).Draw(t, "who"); e.who {
			case owner:
				half := int(k.roundTrip/time.Millisecond) / 2
				e.tab = rapid.IntRange(0, h.tabs-1).Draw(t, "tab")
				e.out = time.Duration(rapid.IntRange(0, half).Draw(t, "out")) * time.Millisecond
				e.back = time.Duration(rapid.IntRange(0, half).Draw(t, "back")) * time.Millisecond
				e.lost = rapid.SampledFrom(append([]loss{nothing, nothing}, k.losses...)).Draw(t, "lost")
			case thief:
				e.steal = n == 0 || rapid.IntRange(0, 19).Draw(t, "steal") == 0
				e.nth = rapid.IntRange(0, 2).Draw(t, "nth")
			case clockSetBack:
				e.pause += 5 * m // clocks are not set back at every turn
				e.out = rapid.SampledFrom([]time.Duration{2 * s, 6 * s, m, hrs, 30 * hrs}).Draw(t, "by")
			}
			h.steps = append(h.steps, e)
		}
		return h
	})
}
