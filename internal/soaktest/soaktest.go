// Package soaktest says how often tests with rounds run: all of them in a soak,
// a tenth otherwise. They report what they did as attributes of the test, which
// `go test -json` prints and tools/gotest collects.
package soaktest

import (
	"flag"
	"os"
	"strconv"
	"testing"
	"time"
)

// Prefix begins the keys of the attributes that a soak collects.
const Prefix = "soak."

// Soaking reports whether everything is to run as often and as long as it can.
func Soaking() bool {
	return os.Getenv("SALLYPORT_TEST_SOAK") != "" //nolint:forbidigo // how long to test is no setting of the program
}

// Rounds is how often a test runs what it has full rounds of, and reports it.
func Rounds(t testing.TB, full int) int {
	t.Helper()
	n := Amount(full)
	Report(t, "rounds", n)
	return n
}

// Amount is how much there is of what a soak has full of.
func Amount(full int) int {
	if Soaking() {
		return full
	}
	return max(full/10, 1)
}

// Draws has property tests try so many draws, or full in a soak; it is called by
// TestMain. Flags on the command line win. Each run draws anew, and prints the seed
// of a draw that fails.
func Draws(short, full int) {
	checks := short
	if Soaking() {
		checks = full
	}
	for name, value := range map[string]string{"rapid.checks": strconv.Itoa(checks), "rapid.nofailfile": "true"} {
		if err := flag.Set(name, value); err != nil {
			panic(err)
		}
	}
}

// For is how long something is broken: short is for `make test`.
func For(t testing.TB, short, full time.Duration) time.Duration {
	t.Helper()
	d := short
	if Soaking() {
		d = full
	}
	Report(t, "seconds-of-trouble", int(d.Seconds()))
	return d
}

// Report adds n to what a test counts under a name, which has no blanks.
func Report(t testing.TB, what string, n int) {
	t.Helper()
	t.Attr(Prefix+what, strconv.Itoa(n))
}
