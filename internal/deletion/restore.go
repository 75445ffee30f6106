package deletion

import (
	"context"
	"fmt"

	"github.com/sallyport-auth/sallyport/internal/account"
	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/link"
	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/rbac"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/telemetry"
)

// OfferRestore makes, in the caller's transaction, a token for [Deletions.Restore]
// for a user who is pending deletion and has proved who they are, with every
// factor that the account asks for, at the epoch in u. It is for whoever signs in,
// and is never mailed.
func (d *Deletions) OfferRestore(ctx context.Context, tx *store.Tx, u store.User) (string, error) {
	token, _, err := d.opts.Links.Mint(ctx, tx, store.PurposeRestore, u, "")
	if err != nil {
		return "", fmt.Errorf("keep token that restores: %w", err)
	}
	return token, nil
}

// Restorable reports whether a token that keeps an account would work right now.
// It changes nothing.
func (d *Deletions) Restorable(ctx context.Context, token string) (bool, error) {
	_, usable, err := d.opts.Accounts.Usable(ctx, store.PurposeRestore, token)
	return usable, err
}

// Restore keeps an account that is pending deletion, with the token that signing
// in gave. It signs nobody in. Of any number of concurrent calls exactly one
// succeeds, and none once erasure has begun.
//
// Errors: invalid_token.
func (d *Deletions) Restore(ctx context.Context, token string, origin audit.Origin) (err error) {
	ctx, span := telemetry.Start(ctx, "account.restore")
	defer func() { span.End(err) }()
	s := link.Spending{Purpose: store.PurposeRestore, Token: token, Origin: origin}
	refused, err := d.opts.Accounts.Spend(ctx, s, func(ctx context.Context, tx *store.Tx, t store.OneTimeToken) (string, error) {
		return d.restore(ctx, tx, t, origin)
	})
	if err != nil {
		return fmt.Errorf("restore account: %w", err)
	}
	if refused != "" {
		return account.ErrInvalidToken
	}
	return nil
}

// restore does what a token that was just consumed is for, or says why not.
func (d *Deletions) restore(ctx context.Context, tx *store.Tx, t store.OneTimeToken, origin audit.Origin) (refused string, err error) {
	u, err := tx.Users.ByID(ctx, t.UserID)
	if err != nil {
		return "", err
	}
	if u.Epoch != t.UserEpoch {
		return audit.ReasonSuperseded, nil
	}
	if u.Email == "" {
		return audit.ReasonNotActive, nil // it was released
	}
	cancelled, err := tx.Deletions.Cancel(ctx, u.ID)
	if err != nil {
		return "", err
	}
	if !cancelled {
		return audit.ReasonObsolete, nil
	}
	kept, err := rbac.SetStatus(ctx, tx, u.ID, store.UserPendingDeletion, store.UserActive, clock.Stored(d.opts.Clock))
	if err != nil {
		return "", err
	}
	if !kept {
		return audit.ReasonNotActive, nil
	}
	if _, err := tx.Tokens.ConsumeAll(ctx, u.ID, store.PurposeRestore, d.opts.Clock.Now()); err != nil {
		return "", err
	}
	if err := d.opts.Trail.Record(ctx, tx, audit.Event{
		Kind: audit.KindDeletionUndone, Outcome: audit.Success, ActorID: u.ID, UserID: u.ID, Email: u.Email, Origin: origin,
	}); err != nil {
		return "", err
	}
	return "", d.opts.Postman.Tell(ctx, tx, mail.DeletionUndone, u, origin)
}
