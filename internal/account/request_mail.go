package account

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/sallyport-auth/sallyport/internal/address"
	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/link"
	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// RequestVerification mails a new verification link, if there is something to
// verify. The caller learns nothing: the answer and the work are the same for
// every address. Older links of the address are superseded.
//
// Errors: invalid_input.
func (a *Accounts) RequestVerification(ctx context.Context, address string, origin audit.Origin) error {
	return a.requestMail(ctx, address, audit.KindVerificationRequested, origin, a.resend)
}

// RequestReset mails a reset link, if the address has an account that can use
// one. The caller learns nothing.
//
// Errors: invalid_input.
func (a *Accounts) RequestReset(ctx context.Context, address string, origin audit.Origin) error {
	return a.requestMail(ctx, address, audit.KindResetRequested, origin,
		func(ctx context.Context, tx store.Tx, _ string, u *store.User) (bool, error) {
			if u == nil || !resettable(*u) {
				return false, a.writeNothing(ctx, tx)
			}
			return true, a.mailReset(ctx, tx, *u, mail.ResetPassword)
		})
}

// resettable reports whether a user may get a new password. One who is pending
// deletion may, because it may be a thief who deleted the account, with a password
// that only the thief knows; it restores nothing by itself.
func resettable(u store.User) bool {
	return u.Status == store.UserActive || u.Status == store.UserPendingDeletion
}

// writeNothing writes a row that means nothing where a reset token would have
// been written: a sign-up of nobody that has expired. The purge takes it.
func (a *Accounts) writeNothing(ctx context.Context, tx store.Tx) error {
	_, hash := secret.NewToken(link.Of(store.PurposeVerifyEmail).Prefix)
	now := a.Clock.Now()
	return tx.Signups.Insert(ctx, store.PendingSignup{
		ID: id.Ordered(), TokenHash: hash, CreatedAt: now, ExpiresAt: now, SupersededAt: now,
	})
}

// holds reports whether a user still is who was read, and sees to it that they are
// until the transaction ends: what moves their address, or ends what they had,
// finds the link that is written meanwhile. It does the same work for nobody.
func holds(ctx context.Context, tx store.Tx, u *store.User) (bool, error) {
	if u == nil {
		u = &store.User{ID: id.Random()}
	}
	return tx.Mailboxes.Hold(ctx, u.ID, u.Epoch, u.EmailCanonical)
}

// requestMail is what both requests have in common: count the mail against the
// recipient, look the account up, and write one job, a blank one where there is
// nobody to write to. Whoever has changed since they were looked up is nobody.
func (a *Accounts) requestMail(
	ctx context.Context, typed, kind string, origin audit.Origin,
	write func(ctx context.Context, tx store.Tx, canonical string, u *store.User) (bool, error),
) error {
	spelled := address.Trim(typed)
	canonical, err := email(spelled)
	if err != nil {
		return err
	}
	err = a.Store.Tx(ctx, func(ctx context.Context, tx store.Tx) error {
		if allowed, err := a.Postman.Allow(ctx, tx, spelled); err != nil || !allowed {
			return err
		}
		u, err := optional(tx.Users.ByEmail(ctx, canonical))
		if err != nil {
			return err
		}
		held, err := holds(ctx, tx, u)
		if err != nil {
			return err
		}
		if !held {
			u = nil
		}
		event := audit.Event{Kind: kind, Outcome: audit.Success, Email: spelled, Origin: origin}
		if u != nil {
			event.UserID = u.ID
		}
		if err := a.record(ctx, tx, event); err != nil {
			return err
		}
		written, err := write(ctx, tx, canonical, u)
		if err != nil || written {
			return err
		}
		return a.Postman.Enqueue(ctx, tx, mail.Letter{Kind: mail.Blank, To: spelled})
	})
	if err != nil {
		return fmt.Errorf("%s: %w", kind, err)
	}
	return nil
}

// optional turns "not found" into nil.
func optional(u store.User, err error) (*store.User, error) {
	if errors.Is(err, store.ErrNotFound) {
		return nil, nil
	}
	return &u, err
}

// resend writes the mail that a request for verification asks for. What is
// pending is renewed and a token is written whether or not there is an account
// and whatever its state: a stranger can plant sign-ups and look by their
// passwords what became of them.
func (a *Accounts) resend(ctx context.Context, tx store.Tx, canonical string, u *store.User) (bool, error) {
	pending, token, err := a.renewPending(ctx, tx, canonical)
	if err != nil {
		return false, err
	}
	active := u != nil && u.Status == store.UserActive
	if active && u.EmailVerifiedAt.IsZero() {
		return true, a.mailVerification(ctx, tx, *u)
	}
	if err := a.mailNoVerification(ctx, tx); err != nil {
		return false, err
	}
	switch {
	case active:
		return true, a.Postman.Enqueue(ctx, tx, mail.Letter{Kind: mail.AccountExists, To: u.Email, Name: u.Name})
	case u == nil && token != "":
		return true, a.Postman.Enqueue(ctx, tx, signUpLetter(pending, token, false))
	default:
		return false, nil
	}
}

// mailNoVerification does the work of mailVerification, but for the mail, for
// nobody.
func (a *Accounts) mailNoVerification(ctx context.Context, tx store.Tx) error {
	if _, err := tx.Tokens.SupersedeAll(ctx, id.Random(), store.PurposeVerifyEmail, a.Clock.Now()); err != nil {
		return err
	}
	return a.writeNothing(ctx, tx)
}

// renewPending replaces what is pending for an address by one row with a new
// token, which it returns; the token is empty if nothing was pending. If several
// sign-ups stand, nobody can tell whose password is the owner's, so the new row
// has none; nor has it if the newest was consumed, which made its account.
func (a *Accounts) renewPending(ctx context.Context, tx store.Tx, canonical string) (store.PendingSignup, string, error) {
	now := a.Clock.Now()
	standing, err := tx.Signups.Standing(ctx, canonical, now, pendingLook)
	if err != nil {
		return store.PendingSignup{}, "", err
	}
	if _, err := tx.Signups.SupersedeAll(ctx, canonical, now); err != nil {
		return store.PendingSignup{}, "", err
	}
	if len(standing) == 0 {
		return store.PendingSignup{}, "", a.writeNothing(ctx, tx)
	}
	token, hash := secret.NewToken(link.Of(store.PurposeVerifyEmail).Prefix)
	p := standing[0]
	if len(standing) > 1 || !p.ConsumedAt.IsZero() {
		p.PasswordHash, p.Name = "", ""
	}
	p.ID, p.TokenHash, p.CreatedAt, p.ExpiresAt, p.ConsumedAt = id.Ordered(), hash, now, now.Add(a.VerifyEmailTTL), time.Time{}
	return p, token, tx.Signups.Insert(ctx, p)
}
