package magiclink

import (
	"context"
	"fmt"
	"time"

	"github.com/sallyport-auth/sallyport/internal/address"
	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/link"
	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/telemetry"
)

// Request is what somebody gives who wants to sign in by mail. DeviceName goes
// with the code: what is signed in by it is where it was asked for.
type Request struct {
	Email      string
	DeviceName string
	Origin     audit.Origin
}

// Asked is what the asker is given: the request token, which the code will be
// bound to, and for how long it is good.
type Asked struct {
	RequestToken string
	ExpiresIn    time.Duration
}

// Ask mails a link, a code or both, if the address has an account that gets one.
// What was asked for before goes on, because a stranger may be the one who asks
// now. Over the limit of mails nothing is mailed while a link works that was mailed
// before. The caller learns nothing: answer and work are the same for every
// address.
//
// Errors: magic_link_off, invalid_input.
func (l *Links) Ask(ctx context.Context, r Request) (asked Asked, err error) {
	ctx, span := telemetry.Start(ctx, "magiclink.ask")
	defer func() { span.End(err) }()
	if !l.On() {
		return Asked{}, ErrOff
	}
	r.Email = address.Trim(r.Email)
	canonical, ok := address.Canonical(r.Email)
	if !ok {
		return Asked{}, fault.ErrInvalidInput.WithFields(fault.Wrong("email", "email"))
	}
	request, requestHash := secret.NewToken(prefixRequest)
	token, tokenHash := link.Draw(link.MagicLink)
	now := l.opts.Clock.Now().UTC().Truncate(time.Microsecond)
	row := store.MagicLink{
		ID: id.Ordered(), AddressHash: l.addressHash(canonical), TokenHash: tokenHash, RequestHash: requestHash,
		CodeHash: codeHash(request, secret.Digits(token)), DeviceName: r.DeviceName, CreatedAt: now, ExpiresAt: now.Add(l.opts.TTL),
	}
	err = l.opts.Store.Tx(ctx, func(ctx context.Context, tx *store.Tx) error {
		return l.ask(ctx, tx, r, canonical, token, row)
	})
	if err != nil {
		return Asked{}, fmt.Errorf("ask to sign in by mail: %w", err)
	}
	return Asked{RequestToken: request, ExpiresIn: l.opts.TTL}, nil
}

func (l *Links) ask(
	ctx context.Context, tx *store.Tx, r Request, canonical, token string, row store.MagicLink,
) error {
	within, err := l.opts.Postman.Allow(ctx, tx, mail.MagicLink, r.Email)
	if err != nil {
		return err
	}
	// Nobody holds who is found: a link says whose epoch and address it was for, and
	// signs in nobody who has changed meanwhile.
	found, err := optional(tx.Users.ByEmail(ctx, canonical))
	if err != nil {
		return err
	}
	u := store.User{ID: id.Random()} // nobody
	event := audit.Event{Kind: audit.KindMagicLinkRequested, Outcome: audit.Success, Email: r.Email, Origin: r.Origin}
	if found != nil {
		event.UserID = found.ID
		if mailable(found) {
			u = *found
		}
	}
	// A code is good for one browser, so that none of before stands in for another.
	stands, err := tx.MagicLinks.Stands(ctx, row.AddressHash, u.ID, u.Epoch, row.CreatedAt)
	if err != nil {
		return err
	}
	letter := mail.Letter{Kind: mail.Blank, To: r.Email}
	switch {
	case !within && (u.Email == "" || stands || !l.opts.ByLink):
		event.Outcome, event.Reason = audit.Failure, audit.ReasonRateLimited
	case u.Email != "":
		row.UserID, row.UserEpoch = u.ID, u.Epoch
		letter = mail.Letter{
			Kind: mail.MagicLink, To: u.Email, Name: u.Name, Token: token, TokenID: row.ID, TokenTable: mail.TokenMagicLink,
			ExpiresAt: row.ExpiresAt, Data: l.told(r.Origin, row.CreatedAt),
		}
	}
	if err := tx.MagicLinks.Insert(ctx, row); err != nil {
		return err
	}
	if err := l.opts.Trail.Record(ctx, tx, event); err != nil {
		return err
	}
	return l.opts.Postman.Enqueue(ctx, tx, letter)
}

// told is what the mail says beside its link and code: when it was asked for, and
// from where.
func (l *Links) told(o audit.Origin, at time.Time) map[string]string {
	data := mail.Circumstances(o.Clip(), at)
	if l.opts.Places != nil {
		data[mail.DataPlace] = l.opts.Places.Of(o.Address)
	}
	switch {
	case !l.opts.ByCode:
		data[mail.DataBy] = mail.ByLink
	case !l.opts.ByLink:
		data[mail.DataBy] = mail.ByCode
	}
	return data
}
