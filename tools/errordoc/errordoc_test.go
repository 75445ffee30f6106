package errordoc_test

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/sallyport-auth/sallyport/tools/errordoc"
)

func TestPublishedCodesAreKept(t *testing.T) {
	t.Parallel()
	published, err := os.ReadFile("../../docs/errors.md")
	if err != nil {
		t.Fatal(err)
	}
	rows, err := errordoc.Collect(os.DirFS("../.."))
	if err != nil {
		t.Fatal(err)
	}
	for _, promise := range errordoc.Broken(published, rows) {
		t.Errorf("%s was published in docs/errors.md and is no longer there; codes are permanent", promise)
	}
	if diff := cmp.Diff(string(published), string(errordoc.Write(rows))); diff != "" {
		t.Errorf("docs/errors.md is out of date: run make gen\n%s", diff)
	}
	for _, r := range rows {
		if !regexp.MustCompile(`^[a-z]+(_[a-z]+)*$`).MatchString(r.Code) {
			t.Errorf("%q is no code", r.Code)
		}
		if !strings.HasSuffix(r.Says, ".") {
			t.Errorf("%s: %q is no sentence", r.Code, r.Says)
		}
	}
}

func TestCollect(t *testing.T) {
	t.Parallel()
	tree := fstest.MapFS{
		"internal/room/room.go": {Data: []byte(`package room
var (
	ErrA = fault.New(fault.Conflict, "taken", "It is taken.")
	ErrB = fault.New(fault.Spent, "invalid_token", "It cannot be used.")
	other = errors.New("x")
)`)},
		"internal/other/other.go":      {Data: []byte("package other\nvar ErrA = fault.New(fault.Unauthenticated, \"invalid_token\", `Nobody has it.`).WithRetryAfter(1)")},
		"internal/fault/fault.go":      {Data: []byte("package fault\nvar E = New(Unavailable, \"unavailable\", \"Not now.\")\nfunc New() {}")},
		"internal/room/room_test.go":   {Data: []byte("package room\nvar e = fault.New(fault.Conflict, \"test_only\", \"No.\")")},
		"internal/room/testdata/x.txt": {Data: []byte("fault.New(")},
	}
	rows, err := errordoc.Collect(tree)
	if err != nil {
		t.Fatal(err)
	}
	want := []errordoc.Row{
		{"invalid_token", 400, "It cannot be used."},
		{"invalid_token", 401, "Nobody has it."},
		{"taken", 409, "It is taken."},
		{"unavailable", 503, "Not now."},
	}
	if diff := cmp.Diff(want, rows); diff != "" {
		t.Error(diff)
	}
	page := errordoc.Write(rows)
	if broken := errordoc.Broken(page, rows); broken != nil {
		t.Errorf("the page of these rows breaks %v", broken)
	}
	changed := slices.Clone(rows[1:])
	changed[1].Status = 403
	if diff := cmp.Diff([]string{"invalid_token 400", "taken 409"}, errordoc.Broken(page, changed)); diff != "" {
		t.Error(diff)
	}
	for name, text := range map[string]string{
		"a code that is computed": "package room\nvar E = fault.New(fault.Conflict, code, \"No.\")",
		"an unknown kind":         "package room\nvar E = fault.New(fault.Odd, \"odd\", \"No.\")",
		"a second declaration":    "package room\nvar A, B = fault.New(fault.Conflict, \"taken\", \"No.\"), fault.New(fault.Conflict, \"taken\", \"No.\")",
		"one of another kind":     "package room\nvar A, B = fault.New(fault.Conflict, \"taken\", \"No.\"), fault.New(fault.Spent, \"taken\", \"No.\")",
		"a third of two statuses": "package room\nvar A, B = fault.New(fault.Spent, \"invalid_token\", \"No.\"), fault.New(fault.Malformed, \"invalid_token\", \"No.\")",
		"too few arguments":       "package room\nvar E = fault.New(fault.Conflict)",
	} {
		if _, err := errordoc.Collect(fstest.MapFS{"internal/room/room.go": {Data: []byte(text)}}); err == nil {
			t.Errorf("%s is taken", name)
		}
	}
}
