package webui

import (
	"encoding/json"
	"errors"
	"net/http"

	"github.com/sallyport-auth/sallyport/internal/account"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/login"
	"github.com/sallyport-auth/sallyport/internal/ratelimit"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/webui/frame"
)

// signInView asks who somebody is.
type signInView struct {
	frame.PasskeyPage

	ReturnTo string
	SignUp   bool // anybody may sign up
	ByMail   bool // there is another way, by mail
}

func (*signInView) Template() string { return "sign-in" }

// getRoot leads to where a person can do something.
func (p *pages) getRoot(w http.ResponseWriter, r *http.Request) {
	if p.Cookie(r, frame.CookieSession) != "" {
		p.Redirect(w, frame.AccountPath)
		return
	}
	p.Redirect(w, frame.SignInPath)
}

// getSignIn asks who somebody is. Who is signed in is led on.
func (p *pages) getSignIn(w http.ResponseWriter, r *http.Request) {
	back := p.ReturnTo(r.URL.Query().Get("return_to"), "")
	if p.Cookie(r, frame.CookieSession) != "" {
		if _, err := p.rooms.Sessions.Visit(r.Context(), p.Cookie(r, frame.CookieSession), frame.OriginOf(r)); err == nil {
			p.Redirect(w, p.ReturnTo(back, frame.AccountPath))
			return
		}
	}
	v := p.signInView(r, "", back)
	v.Note = p.Hear(w, r, frame.NoteSignedOut, frame.NoteSignedOutAll, frame.NoteEnded, frame.NoteStepEnded, frame.NoteDeleted, frame.NoteRestored)
	p.Show(w, r, http.StatusOK, v)
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
		p.Show(w, r, http.StatusUnprocessableEntity, v)
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
		p.Redirect(w, p.ReturnTo(back, frame.AccountPath))
	case errors.Is(err, account.ErrWrongPassword):
		v.Alert = p.ProblemOf(r, err)
		p.Show(w, r, http.StatusUnprocessableEntity, v)
	case errors.Is(err, login.ErrNotVerified):
		p.Leave(w, frame.Note{Says: frame.NoteVerify, Email: frame.Shown(email)})
		p.Show(w, r, http.StatusForbidden, p.checkMailView(r, frame.Note{Says: frame.NoteVerify, Email: email}, true))
	case p.offerRestore(w, r, err):
	default:
		p.RefuseForm(w, r, err, v)
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

// postPasskey signs in with a passkey alone. It is two factors in one.
func (p *pages) postPasskey(w http.ResponseWriter, r *http.Request) {
	if err := frame.ReadForm(r); err != nil {
		p.Fail(w, r, err)
		return
	}
	back := p.ReturnTo(r.PostForm.Get("return_to"), "")
	err := p.Count(r, ratelimit.Login)
	value, hash := session.NewCookie()
	var done login.SignedIn
	if err == nil {
		done, err = p.rooms.Logins.WithPasskey(r.Context(), login.Passkey{
			Ceremony: r.PostForm.Get("ceremony"), Credential: json.RawMessage(r.PostForm.Get("credential")),
			KnownDevice: p.Cookie(r, frame.CookieDevice), CookieHash: hash, Origin: frame.OriginOf(r),
		})
	}
	v := p.signInView(r, "", back)
	switch kind := fault.KindOf(err); {
	case err == nil:
		p.enter(w, r, value, done.KnownDevice)
		p.Redirect(w, p.ReturnTo(back, frame.AccountPath))
	case kind == fault.Unauthenticated, kind == fault.Spent:
		v.Alert = p.ProblemOf(r, err)
		p.Show(w, r, http.StatusUnprocessableEntity, v)
	case p.offerRestore(w, r, err):
	default:
		p.RefuseForm(w, r, err, v)
	}
}

// toSignIn leads whoever loads the answer to a form once more to where the form
// was.
func (p *pages) toSignIn(w http.ResponseWriter, r *http.Request) {
	p.Redirect(w, frame.With(frame.SignInPath, p.ReturnTo(r.URL.Query().Get("return_to"), "")))
}

// passkeyForm asks for a passkey, whoever it is. Without one the page goes on
// without.
func (p *pages) passkeyForm(r *http.Request, back string) *frame.PasskeyForm {
	begun, err := p.rooms.Passkeys.BeginAuthentication()
	if err != nil {
		p.Report(r.Context(), err)
		return nil
	}
	return &frame.PasskeyForm{
		Action: frame.ByPasskeyPath, ReturnTo: back, Autofill: true, Quiet: true, Ceremony: begun.Token, Options: string(begun.Options),
		Button: p.Say(r).Text("sign_in.passkey.button"),
	}
}

func (p *pages) signInView(r *http.Request, email, back string) *signInView {
	say := p.Say(r)
	return &signInView{
		SignUp: p.rooms.SignUpOpen, ByMail: p.rooms.byMail(), ReturnTo: back,
		PasskeyPage: frame.PasskeyPage{Passkey: p.passkeyForm(r, back), FormPage: frame.WithForm(say.Text("sign_in.heading"), frame.Form{
			Action: frame.SignInPath, ReturnTo: back, Button: say.Text("sign_in.button"),
			Fields: []frame.Field{
				{ID: "email", Name: "email", Kind: "email", Autocomplete: "username webauthn", Label: say.Text("field.email"), Value: frame.Shown(email), Required: true},
				{
					ID: "password", Name: "password", Kind: "password", Autocomplete: "current-password",
					Label: say.Text("field.password"), Required: true,
				},
			},
		})},
	}
}
