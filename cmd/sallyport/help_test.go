package main

import (
	"strings"
	"testing"
)

// TestTheHelpOfACommandShowsThatCommand walks every command: none repeats the
// settings, which have a page of their own.
func TestTheHelpOfACommandShowsThatCommand(t *testing.T) {
	t.Parallel()
	for _, command := range []string{"", "user create", "job retry", "serve", "completion bash"} {
		out, errs, code := call(t, "help "+command)
		if code != exitDone || !strings.Contains(out, "sallyport "+command) || strings.Contains(out, "--public-url") ||
			!strings.Contains(out, "sallyport help settings") {
			t.Errorf("help %s: %d %s%s", command, code, out, errs)
		}
		if flag, _, _ := call(t, command+" --help"); flag != out {
			t.Errorf("%s --help differs from help %s:\n%s", command, command, flag)
		}
	}
	if out, _, code := call(t, "help settings"); code != exitDone || !strings.Contains(out, "--public-url") {
		t.Errorf("help settings: %d %s", code, out)
	}
	if out, errs, code := call(t, "help user crate"); code != exitUsage || out != "" || !strings.Contains(errs, `no help for "user crate"`) {
		t.Errorf("a topic that does not exist: %d %s%s", code, out, errs)
	}
}

// TestTheHelpGroupsEveryCommand finds a new command that nobody gave a group.
func TestTheHelpGroupsEveryCommand(t *testing.T) {
	t.Parallel()
	root := newRoot(process{})
	for _, cmd := range root.Commands() {
		if cmd.GroupID == "" && cmd.Name() != "version" && cmd.Name() != "settings" {
			t.Errorf("%s stands in no group", cmd.Name())
		}
	}
}

// call runs the program with the words of line.
func call(t *testing.T, line string) (stdout, stderr string, code int) {
	t.Helper()
	var out, errs strings.Builder
	code = run(t.Context(), process{name: "sallyport", args: strings.Fields(line), stdin: strings.NewReader(""), stdout: &out, stderr: &errs})
	return out.String(), errs.String(), code
}
