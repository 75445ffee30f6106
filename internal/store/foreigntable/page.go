package foreigntable

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"unicode/utf8"
)

// page reads a table page by page.
type page struct {
	table       *Table
	names       []string
	first, next string
	last        any // key of the last row; nil before the first
	given       int64
	fn          func(Row) error
}

// read gives the next page, whose rows are all read before the first is given: no
// statement stays open while fn works.
func (p *page) read(ctx context.Context) (n int, err error) {
	text, args := p.first, []any{pageRows}
	if p.last != nil {
		text, args = p.next, []any{p.last, pageRows}
	}
	rows, err := p.table.db.QueryContext(ctx, text, args...)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	var found [][]any
	for rows.Next() {
		values, into := make([]any, len(p.names)), make([]any, len(p.names))
		for i := range values {
			into[i] = &values[i]
		}
		if err := rows.Scan(into...); err != nil {
			return 0, err
		}
		found = append(found, values)
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		return 0, err
	}
	for _, values := range found {
		if err := p.give(values); err != nil {
			return 0, err
		}
	}
	return len(found), nil
}

func (p *page) give(values []any) error {
	if values[0] == nil {
		return fmt.Errorf("%w: a row of %s has none", ErrKey, p.table.name)
	}
	if b, is := values[0].([]byte); is && utf8.Valid(b) {
		values[0] = string(b) // as it is compared, with the order of the column
	}
	row := Row{Key: fmt.Sprint(values[0]), Values: make(map[string]any, len(values))}
	if b, is := values[0].([]byte); is {
		row.Key = binaryKey + hex.EncodeToString(b)
	}
	for n, value := range values {
		row.Values[p.names[n]] = value
	}
	p.last = values[0]
	p.given++
	return p.fn(row)
}
