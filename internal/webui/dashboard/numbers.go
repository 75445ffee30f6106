package dashboard

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"github.com/sallyport-auth/sallyport/internal/admin"
	"github.com/sallyport-auth/sallyport/internal/rbac"
	"github.com/sallyport-auth/sallyport/internal/stats"
	"github.com/sallyport-auth/sallyport/internal/webui/frame"
	"github.com/sallyport-auth/sallyport/internal/words"
)

// numbers is what needs attention, and what happened. The charts are drawn here; a
// table says the same to people who do not see them.
type numbers struct {
	Concerns []string
	Totals   []total
	Spans    []place // what the charts are divided into
	Charts   []chart
	Reasons  []total
	Columns  []string
	Rows     []row
	Width    int // of a chart, whose height is 100
}

type total struct{ Name, Number string }

type chart struct {
	Name, Number string // of all that is shown
	Bad          bool   // there should be none
	Bars         []bar
}

type bar struct{ X, Y, Height int }

type row struct {
	At      string
	Numbers []string
}

const barRoom = 10 // for a bar, and the gap behind it

// series are the numbers in the order of the page: key, value, and whether any is bad.
// Those of the first are not added up.
var series = []struct {
	key string
	of  func(stats.Bucket) int64
	bad bool
}{
	{"sessions", func(b stats.Bucket) int64 { return b.Sessions }, false},
	{"sign_ins", func(b stats.Bucket) int64 { return b.SignIns }, false},
	{"failures", func(b stats.Bucket) int64 { return b.Failures }, true},
	{"sign_ups", func(b stats.Bucket) int64 { return b.SignUps }, false},
	{"emails", func(b stats.Bucket) int64 { return b.MailSent }, false},
	{"emails_failed", func(b stats.Bucket) int64 { return b.MailFailed }, true},
	{"replays", func(b stats.Bucket) int64 { return b.Replays }, true},
	{"refusals", func(b stats.Bucket) int64 { return b.Refusals }, true},
}

// charted is how many of the series are drawn; the table has them all.
const charted = 5

// numbers gives the numbers that an operator may see, and records the look.
func (d *desk) numbers(r *http.Request, op *operator) (*numbers, error) {
	act := rbac.ActionOf(rbac.ActOverview)
	if d.Overview == nil || !op.allowed.Opens(act) {
		return nil, nil //nolint:nilnil // a page without them
	}
	span := stats.Span(r.URL.Query().Get("span"))
	if !slices.Contains(stats.Spans(), span) {
		span = stats.Hour
	}
	seen, err := d.Overview.Look(r.Context(), span)
	if err != nil {
		return nil, err
	}
	if err := d.Gate.Looked(r.Context(), act, op.by, ""); err != nil {
		return nil, err
	}
	return draw(d.Say(r), seen, span), nil
}

func draw(say words.Catalogue, seen admin.Seen, span stats.Span) *numbers {
	n := &numbers{Width: len(seen.Buckets) * barRoom, Columns: []string{say.Text("admin.numbers.from")}}
	for _, c := range seen.Concerns {
		key := "admin.concern." + c.What
		if c.Number > 0 {
			n.Concerns = append(n.Concerns, say.Count(key, int(c.Number)))
		} else {
			n.Concerns = append(n.Concerns, say.Text(key))
		}
	}
	for _, t := range []struct {
		key    string
		number int64
	}{{"users", seen.Users}, {"signed_in", seen.SignedIn}, {"sessions", seen.Sessions}} {
		n.Totals = append(n.Totals, total{say.Text("admin.numbers." + t.key), strconv.FormatInt(t.number, 10)})
	}
	for _, s := range stats.Spans() {
		n.Spans = append(n.Spans, place{
			Path: frame.AdminPath + "?" + url.Values{"span": {string(s)}}.Encode(), Name: say.Text("admin.span." + string(s)), Current: s == span,
		})
	}
	for i, s := range series {
		name := say.Text("admin.numbers." + s.key)
		n.Columns = append(n.Columns, name)
		if i < charted {
			n.Charts = append(n.Charts, chartOf(name, seen.Buckets, s.of, s.bad, s.key == "sessions"))
		}
	}
	n.Rows, n.Reasons = rowsOf(say, seen.Buckets), reasonsOf(say, seen.Buckets)
	return n
}

// chartOf draws a bar for each bucket, the highest as high as there is room. Where
// there is anything, there is something to be seen.
func chartOf(name string, buckets []stats.Bucket, of func(stats.Bucket) int64, bad, level bool) chart {
	most, all := int64(0), int64(0)
	for _, b := range buckets {
		most, all = max(most, of(b)), all+of(b)
	}
	if level {
		all = most
	}
	c := chart{Name: name, Number: strconv.FormatInt(all, 10), Bad: bad}
	for i, b := range buckets {
		if v := of(b); v > 0 {
			height := max(2, int(100*v/most))
			c.Bars = append(c.Bars, bar{X: i*barRoom + 1, Y: 100 - height, Height: height})
		}
	}
	return c
}

// rowsOf are the buckets, newest first.
func rowsOf(say words.Catalogue, buckets []stats.Bucket) []row {
	rows := make([]row, 0, len(buckets))
	for _, b := range slices.Backward(buckets) {
		r := row{At: say.Moment(b.At)}
		for _, s := range series {
			r.Numbers = append(r.Numbers, strconv.FormatInt(s.of(b), 10))
		}
		rows = append(rows, r)
	}
	return rows
}

// reasonsOf adds up why sign-ins failed, the most frequent first.
func reasonsOf(say words.Catalogue, buckets []stats.Bucket) []total {
	by := map[string]int64{}
	for _, b := range buckets {
		for reason, n := range b.FailedBy {
			by[reason] += n
		}
	}
	reasons := slices.SortedFunc(maps.Keys(by), func(a, b string) int {
		if by[a] != by[b] {
			return int(by[b] - by[a])
		}
		return len(a) - len(b)
	})
	var all []total
	for _, r := range reasons {
		all = append(all, total{because(say, r), strconv.FormatInt(by[r], 10)})
	}
	return all
}
