package seam

import (
	"slices"
	"strconv"
	"strings"

	"github.com/sallyport-auth/sallyport/internal/store"
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
// [Many] names. Of a table that store.Tables describes, {columns users} stands for
// the columns that are read, {row users} for those of an insert and their values,
// {blank users} for what an erasure empties; none of them has the realm but the
// row, which begins with it. A + before a column keeps that column's index from being chosen.
func Declare(text string) *Statement {
	text = expand(text)
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

// expand puts the columns of a table where a statement asks for them.
func expand(text string) string {
	before, rest, asks := strings.Cut(text, "{")
	what, after, _ := strings.Cut(rest, "}")
	form, name, named := strings.Cut(what, " ")
	if !asks {
		return text
	}
	if !named {
		return before + "{" + what + "}" + expand(after)
	}
	at := slices.IndexFunc(store.Tables(), func(t store.Table) bool { return t.Name == name })
	table := store.Tables()[at]
	columns := table.Names()[1:]
	switch form {
	case "columns":
		what = name + "." + strings.Join(columns, ", "+name+".")
	case "row":
		what = "(realm_id, " + strings.Join(columns, ", ") + ") VALUES (?" + strings.Repeat(", ?", len(columns)) + ")"
	case "blank":
		columns = slices.DeleteFunc(columns, func(c string) bool { return slices.Contains(table.Stays, c) })
		what = strings.Join(columns, " = ?, ") + " = ?"
	}
	return before + what + expand(after)
}

// String is the statement before any engine has its way with it.
func (s *Statement) String() string { return s.text }

// For is the statement as an engine reads it.
func (s *Statement) For(e engine.Engine) string { return e.Render(s.text, s.numbered) }
