package account

import (
	"context"
	"fmt"
	"time"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// setByMail gives an account a new password because of a mailed link, ends every
// session and tells the user. It starts an unclaimed account afresh: whoever added
// something before may be a stranger.
func (a *Accounts) setByMail(ctx context.Context, tx *store.Tx, u store.User, encoded string, origin audit.Origin) error {
	if err := a.replacePassword(ctx, tx, u, encoded); err != nil {
		return err
	}
	gone, err := a.clear(ctx, tx, u)
	if err != nil {
		return err
	}
	told := u
	told.EmailVerifiedAt = a.now() // the reader of the mailbox is the one who asks
	if err := a.passwordIsNew(ctx, tx, told, "", audit.KindPasswordReset, origin, gone); err != nil {
		return err
	}
	if err := a.Sessions.EndAll(ctx, tx, u, "", store.ReasonPasswordReset, origin); err != nil {
		return err
	}
	return a.markVerified(ctx, tx, u, true)
}

// clear removes from an unclaimed account what was added to sign in with beside
// the password, and gives what that was; nil if the account is claimed. It holds
// the user first, as everybody does who adds something: what a stranger adds in
// this moment is of before, and goes, or waits until their session has ended.
func (a *Accounts) clear(ctx context.Context, tx *store.Tx, u store.User) (*store.FactorsGone, error) {
	if !u.ClaimedAt.IsZero() {
		return nil, nil //nolint:nilnil // nothing was looked at
	}
	held, err := holds(ctx, tx, &u)
	if err != nil {
		return nil, err
	}
	if !held {
		return nil, session.ErrEpochMoved
	}
	gone, err := tx.Removals.FactorsSince(ctx, u.ID, time.UnixMicro(0))
	if err != nil {
		return nil, fmt.Errorf("clear account: %w", err)
	}
	if err := a.consumeLinks(ctx, tx, u.ID); err != nil {
		return nil, err
	}
	return &gone, nil
}

// details is what the trail says of what was removed.
func details(gone *store.FactorsGone) map[string]any {
	if gone == nil {
		return nil
	}
	return map[string]any{
		"cleared": true, "passkeys": gone.Passkeys, "code_generators": gone.CodeGenerators, "recovery_codes": gone.RecoveryCodes,
		"identities": gone.Identities,
	}
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
	if _, err := tx.Removals.Password(ctx, u.ID); err != nil {
		return u, err
	}
	if err := a.Codes.Forgive(ctx, tx, u.ID); err != nil {
		return u, err
	}
	if err := a.Sessions.EndAll(ctx, tx, u, "", store.ReasonPasswordReset, origin); err != nil {
		return u, err
	}
	if err := a.markVerified(ctx, tx, u, true); err != nil {
		return u, err
	}
	if err := a.record(ctx, tx, audit.Event{
		Kind: audit.KindAccountCleared, Outcome: audit.Success, ActorID: u.ID, UserID: u.ID, Email: u.Email, Origin: origin, Details: details(gone),
	}); err != nil {
		return u, err
	}
	if u, err = tx.Users.ByID(ctx, u.ID); err != nil {
		return u, err
	}
	return u, a.Postman.Tell(ctx, tx, mail.AccountCleared, u, origin)
}

// OfferClaim mails a link that claims an account, if nobody has claimed it: what
// was just added to it would not outlive a reset. Its page asks for the password.
func (a *Accounts) OfferClaim(ctx context.Context, tx *store.Tx, u store.User, origin audit.Origin) error {
	if !u.ClaimedAt.IsZero() {
		return nil
	}
	allowed, err := a.Postman.Allow(ctx, tx, mail.ClaimAccount, u.Email)
	if err != nil {
		return err
	}
	stands, err := tx.Tokens.Stands(ctx, u.ID, store.PurposeVerifyEmail, a.Clock.Now())
	if err != nil || !allowed && stands {
		return err
	}
	return a.mailToken(ctx, tx, u, store.PurposeVerifyEmail, mail.Letter{Kind: mail.ClaimAccount, Data: a.told(origin, a.now())})
}
