package magiclink

import (
	"cmp"
	"context"
	"crypto/subtle"
	"errors"
	"fmt"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/link"
	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/telemetry"
)

// Answer is what somebody gives to sign in: the token of the link; or the code,
// and the request token that it is bound to.
type Answer struct {
	Token              string
	RequestToken, Code string
	Origin             audit.Origin
}

// by says in the trail which it is.
func (a Answer) by() string {
	if a.Token != "" {
		return mail.ByLink
	}
	return mail.ByCode
}

// Proof is an answer that was right and is not spent yet.
type Proof struct {
	row    store.MagicLink
	answer Answer
}

// DeviceName is what the asker calls their device, if it is the asker who
// answers: a link may have been opened anywhere.
func (p Proof) DeviceName() string {
	if p.answer.Token != "" {
		return ""
	}
	return p.row.DeviceName
}

// Look reports whether a link would work right now, and for which address. It
// changes nothing, so a link scanner may ask as often as it likes.
//
// Errors: magic_link_off.
func (l *Links) Look(ctx context.Context, token string) (usable bool, address string, err error) {
	if !l.opts.ByLink {
		return false, "", ErrOff
	}
	if !link.WellFormed(link.MagicLink, token) {
		return false, "", nil
	}
	d := l.opts.Store.Direct()
	row, err := optional(d.MagicLinks.ByTokenHash(ctx, secret.Hash(token)))
	if err != nil {
		return false, "", fmt.Errorf("look at a link that signs in: %w", err)
	}
	if row == nil || row.UserID == "" || spoilt(row, l.opts.Clock.Now()) != "" {
		return false, "", nil
	}
	u, err := optional(d.Users.ByID(ctx, row.UserID))
	if err != nil {
		return false, "", fmt.Errorf("look at the owner of a link that signs in: %w", err)
	}
	if u == nil || !mailable(u) || l.changed(row, u) != "" {
		return false, "", nil
	}
	return true, u.Email, nil
}

// Verify verifies an answer and spends nothing but, of a code, a try. Whoever
// goes on to [Links.Spend] and fails calls [Links.GiveBack].
//
// Errors: magic_link_off, invalid_token, invalid_code, too_many_attempts.
func (l *Links) Verify(ctx context.Context, a Answer) (p Proof, err error) {
	ctx, span := telemetry.Start(ctx, "magiclink.verify")
	defer func() { span.End(err) }()
	d := l.opts.Store.Direct()
	find, token, prefix, on := d.MagicLinks.ByTokenHash, a.Token, link.Of(link.MagicLink).Prefix, l.opts.ByLink
	if a.Token == "" {
		find, token, prefix, on = d.MagicLinks.ByRequestHash, a.RequestToken, prefixRequest, l.opts.ByCode
	}
	switch {
	case !on:
		return Proof{}, ErrOff
	case !secret.WellFormed(token, prefix):
		return Proof{}, ErrInvalidToken
	}
	row, err := find(ctx, secret.Hash(token))
	if errors.Is(err, store.ErrNotFound) {
		return Proof{}, l.refuse(ctx, Proof{answer: a}, audit.ReasonUnknown)
	}
	if err != nil {
		return Proof{}, fmt.Errorf("read request to sign in by mail: %w", err)
	}
	p = Proof{row: row, answer: a}
	if reason := spoilt(&row, l.opts.Clock.Now()); reason != "" {
		return Proof{}, l.refuse(ctx, p, reason)
	}
	if a.Token == "" {
		return p, l.try(ctx, p)
	}
	if row.UserID == "" { // nobody was ever sent it
		return Proof{}, l.refuse(ctx, p, audit.ReasonUnknown)
	}
	return p, nil
}

// try counts a code and looks at it. Answers that differ would tell whether the
// address has an account, so a row that nobody was written to is done the same to.
func (l *Links) try(ctx context.Context, p Proof) error {
	if p.row.Tries >= maxTries {
		return l.refuse(ctx, p, audit.ReasonUsedUp)
	}
	if err := l.opts.Codes.Take(ctx, p.row.AddressHash); err != nil {
		return err
	}
	counted, err := l.opts.Store.Direct().MagicLinks.Try(ctx, p.row.ID, maxTries, l.opts.Clock.Now())
	if err != nil {
		return errors.Join(fmt.Errorf("count mailed code: %w", err), l.GiveBack(ctx, p))
	}
	if !counted { // others used it up, or used it, meanwhile
		return errors.Join(l.GiveBack(ctx, p), l.refuse(ctx, p, audit.ReasonUsedUp))
	}
	given := codeHash(p.answer.RequestToken, secret.TypedCode(p.answer.Code))
	if subtle.ConstantTimeCompare([]byte(given), []byte(p.row.CodeHash)) == 1 && p.row.UserID != "" {
		return nil
	}
	err = l.opts.Store.Tx(ctx, func(ctx context.Context, tx *store.Tx) error {
		if err := l.opts.Codes.Wrong(ctx, tx, p.row.AddressHash); err != nil {
			return err
		}
		return l.record(ctx, tx, p, audit.ReasonWrongCode)
	})
	if err != nil {
		return fmt.Errorf("record wrong code: %w", err)
	}
	return ErrWrongCode
}

// Spend spends what an answer proved, in the transaction of what it allows, and
// gives the user with the epoch that it was asked for with. The user's other
// requests are superseded. Of any number of calls with the requests of one user at
// a time, by whichever link or code, exactly one is told that it spent one; whoever
// is told otherwise is refused with [ErrInvalidToken], and why stands in the trail:
// the transaction must be committed.
func (l *Links) Spend(ctx context.Context, tx *store.Tx, p Proof) (u store.User, spent bool, err error) {
	u, reason, err := l.owner(ctx, tx, &p.row)
	if err == nil && reason == "" {
		reason, err = l.consume(ctx, tx, &p.row)
	}
	if err != nil {
		return u, false, err
	}
	return u, reason == "", l.record(ctx, tx, p, reason)
}

// owner reads the user of a row and holds them, before any row is written: links
// of one user that are used at the same time come one after the other. It says why
// the row cannot be used any more, or nothing.
func (l *Links) owner(ctx context.Context, tx *store.Tx, row *store.MagicLink) (u store.User, refused string, err error) {
	u, err = tx.Users.ByID(ctx, row.UserID)
	switch {
	case errors.Is(err, store.ErrNotFound):
		return u, audit.ReasonUnknown, nil
	case err != nil:
		return u, "", err
	}
	if refused = l.changed(row, &u); refused != "" {
		return u, refused, nil
	}
	held, err := tx.Users.Hold(ctx, u.ID, u.Epoch, u.EmailCanonical)
	if err == nil && !held {
		refused = audit.ReasonSuperseded // the user has changed this moment
	}
	return u, refused, err
}

// consume marks a row, and the user's others: whoever reads the mailbox later
// finds nothing that signs in. It says why it did not, or nothing.
func (l *Links) consume(ctx context.Context, tx *store.Tx, row *store.MagicLink) (refused string, err error) {
	now := l.opts.Clock.Now()
	consumed, err := tx.MagicLinks.Consume(ctx, row.ID, now)
	if err != nil {
		return "", err
	}
	if !consumed {
		present, err := tx.MagicLinks.ByID(ctx, row.ID)
		if errors.Is(err, store.ErrNotFound) {
			return audit.ReasonUnknown, nil
		}
		return cmp.Or(spoilt(&present, now), audit.ReasonConsumed), err
	}
	if _, err := tx.MagicLinks.SupersedeOthers(ctx, row.UserID, row.ID, now); err != nil {
		return "", err
	}
	return "", l.opts.Codes.Clear(ctx, tx, row.AddressHash)
}

// GiveBack takes the try of a code back that turned out to be no guess. A link
// took none.
func (l *Links) GiveBack(ctx context.Context, p Proof) error {
	if p.answer.Token != "" {
		return nil
	}
	return l.opts.Codes.GiveBack(ctx, p.row.AddressHash)
}

// record writes down an answer: a refused one for a reason, or one that was
// spent.
func (l *Links) record(ctx context.Context, tx *store.Tx, p Proof, reason string) error {
	e := audit.Event{
		Kind: audit.KindMagicLinkUsed, Outcome: audit.Failure, Reason: reason, UserID: p.row.UserID, Origin: p.answer.Origin,
		Details: map[string]any{"by": p.answer.by()},
	}
	if reason == "" {
		e.Outcome, e.ActorID = audit.Success, p.row.UserID
	}
	return l.opts.Trail.Record(ctx, tx, e)
}

// refuse records why an answer is refused, and gives the one error for all of it.
func (l *Links) refuse(ctx context.Context, p Proof, reason string) error {
	err := l.opts.Store.Tx(ctx, func(ctx context.Context, tx *store.Tx) error { return l.record(ctx, tx, p, reason) })
	if err != nil {
		return fmt.Errorf("record refused sign-in by mail: %w", err)
	}
	return ErrInvalidToken
}
