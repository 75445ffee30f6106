package smtpmail

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	netmail "net/mail"
	"strings"
	"unicode/utf8"

	gomail "github.com/wneessen/go-mail"

	"github.com/sallyport-auth/sallyport/internal/mail"
)

var _ mail.Transport = (*Transport)(nil)

// Send hands m to the server.
func (t *Transport) Send(ctx context.Context, m mail.Message) error {
	began := t.opts.Clock.Now()
	err := t.send(ctx, m)
	attrs := []slog.Attr{slog.String("server", t.address()), slog.Duration("took", t.opts.Clock.Now().Sub(began))}
	if err != nil {
		// What went wrong is logged, scrubbed, by whoever claimed the job.
		attrs = append(attrs, slog.Bool("refused", errors.Is(err, mail.ErrRefused)))
		t.opts.Log.LogAttrs(ctx, slog.LevelInfo, "mail server did not take a message", attrs...)
		return err
	}
	t.opts.Log.LogAttrs(ctx, slog.LevelDebug, "mail server took a message", attrs...)
	return nil
}

func (t *Transport) send(ctx context.Context, m mail.Message) error {
	if err := m.Check(); err != nil {
		return fmt.Errorf("%w: %w", mail.ErrRefused, err)
	}
	msg := t.message(m)
	c, err := t.dial(ctx, !ascii(m.To) || !ascii(t.opts.From))
	if err != nil {
		return err
	}
	defer c.close()
	err = c.client.SendWithSMTPClient(c.smtp, msg)
	if err == nil || msg.IsDelivered() {
		return nil
	}
	step, refused := judge(err)
	err = c.fail(step, err)
	if refused {
		return fmt.Errorf("%w: %w", mail.ErrRefused, err)
	}
	return err
}

// judge tells at which step sending failed, and whether for good.
func judge(err error) (step string, refused bool) {
	failed, ok := errors.AsType[*gomail.SendError](err)
	if !ok {
		return "send", false
	}
	permanent := failed.ErrorCode() >= 500 && !authentication(failed.ErrorCode())
	switch failed.Reason {
	case gomail.ErrSMTPRcptTo:
		return "RCPT", permanent
	case gomail.ErrSMTPData, gomail.ErrSMTPDataClose:
		return "DATA", permanent
	case gomail.ErrSMTPMailFrom:
		return "MAIL", false
	case gomail.ErrGetSender, gomail.ErrGetRcpts, gomail.ErrSMTPReset, gomail.ErrWriteContent, gomail.ErrConnCheck,
		gomail.ErrNoUnencoded, gomail.ErrAmbiguous:
	}
	return "send", false
}

// authentication reports whether a code complains about who we are and not
// about the message (RFC 4954 §6).
func authentication(code int) bool {
	switch code {
	case 530, 534, 535, 538:
		return true
	}
	return false
}

// message builds the MIME form of m. Everything in its headers is encoded by
// the library (RFC 2047).
func (t *Transport) message(m mail.Message) *gomail.Msg {
	msg := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	msg.FromMailAddress(&t.from)
	msg.ToMailAddress(&netmail.Address{Name: m.ToName, Address: m.To})
	msg.Subject(m.Subject)
	msg.SetMessageIDWithValue(m.ID)
	msg.SetDateWithValue(m.Date)
	// Out-of-office programs stay silent (RFC 3834 §5); Exchange wants it said
	// its own way.
	msg.SetGenHeader("Auto-Submitted", "auto-generated")
	msg.SetGenHeader("X-Auto-Response-Suppress", "All")
	msg.SetBodyString(gomail.TypeTextPlain, m.Text, gomail.WithPartEncoding(encoding(m.Text)))
	msg.AddAlternativeString(gomail.TypeTextHTML, m.HTML)
	return msg
}

const maxLine = 900 // RFC 5322 §2.1.1 allows 998

// encoding leaves plain text as it is where that is safe, so that a link stands
// whole also in the raw message.
func encoding(text string) gomail.Encoding {
	for line := range strings.Lines(text) {
		if len(line) > maxLine {
			return gomail.EncodingQP
		}
	}
	if !ascii(text) {
		return gomail.EncodingQP
	}
	return gomail.NoEncoding
}

func ascii(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r >= utf8.RuneSelf }) < 0
}
