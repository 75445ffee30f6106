package webui

import (
	"errors"
	"net/http"

	"github.com/sallyport-auth/sallyport/internal/account"
	"github.com/sallyport-auth/sallyport/internal/login"
	"github.com/sallyport-auth/sallyport/internal/ratelimit"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/webui/frame"
	"github.com/sallyport-auth/sallyport/internal/webui/home"
)

// getRoot leads to where a person can do something.
func (p *pages) getRoot(w http.ResponseWriter, r *http.Request) {
	if p.Cookie(r, frame.CookieSession) != "" {
		p.Redirect(w, home.Path)
		return
	}
	p.Redirect(w, frame.SignInPath)
}

// getSignIn asks who somebody is. Who is signed in is led on.
func (p *pages) getSignIn(w http.ResponseWriter, r *http.Request) {
	back := p.ReturnTo(r.URL.Query().Get("return_to"), "")
	if p.Cookie(r, frame.CookieSession) != "" {
		if _, err := p.rooms.Sessions.Visit(r.Context(), p.Cookie(r, frame.CookieSession), frame.OriginOf(r)); err == nil {
			p.Redirect(w, p.ReturnTo(back, home.Path))
			return
		}
	}
	v := p.signInView(r, "", back)
	v.Note = p.Hear(w, r, frame.NoteSignedOut, frame.NoteSignedOutAll, frame.NoteEnded, frame.NoteStepEnded)
	p.Show(w, r, http.StatusOK, frame.ShapeSignIn, v)
}

// postSignIn signs in with a password. Where it leads is decided by a form of
// our own, whose return_to is read anew.
func (p *pages) postSignIn(w http.ResponseWriter, r *http.Request) {
	if err := frame.ReadForm(r); err != nil {
		p.Fail(w, r, err)
		return
	}
	email, password := r.PostForm.Get("email"), r.PostForm.Get("password")
	back := p.ReturnTo(r.PostForm.Get("return_to"), "")
	v := p.signInView(r, email, back)
	if p.Missing(r, v.Form, email, password) {
		p.Show(w, r, http.StatusUnprocessableEntity, frame.ShapeSignIn, v)
		return
	}
	err := p.Count(r, ratelimit.Login)
	var asked *login.Step
	if err == nil {
		asked, err = p.signIn(w, r, email, password)
	}
	switch {
	case asked != nil:
		p.askSecond(w, asked, back)
	case err == nil:
		p.Redirect(w, p.ReturnTo(back, home.Path))
	case errors.Is(err, account.ErrWrongPassword):
		v.Alert = p.ProblemOf(r, err)
		p.Show(w, r, http.StatusUnprocessableEntity, frame.ShapeSignIn, v)
	case errors.Is(err, login.ErrNotVerified):
		p.Leave(w, frame.Note{Says: frame.NoteVerify, Email: email})
		p.Show(w, r, http.StatusForbidden, frame.ShapeCheckMail, p.checkMailView(r, frame.Note{Says: frame.NoteVerify, Email: email}, true))
	default:
		p.RefuseForm(w, r, err, frame.ShapeSignIn, v)
	}
}

// signIn opens a session and gives the browser a cookie that nobody had before,
// whatever it sent; or gives the step that asks for the second factor. What the
// browser was signed in to until now ends with the session that is opened.
func (p *pages) signIn(w http.ResponseWriter, r *http.Request, email, password string) (*login.Step, error) {
	value, hash := session.NewCookie()
	done, err := p.rooms.Logins.WithPassword(r.Context(), login.Password{
		Email: email, Password: password, KnownDevice: p.Cookie(r, frame.CookieDevice), CookieHash: hash, Origin: frame.OriginOf(r),
	})
	if err == nil && done.Step == nil {
		p.enter(w, r, value, done.KnownDevice)
	}
	return done.Step, err
}

func (p *pages) signInView(r *http.Request, email, back string) frame.View {
	say := p.Say(r)
	return frame.View{
		Heading: say.Text("sign_in.heading"), SignUp: p.rooms.SignUpOpen, ByMail: p.rooms.MagicLinks != nil, ReturnTo: back,
		Form: &frame.Form{
			Action: frame.SignInPath, ReturnTo: back, Button: say.Text("sign_in.button"),
			Fields: []frame.Field{
				{ID: "email", Name: "email", Kind: "email", Autocomplete: "username", Label: say.Text("field.email"), Value: frame.Shown(email), Required: true},
				{
					ID: "password", Name: "password", Kind: "password", Autocomplete: "current-password",
					Label: say.Text("field.password"), Required: true,
				},
			},
		},
	}
}
