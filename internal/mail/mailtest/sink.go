// Package mailtest is a mail server for tests: it speaks real SMTP on the
// loopback interface, keeps what it is sent, and can be told to refuse, to hang,
// to break off after a message, or to be down. It never delivers anything.
package mailtest

import (
	"crypto/tls"
	"crypto/x509"
	"io"
	"log"
	"net"
	"slices"
	"strconv"
	"sync"
	"testing"

	"github.com/emersion/go-smtp"
)

// Options says what sort of server a Sink is.
type Options struct {
	TLS      string // "starttls", "implicit" or "none"
	Username string // asked for if not empty
	Password string
	UTF8     bool // offer SMTPUTF8
}

// Behaviour is how a Sink treats messages until it is told otherwise. Codes are
// SMTP codes; 0 accepts.
type Behaviour struct {
	Mail, Rcpt, Data int
	// Reply is the text of a refusal.
	Reply string
	// CloseAfterData keeps the message and breaks off without an answer.
	CloseAfterData bool
	// Hang stops answering once the content has arrived.
	Hang bool
	// Times bounds how many messages are treated so; 0 is all.
	Times int
}

// Sink is the server.
type Sink struct {
	options Options
	server  *tls.Config
	pool    *x509.CertPool
	address string
	quit    chan struct{}
	gate    *gate
	smtp    *smtp.Server

	mu        sync.Mutex
	messages  []Message
	behaviour Behaviour
	spent     int
	received  func(Message)
	sessions  int
}

// Start runs a server until the test is over.
func Start(t testing.TB, o Options) *Sink {
	t.Helper()
	s := &Sink{options: o, quit: make(chan struct{})}
	s.server, s.pool = certificate(t)
	if err := s.listen(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		close(s.quit)
		_ = s.smtp.Close() // a second close alone fails
	})
	return s
}

// Host is where the server listens.
func (s *Sink) Host() string { return "127.0.0.1" }

// Port is where the server listens, also while it is down.
func (s *Sink) Port() int {
	_, port, err := net.SplitHostPort(s.address)
	if err != nil {
		panic(err) // the address came from a listener
	}
	n, err := strconv.Atoi(port)
	if err != nil {
		panic(err)
	}
	return n
}

// RootCAs trusts the server's certificate.
func (s *Sink) RootCAs() *x509.CertPool { return s.pool }

// Behave sets how messages are treated from now on.
func (s *Sink) Behave(b Behaviour) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.behaviour, s.spent = b, 0
}

// OnMessage calls hear for each message, before it is answered.
func (s *Sink) OnMessage(hear func(Message)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.received = hear
}

// Messages gives what arrived, oldest first.
func (s *Sink) Messages() []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.messages)
}

// Sessions counts the connections that got as far as a greeting.
func (s *Sink) Sessions() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.sessions
}

// Down hangs up on everybody, and on whoever comes, until [Sink.Up]. The port
// stays taken, so that no other test gets it meanwhile.
func (s *Sink) Down() { s.gate.shut(true) }

// Up lets clients in again.
func (s *Sink) Up() { s.gate.shut(false) }

func (s *Sink) listen() error {
	l, err := net.Listen("tcp", "127.0.0.1:0") //nolint:noctx // lives as long as the test
	if err != nil {
		return err
	}
	s.address = l.Addr().String()
	s.gate = &gate{Listener: l, inside: map[net.Conn]bool{}}
	s.smtp = smtp.NewServer(smtp.BackendFunc(s.session))
	s.smtp.Domain = "sink.example"
	s.smtp.ErrorLog = log.New(io.Discard, "", 0)
	s.smtp.EnableSMTPUTF8 = s.options.UTF8
	var listener net.Listener = s.gate
	switch s.options.TLS {
	case "implicit":
		listener = tls.NewListener(listener, s.server)
	case "starttls":
		s.smtp.TLSConfig = s.server
	default:
		s.smtp.AllowInsecureAuth = true
	}
	go func() { _ = s.smtp.Serve(listener) }()
	return nil
}

// next gives the behaviour for one more message.
func (s *Sink) next() Behaviour {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.behaviour.Times > 0 && s.spent >= s.behaviour.Times {
		return Behaviour{}
	}
	s.spent++
	return s.behaviour
}

func (s *Sink) keep(m Message) {
	s.mu.Lock()
	s.messages = append(s.messages, m)
	hear := s.received
	s.mu.Unlock()
	if hear != nil {
		hear(m)
	}
}
