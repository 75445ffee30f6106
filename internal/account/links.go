package account

import (
	"context"
	"errors"
	"fmt"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/jobs"
	"github.com/sallyport-auth/sallyport/internal/link"
	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/password"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// Spend spends the token of a link in a transaction of its own and does what it
// is for, again while it loses against another change of the user. A refusal is
// recorded and returned with its reason.
//
// Errors: busy.
func (a *Accounts) Spend(
	ctx context.Context, s link.Spending, act func(ctx context.Context, tx *store.Tx, t store.OneTimeToken) (refused string, err error),
) (refused string, err error) {
	if !link.WellFormed(s.Purpose, s.Token) {
		return audit.ReasonUnknown, nil
	}
	err = Retry(ctx, func(ctx context.Context) error {
		return a.opts.Store.Tx(ctx, func(ctx context.Context, tx *store.Tx) (err error) {
			refused, err = a.opts.Links.Spend(ctx, tx, s, act)
			return err
		})
	})
	return refused, err
}

// Usable reports whether a token would work right now, and gives it. It changes
// nothing.
func (a *Accounts) Usable(ctx context.Context, purpose store.Purpose, token string) (t store.OneTimeToken, ok bool, err error) {
	t, why, err := a.opts.Links.Look(ctx, a.opts.Store.Direct(), purpose, token)
	if err != nil {
		return t, false, fmt.Errorf("look at one-time token: %w", err)
	}
	return t, why == "", nil
}

// RefuseLink records that a link cannot be used and gives the one error for it.
func (a *Accounts) RefuseLink(ctx context.Context, s link.Spending, t store.OneTimeToken, why string) error {
	err := a.opts.Store.Tx(ctx, func(ctx context.Context, tx *store.Tx) error { return a.opts.Links.Refuse(ctx, tx, s, t, why) })
	if err != nil {
		return fmt.Errorf("record refused link: %w", err)
	}
	return ErrInvalidToken
}

// MailLink mails a link of a purpose to a user.
func (a *Accounts) MailLink(ctx context.Context, tx *store.Tx, u store.User, purpose store.Purpose, l mail.Letter) error {
	token, t, err := a.opts.Links.Mint(ctx, tx, purpose, u, "")
	if err != nil {
		return err
	}
	l.To, l.Name = u.Email, u.Name
	return a.opts.Postman.Enqueue(ctx, tx, l.With(token, t))
}

// ConsumeLinks consumes the links that went to a user's address and do something
// to the account, but for those that sign in, which know the epoch. Those that
// undo a change of address stay.
func (a *Accounts) ConsumeLinks(ctx context.Context, tx *store.Tx, userID string) error {
	for _, purpose := range []store.Purpose{store.PurposeResetPassword, store.PurposeVerifyEmail, store.PurposeConfirmEmail} {
		if _, err := tx.Tokens.ConsumeAll(ctx, userID, purpose, a.opts.Clock.Now()); err != nil {
			return err
		}
	}
	return nil
}

// Retry runs change again while it loses against another change of the user.
//
// Errors: busy.
func Retry(ctx context.Context, change func(ctx context.Context) error) error {
	err := store.Again(ctx, session.ErrEpochMoved, change)
	if errors.Is(err, session.ErrEpochMoved) {
		return password.ErrBusy.WithCause(err)
	}
	return err
}

// Holds reports whether a user still is who was read, and sees to it that they are
// until the transaction ends: what moves their address, or ends what they had,
// finds the link that is written meanwhile. It does the same work for nobody.
func Holds(ctx context.Context, tx *store.Tx, u *store.User) (bool, error) {
	if u == nil {
		u = &store.User{ID: id.Random()}
	}
	return tx.Users.Hold(ctx, u.ID, u.Epoch, u.EmailCanonical)
}

// Renewal is what a room says of a link that is to take the place of another.
type Renewal struct {
	Leaving bool // it serves a user who waits for their deletion as well
	// Serves says why a link would serve a user nothing, by an error that wraps
	// jobs.ErrObsolete. It may be nil.
	Serves func(u store.User, t store.OneTimeToken) error
	// Adjust changes the new token before it is stored, or refuses it as Serves
	// does. It may be nil.
	Adjust func(ctx context.Context, tx *store.Tx, t store.OneTimeToken, renewed *store.OneTimeToken, u store.User) error
}

// RenewToken mints another one-time token in the place of the one in a letter,
// which is for its user, at their address of now.
//
// The error wraps jobs.ErrObsolete, and says why, if the link would serve nothing.
func (a *Accounts) RenewToken(ctx context.Context, tx *store.Tx, l mail.Letter, r Renewal) (mail.Letter, error) {
	t, err := tx.Tokens.ByID(ctx, l.TokenID)
	if errors.Is(err, store.ErrNotFound) {
		return l, jobs.Obsolete("its token is gone")
	}
	if err != nil {
		return l, err
	}
	u, err := store.Optional(tx.Users.ByID(ctx, t.UserID))
	switch {
	case err != nil:
		return l, err
	case u == nil || u.Status != store.UserActive && (!r.Leaving || u.Status != store.UserPendingDeletion):
		return l, jobs.Obsolete("the user is not active")
	}
	if r.Serves != nil {
		if err := r.Serves(*u, t); err != nil {
			return l, err
		}
	}
	held, err := Holds(ctx, tx, u)
	if err != nil {
		return l, err
	}
	if !held {
		return l, fmt.Errorf("renew the link: %w", session.ErrEpochMoved)
	}
	token, renewed, replaced, err := a.opts.Links.Renew(ctx, tx, t, *u, func(ctx context.Context, tx *store.Tx, renewed *store.OneTimeToken) error {
		if r.Adjust == nil {
			return nil
		}
		return r.Adjust(ctx, tx, t, renewed, *u)
	})
	if err != nil {
		return l, err
	}
	if !replaced {
		return l, jobs.Obsolete("its link was used, or a newer one was asked for")
	}
	l.To, l.Name = u.Email, u.Name
	return l.With(token, renewed), nil
}
