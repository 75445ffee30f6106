package mail

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/netip"
	"net/url"
	"os"
	"strings"
	"time"
	"unicode"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/mail/letter"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store"
)

const (
	limitKind   = "mail"
	limitWindow = time.Hour
)

// Options is what a Postman needs. TemplateDir and AppURL may be empty;
// everything else must be set.
type Options struct {
	Store     *store.Store
	Keyring   *secret.Keyring
	Transport Transport
	Clock     clock.Clock
	Log       *slog.Logger

	PublicURL string // what links are built from
	Product   string // the name that mails speak for
	AppURL    string // where people sign in; mails then link to it

	TemplateDir    string // the operator's templates
	RecipientLimit int    // mails of a kind an hour to one address that strangers can cause; 0 for no limit
}

// Postman writes letters and sends them. It is safe for concurrent use.
type Postman struct {
	opts Options

	templates  *letter.Templates
	recipients *secret.MAC
	base       string // the public URL without a slash at its end
	site       string // its host, for people
	idHost     string // its host, for a Message-ID
}

// NewPostman reads the templates and checks the settings. An operator's template
// that cannot be used is an error.
func NewPostman(o Options) (*Postman, error) {
	public, err := url.Parse(o.PublicURL)
	if err != nil || (public.Scheme != "https" && public.Scheme != "http") || public.Host == "" ||
		public.RawQuery != "" || public.Fragment != "" || public.User != nil {
		return nil, errors.New("public URL for mail: not a plain http or https address")
	}
	if o.Product == "" || strings.ContainsFunc(o.Product, unicode.IsControl) {
		return nil, errors.New("sender name for mail: empty, or with control characters")
	}
	var override fs.FS
	if o.TemplateDir != "" {
		override = os.DirFS(o.TemplateDir)
	}
	templates, err := letter.Load(override, rendered()...)
	if err != nil {
		return nil, fmt.Errorf("load mail templates: %w", err)
	}
	return &Postman{
		opts: o, templates: templates, recipients: o.Keyring.MAC("mail recipient"),
		base: strings.TrimRight(public.String(), "/"), site: public.Host, idHost: idHost(public.Hostname()),
	}, nil
}

// idHost is host in the form of a domain or domain literal (RFC 5322 §3.4.1).
func idHost(host string) string {
	a, err := netip.ParseAddr(host)
	switch {
	case err != nil:
		return strings.ToLower(host)
	case a.Is6():
		return "[IPv6:" + a.String() + "]"
	default:
		return "[" + a.String() + "]"
	}
}

// Notify tells a user, in the caller's transaction, what was done to their
// account; the letter says what. Notices are never limited, but to an address
// that was never confirmed, which may be a stranger's: there they count as mail
// that strangers cause, and over the limit none is written.
func (p *Postman) Notify(ctx context.Context, tx *store.Tx, u store.User, l Letter) error {
	if u.EmailVerifiedAt.IsZero() {
		if allowed, err := p.Allow(ctx, tx, l.Kind, u.Email); err != nil || !allowed {
			return err
		}
	}
	l.To, l.Name, l.UserID, l.Notice = u.Email, u.Name, u.ID, true
	if err := p.Enqueue(ctx, tx, l); err != nil {
		return fmt.Errorf("tell the user: %w", err)
	}
	return nil
}

// Tell is Notify of what was done just now, from somewhere.
func (p *Postman) Tell(ctx context.Context, tx *store.Tx, kind Kind, u store.User, o audit.Origin) error {
	return p.Notify(ctx, tx, u, Letter{Kind: kind, Data: Circumstances(o, p.opts.Clock.Now())})
}

// budget names the kind under which a letter is counted. What answers one request
// is one kind, whether or not there is an account; notices are one.
func budget(kind Kind) string {
	switch kind { //nolint:exhaustive // the rest are notices
	case VerifyEmail, AccountExists:
		return string(VerifyEmail)
	case ConfirmEmail, EmailTaken:
		return string(ConfirmEmail)
	case ResetPassword, MagicLink, ClaimAccount:
		return string(kind)
	default:
		return "notice"
	}
}

// Allow counts one mail that a stranger caused against its recipient, in the
// caller's transaction, and reports whether it is within the limit of its kind.
// All spellings of an address share one count; what is stored is a keyed hash.
func (p *Postman) Allow(ctx context.Context, tx *store.Tx, kind Kind, to string) (bool, error) {
	ok, _, err := p.count(ctx, tx, budget(kind)+"\x00"+Recipient(to), p.opts.RecipientLimit)
	return ok, err
}

// AllowOnly is for a mail over the limit of [Postman.Allow] without which no link
// of its kind works: there are as many more of those an hour, so that nobody who
// makes links void causes a flood. If the mail is not wanted, it does the same
// work and says no.
func (p *Postman) AllowOnly(ctx context.Context, tx *store.Tx, kind Kind, to string, wanted bool) (bool, error) {
	reserve := "only"
	if !wanted {
		reserve = "none"
	}
	ok, _, err := p.count(ctx, tx, budget(kind)+" "+reserve+"\x00"+Recipient(to), p.opts.RecipientLimit)
	return ok && wanted, err
}

// AllowSender counts one mail to an address that has not asked for it against
// the user who wants it sent: twice RecipientLimit an hour, whatever the
// addresses. Over the limit it says when there may be another.
func (p *Postman) AllowSender(ctx context.Context, tx *store.Tx, kind Kind, userID string) (ok bool, again time.Time, err error) {
	return p.count(ctx, tx, budget(kind)+" sender\x00"+userID, 2*p.opts.RecipientLimit)
}

// count counts one mail of a subject's.
func (p *Postman) count(ctx context.Context, tx *store.Tx, subject string, limit int) (ok bool, again time.Time, err error) {
	if limit <= 0 {
		return true, time.Time{}, nil
	}
	ok, again, err = tx.Attempts.Take(ctx, limitKind, secret.Encode(p.recipients.Sum([]byte(subject))), limit, limitWindow, p.opts.Clock.Now())
	if err != nil {
		return false, time.Time{}, fmt.Errorf("count mail: %w", err)
	}
	return ok, again, nil
}
