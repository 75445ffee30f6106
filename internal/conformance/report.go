package conformance

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"
)

// Report is what came of a run.
type Report struct {
	URL     string
	Without []string // rows that were left out, as was asked for
	BeganAt time.Time
	Took    time.Duration
	Rows    []Result
}

// Count gives how many rows ended in one way.
func (r Report) Count(o Outcome) int {
	n := 0
	for _, row := range r.Rows {
		if row.Outcome == o {
			n++
		}
	}
	return n
}

// FullMarks reports whether every row passed.
func (r Report) FullMarks() bool { return len(r.Rows) > 0 && r.Count(Passed) == len(r.Rows) }

// Summary is the result in one sentence.
func (r Report) Summary() string {
	said := fmt.Sprintf("%d of %d rows passed, %d failed, %d not tried.", r.Count(Passed), len(r.Rows), r.Count(Failed), r.Count(NotTried))
	if len(r.Without) > 0 {
		said += " Left out as asked for: " + strings.Join(r.Without, ", ") + "."
	}
	return said
}

// Text writes the report for a terminal: a line for each row, and under one that did
// not pass what is needed to understand it.
func (r Report) Text(w io.Writer) error {
	var out strings.Builder
	for _, row := range r.Rows {
		fmt.Fprintf(&out, "%-9s  %-22s  %s\n", row.Outcome, row.Name, row.Promise)
		switch {
		case row.Outcome == Passed && row.Says != "":
			fmt.Fprintf(&out, "           %s\n", row.Says)
		case row.Outcome == NotTried:
			fmt.Fprintf(&out, "           not tried: %s\n", row.Says)
		case row.Outcome == Failed:
			fmt.Fprintf(&out, "           found: %s\n           why it matters: %s\n           source: %s\n", row.Says, row.Why, strings.Join(row.Sources, ", "))
			for _, step := range row.Steps {
				fmt.Fprintf(&out, "             %s\n", step)
			}
		}
	}
	fmt.Fprintf(&out, "\n%s\n", r.Summary())
	_, err := io.WriteString(w, out.String())
	return err
}

// String is the step on one line.
func (s Step) String() string {
	if s.Times > 1 {
		return fmt.Sprintf("%s → %s (%d times)", s.Sent, s.Came, s.Times)
	}
	return s.Sent + " → " + s.Came
}

// marks are how an outcome is shown where there is colour.
var marks = map[Outcome]string{Passed: "✅ passed", Failed: "❌ failed", NotTried: "⚠️ not tried"} //nolint:gochecknoglobals // a table

// Markdown writes the report in GitHub's flavour: a table, and everything that was
// sent and came, folded.
func (r Report) Markdown(w io.Writer) error {
	var out strings.Builder
	fmt.Fprintf(&out, "# Conformance of %s\n\n%s Begun %s, took %v.\n\n", cell(r.URL), r.Summary(), r.BeganAt.Format(time.RFC3339), r.Took.Round(time.Second))
	out.WriteString("| row | result | promise | found |\n|---|---|---|---|\n")
	for _, row := range r.Rows {
		fmt.Fprintf(&out, "| `%s` | %s | %s | %s |\n", row.Name, marks[row.Outcome], cell(row.Promise), cell(row.Says))
	}
	for _, row := range r.Rows {
		fmt.Fprintf(&out, "\n<details%s><summary><code>%s</code>: %s</summary>\n\n%s\n\n**Why it matters.** %s\n\n**Source.** %s\n\n",
			map[bool]string{true: " open"}[row.Outcome == Failed], row.Name, row.Outcome, row.Promise, row.Why, strings.Join(row.Sources, ", "))
		if row.Says != "" {
			fmt.Fprintf(&out, "**Found.** %s\n\n", cell(row.Says))
		}
		out.WriteString("| sent | came | times |\n|---|---|---|\n")
		for _, step := range row.Steps {
			fmt.Fprintf(&out, "| %s | %s | %d |\n", cell(step.Sent), cell(step.Came), step.Times)
		}
		out.WriteString("\n</details>\n")
	}
	_, err := io.WriteString(w, out.String())
	return err
}

// cell keeps what a server said from breaking a table or becoming HTML.
func cell(text string) string {
	return strings.NewReplacer("|", "\\|", "\n", " ", "\r", " ", "<", "&lt;", ">", "&gt;", "`", "'", "[", "\\[").Replace(text)
}

// MarshalJSON is the report for programs.
func (r Report) MarshalJSON() ([]byte, error) {
	type row struct {
		Name    string   `json:"name"`
		Outcome Outcome  `json:"outcome"`
		Promise string   `json:"promise"`
		Found   string   `json:"found,omitempty"`
		Why     string   `json:"why"`
		Sources []string `json:"sources"`
		Steps   []Step   `json:"steps"`
		Millis  int64    `json:"took_ms"`
	}
	rows := make([]row, len(r.Rows))
	for n, is := range r.Rows {
		rows[n] = row{is.Name, is.Outcome, is.Promise, is.Says, is.Why, is.Sources, is.Steps, is.Took.Milliseconds()}
	}
	return json.Marshal(map[string]any{
		"url": r.URL, "began_at": r.BeganAt, "passed": r.Count(Passed), "failed": r.Count(Failed), "not_tried": r.Count(NotTried), "without": append([]string{}, r.Without...), "rows": rows,
	})
}
