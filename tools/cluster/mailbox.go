package main

import (
	"context"
	"errors"
	"io"
	"log"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/emersion/go-smtp"

	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/mail/mailtest"
	"github.com/sallyport-auth/sallyport/internal/webui/frame"
	page "github.com/sallyport-auth/sallyport/internal/webui/mailbox"
)

// kept is how many mails the mailbox keeps.
const kept = 200

// mailbox takes mail by SMTP and shows it.
type mailbox struct {
	smtp, http string // addresses
	mail       *smtp.Server
	pages      *http.Server
}

// startMailbox opens both listeners.
func startMailbox(ctx context.Context, publicURL string) (*mailbox, error) {
	box := mail.NewBox(clock.System{}, kept)
	f, err := frame.New(frame.Options{Log: slog.New(slog.DiscardHandler), PublicURL: publicURL}, page.Views()...)
	if err != nil {
		return nil, err
	}
	mux := f.NewMux()
	page.Mount(mux, f, box, clock.System{})
	pages, err := f.Guard(mux)
	if err != nil {
		return nil, err
	}
	var lc net.ListenConfig
	forMail, err := lc.Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	forPages, err := lc.Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, errors.Join(err, forMail.Close())
	}
	b := &mailbox{smtp: forMail.Addr().String(), http: forPages.Addr().String()}
	b.mail = smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return &delivery{box: box}, nil }))
	b.mail.Domain = "localhost"
	b.mail.ErrorLog = log.New(io.Discard, "", 0)
	b.pages = &http.Server{ReadHeaderTimeout: 5 * time.Second, Handler: pages}
	go func() { _ = b.mail.Serve(forMail) }()
	go func() { _ = b.pages.Serve(forPages) }()
	return b, nil
}

func (b *mailbox) stop() {
	_ = b.mail.Close()
	_ = b.pages.Close()
}

// delivery is one connection of a mail client.
type delivery struct {
	box *mail.Box
	to  []string
}

// Mail begins a message.
func (d *delivery) Mail(string, *smtp.MailOptions) error {
	d.to = nil
	return nil
}

// Rcpt adds a recipient.
func (d *delivery) Rcpt(to string, _ *smtp.RcptOptions) error {
	d.to = append(d.to, to)
	return nil
}

// Data takes the content.
func (d *delivery) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	m, err := mailtest.Parse(raw)
	if err != nil {
		return err
	}
	for _, to := range d.to {
		if err := d.box.Send(context.Background(), mail.Message{To: to, Subject: m.Subject, Text: m.Text, HTML: m.HTML}); err != nil {
			return err
		}
	}
	return nil
}

// Reset forgets a message.
func (d *delivery) Reset() { d.to = nil }

// Logout ends the connection.
func (*delivery) Logout() error { return nil }
