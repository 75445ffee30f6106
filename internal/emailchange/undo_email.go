package emailchange

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/sallyport-auth/sallyport/internal/account"
	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/link"
	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/rbac"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/telemetry"
)

// EmailUndoable reports whether a token from the mail to a replaced address
// would work right now, and that address. It changes nothing.
func (e *Changes) EmailUndoable(ctx context.Context, token string) (usable bool, address string, err error) {
	t, ok, err := e.opts.Accounts.Usable(ctx, store.PurposeUndoEmail, token)
	if err != nil || !ok {
		return false, "", err
	}
	c, err := e.opts.Store.Direct().Changes.ByToken(ctx, t.UserID, t.ID)
	if errors.Is(err, store.ErrNotFound) {
		return false, "", nil
	}
	if err != nil {
		return false, "", fmt.Errorf("read change of address: %w", err)
	}
	return true, c.OldEmail, nil
}

// UndoEmailChange gives an account the address back that it had before a change,
// with a token from the mail to that address, whatever has become of the account
// since. Whoever asks for it says that somebody else got in, so every session
// ends, the password works no more, passkeys and second factors that were added
// in the seven days before the change was asked for, or since, are removed, links
// that went to addresses of since die, and a deletion that waits is cancelled. The old address gets a link
// to choose a new password. Of any number of concurrent calls exactly one
// succeeds.
//
// If another account has the old address by now, and has verified it, nothing
// changes and the token stays: only the reader of that mailbox can have made it.
// An account that never verified it loses it.
//
// Errors: invalid_token, email_taken, busy.
func (e *Changes) UndoEmailChange(ctx context.Context, token string, origin audit.Origin) (err error) {
	ctx, span := telemetry.Start(ctx, "account.undo_email_change")
	defer func() { span.End(err) }()
	var undo undoing
	s := link.Spending{
		Purpose: store.PurposeUndoEmail, Token: token, Origin: origin,
		// Before the token is spent: one that is refused for a taken address stays.
		May: func(ctx context.Context, tx *store.Tx, t store.OneTimeToken) (why string, err error) {
			undo, why, err = e.undoable(ctx, tx, t)
			return why, err
		},
	}
	refused, err := e.opts.Accounts.Spend(ctx, s, func(ctx context.Context, tx *store.Tx, _ store.OneTimeToken) (string, error) {
		if undo.holder != nil {
			if err := e.releaseEmail(ctx, tx, *undo.holder, origin); err != nil {
				return "", err
			}
		}
		return "", e.putBack(ctx, tx, undo.user, undo.change, origin)
	})
	switch {
	case errors.Is(err, store.ErrTaken), err == nil && refused == audit.ReasonTaken:
		return account.ErrEmailTaken
	case err != nil:
		return fmt.Errorf("undo change of address: %w", err)
	case refused != "":
		return account.ErrInvalidToken
	}
	return nil
}

// undoing is what an undo needs to know: whose change it is, and who holds the old
// address now without having verified it, or nil.
type undoing struct {
	user   store.User
	change store.EmailChange
	holder *store.User
}

// undoable reads what a token would undo, and says why it may not, or nothing.
func (e *Changes) undoable(ctx context.Context, tx *store.Tx, t store.OneTimeToken) (undo undoing, refused string, err error) {
	if undo.user, err = tx.Users.ByID(ctx, t.UserID); err != nil {
		return undo, "", err
	}
	undo.change, err = tx.Changes.ByToken(ctx, t.UserID, t.ID)
	if errors.Is(err, store.ErrNotFound) || err == nil && undo.user.Status == store.UserErased {
		return undo, audit.ReasonUnknown, nil
	}
	if err != nil {
		return undo, "", err
	}
	owner, err := store.Optional(tx.Users.ByEmail(ctx, undo.change.OldCanonical))
	switch {
	case err != nil || owner == nil || owner.ID == t.UserID:
		return undo, "", err
	case !owner.EmailVerifiedAt.IsZero():
		return undo, audit.ReasonTaken, nil
	}
	undo.holder = owner
	return undo, "", nil
}

// putBack does what an undo is for.
func (e *Changes) putBack(ctx context.Context, tx *store.Tx, u store.User, c store.EmailChange, origin audit.Origin) error {
	now := clock.Stored(e.opts.Clock)
	if err := e.opts.Sessions.EndAll(ctx, tx, u, "", store.ReasonEmailUndone, origin); err != nil {
		return err
	}
	applied, err := tx.Users.ChangeEmail(ctx, store.EmailUpdate{
		UserID: u.ID, Epoch: u.Epoch + 1, From: u.EmailCanonical, Email: c.OldEmail, Canonical: c.OldCanonical, VerifiedAt: c.OldVerifiedAt,
		ClaimedAt: claimedBefore(u, c), Now: now,
	})
	if err != nil {
		return err
	}
	undone := applied
	if applied {
		undone, err = tx.Changes.Undo(ctx, c, now)
	}
	if err != nil {
		return err
	}
	if !undone {
		return session.ErrEpochMoved
	}
	// Not from the request on: whoever makes it chooses its moment, and would add
	// what is to survive a moment before.
	gone, err := tx.Users.RemoveFactors(ctx, u.ID, c.CreatedAt.Add(-undoFor))
	if err != nil {
		return err
	}
	if _, err := tx.Credentials.DropPassword(ctx, u.ID); err != nil {
		return err
	}
	if err := e.endLinksOfSince(ctx, tx, c); err != nil {
		return err
	}
	kept, err := e.keepAfterAll(ctx, tx, u)
	if err != nil {
		return err
	}
	if err := e.opts.Trail.Record(ctx, tx, audit.Event{
		Kind: audit.KindEmailChangeUndone, Outcome: audit.Success, UserID: u.ID, Email: c.OldEmail, Origin: origin,
		Details: map[string]any{
			"passkeys": gone.Passkeys, "code_generators": gone.CodeGenerators, "recovery_codes": gone.RecoveryCodes, "deletion_cancelled": kept,
		},
	}); err != nil {
		return err
	}
	if u.EmailCanonical != c.OldCanonical {
		if err := e.opts.Postman.Tell(ctx, tx, mail.EmailUndone, u, origin); err != nil {
			return err
		}
	}
	if u, err = tx.Users.ByID(ctx, u.ID); err != nil || u.Status != store.UserActive {
		return err // nobody signs in there, whatever they know
	}
	return e.opts.Accounts.MailLink(ctx, tx, u, store.PurposeResetPassword, mail.Letter{Kind: mail.EmailRestored})
}

// claimedBefore is when an account was claimed, if that was before a change of
// address: a claim of since came from a mailbox that the change led to.
func claimedBefore(u store.User, c store.EmailChange) time.Time {
	if u.ClaimedAt.Before(c.CreatedAt) {
		return u.ClaimedAt
	}
	return time.Time{}
}

// endLinksOfSince consumes what was mailed to addresses that came after the one
// that is put back. Those that would undo changes of since, one of which leads
// back to the thief, went with the change itself.
func (e *Changes) endLinksOfSince(ctx context.Context, tx *store.Tx, c store.EmailChange) error {
	if err := e.endLinks(ctx, tx, c.UserID); err != nil {
		return err
	}
	_, err := tx.Tokens.ConsumeAll(ctx, c.UserID, store.PurposeDisown, e.opts.Clock.Now())
	return err
}

// keepAfterAll cancels the deletion of a user who waits for it, and reports
// whether there was one. Whoever took the account may have deleted it.
func (e *Changes) keepAfterAll(ctx context.Context, tx *store.Tx, u store.User) (bool, error) {
	if u.Status != store.UserPendingDeletion {
		return false, nil
	}
	cancelled, err := tx.Deletions.Cancel(ctx, u.ID)
	if err != nil {
		return false, err
	}
	if !cancelled {
		return false, account.ErrInvalidToken // there is no way back any more
	}
	kept, err := rbac.SetStatus(ctx, tx, u.ID, store.UserPendingDeletion, store.UserActive, clock.Stored(e.opts.Clock))
	if err == nil && !kept {
		err = session.ErrEpochMoved
	}
	return kept, err
}
