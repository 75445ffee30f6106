package account

import (
	"context"
	"fmt"
	"time"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/telemetry"
)

// OfferRestore makes, in the caller's transaction, a token for [Accounts.Restore]
// for a user who is pending deletion and has proved who they are, with every
// factor that the account asks for, at the epoch in u. It is for whoever signs in,
// and is never mailed.
func OfferRestore(ctx context.Context, tx store.Tx, u store.User, now time.Time) (string, error) {
	token, hash := secret.NewToken(PrefixRestore)
	err := tx.Tokens.Insert(ctx, store.OneTimeToken{
		ID: id.Ordered(), Purpose: store.PurposeRestore, UserID: u.ID, TokenHash: hash, UserEpoch: u.Epoch,
		CreatedAt: now, ExpiresAt: now.Add(restoreFor),
	})
	if err != nil {
		return "", fmt.Errorf("keep token that restores: %w", err)
	}
	return token, nil
}

// Restorable reports whether a token that keeps an account would work right now.
// It changes nothing.
func (a *Accounts) Restorable(ctx context.Context, token string) (bool, error) {
	if !secret.WellFormed(token, PrefixRestore) {
		return false, nil
	}
	_, usable, err := a.usable(ctx, store.PurposeRestore, secret.Hash(token))
	return usable, err
}

// Restore keeps an account that is pending deletion, with the token that signing
// in gave. It signs nobody in. Of any number of concurrent calls exactly one
// succeeds, and none once erasure has begun.
//
// Errors: invalid_token.
func (a *Accounts) Restore(ctx context.Context, token string, origin audit.Origin) (err error) {
	ctx, span := telemetry.Start(ctx, "account.restore")
	defer func() { span.End(err) }()
	if !secret.WellFormed(token, PrefixRestore) {
		return ErrInvalidToken
	}
	var refused string
	err = a.Store.Tx(ctx, func(ctx context.Context, tx store.Tx) error {
		t, why, err := a.consume(ctx, tx, store.PurposeRestore, secret.Hash(token))
		if err == nil && why == "" {
			why, err = a.restore(ctx, tx, t, origin)
		}
		if refused = why; err != nil || why == "" {
			return err
		}
		// The refusal is an outcome: its audit event must be committed.
		return a.record(ctx, tx, audit.Event{
			Kind: audit.KindDeletionUndone, Outcome: audit.Failure, Reason: why, UserID: t.UserID, Origin: origin,
		})
	})
	if err != nil {
		return fmt.Errorf("restore account: %w", err)
	}
	if refused != "" {
		return ErrInvalidToken
	}
	return nil
}

// restore does what a token that was just consumed is for, or says why not.
func (a *Accounts) restore(ctx context.Context, tx store.Tx, t store.OneTimeToken, origin audit.Origin) (refused string, err error) {
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
	kept, err := tx.Users.SetStatus(ctx, u.ID, store.UserPendingDeletion, store.UserActive, a.now())
	if err != nil {
		return "", err
	}
	if !kept {
		return audit.ReasonNotActive, nil
	}
	if _, err := tx.Tokens.ConsumeAll(ctx, u.ID, store.PurposeRestore, a.Clock.Now()); err != nil {
		return "", err
	}
	if err := a.record(ctx, tx, audit.Event{
		Kind: audit.KindDeletionUndone, Outcome: audit.Success, ActorID: u.ID, UserID: u.ID, Email: u.Email, Origin: origin,
	}); err != nil {
		return "", err
	}
	return "", a.Postman.Tell(ctx, tx, mail.DeletionUndone, u, origin)
}
