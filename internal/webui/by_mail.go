package webui

import (
	"encoding/json"
	"errors"
	"net/http"

	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/link"
	"github.com/sallyport-auth/sallyport/internal/login"
	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/ratelimit"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/webui/frame"
)

// byMailView asks whom to mail what signs in.
type byMailView struct {
	frame.FormPage

	ReturnTo string
}

func (*byMailView) Template() string { return "by-mail" }

// mailCodeView says that such a mail is on its way, and may ask for its code.
type mailCodeView struct {
	frame.FormPage

	Email, ReturnTo string
	Kind            string // what the mail brings: link, code or both
}

func (*mailCodeView) Template() string { return "mail-code" }

// mailed is what a browser keeps that asked to sign in by mail. The code works
// with the request token alone, which no other browser has; the rest is read as
// what anybody may have written.
type mailed struct {
	Request  string `json:"request"`
	Email    string `json:"email"`
	ReturnTo string `json:"return_to,omitempty"`
}

// askedByMail reads what a browser asked for, if it did.
func (p *pages) askedByMail(r *http.Request) (mailed, bool) {
	var m mailed
	raw, err := secret.Decode(p.Cookie(r, frame.CookieMail))
	if err != nil || json.Unmarshal(raw, &m) != nil || m.Request == "" {
		return mailed{}, false
	}
	m.ReturnTo = p.ReturnTo(m.ReturnTo, "")
	return m, true
}

func (p *pages) getByMail(w http.ResponseWriter, r *http.Request) {
	v := p.byMailView(r, "", p.ReturnTo(r.URL.Query().Get("return_to"), ""))
	v.Note = p.Hear(w, r, frame.NoteMailEnded)
	p.Show(w, r, http.StatusOK, v)
}

// postByMail mails what signs in, if the address has an account that gets it. The
// page that follows is the same either way.
func (p *pages) postByMail(w http.ResponseWriter, r *http.Request) {
	if err := frame.ReadForm(r); err != nil {
		p.Fail(w, r, err)
		return
	}
	email, back := r.PostForm.Get("email"), p.ReturnTo(r.PostForm.Get("return_to"), "")
	v := p.byMailView(r, email, back)
	if p.Missing(r, v.Form, email) {
		p.Show(w, r, http.StatusUnprocessableEntity, v)
		return
	}
	err := p.Count(r, ratelimit.MailRequest)
	var asked login.MagicLinkAsked
	if err == nil {
		asked, err = p.rooms.Logins.AskMagicLink(r.Context(), login.MagicLinkRequest{Email: email, Origin: frame.OriginOf(r)})
	}
	if err != nil {
		p.RefuseForm(w, r, err, v)
		return
	}
	value := kept(back, func(back string) any {
		return mailed{Request: asked.RequestToken, Email: frame.Shown(email), ReturnTo: back}
	})
	p.SetCookie(w, frame.CookieMail, value, int(asked.ExpiresIn.Seconds()))
	p.Redirect(w, frame.MailCodePath)
}

func (p *pages) byMailView(r *http.Request, email, back string) *byMailView {
	say := p.Say(r)
	return &byMailView{ReturnTo: back, FormPage: frame.WithForm(say.Text("by_mail.heading"), frame.Form{
		Action: frame.ByMailPath, ReturnTo: back, Button: say.Text("by_mail.button"),
		Fields: []frame.Field{
			{ID: "email", Name: "email", Kind: "email", Autocomplete: "username", Label: say.Text("field.email"), Value: frame.Shown(email), Required: true},
		},
	})}
}

// getMailCode says where the mail went and, if it brings a code, asks for it.
func (p *pages) getMailCode(w http.ResponseWriter, r *http.Request) {
	m, ok := p.askedByMail(r)
	if !ok {
		p.notAsked(w)
		return
	}
	p.Show(w, r, http.StatusOK, p.mailCodeView(r, m))
}

// notAsked leads a browser that asked for no mail to where it can, and says why its
// code is of no use there.
func (p *pages) notAsked(w http.ResponseWriter) {
	p.Leave(w, frame.Note{Says: frame.NoteMailEnded})
	p.Redirect(w, frame.ByMailPath)
}

// postMailCode signs in with the code, in the browser that asked for it.
func (p *pages) postMailCode(w http.ResponseWriter, r *http.Request) {
	if err := frame.ReadForm(r); err != nil {
		p.Fail(w, r, err)
		return
	}
	m, ok := p.askedByMail(r)
	if !ok || !p.rooms.MailsCode {
		p.notAsked(w)
		return
	}
	code, v := r.PostForm.Get("code"), p.mailCodeView(r, m)
	if p.Missing(r, v.Form, code) {
		p.Show(w, r, http.StatusUnprocessableEntity, v)
		return
	}
	err := p.allow(r)
	if err == nil {
		err = p.signInByMail(w, r, login.MagicLink{RequestToken: m.Request, Code: code}, m.ReturnTo)
	}
	switch {
	case err == nil:
	case errors.Is(err, login.ErrWrongMailedCode):
		p.Blamed(v.Form, "code", p.ProblemOf(r, err))
		p.Show(w, r, http.StatusUnprocessableEntity, v)
	case fault.KindOf(err) == fault.Spent:
		p.SetCookie(w, frame.CookieMail, "", -1)
		p.Leave(w, frame.Note{Says: frame.NoteMailEnded})
		p.Redirect(w, frame.With(frame.ByMailPath, m.ReturnTo))
	case p.offerRestore(w, r, err):
	default:
		p.RefuseForm(w, r, err, v)
	}
}

func (p *pages) mailCodeView(r *http.Request, m mailed) *mailCodeView {
	say := p.Say(r)
	v := &mailCodeView{Email: frame.Shown(m.Email), ReturnTo: m.ReturnTo, Kind: "both"}
	v.Heading = say.Text("check_mail.heading")
	switch {
	case !p.rooms.MailsCode:
		v.Kind = mail.ByLink
		return v
	case !p.rooms.MailsLink:
		v.Kind = mail.ByCode
	}
	v.Form = &frame.Form{
		Action: frame.MailCodePath, Button: say.Text("mail_code.button"),
		Fields: []frame.Field{
			{ID: "code", Name: "code", Kind: "code", Autocomplete: "one-time-code", Label: say.Text("field.code"), Hint: say.Text("mail_code.hint"), Required: true, Focus: true},
		},
	}
	return v
}

// magicLink shows whom the link signs in, and does it, in whatever browser it was
// opened.
func (p *pages) magicLink() press {
	return press{
		flow: flowMagic, path: link.Path(link.MagicLink),
		look:    whose(p.rooms.Logins.LookAtMagicLink),
		leadsOn: true,
		spend: func(w http.ResponseWriter, r *http.Request, token string) error {
			m, _ := p.askedByMail(r) // where it leads, if it is the browser that asked
			return p.signInByMail(w, r, login.MagicLink{Token: token}, m.ReturnTo)
		},
		refused: func(w http.ResponseWriter, r *http.Request, err error, v *pressView) bool {
			switch {
			case p.offerRestore(w, r, err):
			case fault.KindOf(err) == fault.Forbidden:
				v.Alert = p.ProblemOf(r, err)
				p.Show(w, r, http.StatusForbidden, v)
			default:
				return false
			}
			return true
		},
	}
}

// signInByMail opens a session and leads on, or to the second factor.
func (p *pages) signInByMail(w http.ResponseWriter, r *http.Request, in login.MagicLink, back string) error {
	value, hash := session.NewCookie()
	in.KnownDevice, in.CookieHash, in.Origin = p.Cookie(r, frame.CookieDevice), hash, frame.OriginOf(r)
	done, err := p.rooms.Logins.WithMagicLink(r.Context(), in)
	if err != nil {
		return err
	}
	p.SetCookie(w, frame.CookieMail, "", -1)
	if done.Step != nil {
		p.askSecond(w, done.Step, back)
		return nil
	}
	p.enter(w, r, value, done.KnownDevice)
	p.Redirect(w, p.ReturnTo(back, frame.AccountPath))
	return nil
}
