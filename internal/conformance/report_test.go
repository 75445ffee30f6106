package conformance_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/conformance"
)

// TestAReportCountsOnlyWhatPassed also looks whether what a server said can break the
// table or become HTML.
func TestAReportCountsOnlyWhatPassed(t *testing.T) {
	t.Parallel()
	row := func(name string, o conformance.Outcome, says string) conformance.Result {
		return conformance.Result{
			Row:     conformance.Row{Name: name, Promise: "It keeps.", Why: "People lose.", Sources: []string{"RFC 1"}},
			Outcome: o, Says: says, Steps: []conformance.Step{{Sent: "POST /x", Came: "200 | <b>[x](y)", Times: 3}},
		}
	}
	r := conformance.Report{URL: "http://localhost", Rows: []conformance.Result{
		row("one", conformance.Passed, ""), row("two", conformance.Failed, "it <script>\nbroke | off"), row("three", conformance.NotTried, "no second instance"),
	}}
	if r.FullMarks() || r.Count(conformance.Passed) != 1 {
		t.Errorf("full marks with %s", r.Summary())
	}
	if (conformance.Report{}).FullMarks() {
		t.Error("nothing tried is full marks")
	}
	if r.Rows = r.Rows[:1]; !r.FullMarks() {
		t.Error("no full marks although every row passed")
	}
	r.Rows = append(r.Rows, row("two", conformance.Failed, "it <script>\nbroke | off"), row("three", conformance.NotTried, "no second instance"))
	var text, markdown strings.Builder
	if err := r.Text(&text); err != nil {
		t.Fatal(err)
	}
	if err := r.Markdown(&markdown); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"not tried: no second instance", "why it matters: People lose.", "source: RFC 1", "POST /x → 200", "(3 times)", "1 of 3 rows passed, 1 failed, 1 not tried."} {
		if !strings.Contains(text.String(), want) {
			t.Errorf("the text lacks %q:\n%s", want, &text)
		}
	}
	for _, never := range []string{"<script>", "<b>", "broke | off", "\n[x]"} {
		if strings.Contains(markdown.String(), never) {
			t.Errorf("the Markdown has %q:\n%s", never, &markdown)
		}
	}
	raw, err := json.Marshal(r)
	if err != nil || !strings.Contains(string(raw), `"not_tried":1`) {
		t.Errorf("%s, %v", raw, err)
	}
}
