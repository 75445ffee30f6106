package e2e_test

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/apptest"
	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/waittest"
)

// TestTheAuditLogIsProvedAsThePageSays runs every command of the page, and what it
// says that each prints, against a server at work.
func TestTheAuditLogIsProvedAsThePageSays(t *testing.T) {
	t.Parallel()
	safe := t.TempDir()
	head := filepath.Join(safe, "audit.head")
	w := newEmbedded(t, "SALLYPORT_AUDIT_LOG_HEAD_FILE="+head)
	w.join(t, address(t, 1))
	waittest.Until(t, "a head is written", func() bool {
		text, err := os.ReadFile(head)
		return err == nil && bytes.Count(text, []byte("\n")) > 4
	})
	page, err := os.ReadFile("../docs/operations/audit-log.md")
	if err != nil {
		t.Fatal(err)
	}
	var event string
	if err := openDatabase(t, w.server.DataDir).QueryRowContext(t.Context(), "SELECT event_id FROM audit_leaves WHERE leaf = 0").Scan(&event); err != nil {
		t.Fatal(err)
	}
	moved := strings.NewReplacer("/var/lib/sallyport", safe, "/safe", safe, "EVENT", event)
	ran := 0
	lines := strings.Split(string(page), "\n")
	for n, line := range lines {
		command, ok := strings.CutPrefix(line, "$ ")
		if !ok {
			continue
		}
		command, into, _ := strings.Cut(moved.Replace(command), " > ")
		ran++
		if from, copies := strings.CutPrefix(command, "cp "); copies {
			from, to, _ := strings.Cut(from, " ")
			text, err := os.ReadFile(from)
			if err == nil {
				err = os.WriteFile(to, text, 0o600)
			}
			if err != nil {
				t.Fatal(err)
			}
			continue
		}
		ours, ok := strings.CutPrefix(command, "sallyport ")
		if !ok {
			t.Fatalf("the page has a command that is none of ours: %s", command)
		}
		args := strings.Fields(ours)
		if before, reason, quoted := strings.Cut(ours, ` "`); quoted {
			args = append(strings.Fields(before), strings.TrimSuffix(reason, `"`))
		}
		stdout, stderr, code := apptest.Run(t.Context(), t, w.operator(), nil, args...)
		if code != 0 {
			t.Fatalf("%s: exit %d\n%s%s", command, code, stdout, stderr)
		}
		if into != "" {
			if err := os.WriteFile(into, []byte(stdout), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if says := lines[n+1]; says != "```" && !strings.HasPrefix(says, "$ ") && !strings.HasPrefix(numbers.ReplaceAllString(stdout, "n"), numbers.ReplaceAllString(moved.Replace(says), "n")+"\n") {
			t.Errorf("%s prints\n%s\nwant first: %s", command, stdout, says)
		}
	}
	if ran != 9 {
		t.Errorf("%d commands were run, want 9", ran)
	}
	changedLogIsFound(t, w, safe)
}

// numbers differ from run to run.
var numbers = regexp.MustCompile(`\d+`)

// changedLogIsFound changes an event and asks again.
func changedLogIsFound(t *testing.T, w *world, safe string) {
	t.Helper()
	db := openDatabase(t, w.server.DataDir)
	if _, err := db.ExecContext(t.Context(), "UPDATE audit_events SET outcome = 'failure' WHERE kind = ?", audit.KindSessionOpened); err != nil {
		t.Fatal(err)
	}
	stdout, _, code := apptest.Run(t.Context(), t, w.operator(), nil, "audit", "verify", "--key", "@"+filepath.Join(safe, "audit.key"))
	if code != 1 || !strings.HasPrefix(stdout, "NOT VERIFIED (findings: 1). First: event ") || !strings.Contains(stdout, "was changed") {
		t.Errorf("after an event was changed: exit %d\n%s", code, stdout)
	}
	export := filepath.Join(safe, "log.jsonl")
	text, err := os.ReadFile(export)
	if err == nil {
		err = os.WriteFile(export, bytes.Replace(text, []byte(`"outcome":"success"`), []byte(`"outcome":"failure"`), 1), 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	stdout, _, code = apptest.Run(t.Context(), t, apptest.Options{}, nil, "audit", "verify", "--export", export)
	if code != 1 || !strings.HasPrefix(stdout, "NOT VERIFIED (findings: 1). First: event ") {
		t.Errorf("after an event was changed in the export: exit %d\n%s", code, stdout)
	}
}
