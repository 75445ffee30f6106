package webui

import (
	"net/http"

	"github.com/sallyport-auth/sallyport/internal/ratelimit"
	"github.com/sallyport-auth/sallyport/internal/signup"
	"github.com/sallyport-auth/sallyport/internal/webui/frame"
)

// signUpView asks for a new account.
type signUpView struct {
	frame.FormPage

	ReturnTo string
}

func (*signUpView) Template() string { return "sign-up" }

func (p *pages) getSignUp(w http.ResponseWriter, r *http.Request) {
	if !p.rooms.SignUpOpen {
		p.Notice(w, r, "sign_up_closed", http.StatusForbidden)
		return
	}
	p.Show(w, r, http.StatusOK, p.signUpView(r, "", "", p.ReturnTo(r.URL.Query().Get("return_to"), "")))
}

// postSignUp takes a sign-up. What follows is the same for an address that has
// an account and for one that has none.
func (p *pages) postSignUp(w http.ResponseWriter, r *http.Request) {
	if err := frame.ReadForm(r); err != nil {
		p.Fail(w, r, err)
		return
	}
	if !p.rooms.SignUpOpen {
		p.Notice(w, r, "sign_up_closed", http.StatusForbidden)
		return
	}
	email, password, name := r.PostForm.Get("email"), r.PostForm.Get("password"), r.PostForm.Get("name")
	back := p.ReturnTo(r.PostForm.Get("return_to"), "")
	v := p.signUpView(r, name, email, back)
	if p.Missing(r, v.Form, name, email, password) {
		p.Show(w, r, http.StatusUnprocessableEntity, v)
		return
	}
	err := p.Count(r, ratelimit.SignUp)
	var done signup.SignedUp
	if err == nil {
		done, err = p.rooms.SignUps.SignUp(r.Context(), signup.SignUp{Email: email, Password: password, Name: name, Origin: p.Reader(r)})
	}
	if err == nil {
		// The guard has seen that it is a form of our own.
		p.SetCookie(w, frame.CookieSignUp, done.Proof, int(p.rooms.VerifyEmailTTL.Seconds()))
	}
	switch {
	case err != nil:
		p.RefuseForm(w, r, err, v)
	case done.User == nil:
		p.Leave(w, frame.Note{Says: frame.NoteVerify, Email: frame.Shown(email)})
		p.Redirect(w, frame.CheckMailPath)
	default:
		p.welcome(w, r, email, password, back)
	}
}

// welcome signs in whoever has just made an account that needs no verification.
// If that cannot be done now, they can do it themselves.
func (p *pages) welcome(w http.ResponseWriter, r *http.Request, email, password, back string) {
	if _, err := p.signIn(w, r, email, password); err != nil {
		p.Report(r.Context(), err)
		p.Redirect(w, frame.With(frame.SignInPath, back))
		return
	}
	p.Redirect(w, p.ReturnTo(back, frame.AccountPath))
}

func (p *pages) signUpView(r *http.Request, name, email, back string) *signUpView {
	say := p.Say(r)
	return &signUpView{
		ReturnTo: back,
		FormPage: frame.WithForm(say.Text("sign_up.heading"), frame.Form{
			Action: frame.SignUpPath, ReturnTo: back, Button: say.Text("sign_up.button"),
			Fields: []frame.Field{
				{ID: "name", Name: "name", Kind: "text", Autocomplete: "name", Label: say.Text("field.name_optional"), Value: frame.Shown(name)},
				{ID: "email", Name: "email", Kind: "email", Autocomplete: "username", Label: say.Text("field.email"), Value: frame.Shown(email), Required: true},
				p.NewPassword(r, "password", "field.password"),
			},
		}),
	}
}
