package e2e_test

import (
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/soaktest"
)

// slack is how many times as late as promised the latest of many may be on a
// machine that runs other tests beside.
const slack = 5

// waits are how long something took, each time.
type waits struct {
	mu sync.Mutex
	of []time.Duration
}

func (w *waits) add(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.of = append(w.of, max(d, 0))
}

// keep expects that what is promised was kept by at least half of them, and that
// none was [slack] times as late, and prints the distance.
func (w *waits) keep(t *testing.T, what string, promised time.Duration) {
	t.Helper()
	said, err := w.judge(what, promised)
	t.Log(said)
	if err != nil {
		t.Error(err)
	}
}

func (w *waits) judge(what string, promised time.Duration) (said string, err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.of) == 0 {
		return "", fmt.Errorf("%s: it never happened", what)
	}
	all := slices.Sorted(slices.Values(w.of))
	half, most := all[(len(all)-1)/2], all[len(all)-1]
	within, _ := slices.BinarySearch(all, promised+1)
	said = fmt.Sprintf("%s: promised in %v; half of %d in %v, all in %v, %d within the promise", what, promised, len(all), half, most, within)
	switch {
	case half > promised:
		err = fmt.Errorf("%s: half of %d took more than %v, promised are %v", what, len(all), half, promised)
	case most > slack*promised:
		err = fmt.Errorf("%s: one of %d took %v, promised are %v", what, len(all), most, promised)
	}
	return said, err
}

// keep99 reports what 99 of 100 took at most. In a soak, which has enough of them and
// the machine to itself, that is to be within what is promised.
func (w *waits) keep99(t *testing.T, what string, promised time.Duration) {
	t.Helper()
	took := w.most99()
	soaktest.Report(t, "ms-for-99-of-100", int(took.Milliseconds()))
	if soaktest.Soaking() && took > promised {
		t.Errorf("%s: 99 of 100 took up to %v, promised are %v", what, took, promised)
	}
}

// most99 is what 99 of 100 took at most: of 200, all but the two longest.
func (w *waits) most99() time.Duration {
	w.mu.Lock()
	defer w.mu.Unlock()
	all := slices.Sorted(slices.Values(w.of))
	return all[(len(all)*99-1)/100]
}

func TestOf200TheTwoLongestMayBeLate(t *testing.T) {
	t.Parallel()
	for late, want := range map[int]time.Duration{0: 10, 2: 10, 3: 50} {
		w := &waits{of: slices.Repeat([]time.Duration{10}, 200)}
		for n := range late {
			w.of[n*50] = 50
		}
		if got := w.most99(); got != want {
			t.Errorf("%d of 200 late: %v, want %v", late, got, want)
		}
	}
}

func TestAPromiseIsKeptByHalfAndNearlyByAll(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name string
		took []time.Duration
		kept bool
	}{
		{"all in time", []time.Duration{1, 2, 10}, true},
		{"one of three late", []time.Duration{1, 50, 2}, true},
		{"two of three late", []time.Duration{1, 11, 11}, false},
		{"one far too late", []time.Duration{1, 2, 51}, false},
		{"none at all", nil, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			said, err := (&waits{of: test.took}).judge("it", 10)
			if (err == nil) != test.kept {
				t.Errorf("%s: %v", said, err)
			}
		})
	}
}
