package sqlstore

import (
	"context"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store/column"
	"github.com/sallyport-auth/sallyport/internal/store/seam"
)

// purge deletes by drop what find lists: rows that are older than a time, at
// most limit.
func (p *port) purge(ctx context.Context, find, drop *seam.Statement, before time.Time, limit int) (int, error) {
	return p.purgeBelow(ctx, find, drop, column.Micros(before), limit)
}

// purgeBelow is purge for rows that are found by another column than a time.
func (p *port) purgeBelow(ctx context.Context, find, drop *seam.Statement, bound any, limit int) (int, error) {
	ids, err := seam.List(ctx, p, seam.Value[string], find, p.realm, bound, limit)
	if err != nil {
		return 0, err
	}
	return seam.Many(ctx, p, drop, []any{p.realm}, ids, bound)
}
