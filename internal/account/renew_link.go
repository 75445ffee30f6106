package account

import (
	"context"
	"errors"
	"fmt"

	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/jobs"
	"github.com/sallyport-auth/sallyport/internal/link"
	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// RenewLink gives a letter that was given up another link, in the transaction
// in which an operator runs it again. The link it had is superseded, and it
// alone: others of the same address may have arrived. That it has expired is no
// reason to refuse, because its letter never came.
//
// The error wraps jobs.ErrObsolete, and says why, if the link would serve
// nothing: it was used or replaced, its account exists by now or is not active.
func (a *Accounts) RenewLink(ctx context.Context, tx *store.Tx, l mail.Letter) (mail.Letter, error) {
	switch l.TokenTable {
	case mail.TokenPendingSignup:
		return a.renewSignUp(ctx, tx, l)
	case mail.TokenMagicLink:
		// Its code is bound to a browser that nobody waits at any more.
		return l, unwanted("whoever asked to sign in by mail asks again")
	}
	return a.renewToken(ctx, tx, l)
}

// unwanted says why a link is not renewed.
func unwanted(why string) error { return fmt.Errorf("%s: %w", why, jobs.ErrObsolete) }

// renewSignUp puts another row with another link in the place of a pending
// sign-up. Its password and its place among the others stay: it is the same
// sign-up. Where the address has an account nothing changes.
func (a *Accounts) renewSignUp(ctx context.Context, tx *store.Tx, l mail.Letter) (mail.Letter, error) {
	p, err := tx.Signups.ByID(ctx, l.TokenID)
	if errors.Is(err, store.ErrNotFound) {
		return l, unwanted("the sign-up is gone")
	}
	if err != nil {
		return l, err
	}
	u, err := store.Optional(tx.Users.ByEmail(ctx, p.EmailCanonical))
	if err != nil {
		return l, err
	}
	if u != nil {
		return l, unwanted("the address has an account by now")
	}
	now := a.opts.Clock.Now()
	replaced, err := tx.Signups.Supersede(ctx, p.ID, now)
	if err != nil {
		return l, err
	}
	if !replaced {
		return l, unwanted("the sign-up was confirmed, or a newer link was asked for")
	}
	token, hash := link.Draw(store.PurposeVerifyEmail)
	p.ID, p.TokenHash, p.ExpiresAt = id.Ordered(), hash, now.Add(a.opts.VerifyEmailTTL)
	p.MailedAt = now
	return a.signUpLetter(p, token), tx.Signups.Insert(ctx, p)
}

// renewable reports whether a link for a purpose may serve a user. The one that
// undoes a change of address also serves who waits for their deletion.
func renewable(u store.User, purpose store.Purpose) bool {
	return u.Status == store.UserActive || purpose == store.PurposeUndoEmail && u.Status == store.UserPendingDeletion
}

// renewToken mints another one-time token in the place of one.
func (a *Accounts) renewToken(ctx context.Context, tx *store.Tx, l mail.Letter) (mail.Letter, error) {
	t, err := tx.Tokens.ByID(ctx, l.TokenID)
	if errors.Is(err, store.ErrNotFound) {
		return l, unwanted("its token is gone")
	}
	if err != nil {
		return l, err
	}
	u, err := store.Optional(tx.Users.ByID(ctx, t.UserID))
	switch {
	case err != nil:
		return l, err
	case u == nil || !renewable(*u, t.Purpose):
		return l, unwanted("the user is not active")
	case t.Purpose == store.PurposeVerifyEmail && !u.EmailVerifiedAt.IsZero() && !u.ClaimedAt.IsZero():
		return l, unwanted("the address is verified by now")
	}
	held, err := Holds(ctx, tx, u)
	if err != nil {
		return l, err
	}
	if !held {
		return l, fmt.Errorf("renew the link: %w", session.ErrEpochMoved)
	}
	token, renewed, replaced, err := a.opts.Links.Renew(ctx, tx, t, *u, func(ctx context.Context, tx *store.Tx, renewed *store.OneTimeToken) error {
		switch t.Purpose {
		case store.PurposeDisown:
			return a.renewDisown(ctx, tx, t)
		case store.PurposeConfirmEmail, store.PurposeUndoEmail:
			return a.renewChange(ctx, tx, t, renewed, *u)
		case store.PurposeVerifyEmail, store.PurposeResetPassword, store.PurposeRestore:
		}
		renewed.ProofHash, renewed.IP, renewed.UserAgent = t.ProofHash, t.IP, t.UserAgent
		return nil
	})
	if err != nil {
		return l, err
	}
	if !replaced {
		return l, unwanted("its link was used, or a newer one was asked for")
	}
	if t.Purpose != store.PurposeConfirmEmail && t.Purpose != store.PurposeUndoEmail { // those go where they went
		l.To, l.Name = u.Email, u.Name
	}
	return l.With(token, renewed), nil
}

// renewDisown refuses a link that disowns a sign-in which is over.
func (a *Accounts) renewDisown(ctx context.Context, tx *store.Tx, t store.OneTimeToken) error {
	lives, err := a.opts.Sessions.Lives(ctx, tx, t.SessionID)
	if err == nil && !lives {
		err = unwanted("the session that it is about has ended")
	}
	return err
}

// renewChange puts a token that confirms or undoes a change of address in the
// place of another. The letter goes to the address that it went to. A change can
// be undone for as long as ever, and what comes earlier among several stays so.
func (a *Accounts) renewChange(ctx context.Context, tx *store.Tx, t store.OneTimeToken, renewed *store.OneTimeToken, u store.User) error {
	if t.Purpose == store.PurposeConfirmEmail && u.Epoch != t.UserEpoch {
		return unwanted("the account has changed since")
	}
	c, err := tx.Changes.ByToken(ctx, u.ID, t.ID)
	if errors.Is(err, store.ErrNotFound) {
		return unwanted("the change of address is gone")
	}
	if err != nil {
		return err
	}
	if t.Purpose == store.PurposeUndoEmail {
		if renewed.ExpiresAt = c.ConfirmedAt.Add(undoFor); !a.opts.Clock.Now().Before(renewed.ExpiresAt) {
			return unwanted("the time to undo the change of address is over")
		}
		renewed.CreatedAt = t.CreatedAt
	}
	current, err := tx.Changes.Renew(ctx, c.ID, t.ID, renewed.ID, renewed.ExpiresAt)
	if err == nil && !current {
		err = unwanted("the change of address took effect, or was undone")
	}
	return err
}
