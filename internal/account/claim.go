package account

import (
	"context"
	"fmt"
	"time"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// clear removes from an unclaimed account what was added to sign in with beside
// the password, and gives what that was; nil if the account is claimed. It holds
// the user first, as everybody does who adds something: what a stranger adds in
// this moment is of before, and goes, or waits until their session has ended.
func (a *Accounts) clear(ctx context.Context, tx *store.Tx, u store.User) (*store.FactorsGone, error) {
	if !u.ClaimedAt.IsZero() {
		return nil, nil //nolint:nilnil // nothing was looked at
	}
	held, err := Holds(ctx, tx, &u)
	if err != nil {
		return nil, err
	}
	if !held {
		return nil, session.ErrEpochMoved
	}
	gone, err := tx.Users.RemoveFactors(ctx, u.ID, time.UnixMicro(0))
	if err != nil {
		return nil, fmt.Errorf("clear account: %w", err)
	}
	if err := a.ConsumeLinks(ctx, tx, u.ID); err != nil {
		return nil, err
	}
	return &gone, nil
}

// CleanStart drops the password of an unclaimed account whose mailbox was just
// shown to be the caller's, with everything that was added to sign in with, and
// ends every session; the account is claimed then. It gives the user as they are
// afterwards. Of a claimed account nothing is touched.
func (a *Accounts) CleanStart(ctx context.Context, tx *store.Tx, u store.User, origin audit.Origin) (store.User, error) {
	gone, err := a.clear(ctx, tx, u)
	if err != nil || gone == nil {
		return u, err
	}
	if _, err := tx.Credentials.DropPassword(ctx, u.ID); err != nil {
		return u, err
	}
	if err := a.opts.Codes.Forgive(ctx, tx, u.ID); err != nil {
		return u, err
	}
	if err := a.opts.Sessions.EndAll(ctx, tx, u, "", store.ReasonPasswordReset, origin); err != nil {
		return u, err
	}
	if err := a.MarkVerified(ctx, tx, u, true); err != nil {
		return u, err
	}
	if err := a.opts.Trail.Record(ctx, tx, audit.Event{
		Kind: audit.KindAccountCleared, Outcome: audit.Success, ActorID: u.ID, UserID: u.ID, Email: u.Email, Origin: origin, Details: details(gone),
	}); err != nil {
		return u, err
	}
	if u, err = tx.Users.ByID(ctx, u.ID); err != nil {
		return u, err
	}
	return u, a.opts.Postman.Tell(ctx, tx, mail.AccountCleared, u, origin)
}

// OfferClaim mails a link that claims an account, if nobody has claimed it: what
// was just added to it would not outlive a reset. Its page asks for the password.
func (a *Accounts) OfferClaim(ctx context.Context, tx *store.Tx, u store.User, origin audit.Origin) error {
	if !u.ClaimedAt.IsZero() {
		return nil
	}
	allowed, err := a.opts.Postman.Allow(ctx, tx, mail.ClaimAccount, u.Email)
	if err != nil {
		return err
	}
	stands, err := tx.Tokens.Stands(ctx, u.ID, store.PurposeVerifyEmail, a.opts.Clock.Now())
	if err != nil || !allowed && stands {
		return err
	}
	return a.MailLink(ctx, tx, u, store.PurposeVerifyEmail, mail.Letter{Kind: mail.ClaimAccount, Data: a.Told(origin, clock.Stored(a.opts.Clock))})
}

// MarkVerified records that the user reads the mailbox and, if it claims, that
// the account is theirs; then no other verification link has anything to do.
func (a *Accounts) MarkVerified(ctx context.Context, tx *store.Tx, u store.User, claims bool) error {
	if _, err := tx.Users.MarkVerified(ctx, u.ID, clock.Stored(a.opts.Clock)); err != nil || !claims {
		return err
	}
	if _, err := tx.Users.Claim(ctx, u.ID, clock.Stored(a.opts.Clock)); err != nil {
		return err
	}
	_, err := tx.Tokens.ConsumeAll(ctx, u.ID, store.PurposeVerifyEmail, a.opts.Clock.Now())
	return err
}
