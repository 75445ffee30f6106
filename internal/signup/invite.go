package signup

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/sallyport-auth/sallyport/internal/account"
	"github.com/sallyport-auth/sallyport/internal/address"
	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/jobs"
	"github.com/sallyport-auth/sallyport/internal/link"
	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/rbac"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/token"
)

// How long an invitation works: InvitationTTL unless the operator says otherwise, and
// within the other two.
const (
	InvitationTTL    = 7 * 24 * time.Hour
	MinInvitationTTL = time.Hour
	MaxInvitationTTL = 90 * 24 * time.Hour
)

var (
	// ErrNoInvitation is returned for an invitation that does not stand: there is none,
	// or it was accepted, replaced or withdrawn.
	ErrNoInvitation = fault.New(fault.NotFound, "invitation_not_found")

	errRoles   = fault.ErrInvalidInput.WithFields(fault.Wrong("roles", "role"))
	errExpires = fault.ErrInvalidInput.WithFields(fault.Wrong("expires_in", "invitation_expires"))
)

// Invite is the input of an invitation. Without TTL it works for [InvitationTTL].
type Invite struct {
	Email string
	Roles []string
	TTL   time.Duration
	By    audit.Operator
}

// Invite offers an account to whoever reads a mailbox, and mails them a link. An
// invitation of the address that stands is replaced: its link ends. Whether sign-up is
// open does not matter, nor which domains may sign up, nor the operator's program that
// is asked before a sign-up: an operator decides. They are told if the address has an
// account, as with [SignUps.Create].
//
// Errors: invalid_input, email_taken, outranked, and those of rbac.Roles.Hold, also for
// an operator who offers roles and may not assign them.
func (up *SignUps) Invite(ctx context.Context, i Invite) (store.Invitation, error) {
	made, plain, err := up.invitation(i)
	if err != nil {
		return store.Invitation{}, err
	}
	err = store.Again(ctx, store.ErrTaken, func(ctx context.Context) error {
		return up.opts.Store.Tx(ctx, func(ctx context.Context, tx *store.Tx) error { return up.addInvitation(ctx, tx, i.By, made, plain) })
	})
	if err != nil {
		return store.Invitation{}, fmt.Errorf("invite: %w", err)
	}
	return made, nil
}

// invitation reads what an operator offers.
func (up *SignUps) invitation(i Invite) (made store.Invitation, plain string, err error) {
	email := address.Trim(i.Email)
	canonical, err := account.ReadEmail(email)
	if err != nil {
		return made, "", err
	}
	for _, role := range i.Roles {
		if rbac.CheckName(role) != nil {
			return made, "", errRoles
		}
	}
	roles := slices.Compact(slices.Sorted(slices.Values(i.Roles)))
	if len(roles) > rbac.MaxRoles || token.CheckUserData("{}", "", roles) != nil {
		return made, "", errRoles
	}
	if i.TTL == 0 {
		i.TTL = InvitationTTL
	}
	if i.TTL < MinInvitationTTL || i.TTL > MaxInvitationTTL {
		return made, "", errExpires
	}
	now := clock.Stored(up.opts.Clock)
	plain, hash := link.Draw(link.Invitation)
	return store.Invitation{
		ID: id.Ordered(), Email: email, EmailCanonical: canonical, TokenHash: hash, Roles: roles, Language: i.By.Origin.Language,
		InvitedBy: i.By.UserID, CreatedAt: now, ExpiresAt: now.Add(i.TTL),
	}, plain, nil
}

// addInvitation writes an invitation in the place of the one that stands, and its mail.
// It returns store.ErrTaken if another took that place this very moment.
func (up *SignUps) addInvitation(ctx context.Context, tx *store.Tx, by audit.Operator, i store.Invitation, plain string) error {
	for _, permission := range offering(i) {
		if err := up.opts.Roles.Hold(ctx, tx, by, permission); err != nil {
			return err
		}
	}
	if len(i.Roles) > 0 {
		if err := up.opts.Roles.MayGive(ctx, tx, by, i.Roles); err != nil {
			return err
		}
	}
	owner, err := store.Optional(tx.Users.ByEmail(ctx, i.EmailCanonical))
	if err != nil {
		return err
	}
	if owner != nil {
		return account.ErrEmailTaken
	}
	if _, err := tx.Invitations.Replace(ctx, i.EmailCanonical, i.CreatedAt); err != nil {
		return err
	}
	if err := tx.Invitations.Insert(ctx, i); err != nil {
		return err
	}
	if err := up.opts.Trail.Record(ctx, tx, invitationEvent(by.Event(audit.KindInvitationCreated, ""), i)); err != nil {
		return err
	}
	return up.opts.Postman.Enqueue(ctx, tx, invitationLetter(i, plain))
}

// offering is what an operator needs to make an invitation.
func offering(i store.Invitation) []string {
	if len(i.Roles) == 0 {
		return []string{rbac.InviteUsers}
	}
	return []string{rbac.InviteUsers, rbac.AssignRoles}
}

// invitationEvent adds to an event which invitation it is about.
func invitationEvent(e audit.Event, i store.Invitation) audit.Event {
	e.Email = i.Email
	e.Details = map[string]any{"invitation": i.ID, "roles": append([]string{}, i.Roles...)}
	return e
}

func invitationLetter(i store.Invitation, plain string) mail.Letter {
	return mail.Letter{
		Kind: mail.Invitation, To: i.Email, Language: i.Language,
		Token: plain, TokenID: i.ID, TokenTable: mail.TokenInvitation, ExpiresAt: i.ExpiresAt,
	}
}

// Invitations gives a page of invitations, the newest first, also those that ended, as
// long as they are kept; the cursor is the id.
func (up *SignUps) Invitations(ctx context.Context, page store.Page) ([]store.Invitation, error) {
	list, err := up.opts.Store.Direct().Invitations.List(ctx, page)
	if err != nil {
		return nil, fmt.Errorf("list invitations: %w", err)
	}
	return list, nil
}

// InvitationState names what became of an invitation: open, accepted, superseded,
// withdrawn or expired.
func (up *SignUps) InvitationState(i store.Invitation) string {
	switch {
	case !i.ConsumedAt.IsZero():
		return "accepted"
	case !i.WithdrawnAt.IsZero():
		return audit.ReasonWithdrawn
	case !i.SupersededAt.IsZero():
		return audit.ReasonSuperseded
	case !up.opts.Clock.Now().Before(i.ExpiresAt):
		return audit.ReasonExpired
	}
	return "open"
}

// Withdraw ends an invitation that stands: its link ends. Rank does not matter, because
// nobody gains anything by it.
//
// Errors: invitation_not_found, those of rbac.Roles.Hold.
func (up *SignUps) Withdraw(ctx context.Context, invitationID string, by audit.Operator) error {
	err := up.opts.Store.Tx(ctx, func(ctx context.Context, tx *store.Tx) error {
		if err := up.opts.Roles.Hold(ctx, tx, by, rbac.InviteUsers); err != nil {
			return err
		}
		ended, err := tx.Invitations.Withdraw(ctx, invitationID, clock.Stored(up.opts.Clock))
		if err != nil {
			return err
		}
		if !ended {
			return ErrNoInvitation
		}
		i, err := tx.Invitations.ByID(ctx, invitationID)
		if err != nil {
			return err
		}
		return up.opts.Trail.Record(ctx, tx, invitationEvent(by.Event(audit.KindInvitationWithdrawn, ""), i))
	})
	if err != nil {
		return fmt.Errorf("withdraw invitation: %w", err)
	}
	return nil
}

// renewInvitation gives an invitation another link, for as long as the first worked, or the longest
// that an invitation may.
func (up *SignUps) renewInvitation(ctx context.Context, tx *store.Tx, l mail.Letter) (mail.Letter, error) {
	i, err := tx.Invitations.ByID(ctx, l.TokenID)
	if errors.Is(err, store.ErrNotFound) {
		return l, jobs.Obsolete("the invitation is gone")
	}
	if err != nil {
		return l, err
	}
	plain, hash := link.Draw(link.Invitation)
	i.ExpiresAt = clock.Stored(up.opts.Clock).Add(min(i.ExpiresAt.Sub(i.CreatedAt), MaxInvitationTTL))
	renewed, err := tx.Invitations.Renew(ctx, i.ID, hash, i.ExpiresAt)
	if err != nil {
		return l, err
	}
	if !renewed {
		return l, jobs.Obsolete("the invitation was accepted, replaced or withdrawn")
	}
	return invitationLetter(i, plain), nil
}
