package migration

import (
	"context"
	"encoding/base64"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/sallyport-auth/sallyport/internal/password"
)

// weak is a digest that is wrapped once it is known that its user is new.
type weak struct {
	digest  password.Weak
	wrapped string
}

// readHash reads how the other system stored the password.
func (o Options) readHash(p *person, encoded, salt string) {
	if encoded == "" {
		return
	}
	if o.Firebase != nil {
		encoded = o.ofFirebase(encoded, salt)
	}
	var ok bool
	if p.hash, p.form, ok = password.Import(encoded); ok {
		return
	}
	digest, isWeak := password.ReadWeak(encoded)
	switch {
	case !isWeak:
		p.without = append(p.without, partPassword)
	case o.Weak == nil:
		p.without, p.form = append(p.without, partWeak), ""
	default:
		p.weak, p.form = &weak{digest: digest}, ""
	}
}

// ofFirebase gives the string of a hash of Firebase, or one that cannot be read.
func (o Options) ofFirebase(encoded, salt string) string {
	// Older exports have the alphabet for URLs.
	plain := strings.NewReplacer("-", "+", "_", "/")
	sum, err := base64.StdEncoding.DecodeString(plain.Replace(encoded))
	if err != nil {
		return "?"
	}
	salted, err := base64.StdEncoding.DecodeString(plain.Replace(salt))
	if err != nil {
		return "?"
	}
	text, err := o.Firebase.Encode(salted, sum)
	if err != nil {
		return "?"
	}
	return text
}

// stored is what of the password is written; empty for none.
func (p *person) stored() string {
	if p.weak != nil {
		return p.weak.wrapped
	}
	return p.hash
}

// wrapNew wraps the digests of those who are not here yet, on all processors: it costs
// what hashing costs, and a transaction would wait for it.
func (r *run) wrapNew(ctx context.Context, people []person) error {
	if !slices.ContainsFunc(people, func(p person) bool { return p.weak != nil }) {
		return nil
	}
	fresh, _, err := r.sort(ctx, r.Store.Direct(), people)
	if err != nil {
		return err
	}
	work, failed := make(chan *weak), make(chan error, 1)
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for w := range work {
				var err error
				if w.wrapped, err = r.Weak(w.digest); err != nil {
					select {
					case failed <- err:
					default:
					}
				}
			}
		})
	}
	for _, p := range fresh {
		if p.weak != nil && ctx.Err() == nil {
			work <- p.weak
		}
	}
	close(work)
	workers.Wait()
	select {
	case err := <-failed:
		return err
	default:
		return ctx.Err()
	}
}
