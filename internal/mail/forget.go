package mail

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store"
)

// forgetPage is how many jobs are read at a time.
const forgetPage = 200

// Forget deletes every letter to one of the addresses that was written before a
// time of the database's, and every letter of the user, sent or not. It reads the whole queue, which keeps what was sent for a
// day. Whoever is sending one goes on.
func (p *Postman) Forget(ctx context.Context, userID string, addresses []string, before time.Time) error {
	recipients := make([]string, len(addresses))
	for n, a := range addresses {
		recipients[n] = Recipient(a)
	}
	queue := p.opts.Store.Direct().Jobs
	for _, state := range []store.JobState{store.JobRunning, store.JobReady, store.JobDone, store.JobDead} {
		page := store.Page{Limit: forgetPage}
		for {
			list, err := queue.List(ctx, state, page)
			if err != nil {
				return fmt.Errorf("read letters: %w", err)
			}
			var ids []string
			for _, j := range list {
				page.After = j.ID
				if concerns(j, userID, recipients, before) {
					ids = append(ids, j.ID)
				}
			}
			if _, err := queue.Drop(ctx, ids); err != nil {
				return fmt.Errorf("forget letters: %w", err)
			}
			if len(list) < forgetPage {
				break
			}
		}
	}
	return nil
}

func concerns(j store.Job, userID string, recipients []string, before time.Time) bool {
	if j.Kind != JobKind {
		return false
	}
	found, err := read(j.Payload)
	if err != nil {
		return false
	}
	return found.UserID != "" && found.UserID == userID ||
		found.To != "" && j.CreatedAt.Before(before) && slices.Contains(recipients, Recipient(found.To))
}
