package operations_test

import (
	"flag"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/config"
	"github.com/sallyport-auth/sallyport/internal/ratelimit"
)

var update = flag.Bool("update", false, "write the figures into limits.md")

const (
	page  = "limits.md"
	begin = "<!-- figures: go test ./docs/operations -update -->\n"
	end   = "<!-- end of figures -->\n"

	day           = 24 * time.Hour
	guessWindow   = 15 * time.Minute // of wrong passwords and the first of wrong codes
	longestWindow = day              // of wrong codes
	codes         = 1e6              // of six digits
	valid         = 3                // at a time: the step now, one before, one after
)

// TestTheFiguresAreThoseOfTheDefaults keeps limits.md true.
func TestTheFiguresAreThoseOfTheDefaults(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, found := strings.Cut(string(text), begin)
	_, after, ended := strings.Cut(rest, end)
	if !found || !ended {
		t.Fatal("limits.md has no place for the figures")
	}
	want := before + begin + figures(config.Default()) + end + after
	if want == string(text) {
		return
	}
	if !*update {
		t.Fatal("limits.md does not say what the defaults come to: go test ./docs/operations -update")
	}
	if err := os.WriteFile(page, []byte(want), 0o644); err != nil {
		t.Fatal(err)
	}
}

// perDay is what a bucket of n in a period lets through in a day: what it holds,
// and what flows in.
func perDay(n int, period time.Duration) int { return n + int(int64(n)*int64(day/period)) }

func figures(c config.Config) string {
	one := perDay(c.LimitFailedLogins, ratelimit.FailureWindow)
	four := perDay(c.LimitFailedLogins*150/100, ratelimit.FailureWindow)
	six := perDay(c.LimitFailedLogins*230/100, ratelimit.FailureWindow)
	account := c.LimitPasswordTries * int(day/guessWindow)
	var b strings.Builder
	b.WriteString("| the attacker has | passwords a day at one account | passwords a day at all accounts together | new devices in other networks |\n|---|---|---|---|\n")
	for _, who := range []struct {
		has      string
		networks int
		most     int
	}{
		{"1 address", 1, one},
		{"250 addresses of one /24", 1, min(four, 250*one)},
		{"400 /64s of one /48", 1, min(six, 400*one)},
		{"40 addresses in as many networks", 40, 40 * one},
		{"250 addresses in as many networks", 250, 250 * one},
		{"100,000 addresses in as many networks", 100_000, 100_000 * one},
	} {
		all, others := inAll(c, who.networks)
		fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", who.has, thousands(min(account, who.most)), thousands(min(all, who.most)), others)
	}
	first, later := codesIn(c, 0, day), codesIn(c, 30*day, 31*day)
	fmt.Fprintf(&b, "\nAn attacker who knows the password of an account with a second factor can try, from any number of IP addresses, %d codes on the first day and %d on the 31st. "+
		"Of %s codes %d work at a time, so %s %% is the chance to have met one within 30 days, and %s %% within a year.\n",
		first, later, thousands(codes), valid, percent(codesIn(c, 0, 30*day)), percent(codesIn(c, 0, 365*day)))
	return b.String()
}

// inAll is how many failures a day are let through from so many networks together,
// and what is left of the reserve for others.
func inAll(c config.Config, networks int) (most int, others string) {
	reserve, fresh := ratelimit.Reserve(c.LimitFailedInAll)
	windowful := reserve * int(ratelimit.FailureWindow/time.Minute)
	most = perDay(c.LimitFailedInAll-reserve, time.Minute) +
		min(perDay(windowful, ratelimit.FailureWindow), networks*perDay(fresh, ratelimit.FailureWindow))
	if asked := networks * fresh; asked > windowful {
		return most, fmt.Sprintf("one try in %d gets through", (asked+windowful-1)/windowful)
	}
	return most, "do not wait"
}

// codesIn is how many wrong codes are looked at between two instants after the
// first: as many as a window has, at its beginning.
func codesIn(c config.Config, from, to time.Duration) (tries int) {
	window := guessWindow
	for at := time.Duration(0); at < to; {
		if at >= from {
			tries += c.LimitCodeTries
		}
		at += window
		window = min(2*window, longestWindow)
	}
	return tries
}

func percent(tries int) string { return fmt.Sprintf("%.2f", 100*float64(tries)*valid/codes) }

func thousands(n int) string {
	if n < 1000 {
		return strconv.Itoa(n)
	}
	return fmt.Sprintf("%s,%03d", thousands(n/1000), n%1000)
}
