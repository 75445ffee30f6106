package main

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"
)

// listing is how a command prints what it found.
type listing[T any] struct {
	none   string           // for people, if nothing was found
	header string           // of the columns, separated by tabs
	cells  func(T) []string // for people
	row    func(T) any      // for programs
}

// print prints an array for programs, or a table for people.
func (l listing[T]) print(w io.Writer, found []T, asJSON bool) error {
	if asJSON {
		rows := make([]any, 0, len(found))
		for _, one := range found {
			rows = append(rows, l.row(one))
		}
		return printJSON(w, rows)
	}
	if len(found) == 0 {
		_, err := fmt.Fprintln(w, l.none)
		return err
	}
	lines := make([][]string, 0, len(found)+1)
	lines = append(lines, []string{l.header})
	for _, one := range found {
		lines = append(lines, l.cells(one))
	}
	return printTable(w, lines)
}

// printTable prints lines of cells in columns.
func printTable(w io.Writer, lines [][]string) error {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, cells := range lines {
		_, _ = fmt.Fprintln(table, strings.Join(cells, "\t"))
	}
	return table.Flush()
}

// moment is a time for people, or none.
func moment(t time.Time, none string) string {
	if t.IsZero() {
		return none
	}
	return t.UTC().Format(time.RFC3339)
}
