// Package smtpmail hands messages to a mail server. It is the transport of
// package mail outside of development.
//
// # Connections
//
// Each message has a connection of its own. An authentication server sends
// few mails, each behind a claimed job; a connection that was kept could be
// found dead only by sending into it, and that is how mails are doubled or
// lost.
//
// TLS is mandatory unless it is turned off: "starttls" refuses a server that
// does not offer it (RFC 3207), "implicit" speaks TLS from the first byte
// (RFC 8314 §3.3), and "none" is for a relay on the same machine or a trusted
// network. The certificate is verified against the host's name. A user name
// and password are never sent over an unencrypted connection, except to a
// loopback address.
//
// # Outcomes
//
// A message counts as sent as soon as the server has answered 250 to its
// content; what goes wrong afterwards, at QUIT, changes nothing. A 5xx answer to
// the recipient or the content refuses the message for good
// (mail.ErrRefused), unless it complains about authentication, which an operator
// can mend. Everything else, a 5xx answer to the sender's address included, is
// worth another try.
//
// # Time
//
// Connecting, with TLS and authentication, may take 15 s, and a whole message
// 60 s: well below the lease of a job. A cancelled context closes the
// connection at once.
//
// Its errors name the step and quote the server's answer, which may repeat the
// recipient; package jobs scrubs them before they are stored or logged. This
// package itself logs the server and never a recipient or a message.
package smtpmail

import (
	"cmp"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/mail"
	"net/netip"
	"strconv"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"

	"github.com/sallyport-auth/sallyport/internal/clock"
)

// How a connection is protected.
const (
	StartTLS    = "starttls"
	ImplicitTLS = "implicit"
	NoTLS       = "none"
)

// The default time-outs.
const (
	DefaultDialTimeout = 15 * time.Second
	DefaultSendTimeout = 60 * time.Second
)

// Options says how to reach the mail server. Username, Password, LocalName and
// RootCAs may be empty, zero time-outs mean the defaults, without a Clock it is
// the system's, and without a Log nothing is logged.
type Options struct {
	Host     string
	Port     int
	TLS      string // StartTLS, ImplicitTLS or NoTLS
	Username string
	Password string

	From     string // sender's address, bare
	FromName string

	LocalName   string         // said in EHLO; the domain of From if empty
	RootCAs     *x509.CertPool // the system's if nil
	DialTimeout time.Duration  // connect, TLS and authentication
	SendTimeout time.Duration  // everything about one message

	Clock clock.Clock
	Log   *slog.Logger
}

// Transport is a mail.Transport that speaks SMTP. It is safe for concurrent
// use.
type Transport struct {
	opts Options

	from mail.Address
}

// New checks the settings. It does not connect.
func New(o Options) (*Transport, error) {
	if o.Host == "" || o.Port < 1 || o.Port > 65535 {
		return nil, errors.New("mail server: host is empty or port out of range")
	}
	from, err := mail.ParseAddress(o.From)
	if err != nil || from.Address != o.From {
		return nil, errors.New("sender of mail: not a bare email address")
	}
	switch o.TLS {
	case StartTLS, ImplicitTLS:
	case NoTLS:
		if o.Username != "" && !loopback(o.Host) {
			return nil, errors.New("mail server: a password may not be sent without TLS, except to this machine")
		}
	default:
		return nil, fmt.Errorf("mail server: TLS is %q, not starttls, implicit or none", o.TLS)
	}
	if o.Username == "" && o.Password != "" {
		return nil, errors.New("mail server: a password without a user name")
	}
	o.LocalName = cmp.Or(o.LocalName, o.From[strings.LastIndexByte(o.From, '@')+1:])
	o.Log = cmp.Or(o.Log, slog.New(slog.DiscardHandler))
	o.DialTimeout = cmp.Or(o.DialTimeout, DefaultDialTimeout)
	o.SendTimeout = cmp.Or(o.SendTimeout, DefaultSendTimeout)
	if o.Clock == nil {
		o.Clock = clock.System{}
	}
	return &Transport{opts: o, from: mail.Address{Name: o.FromName, Address: o.From}}, nil
}

// loopback reports whether host names this machine.
func loopback(host string) bool {
	a, err := netip.ParseAddr(host)
	return host == "localhost" || (err == nil && a.IsLoopback())
}

// Check connects as for a message, with TLS and authentication, and says
// goodbye. No mail is sent.
func (t *Transport) Check(ctx context.Context) error {
	s, err := t.dial(ctx, false)
	if err != nil {
		return err
	}
	defer s.close()
	if err := s.smtp.Noop(); err != nil {
		return s.fail("NOOP", err)
	}
	return nil
}

// address is host and port of the server, for the log.
func (t *Transport) address() string { return net.JoinHostPort(t.opts.Host, strconv.Itoa(t.opts.Port)) }

// client builds the settings of one connection. The library changes some of
// them while it connects, so they are not shared.
func (t *Transport) client(utf8 bool, dial gomail.DialContextFunc) (*gomail.Client, error) {
	options := []gomail.Option{
		gomail.WithPort(t.opts.Port),
		gomail.WithHELO(t.opts.LocalName),
		// Only a second net: the context closes the connection first.
		gomail.WithTimeout(2 * t.opts.SendTimeout),
		gomail.WithDialContextFunc(dial),
		gomail.WithTLSConfig(t.tlsConfig()),
		gomail.WithoutNoop(),
		gomail.WithoutRset(),
	}
	switch t.opts.TLS {
	case StartTLS:
		options = append(options, gomail.WithTLSPolicy(gomail.TLSMandatory))
	case ImplicitTLS:
		options = append(options, gomail.WithSSL())
	default:
		options = append(options, gomail.WithTLSPolicy(gomail.NoTLS))
	}
	if t.opts.Username != "" {
		options = append(options, gomail.WithUsername(t.opts.Username), gomail.WithPassword(t.opts.Password),
			gomail.WithOpportunisticSMTPAuth(t.mechanisms()...))
	}
	if !utf8 {
		options = append(options, gomail.WithoutSMTPUTF8())
	}
	return gomail.NewClient(t.opts.Host, options...)
}

func (t *Transport) tlsConfig() *tls.Config {
	return &tls.Config{ServerName: t.opts.Host, RootCAs: t.opts.RootCAs, MinVersion: tls.VersionTLS12}
}

// mechanisms lists how to authenticate, best first. New has seen to it that a
// connection without TLS leads to this machine.
func (t *Transport) mechanisms() []gomail.SMTPAuthType {
	if t.opts.TLS == NoTLS {
		return []gomail.SMTPAuthType{gomail.SMTPAuthSCRAMSHA256, gomail.SMTPAuthPlainNoEnc, gomail.SMTPAuthLoginNoEnc}
	}
	return []gomail.SMTPAuthType{gomail.SMTPAuthSCRAMSHA256, gomail.SMTPAuthPlain, gomail.SMTPAuthLogin}
}
