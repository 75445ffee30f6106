package transfer

import (
	"bufio"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestTablesAreThoseOfTheSchema keeps a table that somebody adds from being left
// behind: the golden file is what the engines were asked for.
func TestTablesAreThoseOfTheSchema(t *testing.T) {
	t.Parallel()
	golden, refers := readSchema(t)
	names := map[string]bool{}
	for _, table := range Tables() {
		want, ok := golden[table.Name]
		if !ok {
			t.Errorf("%s is not in the schema", table.Name)
			continue
		}
		if diff := cmp.Diff(want, table); diff != "" {
			t.Errorf("%s: -schema +list\n%s", table.Name, diff)
		}
		for _, other := range refers[table.Name] {
			if !names[other] && other != table.Name {
				t.Errorf("%s refers to %s, which comes later", table.Name, other)
			}
		}
		names[table.Name] = true
	}
	for name := range golden {
		if !names[name] {
			t.Errorf("%s is in the schema, and transfer would leave it behind", name)
		}
	}
}

// readSchema reads tables and what they refer to out of the golden file.
func readSchema(t *testing.T) (tables map[string]Table, refers map[string][]string) {
	t.Helper()
	f, err := os.Open("../testdata/schema.golden")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	tables, refers = map[string]Table{}, map[string][]string{}
	var now Table
	for lines := bufio.NewScanner(f); lines.Scan(); {
		words := strings.Fields(lines.Text())
		switch {
		case !strings.HasPrefix(lines.Text(), " "):
			now = Table{Name: words[0]}
		case words[0] == "key" && len(words) > 1 && slices.Contains(now.Columns, words[1]):
			now.Key = len(words) - 1
			if !slices.Equal(words[1:], now.Columns[:now.Key]) {
				t.Errorf("%s: the key is %v and not the first columns", now.Name, words[1:])
			}
		case words[0] == "foreign":
			_, other, _ := strings.Cut(words[1], "=")
			other, _, _ = strings.Cut(other, ".")
			refers[now.Name] = append(refers[now.Name], other)
		case words[0] == "index" || words[0] == "unique":
		default:
			now.Columns = append(now.Columns, words[0])
		}
		tables[now.Name] = now
	}
	if len(tables) < 15 {
		t.Fatalf("found %d tables only", len(tables))
	}
	return tables, refers
}

func TestADigestTellsRowsApart(t *testing.T) {
	t.Parallel()
	a := Table{Name: "a", Key: 1, Columns: []string{"x", "y"}}
	b := Table{Name: "b", Key: 1, Columns: []string{"x", "y"}}
	rows := map[string]struct {
		table Table
		row   []any
	}{
		"two texts":         {a, []any{"ab", "c"}},
		"cut elsewhere":     {a, []any{"a", "bc"}},
		"another table":     {b, []any{"ab", "c"}},
		"a number":          {a, []any{"ab", int64(99)}},
		"its text":          {a, []any{"ab", "99"}},
		"nothing":           {a, []any{"ab", nil}},
		"an empty text":     {a, []any{"ab", ""}},
		"zero":              {a, []any{"ab", int64(0)}},
		"below zero":        {a, []any{"ab", int64(-1)}},
		"a space at an end": {a, []any{"ab ", "c"}},
		"another case":      {a, []any{"AB", "c"}},
	}
	seen := map[[32]byte]string{}
	for name, r := range rows {
		sum, err := digestRow(r.table, r.row)
		if err != nil {
			t.Fatal(err)
		}
		if other, ok := seen[sum]; ok {
			t.Errorf("%s and %s have one digest", name, other)
		}
		seen[sum] = name
	}
	if _, err := digestRow(a, []any{"ab", 1.5}); err == nil {
		t.Error("a fraction has a digest")
	}
}

func TestASumDoesNotDependOnTheOrderAndCarries(t *testing.T) {
	t.Parallel()
	one := [32]byte{31: 1}
	var most [32]byte
	for n := range most {
		most[n] = 0xff
	}
	var up, down, twice Digest
	for _, row := range [][32]byte{one, most, one} {
		up = up.plus(row)
	}
	for _, row := range [][32]byte{most, one, one} {
		down = down.plus(row)
	}
	twice = twice.plus(one)
	if up != down || up != twice {
		t.Errorf("got %v and %v, want %v", up, down, twice)
	}
	if back, err := parseDigest(down.String()); err != nil || back != down {
		t.Errorf("read back %v (%v)", back, err)
	}
	if _, err := parseDigest("00"); err == nil {
		t.Error("half a digest was read")
	}
}
