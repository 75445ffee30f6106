package store

import (
	"context"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store/sqlrun"
)

// purge deletes by drop what find lists: rows that are older than a time, at
// most limit.
func (p *port) purge(ctx context.Context, find, drop *sqlrun.Statement, before time.Time, limit int) (int, error) {
	return p.purgeBelow(ctx, find, drop, micros(before), limit)
}

// purgeBelow is purge for rows that are found by another column than a time.
func (p *port) purgeBelow(ctx context.Context, find, drop *sqlrun.Statement, bound any, limit int) (int, error) {
	ids, err := sqlrun.List(ctx, p.run, sqlrun.Value[string], find, p.realm, bound, limit)
	if err != nil {
		return 0, err
	}
	return sqlrun.Many(ctx, p.run, drop, []any{p.realm}, ids, bound)
}
