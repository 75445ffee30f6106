package conformance_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/apptest"
	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/conformance"
	"github.com/sallyport-auth/sallyport/internal/fleet"
	"github.com/sallyport-auth/sallyport/internal/fleet/fleettest"
)

// redisRow is the row that needs a Redis.
const redisRow = "wiped-redis"

// together is how many faulty servers are tried at a time.
const together = 8

// TestAFaultLosesExactlyItsRow puts one fault after another before a true server.
// Rows that measure time are left out, but where the fault is about time: alone they
// take longer than all others.
func TestAFaultLosesExactlyItsRow(t *testing.T) {
	t.Parallel()
	server := apptest.Start(t, apptest.Options{Env: []string{
		"SALLYPORT_RATE_LIMITS=off", "SALLYPORT_ARGON2_MEMORY_KIB=64", "SALLYPORT_ARGON2_PASSES=1",
		"SALLYPORT_REFRESH_GRACE=3s", "SALLYPORT_ACCESS_TOKEN_TTL=10s",
	}})
	everything := faults()
	everything[": no fault"] = none
	redisURL := ""
	if len(fleettest.Servers(t)) > 0 { // the quick loop has no servers
		redisURL = fleettest.StartRedis(t, fleet.Options{}).URL()
	} else {
		maps.DeleteFunc(everything, func(name string, _ fault) bool { return strings.HasPrefix(name, redisRow) })
	}
	// Faults of time come last: beside all the others nobody's time means anything.
	for _, ofTime := range []bool{false, true} {
		var running sync.WaitGroup
		slots := make(chan struct{}, together)
		for _, name := range slices.Sorted(maps.Keys(everything)) {
			if strings.HasPrefix(name, "timing-") != ofTime {
				continue
			}
			slots <- struct{}{}
			running.Go(func() {
				defer func() { <-slots }()
				row, _, _ := strings.Cut(name, ":")
				for _, complaint := range lose(t, server.URL, redisURL, row, everything[name]) {
					t.Errorf("%s: %s", name, complaint)
				}
			})
		}
		running.Wait()
	}
}

// lose tries a server with a fault, and says what is not as it should be: the row is
// lost, and no other.
func lose(t *testing.T, upstream, redisURL, row string, with fault) (complaints []string) {
	t.Helper()
	o := conformance.Options{
		URL: upstream, Second: upstream, MaxWait: time.Minute, Samples: 24, Clock: clock.System{},
	}
	if row == redisRow {
		o.Redis = redisURL
	} else {
		o.Without = append(o.Without, redisRow) // wiped under the eyes of all others
	}
	if at := start(t, upstream, redisURL, with); row == "logout-elsewhere" {
		o.Second = at
	} else {
		o.URL = at
	}
	for _, r := range conformance.Rows() {
		if strings.HasPrefix(r.Name, "timing-") && !strings.HasPrefix(row, "timing-") {
			o.Without = append(o.Without, r.Name)
		}
	}
	report, err := conformance.Run(t.Context(), o)
	if err != nil {
		return []string{err.Error()}
	}
	lost := false
	for _, r := range report.Rows {
		lost = lost || r.Name == row
		switch want := map[bool]conformance.Outcome{true: conformance.Failed, false: conformance.Passed}[r.Name == row]; {
		case r.Outcome != want:
			complaints = append(complaints, fmt.Sprintf("%s %s: %s\n%+v", r.Name, r.Outcome, r.Says, r.Steps))
		case want == conformance.Failed:
			t.Logf("%s: %s", r.Name, r.Says)
		}
	}
	if !lost && row != "" {
		complaints = append(complaints, "there is no such row")
	}
	return complaints
}

// TestEveryRowHasAFault fails when a row was never seen to be lost.
func TestEveryRowHasAFault(t *testing.T) {
	t.Parallel()
	for _, row := range conformance.Rows() {
		if !slices.ContainsFunc(slices.Collect(maps.Keys(faults())), func(name string) bool { return strings.HasPrefix(name, row.Name+":") }) {
			t.Errorf("%s has no fault", row.Name)
		}
		if row.Promise == "" || row.Why == "" || len(row.Sources) == 0 {
			t.Errorf("%s does not say what it promises, why, and by what source", row.Name)
		}
	}
}
