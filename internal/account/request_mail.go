package account

import (
	"context"
	"fmt"
	"time"

	"github.com/sallyport-auth/sallyport/internal/address"
	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/link"
	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// WriteNothing writes a row that means nothing where a reset token would have
// been written. The purge takes it.
func (a *Accounts) WriteNothing(ctx context.Context, tx *store.Tx) error {
	_, hash := link.Draw(store.PurposeVerifyEmail)
	return tx.Signups.Insert(ctx, NoSignUp(hash, a.opts.Clock.Now()))
}

// NoSignUp is a sign-up of nobody, which has expired.
func NoSignUp(tokenHash string, now time.Time) store.PendingSignup {
	return store.PendingSignup{ID: id.Ordered(), TokenHash: tokenHash, CreatedAt: now, ExpiresAt: now, SupersededAt: now}
}

// MailRequest is what somebody asks mail for. Owner is the account of the address, or
// nil; Allowed says that it is within the limit of mails.
type MailRequest struct {
	Address, Canonical string
	Owner              *store.User
	Allowed            bool
	Origin             audit.Origin
}

// User is the owner, or nobody.
func (r MailRequest) User() store.User {
	if r.Owner == nil {
		return store.User{ID: id.Random()}
	}
	return *r.Owner
}

// RequestMail is what both requests have in common: count the mail against the
// recipient, look the account up, and write one job, a blank one where there is
// nobody to write to. Whoever has changed since they were looked up is nobody.
// write gives the letter. Over the limit it is blank, unless it brings the only
// link that works: whatever was counted, the same is written.
func (a *Accounts) RequestMail(
	ctx context.Context, typed, kind string, letter mail.Kind, origin audit.Origin,
	write func(ctx context.Context, tx *store.Tx, r MailRequest) (mail.Letter, error),
) error {
	spelled := address.Trim(typed)
	canonical, err := ReadEmail(spelled)
	if err != nil {
		return err
	}
	origin = origin.Clip()
	err = a.opts.Store.Tx(ctx, func(ctx context.Context, tx *store.Tx) error {
		r := MailRequest{Address: spelled, Canonical: canonical, Origin: origin}
		var err error
		if r.Allowed, err = a.opts.Postman.Allow(ctx, tx, letter, spelled); err != nil {
			return err
		}
		if r.Owner, err = store.Optional(tx.Users.ByEmail(ctx, canonical)); err != nil {
			return err
		}
		held, err := Holds(ctx, tx, r.Owner)
		if err != nil {
			return err
		}
		if !held {
			r.Owner = nil
		}
		l, err := write(ctx, tx, r)
		if err != nil {
			return err
		}
		event := audit.Event{Kind: kind, Outcome: audit.Success, Email: spelled, Origin: origin}
		if !r.Allowed && l.Kind == mail.Blank {
			event.Outcome, event.Reason = audit.Failure, audit.ReasonRateLimited
		}
		if r.Owner != nil {
			event.UserID = r.Owner.ID
		}
		if err := a.opts.Trail.Record(ctx, tx, event); err != nil {
			return err
		}
		return a.opts.Postman.Enqueue(ctx, tx, l)
	})
	if err != nil {
		return fmt.Errorf("%s: %w", kind, err)
	}
	return nil
}
