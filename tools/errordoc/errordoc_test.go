package errordoc_test

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/sallyport-auth/sallyport/internal/words"
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
		if len(r.Says) == 0 {
			t.Errorf("%s has no words", r.Code)
		}
		for _, sentence := range r.Says {
			if sentence != "{text}" && !strings.HasSuffix(sentence, ".") { // {text} is written by a web hook
				t.Errorf("%s: %q is no sentence", r.Code, sentence)
			}
		}
	}
}

func TestCollect(t *testing.T) {
	t.Parallel()
	tree := fstest.MapFS{
		"internal/room/room.go": {Data: []byte(`package room
var (
	ErrA = fault.New(fault.Conflict, "passkey_exists")
	ErrB = fault.New(fault.Spent, "invalid_token").WithWords("unusable_link")
	other = errors.New("x")
)`)},
		"internal/other/other.go":      {Data: []byte("package other\nvar ErrA = fault.New(fault.Unauthenticated, \"invalid_token\").WithRetryAfter(1)")},
		"internal/fault/fault.go":      {Data: []byte("package fault\nvar E = New(Unavailable, \"unavailable\")\nfunc New() {}")},
		"internal/room/room_test.go":   {Data: []byte("package room\nvar e = fault.New(fault.Conflict, \"test_only\")")},
		"internal/room/testdata/x.txt": {Data: []byte("fault.New(")},
	}
	rows, err := errordoc.Collect(tree)
	if err != nil {
		t.Fatal(err)
	}
	said := words.ForPrograms().Said
	want := []errordoc.Row{
		{"invalid_token", 400, []string{said("unusable_link"), said("unusable_link.mailed")}},
		{"invalid_token", 401, []string{
			said("invalid_token"), said("invalid_token.refresh"), said("invalid_token.step"),
		}},
		{"passkey_exists", 409, []string{said("passkey_exists")}},
		{"unavailable", 503, []string{said("unavailable")}},
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
	if diff := cmp.Diff([]string{"invalid_token 400", "passkey_exists 409"}, errordoc.Broken(page, changed)); diff != "" {
		t.Error(diff)
	}
	for name, text := range map[string]string{
		"a code that is computed": "package room\nvar E = fault.New(fault.Conflict, code)",
		"an unknown kind":         "package room\nvar E = fault.New(fault.Odd, \"odd\")",
		"a second declaration":    "package room\nvar A, B = fault.New(fault.Conflict, \"taken\"), fault.New(fault.Conflict, \"taken\")",
		"one of another kind":     "package room\nvar A, B = fault.New(fault.Conflict, \"taken\"), fault.New(fault.Spent, \"taken\")",
		"a third of two statuses": "package room\nvar A, B = fault.New(fault.Spent, \"invalid_token\"), fault.New(fault.Malformed, \"invalid_token\")",
		"too few arguments":       "package room\nvar E = fault.New(fault.Conflict)",
	} {
		if _, err := errordoc.Collect(fstest.MapFS{"internal/room/room.go": {Data: []byte(text)}}); err == nil {
			t.Errorf("%s is taken", name)
		}
	}
}
