package emailchange

import (
	"context"
	"errors"

	"github.com/sallyport-auth/sallyport/internal/account"
	"github.com/sallyport-auth/sallyport/internal/jobs"
	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// Renewals are how the links that confirm and undo a change are renewed.
func (e *Changes) Renewals() mail.Renewals {
	return mail.Renewals{store.PurposeConfirmEmail: e.renew, store.PurposeUndoEmail: e.renew}
}

// renew renews a link. Its letter goes where it went: to an address that is not the
// user's yet, or any more. The one that undoes a change also serves who waits for
// their deletion.
func (e *Changes) renew(ctx context.Context, tx *store.Tx, l mail.Letter) (mail.Letter, error) {
	again, err := e.opts.Accounts.RenewToken(ctx, tx, l, account.Renewal{Leaving: l.Kind == mail.EmailReplaced, Adjust: e.renewChange})
	again.To, again.Name = l.To, l.Name
	return again, err
}

// renewChange puts a token that confirms or undoes a change of address in the
// place of another. The letter goes to the address that it went to. A change can
// be undone for as long as ever, and what comes earlier among several stays so.
func (e *Changes) renewChange(ctx context.Context, tx *store.Tx, t store.OneTimeToken, renewed *store.OneTimeToken, u store.User) error {
	if t.Purpose == store.PurposeConfirmEmail && u.Epoch != t.UserEpoch {
		return jobs.Obsolete("the account has changed since")
	}
	c, err := tx.Changes.ByToken(ctx, u.ID, t.ID)
	if errors.Is(err, store.ErrNotFound) {
		return jobs.Obsolete("the change of address is gone")
	}
	if err != nil {
		return err
	}
	if t.Purpose == store.PurposeUndoEmail {
		if renewed.ExpiresAt = c.ConfirmedAt.Add(undoFor); !e.opts.Clock.Now().Before(renewed.ExpiresAt) {
			return jobs.Obsolete("the time to undo the change of address is over")
		}
		renewed.CreatedAt = t.CreatedAt
	}
	current, err := tx.Changes.Renew(ctx, c.ID, t.ID, renewed.ID, renewed.ExpiresAt)
	if err == nil && !current {
		err = jobs.Obsolete("the change of address took effect, or was undone")
	}
	return err
}
