package account

import (
	"cmp"
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

// RequestVerification mails another verification link, if there is something to
// verify. The caller learns nothing: the answer and the work are the same for
// every address. Older links go on, and no sign-up changes. proof is what the
// caller was given at sign-up, or empty: the link is one of that sign-up then,
// else of the newest.
//
// Errors: invalid_input.
func (a *Accounts) RequestVerification(ctx context.Context, address, proof string, origin audit.Origin) error {
	return a.requestMail(ctx, address, audit.KindVerificationRequested, mail.VerifyEmail, origin,
		func(ctx context.Context, tx *store.Tx, r request) (mail.Letter, error) {
			return a.resend(ctx, tx, r, proof)
		})
}

// RequestReset mails a reset link, if the address has an account that can use
// one. The caller learns nothing.
//
// Errors: invalid_input.
func (a *Accounts) RequestReset(ctx context.Context, address string, origin audit.Origin) error {
	return a.requestMail(ctx, address, audit.KindResetRequested, mail.ResetPassword, origin, a.askReset)
}

// askReset writes what a request for a new password asks for. Over the limit of
// mails there is a link all the same, if none that was mailed works; what else
// there is to do is done for nobody.
func (a *Accounts) askReset(ctx context.Context, tx *store.Tx, r request) (l mail.Letter, err error) {
	u := r.user()
	stands, err := tx.Tokens.Stands(ctx, u.ID, store.PurposeResetPassword, a.Clock.Now())
	if err != nil {
		return l, err
	}
	able := r.owner != nil && resettable(u)
	send := able && r.allowed
	if !r.allowed {
		if send, err = a.Postman.AllowOnly(ctx, tx, mail.ResetPassword, r.address, able && !stands); err != nil {
			return l, err
		}
	}
	if !send {
		return mail.Letter{Kind: mail.Blank, To: r.address}, a.writeNothing(ctx, tx)
	}
	token, t, err := a.links.Mint(ctx, tx, store.PurposeResetPassword, u, "")
	l = mail.Letter{Kind: mail.ResetPassword, To: u.Email, Name: u.Name, Data: a.told(r.origin, a.now())}
	return l.With(token, t), err
}

// resettable reports whether a user may get a new password. One who is pending
// deletion may, because it may be a thief who deleted the account, with a password
// that only the thief knows; it restores nothing by itself.
func resettable(u store.User) bool {
	return u.Status == store.UserActive || u.Status == store.UserPendingDeletion
}

// writeNothing writes a row that means nothing where a reset token would have
// been written. The purge takes it.
func (a *Accounts) writeNothing(ctx context.Context, tx *store.Tx) error {
	_, hash := link.Draw(store.PurposeVerifyEmail)
	return tx.Signups.Insert(ctx, nothing(hash, a.Clock.Now()))
}

// nothing is a sign-up of nobody, which has expired.
func nothing(tokenHash string, now time.Time) store.PendingSignup {
	return store.PendingSignup{ID: id.Ordered(), TokenHash: tokenHash, CreatedAt: now, ExpiresAt: now, SupersededAt: now}
}

// holds reports whether a user still is who was read, and sees to it that they are
// until the transaction ends: what moves their address, or ends what they had,
// finds the link that is written meanwhile. It does the same work for nobody.
func holds(ctx context.Context, tx *store.Tx, u *store.User) (bool, error) {
	if u == nil {
		u = &store.User{ID: id.Random()}
	}
	return tx.Mailboxes.Hold(ctx, u.ID, u.Epoch, u.EmailCanonical)
}

// request is what somebody asks mail for. owner is the account of the address, or
// nil; allowed says that it is within the limit of mails.
type request struct {
	address, canonical string
	owner              *store.User
	allowed            bool
	origin             audit.Origin
}

// user is the owner, or nobody.
func (r request) user() store.User {
	if r.owner == nil {
		return store.User{ID: id.Random()}
	}
	return *r.owner
}

// requestMail is what both requests have in common: count the mail against the
// recipient, look the account up, and write one job, a blank one where there is
// nobody to write to. Whoever has changed since they were looked up is nobody.
// write gives the letter. Over the limit it is blank, unless it brings the only
// link that works: whatever was counted, the same is written.
func (a *Accounts) requestMail(
	ctx context.Context, typed, kind string, letter mail.Kind, origin audit.Origin,
	write func(ctx context.Context, tx *store.Tx, r request) (mail.Letter, error),
) error {
	spelled := address.Trim(typed)
	canonical, err := email(spelled)
	if err != nil {
		return err
	}
	origin = origin.Clip()
	err = a.Store.Tx(ctx, func(ctx context.Context, tx *store.Tx) error {
		r := request{address: spelled, canonical: canonical, origin: origin}
		var err error
		if r.allowed, err = a.Postman.Allow(ctx, tx, letter, spelled); err != nil {
			return err
		}
		if r.owner, err = optional(tx.Users.ByEmail(ctx, canonical)); err != nil {
			return err
		}
		held, err := holds(ctx, tx, r.owner)
		if err != nil {
			return err
		}
		if !held {
			r.owner = nil
		}
		l, err := write(ctx, tx, r)
		if err != nil {
			return err
		}
		event := audit.Event{Kind: kind, Outcome: audit.Success, Email: spelled, Origin: origin}
		if !r.allowed && l.Kind == mail.Blank {
			event.Outcome, event.Reason = audit.Failure, audit.ReasonRateLimited
		}
		if r.owner != nil {
			event.UserID = r.owner.ID
		}
		if err := a.record(ctx, tx, event); err != nil {
			return err
		}
		return a.Postman.Enqueue(ctx, tx, l)
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

// resend writes the mail that a request for verification asks for. A row and a
// token are written whether or not there is an account and whatever its state: a
// stranger can plant sign-ups and look by their passwords what became of them.
func (a *Accounts) resend(ctx context.Context, tx *store.Tx, r request, proof string) (l mail.Letter, err error) {
	now, u := a.now(), r.user()
	mailed, err := tx.Signups.Mailed(ctx, r.canonical, now)
	if err != nil {
		return l, err
	}
	stands, err := tx.Tokens.Stands(ctx, u.ID, store.PurposeVerifyEmail, now)
	if err != nil {
		return l, err
	}
	of, err := a.resent(ctx, tx, r.canonical, proof)
	if err != nil {
		return l, err
	}
	active := r.owner != nil && u.Status == store.UserActive
	open := active && (u.EmailVerifiedAt.IsZero() || u.ClaimedAt.IsZero()) // to be verified, or claimed
	pending := r.owner == nil && of.ID != ""
	send := r.allowed || open && !stands || pending && !mailed // over the limit, the only link that would work
	token, hash := link.Draw(store.PurposeVerifyEmail)
	row := nothing(hash, now)
	if send && of.ID != "" {
		row = of
		row.ID, row.SignupID, row.TokenHash, row.PasswordHash, row.ProofHash = id.Ordered(), of.ID, hash, "", ""
		row.CreatedAt, row.ExpiresAt, row.ConsumedAt, row.MailedAt = now, now.Add(a.VerifyEmailTTL), time.Time{}, time.Time{}
		if pending {
			row.MailedAt = now
		}
	}
	if err := tx.Signups.Insert(ctx, row); err != nil {
		return l, err
	}
	last, err := tx.Tokens.NewestOfSignUp(ctx, u.ID, store.PurposeVerifyEmail)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return l, err
	}
	switch {
	case !send:
		l = mail.Letter{Kind: mail.Blank, To: r.address}
	case open:
		if last.UserEpoch != u.Epoch { // the password may be another than the one of the sign-up
			last = store.OneTimeToken{}
		}
		l, err = a.verificationLetter(ctx, tx, u, last)
		return l, err
	case active:
		l = mail.Letter{Kind: mail.AccountExists, To: u.Email, Name: u.Name, Data: a.told(r.origin, now)}
	case pending:
		l = a.signUpLetter(row, token)
		l.Language = cmp.Or(r.origin.Language, of.Language)
		l.Data = a.told(audit.Origin{Address: of.IP, UserAgent: of.UserAgent}, of.CreatedAt)
	default:
		l = mail.Letter{Kind: mail.Blank, To: r.address}
	}
	return l, a.writeNothing(ctx, tx)
}

// resent reads the sign-up that another link is asked for, or gives an empty one.
func (a *Accounts) resent(ctx context.Context, tx *store.Tx, canonical, proof string) (store.PendingSignup, error) {
	now := a.Clock.Now()
	own, err := tx.Signups.ByProof(ctx, canonical, secret.Hash(proof), now)
	if err == nil {
		return own, nil
	}
	if !errors.Is(err, store.ErrNotFound) {
		return own, err
	}
	newest, err := tx.Signups.Standing(ctx, canonical, now, 1)
	if err != nil || len(newest) == 0 {
		return store.PendingSignup{}, err
	}
	return newest[0], nil
}
