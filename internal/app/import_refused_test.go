package app

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/migration"
)

// TestRefusedRowsAreListedOnce: a batch that is tried again takes the place of its
// first try, and a run that goes on that of what was not committed.
func TestRefusedRowsAreListedOnce(t *testing.T) {
	t.Parallel()
	f, err := os.Create(filepath.Join(t.TempDir(), "refused"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r := &refusals{file: f}
	for _, batch := range []struct {
		after int64
		rows  []int64
	}{{0, []int64{3, 900}}, {1000, []int64{1001, 1500, 1800}}, {1000, []int64{1002}}, {2000, nil}, {3000, []int64{3001}}} {
		var rows []migration.Refusal
		for _, n := range batch.rows {
			rows = append(rows, migration.Refusal{Row: n, Reason: "no_id"})
		}
		if err := r.write(batch.after, rows); err != nil {
			t.Fatal(err)
		}
	}
	text, err := os.ReadFile(f.Name())
	if err != nil {
		t.Fatal(err)
	}
	var want strings.Builder
	for _, n := range []string{"3", "900", "1002", "3001"} {
		want.WriteString(`{"row":` + n + `,"reason":"no_id"}` + "\n")
	}
	if string(text) != want.String() {
		t.Errorf("the list is\n%swant\n%s", text, want.String())
	}
	last := int64(len(`{"row":3001,"reason":"no_id"}`) + 1)
	for rows, want := range map[int64]int64{3000: int64(len(text)) - last, 4000: int64(len(text)), 0: 0} {
		if got, err := lengthUpTo(strings.NewReader(string(text)+`{"row":20`), rows); err != nil || got != want {
			t.Errorf("the lines of the first %d rows are %d bytes, want %d: %v", rows, got, want, err)
		}
	}
}
