package seal_test

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/audit/seal"
	"github.com/sallyport-auth/sallyport/internal/fleet/fleettest"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// export gives the log as it is exported.
func (h *house) export() string {
	h.t.Helper()
	var out bytes.Buffer
	must(h.log.Export(h.t.Context(), h.trail, &out, nil))
	return out.String()
}

// verifyExport verifies an export where the log's database is not.
func verifyExport(t *testing.T, export string, given seal.Given) (seal.Report, error) {
	t.Helper()
	empty := must(store.Open(t.Context(), store.Options{URL: "sqlite://" + filepath.Join(t.TempDir(), "empty.db")}))
	defer func() { _ = empty.Close() }()
	return seal.VerifyExport(t.Context(), empty, strings.NewReader(export), given)
}

// tellsTheSame compares what an export's verification finds with what was found in
// the database.
func (h *house) tellsTheSame(name string, want seal.Report, given seal.Given) {
	h.t.Helper()
	got, err := verifyExport(h.t, h.export(), given)
	if err != nil {
		h.t.Errorf("%s: the export: %v", name, err)
		return
	}
	if got.Events != want.Events || got.Heads != want.Heads || got.Proved != want.Proved || len(got.Findings) != len(want.Findings) {
		h.t.Errorf("%s: the export tells %+v, the database %+v", name, got, want)
		return
	}
	for n, f := range want.Findings {
		if got.Findings[n] != f {
			h.t.Errorf("%s: the export tells %+v, the database %+v", name, got.Findings[n], f)
		}
	}
}

// TestAnExportIsProvedElsewhere has more leaves than are read at once, two trees, and
// events of every state.
func TestAnExportIsProvedElsewhere(t *testing.T) {
	t.Parallel()
	fleettest.OnEachEngine(t, func(t *testing.T, engineName string) {
		h := newHouse(t, engineName)
		h.record(1100)
		if _, err := h.log.NewTree(t.Context(), h.trail, "to see two"); err != nil {
			t.Fatal(err)
		}
		h.clock.Advance(2 * time.Minute)
		h.record(40)
		h.dropped(h.ids()[7]) // no event tells of it: a finding, here as there
		key, head := must(h.log.PublicKey(t.Context())), must(h.store.Direct().AuditHeads.Last(t.Context(), h.tree().ID)).Note
		h.append(2)
		given := seal.Given{Keys: []string{key}, Heads: []string{head}}
		want := h.verify(given)
		h.tellsTheSame("two trees", want, given)
		if want.Unsealed != 2 || want.Trees != 2 || len(want.Findings) != 1 {
			t.Errorf("the database tells %+v", want)
		}
		if text := h.export(); strings.Contains(text, "192.0.2.1") || strings.Contains(text, "ada@example.com") {
			t.Error("a personal part was exported")
		}
	})
}

// TestWhatIsNoWholeExportIsRefused as such, and not as a log that was changed.
func TestWhatIsNoWholeExportIsRefused(t *testing.T) {
	t.Parallel()
	h := newHouse(t, fleettest.SQLite)
	h.record(5)
	whole := h.export()
	lines := strings.SplitAfter(whole, "\n")
	for name, test := range map[string]struct{ export, says string }{
		"nothing":             {"", "cut off"},
		"something else":      {"{\"user\":1}\n", "not an exported audit log"},
		"cut off":             {strings.Join(lines[:5], ""), "cut off"},
		"a line is missing":   {strings.Join(append(lines[:3:3], lines[4:]...), ""), "was changed"},
		"a line twice":        {strings.Join(append(lines[:4:4], lines[3:]...), ""), "twice"},
		"another form":        {strings.Replace(whole, `"form":1`, `"form":2`, 1), "format 2"},
		"goes on":             {whole + lines[2], "does not belong"},
		"a leaf with no tree": {lines[0] + lines[2], "does not belong"},
		"a line too long":     {lines[0] + strings.Repeat("x", 2<<20), "too long"},
		"a member twice":      {strings.Replace(whole, `"kind":"session.opened"`, `"kind":"user.deleted","KIND":"session.opened"`, 1), "not as an export writes it"},
		"two on one line":     {strings.Replace(whole, `{"leaf":`, `{"head":{"size":9,"note":"","created_at":"2026-01-01T00:00:00Z"},"leaf":`, 1), "not as an export writes it"},
		"a line in an ID":     {strings.Replace(whole, `"event_id":"`, `"event_id":"\nProved: `, 1), "not as an export writes it"},
		"behind the end":      {strings.Replace(whole, "}\n", "} {}\n", 1), "not as an export writes it"},
		"unknown member":      {strings.Replace(whole, `"leaf":{`, `"leaf":{"x":1,`, 1), "unknown field"},
	} {
		if r, err := verifyExport(t, test.export, seal.Given{}); err == nil || !strings.Contains(err.Error(), test.says) {
			t.Errorf("%s: %v and %+v, want an error with %q", name, err, r, test.says)
		}
	}
	if r, err := verifyExport(t, whole, seal.Given{}); err != nil || r.Proved || len(r.Findings) > 0 {
		t.Errorf("without a key: %+v, %v", r, err)
	}
}
