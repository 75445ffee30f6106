package signup

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/sallyport-auth/sallyport/internal/account"
	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/link"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/telemetry"
)

// reasonInviter is why an invitation is refused whose operator may not invite, or not
// give its roles, any more.
const reasonInviter = "inviter_may_not"

// Acceptance is the input of an invitation that is accepted.
type Acceptance struct {
	Token, Password, Name string
	Origin                audit.Origin
	// Then does more in the same transaction, with the user who was made. It may be nil.
	Then func(ctx context.Context, tx *store.Tx, u store.User) error
}

// Acceptable looks at the link of an invitation, and gives the address that it was
// mailed to if it would work now. It changes nothing, so link scanners do no harm.
func (up *SignUps) Acceptable(ctx context.Context, token string) (email string, usable bool, err error) {
	if !link.WellFormed(link.Invitation, token) {
		return "", false, nil
	}
	i, why, err := up.invited(ctx, up.opts.Store.Direct(), token)
	if err != nil {
		return "", false, fmt.Errorf("look at invitation: %w", err)
	}
	return i.Email, why == "", nil
}

// invited reads the invitation of a token, and says why it cannot be accepted, or
// nothing. Whether its operator may still invite is asked when it is.
func (up *SignUps) invited(ctx context.Context, tx *store.Tx, token string) (i store.Invitation, why string, err error) {
	i, err = tx.Invitations.ByTokenHash(ctx, secret.Hash(token))
	if errors.Is(err, store.ErrNotFound) {
		return i, audit.ReasonUnknown, nil
	}
	if err != nil {
		return i, "", err
	}
	if !i.WithdrawnAt.IsZero() {
		return i, audit.ReasonWithdrawn, nil
	}
	if why := link.State(up.opts.Clock.Now(), i.ExpiresAt, i.ConsumedAt, i.SupersededAt); why != "" {
		return i, why, nil
	}
	owner, err := store.Optional(tx.Users.ByEmail(ctx, i.EmailCanonical))
	if err == nil && owner != nil {
		why = "account_exists"
	}
	return i, why, err
}

// Accept makes the account that an invitation offers: verified, because the link was
// mailed, and claimed. The roles are those of the invitation, if the operator who
// invited may still give them; otherwise nothing is given, and the invitation stands.
// Of any number of calls one makes the account.
//
// Errors: invalid_token for whatever is wrong with the invitation; invalid_input,
// weak_password, busy.
func (up *SignUps) Accept(ctx context.Context, a Acceptance) (u store.User, err error) {
	ctx, span := telemetry.Start(ctx, "account.accept_invitation")
	defer func() { span.End(err) }()
	if !link.WellFormed(link.Invitation, a.Token) {
		return store.User{}, account.ErrInvalidToken
	}
	a.Origin = a.Origin.Clip()
	s := link.Spending{Purpose: link.Invitation, Token: a.Token, Origin: a.Origin}
	i, why, err := up.invited(ctx, up.opts.Store.Direct(), a.Token)
	if err == nil && why != "" {
		return store.User{}, up.opts.Accounts.RefuseLink(ctx, s, store.OneTimeToken{}, why)
	}
	var n newcomer
	if err == nil {
		n, err = up.newcomer(ctx, i.Email, a.Password, a.Name, func(newcomer) error { return nil }) // an operator decided
	}
	if err == nil {
		err = up.opts.Store.Tx(ctx, func(ctx context.Context, tx *store.Tx) (err error) {
			if u, why, err = up.acceptOnce(ctx, tx, i, n, a); err != nil || why == "" {
				return err
			}
			return up.opts.Links.Refuse(ctx, tx, s, store.OneTimeToken{}, why)
		})
	}
	if err == nil && why != "" || errors.Is(err, store.ErrTaken) {
		return store.User{}, account.ErrInvalidToken // ErrTaken: the address got an account this very moment
	}
	if err != nil {
		return store.User{}, fmt.Errorf("accept invitation: %w", err)
	}
	return u, nil
}

// acceptOnce ends an invitation and makes its account, or says why not. The rows of
// users are taken first, as everywhere.
func (up *SignUps) acceptOnce(
	ctx context.Context, tx *store.Tx, i store.Invitation, n newcomer, a Acceptance,
) (u store.User, refused string, err error) {
	if i.InvitedBy != "" {
		may, err := up.opts.Roles.Keeps(ctx, tx, i.InvitedBy, offering(i), i.Roles)
		if err != nil {
			return u, "", err
		}
		if !may {
			return u, reasonInviter, nil
		}
	}
	consumed, err := tx.Invitations.Consume(ctx, i.ID, up.opts.Clock.Now())
	if err != nil {
		return u, "", err
	}
	if !consumed {
		_, why, err := up.invited(ctx, tx, a.Token)
		return u, orConsumed(why), err
	}
	u = up.newUser(n, i.Roles)
	u.EmailVerifiedAt, u.ClaimedAt, u.Language = u.CreatedAt, u.CreatedAt, a.Origin.Language
	if err := up.insertUser(ctx, tx, u, n.passwordHash, a.Origin); err != nil {
		return u, "", err
	}
	for _, e := range []audit.Event{
		{Kind: audit.KindEmailVerified, Details: map[string]any{"by": "invitation", "claimed": true}},
		{Kind: audit.KindInvitationAccepted, Details: map[string]any{"invitation": i.ID, "roles": append([]string{}, i.Roles...)}},
	} {
		e.Outcome, e.ActorID, e.UserID, e.Email, e.Origin = audit.Success, u.ID, u.ID, u.Email, a.Origin
		if err := up.opts.Trail.Record(ctx, tx, e); err != nil {
			return u, "", err
		}
	}
	if a.Then == nil {
		return u, "", nil
	}
	return u, "", a.Then(ctx, tx, u)
}

// orConsumed is why an invitation could not be consumed: where nothing is to be seen
// yet, another call did.
func orConsumed(why string) string {
	if why == "" {
		return audit.ReasonConsumed
	}
	return why
}

// maintainInvitations deletes invitations that expired long enough ago.
func (up *SignUps) maintainInvitations(ctx context.Context, before time.Time) error {
	if err := store.InBatches(ctx, before, up.opts.Store.Direct().Invitations.Purge); err != nil {
		return fmt.Errorf("purge invitations: %w", err)
	}
	return nil
}
