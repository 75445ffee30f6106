package mail

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strconv"
	"strings"
	"time"

	"github.com/sallyport-auth/sallyport/internal/jobs"
	"github.com/sallyport-auth/sallyport/internal/link"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// Handler gives what the pool needs to send letters.
func (p *Postman) Handler() (kind string, fn func(ctx context.Context, w jobs.Work) error) {
	return JobKind, p.send
}

// send does one mail job. It is idempotent in the way that mail can be: every
// attempt has the same Message-ID.
func (p *Postman) send(ctx context.Context, w jobs.Work) error {
	found, err := read(w.Job.Payload)
	if err != nil {
		return err
	}
	if found.Kind == Blank {
		return nil
	}
	l := found.letter()
	if l.Kind == AccountErased {
		var to addressee
		if err := json.Unmarshal(w.Secret, &to); err != nil {
			return fmt.Errorf("recipient of the mail was erased: %w", jobs.ErrGiveUp)
		}
		l.To, l.Name, l.Language = to.To, to.Name, to.Language
	} else if l.Language, err = p.languageOf(ctx, l); err != nil {
		return err
	}
	if l.TokenTable != "" {
		l.Token = string(w.Secret)
		if err := p.current(ctx, l); err != nil {
			return err
		}
	}
	id, date := w.Job.ID, w.Job.CreatedAt
	if found.Edition > 0 {
		id, date = id+"."+strconv.Itoa(found.Edition), found.WrittenAt
	}
	m, err := p.compose(l, id+"@"+p.idHost, date)
	if err != nil {
		return fmt.Errorf("compose mail: %w: %w", jobs.ErrGiveUp, err)
	}
	return p.deliver(ctx, w, l.Kind, m)
}

func read(text string) (payload, error) {
	var found payload
	if err := json.Unmarshal([]byte(text), &found); err != nil {
		return found, fmt.Errorf("read mail job: %w: %w", jobs.ErrGiveUp, err)
	}
	return found, nil
}

func (p *Postman) deliver(ctx context.Context, w jobs.Work, kind Kind, m Message) error {
	err := p.opts.Transport.Send(ctx, m)
	if errors.Is(err, ErrRefused) {
		return fmt.Errorf("send mail: %w: %w", jobs.ErrGiveUp, err)
	}
	if err != nil {
		return fmt.Errorf("send mail: %w", err)
	}
	// The domain tells an operator where to look and nobody who was written to.
	p.opts.Log.InfoContext(ctx, "mail sent", slog.String("job_id", w.Job.ID), slog.String("mail_kind", string(kind)),
		slog.String("recipient_domain", m.To[strings.LastIndexByte(m.To, '@')+1:]), slog.Int("attempt", w.Job.Attempts))
	return nil
}

// languageOf gives the language of the user whose letter it is. Where there is no
// such user it is the letter's own.
func (p *Postman) languageOf(ctx context.Context, l Letter) (string, error) {
	var u store.User
	var err error
	if users := p.opts.Store.Direct().Users; l.UserID != "" {
		u, err = users.ByID(ctx, l.UserID)
	} else {
		u, err = users.ByEmail(ctx, Recipient(l.To))
	}
	switch {
	case errors.Is(err, store.ErrNotFound):
		return l.Language, nil
	case err != nil:
		return "", fmt.Errorf("read the language of a mail's recipient: %w", err)
	}
	return u.Language, nil
}

// current makes sure that a letter's token would still work.
func (p *Postman) current(ctx context.Context, l Letter) error {
	var expires, consumed, superseded time.Time
	switch l.TokenTable {
	case TokenPendingSignup:
		s, err := p.opts.Store.Direct().Signups.ByID(ctx, l.TokenID)
		if err != nil {
			return missing(err)
		}
		if err := p.unowned(ctx, s.EmailCanonical); err != nil {
			return err
		}
		expires, consumed, superseded = s.ExpiresAt, s.ConsumedAt, s.SupersededAt
	case TokenOneTime:
		t, err := p.opts.Store.Direct().Tokens.ByID(ctx, l.TokenID)
		if err != nil {
			return missing(err)
		}
		expires, consumed, superseded = t.ExpiresAt, t.ConsumedAt, t.SupersededAt
	case TokenMagicLink:
		m, err := p.opts.Store.Direct().MagicLinks.ByID(ctx, l.TokenID)
		if err != nil {
			return missing(err)
		}
		expires, consumed, superseded = m.ExpiresAt, m.ConsumedAt, m.SupersededAt
	case TokenInvitation:
		i, err := p.opts.Store.Direct().Invitations.ByID(ctx, l.TokenID)
		if err != nil {
			return missing(err)
		}
		if err := p.unowned(ctx, i.EmailCanonical); err != nil {
			return err
		}
		if !i.WithdrawnAt.IsZero() {
			return fmt.Errorf("its invitation was withdrawn: %w", jobs.ErrObsolete)
		}
		expires, consumed, superseded = i.ExpiresAt, i.ConsumedAt, i.SupersededAt
	default:
		return fmt.Errorf("token of a mail is in no known table: %w", jobs.ErrGiveUp)
	}
	if why := link.State(p.opts.Clock.Now(), expires, consumed, superseded); why != "" {
		return fmt.Errorf("its token is %s: %w", why, jobs.ErrObsolete)
	}
	if l.Token == "" {
		return fmt.Errorf("its token was erased: %w", jobs.ErrGiveUp)
	}
	return nil
}

// unowned makes sure that an address has no account, because a sign-up for one
// that has cannot be confirmed.
func (p *Postman) unowned(ctx context.Context, canonical string) error {
	_, err := p.opts.Store.Direct().Users.ByEmail(ctx, canonical)
	switch {
	case err == nil:
		return fmt.Errorf("its address has an account by now: %w", jobs.ErrObsolete)
	case errors.Is(err, store.ErrNotFound):
		return nil
	}
	return fmt.Errorf("read owner of a mail's address: %w", err)
}

// missing tells a token that has been purged from a database that does not
// answer.
func missing(err error) error {
	if errors.Is(err, store.ErrNotFound) {
		return fmt.Errorf("its token is gone: %w", jobs.ErrObsolete)
	}
	return fmt.Errorf("read token of mail: %w", err)
}
