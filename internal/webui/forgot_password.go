package webui

import (
	"net/http"

	"github.com/sallyport-auth/sallyport/internal/ratelimit"
)

func (p *pages) getForgotPassword(w http.ResponseWriter, r *http.Request) {
	p.show(w, r, http.StatusOK, shapeForgot, p.forgotView(r, ""))
}

// postForgotPassword mails a link, if the address has an account that can use
// one. The page that follows says so, and is the same either way.
func (p *pages) postForgotPassword(w http.ResponseWriter, r *http.Request) {
	if err := readForm(r); err != nil {
		p.fail(w, r, err)
		return
	}
	email := r.PostForm.Get("email")
	v := p.forgotView(r, email)
	if p.missing(r, v.Form, email) {
		p.show(w, r, http.StatusUnprocessableEntity, shapeForgot, v)
		return
	}
	err := p.count(r, ratelimit.MailRequest)
	if err == nil {
		err = p.Accounts.RequestReset(r.Context(), email, originOf(r))
	}
	if err != nil {
		p.refuseForm(w, r, err, shapeForgot, v)
		return
	}
	p.leave(w, note{Says: noteReset, Email: shown(email)})
	p.redirect(w, checkMailPath)
}

func (p *pages) forgotView(r *http.Request, email string) view {
	say := p.say(r)
	return view{
		Heading: say.Text("forgot.heading"),
		Form: &form{
			Action: forgotPath, Button: say.Text("forgot.button"),
			Fields: []field{
				{ID: "email", Name: "email", Kind: "email", Autocomplete: "username", Label: say.Text("field.email"), Value: shown(email), Required: true},
			},
		},
	}
}
