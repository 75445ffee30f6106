package webui

import (
	"net/http"

	"github.com/sallyport-auth/sallyport/internal/account"
	"github.com/sallyport-auth/sallyport/internal/ratelimit"
)

func (p *pages) getSignUp(w http.ResponseWriter, r *http.Request) {
	if !p.SignUpOpen {
		p.notice(w, r, "sign_up_closed", http.StatusForbidden)
		return
	}
	p.show(w, r, http.StatusOK, shapeSignUp, p.signUpView(r, "", "", p.returnTo(r.URL.Query().Get("return_to"), "")))
}

// postSignUp takes a sign-up. What follows is the same for an address that has
// an account and for one that has none.
func (p *pages) postSignUp(w http.ResponseWriter, r *http.Request) {
	if err := readForm(r); err != nil {
		p.fail(w, r, err)
		return
	}
	if !p.SignUpOpen {
		p.notice(w, r, "sign_up_closed", http.StatusForbidden)
		return
	}
	email, password, name := r.PostForm.Get("email"), r.PostForm.Get("password"), r.PostForm.Get("name")
	back := p.returnTo(r.PostForm.Get("return_to"), "")
	v := p.signUpView(r, name, email, back)
	if p.missing(r, v.Form, name, email, password) {
		p.show(w, r, http.StatusUnprocessableEntity, shapeSignUp, v)
		return
	}
	err := p.count(r, ratelimit.SignUp)
	var done account.SignedUp
	if err == nil {
		done, err = p.Accounts.SignUp(r.Context(), account.SignUp{Email: email, Password: password, Name: name, Origin: originOf(r)})
	}
	switch {
	case err != nil:
		p.refuseForm(w, r, err, shapeSignUp, v)
	case done.User == nil:
		p.leave(w, note{Says: noteVerify, Email: shown(email)})
		p.redirect(w, checkMailPath)
	default:
		p.welcome(w, r, email, password, back)
	}
}

// welcome signs in whoever has just made an account that needs no verification.
// If that cannot be done now, they can do it themselves.
func (p *pages) welcome(w http.ResponseWriter, r *http.Request, email, password, back string) {
	if err := p.signIn(w, r, email, password); err != nil {
		p.report(r.Context(), err)
		p.redirect(w, signInPath)
		return
	}
	p.redirect(w, p.returnTo(back, accountPath))
}

func (p *pages) signUpView(r *http.Request, name, email, back string) view {
	say := p.say(r)
	return view{
		Heading: say.Text("sign_up.heading"), ReturnTo: back,
		Form: &form{
			Action: signUpPath, ReturnTo: back, Button: say.Text("sign_up.button"),
			Fields: []field{
				{ID: "name", Name: "name", Kind: "text", Autocomplete: "name", Label: say.Text("field.name_optional"), Value: shown(name)},
				{ID: "email", Name: "email", Kind: "email", Autocomplete: "username", Label: say.Text("field.email"), Value: shown(email), Required: true},
				p.newPassword(r, "password", "field.password"),
			},
		},
	}
}

// newPassword is the field for a password that is chosen now.
func (p *pages) newPassword(r *http.Request, name, label string) field {
	return field{
		ID: "new-password", Name: name, Kind: "password", Autocomplete: "new-password", Label: p.say(r).Text(label),
		Hint: p.say(r).Count("reset.hint", p.PasswordMinLength), Required: true, MinLength: p.PasswordMinLength,
	}
}
