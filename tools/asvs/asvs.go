// Package asvs renders how Sallyport answers the OWASP Application Security
// Verification Standard (ASVS) 5.0.0: docs/specs/asvs.md from
// docs/specs/asvs.csv.
//
// The file holds one row for each of the standard's 345 requirements: its number
// and level, what it is about in our words, our answer, the tests or pages that
// show it, and a note. The texts of the standard are OWASP's, under a licence of
// their own (CC BY-SA 4.0), and are not repeated here.
package asvs

import (
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// Answers that a row may give.
const (
	Met          = "met"
	Partly       = "partly"
	No           = "no"
	Later        = "later"          // of a feature that is not built yet
	DoesNotApply = "does not apply" // of what this program does not do
)

var answers = []string{Met, Partly, No, Later, DoesNotApply}

// Requirements is how many the standard has.
const Requirements = 345

// Row is the answer to one requirement.
type Row struct {
	ID      string // chapter, section and number, such as 6.2.12
	Level   string // 1 to 3
	Subject string
	Answer  string
	// Evidence are tests ("internal/token.TestWycheproofSignatures", in the
	// folder of the repository; ".TestX" in its root) and pages ("SECURITY.md").
	Evidence []string
	Note     string
}

// Read reads the rows. It refuses a row that claims to be met without evidence,
// and one that is not met and gives no reason.
func Read(r io.Reader) ([]Row, error) {
	records, err := csv.NewReader(r).ReadAll()
	if err != nil {
		return nil, err
	}
	var rows []Row
	for _, f := range records[1:] {
		row := Row{ID: f[0], Level: f[1], Subject: f[2], Answer: f[3], Note: f[5]}
		if f[4] != "" {
			row.Evidence = strings.Split(f[4], ";")
		}
		switch {
		case !slices.Contains(answers, row.Answer):
			return nil, fmt.Errorf("%s: %q is no answer", row.ID, row.Answer)
		case row.Answer == Met && row.Evidence == nil:
			return nil, fmt.Errorf("%s: met, and nothing shows it", row.ID)
		case row.Answer != Met && row.Note == "":
			return nil, fmt.Errorf("%s: %s, and no reason is given", row.ID, row.Answer)
		case slices.ContainsFunc(rows, func(other Row) bool { return other.ID == row.ID }):
			return nil, fmt.Errorf("%s: answered twice", row.ID)
		}
		rows = append(rows, row)
	}
	if len(rows) != Requirements {
		return nil, fmt.Errorf("%d requirements; the standard has %d", len(rows), Requirements)
	}
	return rows, nil
}

// chapters of the standard, by number.
var chapters = []string{
	"Encoding and sanitization", "Validation and business logic", "Web frontend security", "API and web service",
	"File handling", "Authentication", "Session management", "Authorization", "Self-contained tokens",
	"OAuth and OpenID Connect", "Cryptography", "Secure communication", "Configuration", "Data protection",
	"Secure coding and architecture", "Security logging and error handling", "WebRTC",
}

// Write renders the page. root is how the page leads to the root of the
// repository, such as "../../".
func Write(rows []Row, root string) []byte {
	var b strings.Builder
	b.WriteString(`# OWASP ASVS 5.0.0

How Sallyport answers each requirement of the Application Security Verification Standard 5.0.0
(https://github.com/OWASP/ASVS, tag v5.0.0_release). The texts are OWASP's and stand there; the subject in this table is ours. Generated from
[asvs.csv](asvs.csv) by ` + "`make gen`" + `; a test checks that every test and page named here exists.

`)
	tally(&b, rows)
	for n, chapter := range chapters {
		fmt.Fprintf(&b, "\n## V%d %s\n\n| requirement | level | subject | answer | shown by, or why |\n|---|---|---|---|---|\n", n+1, chapter)
		for _, r := range rows {
			if number, _, _ := strings.Cut(r.ID, "."); number == strconv.Itoa(n+1) {
				fmt.Fprintf(&b, "| %s | %s | %s | %s | %s |\n", r.ID, r.Level, r.Subject, r.Answer, shown(r, root))
			}
		}
	}
	return []byte(b.String())
}

// tally counts the answers by level.
func tally(b *strings.Builder, rows []Row) {
	b.WriteString("| level | " + strings.Join(answers, " | ") + " |\n|---|" + strings.Repeat("---|", len(answers)) + "\n")
	for _, level := range []string{"1", "2", "3"} {
		fmt.Fprintf(b, "| %s |", level)
		for _, answer := range answers {
			n := 0
			for _, r := range rows {
				if r.Level == level && r.Answer == answer {
					n++
				}
			}
			fmt.Fprintf(b, " %d |", n)
		}
		b.WriteString("\n")
	}
}

// shown joins evidence and note.
func shown(r Row, root string) string {
	var parts []string
	for _, e := range r.Evidence {
		if page(e) {
			e = "[" + e + "](" + root + e + ")"
		} else {
			e = "`" + strings.TrimPrefix(e, ".") + "`"
		}
		parts = append(parts, e)
	}
	text := strings.Join(parts, ", ")
	switch {
	case r.Note == "":
		return text
	case text == "":
		return r.Note
	default:
		return text + ": " + r.Note
	}
}

// page reports whether evidence is a file and not a test.
func page(evidence string) bool {
	return !strings.Contains(evidence, ".Test") && !strings.Contains(evidence, ".Fuzz")
}
