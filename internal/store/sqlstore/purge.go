package sqlstore

import (
	"context"
	"slices"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store/column"
)

// manyIDs names some rows; statements have a fixed number of parameters.
const (
	idsAtOnce = 16
	manyIDs   = `(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
)

// many runs a statement that names idsAtOnce rows often enough for all of ids,
// in one transaction, and says how many it matched. MariaDB, which would read a
// whole table to find the rows that a subquery lists, finds those that are named
// by their key. The statement repeats what made somebody list them, which may
// hold no more.
func many[T any](ctx context.Context, p *port, q *query, first []any, ids []T, last ...any) (matched int, err error) {
	if len(ids) == 0 {
		return 0, nil
	}
	err = p.together(ctx, func(ctx context.Context, run runner) error {
		matched = 0
		for some := range slices.Chunk(ids, idsAtOnce) {
			args := slices.Clone(first)
			for i := range idsAtOnce {
				args = append(args, some[min(i, len(some)-1)]) // filled up with the last
			}
			n, err := run.exec(ctx, q, append(args, last...)...)
			if err != nil {
				return err
			}
			matched += n
		}
		return nil
	})
	return matched, err
}

func scanID(row scanner, id *string) error { return row.Scan(id) }

// purge deletes by drop what find lists: rows that are older than a time, at
// most limit.
func (p *port) purge(ctx context.Context, find, drop *query, before time.Time, limit int) (int, error) {
	ids, err := list(ctx, p, scanID, find, p.realm, column.Micros(before), limit)
	if err != nil {
		return 0, err
	}
	return many(ctx, p, drop, []any{p.realm}, ids, column.Micros(before))
}
