package mail

import (
	"context"
	"maps"

	"github.com/sallyport-auth/sallyport/internal/jobs"
	"github.com/sallyport-auth/sallyport/internal/link"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// Renewals are how letters that were given up get another link, by the purpose of
// the link, in the transaction in which an operator runs them again. Each room names
// the purposes that are its own.
//
// The link that a letter had is superseded, and it alone: others of the same address
// may have arrived. That it has expired is no reason to refuse, because its letter
// never came. The error wraps jobs.ErrObsolete, and says why, if the link would serve
// nothing.
type Renewals map[store.Purpose]func(ctx context.Context, tx *store.Tx, l Letter) (Letter, error)

// Joined are the renewals of several rooms.
func Joined(rooms ...Renewals) Renewals {
	all := Renewals{}
	for _, r := range rooms {
		maps.Copy(all, r)
	}
	return all
}

// Renew gives a letter another link.
func (r Renewals) Renew(ctx context.Context, tx *store.Tx, l Letter) (Letter, error) {
	use, _ := link.In(string(l.Kind))
	renew := r[use.Purpose]
	if renew == nil {
		return l, jobs.Obsolete("no room renews the link of such a letter")
	}
	return renew(ctx, tx, l)
}
