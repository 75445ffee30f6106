package smtpmail_test

import (
	"bytes"
	"context"
	"crypto/x509"
	"errors"
	"log/slog"
	"net"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/mail/mailtest"
	"github.com/sallyport-auth/sallyport/internal/mail/smtpmail"
	"github.com/sallyport-auth/sallyport/internal/waittest"
)

const token = "spv_AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA"

func message() mail.Message {
	return mail.Message{
		ID: "0198c0de-0000-7000-8000-000000000001@auth.example", To: "ada@example.com", ToName: "Ada Lovelace",
		Subject: "Confirm your email address", Date: time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC),
		Text: "Hello,\n\nhttps://auth.example/auth/verify-email?token=" + token + "\n",
		HTML: "<p>Hello = <a href=\"https://auth.example/auth/verify-email?token=" + token + "\">link</a></p>\n",
	}
}

func options(s *mailtest.Sink, tls string) smtpmail.Options {
	return smtpmail.Options{
		Host: s.Host(), Port: s.Port(), TLS: tls, From: "door@auth.example", FromName: "Sallyport",
		RootCAs: s.RootCAs(), Clock: clock.System{}, Log: slog.New(slog.DiscardHandler),
	}
}

func open(t *testing.T, o smtpmail.Options) *smtpmail.Transport {
	t.Helper()
	transport, err := smtpmail.New(o)
	if err != nil {
		t.Fatal(err)
	}
	return transport
}

func TestSendArrivesAsWritten(t *testing.T) {
	t.Parallel()
	for _, tls := range []string{"none", "starttls", "implicit"} {
		t.Run(tls, func(t *testing.T) {
			t.Parallel()
			sink := mailtest.Start(t, mailtest.Options{TLS: tls, Username: "door", Password: "open sesame", UTF8: true})
			o := options(sink, tls)
			o.Username, o.Password = "door", "open sesame"
			transport := open(t, o)
			if err := transport.Check(t.Context()); err != nil {
				t.Fatalf("check: %v", err)
			}
			if n := len(sink.Messages()); n != 0 {
				t.Fatalf("the check sent %d messages", n)
			}
			if err := transport.Send(t.Context(), message()); err != nil {
				t.Fatal(err)
			}
			got := sink.Messages()
			if len(got) != 1 {
				t.Fatalf("got %d messages, want 1", len(got))
			}
			checkMessage(t, got[0], tls != "none")
		})
	}
}

func checkMessage(t *testing.T, got mailtest.Message, secured bool) {
	t.Helper()
	want := message()
	for name, pair := range map[string][2]string{
		"envelope from":  {got.From, "door@auth.example"},
		"envelope to":    {strings.Join(got.Rcpt, " "), "ada@example.com"},
		"EHLO":           {got.Helo, "auth.example"},
		"user":           {got.User, "door"},
		"Message-ID":     {got.Header.Get("Message-ID"), "<" + want.ID + ">"},
		"From":           {got.Header.Get("From"), `"Sallyport" <door@auth.example>`},
		"To":             {got.Header.Get("To"), `"Ada Lovelace" <ada@example.com>`},
		"Date":           {got.Header.Get("Date"), "Wed, 04 Mar 2026 05:06:07 +0000"},
		"Auto-Submitted": {got.Header.Get("Auto-Submitted"), "auto-generated"},
		"User-Agent":     {got.Header.Get("User-Agent"), ""},
		"subject":        {got.Subject, want.Subject},
		"text":           {got.Text, want.Text},
		"html":           {got.HTML, want.HTML},
	} {
		if pair[0] != pair[1] {
			t.Errorf("%s: got %q, want %q", name, pair[0], pair[1])
		}
	}
	if got.TLS != secured {
		t.Errorf("over TLS: got %t, want %t", got.TLS, secured)
	}
	if !bytes.Contains(got.Raw, []byte("\r\nhttps://auth.example/auth/verify-email?token="+token+"\r\n")) {
		t.Error("the link does not stand whole in the raw message")
	}
}

func TestHeadersCannotBeInjected(t *testing.T) {
	t.Parallel()
	sink := mailtest.Start(t, mailtest.Options{TLS: "none"})
	transport := open(t, options(sink, "none"))
	for name, spoil := range map[string]func(*mail.Message){
		"a name with a line end":        func(m *mail.Message) { m.ToName = "Ada\r\nBcc: eve@example.com" },
		"a subject with a line end":     func(m *mail.Message) { m.Subject = "Hello\nBcc: eve@example.com" },
		"a recipient with a line end":   func(m *mail.Message) { m.To = "ada@example.com>\r\nRCPT TO:<eve@example.com" },
		"two recipients":                func(m *mail.Message) { m.To = "ada@example.com, eve@example.com" },
		"a recipient with a name":       func(m *mail.Message) { m.To = "Eve <eve@example.com>" },
		"an identifier with a line end": func(m *mail.Message) { m.ID += "\r\nBcc: eve@example.com" },
	} {
		m := message()
		spoil(&m)
		if err := transport.Send(t.Context(), m); !errors.Is(err, mail.ErrRefused) {
			t.Errorf("%s: got %v, want a refusal", name, err)
		}
	}
	if n := len(sink.Messages()); n != 0 {
		t.Errorf("%d messages arrived", n)
	}

	m := message()
	m.ToName, m.Subject = `Zoë "<Boss>" O'Neil, eve@example.com`, "Grüße"
	if err := transport.Send(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	got := sink.Messages()[0]
	to, err := got.Header.AddressList("To")
	if err != nil || len(to) != 1 || to[0].Address != m.To || to[0].Name != m.ToName {
		t.Errorf("To: got %v, %v", to, err)
	}
	if raw := got.Header.Get("Subject"); got.Subject != m.Subject || !strings.HasPrefix(raw, "=?UTF-8?q?Gr") {
		t.Errorf("subject: got %q", raw)
	}
}

func TestAddressesBeyondASCII(t *testing.T) {
	t.Parallel()
	m := message()
	m.To, m.Text = "jürgen@example.com", "Grüße\n"
	sink := mailtest.Start(t, mailtest.Options{TLS: "none", UTF8: true})
	if err := open(t, options(sink, "none")).Send(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	if got := sink.Messages()[0]; got.Rcpt[0] != m.To || got.Text != m.Text {
		t.Errorf("got %q %q", got.Rcpt, got.Text)
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		does    mailtest.Behaviour
		refused bool
	}{
		{"an unknown recipient is final", mailtest.Behaviour{Rcpt: 550}, true},
		{"a full mailbox is not", mailtest.Behaviour{Rcpt: 452}, false},
		{"refused content is final", mailtest.Behaviour{Data: 554}, true},
		{"content refused for now is not", mailtest.Behaviour{Data: 451}, false},
		{"a sender refused is ours to mend", mailtest.Behaviour{Mail: 553}, false},
		{"missing authentication is ours to mend", mailtest.Behaviour{Rcpt: 530}, false},
		{"a connection closed after the content may be a loss", mailtest.Behaviour{CloseAfterData: true}, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			sink := mailtest.Start(t, mailtest.Options{TLS: "starttls"})
			sink.Behave(tt.does)
			err := open(t, options(sink, "starttls")).Send(t.Context(), message())
			if err == nil || errors.Is(err, mail.ErrRefused) != tt.refused {
				t.Errorf("got %v, refused for good: want %t", err, tt.refused)
			}
			if err != nil && strings.Contains(err.Error(), token) {
				t.Errorf("the error holds the token: %v", err)
			}
		})
	}
}

func TestTLSIsNotNegotiable(t *testing.T) {
	t.Parallel()
	plain := mailtest.Start(t, mailtest.Options{TLS: "none"})
	if err := open(t, options(plain, "starttls")).Send(t.Context(), message()); err == nil {
		t.Error("sent in clear although TLS is mandatory")
	}
	secured := mailtest.Start(t, mailtest.Options{TLS: "starttls"})
	o := options(secured, "starttls")
	o.RootCAs = x509.NewCertPool()
	if err := open(t, o).Send(t.Context(), message()); err == nil {
		t.Error("sent to a server whose certificate nobody vouches for")
	}
	if n := len(plain.Messages()) + len(secured.Messages()); n != 0 {
		t.Errorf("%d messages arrived", n)
	}
}

func TestSettingsThatCannotWork(t *testing.T) {
	t.Parallel()
	good := smtpmail.Options{Host: "mail.example", Port: 587, TLS: "starttls", From: "door@auth.example"}
	for name, spoil := range map[string]func(*smtpmail.Options){
		"a password without TLS":            func(o *smtpmail.Options) { o.TLS, o.Username = "none", "door" },
		"a password without a user":         func(o *smtpmail.Options) { o.Password = "open sesame" },
		"no host":                           func(o *smtpmail.Options) { o.Host = "" },
		"an unknown kind of TLS":            func(o *smtpmail.Options) { o.TLS = "maybe" },
		"a sender with a name":              func(o *smtpmail.Options) { o.From = "Door <door@auth.example>" },
		"a port that does not exist":        func(o *smtpmail.Options) { o.Port = 70000 },
		"a sender with a header in its bag": func(o *smtpmail.Options) { o.From = "door@auth.example\r\nBcc: a@example.com" },
	} {
		o := good
		spoil(&o)
		if _, err := smtpmail.New(o); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
	if _, err := smtpmail.New(good); err != nil {
		t.Error(err)
	}
}

func TestWrongPasswordIsReported(t *testing.T) {
	t.Parallel()
	sink := mailtest.Start(t, mailtest.Options{TLS: "starttls", Username: "door", Password: "open sesame"})
	o := options(sink, "starttls")
	o.Username, o.Password = "door", "open barley"
	transport := open(t, o)
	for name, err := range map[string]error{
		"check": transport.Check(t.Context()), "send": transport.Send(t.Context(), message()),
	} {
		if err == nil || errors.Is(err, mail.ErrRefused) || strings.Contains(err.Error(), "barley") {
			t.Errorf("%s: got %v, want a fault that can be mended and does not tell the password", name, err)
		}
	}
}

func TestSilenceEnds(t *testing.T) {
	t.Parallel()
	silent, err := net.ListenTCP("tcp", &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)})
	if err != nil {
		t.Fatal(err)
	}
	silentAt, err := netip.ParseAddrPort(silent.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = silent.Close() })
	sink := mailtest.Start(t, mailtest.Options{TLS: "none"})
	sink.Behave(mailtest.Behaviour{Hang: true})

	never := options(sink, "none")
	never.Port = int(silentAt.Port())
	never.DialTimeout = 50 * time.Millisecond
	late := options(sink, "none")
	late.SendTimeout = 100 * time.Millisecond
	for name, o := range map[string]smtpmail.Options{"no greeting": never, "no answer to the content": late} {
		err := open(t, o).Send(t.Context(), message())
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%s: got %v, want a deadline", name, err)
		}
	}

	ctx, cancel := context.WithCancel(t.Context())
	sent := make(chan error, 1)
	transport := open(t, options(sink, "none"))
	go func() { sent <- transport.Send(ctx, message()) }()
	waittest.Until(t, "a session beside the one that timed out", func() bool { return sink.Sessions() >= 2 })
	cancel()
	if err := <-sent; !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled send: got %v", err)
	}
}

func TestLogTellsNobodysAddress(t *testing.T) {
	t.Parallel()
	sink := mailtest.Start(t, mailtest.Options{TLS: "none"})
	var log bytes.Buffer
	o := options(sink, "none")
	o.Log = slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	transport := open(t, o)
	if err := transport.Send(t.Context(), message()); err != nil {
		t.Fatal(err)
	}
	sink.Behave(mailtest.Behaviour{Rcpt: 550, Reply: "no such user ada@example.com"})
	if err := transport.Send(t.Context(), message()); err == nil {
		t.Fatal("a refusal went unnoticed")
	}
	if text := log.String(); strings.Contains(text, "ada") || strings.Contains(text, token) || !strings.Contains(text, "127.0.0.1") {
		t.Errorf("the log says %s", text)
	}
}
