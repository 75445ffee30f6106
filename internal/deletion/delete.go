package deletion

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/sallyport-auth/sallyport/internal/account"
	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/ratelimit"
	"github.com/sallyport-auth/sallyport/internal/rbac"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/telemetry"
	"github.com/sallyport-auth/sallyport/internal/token"
)

// Request is what somebody who is signed in gives to have their account
// deleted: their password, or what their session proved a short while ago.
type Request struct {
	Claims   token.Claims // of the session that asks
	Password string       // may be empty
	Origin   audit.Origin
}

// Delete makes a user pending deletion: every session ends at once, nobody signs
// in, and after the cooling period everything personal is erased (package
// personal). It gives the time of that, which is mailed as well. With no cooling
// period the user is erased now. Wrong passwords count as guesses, against the
// session alone.
//
// Errors: invalid_credentials, reauthentication_required, invalid_token,
// rate_limited, busy.
func (d *Deletions) Delete(ctx context.Context, r Request) (erasedAt time.Time, err error) {
	ctx, span := telemetry.Start(ctx, "account.delete")
	defer func() { span.End(err) }()
	u, err := d.opts.Accounts.Profile(ctx, r.Claims.Subject)
	if err != nil {
		return time.Time{}, err
	}
	if err := d.mayDelete(ctx, u, r); err != nil {
		return time.Time{}, err
	}
	erasedAt = clock.Stored(d.opts.Clock).Add(d.opts.Cooling)
	err = d.opts.Store.Tx(ctx, func(ctx context.Context, tx *store.Tx) error { return d.beginDeletion(ctx, tx, u, r, erasedAt) })
	if err != nil {
		return time.Time{}, fmt.Errorf("delete account: %w", err)
	}
	if d.opts.Cooling == 0 {
		// The deletion is committed; what is not erased now the next round does.
		if err := d.opts.Records.Erase(context.WithoutCancel(ctx), u.ID); err != nil {
			d.opts.Log.ErrorContext(ctx, "erasure is put off", slog.Any("error", err))
		}
	}
	return erasedAt, nil
}

// mayDelete makes sure that it is the user who asks. A password counts as
// authentication of this moment; where it is not enough by itself, it is not
// even looked at.
func (d *Deletions) mayDelete(ctx context.Context, u store.User, r Request) error {
	recent := d.opts.Sessions.Recent(ctx, r.Claims)
	if r.Password == "" {
		return recent
	}
	if recent != nil {
		now := r.Claims
		now.AuthTime, now.AMR = d.opts.Clock.Now(), []string{session.AMRPassword}
		if err := d.opts.Sessions.Recent(ctx, now); err != nil {
			return err
		}
	}
	_, err := d.opts.Accounts.ProveCurrent(ctx, u, r.Password, ratelimit.SessionBudget(r.Claims.SessionID), audit.Event{
		Kind: audit.KindDeletionBegun, ActorID: u.ID, UserID: u.ID, SessionID: r.Claims.SessionID, Origin: r.Origin,
	})
	return err
}

// beginDeletion is undone if the user is not what was read before, or the
// session that asks has ended: exactly one of any number of calls begins.
func (d *Deletions) beginDeletion(ctx context.Context, tx *store.Tx, u store.User, r Request, eraseAt time.Time) error {
	now := clock.Stored(d.opts.Clock)
	// It takes the user's row first, so that those who lose hold nothing that the
	// winner waits for.
	if err := d.opts.Sessions.Hold(ctx, tx, session.Asker{UserID: u.ID, SessionID: r.Claims.SessionID}); err != nil {
		return err
	}
	begun, err := rbac.SetStatus(ctx, tx, u.ID, store.UserActive, store.UserPendingDeletion, now)
	if err != nil {
		return err
	}
	if !begun {
		return account.ErrSignedOut
	}
	// What a deletion left behind that an operator put an end to, begun or not.
	for _, forget := range []func(context.Context, string) (bool, error){tx.Deletions.Cancel, tx.Deletions.Finish} {
		if _, err := forget(ctx, u.ID); err != nil {
			return err
		}
	}
	if err := tx.Deletions.Insert(ctx, store.Deletion{UserID: u.ID, RequestedAt: now, EraseAt: eraseAt}); err != nil {
		return err
	}
	if _, err := tx.Tokens.ConsumeAll(ctx, u.ID, store.PurposeConfirmEmail, now); err != nil {
		return err
	}
	if err := d.opts.Trail.Record(ctx, tx, audit.Event{
		Kind: audit.KindDeletionBegun, Outcome: audit.Success, ActorID: u.ID, UserID: u.ID, SessionID: r.Claims.SessionID, Email: u.Email, Origin: r.Origin,
		Details: map[string]any{"erase_at": eraseAt.Format(time.RFC3339)},
	}); err != nil {
		return err
	}
	if d.opts.Cooling > 0 {
		data := mail.Circumstances(r.Origin, now)
		data[mail.DataUntil] = mail.Moment(eraseAt)
		if err := d.opts.Postman.Notify(ctx, tx, u, mail.Letter{Kind: mail.DeletionBegun, Data: data}); err != nil {
			return err
		}
	}
	err = d.opts.Sessions.EndAll(ctx, tx, u, "", store.ReasonDeletion, r.Origin)
	if errors.Is(err, session.ErrEpochMoved) {
		return account.ErrSignedOut // everything has ended meanwhile, this session too
	}
	return err
}
