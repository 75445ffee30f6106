package emailchange

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/sallyport-auth/sallyport/internal/account"
	"github.com/sallyport-auth/sallyport/internal/address"
	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/link"
	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/ratelimit"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/telemetry"
)

// Request is what somebody who is signed in, and proved a short while ago
// who they are, gives to change their address.
type Request struct {
	session.Asker

	NewEmail string
}

// RequestEmailChange mails a link to the new address that makes it the
// account's, and tells the present one. It answers the same, after the same
// work, if the new address has an account; then its owner is told, and nobody
// gets a link. A request takes the place of the one before. Over the limit of
// mails to the new address nothing is kept, and the answer is still the same.
// Over the limit of the user's own requests the user is told.
//
// Errors: invalid_input, invalid_token, rate_limited.
func (e *Changes) RequestEmailChange(ctx context.Context, c Request) (err error) {
	ctx, span := telemetry.Start(ctx, "account.request_email_change")
	defer func() { span.End(err) }()
	c.NewEmail = address.Trim(c.NewEmail)
	canonical, ok := address.Canonical(c.NewEmail)
	if !ok {
		return fault.ErrInvalidInput.WithFields(fault.Wrong("new_email", "email"))
	}
	if err := e.opts.Accounts.CheckDomain("new_email", canonical); err != nil {
		return err
	}
	err = e.opts.Store.Tx(ctx, func(ctx context.Context, tx *store.Tx) error {
		if err := e.opts.Sessions.Hold(ctx, tx, c.Asker); err != nil {
			return err
		}
		u, err := tx.Users.ByID(ctx, c.UserID)
		if err != nil {
			return err
		}
		if canonical == u.EmailCanonical {
			return fault.ErrInvalidInput.WithFields(fault.Wrong("new_email", "same_email"))
		}
		return e.requestEmailChange(ctx, tx, u, c, canonical)
	})
	if err != nil {
		return fmt.Errorf("request change of address: %w", err)
	}
	return nil
}

func (e *Changes) requestEmailChange(ctx context.Context, tx *store.Tx, u store.User, c Request, canonical string) error {
	allowed, err := e.maySend(ctx, tx, u, c.NewEmail, canonical)
	if err != nil {
		return err
	}
	// The event names the account's address, and not the one that may be a
	// stranger's: what the trail holds of a person goes with that person.
	event := audit.Event{
		Kind: audit.KindEmailChangeRequested, Outcome: audit.Success, ActorID: u.ID, UserID: u.ID, SessionID: c.SessionID, Email: u.Email, Origin: c.Origin,
	}
	if !allowed {
		event.Outcome, event.Reason = audit.Failure, audit.ReasonRateLimited
		return e.opts.Trail.Record(ctx, tx, event)
	}
	owner, err := store.Optional(tx.Users.ByEmail(ctx, canonical))
	if err != nil {
		return err
	}
	now := clock.Stored(e.opts.Clock)
	if _, err := tx.Tokens.SupersedeAll(ctx, u.ID, store.PurposeConfirmEmail, now); err != nil {
		return err
	}
	token, t, err := e.opts.Links.Mint(ctx, tx, store.PurposeConfirmEmail, u, "")
	if err != nil {
		return err
	}
	if err := tx.Changes.Insert(ctx, store.EmailChange{
		ID: id.Ordered(), UserID: u.ID, OldEmail: u.Email, OldCanonical: u.EmailCanonical, OldVerifiedAt: u.EmailVerifiedAt,
		NewEmail: c.NewEmail, NewCanonical: canonical, ConfirmTokenID: t.ID, CreatedAt: now, ExpiresAt: t.ExpiresAt,
	}); err != nil {
		return err
	}
	if err := e.opts.Trail.Record(ctx, tx, event); err != nil {
		return err
	}
	data := e.opts.Accounts.Told(c.Origin, now)
	wanted := mail.Letter{Kind: mail.ConfirmEmail, To: c.NewEmail, UserID: u.ID, Data: data}.With(token, t)
	if owner != nil {
		// The token is dropped, so that nobody can ever use it.
		wanted = mail.Letter{Kind: mail.EmailTaken, To: owner.Email, Name: owner.Name, Data: data}
	}
	if err := e.opts.Postman.Enqueue(ctx, tx, wanted); err != nil {
		return err
	}
	return e.opts.Postman.Tell(ctx, tx, mail.EmailChangeRequested, u, c.Origin)
}

// maySend counts a mail to an address that has not asked for it, against the user
// and the address, and reports whether it may be sent. Over the limit of the
// address it may if no link of this account to it works.
func (e *Changes) maySend(ctx context.Context, tx *store.Tx, u store.User, to, canonical string) (bool, error) {
	within, again, err := e.opts.Postman.AllowSender(ctx, tx, mail.ConfirmEmail, u.ID)
	if err != nil {
		return false, err
	}
	if !within {
		return false, ratelimit.ErrLimited.WithRetryAfter(max(again.Sub(e.opts.Clock.Now()), time.Second))
	}
	allowed, err := e.opts.Postman.Allow(ctx, tx, mail.ConfirmEmail, to)
	if err != nil || allowed {
		return allowed, err
	}
	stands, err := e.confirms(ctx, tx, u, canonical)
	if err != nil {
		return false, err
	}
	return e.opts.Postman.AllowOnly(ctx, tx, mail.ConfirmEmail, to, !stands)
}

// confirms reports whether a link of a user's works that was mailed to an address
// to confirm it.
func (e *Changes) confirms(ctx context.Context, tx *store.Tx, u store.User, canonical string) (bool, error) {
	stands, err := tx.Tokens.Stands(ctx, u.ID, store.PurposeConfirmEmail, e.opts.Clock.Now())
	if err != nil || !stands {
		return false, err
	}
	t, err := tx.Tokens.Newest(ctx, u.ID, store.PurposeConfirmEmail)
	if err != nil {
		return false, err
	}
	c, err := tx.Changes.ByToken(ctx, u.ID, t.ID)
	if errors.Is(err, store.ErrNotFound) {
		return false, nil
	}
	return err == nil && c.NewCanonical == canonical, err
}

// EmailConfirmable reports whether a token that confirms a new address would
// work right now, that address, and whose it will be. It changes nothing.
func (e *Changes) EmailConfirmable(ctx context.Context, token string) (usable bool, address, userID string, err error) {
	err = e.opts.Store.View(ctx, func(ctx context.Context, tx *store.Tx) error {
		usable, address, userID = false, "", ""
		t, why, err := e.opts.Links.Look(ctx, tx, store.PurposeConfirmEmail, token)
		if err != nil || why != "" {
			return err
		}
		c, _, why, err := e.confirmable(ctx, tx, t)
		if err == nil && why == "" {
			usable, address, userID = true, c.NewEmail, c.UserID
		}
		return err
	})
	if err != nil {
		return false, "", "", fmt.Errorf("look at change of address: %w", err)
	}
	return usable, address, userID, nil
}

// confirmable reads the change that a token confirms and its user, and says why
// it cannot take effect, or nothing.
func (e *Changes) confirmable(ctx context.Context, tx *store.Tx, t store.OneTimeToken) (c store.EmailChange, u store.User, why string, err error) {
	c, err = tx.Changes.ByToken(ctx, t.UserID, t.ID)
	if errors.Is(err, store.ErrNotFound) {
		return c, u, audit.ReasonUnknown, nil
	}
	if err != nil {
		return c, u, "", err
	}
	if u, err = tx.Users.ByID(ctx, t.UserID); err != nil {
		return c, u, "", err
	}
	switch {
	case u.Status != store.UserActive:
		return c, u, audit.ReasonNotActive, nil
	case u.Epoch != t.UserEpoch, u.EmailCanonical != c.OldCanonical:
		return c, u, audit.ReasonSuperseded, nil
	}
	owner, err := store.Optional(tx.Users.ByEmail(ctx, c.NewCanonical))
	if err == nil && owner != nil {
		why = audit.ReasonTaken
	}
	return c, u, why, err
}

// Confirmation is what somebody gives to confirm a change of address: the
// link shows that they read the new mailbox, and their session or the account's
// password that the account is theirs.
type Confirmation struct {
	Token    string
	Asker    *session.Asker // who is signed in; nil for nobody
	Password string
	Origin   audit.Origin
}

// ConfirmEmail makes the new address the account's, with a token from the mail
// to it and a session or the password of the account: if nobody else has it by
// now, and nothing has happened to the account since that ends what it had. Links that went to the old address die; sessions
// stay. Both addresses are told, and the old one gets a link that undoes the
// change for seven days, if it was ever verified. Of any number of concurrent
// calls exactly one succeeds.
//
// Errors: invalid_token, password_required, invalid_credentials, rate_limited,
// busy.
func (e *Changes) ConfirmEmail(ctx context.Context, c Confirmation) (u store.User, err error) {
	ctx, span := telemetry.Start(ctx, "account.confirm_email")
	defer func() { span.End(err) }()
	s := link.Spending{Purpose: store.PurposeConfirmEmail, Token: c.Token, Origin: c.Origin}
	present, err := e.confirmer(ctx, s, c)
	if err != nil {
		return store.User{}, err
	}
	refused, err := e.opts.Accounts.Spend(ctx, s, func(ctx context.Context, tx *store.Tx, t store.OneTimeToken) (refused string, err error) {
		if present == "" {
			err = e.opts.Sessions.Hold(ctx, tx, *c.Asker)
		} else {
			err = account.StillPresent(ctx, tx, t.UserID, present)
		}
		if err != nil {
			return "", err
		}
		u, refused, err = e.confirmEmail(ctx, tx, t, present != "", c.Origin)
		return refused, err
	})
	if errors.Is(err, store.ErrTaken) {
		return store.User{}, account.ErrInvalidToken // the address was taken in this very moment
	}
	if err != nil {
		return store.User{}, fmt.Errorf("confirm change of address: %w", err)
	}
	if refused != "" {
		return store.User{}, account.ErrInvalidToken
	}
	return u, nil
}

// confirmer makes sure that a link which confirms a change comes from whoever
// asked for it, and gives the hash of the account's password, if that is how.
func (e *Changes) confirmer(ctx context.Context, s link.Spending, c Confirmation) (present string, err error) {
	t, refused, err := e.opts.Links.Look(ctx, e.opts.Store.Direct(), s.Purpose, s.Token)
	if err != nil {
		return "", fmt.Errorf("look at change of address: %w", err)
	}
	switch {
	case refused != "" && !link.WellFormed(s.Purpose, s.Token):
		return "", account.ErrInvalidToken
	case refused != "":
		return "", e.opts.Accounts.RefuseLink(ctx, s, t, refused)
	}
	// What cannot take effect is refused before anybody is asked who they are.
	_, u, refused, err := e.confirmable(ctx, e.opts.Store.Direct(), t)
	switch {
	case err != nil:
		return "", fmt.Errorf("look at change of address: %w", err)
	case refused != "":
		return "", e.opts.Accounts.RefuseLink(ctx, s, t, refused)
	case c.Password != "":
		return e.opts.Accounts.PresentPassword(ctx, u, c.Password, c.Origin)
	case c.Asker == nil || c.Asker.UserID != t.UserID:
		return "", account.ErrPasswordRequired
	}
	return "", nil
}

// confirmEmail does what a token that confirms a change is for, or says why not.
func (e *Changes) confirmEmail(
	ctx context.Context, tx *store.Tx, t store.OneTimeToken, claims bool, origin audit.Origin,
) (u store.User, refused string, err error) {
	c, old, refused, err := e.confirmable(ctx, tx, t)
	if err != nil || refused != "" {
		return u, refused, err
	}
	now := clock.Stored(e.opts.Clock)
	claimed := old.ClaimedAt
	if claims && claimed.IsZero() {
		claimed = now
	}
	applied, err := tx.Users.ChangeEmail(ctx, store.EmailUpdate{
		UserID: old.ID, Epoch: t.UserEpoch, From: c.OldCanonical, Email: c.NewEmail, Canonical: c.NewCanonical, VerifiedAt: now,
		ClaimedAt: claimed, Now: now,
	})
	if err != nil {
		return u, "", err
	}
	if !applied {
		return u, "", session.ErrEpochMoved // read it all again
	}
	if err := e.endLinks(ctx, tx, old.ID); err != nil {
		return u, "", err
	}
	if u, err = tx.Users.ByID(ctx, old.ID); err != nil {
		return u, "", err
	}
	if err := e.opts.Trail.Record(ctx, tx, audit.Event{
		Kind: audit.KindEmailChanged, Outcome: audit.Success, ActorID: u.ID, UserID: u.ID, Email: u.Email, Origin: origin,
	}); err != nil {
		return u, "", err
	}
	if err := e.opts.Postman.Tell(ctx, tx, mail.EmailChanged, u, origin); err != nil {
		return u, "", err
	}
	return u, "", e.tellOldAddress(ctx, tx, c, old, origin)
}

// endLinks consumes the links that went to a user's address and do something to
// the account. Those that undo a change of address stay.
func (e *Changes) endLinks(ctx context.Context, tx *store.Tx, userID string) error {
	if err := e.opts.Accounts.ConsumeLinks(ctx, tx, userID); err != nil {
		return err
	}
	_, err := tx.MagicLinks.Drop(ctx, userID)
	return err
}

// tellOldAddress writes to the address that was replaced. An address that nobody
// ever confirmed may be a stranger's, by a slip of the pen; it gets no link.
func (e *Changes) tellOldAddress(ctx context.Context, tx *store.Tx, c store.EmailChange, old store.User, origin audit.Origin) error {
	l := mail.Letter{
		Kind: mail.EmailReplaced, To: c.OldEmail, Name: old.Name, UserID: old.ID, Notice: true, Data: mail.Circumstances(origin, e.opts.Clock.Now()),
	}
	token, t := e.opts.Links.Make(store.PurposeUndoEmail, old)
	expires := c.ExpiresAt
	if !c.OldVerifiedAt.IsZero() {
		l = l.With(token, t)
		expires = t.ExpiresAt
	}
	confirmed, err := tx.Changes.Confirm(ctx, c, l.TokenID, t.CreatedAt, expires)
	if err != nil {
		return err
	}
	if confirmed.IsZero() {
		return session.ErrEpochMoved
	}
	if l.TokenID != "" {
		t.CreatedAt = confirmed // by which Undo knows the links of later changes
		if err := tx.Tokens.Insert(ctx, t); err != nil {
			return err
		}
	}
	return e.opts.Postman.Enqueue(ctx, tx, l)
}
