package emailchange

import (
	"context"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/rbac"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// released is the address of a user who lost theirs. No address has its form.
const released = "released:"

// releaseEmail takes an address, for somebody who has just shown that the mailbox
// is theirs, from an account that never did: where addresses need not be
// verified, anybody can sign up with any. That account keeps what it has, but
// nobody signs in to it any more; if it is to be erased, it will be.
func (e *Changes) releaseEmail(ctx context.Context, tx *store.Tx, holder store.User, origin audit.Origin) error {
	// This holds the row. Who verified the address in the very moment keeps it.
	if err := e.opts.Sessions.EndAll(ctx, tx, holder, "", store.ReasonDisabled, origin); err != nil {
		return err
	}
	now, err := tx.Users.ByID(ctx, holder.ID)
	if err != nil {
		return err
	}
	if !now.EmailVerifiedAt.IsZero() {
		return session.ErrEpochMoved
	}
	applied, err := tx.Users.ChangeEmail(ctx, store.EmailUpdate{
		UserID: holder.ID, Epoch: now.Epoch, From: holder.EmailCanonical, Canonical: released + holder.ID, Now: clock.Stored(e.opts.Clock),
	})
	if err != nil {
		return err
	}
	if !applied {
		return session.ErrEpochMoved
	}
	if _, err := rbac.SetStatus(ctx, tx, holder.ID, store.UserActive, store.UserDisabled, clock.Stored(e.opts.Clock)); err != nil {
		return err
	}
	if err := e.endLinks(ctx, tx, holder.ID); err != nil {
		return err
	}
	return e.opts.Trail.Record(ctx, tx, audit.Event{Kind: audit.KindEmailReleased, Outcome: audit.Success, UserID: holder.ID, Origin: origin})
}
