package app

import (
	"context"
	"errors"
	"time"

	"github.com/sallyport-auth/sallyport/internal/config"
	"github.com/sallyport-auth/sallyport/internal/mail"
)

// sampleRecipient is whom a preview is addressed to.
const sampleRecipient = "ada@example.com"

// testMailWithin bounds the dialogue with the mail server about a test.
const testMailWithin = time.Minute

// errNoMailServer is returned for a test where emails leave the server for no
// mail server.
var errNoMailServer = errors.New("no mail server is set: emails are shown at the server's /dev/mailbox; set SALLYPORT_SMTP_HOST")

// PreviewMail composes a letter with sample data, by the templates in effect.
func PreviewMail(ctx context.Context, cfg config.Config, kind mail.Kind, language string) (m mail.Message, err error) {
	err = withRooms(ctx, cfg, func(a *App) (err error) {
		m, err = a.postman.Preview(kind, language, sampleRecipient)
		return err
	})
	return m, err
}

// TestMail sends a letter with sample data to an address, past the queue.
func TestMail(ctx context.Context, cfg config.Config, kind mail.Kind, language, to string) error {
	if cfg.MailboxOn() {
		return errNoMailServer
	}
	return withRooms(ctx, cfg, func(a *App) error {
		m, err := a.postman.Preview(kind, language, to)
		if err != nil {
			return err
		}
		ctx, cancel := context.WithTimeout(ctx, testMailWithin)
		defer cancel()
		return a.postman.Try(ctx, m)
	})
}
