package sqlstore

import (
	"context"
	"errors"
	"fmt"

	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/store/seam"
)

var (
	factNumber = q(`SELECT number FROM facts WHERE realm_id = ? AND name = ?`)
	factInsert = q(`INSERT INTO facts (realm_id, name, number) VALUES (?, ?, ?)`)
	factRaise  = q(`UPDATE facts SET number = ? WHERE realm_id = ? AND name = ? AND number < ?`)
)

// raiseRounds bounds the compare-and-sets of one Raise. A round is lost only to
// another call that inserted the fact meanwhile.
const raiseRounds = 4

// facts implements store.Facts.
type facts struct{ *port }

// Number gives a fact, 0 if there is none.
func (p facts) Number(ctx context.Context, name string) (int64, error) {
	n, err := seam.Get(ctx, p, seam.Value[int64], factNumber, p.realm, name)
	return n, unlessGone(err)
}

// Raise sets a fact to n unless it is as large already.
func (p facts) Raise(ctx context.Context, name string, n int64) error {
	for range raiseRounds {
		have, err := seam.Get(ctx, p, seam.Value[int64], factNumber, p.realm, name)
		switch {
		case errors.Is(err, store.ErrNotFound):
			if err = p.add(ctx, factInsert, p.realm, name, n); errors.Is(err, store.ErrTaken) {
				if err = p.Raced(err); err == nil {
					continue
				}
			}
		case err == nil && have < n:
			_, err = p.change(ctx, factRaise, n, p.realm, name, n)
		}
		return err
	}
	return fmt.Errorf("%w: raise a fact: too many at once", store.ErrUnavailable)
}
