package mail

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"
	"unicode"

	"github.com/sallyport-auth/sallyport/internal/address"
	"github.com/sallyport-auth/sallyport/internal/device"
	"github.com/sallyport-auth/sallyport/internal/link"
	"github.com/sallyport-auth/sallyport/internal/mail/letter"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/words"
)

// compose makes the message of a letter. id is its Message-ID, date when it was
// written.
func (p *Postman) compose(l Letter, id string, date time.Time) (Message, error) {
	to, ok := address.Deliverable(l.To)
	if !ok {
		return Message{}, errors.New("address of the recipient cannot be written to")
	}
	language, ok := words.Named(l.Language)
	if !ok {
		language = words.English
	}
	say := p.templates.Words(language)
	said := letter.Letter{
		Product: p.opts.Product, Site: p.site, Home: p.opts.AppURL, Name: greeting(l), Link: p.link(l), Code: code(l), Facts: facts(say, l),
	}
	if !l.ExpiresAt.IsZero() {
		said.Until = say.Moment(l.ExpiresAt)
	}
	said.PasskeysLeft, said.SignedOut = l.Data[DataPasskeys] != "", l.Data[DataSignedOut] != ""
	said.Cleared = l.Data[DataCleared] != ""
	if l.Kind == VerifyEmail {
		said.Typed = PlainName(l.Name)
	}
	if l.Kind == DeletionBegun {
		said.Until = moment(say, l.Data[DataUntil])
	}
	if l.Kind == HookDisabled {
		said.Hook, said.Host, said.Since = l.Data[DataHook], l.Data[DataHost], moment(say, l.Data[DataSince])
	}
	r, err := p.templates.Render(language, string(l.Kind), said)
	if err != nil {
		return Message{}, err
	}
	m := Message{
		ID: id, To: to, ToName: said.Name, Subject: r.Subject, Text: r.Text, HTML: r.HTML, Date: date,
	}
	return m, m.Check()
}

// greeting is the name that a letter may use. The mail that asks to confirm an
// address uses none: until then, whoever typed the name is not known to be its
// reader.
func greeting(l Letter) string {
	if l.Kind == VerifyEmail || l.Kind == ConfirmEmail || l.Kind == ClaimAccount {
		return ""
	}
	return PlainName(l.Name)
}

// link is the address that spends a letter's token, or nothing.
func (p *Postman) link(l Letter) string {
	if l.Token == "" {
		return ""
	}
	use, ok := link.In(string(l.Kind))
	if !ok || l.Kind == MagicLink && l.Data[DataBy] == ByCode {
		return ""
	}
	return p.base + use.Path + "?token=" + url.QueryEscape(l.Token)
}

// code is what the reader of a letter may type in place of its link, or nothing.
func code(l Letter) string {
	if l.Kind != MagicLink || l.Data[DataBy] == ByLink {
		return ""
	}
	return secret.Digits(l.Token)
}

// facts is what a notice tells of its circumstances, each reduced to what it
// claims to be. Who signed in on a new device, or asks to sign in, may be a
// stranger, so the name that they chose for it is not told: it would speak to the
// owner.
func facts(say words.Catalogue, l Letter) []letter.Fact {
	name, stranger := device.Label(l.Data[DataDevice]), fromStranger(l)
	if stranger || name == "" {
		agent := device.Of(l.Data[DataUserAgent])
		name = say.Device(agent.Browser, agent.System)
	}
	if stranger && name == "" {
		name = say.Text("mail.device_unknown")
	}
	var known []letter.Fact
	for _, f := range []letter.Fact{
		{Label: say.Text("mail.when"), Value: moment(say, l.Data[DataTime])},
		{Label: say.Text("mail.device"), Value: name},
		{Label: say.Text("mail.address"), Value: ipAddress(l.Data[DataAddress])},
		{Label: say.Text("mail.place"), Value: plainPlace(l.Data[DataPlace])},
	} {
		if f.Value != "" {
			known = append(known, f)
		}
	}
	return known
}

// moment writes an instant as people of a language do. Letters that an older
// program wrote have it in English.
func moment(say words.Catalogue, s string) string {
	at, err := time.Parse(time.RFC3339, s)
	if err != nil {
		return plainTime(s)
	}
	return say.Moment(at)
}

// fromStranger reports whether whoever caused a letter may be anybody.
func fromStranger(l Letter) bool {
	switch l.Kind { //nolint:exhaustive // the rest are caused by whoever is signed in
	case NewDevice, MagicLink, CodesRefused, PasswordsRefused:
		return true
	case VerifyEmail, AccountExists, ResetPassword, ConfirmEmail, EmailTaken, ClaimAccount:
		return l.Data[DataTime] != "" // of before, nothing is known
	default:
		return false
	}
}

// Check is the last guard of a transport: nothing in a header may end its line,
// and the recipient is one address.
func (m Message) Check() error {
	for name, value := range map[string]string{"Message-ID": m.ID, "To": m.To + m.ToName, "Subject": m.Subject} {
		if value == "" || strings.ContainsFunc(value, unicode.IsControl) {
			return fmt.Errorf("message header %s: empty, or with control characters", name)
		}
	}
	if _, ok := address.Deliverable(m.To); !ok {
		return errors.New("message header To: not an address")
	}
	if strings.ContainsAny(m.ID, "<> ") || !strings.Contains(m.ID, "@") {
		return errors.New("message header Message-ID: not an identifier")
	}
	return nil
}
