package mailtest

import (
	"errors"
	"io"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// session is one connection.
type session struct {
	sink      *Sink
	conn      *smtp.Conn
	user      string
	from      string
	to        []string
	behaviour Behaviour
}

func (s *Sink) session(c *smtp.Conn) (smtp.Session, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sessions++
	return &session{sink: s, conn: c}, nil
}

// AuthMechanisms lists PLAIN if the sink wants a user.
func (s *session) AuthMechanisms() []string {
	if s.sink.options.Username == "" {
		return nil
	}
	return []string{sasl.Plain}
}

// Auth checks the user.
func (s *session) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, username, password string) error {
		if username != s.sink.options.Username || password != s.sink.options.Password {
			return errors.New("wrong user or password")
		}
		s.user = username
		return nil
	}), nil
}

func (s *session) refuse(code int) error {
	if code == 0 {
		return nil
	}
	reply := s.behaviour.Reply
	if reply == "" {
		reply = "refused"
	}
	return &smtp.SMTPError{Code: code, EnhancedCode: smtp.EnhancedCode{code / 100, 0, 0}, Message: reply}
}

// Mail begins a message.
func (s *session) Mail(from string, _ *smtp.MailOptions) error {
	if s.sink.options.Username != "" && s.user == "" {
		return smtp.ErrAuthRequired
	}
	s.behaviour = s.sink.next()
	s.from, s.to = from, nil
	return s.refuse(s.behaviour.Mail)
}

// Rcpt adds a recipient.
func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	if err := s.refuse(s.behaviour.Rcpt); err != nil {
		return err
	}
	s.to = append(s.to, to)
	return nil
}

// Data takes the content.
func (s *session) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	if err := s.refuse(s.behaviour.Data); err != nil {
		return err
	}
	if s.behaviour.Hang {
		<-s.sink.quit
		return errors.New("the test is over")
	}
	m, err := Parse(raw)
	if err != nil {
		return err
	}
	_, m.TLS = s.conn.TLSConnectionState()
	m.From, m.Rcpt, m.User, m.Helo = s.from, s.to, s.user, s.conn.Hostname()
	s.sink.keep(m)
	if s.behaviour.CloseAfterData {
		return s.conn.Conn().Close()
	}
	return nil
}

// Reset forgets a message.
func (s *session) Reset() { s.from, s.to = "", nil }

// Logout ends the connection.
func (s *session) Logout() error { return nil }
