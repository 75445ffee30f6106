package main

import (
	"errors"
	"fmt"
	"io"
	"math"
	"text/tabwriter"
)

// figure is one line of the report.
type figure struct {
	what   string
	value  float64
	unit   string // of value and its limits; empty for a ratio
	aim    limit  // what it is to be on a machine that does nothing else
	bound  limit  // what it is on any machine; worse fails the run
	detail string
}

// limit is the range that a figure is to be in. A zero side is open, except that
// none at most is [nothing].
type limit struct{ least, most float64 }

// nothing is the limit of what must not occur.
func nothing() limit { return limit{most: -1} }

func atLeast(f float64) limit           { return limit{least: f} }
func atMost(f float64) limit            { return limit{most: f} }
func between(least, most float64) limit { return limit{least, most} }

// holds reports whether a figure is within the limit.
func (l limit) holds(value float64) bool {
	if l == nothing() {
		return value == 0
	}
	return value >= l.least && (l.most == 0 || value <= l.most)
}

// distance is how far a figure is from the nearer end of the limit, in percent of
// that end: below zero if it is outside.
func (l limit) distance(value float64) float64 {
	d := math.Inf(1)
	if l.least > 0 {
		d = (value - l.least) / l.least
	}
	if l.most > 0 {
		d = min(d, (l.most-value)/l.most)
	}
	return 100 * d
}

// in writes the limit in a unit.
func (l limit) in(unit string) string {
	switch {
	case l == limit{}:
		return ""
	case l == nothing():
		return "0" + unit
	case l.least > 0 && l.most > 0:
		return fmt.Sprintf("%g to %g%s", l.least, l.most, unit)
	case l.least > 0:
		return fmt.Sprintf(">= %g%s", l.least, unit)
	default:
		return fmt.Sprintf("<= %g%s", l.most, unit)
	}
}

// verdict compares the figure with its aim and its bound.
func (f figure) verdict() string {
	switch {
	case !f.bound.holds(f.value):
		return "WORSE THAN ITS BOUND"
	case !f.aim.holds(f.value):
		return "missed"
	case f.aim == limit{}:
		return ""
	default:
		return "met"
	}
}

// away writes the distance to the aim.
func (f figure) away() string {
	if d := f.aim.distance(f.value); !math.IsInf(d, 0) {
		return fmt.Sprintf("%+.0f %%", d)
	}
	return ""
}

// shown is the value in its unit.
func (f figure) shown() string {
	switch f.unit {
	case "":
		return fmt.Sprintf("%.3f", f.value)
	case " answers":
		return fmt.Sprintf("%.0f%s", f.value, f.unit)
	default:
		return fmt.Sprintf("%.1f%s", f.value, f.unit)
	}
}

// report is the table of figures.
type report struct {
	table  *tabwriter.Writer
	worse  int
	missed int
}

func newReport(out io.Writer) *report {
	r := &report{table: tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)}
	_, _ = fmt.Fprintln(r.table, "what\tfigure\taim\tdistance\tverdict\tbound\tdetail")
	return r
}

func (r *report) add(figures []figure) error {
	for _, f := range figures {
		_, _ = fmt.Fprintf(r.table, "%s\t%s\t%s\t%s\t%s\t%s\t%s\n",
			f.what, f.shown(), f.aim.in(f.unit), f.away(), f.verdict(), f.bound.in(f.unit), f.detail)
		if !f.aim.holds(f.value) {
			r.missed++
		}
		if !f.bound.holds(f.value) {
			r.worse++
		}
	}
	return r.table.Flush()
}

var errWorse = errors.New("figures are worse than their bounds")

// judge tells what came of all figures. Aims are hopes, bounds are not.
func (r *report) judge(out io.Writer) error {
	_, _ = fmt.Fprintf(out, "\n%d missed their aim, %d are worse than their bound.\n", r.missed, r.worse)
	if r.worse > 0 {
		return fmt.Errorf("%d %w", r.worse, errWorse)
	}
	return nil
}
