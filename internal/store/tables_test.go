package store

import (
	"slices"
	"strings"
	"testing"
)

// TestEveryColumnIsAnswered asks of each column what tables.go asks: whether it is
// personal, what an export shows of it, what erasing a user does with it. Whether
// the answers are true is tested in package personal.
func TestEveryColumnIsAnswered(t *testing.T) {
	t.Parallel()
	for _, table := range Tables() {
		how, why, _ := strings.Cut(table.Erased, ": ")
		if !slices.Contains([]string{"deleted", "blanked", "kept"}, how) || how == "kept" && why == "" {
			t.Errorf("%s: its rows are %q when a user is erased; say deleted, blanked, or kept: and why", table.Name, table.Erased)
		}
		if table.Restored == "" {
			t.Errorf("%s: nobody has decided what restoring a backup does with it; see package restore", table.Name)
		}
		for _, name := range table.Stays {
			if !slices.Contains(table.Names(), name) {
				t.Errorf("%s.%s stays and is no column", table.Name, name)
			}
		}
		for _, c := range table.Columns {
			if complaint := unanswered(c); complaint != "" {
				t.Errorf("%s.%s: %s", table.Name, c.Name, complaint)
			}
			if stays := how == "kept" || slices.Contains(table.Stays, c.Name); stays && c.Class == Personal {
				t.Errorf("%s.%s is personal and outlives its user", table.Name, c.Name)
			}
		}
	}
}

// unanswered says what is missing of a column, or nothing.
func unanswered(c Column) string {
	why, unshown := strings.CutPrefix(c.Export, "-")
	switch {
	case !slices.Contains([]Class{Secret, Personal, Linked, Internal}, c.Class):
		return "it has no class"
	case c.Class == Secret && c.Export != "":
		return "a secret is never shown"
	case c.Class != Secret && c.Class != Internal && c.Export == "":
		return "say as what an export shows it, or why not"
	case unshown && strings.TrimSpace(why) == "":
		return "say why no export shows it"
	}
	return ""
}

// TestAUserHasAFieldForEachColumn keeps the two lists in users.go of one length;
// that they are in one order is a promise of storetest.
func TestAUserHasAFieldForEachColumn(t *testing.T) {
	t.Parallel()
	if fields, columns := len(new(User).Fields()), len(UserTable().Columns)-1; fields != columns {
		t.Errorf("%d fields for %d columns beside the realm", fields, columns)
	}
}
