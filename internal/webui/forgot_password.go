package webui

import (
	"net/http"

	"github.com/sallyport-auth/sallyport/internal/ratelimit"
	"github.com/sallyport-auth/sallyport/internal/webui/frame"
)

// forgotView asks whose password is to be reset.
type forgotView struct{ frame.FormPage }

func (*forgotView) Template() string { return "forgot" }

func (p *pages) getForgotPassword(w http.ResponseWriter, r *http.Request) {
	p.Show(w, r, http.StatusOK, p.forgotView(r, ""))
}

// postForgotPassword mails a link, if the address has an account that can use
// one. The page that follows says so, and is the same either way.
func (p *pages) postForgotPassword(w http.ResponseWriter, r *http.Request) {
	if err := frame.ReadForm(r); err != nil {
		p.Fail(w, r, err)
		return
	}
	email := r.PostForm.Get("email")
	v := p.forgotView(r, email)
	if p.Missing(r, v.Form, email) {
		p.Show(w, r, http.StatusUnprocessableEntity, v)
		return
	}
	err := p.Count(r, ratelimit.MailRequest)
	if err == nil {
		err = p.rooms.Recovery.RequestReset(r.Context(), email, frame.OriginOf(r))
	}
	if err != nil {
		p.RefuseForm(w, r, err, v)
		return
	}
	p.Leave(w, frame.Note{Says: frame.NoteReset, Email: frame.Shown(email)})
	p.Redirect(w, frame.CheckMailPath)
}

func (p *pages) forgotView(r *http.Request, email string) *forgotView {
	say := p.Say(r)
	return &forgotView{frame.WithForm(say.Text("forgot.heading"), frame.Form{
		Action: frame.ForgotPath, Button: say.Text("forgot.button"),
		Fields: []frame.Field{
			{ID: "email", Name: "email", Kind: "email", Autocomplete: "username", Label: say.Text("field.email"), Value: frame.Shown(email), Required: true},
		},
	})}
}
