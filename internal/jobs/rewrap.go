package jobs

import (
	"context"
	"errors"
	"fmt"

	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// rewrapPage is how many jobs are read at once.
const rewrapPage = 500

// Rewrap seals the secret of every job that waits or runs anew, if the newest
// secret key did not seal it, and says how many. Afterwards the older keys are
// not needed for them. A secret that cannot be opened is left as it is and the
// others go on; the error tells of it. Of concurrent calls one does the work for
// each job.
func Rewrap(ctx context.Context, st *store.Store, ring *secret.Keyring) (int, error) {
	done := 0
	var unopened error
	for _, state := range []store.JobState{store.JobReady, store.JobRunning} {
		for page := (store.Page{Limit: rewrapPage}); ; {
			list, err := st.Direct().Jobs.List(ctx, state, page)
			if err != nil {
				return done, fmt.Errorf("list jobs: %w", err)
			}
			for _, j := range list {
				changed, err := rewrap(ctx, st, ring, j)
				switch {
				case errors.Is(err, secret.ErrNotOpened):
					unopened = err
				case err != nil:
					return done, err
				case changed:
					done++
				}
			}
			if len(list) < page.Limit {
				break
			}
			page.After = list[len(list)-1].ID
		}
	}
	return done, unopened
}

func rewrap(ctx context.Context, st *store.Store, ring *secret.Keyring, j store.Job) (bool, error) {
	if j.SecretSealed == "" {
		return false, nil
	}
	if by, err := secret.SealedBy(j.SecretSealed); err == nil && by == ring.KeyIDs()[0] {
		return false, nil
	}
	plain, err := open(ring, j)
	if err != nil {
		return false, fmt.Errorf("open secret of job %s: %w", j.ID, err)
	}
	changed, err := st.Direct().Jobs.Reseal(ctx, j.ID, j.SecretSealed, ring.Seal(purpose, place(j.ID), plain))
	if err != nil {
		return false, fmt.Errorf("reseal secret of job %s: %w", j.ID, err)
	}
	return changed, nil
}
