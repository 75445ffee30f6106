package session

import (
	"os"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/sallyport-auth/sallyport/internal/soaktest"
)

// TestMain asks for more histories than rapid's default, because one costs
// microseconds, and for many more in a soak.
func TestMain(m *testing.M) {
	soaktest.Draws(1000, 30000)
	os.Exit(m.Run())
}

var ruled = limits{grace: 30 * time.Second, recovery: 24 * time.Hour}

// Kinds of histories. Within the promise are clients with one call outstanding
// that lose requests and answers, and clients whose tabs call at the same time
// and lose requests. A round trip goes from reading to writing the store.
var (
	oneTab   = kindOfHistory{tabs: 1, roundTrip: 30 * s, length: 40, losses: []loss{request, answer}}
	manyTabs = kindOfHistory{tabs: 4, roundTrip: 30 * s, length: 60, losses: []loss{request}}
	badClock = kindOfHistory{tabs: 1, roundTrip: 30 * s, length: 40, losses: []loss{request, answer}, setBacks: true}
	badTabs  = kindOfHistory{tabs: 4, roundTrip: 30 * s, length: 40, losses: []loss{request}, setBacks: true}
	lateTabs = kindOfHistory{tabs: 4, roundTrip: 60 * s, length: 60, losses: []loss{request}}
	theft    = kindOfHistory{tabs: 2, roundTrip: 30 * s, length: 40, losses: []loss{request, answer}, thieves: true}
	lossy    = kindOfHistory{tabs: 4, roundTrip: 30 * s, length: 60, losses: []loss{request, answer}}
)

// play gives the promise that h breaks, if any, by the pure state machine, or by a
// weaker one.
func play(h history, k kindOfHistory, w weaker) error {
	return newWorld(&memory{limits: ruled, weaker: w}, k, ruled).play(h)
}

func TestThePromiseIsKept(t *testing.T) {
	t.Parallel()
	for name, k := range map[string]kindOfHistory{
		"to a client with one tab":                      oneTab,
		"to a client with several tabs":                 manyTabs,
		"to a client while clocks are set back":         badClock,
		"to several tabs while clocks are set back":     badTabs,
		"to tabs whose calls take up to two graces":     lateTabs,
		"against a thief who copies the owner's tokens": theft,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var played int
			rapid.Check(t, func(t *rapid.T) {
				played++
				h := histories(k).Draw(t, "history")
				if err := play(h, k, weaker{}); err != nil {
					t.Fatalf("%v\n%v", err, h)
				}
			})
			soaktest.Report(t, "histories", played)
		})
	}
}

// search plays the histories of many seeds and gives the first that breaks a
// promise. It is deterministic.
func search(k kindOfHistory, w weaker, seeds int) (seed int, h history, broken error) {
	all := histories(k)
	for seed := range seeds {
		h := all.Example(seed + 1)
		if err := play(h, k, w); err != nil {
			return seed + 1, h, err
		}
	}
	return 0, history{}, nil
}

// TestThePromiseNeedsEachRule takes one rule away at a time. A property that
// could not tell the difference would prove nothing.
func TestThePromiseNeedsEachRule(t *testing.T) {
	t.Parallel()
	const seeds = 30000
	for _, test := range []struct {
		name    string
		kind    kindOfHistory
		without weaker
	}{
		{"a young token that rotates logs tabs out", manyTabs, weaker{rotateYoung: true}},
		{"a skip that moves the parent logs out who lost two answers", oneTab, weaker{skipMovesParent: true}},
		{"neither rule logs tabs out", manyTabs, weaker{rotateYoung: true, skipMovesParent: true}},
		{"without the time of first spending, a spent token works for ever", theft, weaker{recoverByRotation: true}},
		{"skipped siblings let through, the thief shares the session", theft, weaker{recoverSiblings: true}},
		{"a used successor forgotten, the thief shares the session", theft, weaker{recoverUsed: true}},
		{"without a warning, late tabs are logged out", lateTabs, weaker{supersedeNobody: true}},
		// Not a rule, but where the promise ends: one tab gets the answer to P at
		// the end of the grace, another skips it a moment later, and that answer
		// is lost. Tabs on bad networks should take turns.
		{"tabs that call at the same time and lose answers can be logged out", lossy, weaker{}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			seed, h, broken := search(test.kind, test.without, seeds)
			if broken == nil {
				t.Fatalf("no history of %d breaks the promise", seeds)
			}
			t.Logf("seed %d: %v\n%v", seed, broken, h)
		})
	}
}

// TestTheDatabaseFollowsTheModel plays histories on SQLite, through several
// instances, and asks for the very replies of the pure state machine.
func TestTheDatabaseFollowsTheModel(t *testing.T) {
	t.Parallel()
	for name, k := range map[string]kindOfHistory{"tabs": lossy, "clocks": badClock, "theft": theft} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			v := newVault(newHouse(t, func(o *Options) { o.TTL, o.IdleTTL = 1e5*hrs, 1e5*hrs }))
			for seed := 1; seed <= 12; seed++ {
				h := histories(k).Example(seed)
				model, database := newWorld(&memory{limits: ruled}, k, ruled), newWorld(v, k, ruled)
				if err := model.play(h); err != nil {
					t.Fatalf("seed %d, model: %v\n%v", seed, err, h)
				}
				if err := database.play(h); err != nil {
					t.Fatalf("seed %d: %v\n%v", seed, err, h)
				}
				if diff := cmp.Diff(model.log, database.log); diff != "" {
					t.Fatalf("seed %d: replies (-model +database)\n%s\n%v", seed, diff, h)
				}
			}
		})
	}
}
