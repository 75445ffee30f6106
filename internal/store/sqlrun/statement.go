package sqlrun

import (
	"strconv"
	"strings"

	"github.com/sallyport-auth/sallyport/internal/store/engine"
)

// Statement is one declared statement in both notations. It is known by its
// pointer, under which it is prepared.
type Statement struct {
	text     string // with ?
	numbered string // with $1, $2
}

// atOnce is how many rows {many} names; statements have a fixed number of
// parameters.
const atOnce = 16

// Declare makes a statement of a constant in the one portable subset that
// docs/sql.md describes. Each ? stands for a value, also between quotes, where
// none belongs; {now} for the database's time; {many} for the list of rows that
// [Many] names. A + before a column keeps that column's index from being chosen.
func Declare(text string) *Statement {
	text = strings.ReplaceAll(text, "{many}", "(?"+strings.Repeat(", ?", atOnce-1)+")")
	var b strings.Builder
	n := 0
	for _, r := range text {
		if r != '?' {
			b.WriteRune(r)
			continue
		}
		n++
		b.WriteString("$" + strconv.Itoa(n))
	}
	return &Statement{text: text, numbered: b.String()}
}

// String is the statement before any engine has its way with it.
func (s *Statement) String() string { return s.text }

// For is the statement as an engine reads it.
func (s *Statement) For(e engine.Engine) string { return e.Render(s.text, s.numbered) }
