package main

import (
	"cmp"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/sallyport-auth/sallyport/internal/soaktest"
)

// event is a line of `go test -json`, as `go doc test2json` describes it.
type event struct {
	Action  string  `json:"Action"`
	Package string  `json:"Package"`
	Test    string  `json:"Test"`
	Elapsed float64 `json:"Elapsed"` // seconds
	Output  string  `json:"Output"`
	Key     string  `json:"Key"`
	Value   string  `json:"Value"`
}

// name is a test of a package; the package itself has no test.
type name struct{ pkg, test string }

// result is what came of a test or a package.
type result struct {
	name

	verdict string // "pass", "fail" or "skip"; empty if it never ended
	seconds float64
	counts  map[string]int
	output  strings.Builder
}

// results is what came of a run so far.
type results struct {
	of    map[name]*result
	print func(string)
}

func newResults(printer func(string)) *results {
	return &results{of: map[name]*result{}, print: printer}
}

// chatter is what -json has go test say beyond what it says otherwise.
var chatter = regexp.MustCompile(`^\s*=== (RUN|PAUSE|CONT|NAME|ATTR) `)

// add takes an event, and prints what `go test` prints without -v once a test has
// failed or a package has ended.
func (rs *results) add(e event) {
	if e.Action == "build-output" {
		rs.print(e.Output)
		return
	}
	key := name{e.Package, e.Test}
	r := rs.of[key]
	if r == nil {
		r = &result{name: key, counts: map[string]int{}}
		rs.of[key] = r
	}
	switch e.Action {
	case "output":
		if !chatter.MatchString(e.Output) {
			r.output.WriteString(e.Output)
		}
	case "attr":
		n, err := strconv.Atoi(e.Value)
		if what, ours := strings.CutPrefix(e.Key, soaktest.Prefix); ours && err == nil {
			r.counts[what] += n
		}
	case "pass", "fail", "skip":
		r.verdict, r.seconds = e.Action, e.Elapsed
		rs.ended(r)
	}
}

func (rs *results) ended(r *result) {
	switch {
	case r.test != "" && r.verdict == "fail":
		rs.print(r.output.String())
	case r.test != "" && r.verdict == "pass":
		r.output.Reset() // nobody reads what a good test says
	case r.test != "":
	case r.verdict == "fail":
		for _, unfinished := range rs.sorted() {
			if unfinished.pkg == r.pkg && unfinished.verdict == "" {
				rs.print(unfinished.output.String())
			}
		}
		rs.print(r.output.String())
	default:
		for line := range strings.Lines(r.output.String()) {
			if strings.HasPrefix(line, "ok ") || strings.HasPrefix(line, "? ") {
				rs.print(line)
			}
		}
	}
}

// sorted gives everything in the order of packages and tests.
func (rs *results) sorted() []*result {
	return slices.SortedFunc(maps.Values(rs.of), func(a, b *result) int {
		return cmp.Or(cmp.Compare(a.pkg, b.pkg), cmp.Compare(a.test, b.test))
	})
}

// slowest gives the n tests that took longest and are no part of another, each in
// seconds. A test that waits for others of its package takes that long, too.
func (rs *results) slowest(n int) []*result {
	whole := slices.DeleteFunc(slices.Collect(maps.Values(rs.of)), func(r *result) bool {
		return r.test == "" || strings.Contains(r.test, "/")
	})
	slices.SortFunc(whole, func(a, b *result) int {
		return cmp.Or(cmp.Compare(b.seconds, a.seconds), cmp.Compare(a.pkg, b.pkg), cmp.Compare(a.test, b.test))
	})
	return whole[:min(n, len(whole))]
}

// place is where a test spoke.
var place = regexp.MustCompile(`^\s*\w+\.go:\d+: `)

// reason is what a skipped test says, without where it said so.
func (r *result) reason() string {
	for line := range strings.Lines(r.output.String()) {
		if place.MatchString(line) {
			return strings.TrimSpace(place.ReplaceAllString(line, ""))
		}
	}
	return ""
}

// skipped gives the tests that were skipped by their reasons, and those that give
// none under the empty reason.
func (rs *results) skipped() map[string][]string {
	all := map[string][]string{}
	for _, r := range rs.sorted() {
		if r.test != "" && r.verdict == "skip" {
			all[r.reason()] = append(all[r.reason()], short(r.pkg)+"."+r.test)
		}
	}
	return all
}

// short is the path of a package within the module.
func short(pkg string) string {
	return strings.TrimPrefix(pkg, "github.com/sallyport-auth/sallyport/")
}
